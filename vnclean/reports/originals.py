"""The text of a document that a report tells of, where the document is still at hand.

A document may still be what was read, or it may be what was written since: then the edits are
undone.  It is believed line by line, as long as the report fits it, and from the first edit that
fits on, so that nothing is shown of a file that only has the name.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from vnclean.documents.lines import place_after
from vnclean.documents.source import Source
from vnclean.documents.text import TextReader
from vnclean.errors import VncleanError
from vnclean.formats.kinds import kind_of
from vnclean.pipeline import CONTEXT
from vnclean.reports.reading import Entry

#: The longest stretch that edits may make of pieces of a document, in code points.
_LONGEST: Final = 1 << 20


class Piece(NamedTuple):
    """A line of a document with its end, or a piece of a long one."""

    line: int
    column: int  #: code points of the line before it
    start: int  #: code points of the document before it
    text: str


def pieces_of(path: str) -> Iterator[Piece]:
    """The document called ``path``, as far as it can be read; nothing of what is no plain text.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "a.txt")
    ...     _ = path.write_bytes(b"one\\ntwo")
    ...     [(piece.line, piece.start, piece.text) for piece in pieces_of(str(path))]
    [(1, 0, 'one\\n'), (2, 4, 'two')]
    """
    try:
        if kind_of(path).is_packed or not Path(path).is_file():
            return
        with Path(path).open("rb", buffering=0) as file:
            for block in TextReader(Source(file.fileno())):
                ends = zip(block.texts, block.ends, block.places(), strict=True)
                for text, end, (line, column, start) in ends:
                    yield Piece(line, column, start, text + end)
    except (OSError, ValueError, VncleanError):
        return


def _end(piece: Piece) -> int:
    """Before where edits of a piece begin; what is at the end of all text is of the last one."""
    return piece.start + len(piece.text) + (not piece.text.endswith("\n"))


class Fitted(NamedTuple):
    """A piece as it was read, and its edits."""

    piece: Piece
    entries: Sequence[Entry]


class Original:
    """Goes through a document along with its edits, in the order of the text."""

    def __init__(self, pieces: Iterable[Piece], entries: Iterable[Entry]) -> None:
        self._pieces: Iterator[Piece] = iter(pieces)
        self._entries = iter(entries)
        self._ahead: deque[Entry] = deque()
        self._written: bool | None = None  # whether it is the output; None: could be either
        self._moved = 0  # code points of what was read before a place, less those of the output

    def fitted(self) -> Iterator[Fitted]:
        """Its pieces, up to the first one that the report does not fit."""
        while (piece := next(self._pieces, None)) is not None:
            found = self._as_read(piece) if not self._written else None
            found = found or (self._as_written(piece) if self._written is not False else None)
            if found is None:
                return
            yield found

    def rest(self) -> Iterator[Entry]:
        """The edits that were not in a piece."""
        yield from self._ahead
        yield from self._entries

    def _next(self, end: int) -> Entry | None:
        """The next edit, if it begins before ``end``."""
        entry = self._ahead.popleft() if self._ahead else next(self._entries, None)
        if entry is not None and entry.edit.start >= end:
            self._ahead.appendleft(entry)
            return None
        return entry

    def _take(self, end: int) -> list[Entry]:
        """The edits that begin before ``end``."""
        return list(iter(lambda: self._next(end), None))

    def _put_back(self, entries: Sequence[Entry]) -> None:
        self._ahead.extendleft(reversed(entries))

    def _as_read(self, piece: Piece) -> Fitted | None:
        """The piece with its edits, if it is what was read."""
        entries = self._take(_end(piece))
        more: list[Piece] = []
        while entries and max(one.edit.end for one in entries) > piece.start + len(piece.text):
            following = next(self._pieces, None)
            if following is None or len(piece.text) > _LONGEST:
                break
            more.append(following)
            piece = piece._replace(text=piece.text + following.text)
            entries += self._take(_end(piece))
        if not all(_fits(piece, entry) for entry in entries):
            self._put_back(entries)
            self._pieces = chain(more, self._pieces)
            return None
        if any(one.edit.applied for one in entries):
            self._written = False
        return Fitted(piece, entries)

    def _as_written(self, piece: Piece) -> Fitted | None:
        """The piece with its edits undone, if it is what was written."""
        start = piece.start + self._moved
        parts: list[str] = []
        done = grown = 0  # of the piece; what undoing has added to it
        entries: list[Entry] = []
        while (entry := self._next(_end(piece) + self._moved + grown)) is not None:
            entries.append(entry)
            edit = entry.edit
            now, then = (edit.after, edit.before) if edit.applied else (edit.before, edit.before)
            at = edit.start - start - grown
            fits = at >= done and piece.text.startswith(now, at)
            if not fits or "\n" in now + then:
                self._put_back(entries)
                return None
            if edit.applied:
                parts += piece.text[done:at], then
                done = at + len(now)
                grown += len(then) - len(now)
        parts.append(piece.text[done:])
        undone = piece._replace(start=start, text="".join(parts))
        if not all(_fits(undone, entry) for entry in entries):
            self._put_back(entries)
            return None
        if any(one.edit.applied for one in entries):
            self._written = True
        self._moved += grown
        return Fitted(undone, entries)


def place_in_context(entry: Entry) -> int:
    """Where in its context an edit stands; -1 if it is not in there.

    >>> from vnclean.edits import Edit
    >>> place_in_context(Entry("-", 1, 7, Edit(6, 9, "kim", "kiểm", "", 1.0), "phải kim tra"))
    5
    """
    before, context = entry.edit.before, entry.context
    usual = min(entry.column - 1, CONTEXT)
    if context.startswith(before, usual):
        return usual
    return context.rfind(before, 0, CONTEXT + len(before))


def _fits(piece: Piece, entry: Entry) -> bool:
    """Whether an edit, and what stood beside it, is in the piece at its place."""
    at = entry.edit.start - piece.start
    inside = place_in_context(entry)
    if at < 0 or inside < 0 or not entry.context:
        return False
    if not piece.text.startswith(entry.edit.before, at):
        return False
    left = entry.context[max(0, inside - at) : inside]
    right = entry.context[inside:][: len(piece.text) - at]
    text = piece.text
    line, column, _ = place_after((piece.line, piece.column, 0), text[:at])
    same_place = (line, column + 1) == (entry.line, entry.column)
    return same_place and text.startswith(left, at - len(left)) and text.startswith(right, at)
