"""Names and terms of several words, told apart from damage that is consistent too.

vnclean would change a word that is common elsewhere (``sinh`` in ``sinh khởi``), so that the word
itself must not be left alone everywhere.  Where the text has it again and again beside the same
words, these together are a name or a term.  What tells damage apart, beside what does for a single
word (terms.py):

- A damaged word is doubted wherever it stands.  The doubts about a word that is part of a name
  gather at that name.
- What it is taken for does not belong to its neighbours: they make no compound (``ảnh hưởng``
  for ``ảnh hướng``), no place, and no pair that the model has met again and again (``đối với``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from vnclean.learning.neighbours import Doubt, Phrase, Uses, uses_of
from vnclean.learning.numbering import Numbering
from vnclean.learning.terms import (
    DAMAGED_IF_KNOWN,
    INCONSISTENT,
    LEAST_PARTS,
    OFTEN,
    SURE,
    Found,
    Term,
)
from vnclean.learning.text import LearnedText
from vnclean.orthography import fold
from vnclean.spelling.facts import WordFacts
from vnclean.user_words import key, speaks_of

#: So often the cleaner must doubt a word of a name.
_LEAST_DOUBTS: Final = 3
#: The share of all doubts about a word that gather at one name.
_GATHERED: Final = 0.2
#: A word was meant if the one before it is followed by it so often.
_EXPECTED: Final = 0.1
#: Of the words of a term one stands in it so often, of all its uses.
_BOUND: Final = 0.3
#: So often as the shorter name a longer one must be there, to be the whole of it.
_WHOLE: Final = 0.9
#: A word is covered by its names if they are this share of its uses.
_COVERED: Final = 0.8
#: A word has another life if it is so large a share of the text that the model was trained on.
_COMMON: Final = 1e-5
#: An entry in small letters speaks of all ways of writing it: if so many are in small letters.
_SMALL: Final = 0.1


@dataclass(frozen=True)
class Candidate:
    """A phrase in all its letter cases, and what the cleaner made of one word of it."""

    phrase: Phrase
    doubts: Sequence[Doubt]
    uses: Uses
    rival: Uses  #: of the phrase with what the word is mostly taken for

    @cached_property
    def entry(self) -> str:
        """As it belongs into a dictionary, so that it speaks of nearly all of its uses."""
        ways = {way: n for way, n in self.uses.ways.items() if not way.isupper()}
        small = sum(n for way, n in ways.items() if way == way.lower())
        if not ways or small >= _SMALL * sum(ways.values()):
            return self.phrase.text.lower()
        return max(ways, key=lambda way: (ways[way], way))

    @cached_property
    def count(self) -> int:
        """How often an entry would speak of it."""
        ways = self.uses.ways.items()
        return sum(count for way, count in ways if speaks_of(self.entry, way))

    @property
    def rival_count(self) -> int:
        """How often what it is taken for is there; of a name, with the same capitals."""
        ways = self.rival.ways.items()
        return sum(count for way, count in ways if not self.is_name or way == way.title())

    def is_often(self, least: int, parts: int) -> bool:
        """Whether it is there so often, and in several parts of a text that has so many."""
        return self.count >= least and self.uses.parts >= min(LEAST_PARTS, parts)

    @property
    def is_name(self) -> bool:
        """Whether each word of it has a capital."""
        return all(word[0].isupper() for word in self.entry.split())

    @cached_property
    def certainty(self) -> float:
        """How sure the cleaner was, summed up."""
        return sum(doubt.probability for doubt in self.doubts)

    @property
    def term(self) -> Term:
        """With the evidence for it."""
        at = self.phrase.at
        taken_for = _mostly(self.doubts)
        words = Phrase(tuple(self.entry.split()), at)
        written = taken_for.title() if words.words[at][0].isupper() else taken_for.lower()
        return Term(
            words.text,
            self.count,
            self.uses.parts,
            True,
            round(min(1.0, self.certainty / max(1, self.count)), 4),
            words.with_word(written),
        )


def find_names(text: LearnedText, facts: WordFacts, least: int, single: Found) -> Found:
    """Names and terms of several words that ``text`` uses consistently, ``least`` times or more.

    ``single``: what was found of single words, which is told again as far as no name says it
    better: a word that is rare everywhere is left alone itself, a common one only in its name.
    """
    rare = {fold(term.word) for term in single.terms if _is_rare(term, text)}
    settled = rare | {fold(term.word) for term in single.damage}
    names, damage, inconsistent = list[Term](), list[Term](), list[Term]()
    covered: dict[str, int] = {}
    for word, some in _candidates(text, settled):
        often = [one for one in some if one.is_often(least, text.parts)]
        broken = [one for one in often if _is_damage(one, facts, text.words)]
        bound = [one for one in often if _is_bound(one, text)]
        rest = [one for one in bound if not _any_within(broken, one)]
        otherwise = [one for one in rest if one.rival_count > INCONSISTENT * one.count]
        sound = [one for one in rest if not _any_within(otherwise, one)]
        chosen = list(_chosen(sound, [*broken, *otherwise]))
        covered[word] = sum(one.count for one in chosen)
        names += [one.term for one in chosen]
        told = _shortest([one for one in broken if one in bound])
        damage += [one.term for one in told if one.certainty >= OFTEN * one.count]
        inconsistent += [one.term for one in _shortest(otherwise)]
    words = [
        term for term in single.terms if covered.get(key(term.word), 0) < _COVERED * term.count
    ]
    return Found(
        _in_order(words + names),
        _in_order(single.damage + damage),
        _in_order(single.inconsistent + inconsistent),
    )


def _is_rare(term: Term, text: LearnedText) -> bool:
    return not term.known or text.words.share(term.word) < _COMMON


def _in_order(terms: Iterable[Term]) -> list[Term]:
    """Each word or phrase once."""
    return list({term.word: term for term in sorted(terms, key=lambda term: term.order)}.values())


def _candidates(
    text: LearnedText, settled: Container[str]
) -> Iterator[tuple[str, Sequence[Candidate]]]:
    """All that is often doubted with the same neighbours, by the word that is doubted.

    ``settled``: words that are not to be looked at.
    """
    doubts: dict[str, list[Doubt]] = defaultdict(list)
    for doubt in text.doubts:
        known = text.words.number_of(doubt.word) < text.words.first
        if known and not doubt.word.isupper() and fold(doubt.word) not in settled:
            doubts[key(doubt.word)].append(doubt)
    places = {word: at for word, some in doubts.items() if (at := dict(_frequent(some)))}
    rivals = {
        phrase: key(phrase.with_word(_mostly(some)))
        for at in places.values()
        for phrase, some in at.items()
    }
    phrases = {*(phrase.text for phrase in rivals), *rivals.values()}
    words = {*places, *(_mostly(some) for at in places.values() for some in at.values())}
    uses = uses_of(phrases, words, text.sound)
    none = Uses()
    for word, at in places.items():
        yield (
            word,
            [
                Candidate(phrase, some, uses.get(phrase.text, none), uses.get(rivals[phrase], none))
                for phrase, some in at.items()
            ],
        )


def _frequent(doubts: Sequence[Doubt]) -> Iterator[tuple[Phrase, Sequence[Doubt]]]:
    """Phrases, by their key, at which many of the doubts about one word gather."""
    at: dict[Phrase, list[Doubt]] = defaultdict(list)
    for doubt in doubts:
        for phrase in doubt.phrases():
            at[Phrase(tuple(map(key, phrase.words)), phrase.at)].append(doubt)
    least = max(_LEAST_DOUBTS, _GATHERED * len(doubts))
    return ((phrase, some) for phrase, some in at.items() if len(some) >= least)


def _mostly(doubts: Sequence[Doubt]) -> str:
    """What a word is taken for, in small letters."""
    sums: dict[str, float] = defaultdict(float)
    for doubt in doubts:
        sums[doubt.taken_for.lower()] += doubt.probability
    return max(sums, key=lambda after: (sums[after], after))


def _is_bound(one: Candidate, text: LearnedText) -> bool:
    """Whether some word of it is mostly met in it: neighbours by chance are not."""
    if one.is_name:
        return True
    counts = (text.counts.of(text.words.number_of(word))[0] for word in one.phrase.words)
    return any(one.uses.count >= _BOUND * count for count in counts if count)


def _is_damage(one: Candidate, facts: WordFacts, words: Numbering) -> bool:
    """Whether another word was meant: the cleaner is sure, or its neighbours call for it."""
    if one.certainty >= DAMAGED_IF_KNOWN * one.count:
        return True
    if len(one.doubts) >= OFTEN * one.count and one.certainty >= SURE * len(one.doubts):
        return True
    at = one.phrase.at
    meant = one.phrase.with_word(_mostly(one.doubts)).split()
    pairs = pairwise(meant[max(0, at - 1) : at + 2])
    return any(words.probability(*pair) >= _EXPECTED for pair in pairs) or any(
        known in facts.compounds or known in facts.places for known in _with_the_word(meant, at)
    )


def _with_the_word(words: Sequence[str], at: int) -> Iterator[str]:
    """What stands in a row there, the word among it.

    >>> list(_with_the_word(["a", "b", "c"], 0))
    ['a b', 'a b c']
    """
    for first in range(at + 1):
        for end in range(max(at + 1, first + 2), len(words) + 1):
            yield " ".join(words[first:end])


def _any_within(some: Iterable[Candidate], whole: Candidate) -> bool:
    return any(_is_within(one, whole) for one in some)


def _is_within(one: Candidate, whole: Candidate) -> bool:
    first = whole.phrase.at - one.phrase.at
    return first >= 0 and whole.phrase.words[first:][: len(one.phrase.words)] == one.phrase.words


def _shortest(some: Sequence[Candidate]) -> list[Candidate]:
    return [one for one in some if not any(_is_within(it, one) for it in some if it is not one)]


def _chosen(some: Sequence[Candidate], wrong: Iterable[Candidate]) -> Iterator[Candidate]:
    """The fewest that have the doubts about a word, each as short as it can be, names whole.

    ``wrong``: candidates that are none; the doubts about these speak for no other one.
    """
    done = {id(doubt) for one in wrong for doubt in one.doubts}
    while True:
        left = {one.phrase: len({*map(id, one.doubts)} - done) for one in some}
        best = max(
            (one for one in some if left[one.phrase] >= _LEAST_DOUBTS),
            key=lambda one: (
                one.is_name,
                left[one.phrase],
                -len(one.phrase.words),
                one.count,
                one.entry,
            ),
            default=None,
        )
        if best is None:
            return
        done.update(map(id, best.doubts))
        yield _whole(best, some)


def _whole(name: Candidate, some: Sequence[Candidate]) -> Candidate:
    """The name of which another one is nearly always a part."""
    longer = (
        one
        for one in some
        if name.is_name
        and one.is_name
        and _is_within(name, one)
        and one.count >= _WHOLE * name.count
    )
    return max(longer, key=lambda one: len(one.phrase.words), default=name)
