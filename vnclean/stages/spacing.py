"""The spacing stage: blanks inside words taken out, words written as one parted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from vnclean.edits import Edit
from vnclean.spelling.facts import WordFacts
from vnclean.spelling.ngrams import NgramModel
from vnclean.spelling.pieces import PieceTable, parted
from vnclean.spelling.spacing import Respacing, Spacer, SpacingPrices
from vnclean.spelling.speller import Speller
from vnclean.spelling.tokens import Kind, Symbol, line_symbols
from vnclean.spelling.types import TypeTable

#: Other readings less likely than this are noise to a reader.
_NOTEWORTHY: Final = 0.001
#: What a word written as one on purpose begins with.
_TAGS: Final = ("#", "@")


class Spacing:
    """Finds syllables with a blank in them (``kiể m``) and words written as one (``nămnay``)."""

    def __init__(
        self,
        speller: Speller,
        model: NgramModel,
        facts: WordFacts,
        prices: SpacingPrices = SpacingPrices(),
    ) -> None:
        """``speller``: whose arrays are looked at, so that a line is taken apart but once."""
        self._speller = speller
        self._model = model
        self._facts = facts
        self._prices = prices
        self._table: TypeTable | None = None

    def _spacer_of(self, table: TypeTable) -> Spacer:
        """What is known of the pieces of a table's types."""
        if table is not self._table:
            facts = self._facts
            before_loss = self._speller.lexicon.with_residue
            self._pieces = PieceTable(
                self._model.number_of, facts.foreign, facts.compounds, before_loss
            )
            self._spacer = Spacer(self._model, self._pieces, self._prices)
            self._table = table
        self._pieces.cover(table.texts, table.words)
        return self._spacer

    def edits(self, lines: Sequence[str]) -> list[list[Edit]]:
        """For each line (no line ends in them) its edits, from left to right.

        Lines do not influence each other.  All edits are marked as applied.
        """
        found: list[list[Edit]] = [[] for _ in lines]
        encoded = self._speller.encoded(lines)
        spoken = encoded.spoken
        ends = np.flatnonzero(encoded.types.take(spoken) == encoded.table.line_end) + 1
        firsts = np.concatenate(([0], ends))
        last, symbols = -1, list[Symbol]()
        spacer = self._spacer_of(encoded.table)
        for one in spacer.respacings(encoded.stream, encoded.types.take(spoken)):
            number = int(np.searchsorted(firsts, one.first, side="right")) - 1
            if number != last:
                last = number
                symbols = [s for s in line_symbols(lines[number]) if s.kind is not Kind.GAP]
            first = one.first - int(firsts[number])
            if one.places and symbols[first].text in _said_again(symbols):
                continue
            found[number] += edits_of(one, lines[number], symbols[first : first + one.size])
        return found


def _said_again(symbols: Sequence[Symbol]) -> set[str]:
    """Words that a line says more than once: a blank is hardly lost twice in the same place, but
    a loan (``điốt``) is spelt alike throughout.

    >>> _said_again([Symbol(Kind.WORD, text, 0, 4) for text in ("điốt", "là", "điốt")])
    {'điốt'}
    """
    count = Counter(symbol.text for symbol in symbols)
    return {text for text, times in count.items() if times > 1}


def edits_of(one: Respacing, line: str, symbols: Sequence[Symbol]) -> list[Edit]:
    """The edit that respaces the words ``symbols`` of a line; none if more than blanks part them.

    >>> word = Symbol(Kind.WORD, "nămnay", 0, 6)
    >>> edits_of(Respacing(0, 1, (3,), 9.0, 0.99), "nămnay", [word])[0].after
    'năm nay'
    """
    start, end = symbols[0].start, symbols[-1].end
    if line[max(0, start - 1) : start] in _TAGS:
        return []
    if not all(line[left.end : right.start].isspace() for left, right in pairwise(symbols)):
        return []
    text = "".join(symbol.text for symbol in symbols)
    others = [
        (parted(text, places), round(share, 4))
        for places, share in sorted(one.alternatives, key=lambda other: -other[1])
        if share >= _NOTEWORTHY
    ]
    after, before = parted(text, one.places), line[start:end]
    edit = Edit(start, end, before, after, one.kind, one.confidence, alternatives=tuple(others))
    return [edit]
