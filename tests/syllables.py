"""Every well-formed syllable, made from the inventories of ``vnclean.orthography``."""

from __future__ import annotations

import unicodedata
from functools import cache

from vnclean import orthography
from vnclean.orthography import ONSETS, TONE_MARKS, VOWELS, Syllable, ToneStyle

STYLES: tuple[ToneStyle, ...] = ("old", "new")


@cache
def all_syllables() -> tuple[Syllable, ...]:
    """Onset × rhyme × tone, as far as they may stand together."""
    found = []
    for onset in sorted(ONSETS):
        rhymes = orthography._AFTER_QU if onset == "qu" else orthography._RHYMES
        for rhyme in sorted(rhymes):
            if onset == "gi" and _written_like_another(rhyme):
                continue
            parts = orthography._NUCLEUS.match(rhyme)
            assert parts, rhyme
            found += [
                Syllable(onset, parts["medial"], parts["nucleus"], parts["coda"], tone)
                for tone in TONE_MARKS
                if orthography._fits(onset, rhyme, tone)
            ]
    return tuple(found)


def _written_like_another(rhyme: str) -> bool:
    """After gi: ``gia`` is gi + a, not gi + ia; ``giêng`` is gi + iêng, not gi + êng."""
    return rhyme in ("ia", "iu") or (rhyme[0] == "ê" and "i" + rhyme in orthography._RHYMES)


@cache
def all_spellings() -> tuple[str, ...]:
    """Every syllable in both styles, sorted."""
    return tuple(sorted({s.spell(style) for s in all_syllables() for style in STYLES}))


def toneless(word: str) -> str:
    """The word without its tone; other marks stay."""
    kept = [c for c in unicodedata.normalize("NFD", word) if c not in TONE_MARKS.values()]
    return unicodedata.normalize("NFC", "".join(kept))


def tone_mark(word: str) -> str:
    """The tone mark of the word, or nothing."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if c in TONE_MARKS.values())


def tone_on(word: str, index: int) -> str:
    """The word with its tone moved to the letter at ``index``."""
    letters = toneless(word)
    moved = letters[: index + 1] + tone_mark(word) + letters[index + 1 :]
    return unicodedata.normalize("NFC", moved)


def with_tone_anywhere(word: str) -> list[str]:
    """The word with its tone on each of its vowels in turn."""
    return [tone_on(word, i) for i, letter in enumerate(toneless(word)) if letter in VOWELS]


def place_of_tone(letters: str, style: ToneStyle) -> int:
    """Where the school rule puts the tone: a second opinion, from letters alone.

    On the last letter that has a hat, a horn or a breve; else, before a final consonant, on the
    last vowel; else on the last but one, of two (new style: on the last of oa, oe, uy) or three.
    """
    start = 2 if letters.startswith("qu") else 0
    if letters.startswith("gi") and len(letters) > 2 and letters[2] in VOWELS:
        start = 2
    vowels = [i for i, letter in enumerate(letters) if letter in VOWELS and i >= start]
    marked = [i for i in vowels if letters[i] in "ăâêôơư"]
    if marked:
        return marked[-1]
    closed = vowels[-1] < len(letters) - 1
    if closed or len(vowels) == 1:
        return vowels[-1]
    if len(vowels) == 2 and style == "new" and letters[vowels[0] :] in ("oa", "oe", "uy"):
        return vowels[-1]
    return vowels[-2]
