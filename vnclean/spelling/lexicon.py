"""The words that may be meant, found by what damage leaves of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from rapidfuzz.distance import OSA

from vnclean.orthography import residue, skeleton

T = TypeVar("T")


class Lexicon:
    """Indexes over the Vietnamese words of a vocabulary (word -> number): its syllables, and
    what else is written in Vietnamese letters (``đắk``, ``hđnd``).

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
        return {number: skeleton(word) for number, word in self.words.items()}

    @cached_property
    def _by_skeleton(self) -> dict[str, list[int]]:
        return _grouped((bare, number) for number, bare in self.skeletons.items())

    @cached_property
    def _by_residue(self) -> dict[str, list[int]]:
        return _grouped((residue(word), number) for number, word in self.words.items())

    @cached_property
    def _by_deletion(self) -> dict[str, list[str]]:
        return _grouped((cut, bare) for bare in self._by_skeleton for cut in deletions(bare))

    @cached_property
    def _by_letter_deletion(self) -> dict[str, list[int]]:
        return _grouped(
            (cut, number) for number, word in self.words.items() for cut in (word, *deletions(word))
        )

    def with_skeleton(self, bare: str) -> Sequence[int]:
        """Syllables that are ``bare`` without their diacritics."""
        return self._by_skeleton.get(bare, ())

    def with_residue(self, rest: str) -> Sequence[int]:
        """Syllables of which ``rest`` is left when the letters of U+1EA0–1EF9 are lost."""
        return self._by_residue.get(rest, ())

    def one_edit(self, word: str) -> Iterator[int]:
        """Words one letter (with its marks) lost, added, changed or exchanged away."""
        found: set[int] = set()
        for cut in {word, *deletions(word)}:
            found.update(self._by_letter_deletion.get(cut, ()))
        for number in found:
            if OSA.distance(word, self.words[number], score_cutoff=1) == 1:
                yield number

    def near(self, bare: str) -> set[int]:
        """Syllables whose skeleton is one letter lost, added, changed or exchanged away."""
        found: set[str] = set()
        for cut in {bare, *deletions(bare)}:
            found.update(self._by_deletion.get(cut, ()))
            if cut in self._by_skeleton:
                found.add(cut)
        found.discard(bare)
        return {number for other in found for number in self._by_skeleton[other]}


def deletions(word: str) -> set[str]:
    """The word less one letter, in every way (Garbe's symmetric delete index).

    >>> sorted(deletions("toa"))
    ['oa', 'ta', 'to']
    """
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)
