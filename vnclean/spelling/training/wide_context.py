"""Trains :class:`~vnclean.spelling.wide_context.WideContext` by stochastic gradient descent.

At each place of the training text the word that stands there must win against its rivals: the
words that damage may have made it of, or make of it.  What the bigrams on either side say of each
goes in as it is and is not trained, so that the vectors learn what these do not know.  The loss is
the cross-entropy over the rivals (a softmax sampled where it matters, not at random).

The inner loop runs over single words, which needs a compiler: numba (the extra ``training``).
One thread and one pass, so that the same text gives the same model.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.errors import InputError
from vnclean.language import translated
from vnclean.orthography import Syllable, residue, skeleton
from vnclean.spelling.channel import Channel
from vnclean.spelling.ngrams import SPECIAL_WORDS
from vnclean.spelling.prices import Mode
from vnclean.spelling.training.smoothing import Bigrams, back_off_weights
from vnclean.spelling.training.wide_context_kernel import train
from vnclean.spelling.wide_context import WideContext, groups

Ints = NDArray[Any]

#: Numbers a word's vector has: on bare news 64 mend 9 % of the wrong words, 128 13 %.
SIZE: Final = 128
#: Rivals a word has at most, the commonest first.
_MOST_RIVALS: Final = 48
#: Slips that cost more than this are too rare to learn from.
_DEAREST: Final = 13.0
#: Words in a row that stay together when the text is shuffled.
_STRETCH: Final = 2000
#: A bigram's log probability is kept in a byte: from this up to 0.
_LOWEST: Final = -20.0
#: A table of all pairs of words is held in memory, a byte each.
_MOST_WORDS: Final = 1 << 15


@dataclass(frozen=True)
class Rivals:
    """Of each word, itself and its rivals: ``word[k, : count[k]]``; none has count 0."""

    word: NDArray[np.int32]
    count: NDArray[np.int32]

    @classmethod
    def of(cls, words: Sequence[str], channel: Channel, unigram: NDArray[Any]) -> Rivals:
        """``words``: in the order of their numbers; ``unigram``: the probability of each."""
        table = np.zeros((len(words), _MOST_RIVALS), dtype=np.int32)
        count = np.zeros(len(words), dtype=np.int32)
        for number in channel.lexicon.words:
            if number < len(SPECIAL_WORDS):
                continue
            others = _rivals(words[number], number, channel) - {number}
            ordered = sorted(others, key=lambda w: (-unigram[w], w))[: _MOST_RIVALS - 1]
            if ordered:
                table[number, : len(ordered) + 1] = [number, *ordered]
                count[number] = len(ordered) + 1
        return cls(table, count)


def _rivals(word: str, number: int, channel: Channel) -> set[int]:
    lexicon = channel.lexicon
    syllable = Syllable.parse(word)
    styles = {syllable.spell("old"), syllable.spell("new")} if syllable else {word}
    found = {w for w, price in channel.isolated.of(word, number).items() if price <= _DEAREST}
    for style in styles:
        found |= {*lexicon.of_rest(Mode.LOST, residue(style))}
    found |= {*lexicon.of_rest(Mode.BARE, skeleton(word))}
    return found


def pair_table(bigrams: Bigrams) -> NDArray[np.uint8]:
    """log P(w|v) of all pairs in steps of 20/255 nats; shape (words, words)."""
    words = len(bigrams.unigram)
    first = (bigrams.keys >> np.uint64(16)).astype(np.int64)
    second = (bigrams.keys & np.uint64(0xFFFF)).astype(np.int64)
    lower = bigrams.unigram[second]
    backoff = np.log(back_off_weights(first, words, bigrams.probability, lower))
    unigram = np.log(bigrams.unigram)
    table = np.empty((words, words), dtype=np.uint8)
    for v in range(words):
        table[v] = _in_steps(backoff[v] + unigram)
    table[first, second] = _in_steps(np.log(bigrams.probability))
    return table


def _in_steps(logs: NDArray[Any]) -> NDArray[np.uint8]:
    steps: NDArray[np.uint8] = np.round((np.maximum(logs, _LOWEST) - _LOWEST) * (255 / -_LOWEST))
    return np.minimum(steps, 255).astype(np.uint8)


def shuffled(streams: Sequence[tuple[NDArray[np.uint16], int]]) -> NDArray[np.uint16]:
    """Word numbers of several texts, each as often as it counts, their stretches mixed."""
    stretches = [
        stream[first : first + _STRETCH]
        for stream, weight in streams
        for first in range(0, len(stream), _STRETCH)
        for _ in range(weight)
    ]
    order = np.random.default_rng(0).permutation(len(stretches))
    return np.concatenate([stretches[number] for number in order])


def learn(
    text: NDArray[np.uint16],
    rivals: Rivals,
    bigrams: Bigrams,
    progress: Callable[[int], None] = lambda done: None,
    size: int = SIZE,
) -> WideContext:
    """Trains on ``text``, one pass; ``progress`` hears how many words are done.

    Raises InputError if the model has too many words for the table of all pairs.
    """
    words = len(bigrams.unigram)
    if words > _MOST_WORDS:
        raise InputError(
            translated(
                "{words} words are too many to train the wide context: {most}",
                words=words,
                most=_MOST_WORDS,
            )
        )
    chance = np.random.default_rng(0)
    inward = chance.normal(0, 0.1, (words, size)).astype(np.float32)
    outward, bias = np.zeros((words, size), np.float32), np.zeros(words, np.float32)
    near = np.full((int(groups().max()) + 1, size), 0.3, np.float32)
    vectors = (inward, outward, bias, near)
    pairs, group = pair_table(bigrams), groups()
    train(text, rivals.word, rivals.count, pairs, group, vectors, progress)
    bias[rivals.count == 0] = math.nan
    return WideContext.pack(inward, outward, bias, near)
