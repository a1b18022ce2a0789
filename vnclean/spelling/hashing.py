"""Words of a text as 64-bit hashes, and a table from hash to row: no Python object a word.

The hash of the bytes b₀ b₁ … is Σ (bᵢ + 1) · Mⁱ modulo 2⁶⁴ (Karp and Rabin, *Efficient randomized
pattern-matching algorithms*, 1987).  Weighing every byte of a text by a power of M, summing up
between the blanks and dividing by the power at the word's first byte hashes all words at once.
Two of a million different words share a hash with a probability of 3 in 10⁸.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[Any]
Hashes = NDArray[np.uint64]

_BLANK: Final = 32
_LINE_END: Final = 10
#: An odd number has an inverse modulo 2⁶⁴; this one is the first of PCG's multipliers.
_MULTIPLIER: Final = 6364136223846793005
_INVERSE: Final = pow(_MULTIPLIER, -1, 1 << 64)
#: 2⁶⁴ over the golden ratio: spreads hashes over a table (Knuth, TAOCP 3, section 6.4).
_GOLDEN: Final = 0x9E3779B97F4A7C15
_WORD_MASK: Final = (1 << 64) - 1
_EMPTY: Final = np.uint64(0)


def _powers(base: int, count: int) -> Hashes:
    powers = np.full(count, base, dtype=np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


class WordHasher:
    """Cuts text at blanks and line ends, and hashes what is between."""

    def __init__(self) -> None:
        self._powers = self._inverses = np.ones(1, dtype=np.uint64)

    def words(self, data: bytes) -> tuple[Ints, Ints, Hashes]:
        """First byte, end and hash of every word of a text that ends with a line end.

        Between two blanks in a row there is an empty word, whose hash is 0.

        >>> start, end, hashes = WordHasher().words(b"mot hai  mot\\n")
        >>> start.tolist(), end.tolist(), bool(hashes[0] == hashes[3]), int(hashes[2])
        ([0, 4, 8, 9], [3, 7, 8, 12], True, 0)
        """
        text = np.frombuffer(data, dtype=np.uint8)
        if len(text) > len(self._powers):
            room = 1 << len(text).bit_length()
            self._powers, self._inverses = _powers(_MULTIPLIER, room), _powers(_INVERSE, room)
        end = np.flatnonzero((text == _BLANK) | (text == _LINE_END))
        start = np.zeros_like(end)
        start[1:] = end[:-1] + 1
        weighed = np.add(text, 1, dtype=np.uint64)
        weighed *= self._powers[: len(text)]
        weighed[end] = 0
        hashes: Hashes = np.add.reduceat(weighed, start)
        hashes *= self._inverses.take(start)
        return start, end, hashes


class HashTable:
    """Hash -> row, with open addressing and linear probing."""

    def __init__(self) -> None:
        self._clear(bits=16)

    def _clear(self, bits: int) -> None:
        self._bits = bits
        self._keys = np.zeros(1 << bits, dtype=np.uint64)
        self._rows = np.zeros(1 << bits, dtype=np.int32)
        self._size = 0

    def find(self, hashes: Hashes) -> Ints:
        """The row of each hash (none of them 0), -1 where there is none."""
        place = (hashes * np.uint64(_GOLDEN)) >> np.uint64(64 - self._bits)
        place = place.astype(np.int64)
        key = self._keys.take(place)
        rows = self._rows.take(place)
        rows[key == _EMPTY] = -1
        left = np.flatnonzero((key != hashes) & (key != _EMPTY))
        while len(left):
            place[left] = (place[left] + 1) & (len(self._keys) - 1)
            key = self._keys.take(place[left])
            rows[left] = np.where(key == _EMPTY, -1, self._rows.take(place[left]))
            left = left[(key != hashes[left]) & (key != _EMPTY)]
        return rows

    def add(self, hashes: Hashes, rows: Ints) -> None:
        """New hashes, all different and none of them there or 0, with their rows."""
        self._size += len(hashes)
        if 2 * self._size > len(self._keys):
            used = np.flatnonzero(self._keys)
            hashes = np.concatenate((self._keys[used], hashes))
            rows = np.concatenate((self._rows[used], rows))
            self._clear((4 * self._size).bit_length())
            self._size = len(hashes)
        mask = len(self._keys) - 1
        for key, row in zip(hashes.tolist(), rows.tolist(), strict=True):
            place = (key * _GOLDEN & _WORD_MASK) >> (64 - self._bits)
            while self._keys[place]:
                place = (place + 1) & mask
            self._keys[place], self._rows[place] = key, row
