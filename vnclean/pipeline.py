"""The one way through: a document's blocks in, the same blocks with their edits out.

Output, reports and diffs are all derived from the :class:`CleanedBlock` that come by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from vnclean.documents.lines import Block, place_after
from vnclean.edits import Edit, apply, shift

#: How much of the line a finding shows on either side.
CONTEXT: Final = 30

M = TypeVar("M")  #: what marks a place between blocks, for example where a document begins


class Repairer(Protocol):
    """What finds the edits: :class:`vnclean.cleaner.Cleaner`."""

    def edits(self, lines: Sequence[str], before: Sequence[str] = ...) -> list[list[Edit]]: ...


@dataclass(frozen=True, slots=True)
class Finding:
    """An edit and where it is: ``edit`` counts code points from the start of the document."""

    path: str
    line: int
    column: int
    edit: Edit
    context: str


@dataclass(frozen=True, slots=True)
class CleanedBlock:
    """A block and the edits of each of its pieces, relative to that piece."""

    block: Block
    edits: list[list[Edit]]

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
        pieces = zip(self.block.texts, self.edits, self.block.places(), strict=True)
        for text, edits, place in pieces:
            for edit in edits:
                line, column, _ = place_after(place, text[: edit.start])
                context = _context(text, edit)
                yield Finding(path, line, column + 1, shift(edit, place[2]), context)


def _context(text: str, edit: Edit) -> str:
    """An edit and what stands beside it in its lines."""
    start = max(edit.start - CONTEXT, text.rfind("\n", 0, edit.start) + 1)
    line_end = text.find("\n", max(edit.start, edit.end - 1))
    end = edit.end + CONTEXT
    return text[start : end if line_end < 0 else min(end, max(edit.end, line_end))]


def clean_blocks(items: Iterable[Block | M], cleaner: Repairer) -> Iterator[CleanedBlock | M]:
    """Finds the edits of every block that holds lines, as it comes; what is no block keeps its
    place.  :meth:`vnclean.parallel.Workers.clean_blocks` does the same on several cores.

    >>> class Capitals:
    ...     def edits(self, lines, before=()):
    ...         return [[Edit(0, 1, "a", "A", "case", 1.0)] * (line == "a") for line in lines]
    >>> block = Block(["a", "b"], ["\\n", ""], line=1, column=0, start=0)
    >>> [cleaned.text() for cleaned in clean_blocks([block], Capitals())]
    ['A\\nb']
    """
    for item in items:
        if not isinstance(item, Block):
            yield item
        elif item.texts:
            yield CleanedBlock(item, cleaner.edits(item.texts, item.before))
