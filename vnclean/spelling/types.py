"""The distinct words met so far, and the words each may stand for in each role.

Text repeats itself, so whatever depends on a word's letters alone is worked out once: its number
in the model, its letter case, its readings.  These are made when first asked for, for a word in a
role: an *entry*.
"""

from __future__ import annotations

import enum
from array import array
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.orthography import fold, tone_misplaced
from vnclean.spelling.arrays import distinct
from vnclean.spelling.channel import Channel, Item, Items, Role
from vnclean.spelling.decoder import NOTHING
from vnclean.spelling.encoding import LINE_END
from vnclean.spelling.known import FlatItems, KnownWords
from vnclean.spelling.ngrams import BREAK, NUMBER, UNKNOWN
from vnclean.spelling.prices import RUNS, Mode
from vnclean.spelling.readings import Readings, ReadingsTable
from vnclean.spelling.runs import barred
from vnclean.spelling.tokens import Kind, Symbol

Ints = NDArray[Any]
Flags = NDArray[np.bool_]
_NUMBERS: Final = {
    Kind.NUMBER: NUMBER,
    Kind.OPAQUE: UNKNOWN,
    Kind.BREAK: BREAK,
    Kind.GAP: NOTHING,
}
_ROLES: Final = len(Role)
#: Stands for a double blank on a line that has many.
_USUAL_GAP: Final = "  "
#: More double blanks on a line than this, and one more for so many symbols, are many.
_FEW_GAPS: Final = 2
_WORDS_A_GAP: Final = 40


class Case(enum.IntEnum):
    """Letter case of a word; NONE for what is no word."""

    NONE = 0
    LOWER = 1
    CAPITAL = 2
    UPPER = 3
    MIXED = 4
    SHIFTED = 5


def letter_case(word: str) -> Case:
    """A single capital letter counts as CAPITAL: it may open a sentence.

    Two letters are too few to tell a capital in the wrong place from a unit (``mA``), unless one
    of them is Vietnamese.

    >>> [letter_case(w).name for w in ("tra", "Tra", "TRA", "T", "YouTube", "gNuyên", "mA")]
    ['LOWER', 'CAPITAL', 'UPPER', 'CAPITAL', 'MIXED', 'SHIFTED', 'MIXED']
    """
    if word.islower():
        return Case.LOWER
    if word[1:].islower() or len(word) == 1:
        return Case.CAPITAL
    if word.isupper():
        return Case.UPPER
    shifted = (word[0] + word[2:]).islower() and (len(word) > 2 or not word.isascii())
    return Case.SHIFTED if shifted else Case.MIXED


#: The role in which a word is most likely broken, before its neighbours are looked at.
_ROLE_BY_CASE: Final = {Case.LOWER: Role.PLAIN, Case.UPPER: Role.CAPITALS}


