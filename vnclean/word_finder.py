"""Finds words, or several in a row, of a list of any length in a text, in all their spellings."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

import regex

from vnclean.user_words import forms, key, speaks_of
from vnclean.wordlists import syllable_counts

#: What is looked for at first, a word or a part of one; re is faster here.
PART: Final = re.compile(r"\w+")
_OF_WORD: Final = regex.compile(r"[\w\p{M}]")


class WordFinder:
    """Finds entries in text, as whole words.

    >>> list(WordFinder(["an", "an toàn", ".vn"]).find("An toàn, an, lan, .vn, a.vn"))
    [(0, 7, 'an toàn'), (9, 11, 'an'), (18, 21, '.vn')]
    """

    def __init__(self, entries: Iterable[str]) -> None:
        self._entries: defaultdict[str, list[str]] = defaultdict(list)
        #: By the rarest part of a form: the form, and where in it that part is.
        self._forms: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for entry in entries:
            known = self._entries[key(entry)]
            if not known:
                for form in forms(entry):
                    self._add(form)
            known.append(entry)

    def _add(self, form: str) -> None:
        parts = list(PART.finditer(form))
        if not parts:  # without a letter or digit it is no word
            return
        rarest = parts[0] if len(parts) == 1 else min(parts, key=_count)
        self._forms[rarest[0]].append((form, rarest.start()))

    @property
    def parts(self) -> Iterable[str]:
        """In a text with an entry there is one of these, in small letters, as a :data:`PART`."""
        return self._forms.keys()

    def any_in(self, text: str) -> bool:
        """Whether there may be one; a look at all words is much cheaper than to find them."""
        return not self._forms.keys().isdisjoint(PART.findall(text.lower()))

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Where an entry is found, and which; no two of them overlap, the first and longest go
        before others.
        """
        lower = text.lower()
        if len(lower) != len(text):  # of İ
            lower = "".join(letter.lower()[:1] for letter in text)
        places = sorted(self._places(lower), key=lambda place: (place[0], -place[1]))
        found: list[tuple[int, int, str]] = []
        done = 0
        for start, end in places:
            if start >= done and (entry := self._entry(text[start:end])) is not None:
                found.append((start, end, entry))
                done = end
        return found

    def _places(self, lower: str) -> Iterator[tuple[int, int]]:
        for part in PART.finditer(lower):
            for form, offset in self._forms.get(part[0], ()):
                start = part.start() - offset
                end = start + len(form)
                if start >= 0 and lower.startswith(form, start) and not _inside(lower, start, end):
                    yield start, end

    def _entry(self, text: str) -> str | None:
        entries = self._entries[key(text)]
        return next((entry for entry in entries if speaks_of(entry, text)), None)


def _count(part: re.Match[str]) -> int:
    return syllable_counts().get(unicodedata.normalize("NFC", part[0]), 0)


def _inside(text: str, start: int, end: int) -> bool:
    """Whether what is there is only a part of a word."""
    return bool(
        (start and _OF_WORD.match(text, start - 1))
        or (end < len(text) and _OF_WORD.match(text, end))
    )
