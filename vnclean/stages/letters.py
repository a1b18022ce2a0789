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
from vnclean.stages.halves import BLANKS, without_blank
from vnclean.stages.lookalikes import alone, latin, meant_by, notation, table

_INVISIBLE: Final = "\u00ad\u200b-\u200f\u2060\ufeff"
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
_WORD: Final = regex.compile(
    rf"(?!\p{{Lm}})\p{{L}}(?:[\p{{L}}\p{{Mn}}{_INVISIBLE}]*[\p{{L}}\p{{Mn}}])?+"
)
_DETACHED: Final = regex.compile(rf"(\p{{L}}+)(?: +({_MARK})|([`´˜ˀˊˋ])) ?(\p{{Ll}}*)")
#: A backtick or acute accent after no letter opens a quotation: none in its line is a tone.
_QUOTE: Final = regex.compile(r"(?<![\p{L}\p{Mn} ])[`´]|(?<!\p{L}) [`´](?=\w)")
#: Breaks a line where the text has none; those that end lines of files are not among these.
_SEPARATOR: Final = regex.compile("(?<blank>[ \t]|^)?[\u2028\u2029]+(?<next>[ \t]|$)?")
_DELETED: Final = regex.compile(f"[{_INVISIBLE}]")
#: Scripts whose words have no use for invisible characters (Arabic and Indic ones do).
_SCRIPT: Final = r"\p{Cyrillic}\p{Greek}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Mn}ー"
_OTHER_SCRIPT: Final = regex.compile(rf"[{_SCRIPT}]+(?:[{_INVISIBLE}]+[{_SCRIPT}]+)*+")


@cache
def _gate() -> re.Pattern[str]:
    """Finds any character this stage has to do with."""
    others = "".join(map(chr, table()))
    return re.compile(
        rf"[{others}{_INVISIBLE}\u2028\u2029{BLANKS}`´\u02ca\u02cb\u02dcˀ\u0300-\u036f]"
    )


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
    for match in _SEPARATOR.finditer(line):
        beside = match["blank"], match["next"]
        after = " " if beside == (None, None) else "".join(part or "" for part in beside)
        found.append(_edit(line, *match.span(), after, "invisible"))
    for start, end, after in without_blank(line):
        found.append(_edit(line, start, end, composed(after), "invisible"))
    found += _word_edits(line)
    return _without_overlaps(found)


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
    alone = start.isalpha() and is_syllable(start)
    if rest and is_syllable(start + rest) and not (alone and is_syllable(rest)):
        return start + rest, True
    return (start, False) if alone else None


def _tones_on_vowels(word: str) -> bool:
    parts = unicodedata.normalize("NFD", word.lower())
    bases = (base for base, mark in pairwise(parts) if mark in _TONES)
    return all(base in "aeiouy" or base in _SHAPES for base in bases)


def _word_edits(line: str) -> list[Edit]:
    """The words with damage inside, then what their damage says of the rest of the line."""
    found: list[Edit] = []
    phonetic = notation(line)
    for match in _WORD.finditer(line):
        repair = None if match[0].isascii() else _repaired(match[0])
        if repair and not any(start <= match.start() < end for start, end in phonetic):
            found.append(_edit(line, *match.span(), *repair))
    kinds = {edit.kind for edit in found}
    two_scripts = any(edit.kind == "lookalike" and not latin(edit.before) for edit in found)
    for at, after in alone(line, two_scripts):
        found.append(_edit(line, at, at + 1, after, "lookalike"))
    if kinds & {"unicode", "invisible"}:
        found += _other_scripts(line, kinds)
    return found


def _other_scripts(line: str, kinds: set[str]) -> list[Edit]:
    """Words of other scripts, in a line whose Latin words have the same damage.

    By themselves they stay: what is damage in Vietnamese may be how another language is written.
    """
    found = []
    for match in _OTHER_SCRIPT.finditer(line):
        after, kind = match[0], "unicode"
        if "invisible" in kinds:
            after, kind = _DELETED.sub("", after), "invisible"
        if "unicode" in kinds and unicodedata.is_normalized("NFD", after):
            after = unicodedata.normalize("NFC", after)
        if after != match[0]:
            found.append(_edit(line, *match.span(), after, kind))
    return found


@lru_cache(maxsize=1 << 14)
def _repaired(word: str) -> tuple[str, str] | None:
    """What the word should be and the kind of repair, or None if it may stay."""
    visible = _DELETED.sub("", word)
    after = composed(visible)
    kind = "unicode" if visible == word else "invisible"
    meant = meant_by(after)
    if meant:
        return composed(meant), "lookalike"
    if after == word or not latin(after):
        return None
    return after, kind


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
