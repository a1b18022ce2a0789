"""JSON Lines: one value a line, of which some fields are text.

Nothing is written anew but the letters of a repair: order of keys, blanks, forms of numbers and
of escapes stay.  What json says is no JSON stays as a whole, and is named.
"""

from __future__ import annotations

import json
import json.decoder
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from json.encoder import encode_basestring, encode_basestring_ascii
from json.scanner import make_scanner
from typing import Final

from vnclean.documents.passages import Passage, Spelled
from vnclean.documents.runs import Escape, Run, spelled_by
from vnclean.formats.field_names import FieldName
from vnclean.formats.passages import PassageSplitter
from vnclean.language import marked, translated

#: So many names of fields are told to someone who asked for another one.
MOST_NAMES: Final = 12
#: So many records are searched for them.
_SEARCHED: Final = 1000
#: Nor are fields named that lie deeper.
_DEEPEST: Final = 8
_BLANK: Final = re.compile(r"[ \t\r\n]*")
_ESCAPE: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."
)
#: An escape of what is not ASCII.
_LETTER: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u(?!00[0-7])")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
#: From a text, where a string begins in it and whether all must be right to it and its end.
scanstring: Callable[[str, int, bool], tuple[str, int]] = json.decoder.scanstring  # type: ignore[attr-defined]
# Numbers are of no interest, and might be too long to be one.
_decoder: Final = json.JSONDecoder(parse_float=str, parse_int=str)
#: From a text and where a value begins in it to that and its end.
_value: Callable[[str, int], tuple[object, int]] = make_scanner(_decoder)  # type: ignore[arg-type]


def _raw_escape(text: str) -> str:
    """As a line writes it that holds letters as themselves."""
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", encode_basestring(text)[1:-1])


def _ascii_escape(text: str) -> str:
    """As a line writes it that is all ASCII."""
    return encode_basestring_ascii(text)[1:-1]


def _meaning(escape: str) -> str:
    return scanstring(f'{escape}"', 0, False)[0]


def _spelling(raw: str, start: int, end: int) -> list[Run]:
    return spelled_by(_ESCAPE, _meaning, raw, start, end)


@dataclass(slots=True)
class Wanted:
    """What is text of a value: ``leaf`` if it is itself, and which of the fields in it are.

    >>> sorted(Wanted.of(["a.b"]).below)
    ['a', 'a.b']
    """

    leaf: bool = False
    below: dict[str, Wanted] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)  #: of fields that end here

    @classmethod
    def of(cls, names: Iterable[str]) -> Wanted:
        """The fields called ``names``; a dot is one within a name, or parts two of them."""
        return cls._of(tuple((name, name) for name in names), {})

    @classmethod
    def _of(
        cls, paths: tuple[tuple[str, str], ...], known: dict[tuple[tuple[str, str], ...], Wanted]
    ) -> Wanted:
        """``paths``: what is left of each name, and the whole of it."""
        if paths in known:
            return known[paths]
        wanted = known[paths] = cls()
        rests: dict[str, list[tuple[str, str]]] = {}
        for path, name in paths:
            rests.setdefault(path, [])
            for dot in re.finditer(r"\.", path):
                rests.setdefault(path[: dot.start()], []).append((path[dot.end() :], name))
        for head, below in rests.items():
            child = cls._of(tuple(below), known) if below else cls()
            names = {name for path, name in paths if path == head}
            wanted.below[head] = cls(bool(names), child.below, names)
        return wanted


class _Walk:
    """One pass over one line: where the strings are that are wanted."""

    def __init__(self, line: str, found: set[str]) -> None:
        """``found`` gets the names of fields that are there."""
        self._line, self._found = line, found
        #: Of each its value, start and end between the quotes, and field.
        self.strings: list[tuple[str, int, int, FieldName | None]] = []

    def value(self, at: int, wanted: Wanted, name: FieldName | None = None) -> int:
        """Reads the value called ``name`` that begins at ``at``; returns where it ends.

        Raises ValueError or StopIteration for what is no JSON, RecursionError for what is
        nested too deeply.
        """
        first = self._line[at : at + 1]
        if first == "{" and wanted.below:
            return self._object(at + 1, wanted, name)
        if first == "[" and (wanted.below or wanted.leaf):
            return self._list(at + 1, wanted, name)
        if first == '"' and wanted.leaf:
            value, end = scanstring(self._line, at + 1, True)
            self.strings.append((value, at + 1, end - 1, name))
            return end
        return _value(self._line, at)[1]

    def _object(self, at: int, wanted: Wanted, name: FieldName | None) -> int:
        line, blank, below = self._line, _BLANK.match, wanted.below
        at = _end(blank(line, at))
        if line[at : at + 1] == "}":
            return at + 1
        while True:
            if line[at : at + 1] != '"':
                raise json.JSONDecodeError(marked("expecting property name"), line, at)
            key, at = scanstring(line, at + 1, True)
            if line[at : at + 1] != ":":
                at = _end(blank(line, at))
                if line[at : at + 1] != ":":
                    raise json.JSONDecodeError("Expecting ':' delimiter", line, at)
            at = _end(blank(line, at + 1))
            child = below.get(key)
            if child is None:
                at = _value(line, at)[1]
            else:
                self._found |= child.names
                at = self.value(at, child, FieldName(name, key))
            at = _end(blank(line, at))
            if line[at : at + 1] == "}":
                return at + 1
            if line[at : at + 1] != ",":
                raise json.JSONDecodeError("Expecting ',' delimiter", line, at)
            at = _end(blank(line, at + 1))

    def _list(self, at: int, wanted: Wanted, name: FieldName | None) -> int:
        line, blank = self._line, _BLANK.match
        at = _end(blank(line, at))
        if line[at : at + 1] == "]":
            return at + 1
        number = 0
        while True:
            at = _end(blank(line, self.value(at, wanted, FieldName(name, number))))
            number += 1
            if line[at : at + 1] == "]":
                return at + 1
            if line[at : at + 1] != ",":
                raise json.JSONDecodeError("Expecting ',' delimiter", line, at)
            at = _end(blank(line, at + 1))


