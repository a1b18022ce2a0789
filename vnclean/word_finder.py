"""Finds words, or several in a row, of a list of any length in a text, in all their spellings."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, TypeAlias

import regex

from vnclean.user_words import forms, key, may_be_styled, speaks_of
from vnclean.wordlists import syllable_counts

#: What is looked for at first, a word or a part of one; re is faster here.
PART: Final = re.compile(r"\w+")
#: By a part of a form of an entry: the form, and where in it that part is.
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
        found = set(self._entries)
        for of_all, entries in self._entries.items():
            if may_be_styled(of_all):
                found.update(*map(forms, entries))
        return found

    @property
    def parts(self) -> Iterable[str]:
        """In a text of composed letters with an entry there is one of these, in small letters, as
        a :data:`PART`.
        """
        return self._composed.keys()

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
    """By the part that is met most seldom, so that few texts have to be looked at closely."""
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for form in forms:
        if form.isalnum():  # a single word
            found[form].append((form, 0))
        elif parts := PART.findall(form):  # without a letter or digit it is no word
            rarest = min(parts, key=_frequency)
            found[rarest].append((form, _place(rarest, form)))
    return found


def _frequency(part: str) -> tuple[int, int]:
    """How often a part is met; the longer one of two that are met as often comes first."""
    return syllable_counts().get(part, 0), -len(part)


def _place(part: str, form: str) -> int:
    """Where the first :data:`PART` is that is ``part``."""
    between_blanks = f" {form} ".find(f" {part} ")  # as most of them are
    if between_blanks >= 0:
        return between_blanks
    return next(found.start() for found in PART.finditer(form) if found[0] == part)


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
