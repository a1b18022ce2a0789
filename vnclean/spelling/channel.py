"""The noisy channel: what each word that was written may have been meant to be, at what price.

Prices are negative logarithms (nats) relative to leaving the word alone, which costs nothing.
Here is what keeping a word costs, and what the damage of runs may have made of it; isolated slips
stand in isolated.py.
"""

from __future__ import annotations

import enum
from math import log
from string import ascii_lowercase, digits
from typing import Final, NamedTuple
from zlib import crc32

from vnclean.language import translated
from vnclean.orthography import fold, is_syllable, residue, split_tone, tone_misplaced
from vnclean.spelling.facts import WordFacts
from vnclean.spelling.isolated import IsolatedSlips
from vnclean.spelling.lexicon import UNREAD, Lexicon
from vnclean.spelling.ngrams import UNKNOWN
from vnclean.spelling.prices import RUNS, Mode, Prices
from vnclean.spelling.runs import barred_however, from_keys


class Item(NamedTuple):
    """One thing a written word may have been: a model word, in a mode, at a price."""

    word: int
    mode: Mode
    cost: float


class Items(NamedTuple):
    """The items of a word: those without isolated slips, its first one as it stands; and those."""

    quiet: list[Item]
    slips: list[Item]


class Role(enum.IntEnum):
    """What the letter case of a word says in its place."""

    PLAIN = 0  #: lower case
    NAME = 1  #: a capital inside a sentence
    CAPITALS = 2  #: all capitals among others of the kind: a heading
    ABBREVIATION = 3  #: all capitals alone, or of mixed case
    OPENING = 4  #: a capital that opens a sentence: says nothing of the word
    SHIFTED = 5  #: one capital, in the second place: the first two letters may be exchanged


_LETTERS: Final = frozenset(f"{ascii_lowercase}{digits}ăâđêôơư")
#: Longer words are no Vietnamese, whatever happened to them.
_LONGEST: Final = 12


