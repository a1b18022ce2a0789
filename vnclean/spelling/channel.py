"""The noisy channel: what each word that was written may have been meant to be, at what price.

Prices are negative logarithms (nats) relative to leaving the word alone, which costs nothing.
Words that keep their letters are compared as syllables: a tone price, and a mark price for each
letter (a/ă/â, e/ê, o/ô/ơ, u/ư, d/đ).  Others are compared by a weighted Damerau–Levenshtein
distance over letters (Damerau 1964; the restricted form, in which no letter is edited twice).
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from vnclean.orthography import VOWELS, fold, is_syllable, residue, skeleton, split_tone
from vnclean.spelling.lexicon import Lexicon


class Mode(enum.IntEnum):
    """How a run of words was damaged: the hidden state of the decoder."""

    TYPED = 0  #: clean, but for isolated slips
    SLIPS = 1  #: full of slips: each is cheaper
    LOST = 2  #: every letter of U+1EA0–1EF9 was lost
    BARE = 3  #: every diacritic was lost


class Item(NamedTuple):
    """One thing a written word may have been: a model word, in a mode, at a price."""

    word: int
    mode: Mode
    cost: float


class Role(enum.IntEnum):
    """What the letter case of a word says in its place."""

    PLAIN = 0  #: lower case, or a capital that only opens a sentence
    NAME = 1  #: a capital inside a sentence
    CAPITALS = 2  #: all capitals among others of the kind: a heading
    ABBREVIATION = 3  #: all capitals alone, or of mixed case


@dataclass(frozen=True)
class Prices:
    """Prices in nats; set by grid search on the development sets (benchmarks/RESULTS.md)."""

    tone: float = 9.0
    tone_hook_tilde: float = 7.0
    mark: float = 9.0
    letter: float = 12.0
    near_key: float = 11.0
    exchange: float = 10.5
    lost_letter: float = 8.5
    further_lost_letter: float = 4.0
    second: float = 0.8  #: factor on all but the dearest of several changes
    name: float = 3.0  #: added to any change of a capitalised word inside a sentence
    slip_discount: float = 3.5  #: taken off any change in mode SLIPS
    no_syllable: float = 5.0  #: a lower-case word that is no syllable and no known foreign word
    no_syllable_name: float = 1.0
    marked_no_syllable: float = 3.0  #: added if it has Vietnamese letters
    unchanged_no_word: float = 5.0  #: a word that stays no word inside LOST or BARE
    vanished: float = 2.0  #: a word that left only a double blank, in LOST
    double_blank: float = 3.0  #: a double blank that means nothing, in LOST
    enter_slips: float = 4.5
    enter_lost: float = 8.0
    enter_bare: float = 9.0
    leave: float = 2.5

    def switch(self) -> list[list[float]]:
        """Price of going from mode (row) to mode (column)."""
        enter = [0.0, self.enter_slips, self.enter_lost, self.enter_bare]
        return [
            [0.0 if a == b else (self.leave if a else 0.0) + enter[b] for b in Mode] for a in Mode
        ]


_KEY_ROWS: Final = (("qwertyuiop", 0.0), ("asdfghjkl", 0.25), ("zxcvbnm", 0.75))
_KEY_AT: Final = {
    letter: (row, shift + column)
    for row, (letters, shift) in enumerate(_KEY_ROWS)
    for column, letter in enumerate(letters)
}


def near_keys(a: str, b: str) -> bool:
    """Whether two base letters are neighbours on a QWERTY keyboard."""
    if a not in _KEY_AT or b not in _KEY_AT:
        return False
    (row_a, column_a), (row_b, column_b) = _KEY_AT[a], _KEY_AT[b]
    return abs(row_a - row_b) <= 1 and abs(column_a - column_b) <= 1


class Channel:
    """Candidates and prices for written words."""

    def __init__(self, lexicon: Lexicon, foreign: frozenset[str], prices: Prices) -> None:
        self._lexicon = lexicon
        self._foreign = foreign
        self.prices = prices

    def items(self, surface: str, number: int, role: Role) -> list[Item]:
        """All items of a written word; the first one leaves it as it is.

        ``number``: the word's own number in the model (the unknown word's if it has none).
        """
        word = fold(surface)
        keep = Item(number, Mode.TYPED, self._price_of_keeping(word, role))
        if role is Role.ABBREVIATION or len(word) > 12:
            return [Item(number, mode, keep.cost) for mode in Mode]
        typed = self._typed(word, number, role)
        items = [keep, Item(number, Mode.SLIPS, keep.cost)]
        items += [Item(w, Mode.TYPED, cost) for w, cost in typed.items()]
        discount = self.prices.slip_discount
        items += [Item(w, Mode.SLIPS, cost - discount) for w, cost in typed.items()]
        if not (role is Role.NAME and len(word) == 1):
            items += self._in_mode(word, number, Mode.LOST, residue(word) == word)
            items += self._in_mode(word, number, Mode.BARE, word.isascii())
        else:
            items += [Item(number, mode, 0.0) for mode in (Mode.LOST, Mode.BARE)]
        return items

    def gap_items(self, nothing: int) -> list[Item]:
        """Items of a double blank; ``nothing`` stands for no word at all."""
        keep = [Item(nothing, mode, 0.0) for mode in (Mode.TYPED, Mode.SLIPS, Mode.BARE)]
        keep.append(Item(nothing, Mode.LOST, self.prices.double_blank))
        vanished = self._lexicon.with_residue("")
        return keep + [Item(w, Mode.LOST, self.prices.vanished) for w in vanished]

    def _price_of_keeping(self, word: str, role: Role) -> float:
        if role is Role.ABBREVIATION or word in self._foreign or is_syllable(word) or len(word) < 2:
            return 0.0
        prices = self.prices
        price = prices.no_syllable_name if role is Role.NAME else prices.no_syllable
        return price + (0.0 if word.isascii() else prices.marked_no_syllable)

    def _in_mode(self, word: str, number: int, mode: Mode, possible: bool) -> list[Item]:
        """Items in LOST or BARE, where that mode's own damage is free."""
        if not possible:
            return []
        lexicon = self._lexicon
        found = lexicon.with_residue(word) if mode is Mode.LOST else lexicon.with_skeleton(word)
        items = [Item(w, mode, 0.0) for w in found if w != number]
        known = is_syllable(word) and word in lexicon.number_of
        keep = 0.0 if known or not items else self.prices.unchanged_no_word
        return [Item(number, mode, keep), *items]

    def _typed(self, word: str, number: int, role: Role) -> dict[int, float]:
        """Word -> price, for isolated slips."""
        if len(word) == 1 and word.isascii():
            return {}
        lexicon, prices, bare = self._lexicon, self.prices, skeleton(word)
        found = {w: self._same_letters(word, lexicon.words[w]) for w in lexicon.with_skeleton(bare)}
        if len(word) > 1:
            most = 1 if is_syllable(word) else 2
            for w in lexicon.near(bare):
                meant = lexicon.words[w]
                if OSA.distance(word, meant, score_cutoff=most) <= most:
                    found[w] = self._edited(word, meant)
            for w in lexicon.with_residue(word):
                lost = len(lexicon.words[w]) - len(word)
                price = prices.lost_letter + (lost - 1) * prices.further_lost_letter
                found[w] = min(price, found.get(w, price))
        found.pop(number, None)
        extra = prices.name if role is Role.NAME else 0.0
        return {w: cost + extra for w, cost in found.items()}

    def _same_letters(self, written: str, meant: str) -> float:
        """Price of writing one syllable for another of the same skeleton."""
        (letters_a, tone_a), (letters_b, tone_b) = split_tone(written), split_tone(meant)
        changes = []
        if tone_a != tone_b:
            hook_tilde = {tone_a, tone_b} == {"\u0309", "\u0303"}
            changes.append(self.prices.tone_hook_tilde if hook_tilde else self.prices.tone)
        if len(letters_a) == len(letters_b):
            changes += [
                self.prices.mark for a, b in zip(letters_a, letters_b, strict=True) if a != b
            ]
            if _horn_misplaced(letters_a, letters_b):
                changes.pop()
        else:
            changes.append(self.prices.letter)
        return self._several(changes)

    def _edited(self, written: str, meant: str) -> float:
        return _edit_distance(written, meant, self.prices)

    def _several(self, changes: Sequence[float]) -> float:
        ordered = sorted(changes, reverse=True)
        return sum(ordered[:1]) + self.prices.second * sum(ordered[1:])


