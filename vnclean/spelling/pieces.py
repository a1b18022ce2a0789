"""What a distinct word may be to its spacing: half of a split one, or several written as one.

All of it depends on letters alone, so it is worked out once per distinct word (a *type*, see
types.py) or pair of them; only what may be read otherwise at all reaches the language model.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnclean.orthography import VOWELS, fold, is_syllable, residue, skeleton, split_tone
from vnclean.spelling.arrays import Column
from vnclean.spelling.ngrams import UNKNOWN
from vnclean.spelling.types import Case, letter_case

Ints = NDArray[Any]

#: Letters of the longest syllable: ``nghiêng``.
LONGEST_SYLLABLE: Final = 7
#: Words written as one that are taken apart: more are beyond what three lost blanks explain.
_MOST_PARTS: Final = 3
_LONGEST_GLUED: Final = _MOST_PARTS * LONGEST_SYLLABLE
#: Pairs remembered.  Most are met once, and all of them take more memory than their words.
_MOST_PAIRS: Final = 1 << 14
#: Shapes that can be part of a split syllable, as bits.
CONSONANTS: Final = 1  #: no vowel: ``t``, ``ng``
VOWEL_FIRST: Final = 2  #: ``ường``
GLUED: Final = 4  #: may be several words
#: First letter beyond Latin-1.
_LATIN_END: Final = "\u0100"
_VOWELS: Final = frozenset(VOWELS)
_GRAVE: Final = re.compile("[àèìòù]")
#: French has é beside è or à.
_ACUTE: Final = re.compile("[áíóúý]")


class Letters(enum.IntEnum):
    """What a word is written with."""

    PLAIN = 0  #: letters of ASCII: names, loans and brands are
    WESTERN = 1  #: letters of Latin-1: names (``Éole``) and loans (``môtô``) may be
    VIETNAMESE = 2  #: letters such as ờ, ă or đ: hardly any but Vietnamese syllables are


class Cut(NamedTuple):
    """One way to take a word apart."""

    places: tuple[int, ...]  #: before which letters a blank belongs
    words: tuple[int, ...]  #: model numbers of the parts
    letters: int  #: how many of the parts are single letters


class PieceTable:
    """Shapes, cuts and junctions of types, worked out when first met."""

    def __init__(
        self,
        number_of: Mapping[str, int],
        foreign: Container[str] = frozenset(),
        compounds: Container[str] = frozenset(),
        before_loss: Callable[[str], Sequence[int]] = lambda rest: (),
    ) -> None:
        """``number_of``: of each folded word; ``foreign``: words that are whole as they stand.

        ``before_loss``: the numbers of the words that leave a rest when they lose letters.
        """
        self._number_of = number_of
        self._foreign = foreign
        self._compounds = compounds
        self._before_loss = before_loss
        self._shapes = Column(np.int8)
        self._sizes = Column(np.int64)
        self._letters = Column(np.int8)
        self._size = 0
        self._texts: Sequence[str] = ()
        self._cuts: dict[int, list[Cut]] = {}
        self._joined: dict[int, int] = {}

    def cover(self, texts: Sequence[str], words: Ints) -> None:
        """Learns the types not seen yet: their texts (empty for no words) and model numbers."""
        fresh = texts[self._size : len(words)]
        numbers = words[self._size : len(words)].tolist()
        self._texts = texts
        shapes = []
        for index, (text, number) in enumerate(zip(fresh, numbers, strict=True), self._size):
            shape = _shape(text)
            if number == UNKNOWN and (cuts := self._ways(text)):
                self._cuts[index] = cuts
                shape |= GLUED
            shapes.append(shape)
        self._shapes.extend(shapes)
        self._sizes.extend([len(text) or LONGEST_SYLLABLE for text in fresh])
        self._letters.extend([_letters(text) for text in fresh])
        self._size += len(shapes)

    @property
    def shapes(self) -> Ints:
        """Of each type, its shape's bits."""
        return self._shapes.values

    @property
    def sizes(self) -> Ints:
        """Letters of each type."""
        return self._sizes.values

    @property
    def letters(self) -> Ints:
        """Of each type, its :class:`Letters`."""
        return self._letters.values

    def cuts(self, kind: int) -> list[Cut]:
        """The ways to take a type apart."""
        return self._cuts.get(kind, [])

    def joined(self, left: int, right: int) -> int:
        """The model number of the syllable that two types make together, -1 if they make none."""
        key = left << 32 | right
        found = self._joined.get(key)
        if found is None:
            if len(self._joined) == _MOST_PAIRS:
                self._joined.clear()
            found = self._joined[key] = self._join(self._texts[left], self._texts[right])
        return found

    def before_loss(self, left: int, right: int) -> list[tuple[int, int]]:
        """The words that two types may have been, one of which lost letters: model numbers."""
        written = [fold(self._texts[kind]) for kind in (left, right)]
        numbers = [self._number_of.get(word, UNKNOWN) for word in written]
        before = [self._before_loss(word) for word in written]
        return [(word, numbers[1]) for word in before[0]] + [
            (numbers[0], word) for word in before[1]
        ]

    def spared(self, kind: int) -> bool:
        """Whether a type shows a letter of U+1EA0–1EF9."""
        text = self._texts[kind]
        return residue(text) != text

    def _join(self, left: str, right: str) -> int:
        text = left + right
        if not left or not right or letter_case(text) >= Case.MIXED or not is_syllable(text):
            return -1
        return self._number_of.get(fold(text), -1)

    def _ways(self, text: str) -> list[Cut]:
        """All cuts of a word into two or three that the model knows."""
        if not 2 < len(text) <= _LONGEST_GLUED or is_syllable(text):
            return []
        plain, mixed = text.isascii(), letter_case(text) >= Case.MIXED
        if (plain or not mixed) and text.lower() in self._foreign:
            return []
        if plain and not (text.islower() or _lower_then_upper(text)):
            return []
        return [
            Cut(places, words, _single(places, len(text)))
            for places, words in self._parts(text, 0, _MOST_PARTS)
            if places and not self._loan(text, places)
        ]

    def _loan(self, text: str, places: Sequence[int]) -> bool:
        """Whether it is a loan that some write with blanks and some without: ``môtô``.

        They have no tone, and their syllables end in vowels.
        """
        if _letters(text) is not Letters.WESTERN or split_tone(text)[1]:
            return False
        phrase = parted(text.lower(), places)
        open_ = all(skeleton(syllable)[-1] in _VOWELS for syllable in phrase.split(" "))
        return open_ and phrase in self._compounds

    def _parts(
        self, text: str, first: int, most: int
    ) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        """The ways to read ``text[first:]`` as at most that many words."""
        for end in range(first + 1, len(text) + 1):
            number = self._part(text, first, end)
            if number < 0:
                continue
            if end == len(text):
                yield (), (number,)
            elif most > 1:
                for places, words in self._parts(text, end, most - 1):
                    yield (end, *places), (number, *words)

    def _part(self, text: str, first: int, end: int) -> int:
        """The number of a word that may stand there, -1 if none may.

        It is a syllable; or any word of the model in capitals or written as a name, where the
        letter case shows its border, as in ``tạiTP``, ``vớiCovid`` or ``Philippinesngày``.
        """
        part = text[first:end]
        case = letter_case(part)
        if case >= Case.MIXED:
            return -1
        if len(part) > LONGEST_SYLLABLE or not is_syllable(part):
            # A single consonant is rather a part of a formula, its index written beside it, and
            # one letter repeated a sign (``chữAA`` beside a button for the size of letters).
            opens = text[first - 1 : first].islower() or (first == 0 and case is Case.CAPITAL)
            closes = case is Case.UPPER and text[end : end + 1].islower()
            if len(set(part)) == 1 or not part[0].isupper() or not (opens or closes):
                return -1
        return self._number_of.get(fold(part), -1)


