"""The distinct words met so far, and the items each may stand for in each role.

Text repeats itself, so whatever depends on a word's letters alone is worked out once: its number
in the model, its letter case, its candidates.  The decoder sees *entries*: one per word and role.
"""

from __future__ import annotations

import enum
from array import array
from collections.abc import Sequence
from operator import itemgetter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.orthography import fold, tone_misplaced
from vnclean.spelling.channel import Channel, Item, Items, Role
from vnclean.spelling.decoder import NOTHING, ItemPool
from vnclean.spelling.encoding import LINE_END
from vnclean.spelling.ngrams import BREAK, NUMBER, UNKNOWN
from vnclean.spelling.prices import Mode
from vnclean.spelling.screening import DEAREST, CandidatePool
from vnclean.spelling.tokens import Kind, Symbol

Ints = NDArray[Any]
_NUMBERS: Final = {
    Kind.NUMBER: NUMBER,
    Kind.OPAQUE: UNKNOWN,
    Kind.BREAK: BREAK,
    Kind.GAP: NOTHING,
}
_ROLES: Final = len(Role)
#: What a candidate of a mode costs the screen beside its own price: entering the mode is dear,
#: but shared by a run of words.
_LONE_PRICE: Final = {Mode.TYPED: 0.0, Mode.SLIPS: 0.0, Mode.LOST: 3.0, Mode.BARE: 4.0}


class Case(enum.IntEnum):
    """Letter case of a word; NONE for what is no word."""

    NONE = 0
    LOWER = 1
    CAPITAL = 2
    UPPER = 3
    MIXED = 4


def letter_case(word: str) -> Case:
    """A single capital letter counts as CAPITAL: it may open a sentence.

    >>> [letter_case(w).name for w in ("tra", "Tra", "TRA", "T", "iPhone")]
    ['LOWER', 'CAPITAL', 'UPPER', 'CAPITAL', 'MIXED']
    """
    if word.islower():
        return Case.LOWER
    if word[1:].islower() or len(word) == 1:
        return Case.CAPITAL
    return Case.UPPER if word.isupper() else Case.MIXED


