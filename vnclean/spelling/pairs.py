"""Dictionaries of compounds and place names as evidence: known neighbours are left alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclean.orthography import fold
from vnclean.spelling.ngrams import bigram_keys

Ints = NDArray[Any]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class KnownPairs:
    """Neighbouring words of known phrases, as sorted keys of their model numbers."""

    keys: NDArray[np.uint64]

    @classmethod
    def of(cls, phrases: Iterable[str], number_of: Mapping[str, int]) -> KnownPairs:
        """From phrases such as ``Thuỵ Khê``; words that the model lacks are left out."""
        pairs = {
            (number_of[a], number_of[b])
            for phrase in phrases
            for a, b in pairwise(map(fold, phrase.split()))
            if a in number_of and b in number_of
        }
        columns = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
        return cls(bigram_keys(columns[:, 0], columns[:, 1]))

    def at(self, positions: Ints, words: Ints, eligible: Flags) -> Flags:
        """Which positions of a stream of words are known beside a neighbour, both ``eligible``."""
        known = np.zeros(len(positions), dtype=np.bool_)
        for first in (positions - 1, positions):
            inside = (first >= 0) & (first + 1 < len(words))
            pair = np.where(inside, first, 0)
            after = np.minimum(pair + 1, len(words) - 1)
            keys = bigram_keys(words[pair], words[after])
            known |= inside & eligible[pair] & eligible[after] & np.isin(keys, self.keys)
        return known
