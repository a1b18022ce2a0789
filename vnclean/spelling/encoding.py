"""Lines to arrays of integers, at close to the speed of ``str.split``.

Natural text repeats itself: 99 % of raw tokens have been seen before.  :class:`TokenTable` takes
each distinct raw token apart once and remembers the numbers of its symbols, so that a block of
lines becomes one flat array by a dictionary lookup per token and a few array operations.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.arrays import ranges
from vnclean.spelling.tokens import Kind, Symbol, symbols

IntArray: TypeAlias = NDArray[Any]

#: Stands between the lines of a block; no raw token can contain white space.
LINE_END: Final = "\n"
#: What ``str.split(" ")`` finds between two blanks in a row.
_EMPTY: Final = ""
_BREAK_SYMBOL: Final = Symbol(Kind.BREAK, LINE_END, 0, 0)
#: White space of another kind than U+0020, and what surrounds it: parts words, hides no other.
_BLANKS: Final = tuple(c for c in map(chr, range(0x3001)) if c.isspace() and c not in " \n")
_OTHER_BLANKS: Final = re.compile(r" *[^\S \n][^\S\n]*")
_NO_GAP: Final = "   "


class TokenTable(dict[str, int]):
    """Raw token -> row of a table that holds the numbers of its symbols.

    ``number_of`` gives each symbol its number; it is called once per distinct raw token.
    """

    def __init__(self, number_of: Callable[[Symbol], int]) -> None:
        super().__init__()
        self._number_of = number_of
        self._numbers = array("i")
        self._starts = array("i")
        self._lengths = array("i")
        self._empty = self._add(_EMPTY, [Symbol(Kind.GAP, "", 0, 0)])
        self._line_end = self._add(LINE_END, [_BREAK_SYMBOL])

    def __missing__(self, raw: str) -> int:
        return self._add(raw, symbols(raw))

    def _add(self, raw: str, found: Sequence[Symbol]) -> int:
        row = self[raw] = len(self._starts)
        self._starts.append(len(self._numbers))
        self._lengths.append(len(found))
        self._numbers.extend([self._number_of(symbol) for symbol in found])
        return row

    def encode(self, lines: Sequence[str]) -> IntArray:
        """The symbol numbers of all lines, each line closed by the number of a BREAK.

        Out: integers of shape (symbols,).
        """
        if not lines:
            return np.zeros(0, dtype=np.int32)
        text = f" {LINE_END} ".join(lines) + f" {LINE_END}"
        if any(map(text.__contains__, _BLANKS)):
            text = _OTHER_BLANKS.sub(_NO_GAP, text)
        rows = self._without_blanks(np.array(list(map(self.__getitem__, text.split(" ")))))
        places = ranges(np.array(self._starts).take(rows), np.array(self._lengths).take(rows))
        return np.array(self._numbers).take(places)

    def _without_blanks(self, rows: IntArray) -> IntArray:
        """``rows`` without the empty tokens, but for those of exactly two blanks in a line."""
        empty = np.flatnonzero(rows == self._empty)
        if not len(empty):
            return rows
        apart = np.isin(rows, (self._empty, self._line_end), invert=True)
        gap = apart[empty - 1] & apart[empty + 1]  # the last row is a line end
        keep = np.ones(len(rows), dtype=np.bool_)
        keep[empty[~gap]] = False
        return rows[keep]
