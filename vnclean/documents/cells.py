"""Cells of a table: each is a document of its own, many of them are a block.

Texts that are in memory are cells of a table with one column; the lines of one text are cells that
follow each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from vnclean.documents.lines import Block, are_one_piece, is_one_piece

#: About so many code points are a block.
SIZE: Final = 1 << 18


class Cell(NamedTuple):
    """Where a text is in a table.

    ``row``: from 1.  ``field``: the column, with dots before nested ones; the numbers of items of
    lists, from 0, are in brackets.
    """

    row: int
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class CellBlock(Block):
    """A block of whole cells."""

    cells: Sequence[Cell] = ()
    firsts: Sequence[int] = ()  #: the first piece of each cell

    def addresses(self) -> Iterator[tuple[Cell, int]]:
        """Of each piece: its cell, and how many code points of that come before it."""
        for cell, (first, last) in zip(self.cells, self.bounds(), strict=True):
            start = 0
            for number in range(first, last):
                yield cell, start
                start += len(self.texts[number]) + len(self.ends[number])

    def bounds(self) -> Iterator[tuple[int, int]]:
        """The first piece of each cell, and the one after its last."""
        return zip(self.firsts, [*self.firsts[1:], len(self.texts)], strict=True)


def cell_blocks(
    cells: Iterable[Cell],
    lines_of: Callable[[str], Block],
    start: int = 0,
    *,
    alone: bool = True,
    most: int | None = None,
) -> Iterator[CellBlock]:
    """Blocks of cells in their order.

    ``lines_of``: cuts the text of a cell into pieces.  ``start``: code points of the table which
    came before.  ``alone``: each cell is a document of its own, otherwise all together are one.
    ``most``: so many cells are a block at most.

    >>> from vnclean.documents.lines import LineSplitter
    >>> cells = Cell(1, "text", "một\\nhai"), Cell(2, "text", "ba")
    >>> [block] = cell_blocks(cells, lambda text: LineSplitter().feed(text, final=True))
    >>> block.texts, list(block.begins), [(cell.row, at) for cell, at in block.addresses()]
    (['một', 'hai', 'ba'], [0, 2], [(1, 0), (1, 4), (2, 0)])
    """
    kept: list[Cell] = []
    size = 0
    for cell in cells:
        kept.append(cell)
        size += len(cell.text)
        if size >= SIZE or len(kept) == most:
            yield _block(kept, lines_of, start, alone)
            start += size
            kept, size = [], 0
    if kept:
        yield _block(kept, lines_of, start, alone)


def _block(
    cells: list[Cell], lines_of: Callable[[str], Block], start: int, alone: bool
) -> CellBlock:
    texts = [cell.text for cell in cells]
    ends, firsts = [""] * len(cells), list(range(len(cells)))
    if not are_one_piece(texts):
        texts, ends, firsts = _pieces(cells, lines_of)
    begins = firsts if alone else ()
    row = cells[0].row
    return CellBlock(texts, ends, row, 0, start, begins=begins, cells=cells, firsts=firsts)


def _pieces(
    cells: Sequence[Cell], lines_of: Callable[[str], Block]
) -> tuple[list[str], list[str], list[int]]:
    """The pieces of cells, their ends, and which is the first one of each cell."""
    texts: list[str] = []
    ends: list[str] = []
    firsts: list[int] = []
    for cell in cells:
        firsts.append(len(texts))
        if is_one_piece(cell.text):
            texts.append(cell.text)
            ends.append("")
            continue
        pieces = lines_of(cell.text)
        texts += pieces.texts
        ends += pieces.ends
    return texts, ends, firsts
