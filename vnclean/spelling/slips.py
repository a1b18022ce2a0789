"""The slips of every word of a vocabulary, worked out once when a model is built.

The section ``slips`` of a model file holds, word after word in the order of their numbers, the
words that each may be a slip for (``uint16``) and the code of its price; ``slip_starts`` says
where each word's begin, ``slip_prices`` what price each code stands for: there are few different
ones.  What one letter alone may stand for depends on its letter case and is not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class SlipTable:
    """Word k has the slips ``starts[k] : starts[k + 1]``.

    >>> table = SlipTable.build(["kim", "k"], lambda word, number: {7: 5.5, 9: 12.0})
    >>> table.starts.tolist(), table.word.tolist(), table.prices[table.code].tolist()
    ([0, 2, 2], [7, 9], [5.5, 12.0])
    """

    starts: NDArray[Any]
    word: NDArray[Any]
    code: NDArray[Any]
    prices: NDArray[Any]

    @classmethod
    def build(
        cls, words: Sequence[str], slips: Callable[[str, int], dict[int, float]]
    ) -> SlipTable:
        """``slips``: those of a word and its number."""
        # In order, so that the same words give the same file.
        found = [
            dict(sorted(slips(word, number).items()))
            if len(word) > 1 and not word.startswith("<")
            else {}
            for number, word in enumerate(words)
        ]
        lengths = [len(some) for some in found]
        prices = np.array([price for some in found for price in some.values()], dtype=np.float32)
        book, code = np.unique(prices, return_inverse=True)
        return cls(
            np.concatenate(([0], np.cumsum(lengths))).astype(np.uint32),
            np.array([word for some in found for word in some], dtype=np.uint16),
            code.astype(np.uint8) if len(book) <= 256 else code.astype(np.uint16),
            book,
        )

    @classmethod
    def from_sections(cls, sections: dict[str, NDArray[Any]]) -> SlipTable:
        """As :meth:`sections` gives them."""
        names = ("slip_starts", "slips", "slip_codes", "slip_prices")
        return cls(*(sections[name] for name in names))

    def sections(self) -> dict[str, NDArray[Any]]:
        """The sections of a model file."""
        return {
            "slip_starts": self.starts,
            "slips": self.word,
            "slip_codes": self.code,
            "slip_prices": self.prices,
        }