class TypeTable:
    """Numbers for distinct symbols, and a pool of their items, grown as text is read."""

    def __init__(self, channel: Channel, number_of: dict[str, int]) -> None:
        self._channel = channel
        self._number_of = number_of
        self._type_of: dict[tuple[Kind, str], int] = {}
        self.symbols: list[Symbol] = []
        self._words = array("i")
        self._cases = array("i")
        self._misplaced = array("b")
        self._entries = array("i")  # entry of (type, role), -1 until needed
        self._entry_of: dict[tuple[int, str, int], int] = {}  # shared by surfaces that fold alike
        self._item_rows = _Rows("iif")
        self._candidate_rows = _Rows("if")
        self._pools: tuple[ItemPool, CandidatePool] | None = None

    def type_of(self, symbol: Symbol) -> int:
        """The number of a symbol's type; what is no word has one type a kind, line ends another."""
        own = symbol.kind is Kind.WORD or symbol.text == LINE_END
        key = (symbol.kind, symbol.text if own else "")
        found = self._type_of.get(key)
        if found is None:
            found = self._type_of[key] = len(self.symbols)
            self.symbols.append(symbol)
            is_word = symbol.kind is Kind.WORD
            self._words.append(
                self._number_of.get(fold(symbol.text), UNKNOWN)
                if is_word
                else _NUMBERS[symbol.kind]
            )
            self._misplaced.append(is_word and tone_misplaced(symbol.text))
            self._cases.append(letter_case(symbol.text) if is_word else Case.NONE)
            self._entries.extend([-1] * _ROLES)
        return found

    @property
    def words(self) -> Ints:
        """Model number of each type."""
        return np.array(self._words)

    @property
    def misplaced(self) -> NDArray[np.bool_]:
        """Of each type, whether its tone stands on the wrong letter."""
        return np.array(self._misplaced, dtype=np.bool_)

    def roles(self, types: Ints) -> Ints:
        """The role each symbol of a stream plays among its neighbours."""
        case = np.array(self._cases)[types]
        opens = np.concatenate(([True], self.words[types[:-1]] == BREAK))
        upper = np.concatenate(([False], case == Case.UPPER, [False]))
        heading = upper[1:-1] & (upper[:-2] | upper[2:])
        roles = np.full(len(types), int(Role.PLAIN))
        roles[case == Case.CAPITAL] = np.where(opens, Role.OPENING, Role.NAME)[case == Case.CAPITAL]
        roles[(case == Case.UPPER) & ~heading] = Role.ABBREVIATION
        roles[heading] = Role.CAPITALS
        roles[(case == Case.MIXED) | (case == Case.NONE)] = Role.ABBREVIATION
        return roles

    def entries(self, types: Ints, roles: Ints) -> Ints:
        """Entry of each symbol in its role, its items made if they were not yet."""
        keys = types * _ROLES + roles
        table = np.array(self._entries)
        missing = np.unique(keys[table[keys] < 0])
        for key in missing.tolist():
            number, role = divmod(key, _ROLES)
            twin = (self._words[number], fold(self.symbols[number].text), role)
            if twin not in self._entry_of:
                self._entry_of[twin] = self._add(number, role)
            self._entries[key] = self._entry_of[twin]
        found: Ints = (np.array(self._entries) if len(missing) else table)[keys]
        return found

    def _add(self, number: int, role: int) -> int:
        """Makes the items and candidates of a type in a role."""
        self._pools = None
        items = self._items_of(number, Role(role))
        every = items.quiet + items.slips
        self._item_rows.add(every, len(items.quiet))
        keep = items.quiet[0]
        others: dict[int, float] = {}
        for item in every:
            if item.word != keep.word and item.mode is not Mode.SLIPS:
                price = item.cost + _LONE_PRICE[item.mode]
                others[item.word] = min(price, others.get(item.word, price))
        broken = keep.cost > 0
        ranked = sorted(others.items(), key=itemgetter(1))
        self._candidate_rows.add(ranked, broken)
        return self._item_rows.entries - 1

    def _items_of(self, number: int, role: Role) -> Items:
        symbol, word = self.symbols[number], self._words[number]
        if symbol.kind is Kind.WORD:
            return self._channel.items(symbol.text, word, role)
        if symbol.kind is Kind.GAP:
            return self._channel.gap_items(NOTHING)
        return Items([Item(word, mode, 0.0) for mode in Mode], [])

    @property
    def pools(self) -> tuple[ItemPool, CandidatePool]:
        """The items and the candidates of all entries made so far."""
        if self._pools is None:
            starts, lengths, quiet, (word, mode, cost) = self._item_rows.arrays()
            items = ItemPool(starts, lengths, quiet, word, mode, cost)
            starts, lengths, broken, (word, price) = self._candidate_rows.arrays()
            cheapest = np.full(len(starts), np.inf, dtype=np.float32)
            cheapest[lengths > 0] = price[starts[lengths > 0]]
            self._pools = (
                items,
                CandidatePool(
                    starts,
                    lengths,
                    cheapest,
                    broken.astype(np.bool_),
                    word,
                    price,
                    np.repeat(np.arange(len(lengths)), lengths) * DEAREST + price,
                ),
            )
        return self._pools


class _Rows:
    """Grows a table of entries, each with a number of rows, column by column."""

    def __init__(self, columns: str) -> None:
        self._starts, self._lengths, self._extra = array("i"), array("i"), array("i")
        self._columns = [array(code) for code in columns]

    @property
    def entries(self) -> int:
        return len(self._starts)

    def add(self, rows: Sequence[Sequence[float]], extra: int) -> None:
        """A new entry with its rows and one number of its own."""
        self._starts.append(len(self._columns[0]))
        self._lengths.append(len(rows))
        self._extra.append(extra)
        for column, values in zip(self._columns, zip(*rows, strict=True), strict=False):
            column.extend(values)

    def arrays(self) -> tuple[Ints, Ints, Ints, list[Ints]]:
        return (
            np.array(self._starts),
            np.array(self._lengths),
            np.array(self._extra),
            [np.array(column) for column in self._columns],
        )
