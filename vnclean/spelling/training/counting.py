"""Counting n-grams of any amount of text in bounded memory.

Keys are gathered in a buffer, counted by sorting, and spilled to disk; at the end the sorted
runs are merged one range of keys at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.arrays import run_starts

Keys = NDArray[np.uint64]
Counts = NDArray[np.int64]


class KeyCounter:
    """Counts 64-bit keys; spills to ``folder``, at most ``buffer`` keys in memory."""

    def __init__(self, folder: Path, name: str, buffer: int = 1 << 24) -> None:
        self._folder, self._name, self._buffer = folder, name, buffer
        self._pending: list[tuple[Keys, int]] = []
        self._held = 0
        self._runs: list[tuple[Keys, Counts]] = []

    def add(self, keys: Keys, weight: int = 1) -> None:
        """Counts each key ``weight`` times."""
        self._pending.append((keys, weight))
        self._held += len(keys)
        if self._held >= self._buffer:
            self._spill()

    def _spill(self) -> None:
        keys = np.concatenate([k for k, _ in self._pending])
        weights = np.repeat([w for _, w in self._pending], [len(k) for k, _ in self._pending])
        distinct, counts = sum_by_key(keys, weights)
        base = self._folder / f"{self._name}{len(self._runs)}"
        for suffix, values in (("keys", distinct), ("counts", counts)):
            np.save(f"{base}.{suffix}.npy", values)
        self._runs.append(
            (
                np.load(f"{base}.keys.npy", mmap_mode="r"),
                np.load(f"{base}.counts.npy", mmap_mode="r"),
            )
        )
        self._pending, self._held = [], 0

    def merged(self, shift: int, parts: int = 24) -> Iterator[tuple[Keys, Counts]]:
        """Sorted distinct keys and their counts, in some ``parts`` ranges.

        Keys with the same ``key >> shift`` are never parted.
        """
        if self._pending:
            self._spill()
        if not self._runs:
            return
        sample = np.sort(
            np.concatenate([run[:: max(1, len(run) // 4096)] for run, _ in self._runs])
        )
        cuts = np.unique(sample[:: max(1, len(sample) // parts)] >> np.uint64(shift))
        bounds = [0, *(int(cut) << shift for cut in cuts if cut), 1 << 63]
        for low, high in pairwise(bounds):
            pieces = []
            for keys, counts in self._runs:
                a, b = np.searchsorted(keys, np.array([low, high], dtype=np.uint64))
                pieces.append((keys[a:b], counts[a:b]))
            keys = np.concatenate([k for k, _ in pieces])
            if len(keys):
                yield sum_by_key(keys, np.concatenate([c for _, c in pieces]))


def sum_by_key(keys: Keys, weights: Counts) -> tuple[Keys, Counts]:
    """Distinct keys in order, and the sum of the weights of each."""
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(run_starts(keys))
    return keys[first], np.add.reduceat(weights[order].astype(np.int64), first)
