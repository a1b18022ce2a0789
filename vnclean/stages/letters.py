"""Letters that are not what they seem: composition, invisible characters, look-alikes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

import regex

from vnclean.edits import Edit
from vnclean.orthography import is_syllable
from vnclean.stages.gate import gated
from vnclean.wordlists import read_table

_INVISIBLE: Final = "\u00ad\u200b-\u200f\u2060\ufeff"
_BLANK: Final = "\u00a0\u2009\u202f"
#: The five tones, the two deprecated ones, and spacing letters drawn like them.
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_CLONES: Final = str.maketrans(
    {
        "\u0340": "\u0300",
        "\u0341": "\u0301",
        "\u02cb": "\u0300",
        "\u02ca": "\u0301",
        "`": "\u0300",
        "´": "\u0301",
        "\u02dc": "\u0303",
        "ˀ": "\u0309",
    }
)
_SHAPES: Final = "\u0302\u0306\u031b"
_MARK: Final = r"[\p{Mn}\u02ca\u02cb`´\u02dcˀ]"
_WORD: Final = regex.compile(rf"\p{{L}}(?:[\p{{L}}\p{{Mn}}{_INVISIBLE}]*[\p{{L}}\p{{Mn}}])?+")
_DETACHED: Final = regex.compile(rf"(\p{{L}}+)(?: +({_MARK})|([`´˜ˀˊˋ])) ?(\p{{Ll}}*)")
#: A backtick or acute accent after no letter opens a quotation: none in its line is a tone.
_QUOTE: Final = regex.compile(r"(?<![\p{L}\p{Mn} ])[`´]|(?<!\p{L}) [`´](?=\w)")
_TWO_HALVES: Final = regex.compile(rf"(?<!\w)(\p{{L}}+)[{_BLANK}](\p{{L}}+)(?!\w)")
_DELETED: Final = regex.compile(f"[{_INVISIBLE}]")


@cache
def _lookalikes() -> dict[int, str]:
    return {ord(letter): meant for letter, meant in read_table("lookalikes.tsv")}


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row[0] for row in read_table("abbreviations.tsv"))


@cache
def _gate() -> re.Pattern[str]:
    """Finds any character this stage has to do with."""
    others = "".join(map(chr, _lookalikes()))
    return re.compile(rf"[{others}{_INVISIBLE}{_BLANK}`´\u02ca\u02cb\u02dcˀ\u0300-\u036f]")


class Letters:
    """The ``unicode`` stage: gives back the letters of Vietnamese words."""

    def edits(self, lines: Sequence[str]) -> list[list[Edit]]:
        """The words of each line whose letters are damaged.

        >>> [(e.after, e.kind) for e in Letters().edits(["thị trƣờng, Sigurðsson"])[0]]
        [('trường', 'lookalike')]
        """
        return gated(_gate(), lines, _line_edits)


def _line_edits(line: str) -> list[Edit]:
    """Marks and halves that stand apart first, then words that they left alone."""
    if line.isascii():
        return []
    found: list[Edit] = []
    for match in () if _QUOTE.search(line) else _DETACHED.finditer(line):
        joined = _attached(match[1], match[2] or match[3], match[4])
        if joined:
            after, used = joined
            end = match.end() if used else match.end(2 if match[2] else 3)
            found.append(_edit(line, match.start(), end, after, "detached"))
    for match in _TWO_HALVES.finditer(line):
        joined_halves = composed(match[1] + match[2])
        if not _stand_apart(match[1], match[2]) and is_syllable(joined_halves):
            found.append(_edit(line, *match.span(), joined_halves, "invisible"))
    for match in _WORD.finditer(line):
        repair = None if match[0].isascii() else _repaired(match[0])
        if repair:
            found.append(_edit(line, *match.span(), *repair))
    return _without_overlaps(found)


def _stand_apart(left: str, right: str) -> bool:
    """Whether both halves are words: a vowel alone, or ``yển`` after u, is the rest of one."""
    rest = (
        right in "aiouy"
        or (left[-1] in "iuyIUY" and right[0] in "êếềểễệ")
        or (left[-1] in "uU" and right[0] in "yỳýỷỹỵ" and len(right) > 1)
    )
    return not rest and is_syllable(left) and is_syllable(right)


def _edit(line: str, start: int, end: int, after: str, kind: str) -> Edit:
    return Edit(start, end, line[start:end], after, kind, 1.0)


def _without_overlaps(edits: list[Edit]) -> list[Edit]:
    """From left to right; of two that overlap, the one that begins first or is longer."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _attached(letters: str, mark: str, rest: str) -> tuple[str, bool] | None:
    """The syllable with its mark, and whether ``rest`` belongs to it too."""
    start = composed(letters + mark)
    if not _tones_on_vowels(start):
        return None
    if rest and not is_syllable(rest) and is_syllable(start + rest):
        return start + rest, True
    return (start, False) if start.isalpha() and is_syllable(start) else None


def _tones_on_vowels(word: str) -> bool:
    parts = unicodedata.normalize("NFD", word.lower())
    bases = (base for base, mark in pairwise(parts) if mark in _TONES)
    return all(base in "aeiouy" or base in _SHAPES for base in bases)


@lru_cache(maxsize=1 << 14)
def _repaired(word: str) -> tuple[str, str] | None:
    """What the word should be and the kind of repair, or None if it may stay."""
    visible = _DELETED.sub("", word)
    after = composed(visible)
    kind = "unicode" if visible == word else "invisible"
    meant = after.translate(_lookalikes())
    mixed = len(after) > 1 and any(map(_latin, after))
    if meant != after and mixed and (is_syllable(composed(meant)) or _may_be_latin(after, meant)):
        return composed(meant), "lookalike"
    if after == word or not _latin(after):
        return None
    return after, kind


def _may_be_latin(word: str, meant: str) -> bool:
    """Whether a word of two scripts (``Gооgle``) or an abbreviation (``QÐ``) is Latin now."""
    if not _latin(meant):
        return False
    if _latin(word):
        return meant in _abbreviations()
    return meant.isascii() and len(word) > 2 and any(_latin(char) for char in word)


def _latin(word: str) -> bool:
    return all(unicodedata.name(char, "").startswith("LATIN") for char in word)


def composed(word: str) -> str:
    r"""``word`` in NFC, whatever the order of hat, horn or breve and tone.

    >>> composed("e\N{COMBINING ACUTE ACCENT}\N{COMBINING CIRCUMFLEX ACCENT}")
    'ế'
    """
    parts: list[str] = []
    marks: list[str] = []
    for char in unicodedata.normalize("NFD", word.translate(_CLONES)) + "\0":
        if unicodedata.combining(char):
            marks.append(char)
        else:
            parts += sorted(marks, key=lambda mark: mark not in _SHAPES)
            marks = []
            parts.append(char)
    return unicodedata.normalize("NFC", "".join(parts[:-1]))
