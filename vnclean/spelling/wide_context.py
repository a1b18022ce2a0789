"""What the words farther off say of a word: a log-bilinear model of skip n-grams.

The trigram model sees two words on either side.  Beyond them stands what a line is about
(``đội bóng … trận`` or ``kinh tế … trăn``).  Here each word within :data:`REACH` places of a
position adds a vector, weighed by how far off it stands and on which side; the sum times the
vector of a word that may be meant there says how well the two go together::

    fit(w) = bias(w) + out(w) · Σ_d  near(d) ∘ in(c_d)

This is the log-bilinear language model of Mnih and Hinton (*Three new graphical models for
statistical language modelling*, ICML 2007) with the diagonal position matrices of Mnih and Teh
(ICML 2012), on both sides, without a hidden layer: a factorised table of skip bigrams.  It is
trained to tell each word from its rivals where the bigrams on either side have had their say
(``training/wide_context.py``), so that what it says adds to what these say.

In a model file: ``wide_in`` and ``wide_out`` (int8, shape (words, size)) with a float32 scale for
each word (``wide_in_scale``, ``wide_out_scale``), ``wide_bias`` (float32; NaN for words that were
no one's rivals in training) and ``wide_near`` (float32, shape (2 · REACH + 1, size)).

Worked example, with vectors of two numbers.  In ``giá … vàng`` the last word is in doubt, and
``giá`` stands three places before it.  Say the bytes (127, −64) times the scale 0.01 make ``giá``
the vector (1.27, −0.64), and places three before weigh (0.5, 1): together (0.635, −0.64).  If
``vàng`` has out-vector (2, −1) and bias 0.1, its fit is 0.1 + 2 · 0.635 + 0.64 = 2.01; ``vang``
with (−1, 0) and bias 0 has −0.635, so that ``vàng`` has gained 2.6 nats on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.ngrams import UNKNOWN, Floats

Ints = NDArray[Any]

#: How many places to either side are looked at.
REACH: Final = 14
#: Places at the same distance, about, share a weight: the last place of each group.
_GROUPS: Final = (1, 2, 3, 4, 5, 7, 10, REACH)
#: Positions worked out together: their vectors fit the cache.
_TOGETHER: Final = 256


def groups() -> Ints:
    """The group of each place from -REACH to REACH; shape (2 · REACH + 1,).

    >>> groups()[REACH - 3 : REACH + 4].tolist()
    [2, 1, 0, 0, 8, 9, 10]
    """
    places = np.arange(-REACH, REACH + 1)
    group = np.searchsorted(_GROUPS, np.maximum(np.abs(places), 1))
    return group + len(_GROUPS) * (places > 0)


@dataclass(frozen=True)
class WideContext:
    """The model's vectors; all logarithms are natural."""

    inward: NDArray[np.int8]
    inward_scale: Floats
    outward: NDArray[np.int8]
    outward_scale: Floats
    bias: Floats
    near: Floats

    @classmethod
    def from_sections(cls, sections: dict[str, NDArray[Any]]) -> WideContext | None:
        """As :meth:`sections` gives them; None if a model has none."""
        if "wide_in" not in sections:
            return None
        names = ("wide_in", "wide_in_scale", "wide_out", "wide_out_scale", "wide_bias", "wide_near")
        return cls(*(sections[name] for name in names))

    @classmethod
    def pack(cls, inward: Floats, outward: Floats, bias: Floats, near: Floats) -> WideContext:
        """From vectors in float32, ``near`` by group; each word's vector is rounded to 8 bits."""
        return cls(*_rounded(inward), *_rounded(outward), bias, near[groups()])

    def sections(self) -> dict[str, NDArray[Any]]:
        """The sections of a model file."""
        return {
            "wide_in": self.inward,
            "wide_in_scale": self.inward_scale,
            "wide_out": self.outward,
            "wide_out_scale": self.outward_scale,
            "wide_bias": self.bias,
            "wide_near": self.near,
        }

    def fit(self, around: Ints, count: Ints, word: Ints) -> Floats:
        """How well each word fits its place, in nats; NaN for words it knows nothing of.

        ``around``: the words around each place, shape (places, 2 · REACH + 1), -1 where there is
        none; what stands in the place itself does not matter.  ``count``: how many of ``word``
        (in order) may stand in each place.
        """
        fits: Floats = self.bias.take(word)
        ends = np.cumsum(count)
        for first in range(0, len(around), _TOGETHER):
            some = around[first : first + _TOGETHER]
            total = self._total(some)
            last = first + len(some)
            slots = slice(int(ends[first] - count[first]), int(ends[last - 1]))
            owner = np.repeat(np.arange(len(some)), count[first:last])
            words = word[slots]
            out = self.outward.take(words, axis=0).astype(np.float32)
            out *= total.take(owner, axis=0)
            fits[slots] += out.sum(axis=1) * self.outward_scale.take(words)
        return fits

    def _total(self, around: Ints) -> Floats:
        """The weighed sum of the vectors of all words around each place."""
        said = around > UNKNOWN
        said[:, REACH] = False
        place, offset = np.nonzero(said)
        words = around[place, offset]
        vectors = self.inward.take(words, axis=0).astype(np.float32)
        vectors *= self.inward_scale.take(words)[:, None]
        vectors *= self.near.take(offset, axis=0)
        total = np.zeros((len(around), self.near.shape[1]), dtype=np.float32)
        if len(place):
            first = np.flatnonzero(np.diff(place, prepend=-1))
            total[place[first]] = np.add.reduceat(vectors, first, axis=0)
        return total


def _rounded(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    scale = (np.abs(vectors).max(axis=1) / 127).astype(np.float32)
    scale[scale == 0] = 1.0
    return np.round(vectors / scale[:, None]).astype(np.int8), scale
