"""Lines to arrays of integers, at close to the speed of ``str.split``.

Natural text repeats itself: 99 % of raw tokens have been seen before.  :class:`TokenTable` takes
each distinct raw token apart once and remembers the numbers of its symbols, so that a block of
lines becomes one flat array by a dictionary lookup per token and a few array operations.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.tokens import GAP_PATTERN, Kind, Symbol, symbols

IntArray: TypeAlias = NDArray[np.int32]

#: Stand-ins for what ``str.split`` swallows; no raw token can contain white space.
LINE_END: Final = "\n"
GAP: Final = "  "
_BREAK_SYMBOL: Final = Symbol(Kind.BREAK, LINE_END, 0, 0)
_GAP_SYMBOL: Final = Symbol(Kind.GAP, "", 0, 0)


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

    def __missing__(self, raw: str) -> int:
        if raw == LINE_END:
            found = [_BREAK_SYMBOL]
        elif raw == GAP:
            found = [_GAP_SYMBOL]
        else:
            found = symbols(raw)
        row = self[raw] = len(self._starts)
        self._starts.append(len(self._numbers))
        self._lengths.append(len(found))
        self._numbers.extend(self._number_of(symbol) for symbol in found)
        return row

    def encode(self, lines: Iterable[str]) -> IntArray:
        """The symbol numbers of all lines, each line closed by the number of a BREAK.

        Out: int32 of shape (symbols,).
        """
        rows: list[int] = []
        row_of = self.__getitem__
        for line in lines:
            if "  " in line:
                rows.extend(map(row_of, _split_with_gaps(line)))
            else:
                rows.extend(map(row_of, line.split()))
            rows.append(row_of(LINE_END))
        return self._expand(np.array(rows, dtype=np.int32))

    def _expand(self, rows: IntArray) -> IntArray:
        starts = np.array(self._starts, dtype=np.int32)[rows]
        lengths = np.array(self._lengths, dtype=np.int32)[rows]
        ends = np.cumsum(lengths)
        within = np.arange(ends[-1] if len(ends) else 0, dtype=np.int32)
        places = np.repeat(starts - (ends - lengths), lengths) + within
        numbers: IntArray = np.array(self._numbers, dtype=np.int32)[places]
        return numbers


def _split_with_gaps(line: str) -> list[str]:
    """Raw tokens of a line, with the GAP stand-in wherever exactly two blanks part two words."""
    pieces: list[str] = []
    for number, piece in enumerate(GAP_PATTERN.split(line)):
        if number:
            pieces.append(GAP)
        pieces.extend(piece.split())
    return pieces
