"""Adapting the shipped model to a user's own text; what comes out is a whole model file.

From the lowest order up: the words' probabilities are mixed, then the bigrams' above them, then
the trigrams'.  At each order the weight of the text is found on the part of it that was held out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.errors import InputError
from vnclean.language import marked, translated
from vnclean.spelling.adaptation import VALUE_BITS
from vnclean.spelling.channel import digest
from vnclean.spelling.facts import WordFacts
from vnclean.spelling.ngrams import NgramModel, trigram_keys
from vnclean.spelling.prices import Prices
from vnclean.spelling.static_function import StaticFunction
from vnclean.spelling.training.counting import Counts, KeyCounter, Keys
from vnclean.spelling.training.mixing import Shares, best_weight, learned_weight
from vnclean.spelling.training.packing import (
    Lower,
    Sections,
    bigram_sections,
    channel_of,
    priced_sections,
    quantise,
)
from vnclean.spelling.training.smoothing import (
    Bigrams,
    CountsOfCounts,
    Values,
    back_off_weights,
    continuation,
)

_S16 = np.uint64(16)
_LOW16 = np.uint64(0xFFFF)
_LOW32 = np.uint64(0xFFFFFFFF)
#: What was seen less often in the text may be chance, or a slip.
_RAREST: Final = 2
#: Words whose pairs with all others are asked for together.
_TOGETHER: Final = 64
#: Sections of the shipped model that stay as they are.
_KEPT: Final = ("trigrams", "trigram_codes")


@dataclass(frozen=True)
class Adapted:
    """An adapted model: its sections, and the facts of its header."""

    sections: Sections
    facts: dict[str, Any]


def adapt(
    base: NgramModel,
    new_words: Sequence[str],
    counted: KeyCounter,
    held_out: Keys,
    scratch: Path,
    most: float,
    progress: Callable[[str], None] = lambda stage: None,
) -> Adapted:
    """``base`` adapted to a text.

    ``new_words``: words of the text that ``base`` lacks; their numbers follow those of its own.
    ``counted``: the text's trigrams; ``held_out``: keys of those of a part that was left out.
    ``most``: how far the text is believed at most, from 0 to 1.
    Raises InputError if there is too little text.
    """
    words = [*base.words, *new_words]
    progress(marked("smoothing"))
    pairs = KeyCounter(scratch, "bigrams")
    discounts = continuation(counted, pairs).discounts()
    trigrams = _shares_of_trigrams(counted, discounts)
    merged = list(pairs.merged(16))
    if not len(trigrams.keys) or not len(held_out):
        raise InputError(translated("there is too little text to learn from; give more of it"))
    lower, weights = _mixed_lower(base, words, merged, trigrams, held_out & _LOW32, most)
    progress(marked("packing"))
    sections, pair = bigram_sections(words, lower)
    sections |= {name: base.sections[name] for name in _KEPT}
    functions: dict[str, Any] = {
        "bigrams": {"seed": pair.seed, "segment": pair.segment},
        "trigrams": base.header["functions"]["trigrams"],
    }
    below = NgramModel({"functions": functions}, sections)
    weights["trigrams"] = learned_weight(trigrams, held_out, _probability(below, held_out), most)
    packed, shapes = _packed_trigrams(trigrams.weighed(weights["trigrams"]))
    sections |= packed
    functions |= shapes
    progress(marked("comparing rivals"))
    facts, prices = WordFacts.load().knowing(new_words), Prices()
    channel = channel_of(words, facts, prices)
    sections |= priced_sections(words, channel, sections, functions, lower.keys)
    sections |= _wide_sections(base, len(new_words))
    return Adapted(
        sections,
        {
            "words": len(words),
            "new_words": len(new_words),
            "bigrams": len(lower.keys),
            "trigrams": base.header["trigrams"],
            "adapted_trigrams": len(trigrams.keys),
            "weights": {name: round(weight, 3) for name, weight in weights.items()},
            "channel": digest(prices, facts),
            "functions": functions,
        },
    )


def _shares_of_trigrams(counted: KeyCounter, discounts: Values) -> Shares:
    parts = [Shares.of(keys, counts, discounts, counts >= _RAREST)
             for keys, counts in counted.merged(32)]  # fmt: skip
    if not parts:
        raise InputError(translated("there are no words in the text; name files of running text"))
    return _without_openings(Shares.joined(parts))


def _without_openings(shares: Shares) -> Shares:
    """After a BREAK the bigram says it all: its counts are those of the start of a clause."""
    within, contexts = shares.keys >> _S16 != 0, shares.contexts != 0
    return Shares(
        shares.keys[within], shares.share[within], shares.contexts[contexts], shares.rest[contexts]
    )


def _mixed_lower(
    base: NgramModel,
    words: Sequence[str],
    counted: Sequence[tuple[Keys, Counts]],
    trigrams: Shares,
    held_out: Keys,
    most: float,
) -> tuple[Lower, dict[str, float]]:
    """Words and bigrams of the model mixed with those of the text, and the weights of these.

    ``counted``: bigrams of the text, ``held_out`` those of the part that was left out.
    """
    keys, counts = (np.concatenate([part[k] for part in counted]) for k in (0, 1))
    old_unigram = np.concatenate((np.exp(base.unigram), np.zeros(len(words) - len(base.words))))
    own = Bigrams.estimate(keys, counts, len(words)).unigram
    second = (held_out & _LOW16).astype(np.int64)
    weights = {"words": best_weight(old_unigram[second], own[second], most)}
    unigram = (1 - weights["words"]) * old_unigram + weights["words"] * own
    needed = np.unique(np.concatenate((trigrams.contexts, trigrams.keys & _LOW32)))
    spread = CountsOfCounts()
    spread.add(counts)
    kept = (counts >= _RAREST) | np.isin(keys, needed, assume_unique=True)
    shares = Shares.of(keys, counts, spread.discounts(), kept)
    old = _KnownPairs.of(base, unigram)
    weights["bigrams"] = learned_weight(shares, held_out, old.probability_of(held_out), most)
    shares = shares.weighed(weights["bigrams"])
    union = np.union1d(old.keys, shares.keys)
    probability = shares.mixed(union, old.probability_of(union))
    context = (union >> _S16).astype(np.int64)
    under = unigram[(union & _LOW16).astype(np.int64)]
    backoff = back_off_weights(context, len(words), probability, under)
    return Lower(unigram, backoff, union, probability, old.weights_of(union)), weights


@dataclass(frozen=True)
class _KnownPairs:
    """All bigrams that a model has kept, found by asking for every pair of words.

    ``keys``: sorted.
    """

    keys: Keys
    probability: Values
    weights: Values  #: of each as a context
    backoff: Values  #: of each word as a context
    unigram: Values

    @classmethod
    def of(cls, base: NgramModel, unigram: Values) -> _KnownPairs:
        """``unigram``: of all words, those of ``base`` first."""
        count = len(base.words)
        everything = np.arange(count)
        found: list[tuple[NDArray[Any], ...]] = []
        for first in range(0, count, _TOGETHER):
            some = np.arange(first, min(first + _TOGETHER, count))
            v, w = np.repeat(some, count), np.tile(everything, len(some))
            pairs = base.pairs(v, w)
            at = np.flatnonzero(pairs.found)
            keys = v[at].astype(np.uint64) << _S16 | w[at].astype(np.uint64)
            found.append((keys, np.exp(pairs.score[at]), np.exp(pairs.context[at])))
        keys, probability, weights = (np.concatenate(column) for column in zip(*found, strict=True))
        backoff = np.ones(len(unigram))
        backoff[:count] = np.exp(base.sections["unigram_backoff"])
        return cls(keys, probability.astype(float), weights.astype(float), backoff, unigram)

    def probability_of(self, keys: Keys) -> Values:
        """P(w|v) in the model, of any bigrams."""
        v, w = (keys >> _S16).astype(np.int64), (keys & _LOW16).astype(np.int64)
        place, known = self._places(keys)
        probability = self.backoff[v] * self.unigram[w]
        probability[known] = self.probability[place[known]]
        return probability

    def weights_of(self, keys: Keys) -> Values:
        """The back-off weights of bigrams as contexts; 1 of those that the model lacks."""
        place, known = self._places(keys)
        weights = np.ones(len(keys))
        weights[known] = self.weights[place[known]]
        return weights

    def _places(self, keys: Keys) -> tuple[NDArray[Any], NDArray[np.bool_]]:
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return place, self.keys[place] == keys


def _probability(model: NgramModel, keys: Keys) -> Values:
    """P(w|u,v) of trigrams."""
    u, v, w = ((keys >> np.uint64(shift)).astype(np.int64) & 0xFFFF for shift in (32, 16, 0))
    assert np.array_equal(trigram_keys(u, v, w), keys)
    return np.exp(model.trigram(u, v, w)).astype(float)


def _packed_trigrams(shares: Shares) -> tuple[Sections, dict[str, Any]]:
    """The sections of :mod:`vnclean.spelling.adaptation`, and the shapes of the functions."""
    sections: Sections = {}
    functions: dict[str, Any] = {}
    parts = (("context", shares.contexts, shares.rest), ("trigram", shares.keys, shares.share))
    for name, keys, values in parts:
        codes, code = quantise(np.log(np.maximum(values, 1e-7)), 1 << VALUE_BITS)
        function = StaticFunction.build(keys, code, VALUE_BITS, np.uint32)
        sections |= {f"adapted_{name}_codes": codes, f"adapted_{name}s": function.cells}
        functions[f"adapted_{name}s"] = {"seed": function.seed, "segment": function.segment}
    return sections, functions


def _wide_sections(base: NgramModel, more: int) -> Sections:
    """What words farther off say, as in ``base``; of ``more`` new words nothing is known."""
    filled = {"wide_bias": np.nan, "wide_in_scale": 1.0, "wide_out_scale": 1.0}
    sections: Sections = {}
    for name, values in base.sections.items():
        if name == "wide_near":
            sections[name] = values
        elif name.startswith("wide_"):
            fill = np.full((more, *values.shape[1:]), filled.get(name, 0), dtype=values.dtype)
            sections[name] = np.concatenate((values, fill))
    return sections
