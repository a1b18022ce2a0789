"""What it costs to write one word for another, letter by letter.

Words of one skeleton differ in tone and marks, each of which has its price.  Others are compared
by a weighted Damerau–Levenshtein distance over letters with their marks and tones (Damerau 1964;
the restricted form, in which no letter is edited twice).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from vnclean.orthography import TONE_MARKS, same_but_for_style, skeleton, split_tone
from vnclean.spelling.facts import Confusion
from vnclean.spelling.prices import Prices, letter_price

_I_AND_Y: Final = frozenset("iìíỉĩịyỳýỷỹỵ")


class SpellingDistance:
    """Prices in nats, of folded words.

    >>> from vnclean.spelling.prices import Prices
    >>> distance = SpellingDistance(Prices())
    >>> distance.same_skeleton("đế", "để") == Prices().tone
    True
    >>> distance.one_edit("kiêm", "kiêmm"), distance.several_edits("kiêm", "kiêmm")
    (12.0, 12.0)
    """

    def __init__(self, prices: Prices, confusions: Iterable[Confusion] = ()) -> None:
        """``confusions``: the prices of tones, marks and letters that are not as dear as others."""
        self._prices = prices
        self._tones: dict[tuple[str, str], float] = {}
        self._marks: dict[tuple[str, str], float] = {}
        self._letters: dict[tuple[str, str], float] = {}
        for part, written, meant, price in confusions:
            match part:
                case "tone":
                    self._tones[TONE_MARKS[written], TONE_MARKS[meant]] = price
                case "mark":
                    self._marks[written, meant] = price
                case "letter":
                    self._letters[written, meant] = price
        self._letter_prices: dict[tuple[str, str], float] = {}

    def same_skeleton(self, written: str, meant: str) -> float:
        """Price of writing one syllable for another of the same skeleton."""
        (letters_a, tone_a), (letters_b, tone_b) = split_tone(written), split_tone(meant)
        changes = []
        if tone_a != tone_b:
            changes.append(self._tone(tone_a, tone_b))
        if len(letters_a) == len(letters_b):
            if _horn_misplaced(letters_a, letters_b):
                letters_b = letters_a
                changes.append(self._prices.mark)
            pairs = zip(letters_a, letters_b, strict=True)
            changes += [self._mark(a, b) for a, b in pairs if a != b]
        else:
            changes.append(self._prices.letter)
        return self._several(changes)

    def one_edit(self, written: str, meant: str) -> float | None:
        """Price of the one edit between two words; None for i and y, which are a style."""
        if len(written) != len(meant):
            return self._prices.letter
        at = next(at for at, letter in enumerate(written) if letter != meant[at])
        if written[at + 1 :] != meant[at + 1 :]:
            return self._prices.exchange
        if written[at] in _I_AND_Y and meant[at] in _I_AND_Y:
            return None if same_but_for_style(written, meant) else self._prices.near_key
        return self._letter_change(written[at], meant[at])

    def several_edits(self, written: str, meant: str) -> float:
        """Weighted restricted Damerau–Levenshtein distance, letters with marks and tones."""
        written, meant = _less_common_ends(written, meant)
        letter, exchange = self._prices.letter, self._prices.exchange
        before: list[float] = []
        above = [letter * j for j in range(len(meant) + 1)]
        for i, a in enumerate(written, 1):
            row = [letter * i]
            for j, b in enumerate(meant, 1):
                change = 0.0 if a == b else self._letter_change(a, b)
                best = min(above[j - 1] + change, above[j] + letter, row[-1] + letter)
                if i > 1 and j > 1 and change and a == meant[j - 2] and b == written[i - 2]:
                    best = min(best, before[j - 2] + exchange)
                row.append(best)
            before, above = above, row
        return above[-1]

    def _letter_change(self, written: str, meant: str) -> float:
        """Price of one letter (with its marks and tone) written for another."""
        price = self._letter_prices.get((written, meant))
        if price is None:
            price = self._letter_prices[written, meant] = self._letter(written, meant)
        return price

    def _letter(self, written: str, meant: str) -> float:
        (letter_a, tone_a), (letter_b, tone_b) = split_tone(written), split_tone(meant)
        if skeleton(written) != skeleton(meant):
            known = self._letters.get((letter_a, letter_b)) if tone_a == tone_b else None
            return letter_price(written, meant, self._prices) if known is None else known
        price = 0.0 if letter_a == letter_b else self._mark(letter_a, letter_b)
        return price + (0.0 if tone_a == tone_b else self._tone(tone_a, tone_b))

    def _tone(self, written: str, meant: str) -> float:
        return self._tones.get((written, meant), self._prices.tone)

    def _mark(self, written: str, meant: str) -> float:
        return self._marks.get((written, meant), self._prices.mark)

    def _several(self, changes: Sequence[float]) -> float:
        ordered = sorted(changes, reverse=True)
        return sum(ordered[:1]) + self._prices.second * sum(ordered[1:])


def _less_common_ends(left: str, right: str) -> tuple[str, str]:
    """Both words without the letters that they begin or end with alike: these cost nothing, and
    no cheaper way to make one of the other leads past them, where all letters lost or added cost
    the same.
    """
    shorter = min(len(left), len(right))
    first = 0
    while first < shorter and left[first] == right[first]:
        first += 1
    last = 0
    while last < shorter - first and left[-1 - last] == right[-1 - last]:
        last += 1
    return left[first : len(left) - last], right[first : len(right) - last]


def _horn_misplaced(written: str, meant: str) -> bool:
    """``phuơng`` or ``đưoc`` for ươ: one slip of the keyboard driver, not two."""
    return "ươ" in meant and ("ưo" in written or "uơ" in written)
