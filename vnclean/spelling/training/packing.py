"""Packing: from probabilities and prices to the sections of a model file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.channel import Channel
from vnclean.spelling.facts import WordFacts
from vnclean.spelling.lexicon import Lexicon
from vnclean.spelling.ngrams import NgramModel
from vnclean.spelling.prices import Prices
from vnclean.spelling.slips import SlipTable
from vnclean.spelling.static_function import StaticFunction
from vnclean.spelling.training.counting import Keys
from vnclean.spelling.training.rivalry import RivalTable, rival_gains
from vnclean.spelling.training.smoothing import Values

Sections = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Lower:
    """The probabilities below the trigrams: of words, of sorted bigrams, and back-off weights."""

    unigram: Values
    backoff: Values  #: of each word as a context
    keys: Keys
    probability: Values
    weights: Values  #: of each bigram as a context


def bigram_sections(words: Sequence[str], lower: Lower) -> tuple[Sections, StaticFunction]:
    """Words, unigrams and bigrams; and the function that the bigrams are in."""
    bigram_codes, bigram_code = quantise(np.log(lower.probability), 256)
    backoff_codes, backoff_code = quantise(np.log(lower.weights), 256)
    pair = StaticFunction.build(lower.keys, bigram_code | backoff_code << 8, 16, np.uint32)
    return {
        "words": np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8),
        "unigram": np.log(lower.unigram).astype(np.float32),
        "unigram_backoff": np.log(lower.backoff).astype(np.float32),
        "bigram_codes": bigram_codes,
        "backoff_codes": backoff_codes,
        "bigrams": pair.cells,
    }, pair


def priced_sections(
    words: Sequence[str],
    channel: Channel,
    sections: Sections,
    functions: dict[str, Any],
    keys: Keys,
) -> Sections:
    """What is worked out with prices: the slips of all words, the gains of all rivals.

    ``sections``, ``functions``: of the model so far; ``keys``: of its bigrams.
    """
    slips = SlipTable.build(words, channel.isolated.of).sections()
    model = NgramModel({"functions": functions}, sections | slips)
    shape = functions["bigrams"]
    pair = StaticFunction(sections["bigrams"], 16, shape["seed"], shape["segment"])
    gains = rival_gains(model, keys, RivalTable.of(words, channel))
    return {**slips, "rivals": pair.beside(keys, gains)}


def channel_of(words: Sequence[str], facts: WordFacts, prices: Prices) -> Channel:
    """The channel over a vocabulary; ``words``: in the order of their numbers."""
    number_of = {word: number for number, word in enumerate(words)}
    return Channel(Lexicon(number_of, facts.capital_share), facts, prices)


def quantise(
    values: NDArray[np.float64], levels: int
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """A code book of ``levels`` values (Lloyd's algorithm, 1-d) and the code of each value."""
    some = min(len(values), 1 << 19)
    sample = np.sort(np.random.default_rng(0).choice(values, some, replace=False))
    book = np.linspace(sample[0], sample[-1], levels)
    for _ in range(40):
        edges = np.searchsorted(sample, (book[1:] + book[:-1]) / 2)
        pieces = np.split(sample, edges)
        book = np.array([p.mean() if len(p) else c for p, c in zip(pieces, book, strict=True)])
    codes = np.searchsorted((book[1:] + book[:-1]) / 2, values)
    return book.astype(np.float32), codes.astype(np.int64)