def parted(text: str, places: Sequence[int]) -> str:
    """``text`` with a blank before each of these letters.

    >>> parted("cấpbáchphòng", (3, 7))
    'cấp bách phòng'
    """
    borders = (0, *places, len(text))
    return " ".join(text[start:end] for start, end in pairwise(borders))


def _single(places: Sequence[int], size: int) -> int:
    """How many parts of a word of that many letters have one."""
    return sum(end - start == 1 for start, end in pairwise((0, *places, size)))


def _lower_then_upper(text: str) -> bool:
    """``theoUBND``, ``choTP``: one word in small letters and one in capitals."""
    small = text.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return small.islower() and 1 < len(small) < len(text) - 1


def _letters(text: str) -> Letters:
    if text.isascii():
        return Letters.PLAIN
    if max(text) >= _LATIN_END or _two_tones(text.lower()):
        return Letters.VIETNAMESE
    return Letters.WESTERN


def _two_tones(text: str) -> bool:
    """Whether graves and acutes stand as in no word of a Western language.

    >>> [_two_tones(word) for word in ("thìcó", "vàlà", "élève", "général", "déjà")]
    [True, True, False, False, False]
    """
    graves = len(_GRAVE.findall(text))
    return graves > 1 or (graves == 1 and _ACUTE.search(text) is not None)


def _shape(text: str) -> int:
    if not text or len(text) >= LONGEST_SYLLABLE:
        return 0
    bare = skeleton(text.lower())
    if not _VOWELS & set(bare):
        return CONSONANTS
    return VOWEL_FIRST if bare[0] in _VOWELS else 0
