"""Numbers for the words of a text: those of a model, and more for those that it lacks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.orthography import fold
from vnclean.spelling.encoding import LINE_END, TokenTable
from vnclean.spelling.ngrams import BREAK, NUMBER, UNKNOWN, NgramModel
from vnclean.spelling.tokens import Kind, Symbol

Ints = NDArray[Any]

#: Different words beyond these are not told apart any more, which bounds the memory.
_MOST_SURFACES: Final = 1_000_000
_MOST_TOKENS: Final = 1_000_000
#: What is no word, and where a line ends; both negative, to be taken out again.
SKIPPED: Final = -1
LINE: Final = -2


class Numbering:
    """The words that the model lacks get numbers as they are met, each way to write them its own.

    >>> from vnclean.spelling.model_files import open_model
    >>> words = Numbering(open_model())
    >>> stream = words.encode(["công ty Zuvanex"])
    >>> stream[:2].tolist() == [words.known["công"], words.known["ty"]]
    True
    >>> int(stream[2]) - words.first, words.surfaces
    (0, ['Zuvanex'])
    """

    def __init__(self, model: NgramModel) -> None:
        self._model = model
        self.known = model.number_of
        self.first = len(model.words)  #: the number of the first word that the model lacks
        self.surfaces: list[str] = []  #: these words, as they are written
        self._number_of: dict[str, int] = {}
        self._table = TokenTable(self._number)

    def encode(self, lines: Sequence[str]) -> Ints:
        """The numbers of all words of some lines; :data:`LINE` ends each line."""
        if len(self._table) > _MOST_TOKENS:
            self._table = TokenTable(self._number)
        stream = self._table.encode(lines)
        kept: Ints = stream[stream != SKIPPED]
        return kept

    def number_of(self, surface: str) -> int:
        """The number of a word as it is written, if it was met or the model has it."""
        return self.known.get(fold(surface), self._number_of.get(surface, UNKNOWN))

    def share(self, word: str) -> float:
        """How large a share of the text that the model was trained on is a word that it knows."""
        return math.exp(self._model.unigram[self.known[fold(word)]])

    def probability(self, first: str, second: str) -> float:
        """That ``second`` follows ``first``, as the model has it; 0 if it lacks one of them."""
        numbers = [self.known.get(fold(word)) for word in (first, second)]
        if None in numbers:
            return 0.0
        return math.exp(self._model.bigram(*np.array(numbers).reshape(2, 1)).item())

    def _number(self, symbol: Symbol) -> int:
        if symbol.kind is not Kind.WORD:
            if symbol.text == LINE_END:
                return LINE
            others = {Kind.NUMBER: NUMBER, Kind.OPAQUE: UNKNOWN, Kind.BREAK: BREAK}
            return others.get(symbol.kind, SKIPPED)
        number = self.number_of(symbol.text)
        if number == UNKNOWN and len(self.surfaces) < _MOST_SURFACES:
            number = self._number_of[symbol.text] = self.first + len(self.surfaces)
            self.surfaces.append(symbol.text)
        return number


def as_model_words(stream: Ints, final: Ints) -> Ints:
    """A stream as a model counts it: with final numbers, and breaks where lines end.

    ``final``: of each number, that in the model.
    """
    ends = stream == LINE
    numbers = np.where(ends, BREAK, final.take(np.maximum(stream, 0)))
    keep = np.ones(len(numbers), dtype=np.bool_)
    keep[1:] = (numbers[1:] != BREAK) | (numbers[:-1] != BREAK)
    words: Ints = numbers[keep]
    return words
