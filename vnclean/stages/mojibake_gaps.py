"""Misread letters that lost their last byte: ``thá»i`` was thời, thọi or thỏi.

The bytes 0x81, 0x8D, 0x8F, 0x90 and 0x9D have no character in windows-1252, and 0xA0 is a
no-break space there: programs drop them or show ``?``, U+FFFD or a blank.  Of the readings that
are Vietnamese words, the commonest is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import prod
from typing import Final

from vnclean.orthography import fold, in_one_case, is_syllable
from vnclean.wordlists import syllable_counts

#: First bytes of two-byte letters and signs; windows-1258 shows 0xC3 as Ă.
LEADS: Final = "ÂÃĂÄÅÆÌ"
#: What is left of a character, and what it may have been: the Vietnamese letters and signs whose
#: last byte is one of the above.
_MEANT: Final = {"á»": "ềọỏỐờ", "áº": "Ạ", "â€": "”", "Ã": "àÁÍÝ", "Ă": "àÁÍÝ", "Ä": "Đ", "Æ": "Ơ"}
_GAP: Final = re.compile(f"({'|'.join(_MEANT)})([?\ufffd \xa0]?)")
_RUN: Final = re.compile(f"(?:{_GAP.pattern}|[^\\W\\d_])+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_MOST_READINGS: Final = 512
_RARELY: Final = 0.01


@dataclass(frozen=True)
class Run:
    """Letters around gaps: ``text`` at ``start:end``, ``gaps`` with places counted from there."""

    start: int
    end: int
    text: str
    gaps: list[re.Match[str]]


def runs_with_gaps(text: str, sound: Sequence[bool]) -> list[Run]:
    """The runs of letters in which a character may be incomplete.

    ``sound`` says which characters of ``text`` are known to be what was meant.

    >>> [run.text for run in runs_with_gaps("thá»i Cafe lÃ  má", [False] * 17)]
    ['thá»i', 'lÃ ']
    """
    hidden = "".join("x" if known else char for char, known in zip(text, sound, strict=True))
    # A known letter must still count as one, a known sign must not.
    hidden = "".join(
        "." if h == "x" and not char.isalpha() else h for h, char in zip(hidden, text, strict=True)
    )
    runs = []
    for run in _RUN.finditer(hidden):
        gaps = list(_GAP.finditer(run[0]))
        if gaps:
            runs.append(Run(run.start(), run.end(), text[run.start() : run.end()], gaps))
    return runs


def fill(run: Run, whole: bool) -> tuple[str, float] | None:
    """The likeliest reading of a run, and the probability that it is right.

    None if no reading is Vietnamese, or, unless the ``whole`` line is known to be misread, if the
    run may be sound as it is.

    >>> fill(runs_with_gaps("thá»i", [False] * 5)[0], whole=False)[0]
    'thời'
    """
    choices = [_fillings(run.text, gap) for gap in run.gaps]
    if prod(map(len, choices)) > _MOST_READINGS or (not whole and _may_be_sound(run)):
        return None
    likely: dict[str, float] = {}
    for filling in product(*choices):
        pieces: list[str] = []
        done, price = 0, 1.0
        for gap, (meant, share) in zip(run.gaps, filling, strict=True):
            pieces += run.text[done : gap.start()], meant
            done, price = gap.end(), price * share
        text = "".join([*pieces, run.text[done:]])
        likely[text] = price * _likelihood(text)
    best = max(likely, key=lambda text: likely[text])
    return (best, likely[best] / sum(likely.values())) if likely[best] else None


def _may_be_sound(run: Run) -> bool:
    """Whether a run is Vietnamese as it stands, as ``MÃ SỐ`` is."""
    return all(gap[1] in "ÃĂ" for gap in run.gaps) and _likelihood(run.text) > 0


def _fillings(text: str, gap: re.Match[str]) -> list[tuple[str, float]]:
    """What may have stood in a gap, and the probability of it before the words are looked at.

    A blank stands for the byte, above all for 0xA0, or for itself.
    """
    meant, blank = _MEANT[gap[1]], gap[2] in (" ", "\xa0")
    if not blank:
        return [(letter, 1.0) for letter in meant]
    if gap[1] == "â€":
        return [(meant + gap[2] if text[gap.end() : gap.end() + 1].isalnum() else meant, 1.0)]
    return [
        (letter + rest, (1.0 if letter in "àẠƠ" else _RARELY) * (_RARELY if rest else 1.0))
        for letter in meant
        for rest in ("", gap[2])
    ]


@cache
def _total() -> int:
    return sum(syllable_counts().values())


def _likelihood(text: str) -> float:
    """How likely the words of a reading are; 0 if one is no Vietnamese word in one letter case."""
    likely = 1.0
    for word in _LETTERS.findall(text):
        if not (in_one_case(word) and is_syllable(word)):
            return 0.0
        likely *= (syllable_counts().get(fold(word), 0) + 0.5) / _total()
    return likely
