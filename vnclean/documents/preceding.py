"""The text before a block: what its document has said so far, as far as the cleaner looks back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from vnclean.document import REACH
from vnclean.documents.lines import Block


class Preceding:
    """Gives each block of a document, in order, the pieces before it.

    >>> before = Preceding(reach=2)
    >>> blocks = [Block([text], ["\\n"], 1, 0, 0) for text in ("một", "hai", "ba", "bốn")]
    >>> [list(before.of(block).before) for block in blocks]
    [[], ['một'], ['một', 'hai'], ['hai', 'ba']]
    """

    def __init__(self, texts: Sequence[str] = (), reach: int = REACH) -> None:
        """``texts``: the last pieces before the first block, if there are any."""
        # Pieces may hold ends of lines that the cleaner does not count: at most as many again.
        self._reach = 2 * reach
        self._texts: Sequence[str] = texts

    def of(self, block: Block) -> Block:
        """``block``, knowing what stands before it."""
        alone = bool(block.begins) and block.begins[0] == 0  # nothing before it is looked at
        found = block if alone else replace(block, before=self._texts)
        if block.texts:
            texts = [*self._texts, *block.texts]
            self._texts = texts[len(texts) - self._needed(texts[::-1]) :]
        return found

    def _needed(self, texts: Sequence[str]) -> int:
        """How many pieces, from the last one back, until they reach far enough."""
        sizes = list(accumulate(len(text) + 1 for text in texts))
        return min(bisect_right(sizes, self._reach) + 1, len(sizes))
