"""Words with a no-break space, or another blank that is no word border, inside: ``kiể m``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

import regex

from vnclean.orthography import fold, in_one_case, is_syllable
from vnclean.stages.lookalikes import abbreviations
from vnclean.wordlists import Words, read_table, syllable_counts

BLANKS: Final = "\u00a0\u2009\u202f\u2028"
_TWO_HALVES: Final = regex.compile(
    rf"(?<!\w)([\p{{L}}\p{{Mn}}]+)[{BLANKS}]([\p{{L}}\p{{Mn}}]+)(?!\w)"
)
#: Two words are one word with a blank in it only if that word is so many times as frequent
#: as both side by side by chance: a no-break space is far more often between words than in one.
_AS_FREQUENT: Final = 1000
#: Short names, and units (N·m), are too easily found by chance.
_SHORTEST_NAME: Final = 3


@cache
def _frequencies() -> dict[str, int]:
    """How often each syllable and each other word was met."""
    foreign_counts = {word: int(count) for word, count, *_ in read_table("foreign.tsv")}
    return {**foreign_counts, **syllable_counts()}


@cache
def _total() -> int:
    return sum(_frequencies().values())


def _frequency(word: str) -> int:
    return _frequencies().get(fold(word), 0)


def without_blank(line: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each pair of halves, and the word they make.

    >>> halves = "ng_ười ngư_ời do_anh Ir_aq Bắc_Kinh".replace("_", "\N{NO-BREAK SPACE}")
    >>> list(without_blank(halves))
    [(0, 6, 'người'), (7, 13, 'người'), (21, 26, 'Iraq')]
    """
    for pair in _TWO_HALVES.finditer(line, overlapped=True):
        if _belong_together(pair[1], pair[2]):
            yield pair.start(), pair.end(), pair[1] + pair[2]


def _belong_together(left: str, right: str) -> bool:
    word = left + right
    if not is_syllable(word) and not _may_be_name(left, right):
        return False
    if not (_is_word(left) and _is_word(right)):
        return True
    by_chance = _frequency(left) * _frequency(right) / _total()
    return _frequency(word) > _AS_FREQUENT * by_chance


def _may_be_name(left: str, right: str) -> bool:
    """Whether both are a known word of another language, or an abbreviation, written as one."""
    word = left + right
    if word in abbreviations():
        return len(word) > 2
    return (
        in_one_case(word)
        and len(word) >= _SHORTEST_NAME
        and word.lower() in Words.read("foreign.tsv")
    )


def _is_word(part: str) -> bool:
    return is_syllable(part) or part in abbreviations() or part.lower() in Words.read("foreign.tsv")
