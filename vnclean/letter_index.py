"""Finds which of very many strings a line has, by a look at a few letters at a time.

Every three letters of a line are hashed in bulk; a string can be there only where the hash of
three of its own is met.  (Rabin and Karp's idea; a table of flags instead of hashes, as in a Bloom
filter with one function.)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

#: Shorter strings are looked for one by one.
_GRAM: Final = 3
_BITS: Final = 18
#: Odd numbers that spread code points over the table.
_WEIGHTS: Final = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35)


class LetterIndex:
    """Strings, each with a number that need not be its own.

    >>> index = LetterIndex([("kiểm tra", 1), ("soát", 2), ("k", 3)])
    >>> sorted(index.numbers("kiểm soát")), bool(LetterIndex([]))
    ([2, 3], False)
    """

    def __init__(self, strings: Iterable[tuple[str, int]]) -> None:
        self._by_gram: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._short: defaultdict[str, list[int]] = defaultdict(list)
        long: list[tuple[list[str], tuple[str, int]]] = []
        for string, number in strings:
            if len(string) < _GRAM:
                self._short[string].append(number)
                continue
            grams = [string[at : at + _GRAM] for at in range(len(string) - _GRAM + 1)]
            long.append((grams, (string, number)))
        count = Counter(chain.from_iterable(grams for grams, _ in long))
        for grams, one in long:
            self._by_gram[min(grams, key=count.__getitem__)].append(one)
        self._flags = np.zeros(1 << _BITS, dtype=np.bool_)
        if self._by_gram:
            self._flags[_hashes("".join(self._by_gram))[::_GRAM]] = True

    def __bool__(self) -> bool:
        return bool(self._by_gram or self._short)

    def numbers(self, line: str) -> set[int]:
        """The numbers of all strings that are in the line."""
        found: set[int] = set()
        for string, numbers in self._short.items():
            if string in line:
                found.update(numbers)
        if self._by_gram and len(line) >= _GRAM:
            places = np.flatnonzero(self._flags.take(_hashes(line))).tolist()
            for gram in {line[at : at + _GRAM] for at in places} & self._by_gram.keys():
                found.update([number for string, number in self._by_gram[gram] if string in line])
        return found


def _hashes(text: str) -> NDArray[Any]:
    """That of the letters from each place on but the last ones."""
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    count = len(letters) - _GRAM + 1
    hashes: NDArray[Any] = np.zeros(count, dtype=np.uint32)
    for at, weight in enumerate(_WEIGHTS):
        hashes ^= letters[at : at + count] * np.uint32(weight)
    return hashes >> np.uint32(32 - _BITS)
