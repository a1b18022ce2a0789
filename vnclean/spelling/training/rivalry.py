"""How much the rivals of the words of each bigram gain: the section ``rivals`` of a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.arrays import ranges
from vnclean.spelling.channel import Channel, Role
from vnclean.spelling.known import FlatItems
from vnclean.spelling.ngrams import BREAK, SPECIAL_WORDS, NgramModel
from vnclean.spelling.readings import ReadingsTable
from vnclean.spelling.rivals import pack_gains

Ints = NDArray[Any]
_CHUNK: Final = 20_000
#: Rivals dearer than this are left to the tests that do not rely on the section.
_DEAREST: Final = 18.0


@dataclass(frozen=True)
class RivalTable:
    """The rivals of every word: those of word k are ``starts[k] : starts[k + 1]``."""

    starts: Ints
    word: Ints
    price: NDArray[np.float32]

    @classmethod
    def of(cls, words: Sequence[str], channel: Channel) -> RivalTable:
        """``words``: in the order of their numbers, the special ones among them."""
        items = FlatItems.of(
            [channel.items(word, number, Role.OPENING) for number, word in enumerate(words)], 0
        )
        table = ReadingsTable()
        table.add(np.arange(len(words)), items)
        readings = table.readings
        own = np.repeat(np.arange(len(words)), readings.lengths)
        rival = (readings.price <= _DEAREST) & (readings.word != own) & (own >= len(SPECIAL_WORDS))
        count = np.bincount(own[rival], minlength=len(words))
        starts = np.concatenate(([0], np.cumsum(count)))
        return cls(starts, readings.word[rival], readings.price[rival])


def rival_gains(model: NgramModel, keys: NDArray[np.uint64], table: RivalTable) -> Ints:
    """The byte of each bigram ``v << 16 | w``; uint8 of shape (bigrams,)."""
    packed = [
        _gains(model, *_split(keys[first : first + _CHUNK]), table)
        for first in range(0, len(keys), _CHUNK)
    ]
    return np.concatenate(packed)


def _split(keys: NDArray[np.uint64]) -> tuple[Ints, Ints]:
    return (keys >> np.uint64(16)).astype(np.int64), (keys & np.uint64(0xFFFF)).astype(np.int64)


def _gains(model: NgramModel, v: Ints, w: Ints, table: RivalTable) -> NDArray[np.uint8]:
    written = model.bigram(v, w)

    def best(of: Ints, other: Ints, *, rival_first: bool) -> NDArray[Any]:
        """The best gain of any rival of ``of``; -inf where there is none."""
        count = table.starts[of + 1] - table.starts[of]
        row = ranges(table.starts[of], count)
        owner = np.repeat(np.arange(len(of)), count)
        word, beside = table.word[row], other[owner]
        score = model.bigram(word, beside) if rival_first else model.bigram(beside, word)
        # Which clause ends next says nothing of a word: there only the price counts.
        gain = (
            np.where(beside == BREAK, 0.0, score - written[owner])
            if rival_first
            else (score - written[owner])
        )
        most = np.full(len(of), -np.inf)
        np.maximum.at(most, owner, gain - table.price[row] / 2)
        return most

    return pack_gains(best(w, v, rival_first=False), best(v, w, rival_first=True))
