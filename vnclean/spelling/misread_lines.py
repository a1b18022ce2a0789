"""The likeliest reading of lines that a program without Vietnamese may have read off a scan.

Each word may be what was written, or what one of the known programs misreads so: these are modes
of the decoder, as other damage is.  What has merely lost its letters of U+1EA0–1EF9 or all
diacritics looks much like it, so that both are modes too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray

from vnclean.orthography import fold, is_syllable
from vnclean.spelling.arrays import row_sums
from vnclean.spelling.decoder import Decoder, Slots, Stretches, Weights
from vnclean.spelling.facts import WordFacts
from vnclean.spelling.misread_words import NOBODY, Meant, MisreadWords
from vnclean.spelling.misreadings import Misreadings, all_bare, upper_half_lost
from vnclean.spelling.ngrams import BREAK, NUMBER, UNKNOWN, Floats, NgramModel
from vnclean.wordlists import syllable_counts

Ints = NDArray[Any]

#: Signs that stand for letters are part of words here: ``t8i``, ``Ph@``, ``nhu'``; one that
#: stands alone may be a word (``©`` for ``ở``).
_TOKEN: Final = regex.compile(
    r"""
      (?P<number> \d++ (?: [.,:/-] \d++ )*+ (?! [\p{L}\p{M}'@#&] ) )
    | (?P<word>   [\p{M}\d'’`´@#&$°]*+ \p{L} [\p{L}\p{M}\d'’`´@#&$°]*+ )
    | (?P<sign>   (?<!\S) [©®&@#$€£§] (?!\S) )
    | (?P<break>  [.!?;:…]++ | [–—•|*=/\\]++ )
    """,
    regex.VERBOSE,
)
#: Figures of so many digits may be misread letters: ``6`` for ``ở``, ``56`` for ``số``.
_DIGITS: Final = 2
#: Signs (letters and others) of a text whose words are remembered.
_REMEMBERED: Final = 20_000
#: Lines decoded together: enough to pay for NumPy's calls, few enough for little memory.
_TOGETHER: Final = 64


class MisreadPrices(NamedTuple):
    """In nats; chosen on lines that the tables were not learned from (RESULTS.md)."""

    no_syllable: float = 5.0  #: a word that is none, outside a misread stretch
    marked_no_syllable: float = 12.0  #: the same with letters beyond ASCII
    foreign: float = 3.0  #: a known foreign word inside such a stretch
    unknown: float = 12.0  #: a word that is kept inside it, though it is none
    enter: float = 8.0  #: in the middle of a line; at its start it may be in any mode
    leave: float = 8.0


class Token(NamedTuple):
    """A word, a number, a sign that may be a word, or a break of a line."""

    kind: str
    text: str
    start: int
    end: int


class Readings(NamedTuple):
    """The words that a token may be, itself first, and how likely each is."""

    word: Ints  #: model numbers
    share: Weights  #: posterior probabilities
    price: float  #: of the likeliest, in the mode in which it is that
    misread: float  #: how likely the token was misread by a program,
    damaged: float  #: and how likely it lost letters or diacritics

    @property
    def best(self) -> int:
        """Which one is the likeliest; 0: as it stands."""
        return int(np.argmax(self.share))


def tokens(line: str) -> list[Token]:
    """The words, numbers and breaks of a line.

    >>> [token.text for token in tokens("mQt, t8i 6 trong 12.000 nuóc.")]
    ['mQt', 't8i', '6', 'trong', '12.000', 'nuóc', '.']
    """
    return [
        Token(match.lastgroup or "", match[0], *match.span()) for match in _TOKEN.finditer(line)
    ]


class MisreadLines:
    """Reads lines as misread ones, and says what they cost as they stand."""

    def __init__(
        self, model: NgramModel, facts: WordFacts, prices: MisreadPrices, width: int
    ) -> None:
        self._model = model
        self._facts = facts
        self._prices = prices
        self._width = width
        self._meant: dict[str, Meant] = {}

    @cached_property
    def _programs(self) -> int:
        return len(Misreadings.load())

    @cached_property
    def _words(self) -> MisreadWords:
        number_of = self._model.number_of
        known = {word: number_of[word] for word in syllable_counts() if word in number_of}
        return MisreadWords(known, [*Misreadings.load().values(), upper_half_lost(), all_bare()])

    @cached_property
    def _decoder(self) -> Decoder:
        """Modes: as it stands, misread by one of the programs, other damage."""
        prices = self._prices
        modes = 1 + self._programs + 2
        switch = np.full((modes, modes), prices.leave + prices.enter)
        switch[0], switch[:, 0] = prices.enter, prices.leave
        np.fill_diagonal(switch, 0.0)
        return Decoder(self._model, switch.tolist(), self._width)

    def standing(self, lines: Sequence[Sequence[Token]]) -> Floats:
        """What each line costs as it stands, in nats."""
        own = [[self._own(token) for token in line] for line in lines]
        return self.cost([[(word, typed) for word, typed, _ in line] for line in own])

    def cost(self, lines: Sequence[Sequence[tuple[int, float]]]) -> Floats:
        """What each line costs; of each token: the model word that it is, and at which price."""
        first = (BREAK, 0.0)
        flat = [pair for line in lines for pair in (first, *line)]
        word = np.array([number for number, _ in flat], dtype=np.int64)
        cost = np.array([price for _, price in flat], dtype=np.float32)
        before = np.concatenate(([BREAK], word[:-1]))
        earlier = np.where(before == BREAK, BREAK, np.concatenate(([BREAK], before[:-1])))
        cost -= self._model.trigram(earlier, before, word)
        length = np.array([len(line) + 1 for line in lines])
        cost[np.cumsum(length) - length] = 0.0
        owner = np.repeat(np.arange(len(lines)), length)
        return np.bincount(owner, cost, minlength=len(lines)).astype(np.float32)

    def readings(self, lines: Sequence[Sequence[Token]]) -> Iterator[list[Readings]]:
        """For each line (none of them empty) what its tokens may be."""
        for first in range(0, len(lines), _TOGETHER):
            yield from self._decoded(lines[first : first + _TOGETHER])

    def _decoded(self, lines: Sequence[Sequence[Token]]) -> Iterator[list[Readings]]:
        self._learn(token for line in lines for token in line)
        slots = [[self._slots(token) for token in line] for line in lines]
        flat = [some for line in slots for some in line]
        word = np.concatenate([numbers for numbers, _ in flat])
        cost = np.concatenate([costs for _, costs in flat])
        count = np.array([len(numbers) for numbers, _ in flat])
        length = np.array([len(line) for line in slots])
        start = np.full(len(lines), BREAK)
        text = Stretches(Slots(word, cost), count, length, (start, start), self._before(len(lines)))
        share = self._decoder.decode(text)
        ends = np.cumsum(count)
        places = iter(zip((ends - count).tolist(), ends.tolist(), strict=True))
        for line in lines:
            yield [
                self._reading(word[a:b], cost[a:b], share[a:b])
                for _, (a, b) in zip(line, places, strict=False)
            ]

    def _before(self, lines: int) -> Weights:
        """Weights of the modes before each line: nothing is known yet of any."""
        return np.ones((lines, self._programs + 3))

    def _reading(self, word: Ints, cost: Floats, share: Weights) -> Readings:
        whole = row_sums(share)
        best = int(np.argmax(whole))
        price = float(cost[best, np.argmax(share[best])])
        modes = share.sum(axis=0)
        last = 1 + self._programs
        return Readings(word, whole, price, float(modes[1:last].sum()), float(modes[last:].sum()))

    def _learn(self, found: Iterator[Token]) -> None:
        """Finds what the words of a text may stand for."""
        if len(self._meant) > _REMEMBERED:
            self._meant.clear()
        new = dict.fromkeys(token.text.lower() for token in found if _readable(token))
        fresh = [text for text in new if text not in self._meant]
        self._meant.update(zip(fresh, self._words.meant(fresh), strict=True))

    def _slots(self, token: Token) -> tuple[Ints, Floats]:
        """The words that a token may be, itself first, and what each costs in each mode."""
        own, typed, misread = self._own(token)
        meant = self._meant[token.text.lower()] if _readable(token) else NOBODY
        cost = np.full((len(meant.word) + 1, self._programs + 3), np.inf, dtype=np.float32)
        cost[0], cost[0, 0] = misread, typed
        cost[1:, 1:] = meant.price
        itself = np.flatnonzero(meant.word == own) + 1
        if len(itself):
            cost[0, 1:] = np.minimum(cost[0, 1:], cost[itself[0], 1:])
        word = np.concatenate(([own], meant.word))
        return np.delete(word, itself), np.delete(cost, itself, axis=0)

    def _own(self, token: Token) -> tuple[int, float, float]:
        """The model word of a token as it stands, and its price outside and inside a stretch."""
        prices = self._prices
        if token.kind != "word":
            return (NUMBER if token.kind == "number" else BREAK), 0.0, 0.0
        word = fold(token.text)
        number = self._model.number_of.get(word, UNKNOWN)
        if number != UNKNOWN and is_syllable(word):
            return number, 0.0, np.inf
        if word in self._facts.foreign or len(word) < 2:
            return number, 0.0, prices.foreign
        outside = prices.no_syllable if word.isascii() else prices.marked_no_syllable
        return number, outside, prices.unknown


def _readable(token: Token) -> bool:
    """Whether a token may be a misread word."""
    if token.kind == "number":
        return len(token.text) <= _DIGITS
    return token.kind in ("word", "sign")
