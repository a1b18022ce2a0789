"""CSV and TSV: rows of cells, of which some columns are text; the first row names them.

A cell is written as it was: quoted or not, with all its blanks.  Rows whose quotes make no sense
stay as they are: the first line of such a row is named, and reading goes on with the next line
from which a row of as many cells as the header has can be read.  Whatever such a line was meant
to be, a repair puts no quote, delimiter or line end into it, so that its cells stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Final, TypeAlias

from vnclean.documents.passages import Passage, Spelled
from vnclean.documents.runs import Escape, Run, literally, spelled_by
from vnclean.formats.passages import RECORD_LIMIT, PassageSplitter
from vnclean.language import translated

#: What may part the cells, the likeliest first.
DELIMITERS: Final = ",;\t|"
#: More lines are in no cell: its quote is meant to be none, or is not closed.
LINES_LIMIT: Final = 1 << 16
#: So much must be there to tell how lines end.
_SEEN: Final = 1 << 16
_SEPARATOR: Final = re.compile(r'"?sep=([,;\t|])"?[\r\n]+', re.IGNORECASE)
_DOUBLED: Final = re.compile('""')
#: How much is taken at once.
_PORTION: Final = 1 << 21
#: The longest row of TSV with quotes: most programs write none there, and mean none.
_TSV_LIMIT: Final = 1 << 16
#: So many names of columns are told to someone who asked for another one.
_MOST_NAMES: Final = 20
#: Where a cell is written, between its quotes if it has them.
_Cell: TypeAlias = tuple[int, int, bool]


class _BrokenRow(ValueError):
    """The quotes of a row make no sense; ``str()`` of it says why."""


class _Incomplete(Exception):
    """The rest of a row is yet to come."""


class TableSplitter(PassageSplitter):
    """Each cell of the columns that are wanted is a document of its own.

    >>> splitter = TableSplitter(["text"])
    >>> splitter.feed('id;text\\n1;"tin ""mới"" nhất"\\n').texts
    ['tin "mới" nhất']
    """

    completing: ClassVar[str] = "\r\n"

    def __init__(
        self, fields: Sequence[str], delimiters: str = DELIMITERS, across_lines: bool = False
    ) -> None:
        """``fields``: names of columns, or their numbers from 1.  ``delimiters``: which of them
        it is, the header says.
        """
        super().__init__(across_lines)
        self._fields = fields
        self._delimiters = delimiters
        self._lenient = delimiters == "\t"
        self._limit = _TSV_LIMIT if self._lenient else RECORD_LIMIT
        self._delimiter = delimiters[0]
        self._newline = "\n"  # or CR, if there is no LF at all
        self._width = 0  # cells of the header; none before it is read
        self._columns: dict[int, str] = {}  # those that are text, as they were named
        self._lost = False  # whether the rows are to be found again

    def take(self, raw: str, *, final: bool) -> tuple[int, Sequence[Passage]]:
        """All whole rows."""
        at = 0
        if not self._width:
            try:
                at = self._header(raw, final)
            except _Incomplete:
                return 0, ()
        if not self._columns:
            return len(raw), ()
        passages: list[Passage] = []
        # After a quote without end there may be millions of rows.
        while at < min(len(raw), _PORTION):
            try:
                at = self._row(raw, at, final, passages)
            except _Incomplete:
                break
        return at, passages

    def _header(self, raw: str, final: bool) -> int:
        """Learns the columns; returns where the first row begins."""
        if not raw:
            return 0
        if raw.find("\n", 0, _SEEN) < 0:
            if len(raw) < _SEEN and not final:
                raise _Incomplete
            self._newline = "\r" if "\r" in raw[:_SEEN] else "\n"
        told = _SEPARATOR.match(raw)  # by Excel, in a line of its own
        begin = told.end() if told else 0
        best: tuple[int, int] = (-1, 0)
        end = begin
        names: list[str] = []
        for delimiter in told[1] if told else self._delimiters:
            try:
                cells, end = self._cells(raw, begin, final, delimiter)
            except _BrokenRow as error:
                if best < (0, 0) and (told or delimiter == self._delimiters[-1]):
                    self._width = 1
                    self.fault(
                        translated(
                            "the header {reason}; everything was kept as it is", reason=error
                        ),
                        self.line_at(raw, 0),
                    )
                    return len(raw)
                continue
            found = [_text(raw, cell).strip() for cell in cells]
            score = sum(field in found for field in self._fields), len(cells)
            if score > best:
                best, self._delimiter, names = score, delimiter, found
        self._width = len(names)
        self._columns = self._wanted(names)
        return end

    def _wanted(self, names: Sequence[str]) -> dict[int, str]:
        """Numbers of the columns that are text, from 0, and what the user calls them."""
        wanted: dict[int, str] = {}
        for field in self._fields:
            found = {number for number, name in enumerate(names) if name == field}
            if not found and field.isdecimal() and 0 < int(field[:9]) <= len(names):
                found = {int(field[:9]) - 1}
            if not found:
                some = ", ".join(names[:_MOST_NAMES]) + ", …" * (len(names) > _MOST_NAMES)
                self.fault(
                    translated(
                        'no column "{field}"; choose one with --column; there are: {names}',
                        field=field,
                        names=some,
                    )
                )
            wanted |= dict.fromkeys(found, field)
        return dict(sorted(wanted.items()))

    def _row(self, raw: str, at: int, final: bool, passages: list[Passage]) -> int:
        """Adds the passages of the row at ``at``; returns where the next one begins.

        Raises _Incomplete if it is yet to end.
        """
        line_end = raw.find(self._newline, at) + 1
        if not line_end:
            if not final:
                raise _Incomplete
            line_end = len(raw)
        if not self._lost and raw.find('"', at, line_end) < 0:
            passages += self._plain(raw, at, line_end)
            return line_end
        try:
            cells, end = self._cells(raw, at, final, self._delimiter)
            if len(cells) != self._width and (self._lost or self._lenient):
                raise _BrokenRow
        except _BrokenRow as error:
            if self._lenient:
                passages += self._plain(raw, at, line_end)
            elif not self._lost:
                self.fault(
                    translated(
                        "{reason}; kept as it is up to the next row that is sound", reason=error
                    ),
                    self.line_at(raw, at),
                )
                self._lost = True
            return line_end
        self._lost = False
        passages += self._passages(raw, {n: cells[n] for n in self._columns_of(len(cells))})
        return end

    def _columns_of(self, width: int) -> Iterator[int]:
        return (number for number in self._columns if number < width)

    def _plain(self, raw: str, at: int, end: int) -> Iterator[Passage]:
        """The passages of a row without quotes, or with such as mean nothing."""
        line = raw[at:end].rstrip("\r\n")
        parts = line.split(self._delimiter, max(self._columns) + 1)
        done, start = 0, at
        cells: dict[int, _Cell] = {}
        for number in self._columns_of(len(parts)):
            start += sum(map(len, parts[done:number])) + number - done
            cells[number] = start, start + len(parts[number]), False
            done = number
        return self._passages(raw, cells)

    def _passages(self, raw: str, cells: Mapping[int, _Cell]) -> Iterator[Passage]:
        for number, (start, end, quoted) in cells.items():
            if start == end:
                continue
            text = _text(raw, (start, end, quoted))
            yield Spelled(
                escape=_quoted_escape if quoted else _escape_of(text, self._delimiter),
                alone=True,
                read=text,
                spans=((start, end),),
                spelling=_quoted_spelling if quoted else literally,
                field=self._columns[number],
            )

    def _cells(self, raw: str, at: int, final: bool, delimiter: str) -> tuple[list[_Cell], int]:
        """The cells of the row at ``at``, and where the next one begins.

        Raises _Incomplete if it is yet to end, _BrokenRow if it makes no sense.
        """
        cells: list[_Cell] = []
        begin = at
        while True:
            quoted = raw.startswith('"', at)
            if quoted:
                start, end = at + 1, self._closing(raw, at + 1, begin, final)
                at = end + 1
            else:
                start, end = at, self._plain_end(raw, at, delimiter, final)
                at = end
            cells.append((start, end, quoted))
            if raw.startswith(delimiter, at):
                at += 1
                continue
            if at < len(raw) and not raw.startswith((self._newline, "\r\n"), at):
                raise _BrokenRow(translated("letters follow a closing quote"))
            return cells, raw.find(self._newline, at) + 1 or len(raw)

    def _closing(self, raw: str, at: int, begin: int, final: bool) -> int:
        """Where the quote is that closes a cell, of the row that begins at ``begin``."""
        limit = begin + self._limit
        first = at
        while True:
            found = raw.find('"', at, limit)
            if found < 0:
                if final or len(raw) >= limit or self._too_long(raw, first, len(raw)):
                    raise _BrokenRow(translated("a quote is not closed"))
                raise _Incomplete
            if not final and found + 1 + raw.startswith("\r", found + 1) >= len(raw):
                raise _Incomplete  # what follows may be another quote, or the rest of CR LF
            if not raw.startswith('"', found + 1):
                if self._too_long(raw, first, found):
                    raise _BrokenRow(translated("a quote is not closed"))
                return found
            at = found + 2

    def _too_long(self, raw: str, start: int, end: int) -> bool:
        """Whether there are more lines than one cell holds."""
        return end - start > LINES_LIMIT and raw.count(self._newline, start, end) > LINES_LIMIT

    def _plain_end(self, raw: str, at: int, delimiter: str, final: bool) -> int:
        """Where a cell without quotes ends."""
        end = raw.find(self._newline, at)
        if end < 0:
            if not final:
                raise _Incomplete
            end = len(raw)
        cell = raw.find(delimiter, at, end)
        if cell >= 0:
            return cell
        return end - 1 if end > at and raw[end - 1] == "\r" else end


def _text(raw: str, cell: _Cell) -> str:
    start, end, quoted = cell
    text = raw[start:end]
    return text.replace('""', '"') if quoted else text


def _quoted_escape(text: str) -> str:
    return text.replace('"', '""')


def _quoted_spelling(raw: str, start: int, end: int) -> list[Run]:
    return spelled_by(_DOUBLED, lambda _: '"', raw, start, end)


def _escape_of(cell: str, delimiter: str) -> Escape:
    """The escape of a cell without quotes: what needs some cannot be written."""
    return _ESCAPES[delimiter, '"' in cell]


def _plain_escape(delimiter: str, has_quote: bool) -> Escape:
    special = {*'"\r\n', delimiter}

    def escape(text: str) -> str | None:
        if has_quote and not text:  # a quote inside the cell might come to begin it
            return None
        return None if special & set(text) else text

    return escape


_ESCAPES: Final = {
    (delimiter, has_quote): _plain_escape(delimiter, has_quote)
    for delimiter in DELIMITERS
    for has_quote in (False, True)
}
