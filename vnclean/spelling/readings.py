"""The readings of words as arrays: what each may stand for, and at what price in each mode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.arrays import Column, run_starts
from vnclean.spelling.known import FlatItems
from vnclean.spelling.ngrams import Floats
from vnclean.spelling.prices import RUNS, Mode
from vnclean.spelling.rivals import lone_prices

Ints = NDArray[Any]
#: More than any reading costs.
DEAREST: Final = 1000.0
#: Modes that one sound word among others is enough to suspect.
_USUAL: Final = (Mode.TYPED, Mode.SLIPS, Mode.LOST, Mode.BARE)
#: Added to the price of rivals in other modes: those are tried where broken words betray a run,
#: or a sound word surprises very much.
_NOT_ALONE: Final = 6.0


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
    runs: Ints  #: the rows of its rivals in a run of damage: those that a mode of RUNS allows

    def keeping(self, entries: Ints) -> Floats:
        """Price of leaving each entry as it is written, where it is no run of damage."""
        costs: Floats = self.cost[self.starts[entries], Mode.TYPED]
        return costs


class ReadingsTable:
    """Readings that grow, entry by entry."""

    def __init__(self) -> None:
        self._starts, self._lengths = Column(np.int64), Column(np.int64)
        self._word, self._price = Column(np.int32), Column(np.float32)
        self._cost, self._rank = Column(np.float32, len(Mode)), Column(np.float64)
        self._run_starts, self._run_lengths = Column(np.int64), Column(np.int64)
        self._runs = Column(np.int32)

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
        is_written = word == written.take(place)
        price[is_written] = 0.0
        sound = np.zeros(len(written), dtype=np.bool_)
        sound[place[is_written]] = cost[is_written, Mode.TYPED] == 0
        rare = ~np.isfinite(cost[:, list(_USUAL)].min(axis=1))
        price[rare & sound.take(place)] += _NOT_ALONE
        ranked = np.lexsort((price, word != written.take(place), place))
        ranked = ranked[np.isfinite(price[ranked])]
        place, word, price, cost = place[ranked], word[ranked], price[ranked], cost[ranked]
        start, entry = len(self._word.values), self.entries
        lengths = np.bincount(place, minlength=len(written))
        in_run = np.isfinite(cost[:, list(RUNS)].min(axis=1))
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
