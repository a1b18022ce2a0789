"""The prices of damage, and the modes in which some of it is free."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Final

from vnclean.orthography import VOWELS, skeleton, split_tone


class Mode(enum.IntEnum):
    """How a run of words was damaged: the hidden state of the decoder."""

    TYPED = 0  #: clean, but for isolated slips
    SLIPS = 1  #: full of slips: each is cheaper
    LOST = 2  #: every letter of U+1EA0–1EF9 was lost
    BARE = 3  #: every diacritic was lost
    OVER = 4  #: converted from VNI once too often
    KEYS = 5  #: keystrokes of Telex or VNI that were never put together


#: The modes whose damage strikes every word of a run.
RUNS: Final = (Mode.LOST, Mode.BARE, Mode.OVER, Mode.KEYS)


@dataclass(frozen=True)
class Prices:
    """Prices in nats; set by grid search on the development sets (benchmarks/RESULTS.md)."""

    tone: float = 8.5
    mark: float = 8.5
    letter: float = 12.0
    vowel_for_consonant: float = 2.0  #: added to ``letter``
    near_key: float = 11.0
    exchange: float = 10.0
    lost_letter: float = 5.5
    further_lost_letter: float = 4.0
    lost_again: float = field(default=2.5, repr=False)  #: a word's lost letters, in SLIPS
    second: float = 0.4  #: factor on all but the dearest of several changes
    name: float = 3.0  #: added to any change of a capitalised word inside a sentence
    slip_discount: float = 3.0  #: taken off any change in mode SLIPS
    no_syllable: float = -4.0  #: added to what the letters of a word cost that is no syllable
    no_syllable_name: float = -7.0  #: the same of a name,
    least_no_syllable: float = 3.0  #: but it costs so much at least,
    most_no_syllable: float = 20.0  #: and at most so much,
    most_a_letter: float = 5.0  #: or this for each of its letters,
    most_capitals: float = 8.0  #: or this in a heading, where it may be an abbreviation
    unchanged_no_word: float = 10.0  #: a word that stays no word inside a run of damage
    unchanged_foreign: float = 5.0  #: the same, if it is a foreign one
    unseen_syllable: float = 10.0  #: a well-formed syllable that the model does not know
    single_letter: float = 3.0  #: added where one letter is all that is left of a word
    initial: float = 1.5  #: a lone capital inside a sentence, in LOST or BARE
    case: float = 1.0  #: weight of the evidence of letter case, in LOST and BARE
    #: A word that left only a double blank, in LOST; below 0, for the blank tells of the run.
    vanished: float = -2.0
    double_blank: float = 7.0  #: a double blank that means nothing, in LOST
    vanished_in_usual: float = 3.0  #: the same on a line that has many double blanks
    usual_double_blank: float = 2.0
    enter_slips: float = 6.5
    enter_lost: float = 6.0
    enter_bare: float = 7.0
    leave: float = 2.0
    # Nothing that is packed with the model depends on these: left out of what it is checked by.
    enter_over: float = field(default=9.0, repr=False)
    enter_keys: float = field(default=8.0, repr=False)
    lone_keys: float = field(default=7.0, repr=False)  #: one word's keystrokes, as a slip
    keys: float = field(default=6.0, repr=False)  #: added to no_syllable if it is keystrokes
    code: float = field(default=4.0, repr=False)  #: a word of letters and digits that are keys
    unread: float = field(default=1.0, repr=False)  #: letters that have become ``?`` or a box
    unread_other: float = field(default=2.0, repr=False)  #: added if not of U+1EA0–1EF9
    #: Taken off, times log(1 + n), for either neighbour beside which the document has said the
    #: word n times.
    mention: float = field(default=1.0, repr=False)

    def switch(self) -> list[list[float]]:
        """Price of going from mode (row) to mode (column)."""
        enter = [0.0, self.enter_slips, self.enter_lost, self.enter_bare]
        enter += [self.enter_over, self.enter_keys]
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


def letter_price(written: str, meant: str, prices: Prices) -> float:
    """Price of one letter, with its marks and tone, written for another."""
    base_a, base_b = skeleton(written), skeleton(meant)
    if base_a == base_b:
        (letter_a, tone_a), (letter_b, tone_b) = split_tone(written), split_tone(meant)
        return (prices.mark if letter_a != letter_b else 0.0) + (
            prices.tone if tone_a != tone_b else 0.0
        )
    if near_keys(base_a, base_b):
        return prices.near_key
    return prices.letter + (prices.vowel_for_consonant if _kinds_differ(base_a, base_b) else 0.0)


def _kinds_differ(a: str, b: str) -> bool:
    return (a in VOWELS) != (b in VOWELS)
