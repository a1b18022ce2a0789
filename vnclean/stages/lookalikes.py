"""Letters of other scripts, and other Latin letters, that stand for those of Vietnamese words.

What they look like is `dictionaries/lookalikes.tsv`.  They are damage in a word that holds letters
of two scripts, or that is a Vietnamese syllable or known word once they are read as they look;
a word of another language, script or notation stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

import regex

from vnclean.orthography import is_syllable
from vnclean.wordlists import Words, read_table

#: Letters of Vietnamese that are in no language which also writes Ð, ð, Ɖ or ɖ (Icelandic, Old
#: English; Ewe, which has ẽ).
_VIETNAMESE: Final = regex.compile("[ĂăƠơƯư\u1ea0-\u1ef9--Ẽẽ]", regex.V1)
_LIKE_D: Final = frozenset("ÐðƉɖ")
#: What phonetic notation writes among Latin letters, and what encloses it.
_PHONETIC: Final = frozenset("ðɖɑɡ")
_NOTATION: Final = regex.compile(r"[/\[⟨][^\s/\[\]]+[/\]⟩]|\S*[ˈˌːɐ-ɐɒ-ɕɗ-ɠɢ-ʯθŋ]\S*")
_LIGATURE: Final = regex.compile("[ﬀ-ﬆ]")
_VOWEL: Final = regex.compile("[AEIOUYÀ-ÖØ-ÝƠƯ\u1ea0-\u1ef9]")
#: Small Greek letters are signs of physics and stand beside Latin ones: ρV, νm.
_NO_SIGN: Final = regex.compile(r"[\p{Cyrillic}ο]|(?=\p{Lu})\p{Greek}")
_OTHER_SCRIPT: Final = regex.compile(r"\p{Cyrillic}+|\p{Greek}+")
#: So many letters of another script in a row are a word in it, even if all look Latin.
_A_WORD: Final = 3
_ALONE: Final = regex.compile(r"(?<![\p{L}\p{M}])[\p{Cyrillic}\p{Greek}ÐðƉɖɑ](?![\p{L}\p{M}])")
_CHUNK: Final = regex.compile(r"\S+")
#: ``đ)`` begins a paragraph of a law; ``Đ.`` is how newspapers shorten a name.
_ITEM: Final = regex.compile(r"\W*\w\)")
_INITIAL: Final = regex.compile(r"[^\w.]*\p{Lu}\.[^\w.]*")


@cache
def table() -> dict[int, str]:
    """The letters, for `str.translate`."""
    return {ord(letter): meant for letter, meant in read_table("lookalikes.tsv")}


@cache
def abbreviations() -> frozenset[str]:
    """Abbreviations, in their letter case."""
    return frozenset(row[0] for row in read_table("abbreviations.tsv"))


@cache
def _latin_letter(char: str) -> bool:
    return regex.match(r"\p{Latin}|\p{Mn}", char) is not None


def latin(word: str) -> bool:
    """Whether all letters are Latin."""
    return all(map(_latin_letter, word))


def meant_by(word: str) -> str | None:
    """The word that ``word`` looks like, None if it may stand as it is.

    >>> [meant_by(word) for word in ("trƣờng", "Gооgle", "Ðắk", "Sigurðsson", "ρV", "Москва")]
    ['trường', 'Google', 'Đắk', None, None, None]
    """
    meant = word.translate(table())
    if meant == word or len(word) == 1 or not any(map(_latin_letter, word)):
        return None
    if is_syllable(meant) or _LIGATURE.search(word):
        return meant if latin(meant) else None
    if not latin(meant):
        return None
    if latin(word):
        return meant if _is_known(word, meant) else None
    others = [char for char in word if not _latin_letter(char)]
    signs = not all(map(_NO_SIGN.match, others))
    return None if signs and (len(word) == 2 or not meant.isascii()) else meant


def _is_known(word: str, meant: str) -> bool:
    """Whether a Latin word is Vietnamese, or known, once it is read as it looks.

    ``Ɑ`` and ``ɡ`` beside a capital are no phonetic notation, which has none.
    """
    if meant in abbreviations() or meant.lower() in Words.read("foreign.tsv"):
        return True
    if _LIKE_D.isdisjoint(word):
        return len(word) > 2 and not word.islower()
    return bool(_VIETNAMESE.search(meant)) or (word.isupper() and not _VOWEL.search(word))


def notation(line: str) -> list[tuple[int, int]]:
    """Where a line has phonetic notation, in which the Latin look-alikes are what they are."""
    if _PHONETIC.isdisjoint(line):
        return []
    return [found.span() for found in _NOTATION.finditer(line)]


def alone(line: str, damaged: bool) -> Iterator[tuple[int, str]]:
    """Where letters stand that are no part of a word, and what they look like.

    ``damaged``: whether the line has words with letters of another script.  Without such a
    word a letter must belong to a number or a Latin abbreviation, or begin a list; with a word in
    its own script it stays.

    >>> [list(alone(line, False)) for line in ("lúc 6һ30", "ð) Nhà ở", "chữ а", "а, б: 3а")]
    [[(5, 'h')], [(0, 'đ')], [], []]
    """
    for found in _ALONE.finditer(line):
        meant = found[0].translate(table())
        if meant != found[0] and _looks_misplaced(line, found.start(), damaged):
            yield found.start(), meant


def _looks_misplaced(line: str, at: int, damaged: bool) -> bool:
    chunk = next(chunk for chunk in _CHUNK.finditer(line) if chunk.end() > at)
    item = not line[: chunk.start()].strip() and _ITEM.match(chunk[0])
    initial = _INITIAL.fullmatch(chunk[0])
    if _latin_letter(line[at]):
        return bool(item or initial)
    if not _NO_SIGN.match(line[at]) or _speaks(line, line[at]):
        return False
    beside = regex.search(r"[\p{Latin}\d°]", chunk[0])
    return bool(damaged or item or initial or beside)


def _speaks(line: str, char: str) -> bool:
    """Whether the line has a word or a letter that can only be of the script of ``char``."""
    cyrillic = regex.match(r"\p{Cyrillic}", char) is not None
    for word in _OTHER_SCRIPT.finditer(line):
        same = (regex.match(r"\p{Cyrillic}", word[0]) is not None) == cyrillic
        if same and (len(word[0]) >= _A_WORD or any(ord(char) not in table() for char in word[0])):
            return True
    return False