def _end(found: re.Match[str] | None) -> int:
    assert found  # blanks may be none
    return found.end()


class JsonlSplitter(PassageSplitter):
    """Each string in the fields that are wanted is a document of its own.

    >>> splitter = JsonlSplitter(["text"])
    >>> splitter.feed('{"id": 1, "text": "ti\\\\u1ebfng"}\\n').texts
    ['tiếng']
    """

    def __init__(self, fields: Sequence[str], across_lines: bool = False) -> None:
        """``fields``: their names, with dots between those of nested ones."""
        super().__init__(across_lines)
        self._fields = fields
        self._wanted = Wanted.of(fields)
        self._found: set[str] = set()  # fields that some record has
        self._names: dict[str, None] = {}  # of fields that records have, in their order
        self._records = 0
        self._escape: Escape = _raw_escape

    def take(self, raw: str, *, final: bool) -> tuple[int, Sequence[Passage]]:
        """All whole lines."""
        done = len(raw) if final else raw.rfind("\n") + 1
        passages: list[Passage] = []
        start = 0
        while start < done:
            end = raw.find("\n", start, done) + 1 or done
            passages += self._record(raw, start, end)
            start = end
        if final and self._records:
            self._tell_of_missing()
        return done, passages

    def _record(self, raw: str, start: int, end: int) -> Iterable[Passage]:
        """The passages of one line."""
        line = raw[start:end]
        at = _end(_BLANK.match(line))
        if at == len(line):
            return ()
        walk = _Walk(line, self._found)
        try:
            stop = walk.value(at, self._wanted)
            if len(self._found) < len(self._fields) and self._records < _SEARCHED:
                self._note_names(_value(line, at)[0])
            at = _end(_BLANK.match(line, stop))
            if at < len(line):
                raise json.JSONDecodeError("Extra data", line, at)
        except json.JSONDecodeError as error:
            self._no_json(translated(error.msg.lower()), error.pos, self.line_at(raw, start))
            return ()
        except StopIteration as error:
            self._no_json(translated("expecting value"), error.value, self.line_at(raw, start))
            return ()
        except RecursionError:
            self.fault(
                translated("is nested too deeply and was kept as it is"), self.line_at(raw, start)
            )
            return ()
        self._records += 1
        escape = self._escape_of(line)
        return [
            Spelled(
                escape=escape,
                alone=True,
                read=value,
                spans=((start + begin, start + stop),),
                spelling=_spelling,
                field=name,
            )
            for value, begin, stop, name in walk.strings
        ]

    def _no_json(self, reason: str, at: int, line: int) -> None:
        place = translated("{reason}, column {column:,}", reason=reason, column=at + 1)
        self.fault(translated("is no JSON and was kept as it is ({place})", place=place), line)

    def _escape_of(self, line: str) -> Escape:
        """How a line writes letters that are not ASCII; like the last one if it has none."""
        if not line.isascii():
            self._escape = _raw_escape
        elif "\\u" in line and _LETTER.search(line):
            self._escape = _ascii_escape
        return self._escape

    def _note_names(self, value: object, path: str = "", depth: int = 0) -> None:
        """Keeps the names of the fields of a record, should someone have asked for another one."""
        if isinstance(value, dict) and value and depth < _DEEPEST:
            for key, below in value.items():
                if len(self._names) == MOST_NAMES:
                    return
                self._note_names(below, f"{path}.{key}" if path else key, depth + 1)
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            for one in value[:MOST_NAMES]:
                self._note_names(one, path, depth)
        elif path:
            self._names[path] = None

    def _tell_of_missing(self) -> None:
        for name in self._fields:
            if name not in self._found:
                names = ", ".join(self._names) or "none"
                more = ", …" if len(self._names) == MOST_NAMES else ""
                self.fault(
                    translated(
                        'no record has a field "{name}"; choose one with --field; there are: '
                        "{names}{more}",
                        name=name,
                        names=names,
                        more=more,
                    )
                )
