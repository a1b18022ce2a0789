"""Which lines hold any of many words: asked of the distinct words of a block, not of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from unicodedata import is_normalized

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.ngrams import NUMBER, UNKNOWN
from vnclean.spelling.speller import Speller
from vnclean.spelling.tokens import Kind, symbols
from vnclean.spelling.types import TypeTable
from vnclean.word_finder import PART

Flags = NDArray[np.bool_]
Ints = NDArray[Any]


class Watch:
    """Watches for words in lines that the speller takes apart in any case.

    >>> from vnclean.cleaner import Cleaner
    >>> Watch(Cleaner()._tables.speller, ["tra"]).lines(["kim tra", "kim", "Tra, kim"])
    [0, 2]
    """

    def __init__(self, speller: Speller, parts: Iterable[str]) -> None:
        """``parts``: in small letters and composed, as `vnclean.word_finder.PART` finds them."""
        self._speller = speller
        self._parts = set(parts)
        #: Codes and numbers have no types of their own, and are all looked at.
        self._codes = not all(map(_is_word, self._parts))
        self._table: TypeTable | None = None
        self._flags: Flags = np.zeros(0, dtype=np.bool_)

    def lines(self, lines: Sequence[str]) -> list[int]:
        """The numbers of the lines that may hold one, in order; those whose letters are not all
        composed are among them.
        """
        encoded = self._speller.encoded(lines)
        places = np.flatnonzero(self._flags_of(encoded.table).take(encoded.types))
        numbers = np.searchsorted(encoded.firsts, places, side="right") - 1
        decomposed = (n for n, line in enumerate(lines) if not is_normalized("NFC", line))
        return sorted({*numbers.tolist(), *decomposed})

    def _flags_of(self, table: TypeTable) -> Flags:
        """Of each type, whether it has a part that is watched for."""
        if table is not self._table:
            self._table, self._flags = table, np.zeros(0, dtype=np.bool_)
        first = len(self._flags)
        if first < len(table.texts):
            words = table.words
            new = [
                self._is_watched(table.texts[number], int(words[number]))
                for number in range(first, len(table.texts))
            ]
            self._flags = np.concatenate((self._flags, np.array(new, dtype=np.bool_)))
        return self._flags

    def _is_watched(self, text: str, word: int) -> bool:
        if not text:
            return self._codes and word in (NUMBER, UNKNOWN)
        return not self._parts.isdisjoint(PART.findall(text.lower()))


def _is_word(part: str) -> bool:
    if part.isalpha():  # most of them
        return True
    found = symbols(part)
    return len(found) == 1 and found[0].kind is Kind.WORD
