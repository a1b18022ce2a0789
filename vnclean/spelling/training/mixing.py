"""Mixing what a text says into a model: how much of it, and what is left to the model.

At each order, what was counted in the text after a context is discounted as in Kneser–Ney
smoothing, but what the discounts leave goes to the model that is adapted instead of the next lower
order of the text (a Bayesian mixture with the old model as the prior, as in MacKay and Peto, *A
Hierarchical Dirichlet Language Model*, 1995).  A weight from 0 to 1 says how far the text is
believed; expectation maximisation finds the one under which a part of the text that was held out
is likeliest, as for the mixtures of Jelinek and Mercer (1980).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.training.counting import Counts, Keys
from vnclean.spelling.training.smoothing import Values, discounted

_S16 = np.uint64(16)
_ROUNDS: Final = 50
_EVEN: Final = 0.5


@dataclass(frozen=True)
class Shares:
    """Discounted relative frequencies of n-grams, and what they leave in each context.

    ``keys`` and ``contexts`` (``keys >> 16``) are sorted.

    >>> counts = np.array([3, 1, 4])
    >>> keys = np.array([1 << 16 | 5, 1 << 16 | 6, 2 << 16 | 5], dtype=np.uint64)
    >>> shares = Shares.of(keys, counts, np.array([0.0, 0.5, 1.0, 1.0]), counts > 1)
    >>> shares.share.tolist(), shares.rest.tolist()
    ([0.5, 0.75], [0.5, 0.25])
    """

    keys: Keys
    share: Values
    contexts: Keys
    rest: Values

    @classmethod
    def of(cls, keys: Keys, counts: Counts, discounts: Values, kept: NDArray[np.bool_]) -> Shares:
        """``keys``: sorted; those not ``kept`` count as seen, but have no share."""
        share, _, _ = discounted(keys >> _S16, counts, discounts)
        keys, share = keys[kept], share[kept]
        contexts, group = np.unique(keys >> _S16, return_inverse=True)
        rest: Values = 1.0 - np.bincount(group, share, minlength=len(contexts)).astype(float)
        return cls(keys, share, contexts, rest)

    @classmethod
    def joined(cls, parts: list[Shares]) -> Shares:
        """Those of parts that follow each other and have no context in common."""
        names = ("keys", "share", "contexts", "rest")
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))

    def weighed(self, weight: float) -> Shares:
        """The same if the text is believed only so far."""
        rest = 1 - weight * (1 - self.rest)
        return Shares(self.keys, weight * self.share, self.contexts, rest)

    def mixed(self, keys: Keys, probability: Values) -> Values:
        """``probability`` of n-grams in the model, mixed with what the text says."""
        share = _looked_up(self.keys, self.share, keys, 0.0)
        mixed: Values = (
            share + _looked_up(self.contexts, self.rest, keys >> _S16, 1.0) * probability
        )
        return mixed


def _looked_up(keys: Keys, values: Values, wanted: Keys, otherwise: float) -> Values:
    if not len(keys):
        return np.full(len(wanted), otherwise)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, values[place], otherwise)


def best_weight(model: Values, text: Values, most: float) -> float:
    """The weight of the second of two models under which a text is likeliest, but ``most``.

    ``model``, ``text``: the probability of each of its words in either.

    >>> round(best_weight(np.array([0.1, 0.1]), np.array([0.4, 0.4]), 0.9), 2)
    0.9
    >>> round(best_weight(np.array([0.9, 0.1]), np.array([0.1, 0.9]), 0.9), 2)
    0.5
    """
    weight = _EVEN
    differ = model != text  # where both say the same, no weight makes a difference
    one, other = model[differ], text[differ]
    if not len(one):
        return 0.0
    for _ in range(_ROUNDS):
        believed = weight * other
        weight = float(np.mean(believed / (believed + (1 - weight) * one)))
    return min(weight, most)


def learned_weight(shares: Shares, keys: Keys, probability: Values, most: float) -> float:
    """How far a text is to be believed, but ``most``, judged by n-grams that were held out of it.

    ``keys``: of these, as often as they occur; ``probability``: of each in the model.
    """
    return best_weight(probability, shares.mixed(keys, probability), most)
