"""Where to look: most text is sound, and the decoder is dear.

Three tests in bulk over a whole block, each on what the one before lets through.  The first asks
how surprising a word is between its two neighbours, and whether any of its candidates is cheap
enough to make up for that.  The second puts those candidates in the word's place, neighbours
unchanged, and compares the two bigrams.  The third does the same with the three trigrams, which
is the very sum the decoder compares where only one word is wrong.  Words that are broken whatever
their context are suspects from the start; beside a doubtful word the third test is not asked, as
it would lean on a neighbour that may itself be wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.ngrams import BREAK, Floats, NgramModel, Pairs

Ints = NDArray[Any]
Flags = NDArray[np.bool_]

#: Words decoded on either side of a suspect: a trigram reaches two, a run may go on further.
MARGIN: Final = 3
#: Suspects of a line this near to each other are decoded together: damage comes in runs, and one
#: slip makes another likelier.
JOINED: Final = 20


#: More than any candidate costs.
DEAREST: Final = 1000.0


@dataclass(frozen=True)
class CandidatePool:
    """The other words each entry may stand for, cheapest first.

    Entry k has the candidates ``starts[k] : starts[k] + lengths[k]``; ``cheapest`` is the price of
    its first one (infinite if it has none), ``broken`` says it is a suspect in any context.
    """

    starts: Ints
    lengths: Ints
    cheapest: Floats
    broken: Flags
    word: Ints
    price: Floats
    rank: NDArray[Any]  #: entry * DEAREST + price of each candidate: in order throughout


@dataclass(frozen=True)
class Screen:
    """The tests and their thresholds, in nats.

    ``floor``: how much dearer than a candidate a word's surprise must be to look at it.
    ``bigram_slack``, ``trigram_slack``: how far a candidate may lag behind the written word and
    still make it a suspect.
    ``slack_near_suspects``: the same within JOINED words of a suspect.
    ``doubt``: how far, in bigrams, for a word to count as doubtful itself.
    """

    model: NgramModel
    floor: float = 1.5
    bigram_slack: float = 8.0
    trigram_slack: float = 3.0
    slack_near_suspects: float = 8.0
    doubt: float = 2.0

    def suspects(self, words: Ints, entries: Ints, pool: CandidatePool) -> Flags:
        """Which positions of a stream of model words (BREAK between lines) need the decoder."""
        suspect = pool.broken[entries].copy()
        stream = _Stream.of(words, self.model)
        budget = stream.surprise - self.floor
        open_ = np.flatnonzero((budget > pool.cheapest[entries]) & ~suspect)
        if not len(open_):
            return suspect
        at, word, price = _affordable(open_, entries, budget, pool)
        place = stream.replace(at, word)
        gain = place.bigram_gain() - price
        near = np.flatnonzero(gain > -self.bigram_slack)
        at, price, gain, place = at[near], price[near], gain[near], place.take(near)
        doubtful = suspect.copy()
        doubtful[at[gain > -self.doubt]] = True
        beside = _beside(doubtful)[at]
        suspect[at[beside & (gain > -self.doubt)]] = True
        lag = price - place.trigram_gain()
        suspect[at[lag < self.trigram_slack]] = True
        suspect[at[_reached(suspect)[at] & (lag < self.slack_near_suspects)]] = True
        return suspect


def _affordable(
    open_: Ints, entries: Ints, budget: Floats, pool: CandidatePool
) -> tuple[Ints, Ints, Floats]:
    """Position, word and price of every candidate within the budget of its position."""
    entry = entries[open_]
    limit = entry * DEAREST + np.minimum(budget[open_], DEAREST)
    count = np.searchsorted(pool.rank, limit) - pool.starts[entry]
    at = np.repeat(open_, count)
    ends = np.cumsum(count)
    row = np.arange(ends[-1]) + np.repeat(pool.starts[entry] - (ends - count), count)
    return at, pool.word[row], pool.price[row]


def _reached(flags: Flags) -> Flags:
    """Positions with a flagged one at most JOINED away."""
    total = np.concatenate(([0], np.cumsum(flags)))
    here = np.arange(len(flags))
    first = np.maximum(here - JOINED, 0)
    near: Flags = total[np.minimum(here + JOINED + 1, len(flags))] > total[first]
    return near


def _beside(flags: Flags) -> Flags:
    """Positions with a flagged one at most two away (not themselves)."""
    padded = np.concatenate(([False, False], flags, [False, False]))
    near: Flags = padded[:-4] | padded[1:-3] | padded[3:-1] | padded[4:]
    return near


@dataclass(frozen=True)
class _Stream:
    """A stream of words, two BREAKs before and after it, and its pairs of neighbours."""

    model: NgramModel
    words: Ints
    pairs: Pairs  #: of each word with the one before it
    usual: float = 5.0  #: surprise of a word after one, on average (the model's cross-entropy)

    @classmethod
    def of(cls, words: Ints, model: NgramModel) -> _Stream:
        ends = np.full(2, BREAK, dtype=words.dtype)
        padded = np.concatenate((ends, words, ends))
        pairs = model.pairs(np.concatenate((ends[:1], padded[:-1])), padded)
        pairs.context[padded == BREAK] = np.nan
        return cls(model, padded, pairs)

    @property
    def surprise(self) -> Floats:
        """-log of how likely each word is after the one before, and the next after it.

        Before a BREAK there is no next word to be surprised at; a usual one's surprise stands in.
        """
        last = self.words[3:-1] == BREAK
        right = np.where(last, -self.usual, self.pairs.score[3:-1])
        surprise: Floats = -self.pairs.score[2:-2] - right
        return surprise

    def replace(self, at: Ints, word: Ints) -> _Replaced:
        """``word`` in the place of what is written ``at`` each position."""
        place = at + 2
        before, after = self.words[place - 1], self.words[place + 1]
        left, right = self.model.pairs(before, word), self.model.pairs(word, after)
        return _Replaced(self, place, word, left, right)

    def trigrams(self, place: Ints, word: Ints, left: Pairs, right: Pairs) -> Floats:
        """log P of the three trigrams in which ``word`` stands, or would stand.

        ``left``, ``right``: its pairs with the words before and after.
        """
        words, model = self.words, self.model
        u, v, after, next_ = (words[place + offset] for offset in (-2, -1, 1, 2))
        score = model.trigram(u, v, word, self.pairs.context[place - 1], left)
        goes_on = np.flatnonzero(after != BREAK)
        v, word, after, next_ = v[goes_on], word[goes_on], after[goes_on], next_[goes_on]
        right = right.take(goes_on)
        score[goes_on] += model.trigram(v, word, after, left.context[goes_on], right)
        score[goes_on] += model.trigram(
            word, after, next_, right.context, self.pairs.take(place[goes_on] + 2)
        )
        return score


@dataclass(frozen=True)
class _Replaced:
    """Candidates in the places of written words; ``place`` is in order."""

    stream: _Stream
    place: Ints
    word: Ints
    left: Pairs
    right: Pairs

    def take(self, index: Ints) -> _Replaced:
        return _Replaced(
            self.stream,
            self.place[index],
            self.word[index],
            self.left.take(index),
            self.right.take(index),
        )

    def bigram_gain(self) -> Floats:
        """What the candidate gains over the written word with the better, or both, neighbours."""
        written = self.stream.pairs.score
        left = self.left.score - written[self.place]
        right = self.right.score - written[self.place + 1]
        right[self.stream.words[self.place + 1] == BREAK] = 0.0
        gain: Floats = np.maximum(left + right, np.maximum(left, right))
        return gain

    def trigram_gain(self) -> Floats:
        """What the candidate gains in the three trigrams."""
        if not len(self.place):
            return np.empty(0, dtype=np.float32)
        stream = self.stream
        first = np.concatenate(([True], self.place[1:] != self.place[:-1]))
        at = self.place[first]
        written = stream.trigrams(
            at, stream.words[at], stream.pairs.take(at), stream.pairs.take(at + 1)
        )
        candidates = stream.trigrams(self.place, self.word, self.left, self.right)
        gain: Floats = candidates - written[np.cumsum(first) - 1]
        return gain


def windows(suspect: Flags, line_end: Flags, margin: int = MARGIN) -> Ints:
    """Ranges of positions to decode: suspects and ``margin`` more, never across a line's end.

    Out: shape (windows, 2), first position and the one after the last.

    >>> flags = np.zeros(20, dtype=bool); flags[[5, 9]] = True
    >>> end = np.zeros(20, dtype=bool); end[10] = True
    >>> windows(flags, end).tolist()
    [[2, 10]]
    """
    hits = np.flatnonzero(suspect)
    line: Ints = np.cumsum(line_end) - line_end
    covered = np.zeros(len(suspect), dtype=np.bool_)
    for shift in range(-margin, margin + 1):
        place = np.clip(hits + shift, 0, len(suspect) - 1)
        covered[place[line[place] == line[hits]]] = True
    near = np.flatnonzero((np.diff(hits) <= JOINED) & (np.diff(line[hits]) == 0))
    bridge = np.zeros(len(suspect) + 1, dtype=np.int64)
    np.add.at(bridge, hits[near], 1)
    np.add.at(bridge, hits[near + 1], -1)
    covered |= np.cumsum(bridge[:-1]) > 0
    covered &= ~line_end
    edges = np.flatnonzero(np.diff(np.concatenate(([False], covered, [False]))))
    return edges.reshape(-1, 2)
