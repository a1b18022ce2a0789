"""Interpolated modified Kneser–Ney probabilities, pruned, in back-off form.

Formulas and the three discounts: Chen and Goodman, *An Empirical Study of Smoothing Techniques
for Language Modeling* (TR-10-98, Harvard, 1998), section 3.  Pruning keeps the trigrams that
change the training text's likelihood most, after Stolcke, *Entropy-based Pruning of Backoff
Language Models* (1998); back-off weights are then computed anew so that every context sums to 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from vnclean.errors import InputError
from vnclean.language import translated
from vnclean.spelling.arrays import run_starts
from vnclean.spelling.ngrams import BREAK
from vnclean.spelling.training.counting import Counts, KeyCounter, Keys

Values = NDArray[np.float64]
_S16 = np.uint64(16)
_LOW16 = np.uint64(0xFFFF)
_LOW32 = np.uint64(0xFFFFFFFF)
#: What is left to lower orders never falls to nothing: keeps logarithms finite.
_SMALLEST = 1e-7


@dataclass
class CountsOfCounts:
    """How many n-grams were seen once, twice, three and four times."""

    seen: Values = field(default_factory=lambda: np.zeros(5))

    def add(self, counts: Counts) -> None:
        self.seen += np.bincount(np.minimum(counts, 5), minlength=6)[:5]

    def discounts(self) -> Values:
        """Discount by count: index 1, 2, 3 (and more); equation 26 of Chen and Goodman."""
        _, n1, n2, n3, n4 = np.maximum(self.seen, 1)
        y = n1 / (n1 + 2 * n2)
        each = [0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3]
        most = np.array([0.0, 0.95, 1.95, 2.95])
        clipped: Values = np.clip(np.array(each), 0.0, most)
        return clipped


def discounted(
    contexts: Keys, counts: Counts, discounts: Values
) -> tuple[Values, NDArray[np.int64], Values]:
    """For sorted ``contexts``: discounted relative frequency of each entry, the group each
    belongs to, and what each group leaves to the lower order (gamma)."""
    first = run_starts(contexts)
    starts = np.flatnonzero(first)
    group = np.cumsum(first) - 1
    total = np.add.reduceat(counts, starts).astype(float)
    taken = discounts[np.minimum(counts, 3)]
    gamma = np.add.reduceat(taken, starts) / total
    return (counts - taken) / total[group], group, gamma


@dataclass
class Bigrams:
    """Sorted bigram keys with interpolated probabilities; unigrams beside them."""

    unigram: Values
    keys: Keys
    counts: Counts
    probability: Values

    @classmethod
    def estimate(cls, keys: Keys, counts: Counts, words: int) -> Bigrams:
        """``counts``: continuation counts (after a BREAK: plain counts)."""
        spread = CountsOfCounts()
        spread.add(counts)
        share, group, gamma = discounted(keys >> _S16, counts, spread.discounts())
        followers = np.bincount((keys & _LOW16).astype(np.int64), minlength=words).astype(float)
        unigram = (followers + 0.5) / (followers.sum() + 0.5 * words)
        lower = unigram[(keys & _LOW16).astype(np.int64)]
        return cls(unigram, keys, counts, share + gamma[group] * lower)

    def of(self, keys: Keys) -> Values:
        """P(w|v) of bigrams that are all known."""
        return self.probability[np.searchsorted(self.keys, keys)]

    def keep(self, needed: Keys, least: int) -> tuple[Keys, Values, Values]:
        """Prunes to bigrams seen ``least`` times or ``needed``.

        Out: keys, probabilities, and the back-off weight of every word as a context.
        """
        kept = (self.counts >= least) | np.isin(self.keys, needed, assume_unique=True)
        keys, probability = self.keys[kept], self.probability[kept]
        context = (keys >> _S16).astype(np.int64)
        lower = self.unigram[(keys & _LOW16).astype(np.int64)]
        weight = back_off_weights(context, len(self.unigram), probability, lower)
        return keys, probability, weight


def back_off_weights(
    group: NDArray[np.int64], groups: int, probability: Values, lower: Values
) -> Values:
    """(1 − Σ kept P) / (1 − Σ kept P of the lower order), per group; 1 for an empty group."""
    upper = 1 - np.bincount(group, probability, minlength=groups)
    under = 1 - np.bincount(group, lower, minlength=groups)
    weights: Values = np.maximum(upper, _SMALLEST) / np.maximum(under, _SMALLEST)
    return weights


def continuation(trigrams: KeyCounter, into: KeyCounter) -> CountsOfCounts:
    """Counts, for each bigram (v, w), the distinct words before it; plain counts after BREAK."""
    spread = CountsOfCounts()
    for keys, counts in trigrams.merged(32):
        spread.add(counts)
        pair = keys & _LOW32
        first = (keys >> np.uint64(32)) == BREAK
        opening = first & ((pair >> _S16) == BREAK)
        into.add(pair[~opening])
        for key, count in zip(pair[opening], counts[opening], strict=True):
            into.add(np.array([key], dtype=np.uint64), int(count))
    return spread


@dataclass(frozen=True)
class TrigramPart:
    """Trigrams of one range of keys: probability, and what pruning each would cost."""

    keys: Keys
    group: NDArray[np.int64]
    probability: Values
    lower: Values
    gain: Values


def trigram_parts(
    trigrams: KeyCounter, bigrams: Bigrams, discounts: Values
) -> Iterator[TrigramPart]:
    """Interpolated P(w|u,v) for every trigram seen, range by range."""
    for keys, counts in trigrams.merged(32):
        # After a BREAK the bigram says it all: its counts are those of the start of a clause.
        within = (keys >> _S16) != BREAK
        keys, counts = keys[within], counts[within]
        if not len(keys):
            continue
        share, group, gamma = discounted(keys >> _S16, counts, discounts)
        lower = bigrams.of(keys & _LOW32)
        probability = share + gamma[group] * lower
        gain = counts.astype(float) * np.log(
            probability / np.maximum(gamma[group] * lower, _SMALLEST**2)
        )
        gain[counts == 1] = 0.0
        yield TrigramPart(keys, group, probability, lower, gain)


def gain_threshold(parts: Iterator[TrigramPart], keep: int) -> float:
    """The gain above which about ``keep`` trigrams lie."""
    edges = np.concatenate(([0.0], np.geomspace(1e-3, 1e7, 4000), [np.inf]))
    histogram = np.zeros(len(edges) - 1)
    for part in parts:
        histogram += np.histogram(part.gain, edges)[0]
    from_above = np.cumsum(histogram[::-1])[::-1]
    fitting = np.flatnonzero(from_above <= keep)
    return float(edges[fitting[0]])


@dataclass(frozen=True)
class KeptTrigrams:
    """What pruning left: trigrams, and the back-off weight of their contexts."""

    keys: Keys
    probability: Values
    contexts: Keys
    weights: Values


def prune(parts: Iterator[TrigramPart], threshold: float) -> KeptTrigrams:
    """Keeps the trigrams with at least ``threshold`` of gain.

    Raises InputError if that leaves none.
    """
    keys, probabilities, contexts, weights = [], [], [], []
    for part in parts:
        kept = part.gain >= max(threshold, 1e-9)
        if not kept.any():
            continue
        part_contexts, group = np.unique(part.keys[kept] >> _S16, return_inverse=True)
        keys.append(part.keys[kept])
        probabilities.append(part.probability[kept])
        contexts.append(part_contexts)
        weights.append(
            back_off_weights(group, len(part_contexts), part.probability[kept], part.lower[kept])
        )
    if not keys:
        raise InputError(
            translated("no three words of the corpus occur together twice; give more text")
        )
    return KeptTrigrams(*(np.concatenate(x) for x in (keys, probabilities, contexts, weights)))
