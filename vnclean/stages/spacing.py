"""The spacing stage: blanks inside words taken out, words written as one parted."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.edits import Edit
from vnclean.orthography import fold
from vnclean.spelling.encoding import LINE_END, TokenTable
from vnclean.spelling.facts import WordFacts
from vnclean.spelling.ngrams import BREAK, NUMBER, UNKNOWN, NgramModel
from vnclean.spelling.pieces import PieceTable, parted
from vnclean.spelling.screening import Stream
from vnclean.spelling.spacing import Respacing, Spacer, SpacingPrices
from vnclean.spelling.tokens import Kind, Symbol, line_symbols

Ints = NDArray[Any]

#: Distinct raw tokens remembered; beyond it the tables are begun anew, which bounds memory.
_MOST_TOKENS: Final = 80_000
#: Other readings less likely than this are noise to a reader.
_NOTEWORTHY: Final = 0.001
_NUMBERS: Final = {Kind.NUMBER: NUMBER, Kind.OPAQUE: UNKNOWN, Kind.BREAK: BREAK}


class _Types:
    """Numbers of the distinct words met so far; gaps are no symbols here, and line ends have one
    number of their own."""

    def __init__(self, number_of: dict[str, int]) -> None:
        self._number_of = number_of
        self.texts = ["", *("" for _ in Kind)]  # a line end, then what is no word
        self._words = array("q", [BREAK, *(_NUMBERS.get(kind, UNKNOWN) for kind in Kind)])
        self._type_of: dict[str, int] = {}

    def type_of(self, symbol: Symbol) -> int:
        """The number of a symbol's type."""
        if symbol.kind is not Kind.WORD:
            return 0 if symbol.text == LINE_END else 1 + symbol.kind
        found = self._type_of.get(symbol.text)
        if found is None:
            found = self._type_of[symbol.text] = len(self.texts)
            self.texts.append(symbol.text)
            self._words.append(self._number_of.get(fold(symbol.text), UNKNOWN))
        return found

    @property
    def words(self) -> Ints:
        """Model number of each type."""
        return np.array(self._words)


class Spacing:
    """Finds syllables with a blank in them (``kiể m``) and words written as one (``nămnay``)."""

    def __init__(
        self,
        model: NgramModel,
        facts: WordFacts,
        prices: SpacingPrices = SpacingPrices(),  # noqa: B008 (immutable)
    ) -> None:
        self._model = model
        self._facts = facts
        self._prices = prices
        self._forget()

    def _forget(self) -> None:
        facts = self._facts
        self._types = _Types(self._model.number_of)
        self._table = TokenTable(self._types.type_of)
        self._pieces = PieceTable(self._model.number_of, facts.foreign, facts.compounds)
        self._spacer = Spacer(self._model, self._pieces, self._prices)

    def edits(self, lines: Sequence[str]) -> list[list[Edit]]:
        """For each line (no line ends in them) its edits, from left to right.

        Lines do not influence each other.  All edits are marked as applied.
        """
        if len(self._table) > _MOST_TOKENS:
            self._forget()
        found: list[list[Edit]] = [[] for _ in lines]
        types = self._table.encode(lines)
        types = types[types != 1 + Kind.GAP]
        words = self._types.words
        self._pieces.cover(self._types.texts, words)
        stream = Stream.of(words.take(types), self._model)
        firsts = np.concatenate(([0], np.flatnonzero(types == 0) + 1))
        last, symbols = -1, list[Symbol]()
        for one in self._spacer.respacings(stream, types):
            number = int(np.searchsorted(firsts, one.first, side="right")) - 1
            if number != last:
                last = number
                symbols = [s for s in line_symbols(lines[number]) if s.kind is not Kind.GAP]
            first = one.first - int(firsts[number])
            found[number] += edits_of(one, lines[number], symbols[first : first + one.size])
        return found


def edits_of(one: Respacing, line: str, symbols: Sequence[Symbol]) -> list[Edit]:
    """The edit that respaces the words ``symbols`` of a line; none if more than blanks part them.

    >>> word = Symbol(Kind.WORD, "nămnay", 0, 6)
    >>> edits_of(Respacing(0, 1, (3,), 9.0, 0.99), "nămnay", [word])[0].after
    'năm nay'
    """
    start, end = symbols[0].start, symbols[-1].end
    if not all(line[left.end : right.start].isspace() for left, right in pairwise(symbols)):
        return []
    text = "".join(symbol.text for symbol in symbols)
    others = [
        (parted(text, places), round(share, 4))
        for places, share in sorted(one.alternatives, key=lambda other: -other[1])
        if share >= _NOTEWORTHY
    ]
    after, before = parted(text, one.places), line[start:end]
    edit = Edit(start, end, before, after, one.kind, one.confidence, "typed", tuple(others))
    return [edit]
