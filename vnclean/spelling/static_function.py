"""A read-only map from 64-bit keys to small numbers in 1.13 cells a key, without the keys.

This is the binary fuse filter of Graf and Lemire (*Binary Fuse Filters: Fast and Smaller Than
Xor Filters*, ACM JEA 2022), used as a Bloomier filter: the three cells of a key XOR to
``fingerprint | value``.  A key that was never stored is told by its fingerprint, wrongly so with
a chance of 2**-fingerprint_bits.  Every lookup is three reads, which NumPy does in bulk.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]
Places = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
#: Rounds of keys, and the cell that each alone owns.
Peeled = list[tuple[NDArray[np.int64], NDArray[np.int64]]]
_MIX: Final = (np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53))  # MurmurHash3 fmix64
_S33: Final = np.uint64(33)
_S32: Final = np.uint64(32)
_S18: Final = np.uint64(18)
_TRIES: Final = 20
#: Keys looked up together: what is between fits the fast part of the cache.
_CHUNK: Final = 8192


@dataclass(frozen=True)
class StaticFunction:
    """``cells``: 1-d unsigned array; its item size less ``value_bits`` is the fingerprint.

    >>> keys = np.arange(1000, dtype=np.uint64) * np.uint64(977)
    >>> f = StaticFunction.build(keys, np.arange(1000) % 64, value_bits=6, dtype=np.uint16)
    >>> found, value = f.lookup(keys[:3])
    >>> found.tolist(), value.tolist()
    ([True, True, True], [0, 1, 2])
    """

    cells: NDArray[Any]
    value_bits: int
    seed: int
    segment: int

    def lookup(self, keys: U64) -> tuple[NDArray[np.bool_], NDArray[Any]]:
        """For each key whether it is (most likely) stored, and its value."""
        found, value, _ = self._lookup(keys, None)
        return found, value

    def lookup_both(
        self, keys: U64, beside: NDArray[Any]
    ) -> tuple[NDArray[np.bool_], NDArray[Any], NDArray[Any]]:
        """The same, and the key's value in the cells that :meth:`beside` made."""
        return self._lookup(keys, beside)

    def _lookup(
        self, keys: U64, beside: NDArray[Any] | None
    ) -> tuple[NDArray[np.bool_], NDArray[Any], NDArray[Any]]:
        found = np.empty(len(keys), dtype=np.bool_)
        value = np.empty(len(keys), dtype=self.cells.dtype)
        other = np.empty(len(keys) if beside is not None else 0, dtype=np.uint8)
        kind = self.cells.dtype.type
        for first in range(0, len(keys), _CHUNK):
            some = slice(first, first + _CHUNK)
            mixed = _mix(keys[some], self.seed)
            places = _places(mixed, self.segment, len(self.cells))
            word = _joined(self.cells, places)
            value[some] = word & kind((1 << self.value_bits) - 1)
            word >>= kind(self.value_bits)
            found[some] = word == _fingerprint(mixed, self.cells.dtype, self.value_bits)
            if beside is not None:
                other[some] = _joined(beside, places)
        return found, value, other

    @classmethod
    def build(
        cls, keys: U64, values: NDArray[Any], value_bits: int, dtype: type[Any]
    ) -> StaticFunction:
        """Stores distinct ``keys``; ``values`` must fit ``value_bits``."""
        segment, size = _shape(len(keys))
        for seed in range(1, _TRIES + 1):
            mixed = _mix(keys, seed)
            places = np.stack(_places(mixed, segment, size))
            order = _peel(places, size)
            if order is not None:
                break
        else:
            raise RuntimeError(f"no seed of {_TRIES} fits: are there duplicate keys?")
        kind = np.dtype(dtype)
        word = _fingerprint(mixed, kind, value_bits).astype(kind) << kind.type(value_bits)
        word |= values.astype(kind)
        return cls(_solve(word, places, order, size), value_bits, seed, segment)

    def beside(self, keys: U64, values: NDArray[Any]) -> NDArray[Any]:
        """Cells, without fingerprints, of other values of the keys this was built with.

        >>> keys = np.arange(9, dtype=np.uint64)
        >>> f = StaticFunction.build(keys, keys, value_bits=6, dtype=np.uint16)
        >>> cells = f.beside(keys, np.arange(9, dtype=np.uint8) + 100)
        >>> f.lookup_both(keys[:3], cells)[2].tolist()
        [100, 101, 102]
        """
        size = len(self.cells)
        places = np.stack(_places(_mix(keys, self.seed), self.segment, size))
        order = _peel(places, size)
        if order is None:
            raise RuntimeError("these are not the keys that the function was built with")
        return _solve(values, places, order, size)


def _joined(cells: NDArray[Any], places: Places) -> NDArray[Any]:
    word = cells.take(places[0])
    word ^= cells.take(places[1])
    word ^= cells.take(places[2])
    return word


def _solve(word: NDArray[Any], places: NDArray[np.int64], order: Peeled, size: int) -> NDArray[Any]:
    """Cells such that the three of each key join to its word."""
    cells = np.zeros(size, dtype=word.dtype)
    for members, owned in reversed(order):
        three = cells[places[:, members]]
        cells[owned] ^= word[members] ^ three[0] ^ three[1] ^ three[2]
    return cells


def _shape(count: int) -> tuple[int, int]:
    """Segment length and number of cells for ``count`` keys (table 1 of the paper)."""
    count = max(count, 2)
    segment = 1 << min(18, floor(log(count) / log(3.33) + 2.25))
    factor = max(1.125, 0.875 + 0.25 * log(1e6) / log(count))
    segments = max(1, -(-floor(count * factor) // segment))
    return segment, (segments + 2) * segment


def _mix(keys: U64, seed: int) -> U64:
    mixed = keys + np.uint64((seed * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF)
    mixed ^= mixed >> _S33
    mixed *= _MIX[0]
    mixed ^= mixed >> _S33
    mixed *= _MIX[1]
    mixed ^= mixed >> _S33
    return mixed


def _places(mixed: U64, segment: int, size: int) -> Places:
    """The three cells of each key, in three neighbouring segments.

    As signed numbers: NumPy takes by unsigned ones at half the speed.
    """
    span, mask = np.uint64(size - 2 * segment), np.uint64(segment - 1)
    step = np.uint64(segment)
    first = (mixed >> _S32) * span >> _S32
    second = (first + step) ^ ((mixed >> _S18) & mask)
    third = (first + step + step) ^ (mixed & mask)
    return first.view(np.int64), second.view(np.int64), third.view(np.int64)


def _fingerprint(mixed: U64, dtype: np.dtype[Any], value_bits: int) -> NDArray[Any]:
    bits = dtype.itemsize * 8 - value_bits
    return (mixed * _MIX[0] >> np.uint64(64 - bits)).astype(dtype)


def _peel(places: NDArray[np.int64], size: int) -> Peeled | None:
    """None if a core is left."""
    count = np.bincount(places.ravel(), minlength=size).astype(np.int32)
    index = np.arange(places.shape[1], dtype=np.int64)
    joined = np.zeros(size, dtype=np.int64)
    for row in places:
        np.bitwise_xor.at(joined, row, index)
    rounds: Peeled = []
    left = places.shape[1]
    single = np.flatnonzero(count == 1)
    while len(single):
        members, first = np.unique(joined[single], return_index=True)
        rounds.append((members, single[first]))
        left -= len(members)
        touched = places[:, members]
        for row in touched:
            np.subtract.at(count, row, 1)
            np.bitwise_xor.at(joined, row, members)
        candidates = np.unique(touched)
        single = candidates[count[candidates] == 1]
    return rounds if left == 0 else None
