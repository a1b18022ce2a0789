"""The lines of a report about one file, as edits of its documents, in the order of these.

Both are read once, side by side: the file by its documents, and the report by their edits.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO, Final, NamedTuple, TypeAlias

from vnclean.documents.encoding import Encoding, marked, named, rewritten
from vnclean.documents.lines import Block, Fault, Place, place_after
from vnclean.edits import Edit, shift
from vnclean.errors import InputError
from vnclean.language import translated
from vnclean.replaying.index import Part, is_in
from vnclean.replaying.states import Edits, Line, States
from vnclean.reports.origin import Origin
from vnclean.reports.reading import LONGEST, Entry, told_by
from vnclean.reports.written import Written

#: A row and a column; nothing in documents that are no table.
Cell: TypeAlias = tuple[int | None, str | None]
_NO_CELL: Final[Cell] = (None, None)


class _Mark(NamedTuple):
    part: int
    place: int
    number: int
    line: Line | None


class Lines:
    """The lines in some parts of a report, which `files_of` has found sound."""

    def __init__(self, report: BinaryIO, parts: Sequence[Part]) -> None:
        self._report = report
        self._parts = parts
        self._at = _Mark(0, parts[0].start, parts[0].number, None) if parts else None

    def peek(self) -> Line | None:
        """The next line; None if there is none."""
        while self._at and self._at.line is None:
            self._read(self._at)
        return self._at.line if self._at else None

    def take(self) -> None:
        """The next line is done with."""
        if self._at:
            self._at = self._at._replace(line=None)

    def mark(self) -> _Mark | None:
        """A place to :meth:`go_back` to."""
        return self._at

    def go_back(self, mark: _Mark | None) -> None:
        """The next line is that which it was."""
        self._at = mark

    def _read(self, at: _Mark) -> None:
        part, place, number, _ = at
        if place >= self._parts[part].end:
            part += 1
            following = self._parts[part] if part < len(self._parts) else None
            self._at = _Mark(part, following.start, following.number, None) if following else None
            return
        self._report.seek(place)
        data = self._report.readline(LONGEST)
        line = None
        if data.strip():
            fields = json.loads(data)
            told = told_by(fields)
            assert not isinstance(told, Written)
            line = Line(number, fields, told)
        self._at = _Mark(part, place + len(data), number + 1, line)


class Script:
    """What is to be done to the documents of one file.

    Raises InputError, in whatever it is asked, if the report does not fit the file.
    """

    def __init__(self, lines: Lines, states: States) -> None:
        self._lines = lines
        self._states = states
        self._current: DocumentScript | None = None

    def tells_of(self, path: str) -> bool:
        """Whether what comes next is about ``path``, or about something in it."""
        line = self._lines.peek()
        return line is not None and is_in(line.told.path, path)

    def document(self, path: str) -> DocumentScript:
        """What is to be done to the document ``path``, which comes next."""
        if self._current is None or self._current.path != path:
            mark, edits = self._lines.mark(), Edits(self._states)
            while (line := self._lines.peek()) and line.told.path == path:
                edits.add(line)
                self._lines.take()
            self._lines.go_back(mark)
            self._current = DocumentScript(self._lines, path, edits)
        return self._current

    def finish(self, path: str) -> None:
        """The document ``path`` has been read to its end."""
        if self._current and self._current.path == path:
            self._current.finish()
            self._current = None

    def end(self) -> None:
        """The whole file has been read."""
        if line := self._lines.peek():
            raise InputError(
                translated(
                    "has no {path}, of which line {number:,} tells",
                    path=line.told.path,
                    number=line.number,
                )
            )


class DocumentScript:
    """The edits of one document, in the coordinates of its text as it is now."""

    def __init__(self, lines: Lines, path: str, edits: Edits) -> None:
        self.path = path
        self.encoding = _encoding(edits)  #: what it is in, and what it is to be written in
        self._lines = lines
        self._states = edits.states
        self._cell = _NO_CELL
        self._done = 0  # where the last edit ended, in the text as it was read at first
        self._moved = 0  # how much farther on all is now
        self._edit: Edit | None = None
        self._number = 0  # of the line that it is from

    def next(self, end: int, cell: Cell = _NO_CELL) -> Edit | None:
        """The next edit if it begins before ``end``, or is empty and there, in that cell."""
        if cell != self._cell:
            if self._edit:
                self._refuse(self._number)
            self._cell, self._done, self._moved = cell, 0, 0
        while self._edit is None:
            line = self._lines.peek()
            if line is None or line.told.path != self.path or not isinstance(line.told, Entry):
                return None
            if line.told.cell != cell:
                return None
            self._edit, self._number = self._as_it_is(line, line.told.edit), line.number
            self._lines.take()
        edit = self._edit
        return edit if edit.start < end or edit.end <= end else None

    def take(self, edit: Edit, found: str) -> Edit:
        """``edit``, which came last, if ``found`` is what it is to be made in."""
        if found != edit.before:
            raise InputError(
                translated(
                    "has {found!r} where line {number:,} of the report has {before!r}; take "
                    "the report as it was written",
                    found=found,
                    number=self._number,
                    before=edit.before,
                )
            )
        self._edit = None
        return edit

    def _as_it_is(self, line: Line, edit: Edit) -> Edit | None:
        """The edit of a line, in the text as it is now; None if it changes nothing."""
        now, then = self._states.now(line), self._states.then(line)
        if (now or then) and edit.start < self._done:
            raise InputError(
                translated(
                    "has edits that overlap or are out of order: line {number:,} of the report",
                    number=line.number,
                )
            )
        start = edit.start + self._moved
        if now or then:
            self._done = edit.end
        if now:
            self._moved += len(edit.after) - len(edit.before)
        before = edit.after if now else edit.before
        after = edit.after if then else edit.before
        if before == after:
            return None
        return replace(
            edit, start=start, end=start + len(before), before=before, after=after, applied=True
        )

    def finish(self) -> None:
        """All of the document was read."""
        while (line := self._lines.peek()) and line.told.path == self.path:
            if isinstance(line.told, Entry):
                self._refuse(line.number)
            self._lines.take()
        if self._edit:
            self._refuse(self._number)

    def _refuse(self, number: int) -> None:
        raise InputError(
            translated("has nothing where line {number:,} of the report belongs", number=number)
        )


def _encoding(edits: Edits) -> Encoding:
    """What a document is in now, and what it is to be written in."""
    plain = named("utf-8")
    if not edits.origin or not isinstance(edits.origin.told, Origin):
        return plain
    origin = edits.origin.told
    encoding = named(origin.codec)
    encoding = replace(marked(encoding) if origin.bom else encoding, output=None)
    now, then = (plain if converted else encoding for converted in edits.conversion())
    return rewritten(now, then)


@dataclass(frozen=True, slots=True)
class ScriptedBlock(Block):
    """A block of at most one piece, and the edits of that."""

    edits: Sequence[Edit] = ()


class ScriptSplitter:
    """Blocks of text as it stands, each with its edits: a `vnclean.documents.text.Splitter`.

    A block ends wherever the text that has come ends, unless an edit goes on there.
    """

    def __init__(self, document: DocumentScript) -> None:
        self.faults: Sequence[Fault] = ()
        self.declared: tuple[str, int] | None = None
        self._document = document
        self._place: Place = (1, 0, 0)
        self._rest = ""

    @property
    def line(self) -> int:
        """The line, from 1, of the next character fed."""
        return self._place[0] + self._rest.count("\n")

    @property
    def pending(self) -> bool:
        """Whether some of what was fed has not come out yet."""
        return bool(self._rest)

    def feed(self, chunk: str, *, final: bool = False) -> Block:
        """The block that ``chunk`` completes; everything there is if ``final``."""
        text = self._rest + chunk
        line, column, start = self._place
        end = start + len(text)
        edits: list[Edit] = []
        while edit := self._document.next(end):
            if edit.end > end and not final:
                end = max(edit.start, start)
                break
            found = text[max(edit.start - start, 0) : edit.end - start]
            edits.append(shift(self._document.take(edit, found), -start))
        text, self._rest = text[: end - start], text[end - start :]
        self._place = place_after(self._place, text)
        pieces = [text] if text or edits else []
        return ScriptedBlock(pieces, [""] * len(pieces), line, column, start, edits=edits)
