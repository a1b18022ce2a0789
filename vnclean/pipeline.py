"""The one way through: a document's blocks in, the same blocks with their edits out.

Output, reports and diffs are all derived from the :class:`CleanedBlock` that come by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Final, NoReturn, Protocol, TypeAlias, TypeVar

from vnclean.config import Config
from vnclean.documents.cells import Cell, CellBlock
from vnclean.documents.lines import Block, place_after
from vnclean.documents.passages import PassageBlock
from vnclean.documents.preceding import Preceding
from vnclean.edits import Edit, apply, shift
from vnclean.errors import InputError
from vnclean.markers import Span

#: How much of the line a finding shows on either side.
CONTEXT: Final = 30
#: Pieces, and code points of them, that the cleaner is asked for at a time.
_PORTION: Final = 1 << 14
_PORTION_SIZE: Final = 1 << 19

#: Stands for bytes that are no text.
_NO_TEXT: Final = re.compile("[\ud800-\udfff]")

M = TypeVar("M")  #: what marks a place between blocks, for example where a document begins


class Repairer(Protocol):
    """What finds the edits: :class:`vnclean.cleaner.Cleaner`."""

    def edits(
        self,
        lines: Sequence[str],
        before: Sequence[str] = ...,
        begins: Sequence[int] = ...,
        off: Sequence[Span] = ...,
    ) -> list[list[Edit]]: ...

    def with_config(self, config: Config) -> Repairer:
        """The same with other settings."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An edit and where it is: ``edit`` counts code points from the start of the document.

    ``field``: the field of a record, or the column.  Where there are no lines to count (Parquet)
    there is a ``record`` beside it: the row, from 1, which ``line`` is as well, and ``edit`` counts
    from the start of that cell.
    """

    path: str
    line: int
    column: int
    edit: Edit
    context: str
    record: int | None = None
    field: str | None = None
    at: int = 0  #: where in the context the edit begins

    def end(self) -> tuple[int, int]:
        """Line and column, as above, of what comes after the part that was read.

        >>> Finding("-", 3, 8, Edit(9, 13, "h-\\nọ", "họ", "broken-word", 1.0), "").end()
        (4, 2)
        """
        line, column, _ = place_after((self.line, self.column - 1, 0), self.edit.before)
        return line, column + 1


@dataclass(frozen=True, slots=True)
class CleanedBlock:
    """A block and the edits of each of its pieces, relative to that piece."""

    block: Block
    edits: list[list[Edit]]
    read: Block | None = None  #: what was cleaned, if that is only a part of ``block``
    fields: Sequence[str | None] = ()  #: then also: of each edit, what it is in

    @classmethod
    def of(cls, block: Block, found: list[list[Edit]]) -> CleanedBlock:
        """A block as the document has it, and what was found in its pieces."""
        if any(found):
            found = [
                separate(text, end, edits) if edits else edits
                for text, end, edits in zip(block.texts, block.ends, found, strict=True)
            ]
        if isinstance(block, PassageBlock):
            written, edits, fields = block.written(found)
            return cls(written, edits, block, fields)
        return cls(block, found)

    def texts(self) -> list[str]:
        """The repaired pieces."""
        return [
            apply(text, edits) if edits else text
            for text, edits in zip(self.block.texts, self.edits, strict=True)
        ]

    def text(self) -> str:
        """The repaired text with its line ends."""
        if not self.changed():
            return self.block.text()
        pairs = zip(self.texts(), self.block.ends, strict=True)
        return "".join([part for pair in pairs for part in pair])

    def changed(self) -> bool:
        """Whether any edit is applied."""
        return any(self.edits) and any(edit.applied for edits in self.edits for edit in edits)

    def findings(self, path: str) -> Iterator[Finding]:
        """Every edit, applied or not, in the coordinates of the document."""
        if not any(self.edits):
            return
        if isinstance(self.block, CellBlock):
            yield from self._in_cells(path, self.block)
            return
        pieces = zip(self.block.texts, self.edits, self.block.places(), strict=True)
        for text, edits, place in pieces:
            start = place[2]
            done = 0
            for edit, field in zip(edits, self.fields or repeat(None)):  # noqa: B905 without end
                place = place_after(place, text[done : edit.start])
                (line, column, _), done = place, edit.start
                first, context = _context(text, edit)
                shifted, at = shift(edit, start), edit.start - first
                yield Finding(path, line, column + 1, shifted, context, field=field, at=at)

    def cells(self) -> Iterator[tuple[Cell, str, list[Edit]]]:
        """Of a block of cells: each of them, its repaired text, and its edits, which count from
        its start.
        """
        assert isinstance(self.block, CellBlock)
        texts, ends = self.texts(), self.block.ends
        if len(texts) == len(self.block.cells) and not any(ends):  # the usual case
            yield from zip(self.block.cells, texts, self.edits, strict=True)
            return
        for cell, (first, last) in zip(self.block.cells, self.block.bounds(), strict=True):
            if not any(self.edits[first:last]):
                yield cell, cell.text, []
                continue
            edits: list[Edit] = []
            start = 0
            for number in range(first, last):
                edits += [shift(edit, start) for edit in self.edits[number]]
                start += len(self.block.texts[number]) + len(ends[number])
            parts = zip(texts[first:last], ends[first:last], strict=True)
            yield cell, "".join([part for pair in parts for part in pair]), edits

    def _in_cells(self, path: str, block: CellBlock) -> Iterator[Finding]:
        pieces = zip(block.texts, self.edits, block.addresses(), strict=True)
        for text, edits, (cell, start) in pieces:
            for edit in edits:
                first, context = _context(text, edit)
                column, shifted = start + edit.start + 1, shift(edit, start)
                at = edit.start - first
                yield Finding(path, cell.row, column, shifted, context, cell.row, cell.field, at)


def separate(text: str, end: str, edits: list[Edit]) -> list[Edit]:
    """Edits of a piece, not applied where bytes that are no text would meet others.

    Together they might be text, and nobody could tell any more what was read.  ``end``: what comes
    after the piece.

    >>> [edit] = separate("a\\udcc3-\\udca9", "", [Edit(2, 3, "-", "", "invisible", 1.0)])
    >>> edit.applied
    False
    """
    if not _NO_TEXT.search(text):
        return edits
    kept: list[Edit] = []
    done, last = 0, ""  # how far it is looked at, and the letter before that in the output
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.applied:
            before = text[edit.start - 1 : edit.start] if edit.start > done else last
            after = text[edit.end : edit.end + 1] or end[:1]
            pairs = [(before, after)] if not edit.after else [
                (before, edit.after[0]), (edit.after[-1], after)
            ]  # fmt: skip
            if any(all(not one or _NO_TEXT.match(one) for one in pair) for pair in pairs):
                edit = replace(edit, applied=False)
            else:
                done, last = edit.end, edit.after[-1:] or before
        kept.append(edit)
    return kept


def _context(text: str, edit: Edit) -> tuple[int, str]:
    """An edit and what stands beside it in its lines, and where in the text this begins."""
    start = max(edit.start - CONTEXT, 0)
    start = max(start, text.rfind("\n", start, edit.start) + 1)
    end = edit.end + CONTEXT
    line_end = text.find("\n", max(edit.start, edit.end - 1), end)
    return start, text[start : end if line_end < 0 else max(edit.end, line_end)]


def raised(error: InputError) -> NoReturn:
    """Makes nothing of an error of a document."""
    raise error


def clean_blocks(
    items: Iterable[Block | M], cleaner: Repairer, failed: Callable[[InputError], M] = raised
) -> Iterator[CleanedBlock | M]:
    """Finds the edits of every block that holds lines, as it comes; what is no block keeps its
    place.  :meth:`vnclean.parallel.Workers.clean_blocks` does the same on several cores.

    ``failed``: makes what comes in the place of a block that cannot be cleaned.

    >>> class Capitals:
    ...     def edits(self, lines, before=(), begins=(), off=()):
    ...         return [[Edit(0, 1, "a", "A", "case", 1.0)] * (line == "a") for line in lines]
    >>> block = Block(["a", "b"], ["\\n", ""], line=1, column=0, start=0)
    >>> [cleaned.text() for cleaned in clean_blocks([block], Capitals())]
    ['A\\nb']
    """
    for item in items:
        if not isinstance(item, Block):
            yield item
        elif item.texts:
            try:
                cleaned: CleanedBlock | M = CleanedBlock.of(
                    item, edits_of(cleaner, *question_of(item))
                )
            except InputError as error:
                cleaned = failed(error)
            yield cleaned
        elif isinstance(item, PassageBlock):
            yield CleanedBlock.of(item, [])


def configured(blocks: Iterable[Block], config: Config | None) -> Iterator[Block]:
    """``blocks`` of a document that is to be cleaned in that way, if not as most are."""
    return iter(blocks) if config is None else (replace(block, config=config) for block in blocks)


#: What the cleaner is to be told of a block.
Question: TypeAlias = tuple[
    Sequence[str], Sequence[str], Sequence[int], Sequence[Span], Config | None
]


def question_of(block: Block) -> Question:
    """What :func:`edits_of` takes beside the cleaner."""
    return block.texts, block.before, block.begins, block.off, block.config


def edits_of(
    cleaner: Repairer,
    texts: Sequence[str],
    before: Sequence[str],
    begins: Sequence[int],
    off: Sequence[Span] = (),
    config: Config | None = None,
) -> list[list[Edit]]:
    """The edits of the pieces of a block, asked for in bounded portions.

    ``config``: the settings, those of ``cleaner`` if None.

    It makes no difference to what is found: for each piece no more is looked at than what stands
    before it.
    """
    if config is not None:
        cleaner = cleaner.with_config(config)
    if len(texts) <= _PORTION and sum(map(len, texts)) <= _PORTION_SIZE:
        return cleaner.edits(texts, before, begins, off)
    found: list[list[Edit]] = []
    preceding = Preceding(before)
    for first, last in _portions(texts):
        block = preceding.of(Block(list(texts[first:last]), [""] * (last - first), 1, 0, 0))
        own = [begin - first for begin in begins if first <= begin < last]
        here = [(n - first, start, end) for n, start, end in off if first <= n < last]
        found += cleaner.edits(block.texts, block.before, own, here)
    return found


def _portions(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    first, size = 0, 0
    for number, text in enumerate(texts):
        if number > first and (number - first == _PORTION or size + len(text) > _PORTION_SIZE):
            yield first, number
            first, size = number, 0
        size += len(text)
    yield first, len(texts)
