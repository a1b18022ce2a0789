"""Learns which tones, marks and letters are put for which others, from texts and their mistakes.

Each kind of text is counted on its own: how often a tone, a letter with its mark, an onset or a
coda was meant, and how often which other one was written.  Rates are smoothed by a prior, the
price that the change has if nothing is known of it (a Gamma prior), and measured in that kind's
mistakes of tone, so that a text with many mistakes does not outweigh one with few.  The price is
that of the mixture of all kinds and of the prior, equally likely.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import exp, log
from typing import Final, NamedTuple

from vnclean.orthography import (
    TONE_MARKS,
    Syllable,
    fold,
    same_but_for_style,
    skeleton,
    split_tone,
)
from vnclean.spelling.prices import Prices, letter_price

#: How many changes of tone the prior is worth.
_PRIOR: Final = 2.0
#: Onsets, codas and letters confused less often, all kinds together, are not worth a row,
_LEAST: Final = 3.0
#: nor those whose price hardly differs from what it is anyway.
_HARDLY: Final = 0.3
#: Sounds that dialects merge, and the prior price of confusing them.  Southern speech, from Huế
#: on, merges final -t with -c and -n with -ng, and hỏi with ngã, as Thanh Hoá does; northern
#: speech merges ch with tr, s with x, d with gi and r, parts of the Red River delta l with n.
#: Hoàng Thị Châu, *Phương ngữ học tiếng Việt* (2004); J. Kirby, *Vietnamese (Hanoi Vietnamese)*
#: (2011); A. H. Phạm, *Vietnamese Tone: A New Analysis* (2003).
_SOUNDS: Final = (
    ("onset", 6.5, ("ch", "tr"), ("s", "x"), ("d", "gi"), ("d", "r"), ("gi", "r")),
    ("onset", 7.5, ("l", "n")),
    ("coda", 7.5, ("t", "c"), ("n", "ng")),
    ("tone", 6.0, ("hỏi", "ngã")),
)
_TONE_OF: Final = {mark: tone for tone, mark in TONE_MARKS.items()}
_OTHER_TONES: Final = len(TONE_MARKS) - 1
_MARKED: Final = ("aăâ", "eê", "oôơ", "uư", "dđ")

#: Pairs of what was meant and what was written, with how often.
WordPairs = Mapping[tuple[str, str], int]


class Change(NamedTuple):
    """A part of the syllable (tone, mark, onset, coda, letter), written for another."""

    part: str
    written: str
    meant: str


@dataclass
class Counts:
    """What was seen in texts of one kind."""

    words: int = 0
    meant: Counter[tuple[str, str]] = field(default_factory=Counter)  #: part, and which
    changed: Counter[Change] = field(default_factory=Counter)

    @classmethod
    def of(cls, pairs: WordPairs) -> Counts:
        """``pairs``: of syllables that were meant and what was written, right ones among them.

        >>> Counts.of({("nghĩ", "nghỉ"): 2}).changed
        Counter({Change(part='tone', written='hỏi', meant='ngã'): 2})
        """
        counts = cls()
        for (right, found), times in pairs.items():
            meant, written = fold(right), fold(found)
            counts.words += times
            for part in _parts(meant):
                counts.meant[part] += times
            if written != meant:
                for change in _changes(written, meant):
                    counts.changed[change] += times
        return counts

    def price(self, change: Change, prior: float, tone: float) -> float:
        """In nats, if ``tone`` is what any change of tone costs on average."""
        tones = sum(times for seen, times in self.changed.items() if seen.part == "tone")
        usual = tones / self.words / _OTHER_TONES
        chances = self.meant[change.part, change.meant]
        expected = _PRIOR * exp(tone - prior)
        rate = (self.changed[change] + expected) / (chances + _PRIOR / usual)
        return tone - log(rate / usual)


def confusions(kinds: list[Counts], prices: Prices) -> list[tuple[Change, float]]:
    """Every change that is not as dear as ``prices`` say, with its price; in order."""
    seen: Counter[Change] = Counter()
    for kind in kinds:
        seen.update(kind.changed)
    found = []
    for change in sorted({*_all_tones(), *_all_marks(), *_OF_SOUNDS, *seen}):
        prior = _prior(change, prices)
        whole = exp(-prior) + sum(exp(-kind.price(change, prior, prices.tone)) for kind in kinds)
        price = -log(whole / (len(kinds) + 1))
        always = change.part in ("tone", "mark") or change in _OF_SOUNDS
        if always or (seen[change] >= _LEAST and abs(price - prior) >= _HARDLY):
            found.append((change, price))
    return found


_OF_SOUNDS: Final = {
    Change(part, *pair): price
    for part, price, *pairs in _SOUNDS
    for one, other in pairs
    for pair in ((one, other), (other, one))
}


def _prior(change: Change, prices: Prices) -> float:
    if change in _OF_SOUNDS:
        return _OF_SOUNDS[change]
    match change.part:
        case "tone":
            return prices.tone
        case "mark":
            return prices.mark
        case "letter":
            return letter_price(change.written, change.meant, prices)
        case _:
            return prices.letter


def _all_tones() -> Iterator[Change]:
    for written in TONE_MARKS:
        yield from (Change("tone", written, meant) for meant in TONE_MARKS if meant != written)


def _all_marks() -> Iterator[Change]:
    for group in _MARKED:
        for written in group:
            yield from (Change("mark", written, meant) for meant in group if meant != written)


def _parts(meant: str) -> Iterator[tuple[str, str]]:
    """The parts of a syllable that may be written wrongly."""
    syllable = Syllable.parse(meant)
    if syllable is None:
        return
    yield from (("onset", syllable.onset), ("coda", syllable.coda), ("tone", syllable.tone))
    for letter in split_tone(meant)[0]:
        yield "mark", letter
        yield "letter", letter


def _changes(written: str, meant: str) -> Iterator[Change]:
    """What was changed; nothing if that cannot be told, or is more than one letter."""
    (letters, tone), (right, right_tone) = split_tone(written), split_tone(meant)
    if skeleton(written) == skeleton(meant):
        if tone != right_tone and tone in _TONE_OF:
            yield Change("tone", _TONE_OF[tone], _TONE_OF[right_tone])
        if len(letters) == len(right):
            for one, other in zip(letters, right, strict=True):
                if one != other and any(one in group and other in group for group in _MARKED):
                    yield Change("mark", one, other)
        return
    if same_but_for_style(written, meant) or tone != right_tone:
        return
    sound = _sound(written, meant)
    if sound:
        yield sound
    elif len(letters) == len(right):
        different = [pair for pair in zip(letters, right, strict=True) if pair[0] != pair[1]]
        if len(different) == 1:
            yield Change("letter", *different[0])


def _sound(written: str, meant: str) -> Change | None:
    """The onset or coda in which two syllables differ, if they differ in nothing else."""
    found, right = Syllable.parse(written), Syllable.parse(meant)
    if found is None or right is None:
        return None
    if (found.medial, found.nucleus) != (right.medial, right.nucleus):
        return None
    parts = (("onset", found.onset, right.onset), ("coda", found.coda, right.coda))
    differing = [Change(*part) for part in parts if part[1] != part[2]]
    return differing[0] if len(differing) == 1 and all(differing[0]) else None
