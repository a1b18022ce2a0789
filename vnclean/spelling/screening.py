"""Where to look: most text is sound, and the decoder is dear.

Tests in bulk over a whole block, each on what the one before lets through.  The first is one look
at every pair of neighbours: the model file says how much any rival of either word could gain
there (rivals.py), and a word that no rival can come near to is passed.  The second puts each
rival in the word's place, neighbours unchanged, and compares the two bigrams.  The third does the
same with the three trigrams, which is the very sum the decoder compares where only one word is
wrong.  Words that are broken whatever their context are looked at in any case; beside a doubtful
word the third test is not asked, as it would lean on a neighbour that may itself be wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.arrays import ranges, run_starts
from vnclean.spelling.modes import NEAR
from vnclean.spelling.ngrams import BREAK, UNKNOWN, Floats, NgramModel, Pairs
from vnclean.spelling.readings import DEAREST, Readings
from vnclean.spelling.rivals import gain_books

Ints = NDArray[Any]
Flags = NDArray[np.bool_]

_LEFT_GAIN, _RIGHT_GAIN = gain_books()


@dataclass(frozen=True)
class Stream:
    """A stream of model words, two BREAKs before and after it, and its pairs of neighbours."""

    model: NgramModel
    words: Ints
    pairs: Pairs  #: of each word with the one before it
    left_gain: Floats  #: what a rival of each word may gain after the one before it,
    right_gain: Floats  #: and a rival of the one before, before it
    usual: float = 5.0  #: surprise of a word after one, on average (the model's cross-entropy)

    @classmethod
    def of(cls, words: Ints, model: NgramModel) -> Stream:
        """``words``: model numbers, shape (n,), a BREAK between lines."""
        padded = np.zeros(len(words) + 4, dtype=words.dtype)
        padded[2:-2] = words
        before = np.zeros_like(padded)
        before[1:] = padded[:-1]
        pairs, gains = model.pairs_and_rivals(before, padded)
        pairs.context[padded == BREAK] = np.nan
        left, right = _LEFT_GAIN.take(gains), _RIGHT_GAIN.take(gains)
        unknown = padded == UNKNOWN  # whose rivals the model cannot know
        left[~pairs.found | unknown] = np.inf
        right[~pairs.found | (before == UNKNOWN)] = np.inf
        return cls(model, padded, pairs, left, right)

    def bound(self) -> Floats:
        """At most this much can a rival gain in the two bigrams of each word; shape (n,)."""
        bound: Floats = self.left_gain[2:-2] + self.right_gain[3:-1]
        return bound

    def surprise(self, at: Ints) -> Floats:
        """-log of how likely each word is after the one before, and the next after it.

        Before a BREAK there is no next word to be surprised at; a usual one's surprise stands in.
        """
        last = self.words.take(at + 3) == BREAK
        right = np.where(last, -self.usual, self.pairs.score.take(at + 3))
        surprise: Floats = -self.pairs.score.take(at + 2) - right
        return surprise

    def replace(self, at: Ints, word: Ints, least: Floats) -> tuple[Ints, Replaced]:
        """``word`` in the place of what is written ``at`` each position.

        ``least``: what it must gain in the two bigrams, as far as can be said; those that cannot
        are left out.  Out: the index of the others, and these.
        """
        place = at + 2
        left = self.model.pairs(self.words.take(place - 1), word)
        most = left.score - self.pairs.score.take(place) + self.right_gain.take(place + 1)
        able = np.flatnonzero(most > least)
        place, word = place[able], word[able]
        right = self.model.pairs(word, self.words.take(place + 1))
        return able, Replaced(self, place, word, left.take(able), right)

    def trigrams(self, place: Ints, word: Ints, left: Pairs, right: Pairs) -> Floats:
        """log P of the three trigrams in which ``word`` stands, or would stand.

        ``left``, ``right``: its pairs with the words before and after.
        """
        words, model = self.words, self.model
        u, v, after, next_ = (words.take(place + offset) for offset in (-2, -1, 1, 2))
        score = model.trigram(u, v, word, self.pairs.context.take(place - 1), left)
        goes_on = np.flatnonzero(after != BREAK)
        v, word, after, next_ = v[goes_on], word[goes_on], after[goes_on], next_[goes_on]
        right = right.take(goes_on)
        score[goes_on] += model.trigram(v, word, after, left.context[goes_on], right)
        score[goes_on] += model.trigram(
            word, after, next_, right.context, self.pairs.take(place[goes_on] + 2)
        )
        return score


@dataclass(frozen=True)
class Replaced:
    """Rivals in the places of written words; ``place`` is in order."""

    stream: Stream
    place: Ints
    word: Ints
    left: Pairs
    right: Pairs

    def take(self, index: Ints) -> Replaced:
        """Those at ``index``."""
        return Replaced(
            self.stream,
            self.place.take(index),
            self.word.take(index),
            self.left.take(index),
            self.right.take(index),
        )

    def bigram_gain(self) -> Floats:
        """What the rival gains over the written word with both neighbours.

        Where one pair as written was never seen, its neighbour may be the wrong one: there it is
        enough to gain with the better.
        """
        pairs = self.stream.pairs
        left = self.left.score - pairs.score.take(self.place)
        right = self.right.score - pairs.score.take(self.place + 1)
        right[self.stream.words.take(self.place + 1) == BREAK] = 0.0
        both = left + right
        seen = pairs.found.take(self.place) & pairs.found.take(self.place + 1)
        gain: Floats = np.where(seen, both, np.maximum(both, np.maximum(left, right)))
        return gain

    def trigram_gain(self) -> Floats:
        """What the rival gains in the three trigrams."""
        if not len(self.place):
            return np.empty(0, dtype=np.float32)
        stream = self.stream
        first = run_starts(self.place)
        at = self.place[first]
        written = stream.trigrams(
            at, stream.words.take(at), stream.pairs.take(at), stream.pairs.take(at + 1)
        )
        rivals = stream.trigrams(self.place, self.word, self.left, self.right)
        gain: Floats = rivals - written[np.cumsum(first) - 1]
        return gain


@dataclass(frozen=True)
class Suspects:
    """Positions of a stream that need a closer look, and the rivals worth one."""

    at: Ints  #: in order
    #: Position, row of the readings and trigram gain of each rival, positions in order.
    rival_at: Ints
    rival: Ints
    gain: Floats


@dataclass(frozen=True)
class Screen:
    """The tests and their thresholds, in nats.

    ``open_slack``: how far the bound of what a rival gains may fall short.
    ``floor``: how much dearer than a rival a word's surprise must be to look at it.
    ``bigram_slack``, ``trigram_slack``: how far a rival may lag behind the written word and
    still make it a suspect.
    ``slack_near_suspects``: the same near a suspect.
    ``doubt``: how far, in bigrams, for a word to count as doubtful itself.
    ``hopeless``: how far behind the best rival of a broken word the others are left out.
    """

    floor: float = 0.0
    open_slack: float = 9.0
    bigram_slack: float = 11.0
    trigram_slack: float = 3.0
    slack_near_suspects: float = 8.0
    doubt: float = 2.0
    hopeless: float = 12.0

    def open(self, stream: Stream) -> Flags:
        """Which words a rival may come near to."""
        flags: Flags = stream.bound() > -self.open_slack
        return flags

    def suspects(
        self,
        stream: Stream,
        at: Ints,
        entries: Ints,
        broken: Flags,
        readings: Readings,
        line: Ints,
    ) -> Suspects:
        """``at``: positions to be looked at, in order; ``broken``: those in need of repair.

        ``line``: number of the line of every position, in order.
        """
        budget = stream.surprise(at) - np.float32(self.floor)
        budget[broken] = DEAREST - 1
        owner, row = _affordable(entries, budget, readings)
        place, price = at.take(owner), readings.price.take(row)
        # Half of the price is in the bound of the gain to the right.
        least = np.where(broken, -DEAREST, -self.bigram_slack).astype(np.float32)
        least = least.take(owner) + price * np.float32(0.5)
        able, replaced = stream.replace(place, readings.word.take(row), least)
        owner, row, place, price = owner[able], row[able], place[able], price[able]
        gain = replaced.bigram_gain() - price
        best = np.full(len(at), -np.inf, dtype=np.float32)
        np.maximum.at(best, owner, gain)
        limit = np.where(broken, best - self.hopeless, -self.bigram_slack)
        near = np.flatnonzero(gain > limit.take(owner))
        owner, row, place, price = owner[near], row[near], place[near], price[near]
        gain, trigram = gain[near], replaced.take(near).trigram_gain()
        suspect = np.zeros(len(stream.words), dtype=np.bool_)
        suspect[at[broken]] = True
        doubtful = suspect.copy()
        doubtful[place[gain > -self.doubt]] = True
        suspect[place[_beside(doubtful, place, line) & (gain > -self.doubt)]] = True
        lag = price - trigram
        suspect[place[lag < self.trigram_slack]] = True
        suspect[place[_reached(suspect, place, line) & (lag < self.slack_near_suspects)]] = True
        kept = np.flatnonzero(suspect.take(place))
        return Suspects(np.flatnonzero(suspect), place[kept], row[kept], trigram[kept])


def _affordable(entries: Ints, budget: Floats, readings: Readings) -> tuple[Ints, Ints]:
    """Every rival within the budget of its position: the position's index, and the row."""
    limit = entries * DEAREST + np.minimum(budget, DEAREST - 1)
    first = readings.starts.take(entries) + 1
    count = np.maximum(np.searchsorted(readings.rank, limit) - first, 0)
    return np.repeat(np.arange(len(entries)), count), ranges(first, count)


def _reached(flags: Flags, place: Ints, line: Ints) -> Flags:
    """Which places have a flagged position on their line at most NEAR away."""
    total = np.concatenate(([0], np.cumsum(flags)))
    here = line.take(place)
    first = np.maximum(place - NEAR, np.searchsorted(line, here))
    last = np.minimum(place + NEAR + 1, np.searchsorted(line, here, side="right"))
    near: Flags = total[last] > total[first]
    return near


def _beside(flags: Flags, place: Ints, line: Ints) -> Flags:
    """Which places have a flagged position on their line at most two away (not themselves)."""
    here = line.take(place)
    near = np.zeros(len(place), dtype=np.bool_)
    for offset in (-2, -1, 1, 2):
        other = np.clip(place + offset, 0, len(line) - 1)
        near |= flags.take(other) & (line.take(other) == here) & (other != place)
    return near
