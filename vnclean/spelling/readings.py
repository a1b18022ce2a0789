"""The readings of words as arrays: what each may stand for, and at what price in each mode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.arrays import Column, run_starts
from vnclean.spelling.known import FlatItems
from vnclean.spelling.ngrams import Floats
from vnclean.spelling.prices import Mode
from vnclean.spelling.rivals import lone_prices

Ints = NDArray[Any]
#: More than any reading costs.
DEAREST: Final = 1000.0


@dataclass(frozen=True)
class Readings:
    """The words that each entry may stand for: the written one first, then its rivals by price.

    Entry k has the rows ``starts[k] : starts[k] + lengths[k]``.
    """

    starts: Ints
    lengths: Ints
    word: Ints
    cost: Floats  #: of each row in each mode, infinite where a mode does not allow it
    price: Floats  #: what a rival costs the screen; 0 for the written word
    rank: NDArray[np.float64]  #: entry * DEAREST + price: in order throughout
    run_starts: Ints  #: entry k has, in ``runs[run_starts[k] : run_starts[k] + run_lengths[k]]``,
    run_lengths: Ints
    runs: Ints  #: the rows of its rivals in a run of damage: those that LOST or BARE allows

    def keeping(self, entries: Ints) -> Floats:
        """Price of leaving each entry as it is written, where it is no run of damage."""
        costs: Floats = self.cost[self.starts[entries], Mode.TYPED]
        return costs


class ReadingsTable:
    """Readings that grow, entry by entry."""

    def __init__(self) -> None:
        self._starts, self._lengths = Column(np.int64), Column(np.int64)
        self._word, self._price = Column(np.int64), Column(np.float32)
        self._cost, self._rank = Column(np.float32, len(Mode)), Column(np.float64)
        self._run_starts, self._run_lengths = Column(np.int64), Column(np.int64)
        self._runs = Column(np.int64)

    @property
    def entries(self) -> int:
        """How many there are."""
        return len(self._starts.values)

    def add(self, written: Ints, items: FlatItems) -> None:
        """New entries, with the word ``written`` in each and its ``items``.

        Every entry has an item for the written word.
        """
        if not len(written):
            return
        key = items.place << 32 | items.word
        order = np.argsort(key, kind="stable")
        first = run_starts(key.take(order))
        row = np.cumsum(first) - 1
        cost = np.full((int(row[-1]) + 1, len(Mode)), np.inf, dtype=np.float32)
        np.minimum.at(cost, (row, items.mode.take(order)), items.cost.take(order))
        place = items.place.take(order[first])
        word = items.word.take(order[first])
        price = lone_prices(cost)
        price[word == written.take(place)] = 0.0
        ranked = np.lexsort((price, word != written.take(place), place))
        ranked = ranked[np.isfinite(price[ranked])]
        place, word, price, cost = place[ranked], word[ranked], price[ranked], cost[ranked]
        start, entry = len(self._word.values), self.entries
        lengths = np.bincount(place, minlength=len(written))
        in_run = np.isfinite(np.minimum(cost[:, Mode.LOST], cost[:, Mode.BARE]))
        in_run &= ~run_starts(place)
        runs = np.bincount(place[in_run], minlength=len(written))
        self._run_starts.extend(len(self._runs.values) + np.cumsum(runs) - runs)
        self._run_lengths.extend(runs)
        self._runs.extend(start + np.flatnonzero(in_run))
        self._starts.extend(start + np.cumsum(lengths) - lengths)
        self._lengths.extend(lengths)
        self._word.extend(word)
        self._price.extend(price)
        self._cost.extend(cost)
        self._rank.extend((entry + place) * DEAREST + price)

    @property
    def readings(self) -> Readings:
        """All of them."""
        return Readings(
            self._starts.values,
            self._lengths.values,
            self._word.values,
            self._cost.values,
            self._price.values,
            self._rank.values,
            self._run_starts.values,
            self._run_lengths.values,
            self._runs.values,
        )
