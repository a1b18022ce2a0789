"""Blanks that stand inside a word, and blanks lost between two, found by their neighbours.

A noisy channel: how likely the model finds the words with the blank put right, less how likely
it finds what is written, less the price of such a slip.  Works on the arrays that a block of
lines was encoded to (encoding.py, types.py) and its pairs of neighbours (screening.py), so that
nothing of a line is looked at again unless there is something to be repaired in it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.ngrams import BREAK, UNKNOWN, Floats, NgramModel
from vnclean.spelling.pieces import CONSONANTS, GLUED, LONGEST_SYLLABLE, VOWEL_FIRST, PieceTable
from vnclean.spelling.screening import Stream

Ints = NDArray[Any]
Flags = NDArray[np.bool_]

#: Readings that lag this far behind what is written play no part.
_HOPELESS: Final = -5.0
#: So many words on either side of a pair tell whether letters were lost there.
_BESIDE: Final = 4


@dataclass(frozen=True)
class SpacingPrices:
    """In nats, set by measurement.

    With blanks put into 3 % of words, or taken from 3 % of borders, of 400 lines each of news,
    laws and encyclopaedia (no price let precision fall below 99.9 %):

    ======================  ============  ============  ============
    ``split``                          7            11            13
    recall of split, %        94, 99, 92    93, 99, 91    92, 98, 88
    split seen in lost [*]_           31             2             1
    ``glued``                          7             9            11
    recall of glued, %        93, 99, 92    92, 99, 90    90, 98, 88
    glued seen in slips [*]_          10             6             4
    ``letter``                         0             5
    glued seen in slips               13             6
    ``western_word``                   8            11            14
    recall of glued, %        87, 96, 88    89, 98, 89    92, 99, 90
    ``vietnamese_word``               12            18            24
    recall of glued, %        84, 93, 70    91, 98, 83    92, 99, 90
    ``usual``                         -8            -5
    recall of split, %        90, 96, 89    93, 99, 91
    ======================  ============  ============  ============

    .. [*] Edits in 400 lines of news that had lost their letters of U+1EA0-U+1EF9.
    .. [*] Edits in 400 lines of news with 5 % of words mistyped.

    ``plain_word`` is for the sake of names; from 4 to 7 recall hardly depends on it.
    ``glued_again`` is an estimate: where one blank was lost, another often was.
    """

    split: float = 11.0  #: -log of how often a blank is put into a word
    lost_letters: float = 12.0  #: letters of U+1EA0-U+1EF9 that one of the halves lost instead,
    lost_in_run: float = 4.0  #: and where the words beside it have none
    glued: float = 11.0  #: and of how often one is lost,
    glued_again: float = 4.0  #: and another one beside it
    letter: float = 12.0  #: a part that is a single letter: rather a key struck too often
    #: -log of how likely a sound word that the model does not know is spelt just so, by its
    #: :class:`~vnclean.spelling.pieces.Letters`.
    plain_word: float = 7.0
    western_word: float = 14.0
    vietnamese_word: float = 24.0
    usual: float = -5.0  #: halves that follow one another with this log P are left alone unasked

    def unknown_word(self) -> Floats:
        """Price of a word that the model does not know, by its letters."""
        return np.array(
            [self.plain_word, self.western_word, self.vietnamese_word], dtype=np.float32
        )

    def of_parts(self, parts: int) -> float:
        """Of that many words written as one."""
        return self.glued + self.glued_again * (parts - 2)


@dataclass(frozen=True)
class Respacing:
    """Words of a stream to be written otherwise."""

    first: int  #: index of the first into the stream
    size: int  #: how many are read as one, 1 for a word to be taken apart
    places: tuple[int, ...]  #: of a word to be taken apart: before which letters a blank belongs
    gain: float  #: over what is written
    confidence: float = 0.0
    alternatives: tuple[tuple[tuple[int, ...], float], ...] = ()  #: other places, how likely
    lost: bool = False  #: the words are rather two of which one lost letters: left to the speller

    @property
    def kind(self) -> Literal["split", "glued"]:
        """What is wrong with the words."""
        return "glued" if self.places else "split"


class Spacer:
    """Finds what to respace in a stream of words."""

    def __init__(
        self,
        model: NgramModel,
        pieces: PieceTable,
        prices: SpacingPrices = SpacingPrices(),
    ) -> None:
        self._model = model
        self._pieces = pieces
        self._prices = prices

    def respacings(self, stream: Stream, types: Ints) -> list[Respacing]:
        """What to respace, from left to right; nothing overlaps.

        ``types``: of each word of the stream, all of them covered by the pieces.  Two words taken
        as one are neighbours in the stream; what stands between them in the text is for the
        caller to look at.
        """
        shapes = self._pieces.shapes.take(types)
        found = self._splits(stream, types, shapes)
        found += self._glued(stream, types, np.flatnonzero(shapes & GLUED))
        return _best(found)

    def _splits(self, stream: Stream, types: Ints, shapes: Ints) -> list[Respacing]:
        """Pairs that make one syllable, well enough between their neighbours."""
        at, lone = self._strange(stream, types, shapes)
        pairs = zip(types.take(at).tolist(), types.take(at + 1).tolist(), strict=True)
        word = np.array([self._pieces.joined(*pair) for pair in pairs], dtype=np.int64)
        at, lone, word = at[word >= 0], lone[word >= 0], word[word >= 0]
        gain = self._gain(stream, types, at, 2, word[:, np.newaxis]) - self._prices.split
        gain += np.where(lone, self._habit(stream, at), np.float32(0))
        found = [
            Respacing(first, 2, (), score)
            for first, score in zip(at.tolist(), gain.tolist(), strict=True)
            if score > _HOPELESS
        ]
        likely = gain > 0
        return found + self._lost(stream, types, at[likely], lone[likely])

    def _lost(self, stream: Stream, types: Ints, at: Ints, lone: Flags) -> list[Respacing]:
        """Pairs that are rather two words, of which one has lost letters (``d án``: ``dự án``).

        How likely that is on such a line the speller tells best; here it is a slip like others.
        """
        pairs = [
            (place, pair)
            for place, first in enumerate(at.tolist())
            for pair in self._pieces.before_loss(*types[first : first + 2].tolist())
        ]
        if not pairs:
            return []
        place = np.array([place for place, _ in pairs])
        gain = self._gain(stream, types, at[place], 2, np.array([pair for _, pair in pairs]))
        best = np.full(len(at), -np.inf, dtype=np.float32)
        np.maximum.at(best, place, gain)
        best += np.where(lone, self._habit(stream, at), np.float32(0))
        best -= [self._price_of_loss(stream, types, first) for first in at.tolist()]
        return [
            Respacing(first, 2, (), score, lost=True)
            for first, score in zip(at.tolist(), best.tolist(), strict=True)
            if score > _HOPELESS
        ]

    def _price_of_loss(self, stream: Stream, types: Ints, first: int) -> float:
        """Lower where no word beside a pair shows that such letters were spared."""
        for step in (-1, 1):
            place = first if step < 0 else first + 1
            for _ in range(_BESIDE):
                place += step
                if stream.words[place + 2] == BREAK:
                    break
                if self._pieces.spared(int(types[place])):
                    return self._prices.lost_letters
        return self._prices.lost_in_run

    def _strange(self, stream: Stream, types: Ints, shapes: Ints) -> tuple[Ints, Flags]:
        """Where two words of the shapes of halves stand as words hardly do.

        Out: the index of the first, and whether one of the two is a lone consonant.
        """
        left, right = shapes[:-1], shapes[1:]
        at = np.flatnonzero((left & CONSONANTS) | (right & (CONSONANTS | VOWEL_FIRST)))
        sizes = self._pieces.sizes
        at = at[sizes.take(types.take(at)) + sizes.take(types.take(at + 1)) <= LONGEST_SYLLABLE]
        lone = ((left | right).take(at) & CONSONANTS) > 0
        place, pairs = at + 2, stream.pairs
        unknown = (stream.words.take(place) == UNKNOWN) | (stream.words.take(place + 1) == UNKNOWN)
        unusual = pairs.score.take(place + 1) < self._prices.usual
        strange = lone | unknown | unusual | ~pairs.found.take(place + 1)
        return at[strange], lone[strange]

    def _habit(self, stream: Stream, at: Ints) -> Floats:
        """What each word makes the next one likelier, if at all.

        Nothing of it is believed beside a lone consonant: such pairs (``h ội``) come from split
        syllables in the very text that the model was counted in.
        """
        alone = self._model.unigram.take(stream.words.take(at + 3))
        habit: Floats = np.maximum(stream.pairs.score.take(at + 3) - alone, np.float32(0))
        return habit

    def _glued(self, stream: Stream, types: Ints, at: Ints) -> list[Respacing]:
        """Words that are several, well enough between their neighbours."""
        cuts = [(first, cut) for first in at.tolist() for cut in self._pieces.cuts(types[first])]
        found = []
        for size in {len(cut.words) for _, cut in cuts}:
            here = [(first, cut) for first, cut in cuts if len(cut.words) == size]
            words = np.array([cut.words for _, cut in here])
            firsts = np.array([first for first, _ in here])
            letters = np.array([cut.letters for _, cut in here])
            gain = self._gain(stream, types, firsts, 1, words)
            gain -= self._prices.of_parts(size) + self._prices.letter * letters
            found += [
                Respacing(first, 1, cut.places, score)
                for (first, cut), score in zip(here, gain.tolist(), strict=True)
                if score > _HOPELESS
            ]
        return found

    def _gain(self, stream: Stream, types: Ints, at: Ints, size: int, words: Ints) -> Floats:
        """How much likelier ``words``, shape (n, parts), are than the ``size`` words ``at``."""
        written = stream.words.take(at[:, np.newaxis] + 2 + np.arange(size))
        kinds = types.take(at[:, np.newaxis] + np.arange(size))
        odd = self._prices.unknown_word().take(self._pieces.letters.take(kinds))
        odd = np.where(written == UNKNOWN, odd, np.float32(0)).sum(axis=1)
        better = _score(self._model, _window(stream, at, size, words))
        gain: Floats = better - _score(self._model, _window(stream, at, size, written)) + odd
        return gain


def _window(stream: Stream, at: Ints, size: int, words: Ints) -> Ints:
    """``words`` between the two words before and the two after the ``size`` words ``at``.

    What lies beyond a break does not count.
    """
    near = [stream.words.take(at + offset) for offset in (0, 1, size + 2, size + 3)]
    near[0] = np.where(near[1] == BREAK, BREAK, near[0])
    near[3] = np.where(near[2] == BREAK, BREAK, near[3])
    return np.column_stack((near[0], near[1], words, near[2], near[3]))


def _score(model: NgramModel, windows: Ints) -> Floats:
    """log P of each row's words but the first two, given these; breaks are free."""
    total = np.zeros(len(windows), dtype=np.float32)
    u, v = windows[:, 0], windows[:, 1]
    context = model.context(u, v)
    for w in windows.T[2:]:
        context[v == BREAK] = np.nan
        pairs = model.pairs(v, w)
        total += np.where(w == BREAK, np.float32(0), model.trigram(u, v, w, context, pairs))
        u, v, context = v, w, pairs.context
    return total


