"""Which words a model knows: every attested syllable, and the commonest other words."""

from __future__ import annotations

from typing import Final

from vnclean.wordlists import read_table

#: Rarer names and loans share the number of the unknown word.
RAREST_FOREIGN: Final = 100


def vocabulary() -> list[str]:
    """Syllables, then foreign words, each in the order of its dictionary."""
    syllables = [row[0] for row in read_table("syllables.tsv")]
    foreign = [row[0] for row in read_table("foreign.tsv") if int(row[1]) >= RAREST_FOREIGN]
    return syllables + foreign