class Channel:
    """Candidates and prices for written words."""

    def __init__(
        self,
        lexicon: Lexicon,
        facts: WordFacts,
        prices: Prices,
    ) -> None:
        self.lexicon = lexicon
        self.facts = facts
        self.prices = prices
        self.isolated = IsolatedSlips(lexicon, facts, prices)

    def items(self, surface: str, number: int, role: Role) -> Items:
        """All items of a written word.

        ``number``: the word's own number in the model (the unknown word's if it has none).
        """
        word = fold(surface)
        if role is Role.SHIFTED:
            return self._shifted(word, number)
        keep = self.price_of_keeping(word, number, role)
        if UNREAD.search(word) and len(word) <= _LONGEST:
            return Items(self._unread(word, number), [])
        if len(word) > _LONGEST or _beyond(word):
            return Items([Item(number, mode, keep) for mode in Mode], [])
        if self._is_abbreviation(word, role):
            return Items(self._abbreviation(word, number), [])
        quiet = [Item(number, Mode.TYPED, keep), Item(number, Mode.SLIPS, keep)]
        for mode in RUNS:
            quiet += self._in_mode(word, number, mode, role)
        meant_so = word in self.facts.slang or (role is Role.NAME and self._foreign(word, role))
        typed = {} if meant_so else self._typed(word, number, role)
        if tone_misplaced(surface):
            for w, price in self.isolated.exchanged(surface.lower()):
                typed[w] = min(price, typed.get(w, price))
        slips = [Item(w, Mode.TYPED, cost) for w, cost in typed.items()]
        if word not in self.facts.slang:
            again = self._again(typed, [item for item in quiet if item.mode is Mode.LOST])
            again.pop(number, None)
            slips += [Item(w, Mode.SLIPS, cost) for w, cost in again.items()]
        return Items(quiet, slips)

    def _shifted(self, word: str, number: int) -> Items:
        """``gNuyên``: meant so, as ``iPhone`` is, or an exchange that took the capital along."""
        slips = [
            Item(w, mode, cost)
            for w, cost in self.isolated.exchanged(word)
            if self.lexicon.words[w][:2] == word[1::-1]
            for mode in (Mode.TYPED, Mode.SLIPS)
        ]
        keep = self.price_of_keeping(word, number, Role.NAME) if slips else 0.0
        return Items([Item(number, mode, keep) for mode in Mode], slips)

    def _again(self, typed: dict[int, float], lost: list[Item]) -> dict[int, float]:
        """Word -> price in SLIPS; lost letters that strike here and there are no rarer there."""
        found = {w: cost - self.prices.slip_discount for w, cost in typed.items()}
        for item in lost:
            price = item.cost + self.prices.lost_again
            found[item.word] = min(price, found.get(item.word, price))
        return found

    def _abbreviation(self, word: str, number: int) -> list[Item]:
        """Left alone, but that in BARE it may have lost a stroke or hat (``DH`` for ``ĐH``)."""
        items = [Item(number, mode, 0.0) for mode in Mode]
        if word.isascii():
            items += [
                Item(w, Mode.BARE, 0.0)
                for w in self.lexicon.with_skeleton(word)
                if not is_syllable(self.lexicon.words[w])
            ]
        return items

    def _unread(self, word: str, number: int) -> list[Item]:
        """What a word is with its unreadable letters read, as likely in any mode."""
        price = {number: self.prices.unseen_syllable}
        for w in self.lexicon.with_unread(word):
            usual = residue(self.lexicon.words[w]) == UNREAD.sub("", word)
            price[w] = self.prices.unread + (0.0 if usual else self.prices.unread_other)
        return [Item(w, mode, cost) for mode in Mode for w, cost in price.items()]

    def gap_items(self, nothing: int, usual: bool = False) -> Items:
        """Items of a double blank; ``nothing`` stands for no word at all.

        ``usual``: whether the line has many, so that one says little.
        """
        prices = self.prices
        blank = prices.usual_double_blank if usual else prices.double_blank
        price = prices.vanished_in_usual if usual else prices.vanished
        keep = [Item(nothing, mode, 0.0) for mode in (Mode.TYPED, Mode.SLIPS, Mode.BARE)]
        keep.append(Item(nothing, Mode.LOST, blank))
        vanished = self.lexicon.with_residue("")
        return Items(keep + [Item(w, Mode.LOST, price) for w in vanished], [])

    def price_of_keeping(self, word: str, number: int, role: Role) -> float:
        """What a (folded) word costs as it stands: nothing if it is one."""
        prices = self.prices
        if role is Role.ABBREVIATION or self._foreign(word, role) or len(word) < 2 or _beyond(word):
            return 0.0
        if not word.isalpha():
            return prices.code if from_keys(word) else prices.unseen_syllable
        if is_syllable(word):
            return prices.unseen_syllable if number == UNKNOWN else 0.0
        return self._price_of_letters(word, role)

    def _price_of_letters(self, word: str, role: Role) -> float:
        """What it costs that a word is of another language, and no dictionary has it."""
        prices = self.prices
        usual = prices.no_syllable_name if role is Role.NAME else prices.no_syllable
        most = prices.most_capitals if role is Role.CAPITALS else prices.most_no_syllable
        most = min(most, prices.most_a_letter * len(word))
        price = self.facts.letters.price(word) + usual
        return max(prices.least_no_syllable, min(price, most))

    def protection(self, surface: str, role: Role) -> str:
        """What a word is that is left alone, or nearly so; empty if it is like any other."""
        word = fold(surface)
        if word in self.facts.slang:
            return translated("a short form")
        if self._is_abbreviation(word, role):
            return translated("an abbreviation")
        if self._foreign(word, role):
            return translated("a known word of another language")
        if role is Role.SHIFTED:
            return translated("written so on purpose")
        return (
            translated("a word with letters that no Vietnamese word has") if _beyond(word) else ""
        )

    def _is_abbreviation(self, word: str, role: Role) -> bool:
        """Whether it is an abbreviation as it is written."""
        known = role is Role.CAPITALS and word in self.facts.abbreviations
        return role is Role.ABBREVIATION or (known and not is_syllable(word))

    def _foreign(self, word: str, role: Role) -> bool:
        """Whether it is a foreign word as it is written.

        ``GN`` is one, but in small letters ``gn`` is rather what lost letters left of ``gần``.
        """
        facts = self.facts
        if word not in facts.foreign:
            return False
        capitals = role is Role.ABBREVIATION or role is Role.CAPITALS
        rest = word in facts.initialisms and bool(self.lexicon.with_residue(word))
        return capitals or not rest

    def _in_mode(self, word: str, number: int, mode: Mode, role: Role) -> list[Item]:
        """Items in a mode of RUNS, where that mode's own damage is free."""
        if barred_however(word, mode):
            return []
        lexicon = self.lexicon
        found = lexicon.of_rest(mode, word)
        initial = self.prices.initial if role is Role.NAME and len(word) == 1 else 0.0
        prices = {w: initial + self._price_of_case(lexicon.words[w], role) for w in found}
        known = is_syllable(word) and word in lexicon.number_of
        if not found:
            keep = self.price_of_keeping(word, number, role)
        elif known or initial:
            keep = 0.0
        elif self._foreign(word, role) or word in self.facts.slang:
            keep = self.prices.unchanged_foreign
        else:
            keep = max(self.prices.unchanged_no_word, self.price_of_keeping(word, number, role))
            keep += self.prices.keys if mode is Mode.KEYS else 0.0
        prices[number] = keep + self._price_of_case(word, role)
        spelt = [lexicon.words[w] for w in found] + ([] if found and not known else [word])
        usual = min(self._price_of_case(each, role) for each in spelt)
        return [Item(w, mode, price - usual) for w, price in prices.items()]

    def _price_of_case(self, word: str, role: Role) -> float:
        """-log of how likely the letter case is, if ``word`` is meant: ``Vo`` is no ``vợ``."""
        if role not in (Role.PLAIN, Role.NAME):
            return 0.0
        share = self.facts.capital_share.get(word, 0.5)
        return -self.prices.case * log(share if role is Role.NAME else 1 - share)

    def _typed(self, word: str, number: int, role: Role) -> dict[int, float]:
        """Word -> price, for isolated slips."""
        found = self.isolated.of(word, number, may_be_rest=role in (Role.PLAIN, Role.OPENING))
        keys = self.lexicon.of_rest(Mode.KEYS, word) if number == UNKNOWN else ()
        for w in keys:
            found[w] = min(self.prices.lone_keys, found.get(w, self.prices.lone_keys))
        extra = self.prices.name if role is Role.NAME else 0.0
        words = self.lexicon.words  # those of other languages vary less than Vietnamese names do
        return {w: cost + (extra if w in words else 0.0) for w, cost in found.items()}


def _beyond(word: str) -> bool:
    """Whether it has letters that no Vietnamese word has."""
    return not _LETTERS.issuperset(split_tone(word)[0])


def digest(prices: Prices, facts: WordFacts) -> str:
    """Tells prices and confusions from other ones: what was worked out with them depends on it.

    Out: eight hexadecimal digits.
    """
    return f"{crc32(repr((prices, facts.confusions)).encode()):08x}"
