"""Dictionaries of compounds and place names as evidence: a known phrase is left alone."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Final

#: Phrases looked up have two words to this many.
LONGEST: Final = 4


@dataclass(frozen=True)
class KnownPhrases:
    """Phrases in lower case, single blanks between their (folded) words.

    >>> KnownPhrases(frozenset(["thuỵ khê", "tổ chức"])).covers(["phường", "thuỵ", "khê"], 1)
    True
    """

    phrases: Container[str]

    def covering(self, words: Sequence[str], at: int) -> str:
        """A known phrase of two words or more that runs through ``words[at]``; empty if none does.

        >>> KnownPhrases(frozenset(["tổ chức"])).covering(["các", "tổ", "chức"], 2)
        'tổ chức'
        """
        spans = (
            " ".join(words[first : first + size])
            for size in range(2, LONGEST + 1)
            for first in range(max(0, at - size + 1), min(at, len(words) - size) + 1)
        )
        return next((span for span in spans if span in self.phrases), "")

    def covers(self, words: Sequence[str], at: int) -> bool:
        """Whether a known phrase of two words or more runs through ``words[at]``."""
        return bool(self.covering(words, at))
