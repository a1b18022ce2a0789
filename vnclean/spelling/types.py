"""The distinct words met so far, and the items each may stand for in each role.

Text repeats itself, so whatever depends on a word's letters alone is worked out once: its number
in the model, its letter case, its candidates.  The decoder sees *entries*: one per word and role.
"""

from __future__ import annotations

import enum
from array import array
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.orthography import fold
from vnclean.spelling.channel import Channel, Item, Mode, Role
from vnclean.spelling.decoder import NOTHING, ItemPool
from vnclean.spelling.ngrams import BREAK, NUMBER, UNKNOWN
from vnclean.spelling.tokens import Kind, Symbol

Ints = NDArray[Any]
_NUMBERS: Final = {
    Kind.NUMBER: NUMBER,
    Kind.OPAQUE: UNKNOWN,
    Kind.BREAK: BREAK,
    Kind.GAP: NOTHING,
}
_ROLES: Final = len(Role)


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
        self._entries = array("i")  # entry of (type, role), -1 until needed
        self._starts = array("i")
        self._lengths = array("i")
        self._item_words = array("i")
        self._item_modes = array("i")
        self._item_costs = array("f")
        self._pool: ItemPool | None = None

    def type_of(self, symbol: Symbol) -> int:
        """The number of a symbol's type; what is no word has one type a kind."""
        key = (symbol.kind, symbol.text if symbol.kind is Kind.WORD else "")
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
            self._cases.append(letter_case(symbol.text) if is_word else Case.NONE)
            self._entries.extend([-1] * _ROLES)
        return found

    @property
    def words(self) -> Ints:
        """Model number of each type."""
        return np.array(self._words)

    def roles(self, types: Ints) -> Ints:
        """The role each symbol of a stream plays among its neighbours."""
        case = np.array(self._cases)[types]
        opens = np.concatenate(([True], self.words[types[:-1]] == BREAK))
        upper = np.concatenate(([False], case == Case.UPPER, [False]))
        heading = upper[1:-1] & (upper[:-2] | upper[2:])
        roles = np.full(len(types), int(Role.PLAIN))
        roles[(case == Case.CAPITAL) & ~opens] = Role.NAME
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
            self._entries[key] = self._add(*divmod(key, _ROLES))
        return (np.array(self._entries) if len(missing) else table)[keys]

    def _add(self, number: int, role: int) -> int:
        items = self._items(number, Role(role))
        self._starts.append(len(self._item_words))
        self._lengths.append(len(items))
        for item in items:
            self._item_words.append(item.word)
            self._item_modes.append(item.mode)
            self._item_costs.append(item.cost)
        self._pool = None
        return len(self._starts) - 1

    def _items(self, number: int, role: Role) -> list[Item]:
        symbol, word = self.symbols[number], self._words[number]
        if symbol.kind is Kind.WORD:
            return self._channel.items(symbol.text, word, role)
        if symbol.kind is Kind.GAP:
            return self._channel.gap_items(NOTHING)
        return [Item(word, mode, 0.0) for mode in Mode]

    @property
    def pool(self) -> ItemPool:
        """The items of all entries made so far."""
        if self._pool is None:
            self._pool = ItemPool(
                np.array(self._starts),
                np.array(self._lengths),
                np.array(self._item_words),
                np.array(self._item_modes),
                np.array(self._item_costs, dtype=np.float32),
            )
        return self._pool
