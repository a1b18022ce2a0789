"""Whether an adapted model helps: both models on a part of the text that neither was shown.

The part is damaged on purpose, in two ways that are common in the wild, and cleaned with each.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from vnclean.cleaner import Cleaner
from vnclean.edits import Edit
from vnclean.spelling.ngrams import UNKNOWN, NgramModel
from vnclean.user_words import key

Ints = NDArray[Any]

_WORD: Final = re.compile(r"[^\W\d_]+")
_UPPER_HALF: Final = re.compile("[\u1ea0-\u1ef9]")
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_TONE: Final = re.compile(f"[{_TONES}]")
#: A tone with the mark that may follow it.
_TONED: Final = re.compile(f"[{_TONES}]([\\u0302\\u0306]?)")
#: One word in so many gets a wrong tone.
_WRONG_TONES: Final = 10
#: So many words in a row lose their letters.
_RUN: Final = (4, 12)
#: Words that are damaged and cleaned at most, which bounds the time.
_MOST_WORDS: Final = 60_000


class Place(NamedTuple):
    """A damaged word: where it stands, and what was meant."""

    start: int
    end: int
    meant: str


@dataclass(frozen=True)
class Outcome:
    """What a model makes of the part."""

    perplexity: float
    damaged: int  #: words that were damaged
    repaired: int  #: how many of them are as they were
    harmed: int  #: sound words that were changed

    @property
    def right(self) -> int:
        """Words that are right for it, less those that are wrong."""
        return self.repaired - self.harmed


def outcome(cleaner: Cleaner, model: NgramModel, lines: Sequence[str], trigrams: Ints) -> Outcome:
    """``cleaner``: one with ``model``; ``trigrams``: see :func:`known_trigrams`."""
    u, v, w = trigrams
    perplexity = float(np.exp(-model.trigram(u, v, w).mean())) if len(w) else float("nan")
    texts, places = [], []
    for text, some in map(damaged, lines):
        texts.append(text)
        places.append(some)
    counts = [0, 0, 0]
    for some, edits in zip(places, cleaner.edits(texts), strict=True):
        counts[0] += len(some)
        counts[1] += sum(_is_repaired(place, edits) for place in some)
        counts[2] += sum(edit.applied and not _touches(edit, some) for edit in edits)
    return Outcome(perplexity, *counts)


def some_of(lines: Sequence[str]) -> list[str]:
    """As many of the lines, from all over, as can be cleaned in a short time."""
    counts = [len(line.split()) for line in lines]
    step = max(1, sum(counts) // _MOST_WORDS)
    total = accumulate(counts[::step])
    return [line for line, words in zip(lines[::step], total, strict=True) if words <= _MOST_WORDS]


def known_trigrams(stream: Ints, first_new: int) -> Ints:
    """The trigrams u, v, w of a stream of word numbers whose last word both models know.

    Shape (3, n); words from ``first_new`` on, which one of them lacks, are the unknown word.
    """
    words = np.where(stream < first_new, stream, UNKNOWN)
    three = np.stack((words[:-2], words[1:-1], words[2:]))
    trigrams: Ints = three[:, (stream[2:] < first_new) & (three[2] != UNKNOWN)]
    return trigrams


def damaged(line: str) -> tuple[str, list[Place]]:
    """A line that was damaged, always in the same way, and where.

    >>> text, places = damaged("Ủy ban nhân dân tỉnh kiểm tra việc thực hiện quyết định này.")
    >>> all(text[place.start : place.end] != place.meant for place in places), len(places) > 0
    (True, True)
    """
    chance = random.Random(crc32(line.encode("utf-8", "surrogatepass")))
    words = list(_WORD.finditer(line))
    if chance.random() < 0.5:
        count = min(len(words), chance.randint(*_RUN))
        first = chance.randint(0, len(words) - count)
        change = {word.start(): _without_letters(word[0]) for word in words[first : first + count]}
    else:
        hit = [word for word in words if not chance.randrange(_WRONG_TONES)]
        change = {word.start(): _other_tone(word[0], chance) for word in hit}
    text, places, done = "", [], 0
    for word in words:
        new = change.get(word.start(), word[0])
        text += line[done : word.start()] + new
        done = word.end()
        if new != word[0]:
            places.append(Place(len(text) - len(new), len(text), word[0]))
    return text + line[done:], places


def _without_letters(word: str) -> str:
    return _UPPER_HALF.sub("", word) or word


def _other_tone(word: str, chance: random.Random) -> str:
    """A word with another tone in the place of its own; itself if it shows none, or several."""
    letters = unicodedata.normalize("NFD", word)
    tone, *more = _TONE.findall(letters) or [""]
    if not tone or more:
        return word
    # Canonical order puts a tone below the letter before its mark; any other comes after that.
    start, rest, end = _TONED.split(letters, maxsplit=1)
    other = chance.choice(_TONES.replace(tone, ""))
    return unicodedata.normalize("NFC", f"{start}{rest}{other}{end}")


def _is_repaired(place: Place, edits: Sequence[Edit]) -> bool:
    made = [edit for edit in edits if edit.applied and _touches(edit, [place])]
    return (
        len(made) == 1 and made[0].start == place.start and key(made[0].after) == key(place.meant)
    )


def _touches(edit: Edit, places: Sequence[Place]) -> bool:
    return any(edit.start < place.end and edit.end > place.start for place in places)