def _best(found: Iterable[Respacing]) -> list[Respacing]:
    """Those likelier than what is written and all that overlaps them, from left to right."""
    ordered = sorted(found, key=lambda one: (one.first, one.size, one.places))
    clusters: list[list[Respacing]] = []
    end = 0
    for one in ordered:
        if one.first >= end:
            clusters.append([])
        clusters[-1].append(one)
        end = max(end, one.first + one.size)
    return [one for cluster in clusters for one in _chosen(cluster) if not one.lost]


def _chosen(cluster: Sequence[Respacing]) -> list[Respacing]:
    """The likeliest of respacings that overlap, then what it leaves room for."""
    chosen: list[Respacing] = []
    for one in sorted(cluster, key=lambda one: -one.gain):
        if any(_overlap(one, other) for other in chosen) or one.gain <= 0:
            continue
        rivals = [other for other in cluster if _overlap(one, other)]
        total = 1.0 + sum(math.exp(min(other.gain, 500.0)) for other in rivals)
        share = [math.exp(min(other.gain, 500.0)) / total for other in rivals]
        others = tuple(
            (other.places, part)
            for other, part in zip(rivals, share, strict=True)
            if other.size == one.size == 1 and other is not one
        )
        chosen.append(replace(one, confidence=share[rivals.index(one)], alternatives=others))
    return sorted(chosen, key=lambda one: one.first)


def _overlap(one: Respacing, other: Respacing) -> bool:
    return one.first < other.first + other.size and other.first < one.first + one.size
