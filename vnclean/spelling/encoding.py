"""Lines to arrays of integers, faster than ``str.split``.

Natural text repeats itself: 99 % of raw tokens have been seen before.  :class:`TokenTable` takes
each distinct raw token apart once and remembers the numbers of its symbols, so that a block of
lines becomes one flat array by a few array operations over its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.arrays import Column, ranges, run_starts
from vnclean.spelling.hashing import Hashes, HashTable, WordHasher
from vnclean.spelling.tokens import Kind, Symbol, symbols

IntArray: TypeAlias = NDArray[Any]
Flags: TypeAlias = NDArray[np.bool_]

#: Stands between the lines of a block; no raw token can contain white space.
LINE_END: Final = "\n"
_GAP_ROW: Final = 0
_LINE_END_ROW: Final = 1
#: Tokens of more bytes are looked up one by one.
_LONGEST: Final = 64
_BREAK_SYMBOL: Final = Symbol(Kind.BREAK, LINE_END, 0, 0)
#: White space of another kind than U+0020, and what surrounds it: parts words, hides no other.
_BLANKS: Final = tuple(c for c in map(chr, range(0x3001)) if c.isspace() and c not in " \n")
_OTHER_BLANKS: Final = re.compile(r" *[^\S \n][^\S\n]*")
_NO_GAP: Final = "   "


class TokenTable:
    """Raw token -> the numbers of its symbols.

    ``number_of`` gives each symbol its number; it is called once per distinct raw token.
    """

    def __init__(self, number_of: Callable[[Symbol], int]) -> None:
        self._number_of = number_of
        self._hasher = WordHasher()
        self._rows = HashTable()
        self._long: dict[bytes, int] = {}
        self._starts, self._lengths = Column(np.int32), Column(np.int32)
        self._numbers = Column(np.int32)
        self._add([[Symbol(Kind.GAP, "", 0, 0)], [_BREAK_SYMBOL]])

    def __len__(self) -> int:
        """How many distinct raw tokens were met."""
        return len(self._starts.values)

    def encode(self, lines: Sequence[str]) -> IntArray:
        """The symbol numbers of all lines, each line closed by the number of a BREAK.

        Out: integers of shape (symbols,).
        """
        if not lines:
            return np.zeros(0, dtype=np.int32)
        text = LINE_END.join(lines) + LINE_END
        if any(map(text.__contains__, _BLANKS)):
            text = _OTHER_BLANKS.sub(_NO_GAP, text)
        rows = self._token_rows(text.encode("utf-8", "surrogatepass"))
        places = ranges(self._starts.values.take(rows), self._lengths.values.take(rows))
        return self._numbers.values.take(places)

    def _token_rows(self, data: bytes) -> IntArray:
        """The rows of all tokens, gaps and line ends of a text, in order."""
        start, end, hashes = self._hasher.words(data)
        length = end - start
        rows = self._rows.find(hashes)
        unknown = np.flatnonzero((rows < 0) & (length > 0) & (length <= _LONGEST))
        if len(unknown):
            self._learn(data, start, end, hashes, unknown)
            rows[unknown] = self._rows.find(hashes[unknown])
        for token in np.flatnonzero(length > _LONGEST).tolist():
            rows[token] = self._long_row(data[start[token] : end[token]])
        ends_line = np.frombuffer(data, dtype=np.uint8).take(end) == ord(LINE_END)
        return _with_line_ends(rows, length > 0, ends_line)

    def _learn(
        self, data: bytes, start: IntArray, end: IntArray, hashes: Hashes, unknown: IntArray
    ) -> None:
        """Takes each distinct one of some tokens apart."""
        order = unknown[np.argsort(hashes[unknown], kind="stable")]
        new = np.sort(order[run_starts(hashes[order])])  # in the order of the text
        places = zip(start[new].tolist(), end[new].tolist(), strict=True)
        first = len(self)
        self._add([_symbols(data[a:b]) for a, b in places])
        self._rows.add(hashes[new], np.arange(first, len(self)))

    def _long_row(self, raw: bytes) -> int:
        """Long tokens are rare, and made to share a hash if somebody means harm."""
        if raw not in self._long:
            self._long[raw] = len(self)
            self._add([_symbols(raw)])
        return self._long[raw]

    def _add(self, tokens: Sequence[Sequence[Symbol]]) -> None:
        numbers = [[self._number_of(symbol) for symbol in token] for token in tokens]
        lengths = np.array([len(token) for token in tokens])
        self._starts.extend(len(self._numbers.values) + np.cumsum(lengths) - lengths)
        self._lengths.extend(lengths)
        self._numbers.extend(list(chain.from_iterable(numbers)))


def _symbols(raw: bytes) -> Sequence[Symbol]:
    return symbols(raw.decode("utf-8", "surrogatepass"))


def _with_line_ends(rows: IntArray, filled: Flags, ends_line: Flags) -> IntArray:
    """``rows`` without the empty tokens but for gaps, and a row for each line end.

    A gap is one empty token between two that are ``filled``, on one line.
    """
    rows[~filled] = _GAP_ROW
    keep = filled.copy()
    keep[1:-1] |= filled[:-2] & filled[2:] & ~ends_line[:-2] & ~ends_line[1:-1]
    both = np.full((len(rows), 2), -1, dtype=rows.dtype)
    both[:, 0] = np.where(keep, rows, -1)
    both[ends_line, 1] = _LINE_END_ROW
    found = both.ravel()
    return found[found >= 0]
