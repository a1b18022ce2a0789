"""Finds words, or several in a row, of a list of any length in a text, in all their spellings."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, TypeAlias

import regex

from vnclean.user_words import forms, key, speaks_of

#: What is looked for at first, a word or a part of one; re is faster here.
PART: Final = re.compile(r"\w+")
#: By the longest part of a form of an entry: the form, and where in it that part is.
_Forms: TypeAlias = Mapping[str, Sequence[tuple[str, int]]]
#: Of a letter that is not composed: itself, its mark and its tone.
_MOST_CODES: Final = 3
_OF_WORD: Final = regex.compile(r"[\w\p{M}]")


class WordFinder:
    """Finds entries in text, as whole words.

    >>> list(WordFinder(["an", "an toàn", ".vn"]).find("An toàn, an, lan, .vn, a.vn"))
    [(0, 7, 'an toàn'), (9, 11, 'an'), (18, 21, '.vn')]
    """

    def __init__(self, entries: Iterable[str]) -> None:
        self._entries: defaultdict[str, list[str]] = defaultdict(list)
        for entry in entries:
            self._entries[key(entry)].append(entry)

    @cached_property
    def _composed(self) -> _Forms:
        return _by_part(self._all_forms())

    @cached_property
    def _decomposed(self) -> _Forms:
        """For texts whose letters are not all composed, which are rare."""
        composed = self._all_forms()
        return _by_part({*composed, *(unicodedata.normalize("NFD", form) for form in composed)})

    def _all_forms(self) -> set[str]:
        return {form for some in self._entries.values() for entry in some for form in forms(entry)}

    @property
    def parts(self) -> Iterable[str]:
        """In a text with an entry there is one of these, in small letters, as a :data:`PART`."""
        return self._decomposed.keys()

    def touches(self, text: str, start: int, end: int) -> bool:
        """Whether an entry may be found that touches ``text[start:end]``: only that is looked at.

        >>> [WordFinder(["an"]).touches("an ninh", *span) for span in ((0, 2), (3, 7))]
        [True, False]
        """
        composed = unicodedata.is_normalized("NFC", text)
        reach = self._longest if composed else _MOST_CODES * self._longest
        first = max(0, start - reach)
        near = _lower(text[first : end + reach])
        start, end = start - first, end - first
        places = self._places(near, self._forms(near))
        return any(one <= end and start <= other for one, other in places)

    @cached_property
    def _longest(self) -> int:
        """No entry has more letters."""
        return max(map(len, self._entries), default=0)

    def any_in(self, text: str) -> bool:
        """Whether there may be one; a look at all words is much cheaper than to find them."""
        return not self._forms(text).keys().isdisjoint(PART.findall(text.lower()))

    def _forms(self, text: str) -> _Forms:
        """Those that may be in a text."""
        composed = unicodedata.is_normalized("NFC", text)
        return self._composed if composed else self._decomposed

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Where an entry is found, and which; no two of them overlap, the first and longest go
        before others.
        """
        lower = _lower(text)
        places = sorted(
            self._places(lower, self._forms(text)), key=lambda place: (place[0], -place[1])
        )
        found: list[tuple[int, int, str]] = []
        done = 0
        for start, end in places:
            if start >= done and (entry := self._entry(text[start:end])) is not None:
                found.append((start, end, entry))
                done = end
        return found

    def _places(self, lower: str, forms: _Forms) -> Iterator[tuple[int, int]]:
        for part in PART.finditer(lower):
            for form, offset in forms.get(part[0], ()):
                start = part.start() - offset
                end = start + len(form)
                if start >= 0 and lower.startswith(form, start) and not _inside(lower, start, end):
                    yield start, end

    def _entry(self, text: str) -> str | None:
        entries = self._entries[key(text)]
        return next((entry for entry in entries if speaks_of(entry, text)), None)


def _by_part(forms: Iterable[str]) -> _Forms:
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for form in forms:
        if form.isalnum():  # the usual case of a single word
            found[form].append((form, 0))
            continue
        parts = list(PART.finditer(form))
        if parts:  # without a letter or digit it is no word
            longest = max(parts, key=lambda part: len(part[0]))  # which is seldom a common one
            found[longest[0]].append((form, longest.start()))
    return found


def _lower(text: str) -> str:
    """In small letters, each where it was."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower()[:1] for c in text)  # of İ


def _inside(text: str, start: int, end: int) -> bool:
    """Whether what is there is only a part of a word."""
    return bool(
        (start and _OF_WORD.match(text, start - 1))
        or (end < len(text) and _OF_WORD.match(text, end))
    )
