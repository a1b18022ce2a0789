"""A report as one HTML page that needs nothing else: it asks no network, and runs no foreign text.

The page is a frame, its data and a script that shows them.  All that comes from a report or a
document is JSON in elements that no browser runs or shows, and the script makes text of it and
nothing but text.  The page's own policy allows that script and that style sheet, told by their
hashes, and no request at all.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from itertools import chain, groupby
from typing import Any, Final

from vnclean import __version__
from vnclean.language import chosen, is_translated, translated
from vnclean.reports.origin import Origin
from vnclean.reports.originals import Piece, pieces_of
from vnclean.reports.overview import REASONS, Overview, why_left_alone
from vnclean.reports.reading import Entry
from vnclean.reports.rows import Mark, Row, rows_of

#: Edits that a page shows one by one; all are counted.
MOST_EDITS: Final = 250_000
#: Text of documents beside the lines with edits, in code points, and the least a line counts for.
ROOM: Final = 20_000_000
_LEAST: Final = 64
#: Rows in one element: some hundred kilobytes, so that no browser has to hold it twice.
_PORTION: Final = 2000
#: Encodings of documents that are named.
_ORIGINS: Final = 1000
#: The parts of the script, in their order.
_SCRIPTS: Final = ("text.js", "data.js", "list.js", "rows.js", "details.js", "charts.js", "page.js")
_FOLDER: Final = files("vnclean.reports") / "page"
_to_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Shown:
    """What a page is to show: its title, documents or only the report, and how much."""

    title: str
    context_only: bool = False
    most_edits: int = MOST_EDITS
    room: int = ROOM


def write_page(
    entries: Iterable[Entry | Origin], write: Callable[[bytes], object], shown: Shown
) -> Overview:
    """Writes the page of a report as its entries come by; returns what they amount to.

    Reads the documents that it names, where they are at hand, unless ``context_only``.

    >>> parts = []
    >>> found = write_page([], parts.append, Shown("</script>"))
    >>> page = b"".join(parts).decode()
    >>> page.count("</script>"), "<title>&lt;/script&gt;" in page, found.repairs
    (2, True, 0)
    """
    style, script = _file("page.css"), "".join(map(_file, _SCRIPTS))
    head, _, rest = _in_language(_file("page.html")).partition("{style}")
    middle, _, tail = rest.partition("{data}")
    before, _, after = tail.partition("{script}")
    names = {
        "policy": _policy(style, script),
        "title": _escaped(shown.title),
        "lang": chosen(),
    }
    write(_bytes(_filled(head, names) + style + _filled(middle, names)))
    data = _Data(shown)
    overview = Overview()
    for portion in data.portions(overview.counting(entries)):
        write(_element("rows", portion))
    facts = data.facts() | overview.figures() | {"messages": _messages(script)}
    write(_element("facts", facts))
    write(_bytes(before + script + after))
    return overview


def _file(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


def _in_language(frame: str) -> str:
    """The frame with what stands in it in double braces, which is markup, in our language."""
    return re.sub(r"\{\{(.+?)\}\}", lambda match: translated(match[1]), frame)


def _messages(script: str) -> dict[str, str]:
    """What the script may say, by what it is in English: its literals that are translated."""
    told = {*re.findall(r'"((?:[^"\\\n]|\\.)*)"', script), *REASONS}
    return {message: translated(message) for message in sorted(told) if is_translated(message)}


def _filled(frame: str, names: dict[str, str]) -> str:
    """The frame with what is named in it; nothing is looked for in what was put there."""
    return re.sub(r"\{(policy|title|lang)\}", lambda match: names[match[1]], frame)


def _policy(style: str, script: str) -> str:
    """What the page may do: show this style sheet, run this script, and nothing else."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _escaped(text: str) -> str:
    from html import escape

    return escape(
        "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    )


def _element(name: str, value: object) -> bytes:
    """Data that a browser keeps to itself: without ``<`` nothing ends it, or begins a comment."""
    told = _to_json(value).replace("<", "\\u003c")
    told = told.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return _bytes(f'<script type="application/json" class="{name}">{told}</script>\n')


def _bytes(text: str) -> bytes:
    """Letters that UTF-8 has no bytes for are escapes of JSON."""
    return text.encode("utf-8", "backslashreplace")


class _Data:
    """The rows of a report, with numbers for the names that repeat."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._room = shown.room
        self._edits = 0
        self._kinds: dict[str, int] = {}
        self._modes: dict[str, int] = {}
        self._documents: list[str] = []
        self._origins: list[list[Any]] = []

    def facts(self) -> dict[str, Any]:
        """What the page is to know beside the rows and the overview."""
        return {
            "made_by": f"vnclean {__version__}",
            "title": self._shown.title,
            "edits_shown": self._edits,
            "kind_names": list(self._kinds),
            "mode_names": list(self._modes),
            "reasons": REASONS,
            "paths": self._documents,
            "origins": self._origins,
        }

    def portions(self, entries: Iterable[Entry | Origin]) -> Iterator[list[list[Any]]]:
        """The rows in portions; reads ``entries`` to their end, shown or not."""
        portion: list[list[Any]] = []
        edits = self._without_origins(entries)
        for _, some in groupby(edits, _Parts()):
            first = next(some)
            self._documents.append(first.path)
            for row in rows_of(chain([first], some), self._pieces(first.path), self._take_room):
                portion.append(self._row(row))
                if len(portion) == _PORTION:
                    yield portion
                    portion = []
        if portion:
            yield portion

    def _without_origins(self, entries: Iterable[Entry | Origin]) -> Iterator[Entry]:
        for entry in entries:
            if isinstance(entry, Origin):
                if len(self._origins) < _ORIGINS:
                    self._origins.append([entry.path, entry.conversion(), entry.kept_bytes])
            elif self._edits < self._shown.most_edits:
                self._edits += 1
                yield entry

    def _pieces(self, path: str) -> Iterable[Piece]:
        return () if self._shown.context_only else pieces_of(path)

    def _take_room(self, size: int) -> bool:
        """Whether a line without edits may be shown that has so many code points."""
        size = max(size, _LEAST)
        if size > self._room:
            return False
        self._room -= size
        return True

    def _row(self, row: Row) -> list[Any]:
        """``[document, line, column, text, edits, field?]``."""
        astral = not row.text.isascii() and max(row.text) > "\uffff"
        marks = [self._mark(mark, row.text if astral else "") for mark in row.marks]
        told = [len(self._documents) - 1, row.line, row.column, row.text, marks]
        return told if row.field is None else [*told, row.field]

    def _mark(self, mark: Mark, astral: str) -> list[Any]:
        """``[offset, length, after, kind, mode, confidence, applied, column, alternatives?,
        reason?]``, the last one of what was left alone.

        Browsers count letters beyond U+FFFF twice: ``astral`` is the text, if there are any.
        """
        edit = mark.entry.edit
        offset, size = mark.offset, len(edit.before)
        if astral:
            size = _units(astral[offset : offset + size])
            offset = _units(astral[:offset])
        told = [
            offset,
            size,
            edit.after,
            self._kinds.setdefault(edit.kind, len(self._kinds)),
            self._modes.setdefault(edit.mode, len(self._modes)),
            round(edit.confidence * 10000),
            int(edit.applied),
            mark.entry.column,
        ]
        if not edit.applied:
            return [*told, edit.alternatives, REASONS.index(why_left_alone(edit))]
        return [*told, edit.alternatives] if edit.alternatives else told


def _units(text: str) -> int:
    """How long a browser takes ``text`` to be."""
    return len(text) + sum(letter > "\uffff" for letter in text)


class _Parts:
    """Numbers the documents of a report: edits of one path, as long as they go forward."""

    def __init__(self) -> None:
        self._number = 0
        self._last: tuple[str, int] | None = None

    def __call__(self, entry: Entry) -> int:
        place = (entry.path, entry.edit.start if entry.record is None else entry.record)
        if self._last is None or place[0] != self._last[0] or place < self._last:
            self._number += 1
        self._last = place
        return self._number
