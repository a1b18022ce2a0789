"""Lines that a program without Vietnamese has read off a scan: ``Mǎt tràn Nhàn dan trén thc té``.

In such a line no letter stands that Vietnamese has alone, and hardly a word is as it should be.
Each word may be what was written, or what one of the known programs misreads so: these are modes
of the decoder, as other damage is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray

from vnclean.edits import Edit, apply
from vnclean.orthography import Syllable, fold, is_syllable, match_case
from vnclean.spelling.arrays import row_sums
from vnclean.spelling.decoder import Decoder, Slots, Stretches, Weights
from vnclean.spelling.facts import WordFacts
from vnclean.spelling.misread_words import NOBODY, Meant, MisreadWords
from vnclean.spelling.misreadings import Misreadings
from vnclean.spelling.ngrams import BREAK, NUMBER, UNKNOWN, Floats, NgramModel
from vnclean.stages import Stage
from vnclean.stages.gate import lines_with
from vnclean.wordlists import syllable_counts

Ints = NDArray[Any]

#: A line without any letter that only Vietnamese has, but with words.
_GATE: Final = re.compile(
    "^(?=([^\\nđĐơƠưƯăĂĩĨũŨ\u1ea0-\u1ef9]*[^\\W\\d_]{2}[^\\nđĐơƠưƯăĂĩĨũŨ\u1ea0-\u1ef9]*))\\1$",
    re.MULTILINE,
)
#: Signs that stand for letters are part of words here: ``t8i``, ``Ph@``, ``nhu'``.
_TOKEN: Final = regex.compile(
    r"""
      (?P<number> \d++ (?: [.,:/-] \d++ )*+ (?! [\p{L}\p{M}'@#&] ) )
    | (?P<word>   [\p{M}\d'’`´@#&$°]*+ \p{L} [\p{L}\p{M}\d'’`´@#&$°]*+ )
    | (?P<break>  [.!?;:…]++ | [–—•|*=/\\]++ )
    """,
    regex.VERBOSE,
)
#: Figures of so many digits may be misread letters: ``6`` for ``ở``, ``56`` for ``số``.
_DIGITS: Final = 2
#: More than this share of the words must have diacritics, but be no words,
_ODD_SHARE: Final = 0.04
#: more than this share of these must be none either once old code pages are read,
_STILL_ODD: Final = 0.5
#: and more than this share of them must be found to be misread: else it is another language.
_EXPLAINED: Final = 0.6
#: Signs (letters and others) of a text whose words are remembered.
_REMEMBERED: Final = 20_000
_ALTERNATIVES: Final = 3
_NOTEWORTHY: Final = 0.001


class MisreadPrices(NamedTuple):
    """In nats; flat around these values on lines the tables were not learned from (RESULTS.md)."""

    no_syllable: float = 5.0  #: a word that is none, outside a misread stretch
    marked_no_syllable: float = 12.0  #: the same with letters beyond ASCII
    foreign: float = 3.0  #: a known foreign word inside such a stretch
    unknown: float = 9.0  #: a word that is kept inside it, though it is none
    enter: float = 5.0
    leave: float = 2.0


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


class Misread:
    """Repairs lines of OCR without Vietnamese."""

    def __init__(
        self,
        model: NgramModel,
        facts: WordFacts,
        legacy: Stage,
        prices: MisreadPrices = MisreadPrices(),  # noqa: B008 (immutable)
        width: int = 32,
    ) -> None:
        """``legacy``: reads old code pages, whose letters look much like misread ones."""
        self._legacy = legacy
        self._model = model
        self._facts = facts
        self._prices = prices
        self._width = width
        self._meant: dict[str, Meant] = {}

    def edits(self, lines: Sequence[str]) -> list[list[Edit]]:
        """For each line (no line ends in them) its edits, from left to right."""
        found: list[list[Edit]] = [[] for _ in lines]
        gated = [number for number in lines_with(_GATE, lines) if not lines[number].isascii()]
        if not gated:
            return found
        some = [lines[number] for number in gated]
        recoded = [apply(*pair) for pair in zip(some, self._legacy.edits(some), strict=True)]
        misread = {
            number: tokens
            for number, after in zip(gated, recoded, strict=True)
            if self._worth(tokens := _tokens(lines[number]), _tokens(after))
        }
        for number, edits in zip(misread, self._decoded(list(misread.values())), strict=True):
            found[number] = edits
        return found

    def _worth(self, tokens: list[_Token], recoded: list[_Token]) -> bool:
        """Whether to look at a line; ``recoded``: what is left to repair in it by this stage."""
        odd = len(self._odd(tokens))
        return odd > _ODD_SHARE * len(tokens) and len(self._odd(recoded)) > _STILL_ODD * odd

    def _odd(self, tokens: list[_Token]) -> set[int]:
        """Where the words begin that have diacritics, but are no words."""
        return {token.start for token in tokens if token.kind == "word" and _is_odd(token.text)}

    @cached_property
    def _words(self) -> MisreadWords:
        number_of = self._model.number_of
        known = {word: number_of[word] for word in syllable_counts() if word in number_of}
        return MisreadWords(known, Misreadings.load().values())

    @cached_property
    def _modes(self) -> int:
        """As it stands, or misread by one of the programs."""
        return 1 + len(Misreadings.load())

    @cached_property
    def _decoder(self) -> Decoder:
        prices = self._prices
        switch = np.full((self._modes, self._modes), prices.leave + prices.enter)
        switch[0], switch[:, 0] = prices.enter, prices.leave
        np.fill_diagonal(switch, 0.0)
        return Decoder(self._model, switch.tolist(), self._width)

    def _decoded(self, lines: list[list[_Token]]) -> Iterator[list[Edit]]:
        if not lines:
            return
        self._learn(token for tokens in lines for token in tokens)
        slots = [[self._slots(token) for token in tokens] for tokens in lines]
        flat = [some for line in slots for some in line]
        word = np.concatenate([numbers for numbers, _ in flat])
        cost = np.concatenate([costs for _, costs in flat])
        count = np.array([len(numbers) for numbers, _ in flat])
        length = np.array([len(line) for line in slots])
        start = np.full(len(lines), BREAK)
        text = Stretches(Slots(word, cost), count, length, (start, start))
        share = row_sums(self._decoder.decode(text))
        ends = np.cumsum(count)
        first = 0
        for tokens in lines:
            places = zip((ends - count)[first:], ends[first:], strict=True)
            edits = [
                edit
                for token, (a, b) in zip(tokens, places, strict=False)
                for edit in self._edit(token, word[a:b], share[a:b])
            ]
            odd = self._odd(tokens)
            explained = odd & {edit.start for edit in edits}
            yield edits if len(explained) > _EXPLAINED * len(odd) else []
            first += len(tokens)

    def _learn(self, tokens: Iterator[_Token]) -> None:
        """Finds what the words of a text may stand for."""
        if len(self._meant) > _REMEMBERED:
            self._meant.clear()
        new = dict.fromkeys(t.text.lower() for t in tokens if _readable(t))
        fresh = [text for text in new if text not in self._meant]
        self._meant.update(zip(fresh, self._words.meant(fresh), strict=True))

    def _slots(self, token: _Token) -> tuple[Ints, Floats]:
        """The words that a token may be, itself first, and what each costs in each mode."""
        own, typed, misread = self._own(token)
        meant = self._meant[token.text.lower()] if _readable(token) else NOBODY
        cost = np.full((len(meant.word) + 1, self._modes), np.inf, dtype=np.float32)
        cost[0], cost[0, 0] = misread, typed
        cost[1:, 1:] = meant.price
        itself = np.flatnonzero(meant.word == own) + 1
        if len(itself):
            cost[0, 1:] = np.minimum(cost[0, 1:], cost[itself[0], 1:])
        word = np.concatenate(([own], meant.word))
        return np.delete(word, itself), np.delete(cost, itself, axis=0)

    def _own(self, token: _Token) -> tuple[int, float, float]:
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

    def _edit(self, token: _Token, words: Ints, share: Weights) -> Iterator[Edit]:
        """The edit of a token, if it is to be another word."""
        order = np.argsort(-share)
        best = int(order[0])
        if best == 0:
            return
        others = [
            (self._spelled(int(words[at]), token.text), round(float(share[at]), 4))
            for at in order[1 : _ALTERNATIVES + 1].tolist()
            if share[at] >= _NOTEWORTHY
        ]
        after = self._spelled(int(words[best]), token.text)
        sure = min(float(share[best]), 1.0)
        yield Edit(
            token.start, token.end, token.text, after, "misread", sure, "latin1", tuple(others)
        )

    def _spelled(self, number: int, written: str) -> str:
        """A model word in the letter case of what was written, the tone in its older place."""
        syllable = Syllable.parse(self._model.words[number])
        return match_case(written, syllable.spell("old")) if syllable else written


def _tokens(line: str) -> list[_Token]:
    return [
        _Token(match.lastgroup or "", match[0], *match.span()) for match in _TOKEN.finditer(line)
    ]


def _is_odd(word: str) -> bool:
    return not word.isascii() and not is_syllable(word)


def _readable(token: _Token) -> bool:
    """Whether a token may be a misread word."""
    return token.kind == "word" or (token.kind == "number" and len(token.text) <= _DIGITS)
