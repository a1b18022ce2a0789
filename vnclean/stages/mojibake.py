"""Mojibake: UTF-8 that was read as windows-1252, Latin-1 or windows-1258 (``kiá»ƒm`` for kiểm).

In the three code pages a character never stands for more than one byte, so one table takes the
reading back whichever it was.  Letters that lost a byte on the way are filled by
`vnclean.stages.mojibake_gaps`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter
from typing import Final

from vnclean.edits import Edit
from vnclean.orthography import is_syllable
from vnclean.stages.gate import gated
from vnclean.stages.mojibake_gaps import LEADS, Run, fill, runs_with_gaps


def _byte_of_character() -> dict[int, int]:
    """The byte that each character above ASCII is in the code pages (Python's codecs).

    Bytes that a page has no character for are shown as control characters, as Latin-1 does.
    """
    table = {byte: byte for byte in range(0x80, 0x100)}
    for page in ("cp1252", "cp1258"):
        for byte in range(0x80, 0x100):
            for character in bytes([byte]).decode(page, "ignore"):
                table[ord(character)] = byte
    return table


_BYTES: Final = _byte_of_character()
_TAILS: Final = "".join(re.escape(chr(code)) for code, byte in _BYTES.items() if byte < 0xC0)
#: Begins with one class of rare characters, so that sound text is passed over at once.
_GATE: Final = re.compile(
    f"[{LEADS}º»€\x80](?:(?<=[{LEADS}])[{_TAILS}]|(?<=á[º»])[{_TAILS}]|(?<=â[€\x80])[{_TAILS}])"
)
#: A character in UTF-8, its bytes written as U+0000–U+00FF.
_UNIT: Final = re.compile(
    "[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_WORD: Final = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
#: A sound word in capitals before a closing sign, ``XÃ”``, must not be read as ``XÔ``.
_SOUND_ENDING: Final = re.compile("[^\\W\\d_a-z]*[ÂÃĂ][“”‘’–—…»\xa0]")
#: Letters of Vietnamese that are in none of the languages of western Europe.
_VIETNAMESE_LETTER: Final = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
#: Text misread three times has not been met.
_MOST_READINGS: Final = 2
_SURE: Final = 0.99


@dataclass(frozen=True)
class _Reading:
    """A text read anew: where its characters (and its end) were in the line, and which are new."""

    text: str
    origin: list[int]
    changed: list[bool]


class Mojibake:
    """A `vnclean.stages.Stage`: takes back the reading of UTF-8 in another code page.

    A stretch of text whose misread words are mostly Vietnamese, and in which no letter above ASCII
    is sound, is read again as a whole; elsewhere Vietnamese words and typographic signs only.

    >>> [(edit.before, edit.after) for edit in Mojibake().edits(["Ä‘i chá»£ á»Ÿ Huáº¿"])[0]]
    [('Ä‘i', 'đi'), ('chá»£', 'chợ'), ('á»Ÿ', 'ở'), ('Huáº¿', 'Huế')]
    """

    def edits(self, lines: Sequence[str]) -> list[list[Edit]]:
        """For each line the words and signs to be read again."""
        return gated(_GATE, lines, _line_edits)


def _character(unit: str) -> str | None:
    """The character that these bytes are in UTF-8, if it is one that belongs into a text."""
    try:
        character = unit.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if unicodedata.category(character) in ("Cn", "Co") else character


def _read_again(old: _Reading) -> _Reading:
    """Every misread character of ``old`` as it was meant."""
    pieces: list[str] = []
    origin: list[int] = []
    changed: list[bool] = []
    done = 0
    for unit in _UNIT.finditer(old.text.translate(_BYTES)):
        character = _character(unit[0])
        if character:
            start = unit.start()
            pieces += old.text[done:start], character
            origin += old.origin[done : start + 1]
            changed += [*old.changed[done:start], True]
            done = unit.end()
    text = "".join([*pieces, old.text[done:]])
    return _Reading(text, origin + old.origin[done:], changed + old.changed[done:])


def _line_edits(line: str) -> list[Edit]:
    reading = _Reading(line, [*range(len(line) + 1)], [False] * len(line))
    for _ in range(_MOST_READINGS):
        if _GATE.search(reading.text):
            reading = _read_again(reading)
    words = [word for word in _WORD.finditer(reading.text) if any(_of(reading.changed, word))]
    votes = {word.start(): _vote(line, reading, word) for word in words}
    runs = runs_with_gaps(reading.text, reading.changed) if 1 in votes.values() else []
    whole = _wholly_misread(reading, votes, runs)
    found = []
    for run in runs:
        filled = fill(run, whole[run.start])
        if filled:
            found.append(_edit(line, reading, run.start, run.end, *filled))
    for word in words:
        if votes[word.start()] == 1 or whole[word.start()]:
            found.append(_edit(line, reading, word.start(), word.end(), word[0], _SURE))
    return _in_order(found + _sign_edits(line, reading, whole))


def _in_order(edits: Sequence[Edit]) -> list[Edit]:
    """The edits that change something, from left to right; of two that overlap, the first."""
    taken: set[int] = set()
    kept = []
    for edit in edits:
        place = range(edit.start, edit.end)
        if edit.before != edit.after and taken.isdisjoint(place):
            taken.update(place)
            kept.append(edit)
    return sorted(kept, key=attrgetter("start"))


def _of(flags: list[bool], found: re.Match[str]) -> list[bool]:
    return flags[found.start() : found.end()]


def _vote(line: str, reading: _Reading, word: re.Match[str]) -> int:
    """1 for a changed word that is Vietnamese, -1 for another, 0 for one that proves nothing.

    That is one that may have been sound before it was changed.
    """
    new = (char for char, new in zip(word[0], _of(reading.changed, word), strict=True) if new)
    if not is_syllable(word[0]) and not all(map(_VIETNAMESE_LETTER.match, new)):
        return -1
    before = line[reading.origin[word.start()] : reading.origin[word.end()]]
    return 0 if _SOUND_ENDING.fullmatch(before) else 1


def _wholly_misread(reading: _Reading, votes: Mapping[int, int], runs: Sequence[Run]) -> list[bool]:
    """For each character whether it lies in a stretch that is misread Vietnamese throughout.

    Sound letters above ASCII part the stretches; ``votes`` says of each changed word, by its
    start, whether it is Vietnamese.
    """
    known = list(reading.changed)
    for run in runs:
        known[run.start : run.end] = [True] * (run.end - run.start)
    breaks = (
        not sure and char > "\x7f" and char.isalpha()
        for char, sure in zip(reading.text, known, strict=True)
    )
    stretch = list(accumulate(breaks))
    sums: Counter[int] = Counter()
    for start, vote in votes.items():
        if vote:
            sums[stretch[start]] += vote
    return [number in sums and sums[number] >= 0 for number in stretch]


def _sign_edits(line: str, reading: _Reading, whole: Sequence[bool]) -> list[Edit]:
    """The edits of changed characters outside of words."""
    edits = []
    for at, character in enumerate(reading.text):
        if reading.changed[at] and not _WORD.match(character):
            typographic = unicodedata.category(character)[0] in "PSZ"
            after_letter = at > 0 and reading.text[at - 1].isalpha()
            edit = _edit(line, reading, at, at + 1, character, _SURE)
            sound = after_letter and _SOUND_ENDING.fullmatch(edit.before)
            if whole[at] or (typographic and not sound):
                edits.append(edit)
    return edits


def _edit(
    line: str, reading: _Reading, start: int, end: int, after: str, confidence: float
) -> Edit:
    """The edit that makes ``after`` of what ``reading.text[start:end]`` stands for."""
    first, last = reading.origin[start], reading.origin[end]
    return Edit(first, last, line[first:last], after, "mojibake", confidence)
