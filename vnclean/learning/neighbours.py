"""Words with those beside them: where the cleaner doubted one, and how often several stand so."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from vnclean.edits import Edit
from vnclean.user_words import forms, key

#: A name or term has so many words at most.
MOST_WORDS: Final = 4
_WORD: Final = r"[^\W\d_]+"
_BEFORE: Final = re.compile(rf"(?:{_WORD} ){{0,{MOST_WORDS - 1}}}\Z")
_AFTER: Final = re.compile(rf"(?: {_WORD}){{0,{MOST_WORDS - 1}}}(?!\w)")
#: Longer words are none; a place is looked at so far.
_REACH: Final = 80
_RUN: Final = re.compile(rf"(?<!\w){_WORD}(?: {_WORD})+(?!\w)")


class Phrase(NamedTuple):
    """Several words, and which of them it is about."""

    words: tuple[str, ...]
    at: int

    @property
    def text(self) -> str:
        """As it is written."""
        return " ".join(self.words)

    def with_word(self, word: str) -> str:
        """With another word in that place.

        >>> Phrase(("kim", "tra"), 0).with_word("kiểm")
        'kiểm tra'
        """
        return " ".join((*self.words[: self.at], word, *self.words[self.at + 1 :]))


class Doubt(NamedTuple):
    """A word that the cleaner takes for another one, with the words beside it."""

    before: tuple[str, ...]
    word: str
    after: tuple[str, ...]
    taken_for: str
    probability: float

    def phrases(self) -> Iterator[Phrase]:
        """All phrases with the word.

        >>> [phrase.text for phrase in Doubt(("a", "b"), "c", ("d",), "e", 0.5).phrases()]
        ['c d', 'b c', 'b c d', 'a b c', 'a b c d']
        """
        for left in range(min(len(self.before), MOST_WORDS - 1) + 1):
            for right in range(min(len(self.after), MOST_WORDS - 1 - left) + 1):
                if left + right:
                    before = self.before[len(self.before) - left :]
                    yield Phrase((*before, self.word, *self.after[:right]), left)


def doubt(line: str, edit: Edit) -> Doubt | None:
    """What an edit says of a word; none if it is not about a single word.

    >>> doubt("Xã Ia Rsai, nay", Edit(6, 10, "Rsai", "Rsài", "tone", 0.7)).before
    ('Xã', 'Ia')
    """
    if not (edit.before.isalpha() and edit.after.isalpha()):
        return None
    before = _composed(line[max(0, edit.start - _REACH) : edit.start])
    after = _composed(line[edit.end : edit.end + _REACH])
    left, right = _BEFORE.search(before), _AFTER.match(after)
    return Doubt(
        tuple(left[0].split()) if left else (),
        _composed(edit.before),
        tuple(right[0].split()) if right else (),
        _composed(edit.after),
        edit.confidence,
    )


class SoundText:
    """The sound parts of a text, kept on the disk until it is known what to look for in them."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "sound.txt"
        self._sizes: list[int] = []

    def add(self, lines: Sequence[str]) -> None:
        """Keeps one more part."""
        data = "\n".join(lines).encode("utf-8", "surrogatepass")
        with self._path.open("ab") as file:
            file.write(data)
        self._sizes.append(len(data))

    def __iter__(self) -> Iterator[str]:
        """One part at a time, with composed letters."""
        if self._sizes:
            with self._path.open("rb") as file:
                for size in self._sizes:
                    yield _composed(file.read(size).decode("utf-8", "surrogatepass"))


@dataclass
class Uses:
    """How a text has a phrase."""

    ways: Counter[str] = field(default_factory=Counter)  #: how often, as it is written
    parts: int = 0  #: of the text, that have it

    @property
    def count(self) -> int:
        """How often, in all ways."""
        return sum(self.ways.values())


def uses_of(phrases: Iterable[str], words: Iterable[str], text: SoundText) -> dict[str, Uses]:
    """How ``text`` has each of ``phrases``, by what its forms have in common (``key``).

    ``words``: each phrase has one of them.
    """
    key_of = {form: key(phrase) for phrase in phrases for form in forms(phrase)}
    wanted = {form for word in words for form in forms(word)}
    found: dict[str, Uses] = defaultdict(Uses)
    for part in text if wanted else ():
        here: Counter[str] = Counter()
        for run in _RUN.finditer(part):
            here.update(_windows(run[0].split(" "), wanted))
        in_part = set()
        for written, count in here.items():
            known = key_of.get(written.lower())
            if known is not None:
                found[known].ways[written] += count
                in_part.add(known)
        for known in in_part:
            found[known].parts += 1
    return found


def _windows(words: Sequence[str], wanted: set[str]) -> Iterator[str]:
    """All phrases in a row of words that have one of those that are wanted, each place once."""
    at = [number for number, word in enumerate(words) if word.lower() in wanted]
    places = {
        (first, first + size)
        for number in at
        for size in range(2, MOST_WORDS + 1)
        for first in range(max(0, number - size + 1), number + 1)
        if first + size <= len(words)
    }
    return (" ".join(words[first:end]) for first, end in places)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
