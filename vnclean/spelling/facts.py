"""What the dictionaries say of words beside the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from vnclean.wordlists import read_table, read_words


class Confusion(NamedTuple):
    """A part of the syllable that writers put for another, and the price of meeting it."""

    part: str  #: onset, coda or tone
    written: str
    meant: str
    price: float


@dataclass(frozen=True)
class WordFacts:
    """What the dictionaries say of words beside the model."""

    foreign: frozenset[str] = frozenset()  #: no syllables, and no slips either
    abbreviations: frozenset[str] = frozenset()  #: such as stand among capitals, lower case here
    slang: frozenset[str] = frozenset()  #: short forms, meant as they stand
    capital_share: Mapping[str, float] = field(default_factory=dict)
    #: how often a syllable has a capital, between 0 and 1
    confusions: tuple[Confusion, ...] = ()
    places: frozenset[str] = frozenset()  #: place names, in lower case
    compounds: frozenset[str] = frozenset()  #: words of several syllables

    @classmethod
    def load(cls) -> WordFacts:
        """From the dictionaries that ship with vnclean."""
        foreign = {row.partition("\t")[0] for row in read_words("foreign.tsv")}
        return cls(
            frozenset(foreign),
            frozenset(row[0].lower() for row in read_table("abbreviations.tsv")),
            frozenset(read_words("slang.txt")),
            {
                word: (int(capitals) + 0.5) / (int(count) + 1)
                for word, count, capitals in read_table("syllables.tsv")
            },
            tuple(
                Confusion(part, written, meant, float(price))
                for part, written, meant, price in read_table("confusions.tsv")
            ),
            frozenset(name.lower() for name in read_words("places.txt")),
            frozenset(read_words("compounds.txt")),
        )
