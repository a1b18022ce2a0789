"""Dictionaries of compounds and place names as evidence: a known phrase is left alone."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Final

#: Phrases looked up have two words to this many.
LONGEST: Final = 4


@dataclass(frozen=True)
class KnownPhrases:
    """Phrases in lower case, single blanks between their (folded) words."""

    phrases: Container[str]

    def covering(self, words: Sequence[str], at: int) -> str:
        """A known phrase of two words or more that runs through ``words[at]``; empty if none does.

        >>> known = KnownPhrases(frozenset(["thuỵ khê", "tổ chức"]))
        >>> known.covering(["các", "tổ", "chức"], 2), known.covering(["phường", "thuỵ", "khê"], 1)
        ('tổ chức', 'thuỵ khê')
        """
        spans = (
            " ".join(words[first : first + size])
            for size in range(2, LONGEST + 1)
            for first in range(max(0, at - size + 1), min(at, len(words) - size) + 1)
        )
        return next((span for span in spans if span in self.phrases), "")
