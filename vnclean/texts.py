"""Texts that are in memory, cleaned in the same way as files: the only one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from vnclean.cleaner import Result
from vnclean.config import Config
from vnclean.documents.cells import Cell, cell_blocks
from vnclean.documents.lines import Block, LineSplitter, is_one_piece
from vnclean.documents.marked import Marked
from vnclean.documents.preceding import Preceding
from vnclean.formats.kinds import Reading
from vnclean.garbage import collecting_seldom
from vnclean.pipeline import Repairer, clean_blocks

T = TypeVar("T")


def cleaned_texts(texts: Iterable[str], cleaner: Repairer, config: Config) -> list[Result]:
    """What becomes of each text, which is a document of its own.

    ``config``: the settings of the cleaner.  Raises TypeError if one of ``texts`` is no text, or
    all of them are one.
    """
    given = list(several(texts, "texts"))
    results = [Result(_text(text, number), []) for number, text in enumerate(given)]
    reading = Reading(across_lines=config.across_lines)
    cells = (Cell(row, "", text) for row, text in enumerate(given, 1))
    blocks = cell_blocks(cells, lambda text: reading.line_splitter().feed(text, final=True))
    with collecting_seldom():
        for cleaned in clean_blocks(_marked(blocks, markers=config.markers), cleaner):
            for cell, text, edits in cleaned.cells():
                if edits:
                    results[cell.row - 1] = Result(text, edits)
    return results


def _marked(blocks: Iterable[Block], *, markers: bool) -> Iterable[Block]:
    """Blocks that know what marks in the text leave alone, if ``markers`` count."""
    return map(Marked().of, blocks) if markers else blocks


def cleaned_lines(
    lines: Iterable[str], cleaner: Repairer, ahead: int, *, markers: bool
) -> Iterator[Result]:
    """What becomes of each line of one document.

    ``ahead``: so many lines are taken together at most.  Raises TypeError as above, ValueError if
    that is less than 1.
    """
    if ahead < 1:
        raise ValueError(f"ahead is {ahead}, but must be 1 or more")
    lines = several(lines, "lines")
    cells = (Cell(row, "", _text(line, row - 1)) for row, line in enumerate(lines, 1))
    blocks = cell_blocks(cells, _line, alone=False, most=ahead)
    for cleaned in clean_blocks(map(Preceding().of, _marked(blocks, markers=markers)), cleaner):
        for _, text, edits in cleaned.cells():
            yield Result(text, edits)


def _line(line: str) -> Block:
    """The pieces of a line, to which another one may follow although it has lost its end."""
    if line.endswith("\n"):
        if is_one_piece(line[:-1]):
            return Block([line[:-1]], ["\n"], line=1, column=0, start=0)
        return LineSplitter().feed(line, final=True)
    block = LineSplitter().feed(line + "\n", final=True)
    block.ends[-1] = block.ends[-1][:-1]
    return block


def several(texts: Iterable[T], what: str) -> Iterable[T]:
    """``texts``; raises TypeError for a single one, whose letters would be taken for texts.

    >>> several("tiếng", "texts")
    Traceback (most recent call last):
        ...
    TypeError: expected several texts, not one; put it into a list, or use clean
    """
    if isinstance(texts, str):
        raise TypeError(f"expected several {what}, not one; put it into a list, or use clean")
    return texts


def _text(value: object, number: int) -> str:
    if not isinstance(value, str):
        raise TypeError(f"item {number} is {type(value).__name__}, not str")
    return value
