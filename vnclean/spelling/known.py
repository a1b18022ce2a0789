"""The items of many known words at once, from the slips that were packed with the model.

The same items as :meth:`vnclean.spelling.channel.Channel.items` makes one word at a time, which
remains for words that the model does not know and for the few with rules of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclean.orthography import is_syllable, tone_misplaced
from vnclean.spelling.arrays import ranges
from vnclean.spelling.channel import Channel, Items, Role
from vnclean.spelling.ngrams import Floats
from vnclean.spelling.prices import RUNS, Mode
from vnclean.spelling.runs import barred_however
from vnclean.spelling.slips import SlipTable

Ints = NDArray[Any]


@dataclass(frozen=True)
class FlatItems:
    """Items of many words, in any order: ``place`` says which word each belongs to."""

    place: Ints
    word: Ints
    mode: Ints
    cost: Floats

    @classmethod
    def of(cls, items: Sequence[Items], first: int) -> FlatItems:
        """``first``: the place of the first of them.

        >>> from vnclean.spelling.channel import Item
        >>> FlatItems.of([Items([Item(7, Mode.TYPED, 0.0)], [])], 3).place.tolist()
        [3]
        """
        flat = [
            (place, *item)
            for place, some in enumerate(items, first)
            for item in (*some.quiet, *some.slips)
        ]
        place, word, mode, cost = zip(*flat, strict=True) if flat else ((), (), (), ())
        return cls(
            np.array(place, dtype=np.int64),
            np.array(word, dtype=np.int64),
            np.array(mode, dtype=np.int64),
            np.array(cost, dtype=np.float32),
        )

    def again(self, numbers: Ints, price: float) -> FlatItems:
        """The other words among the items of a run, where not every word is struck: in SLIPS.

        ``numbers``: of the word written at each place.
        """
        of = np.flatnonzero(self.word != numbers.take(self.place))
        mode = np.full(len(of), int(Mode.SLIPS))
        return FlatItems(self.place[of], self.word[of], mode, self.cost[of] + price)

    def join(self, other: FlatItems) -> FlatItems:
        """Both."""
        return FlatItems(
            np.concatenate((self.place, other.place)),
            np.concatenate((self.word, other.word)),
            np.concatenate((self.mode, other.mode)),
            np.concatenate((self.cost, other.cost)),
        )


class KnownWords:
    """Makes items in bulk for words whose slips are known."""

    def __init__(self, channel: Channel, slips: SlipTable) -> None:
        self._channel = channel
        self._slips = slips

    def covers(self, word: str, number: int, role: Role) -> bool:
        """Whether a word in a role has no rule of its own."""
        facts = self._channel.facts
        return (
            role not in (Role.ABBREVIATION, Role.SHIFTED)
            and not tone_misplaced(word)
            and bool(self._slips.starts[number] < self._slips.starts[number + 1])
            and not (role is Role.CAPITALS and word in facts.abbreviations)
            and word not in facts.slang
            and word not in facts.foreign
            and is_syllable(word)
        )

    def items(self, words: Sequence[str], numbers: Ints, roles: Ints) -> FlatItems:
        """``words``, their ``numbers`` in the model and ``roles``: all covered."""
        places = np.arange(len(words))
        slips, prices = self._slips, self._channel.prices
        count = slips.starts[numbers + 1].astype(np.int64) - slips.starts[numbers]
        row = ranges(slips.starts[numbers].astype(np.int64), count)
        typed = slips.prices[slips.code[row]]
        typed += np.repeat(np.where(roles == Role.NAME, prices.name, 0.0), count).astype(np.float32)
        keep = np.zeros(len(words), dtype=np.float32)
        found = [
            FlatItems(places, numbers, np.full(len(words), mode), keep)
            for mode in (Mode.TYPED, Mode.SLIPS)
        ]
        place, word = np.repeat(places, count), slips.word[row].astype(np.int64)
        for mode, discount in ((Mode.TYPED, 0.0), (Mode.SLIPS, prices.slip_discount)):
            found.append(FlatItems(place, word, np.full(len(row), mode), typed - discount))
        for mode in RUNS:
            found.append(self._in_mode(words, numbers, roles, mode))
            if mode is Mode.LOST:
                found.append(found[-1].again(numbers, prices.lost_again))
        joined = found[0]
        for some in found[1:]:
            joined = joined.join(some)
        return joined

    def _in_mode(
        self,
        words: Sequence[str],
        numbers: Ints,
        roles: Ints,
        mode: Mode,
    ) -> FlatItems:
        """The words of which a run of damage leaves each, and the word itself."""
        of = self._channel.lexicon.of_rest
        groups = [
            () if barred_however(word, mode) else (*of(mode, word), number)
            for word, number in zip(words, numbers.tolist(), strict=True)
        ]
        lengths = np.array([len(group) for group in groups])
        place = np.repeat(np.arange(len(words)), lengths)
        word = np.array([w for group in groups for w in group], dtype=np.int64)
        cost = self._case_price[roles[place], word]
        if len(place):
            ends = np.cumsum(lengths)
            first = (ends - lengths)[lengths > 0]
            usual = np.minimum.reduceat(cost, first)
            cost = cost - np.repeat(usual, lengths[lengths > 0])
        return FlatItems(place, word, np.full(len(place), int(mode)), cost)

    @cached_property
    def _case_price(self) -> Floats:
        """What the letter case of each role says of each word, in LOST and BARE."""
        share = np.full(len(self._channel.lexicon.number_of), 0.5)
        for word, of_word in self._channel.facts.capital_share.items():
            number = self._channel.lexicon.number_of.get(word)
            if number is not None:
                share[number] = of_word
        table = np.zeros((len(Role), len(share)), dtype=np.float32)
        table[Role.NAME] = -self._channel.prices.case * np.log(share)
        table[Role.PLAIN] = -self._channel.prices.case * np.log(1 - share)
        return table
