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
_MIX: Final = (np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53))  # MurmurHash3 fmix64
_S33: Final = np.uint64(33)
_S32: Final = np.uint64(32)
_S18: Final = np.uint64(18)
_TRIES: Final = 20


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
        mixed = _mix(keys, self.seed)
        first, second, third = _places(mixed, self.segment, len(self.cells))
        word = self.cells[first]
        word ^= self.cells[second]
        word ^= self.cells[third]
        value = word & self.cells.dtype.type((1 << self.value_bits) - 1)
        word >>= self.cells.dtype.type(self.value_bits)
        return word == _fingerprint(mixed, self.cells.dtype, self.value_bits), value

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
        cells = np.zeros(size, dtype=kind)
        for members, owned in reversed(order):
            three = cells[places[:, members]]
            cells[owned] ^= word[members] ^ three[0] ^ three[1] ^ three[2]
        return cls(cells, value_bits, seed, segment)


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


def _places(mixed: U64, segment: int, size: int) -> tuple[U64, U64, U64]:
    """The three cells of each key, in three neighbouring segments."""
    span, mask = np.uint64(size - 2 * segment), np.uint64(segment - 1)
    step = np.uint64(segment)
    first = (mixed >> _S32) * span >> _S32
    second = (first + step) ^ ((mixed >> _S18) & mask)
    third = (first + step + step) ^ (mixed & mask)
    return first, second, third


def _fingerprint(mixed: U64, dtype: np.dtype[Any], value_bits: int) -> NDArray[Any]:
    bits = dtype.itemsize * 8 - value_bits
    return (mixed * _MIX[0] >> np.uint64(64 - bits)).astype(dtype)


def _peel(places: U64, size: int) -> list[tuple[NDArray[np.int64], U64]] | None:
    """Rounds of (keys, the cell each alone owns), or None if a core is left."""
    count = np.bincount(places.ravel().astype(np.int64), minlength=size).astype(np.int32)
    index = np.arange(places.shape[1], dtype=np.int64)
    joined = np.zeros(size, dtype=np.int64)
    for row in places:
        np.bitwise_xor.at(joined, row, index)
    rounds: list[tuple[NDArray[np.int64], U64]] = []
    left = places.shape[1]
    single = np.flatnonzero(count == 1)
    while len(single):
        members, first = np.unique(joined[single], return_index=True)
        rounds.append((members, single[first].astype(np.uint64)))
        left -= len(members)
        touched = places[:, members]
        for row in touched:
            np.subtract.at(count, row, 1)
            np.bitwise_xor.at(joined, row, members)
        candidates = np.unique(touched)
        single = candidates[count[candidates] == 1].astype(np.int64)
    return rounds if left == 0 else None
