"""Names and terms that a text uses consistently, told apart from damage that is consistent too.

A word is a candidate if vnclean does not know it, or would mostly change it.  Damage can be as
regular as a name: an archive may write ``kim tra`` for ``kiểm tra`` throughout.  What tells them
apart:

- Damage seldom comes alone: parts of the text that are damaged are no witnesses (text.py).
- A damaged word stands where another one is expected, so that the cleaner is sure of what was
  meant, again and again.  A name or term is not what its neighbours lead one to expect; taken for
  something else, it is so with doubt.
- Where damage is not complete, the sound word stands elsewhere between the same neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.learning.numbering import Numbering
from vnclean.learning.text import LearnedText, Uses
from vnclean.orthography import fold
from vnclean.spelling.facts import WordFacts

Ints = NDArray[Any]

#: The cleaner takes a word for another one so surely only if that was meant.
SURE: Final = 0.9
#: A word is damaged if it was meant to be another one with this probability, over all its uses.
#: Less is enough for a word that the model has seen: an unknown one has that against it from the
#: first.
_DAMAGED: Final = 0.8
DAMAGED_IF_KNOWN: Final = 0.5
#: How often it must think of a repair for that to count, of all uses; of words that it knows.
OFTEN: Final = 0.2
_MOSTLY: Final = 0.5
#: So often, to each use of a word, another one between the same neighbours is too often.
INCONSISTENT: Final = 0.2
LEAST_PARTS: Final = 2


@dataclass(frozen=True)
class Term:
    """A word that a text uses consistently."""

    word: str  #: as it is mostly written
    count: int
    parts: int  #: of the text (some pages each) that have it
    known: bool  #: whether vnclean knows the word
    changed: float  #: how likely vnclean takes it for another one, on average
    taken_for: str = ""  #: what for, mostly

    @property
    def order(self) -> tuple[Any, ...]:
        """The strongest evidence first: what vnclean would change, then what is in many parts."""
        return -round(self.changed, 1), -self.parts, -self.count, self.word


@dataclass(frozen=True)
class Found:
    """The terms of a text, and candidates that are none, by the reason."""

    terms: list[Term]
    damage: list[Term]
    inconsistent: list[Term]


def find_terms(text: LearnedText, facts: WordFacts, least: int) -> Found:
    """Words that ``text`` uses consistently: its sound parts have them ``least`` times or more."""
    candidates = [
        term
        for term in (_term(surfaces, text) for surfaces in _candidates(text))
        if term.count >= least
        and term.parts >= min(LEAST_PARTS, text.parts)
        and (term.changed or term.word.lower() not in facts.foreign)
    ]
    damage = [term for term in candidates if _is_damage(term, text)]
    rest = [term for term in candidates if term not in set(damage)]
    rivals = _rivals_between_neighbours(rest, text)
    inconsistent = [term for term in rest if rivals[term] > INCONSISTENT * term.count]
    terms = [term for term in rest if term not in set(inconsistent)]
    return Found(*(sorted(some, key=lambda t: t.order) for some in (terms, damage, inconsistent)))


def _candidates(text: LearnedText) -> Iterable[Sequence[str]]:
    """Each word that is unknown, or mostly changed, in all the ways in which it is written."""
    ways: dict[str, list[str]] = defaultdict(list)
    for surface in text.words.surfaces:
        if surface.isalpha() and len(surface) > 1:
            ways[fold(surface)].append(surface)
    for surface, uses in text.uses.items():
        number = text.words.number_of(surface)
        known = surface.isalpha() and number < text.words.first
        if known and uses.times >= _MOSTLY * max(1, text.counts.of(number)[0]):
            ways[fold(surface)].append(surface)
    return ways.values()


def _term(surfaces: Sequence[str], text: LearnedText) -> Term:
    counts = [text.counts.of(text.words.number_of(surface)) for surface in surfaces]
    known = text.words.number_of(surfaces[0]) < text.words.first
    count = counts[0][0] if known else sum(count for count, _ in counts)
    ways = zip(surfaces, counts, strict=True)
    usual = max(ways, key=lambda way: (not way[0].isupper(), way[1]))
    taken_for: dict[str, float] = defaultdict(float)
    for surface in surfaces:
        for after, probability in text.uses.get(surface, Uses()).taken_for.items():
            taken_for[after] += probability
    return Term(
        usual[0],
        count,
        max(parts for _, parts in counts),
        known,
        round(sum(taken_for.values()) / max(count, 1), 4),
        max(taken_for, key=lambda after: taken_for[after], default=""),
    )


def _is_damage(term: Term, text: LearnedText) -> bool:
    """Whether the cleaner is sure, use after use, that another word was meant."""
    if term.changed >= (DAMAGED_IF_KNOWN if term.known else _DAMAGED):
        return True
    uses = [text.uses[way] for way in _ways(term.word) if way in text.uses]
    times = sum(some.times for some in uses)
    if times < OFTEN * term.count:
        return False
    return sum(sum(some.taken_for.values()) for some in uses) >= SURE * times


def _ways(word: str) -> set[str]:
    return {word, word.lower(), word.upper(), word.title()}


def _rivals_between_neighbours(terms: Sequence[Term], text: LearnedText) -> dict[Term, int]:
    """How often what each is taken for stands where it stands, between the same two words."""
    numbers = {term: _numbers(term.word, text.words) for term in terms}
    rivals = {term: text.words.number_of(term.taken_for) for term in terms if term.taken_for}
    wanted = np.unique(
        np.array([*(n for some in numbers.values() for n in some), *rivals.values()], dtype=int)
    )
    places: dict[int, dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))
    for stream in text.streams if rivals else ():
        at = np.flatnonzero(np.isin(stream[1:-1], wanted)) + 1
        around = np.stack((stream[at - 1], stream[at], stream[at + 1]), axis=1)
        for before, word, after in around.tolist():
            places[word][before, after] += 1
    found = dict.fromkeys(terms, 0)
    for term, rival in rivals.items():
        own = {place for number in numbers[term] for place in places[number]}
        found[term] = sum(count for place, count in places[rival].items() if place in own)
    return found


def _numbers(word: str, words: Numbering) -> list[int]:
    return sorted({words.number_of(way) for way in _ways(word)})