class TypeTable:
    """Numbers for distinct symbols, and their readings, grown as text is read."""

    def __init__(
        self, channel: Channel, number_of: dict[str, int], known: KnownWords | None = None
    ) -> None:
        """``known``: makes the items of known words, if it can."""
        self._channel = channel
        self._known = known
        self._number_of = number_of
        self._type_of: dict[str, int] = {}
        self.texts: list[str] = []  #: of each type that is a word; empty for others
        self._words = array("q")
        self._cases = array("b")
        self._misplaced = array("b")
        self._broken = array("b")
        self._bars = {mode: array("b") for mode in RUNS}
        self._entries = array("i")  # entry of (type, role), -1 until needed
        self._entry_of: dict[tuple[str, int, Role], int] = {}  # shared by all that folds alike
        self._table = ReadingsTable()
        self.line_end = self._add_type("", BREAK, Case.NONE)
        self._others = {
            kind: self._add_type("", number, Case.NONE) for kind, number in _NUMBERS.items()
        }
        self.gap = self._others[Kind.GAP]
        self.usual_gap = self._add_type(_USUAL_GAP, NOTHING, Case.NONE)

    def type_of(self, symbol: Symbol) -> int:
        """The number of a symbol's type; what is no word has one type a kind, line ends another."""
        if symbol.kind is not Kind.WORD:
            return self.line_end if symbol.text == LINE_END else self._others[symbol.kind]
        text = symbol.text
        found = self._type_of.get(text)
        if found is None:
            folded = text.lower()
            misplaced = False
            if folded not in self._number_of:
                folded, misplaced = fold(text), tone_misplaced(text)
            number = self._number_of.get(folded, UNKNOWN)
            case = letter_case(text)
            role = _ROLE_BY_CASE.get(case, Role.NAME)
            broken = self._channel.price_of_keeping(folded, number, role) > 0
            found = self._add_type(text, number, case, misplaced, broken)
            self._type_of[text] = found
        return found

    def _add_type(
        self, text: str, number: int, case: Case, misplaced: bool = False, broken: bool = False
    ) -> int:
        self.texts.append(text)
        self._words.append(number)
        self._cases.append(case)
        self._misplaced.append(misplaced)
        self._broken.append(broken)
        for mode, bars in self._bars.items():
            bars.append(barred(text.lower(), mode))
        self._entries.extend([-1] * _ROLES)
        return len(self.texts) - 1

    def usual_gaps(self, types: Ints) -> Ints:
        """A stream in which double blanks are :attr:`usual_gap` on lines that have many of them.

        Words that vanished are one in a hundred, so that more is rather a habit of the writer's.
        """
        gaps = np.flatnonzero(types == self.gap)
        if not len(gaps):
            return types
        ends = np.flatnonzero(types == self.line_end)
        line = np.searchsorted(ends, gaps)
        count = np.bincount(line, minlength=len(ends))
        most = _FEW_GAPS + np.diff(ends, prepend=-1) // _WORDS_A_GAP
        types[gaps[(count > most).take(line)]] = self.usual_gap
        return types

    @property
    def words(self) -> Ints:
        """Model number of each type."""
        return np.array(self._words)

    @property
    def repairable(self) -> Flags:
        """Of each type, whether it is a word at all."""
        flags: Flags = np.array(self._cases) != Case.NONE
        return flags

    @property
    def misplaced(self) -> Flags:
        """Of each type, whether its tone stands on the wrong letter."""
        return np.array(self._misplaced, dtype=np.bool_)

    @property
    def broken(self) -> Flags:
        """Of each type, whether it is suspect in any context: no word, or one never seen."""
        return np.array(self._broken, dtype=np.bool_)

    def bars(self, mode: Mode) -> Flags:
        """Of each type, whether it shows a letter that ``mode`` must have destroyed."""
        return np.array(self._bars[mode], dtype=np.bool_)

    def roles(self, types: Ints, at: Ints) -> Ints:
        """The role that each of some symbols of a stream plays among its neighbours.

        The stream ends with a line's end, which stands before its first symbol as well.
        """
        cases, words = np.array(self._cases), np.array(self._words)
        before, after = types.take(at - 1), types.take(np.minimum(at + 1, len(types) - 1))
        case = cases.take(types.take(at))
        roles = np.full(len(at), int(Role.PLAIN))
        capital, upper = case == Case.CAPITAL, case == Case.UPPER
        opens = words.take(before) == BREAK
        roles[capital] = np.where(opens, Role.OPENING, Role.NAME)[capital]
        heading = (cases.take(before) == Case.UPPER) | (cases.take(after) == Case.UPPER)
        roles[upper] = np.where(heading, Role.CAPITALS, Role.ABBREVIATION)[upper]
        roles[(case == Case.MIXED) | (case == Case.NONE)] = Role.ABBREVIATION
        roles[case == Case.SHIFTED] = Role.SHIFTED
        return roles

    def entries(self, types: Ints, at: Ints) -> Ints:
        """Entry of each of some symbols of a stream in its role; makes what is not there yet."""
        keys = types.take(at) * _ROLES + self.roles(types, at)
        found = np.array(self._entries).take(keys)
        missing = distinct(keys[found < 0])
        if not len(missing):
            return found
        self._make(missing)
        return np.array(self._entries).take(keys)

    def _make(self, keys: Ints) -> None:
        """Makes the entries of types in roles."""
        known: list[tuple[str, int, Role]] = []
        others: list[tuple[str, int, Role]] = []
        waiting: dict[tuple[str, int, Role], list[int]] = {}
        for key in keys.tolist():
            number, role = divmod(key, _ROLES)
            text = self.texts[number]
            spelt = text.lower() if self._misplaced[number] else fold(text)
            twin = (spelt, self._words[number], Role(role))
            if twin in self._entry_of:
                self._entries[key] = self._entry_of[twin]
                continue
            if twin not in waiting:
                bulk = self._known is not None and self._known.covers(*twin)
                (known if bulk else others).append(twin)
            waiting.setdefault(twin, []).append(key)
        first = self._table.entries
        fresh = known + others
        flat = FlatItems.of([self._items_of(*twin) for twin in others], len(known))
        if self._known is not None and known:
            words, numbers, roles = zip(*known, strict=True)
            flat = self._known.items(words, np.array(numbers), np.array(roles)).join(flat)
        self._table.add(np.array([number for _, number, _ in fresh], dtype=np.int64), flat)
        for entry, twin in enumerate(fresh, first):
            self._entry_of[twin] = entry
            for key in waiting[twin]:
                self._entries[key] = entry

    def _items_of(self, text: str, word: int, role: Role) -> Items:
        if word == NOTHING:
            return self._channel.gap_items(NOTHING, usual=text == _USUAL_GAP)
        if text:
            return self._channel.items(text, word, role)
        return Items([Item(word, mode, 0.0) for mode in Mode], [])

    @property
    def readings(self) -> Readings:
        """The readings of all entries made so far."""
        return self._table.readings
