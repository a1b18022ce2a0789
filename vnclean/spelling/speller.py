"""The spelling stage: lines in, edits of their words out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.document import Document
from vnclean.edits import Edit
from vnclean.orthography import (
    Syllable,
    ToneStyle,
    fold,
    match_case,
    old_style,
    residue,
    tone_style,
)
from vnclean.spelling.channel import Channel, Role, digest
from vnclean.spelling.decoder import NOTHING, Decoder
from vnclean.spelling.encoded import Encoded
from vnclean.spelling.encoding import TokenTable
from vnclean.spelling.facts import WordFacts
from vnclean.spelling.kinds import kind_of
from vnclean.spelling.known import KnownWords
from vnclean.spelling.lattice import Posteriors, Resolver
from vnclean.spelling.lexicon import Lexicon
from vnclean.spelling.line import Line, meant_so
from vnclean.spelling.looks import Looks
from vnclean.spelling.mentions import Mentions, mentions
from vnclean.spelling.ngrams import NgramModel
from vnclean.spelling.phrases import LONGEST, KnownPhrases
from vnclean.spelling.prices import Mode, Prices
from vnclean.spelling.reader import Reader, Said
from vnclean.spelling.runs import style_left
from vnclean.spelling.screening import Screen, Stream
from vnclean.spelling.second_look import SecondLook
from vnclean.spelling.slips import SlipTable
from vnclean.spelling.types import TypeTable
from vnclean.spelling.wide_context import WideContext

Ints = NDArray[Any]
Flags = NDArray[np.bool_]

#: Distinct raw tokens remembered; beyond it the tables are begun anew, which bounds memory.
_MOST_TOKENS: Final = 70_000
_ALTERNATIVES: Final = 3
#: If one line in so many was repaired since a block was encoded, it is encoded anew as a whole.
_MANY: Final = 4
#: Alternatives less likely than this are noise to a reader.
_NOTEWORTHY: Final = 0.001
_MODES: Final = tuple(Mode)


@dataclass(frozen=True)
class Reading:
    """What was made of one position of a block."""

    position: int  #: index into the block's stream of symbols
    word: int
    mode: Mode
    confidence: float
    alternatives: tuple[tuple[int, float], ...]


class Speller:
    """Finds misspelt words by screening, decodes around them, and says what they should be."""

    def __init__(
        self,
        model: NgramModel,
        facts: WordFacts,
        prices: Prices = Prices(),
        screen: Screen = Screen(),
        width: int = 24,
    ) -> None:
        self._model = model
        lexicon = Lexicon(model.number_of, facts.capital_share)
        self._channel = Channel(lexicon, facts, prices)
        # Whether the model was packed with these prices, so that what it says of rivals holds.
        priced = model.header["channel"] == digest(prices, facts)
        slips = SlipTable.from_sections(model.sections) if priced else None
        self._known_words = KnownWords(self._channel, slips) if slips else None
        wide = WideContext.from_sections(model.sections)
        self._reader = Reader(
            Resolver(Decoder(model, prices.switch(), width), prices.switch()),
            screen,
            SecondLook(wide) if wide else None,
            prices.mention,
            look_everywhere=not priced,
        )
        self._places = KnownPhrases(facts.places)
        self._compounds = KnownPhrases(facts.compounds)
        self._forget()

    @property
    def lexicon(self) -> Lexicon:
        """Its words, found by what damage leaves of them."""
        return self._channel.lexicon

    def _forget(self) -> None:
        self._last: Encoded | None = None  # or the old tables would stay beside the new ones
        self._types = TypeTable(self._channel, self._model.number_of, self._known_words)
        self._table = TokenTable(self._types.type_of)

    def edits(self, lines: Sequence[str], document: Document | None = None) -> list[list[Edit]]:
        """For each line (no line ends in them) its edits, from left to right.

        ``document``: the same lines as they were read, and those before them.  Without one, lines
        do not influence each other.  All edits are marked as applied.
        """
        encoded = self._last
        repaired = encoded.differing(lines) if encoded else None
        if encoded is None or repaired is None or _MANY * len(repaired) > len(lines):
            encoded, repaired = self.encoded(lines), []

        @cache
        def said() -> Mentions:
            assert document
            return mentions(document, lines, encoded, repaired, self._words_of)

        asked = said if document else None
        found = self._edits(encoded, asked)
        if repaired:
            some = self._encode([lines[number] for number in repaired])
            again = self._edits(some, asked, np.array(repaired, dtype=np.int64))
            for number, edits in zip(repaired, again, strict=True):
                found[number] = edits
        return found

    def _words_of(self, lines: Sequence[str]) -> tuple[Ints, Flags]:
        """The model words of lines, and which of them end one."""
        types = self._table.encode(lines)
        return self._types.words.take(types), types == self._types.line_end

    def _edits(
        self, encoded: Encoded, said: Said | None, which: Ints | None = None
    ) -> list[list[Edit]]:
        """``which``: numbers of these lines in the document, if they are not all of it."""
        lines, firsts = encoded.lines, encoded.firsts
        found: list[list[Edit]] = [[] for _ in lines]
        for readings in self._changes(encoded, said, which):
            places = np.array([reading.position for reading in readings])
            numbers = np.searchsorted(firsts, places, side="right") - 1
            indices = (places - firsts.take(numbers)).tolist()
            of_lines = groupby(zip(numbers.tolist(), indices, readings, strict=True), itemgetter(0))
            for number, group in of_lines:
                changed = {index: reading for _, index, reading in group}
                found[number] = self._edits_of(Line(lines[number]), changed)
        return found

    def _edits_of(self, line: Line, changed: dict[int, Reading]) -> list[Edit]:
        """``changed``: what was made of the symbols of a line, by their indices."""
        return [
            self._edit(index, reading, line)
            for index, reading in changed.items()
            if not meant_so(line, index, reading.mode, changed)
        ]

    def encoded(self, lines: Sequence[str]) -> Encoded:
        """``lines`` as arrays; the last ones are remembered, since stages that find nothing hand
        the same list on.
        """
        if self._last is None or self._last.lines is not lines:
            if len(self._table) > _MOST_TOKENS:
                self._forget()
            self._last = self._encode(lines)
        return self._last

    def _encode(self, lines: Sequence[str]) -> Encoded:
        types = self._types.usual_gaps(self._table.encode(lines))
        words = self._types.words.take(types)
        spoken = np.flatnonzero(words != NOTHING)
        stream = Stream.of(words.take(spoken), self._model)
        return Encoded(lines, types, words, spoken, stream, self._types)

    def _changes(
        self, encoded: Encoded, said: Said | None, which: Ints | None
    ) -> Iterator[list[Reading]]:
        """The positions where another word is read than is written, some lines at a time."""
        misplaced = encoded.table.misplaced.take(encoded.types)
        for some in self._reader.posteriors(encoded, said, which):
            changes = [
                reading
                for found in some
                for reading in self._readings(found, encoded.types, encoded.words, misplaced)
            ]
            if changes:
                yield sorted(changes, key=attrgetter("position"))

    def _readings(
        self, found: Posteriors, types: Ints, words: Ints, misplaced: Ints
    ) -> Iterator[Reading]:
        """Those that change a word; no slip if it is part of a known compound or name."""
        best = found.best()
        changed = (found.word.take(best) != words.take(found.at)) | misplaced.take(found.at)
        of = np.flatnonzero(changed)
        at = found.at.take(of)
        modes = found.share.take(best.take(of), axis=0).argmax(axis=1)
        table = self._types
        firm = table.broken.take(types.take(at)) | misplaced.take(at)
        slip = ((modes == Mode.TYPED) | (modes == Mode.SLIPS)) & ~firm
        ranked = found.likeliest(of, _ALTERNATIVES + 1)
        for position, mode, is_slip, (first, *others) in zip(
            at.tolist(), modes.tolist(), slip.tolist(), ranked, strict=True
        ):
            if not (is_slip and self._known(types, words, position)):
                yield Reading(position, first[0], _MODES[mode], first[1], tuple(others))

    def _known(self, types: Ints, words: Ints, at: int) -> str:
        """The known compound that the word at a position is part of, or the name if it is capital;
        empty if there is none.
        """
        first = max(0, at - LONGEST + 1)
        around = [
            "" if word == NOTHING else self._model.words[word]
            for word in words[first : at + LONGEST].tolist()
        ]
        compound = self._compounds.covering(around, at - first)
        place = "" if compound else self._places.covering(around, at - first)
        if place and int(self._types.roles(types, np.array([at]))[0]) != Role.NAME:
            return ""
        return compound or place

    @property
    def looks(self) -> Looks:
        """What tells how it came to its edits."""
        return Looks(self._reader, self._channel, self._encode, self._words_of, self._known)

    def _edit(self, index: int, reading: Reading, line: Line) -> Edit:
        symbol, like, opens = line.symbols[index], line.letter_case(index), line.opens(index)
        after = self.write(reading.word, like, line, opens)
        return Edit(
            symbol.start,
            symbol.end,
            symbol.text,
            after,
            "over-converted" if reading.mode is Mode.OVER else kind_of(symbol.text, after),
            min(reading.confidence, 1.0),
            reading.mode.name.lower(),
            tuple(
                (self.write(word, like, line, opens), round(share, 4))
                for word, share in reading.alternatives
                if share >= _NOTEWORTHY
            ),
        )

    def write(self, word: int, written: str, line: Line, opens: bool = False) -> str:
        """A model word in the letter case and tone style of what was written on a line.

        ``opens``: whether it opens a sentence, which only a first letter that was lost must tell.
        """
        if word == NOTHING:
            return ""
        spelled = _spelled(self._model.words[word], written, line.style)
        first = spelled[:1]
        lost = opens and not residue(first) and written[:1] != first
        return first.upper() + spelled[1:] if lost else spelled


@lru_cache(maxsize=1 << 14)
def _spelled(word: str, written: str, usual: ToneStyle) -> str:
    if word.startswith("<") or word == fold(written):
        syllable = Syllable.parse(written)
        return match_case(written, syllable.spell(usual)) if syllable else written
    own = tone_style(written) or style_left(word, written) or usual
    return match_case(written, old_style(word) if own == "old" else word)
