"""Blocks that know what marks in their document leave alone."""

from __future__ import annotations

from dataclasses import replace

from vnclean.documents.lines import Block
from vnclean.markers import SIGN, Markers


class Marked:
    """Takes the blocks of a document in their order.

    >>> marked = Marked()
    >>> blocks = [Block([text], [""], 1, 0, 0) for text in ("vnclean:off", "một", "hai")]
    >>> [list(marked.of(block).off) for block in blocks]
    [[(0, 0, 11)], [(0, 0, 3)], [(0, 0, 3)]]
    """

    def __init__(self) -> None:
        self._markers = Markers()

    def of(self, block: Block) -> Block:
        """``block`` with what is left alone of its texts, if anything is."""
        if self._markers.idle and not block.notes and SIGN not in block.text():
            return block
        off = self._markers.spans(block.texts, block.notes, block.begins)
        return replace(block, off=off) if off else block
