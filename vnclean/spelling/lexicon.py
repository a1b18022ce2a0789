"""The words that may be meant, found by what damage leaves of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from rapidfuzz.distance import OSA

from vnclean.orthography import old_style, residue, skeleton
from vnclean.spelling.prices import Mode
from vnclean.spelling.runs import before_over_conversion, from_keys, over_converted

_NONE: Final[Sequence[Any]] = ()
_SHORTEST_FOREIGN: Final = 5


class Lexicon:
    """Indexes over the Vietnamese words of a vocabulary (word -> number): its syllables, and
    what else is written in Vietnamese letters (``đắk``, ``hđnd``).  Each is built when it is
    first asked for.

    >>> lexicon = Lexicon({"kim": 0, "kiểm": 1, "kiếm": 2, "covid": 3}, {"kim", "kiểm", "kiếm"})
    >>> lexicon.with_residue("kim"), lexicon.with_skeleton("kiem"), lexicon.near("kiep")
    ([0, 1, 2], [1, 2], {1, 2})
    """

    def __init__(self, number_of: Mapping[str, int], syllables: Container[str]) -> None:
        """``syllables``: which of the words are well-formed (asked of all, so kept, not parsed)."""
        self.number_of = number_of
        self.words = {
            n: word for word, n in number_of.items() if word in syllables or not word.isascii()
        }

    @cached_property
    def skeletons(self) -> dict[int, str]:
        """Skeleton of each syllable's number."""
        return dict(zip(self.words, self._all(skeleton), strict=True))

    @cached_property
    def _by_skeleton(self) -> dict[str, list[int]]:
        return _grouped(self.skeletons.values(), self.skeletons)

    @cached_property
    def _by_residue(self) -> dict[str, list[int]]:
        """A syllable is found by what is left of it in either tone style (``hoạ``: ``ho``;
        ``họa``: ``ha``).
        """
        groups = _grouped(self._all(residue), self.words)
        for number, word in self.words.items():
            old = old_style(word)
            if old != word:
                groups.setdefault(residue(old), []).append(number)
        return groups

    def _all(self, left_of: Callable[[str], str]) -> list[str]:
        """What is left of each word: of all in one call, since it goes letter by letter."""
        return left_of("\n".join(self.words.values())).split("\n")

    @cached_property
    def _skeleton_neighbours(self) -> _Neighbours:
        return _Neighbours(self._by_skeleton)

    @cached_property
    def _word_neighbours(self) -> _Neighbours:
        return _Neighbours(self.words.values())

    @cached_property
    def _foreign_neighbours(self) -> _Neighbours:
        return _Neighbours(
            word
            for word, number in self.number_of.items()
            if len(word) >= _SHORTEST_FOREIGN - 1 and number not in self.words and word.isalpha()
        )

    def with_skeleton(self, bare: str) -> Sequence[int]:
        """Syllables that are ``bare`` without their diacritics."""
        return self._by_skeleton.get(bare, ())

    def with_residue(self, rest: str) -> Sequence[int]:
        """Syllables of which ``rest`` is left when the letters of U+1EA0–1EF9 are lost."""
        return self._by_residue.get(rest, ())

    def _over_converted_to(self, rest: str) -> Sequence[int]:
        meant = before_over_conversion(rest) & self.number_of.keys()
        numbers = {self.number_of[word] for word in meant if rest in over_converted(word)}
        return sorted(numbers & self.words.keys())

    def of_rest(self, mode: Mode, rest: str) -> Sequence[int]:
        """Syllables of which a run of damage leaves ``rest``."""
        match mode:
            case Mode.LOST:
                return self.with_residue(rest)
            case Mode.BARE:
                return self.with_skeleton(rest)
            case Mode.OVER:
                return self._over_converted_to(rest)
            case _:
                number = self.number_of.get(from_keys(rest) or "")
                return _NONE if number is None else (number,)

    def with_unread(self, written: str) -> list[int]:
        """Words that are ``written`` where each ``?`` or box stands for a letter with a diacritic,
        or a run of them for one.
        """
        pattern = re.compile(UNREAD.sub(_marked_letters, written))
        lengths = {len(written), len(UNREAD.sub("?", written))}
        return [
            self.number_of[word]
            for length in sorted(lengths)
            for word in self._by_length.get(length, _NONE)
            if pattern.fullmatch(word)
        ]

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        groups: dict[int, list[str]] = {}
        for word in self.words.values():
            groups.setdefault(len(word), []).append(word)
        return groups

    def one_edit(self, word: str) -> Iterator[int]:
        """Words one letter (with its marks) lost, added, changed or exchanged away."""
        return (self.number_of[other] for other in _one_off(word, self._word_neighbours))

    def foreign_one_edit(self, word: str) -> Iterator[str]:
        """Words of other languages one letter lost, added, changed or exchanged away; nothing of
        words so short that they are near to many.
        """
        long = len(word) >= _SHORTEST_FOREIGN
        return _one_off(word, self._foreign_neighbours) if long else iter(())

    def near(self, bare: str) -> set[int]:
        """Syllables whose skeleton is one letter lost, added, changed or exchanged away."""
        others = self._skeleton_neighbours.of(bare)
        return {number for other in others if other != bare for number in self._by_skeleton[other]}


class _Neighbours:
    """Words that become alike when each loses one letter at most (Garbe's symmetric deletion).

    Indexed by the length of what is left, each length when it is first asked for: a short text
    needs few of them.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in words:
            self._by_length[len(word)].append(word)
        self._left: dict[int, dict[str, list[str]]] = {}

    def of(self, word: str) -> Iterable[str]:
        """The words that are like ``word``, itself among them, always in the same order."""
        found = dict.fromkeys(self._leaving(len(word)).get(word, _NONE))
        if word:
            left = self._leaving(len(word) - 1)
            for cut in deletions(word):
                found.update(dict.fromkeys(left.get(cut, _NONE)))
        return found

    def _leaving(self, length: int) -> dict[str, list[str]]:
        """Words by what is left of them: they are of ``length``, or longer by the letter lost."""
        left = self._left.get(length)
        if left is None:
            left = self._left[length] = {word: [word] for word in self._by_length[length]}
            for word in self._by_length[length + 1]:
                for at in range(length + 1):
                    cut = word[:at] + word[at + 1 :]
                    if cut in left:
                        left[cut].append(word)
                    else:
                        left[cut] = [word]
        return left


def _one_off(word: str, neighbours: _Neighbours) -> Iterator[str]:
    for other in neighbours.of(word):
        if OSA.distance(word, other, score_cutoff=1) == 1:
            yield other


def deletions(word: str) -> set[str]:
    """The word less one letter, in every way.

    >>> sorted(deletions("toa"))
    ['oa', 'ta', 'to']
    """
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


#: What stands for letters that a program could not read or write.
UNREAD: Final = re.compile("[?□\ufffd]+")


def _marked_letters(signs: re.Match[str]) -> str:
    marked = "[^\x00-\x7f]"
    return f"(?:{marked}|{marked * len(signs[0])})"


def _grouped(keys: Iterable[str], numbers: Iterable[int]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for key, number in zip(keys, numbers, strict=True):
        if key in groups:
            groups[key].append(number)
        else:
            groups[key] = [number]
    return groups