def _horn_misplaced(written: str, meant: str) -> bool:
    """``phuơng`` or ``đưoc`` for ươ: one slip of the keyboard driver, not two."""
    return "ươ" in meant and ("ưo" in written or "uơ" in written)


def _letter_change(written: str, meant: str, prices: Prices) -> float:
    """Price of one letter (with its marks and tone) written for another."""
    base_a, base_b = skeleton(written), skeleton(meant)
    if base_a == base_b:
        (letter_a, tone_a), (letter_b, tone_b) = split_tone(written), split_tone(meant)
        return (prices.mark if letter_a != letter_b else 0.0) + (
            prices.tone if tone_a != tone_b else 0.0
        )
    if near_keys(base_a, base_b):
        return prices.near_key
    return prices.letter + (2.0 if (base_a in VOWELS) != (base_b in VOWELS) else 0.0)


def _edit_distance(written: str, meant: str, prices: Prices) -> float:
    """Weighted restricted Damerau–Levenshtein distance, letters with their marks and tones."""
    width = len(meant) + 1
    before: list[float] = []
    above = [prices.letter * j for j in range(width)]
    for i, a in enumerate(written, 1):
        row = [prices.letter * i]
        for j, b in enumerate(meant, 1):
            if a == b:
                best = above[j - 1]
            else:
                best = above[j - 1] + _letter_change(a, b, prices)
            best = min(best, above[j] + prices.letter, row[j - 1] + prices.letter)
            if i > 1 and j > 1 and a != b and a == meant[j - 2] and b == written[i - 2]:
                best = min(best, before[j - 2] + prices.exchange)
            row.append(best)
        before, above = above, row
    return above[-1]
