"""The decoder's task solved the slow way: every sequence of items is tried.

A sequence costs, for each item, its price, the switch from the mode before, and ``-scale * log
P(word | two words)``.  A BREAK forgets the words before it; NOTHING is no word: it costs no
probability and the context passes through.  The first mode is 0.  The posterior of an item is
the share of ``exp(-cost)`` of the sequences that go through it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from math import exp
from typing import NamedTuple

from vnclean.spelling.decoder import NOTHING
from vnclean.spelling.ngrams import BREAK

LogProbability = Callable[[int, int, int], float]
Switch = Sequence[Sequence[float]]


class Item(NamedTuple):
    """A reading of a position."""

    word: int
    mode: int
    cost: float


@dataclass(frozen=True)
class Solution:
    """The least cost, and the posterior of each item of each position."""

    cost: float
    posteriors: list[list[float]]

    def of_word(self, place: int, items: Sequence[Item], word: int) -> float:
        """Posterior of all items of a position that stand for ``word``."""
        pairs = zip(items, self.posteriors[place], strict=True)
        return sum(share for item, share in pairs if item.word == word)


@dataclass(frozen=True)
class ReferenceDecoder:
    """Decodes one stretch by trying everything."""

    log_probability: LogProbability
    switch: Switch
    scale: float = 1.0

    def cost(self, sequence: Sequence[Item], context: tuple[int, int]) -> float:
        """What one sequence costs after the words of ``context``."""
        (u, v), mode, total = context, 0, 0.0
        for item in sequence:
            total += item.cost + self.switch[mode][item.mode]
            mode = item.mode
            if item.word == NOTHING:
                continue
            total -= self.scale * self.log_probability(u, v, item.word)
            u, v = (BREAK, BREAK) if item.word == BREAK else (v, item.word)
        return total

    def decode(self, positions: Sequence[Sequence[Item]], context: tuple[int, int]) -> Solution:
        """The best cost and all posteriors."""
        costs = {
            choice: self.cost(
                [items[k] for items, k in zip(positions, choice, strict=True)], context
            )
            for choice in product(*(range(len(items)) for items in positions))
        }
        least = min(costs.values())
        through: dict[tuple[int, int], float] = defaultdict(float)
        for choice, cost in costs.items():
            for place, k in enumerate(choice):
                through[place, k] += exp(least - cost)
        total = sum(exp(least - cost) for cost in costs.values())
        return Solution(
            least,
            [
                [through[place, k] / total for k in range(len(items))]
                for place, items in enumerate(positions)
            ],
        )
