"""Learns how the words of other languages are spelt, letter after letter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log
from typing import Final

from vnclean.orthography import skeleton
from vnclean.spelling.letters import AFTER, BEFORE, NOTHING

#: Letters seen only once after two others say little: they are left to the shorter rows.
_RAREST: Final = 2
_MOST_BEFORE: Final = 2
#: As many letters there may be, where none was seen.
_LETTERS: Final = 1 << 10


def letter_rows(words: Iterable[str]) -> list[tuple[str, str, str]]:
    """The rows of a :class:`~vnclean.spelling.letters.LetterModel`, in order.

    ``words``: in lower case, each counted once; those in other scripts than Latin are left out.

    >>> [row for row in letter_rows(["kong", "kongo", "bong", "конго"]) if row[0] == "^"]
    [('^', '0.9', 'b 1.5 k 0.8')]
    """
    following: dict[str, Counter[str]] = defaultdict(Counter)
    for word in words:
        if not skeleton(word).isascii():
            continue
        text = f"{BEFORE}{word}{AFTER}"
        for at in range(1, len(text)):
            for length in range(min(at, _MOST_BEFORE) + 1):
                following[text[at - length : at]][text[at]] += 1
    shares: dict[str, dict[str, float]] = {}
    rows = []
    for letters in sorted(following, key=len):
        counts = following[letters]
        fewer = shares.get(letters[1:], {}) if letters else {}
        total, kinds = sum(counts.values()), len(counts)
        shares[letters] = {
            letter: (count + kinds * fewer.get(letter, 1 / _LETTERS)) / (total + kinds)
            for letter, count in counts.items()
        }
        least = _RAREST if len(letters) == _MOST_BEFORE else 1
        prices = [
            f"{letter} {-log(share):.1f}"
            for letter, share in sorted(shares[letters].items())
            if counts[letter] >= least
        ]
        back = -log(kinds / (total + kinds)) - (0.0 if letters else log(1 / _LETTERS))
        if prices:
            rows.append((letters or NOTHING, f"{back:.1f}", " ".join(prices)))
    return sorted(rows)
