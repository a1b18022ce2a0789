"""Lines of text with the edits in them, as a page shows them: of the documents or the report."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from vnclean.pipeline import CONTEXT
from vnclean.reports.originals import Original, Piece, place_in_context
from vnclean.reports.reading import Entry

#: The longest text of a row without need, in code points.
LONGEST: Final = 1200
#: What stands between parts of a line of which not all is known.
GAP: Final = " … "
_FROM_CONTEXT: Final = GAP.lstrip()


@dataclass(frozen=True, slots=True)
class Mark:
    """An edit in a row: its place there, in code points."""

    offset: int
    entry: Entry


@dataclass(slots=True)
class Row:
    """Some text of a document as it was read, and the edits in it."""

    line: int
    column: int  #: of its first character, from 1
    text: str
    marks: list[Mark] = field(default_factory=list)
    field: str | None = None  #: the column of a table's cell


def rows_of(
    entries: Iterable[Entry], pieces: Iterable[Piece], whole: Callable[[int], bool]
) -> Iterator[Row]:
    """The rows of one document: all its lines, or those with edits and what they stand between.

    ``entries``: its edits, in their order.  ``pieces``: its text, as far as it is at hand.
    ``whole``: asked of each line without an edit whether there is room for so many code points.
    """
    original = Original(pieces, entries)
    held: deque[Row] = deque()  # shown once an edit has shown that this is the document
    trusted, after_edit = False, False
    for fitted in original.fitted():
        for row in _pieces_of(_row(fitted.piece, fitted.entries)):
            if not row.marks:
                if not row.text.strip():
                    continue
                held.append(row)
                if trusted and after_edit:
                    yield held.pop()
                elif whole(len(row.text)):
                    if trusted:
                        yield from _emptied(held)
                elif len(held) > 1:
                    held = deque([row])
                after_edit = False
                continue
            trusted = True
            yield from _emptied(held)
            yield row
            after_edit = True
    for row in rows_from_contexts(original.rest()):
        yield from _pieces_of(row)


def _emptied(rows: deque[Row]) -> Iterator[Row]:
    while rows:
        yield rows.popleft()


def _row(piece: Piece, entries: Sequence[Entry]) -> Row:
    marks = [Mark(entry.edit.start - piece.start, entry) for entry in entries]
    text = piece.text
    end = max([len(text.rstrip("\r\n")), *(mark.offset + _size(mark) for mark in marks)])
    return Row(piece.line, piece.column + 1, text[:end], marks)


def _size(mark: Mark) -> int:
    return len(mark.entry.edit.before)


def rows_from_contexts(entries: Iterable[Entry]) -> Iterator[Row]:
    """Rows of what the report itself holds of each line.

    >>> from vnclean.edits import Edit
    >>> one = Entry("-", 2, 7, Edit(16, 19, "kim", "kiểm", "", 1.0), "cần kim tra")
    >>> two = Entry("-", 2, 60, Edit(69, 71, "dch", "dịch", "", 1.0), "phòng dch")
    >>> [row.text for row in rows_from_contexts([one, two])]
    ['… cần kim tra … phòng dch']
    """
    for (line, name, _), some in groupby(entries, lambda one: (one.line, one.field, one.record)):
        yield _from_contexts(line, name, list(some))


def _from_contexts(line: int, name: str | None, entries: Sequence[Entry]) -> Row:
    text = ""
    first = known = -1  # of the document: where the part begins and ends that text ends with
    marks: list[Mark] = []
    for entry in entries:
        edit = entry.edit
        inside = place_in_context(entry)
        context = entry.context if inside >= 0 else edit.before
        begin = edit.start - max(inside, 0)
        joined = text + context[max(known - begin, 0) :]
        end = max(known, begin + len(context))
        agrees = first <= begin <= known and edit.start <= end
        if agrees and joined.startswith(edit.before, len(joined) - (end - edit.start)):
            text, known = joined, end
        else:
            begins_line = not text and entry.column - 1 <= max(inside, 0)
            text += ("" if begins_line else GAP if text else _FROM_CONTEXT) + context
            first, known = begin, begin + len(context)
        marks.append(Mark(len(text) - (known - edit.start), entry))
    if known - entries[-1].edit.end >= CONTEXT:
        text += GAP.rstrip()
    return Row(line, 1, text, sorted(marks, key=lambda mark: mark.offset), name)


def _pieces_of(row: Row) -> Iterator[Row]:
    """A row in pieces that are not too long, cut at blanks outside of edits."""
    if len(row.text) <= LONGEST:
        yield row
        return
    marks = deque(row.marks)
    done = 0
    while done < len(row.text):
        end = row.text.rfind(" ", done + 1, done + LONGEST) + 1 or done + LONGEST
        for mark in marks:
            if (mark.offset >= end and _size(mark)) or mark.offset > end:
                break
            end = max(end, mark.offset + _size(mark))
        here = []
        while marks and (marks[0].offset < end or end >= len(row.text)):
            mark = marks.popleft()
            here.append(Mark(mark.offset - done, mark.entry))
        yield Row(row.line, row.column + done, row.text[done:end], here, row.field)
        done = end
