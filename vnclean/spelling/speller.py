"""The spelling stage: lines in, edits of their words out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.edits import Edit
from vnclean.orthography import Syllable, ToneStyle, fold, match_case, tone_style
from vnclean.spelling.channel import Channel, Role
from vnclean.spelling.decoder import NOTHING, Decoded, Decoder, ItemPool, Stretches
from vnclean.spelling.encoding import TokenTable
from vnclean.spelling.facts import WordFacts
from vnclean.spelling.kinds import kind_of
from vnclean.spelling.lexicon import Lexicon
from vnclean.spelling.ngrams import BREAK, NgramModel
from vnclean.spelling.phrases import LONGEST, KnownPhrases
from vnclean.spelling.prices import Mode, Prices
from vnclean.spelling.screening import Screen, windows
from vnclean.spelling.tokens import Kind, Symbol, line_symbols
from vnclean.spelling.types import TypeTable

Ints = NDArray[Any]

#: Distinct raw tokens remembered; beyond it the tables are begun anew, which bounds memory.
_MOST_TOKENS: Final = 300_000
#: Symbols screened, and positions decoded, together: enough to pay for NumPy's calls, few enough
#: for little memory.
_SCREENED: Final = 6_000
_DECODED: Final = 4_000
_ALTERNATIVES: Final = 3
#: Alternatives less likely than this are noise to a reader.
_NOTEWORTHY: Final = 0.001
_LINE_END: Final = Symbol(Kind.BREAK, "\n", 0, 0)


@dataclass(frozen=True)
class Reading:
    """What the decoder made of one position of a block."""

    position: int  #: index into the block's stream of symbols
    word: int
    mode: Mode
    confidence: float
    alternatives: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Lattice:
    """A decoded line: its symbols, and the arcs over all their items."""

    symbols: list[Symbol]
    decoded: Decoded
    items: ItemPool


class Speller:
    """Finds misspelt words by screening, decodes around them, and says what they should be."""

    def __init__(
        self,
        model: NgramModel,
        facts: WordFacts,
        prices: Prices = Prices(),  # noqa: B008 (immutable)
        screen: Screen | None = None,
        width: int = 24,
    ) -> None:
        self._model = model
        self._channel = Channel(Lexicon(model.number_of, facts.capital_share), facts, prices)
        self._decoder = Decoder(model, prices.switch(), width=width)
        self._screen = screen or Screen(model)
        self._places = KnownPhrases(facts.places)
        self._compounds = KnownPhrases(facts.compounds)
        self._forget()

    def _forget(self) -> None:
        self._types = TypeTable(self._channel, self._model.number_of)
        self._table = TokenTable(self._types.type_of)
        self._line_end = self._types.type_of(_LINE_END)

    def edits(self, lines: Sequence[str]) -> list[list[Edit]]:
        """For each line (no line ends in them) its edits, from left to right.

        Lines do not influence each other.  All edits are marked as applied.
        """
        if len(self._table) > _MOST_TOKENS:
            self._forget()
        found: list[list[Edit]] = [[] for _ in lines]
        stream, firsts = self._encode(lines)
        by_line: dict[int, list[Reading]] = {}
        for reading in self._changes(stream):
            line = int(np.searchsorted(firsts, reading.position, side="right")) - 1
            by_line.setdefault(line, []).append(reading)
        for number, readings in by_line.items():
            symbols = list(line_symbols(lines[number]))
            style = style_of(symbols)
            for reading in sorted(readings, key=attrgetter("position")):
                symbol = symbols[reading.position - int(firsts[number])]
                found[number].append(self._edit(symbol, reading, style))
        return found

    def _encode(self, lines: Sequence[str]) -> tuple[Ints, Ints]:
        """The types of all symbols, and where each line begins."""
        stream = self._table.encode(lines)
        ends = np.flatnonzero(stream == self._line_end)
        return stream, np.concatenate(([0], ends[:-1] + 1))

    def _changes(self, stream: Ints) -> Iterator[Reading]:
        """The positions where the decoder reads another word than is written."""
        types = self._types
        words = types.words[stream]
        roles = types.roles(stream)
        entries = types.entries(stream, roles)
        items, candidates = types.pools
        spoken = np.flatnonzero(words != NOTHING)
        suspect = np.zeros(len(stream), dtype=np.bool_)
        for some in _slices(spoken, words[spoken]):
            suspect[some] = self._screen.suspects(words[some], entries[some], candidates)
        for hit in np.flatnonzero(suspect & ~candidates.broken[entries]).tolist():
            suspect[hit] = not self._known(words, roles, hit)
        suspect |= types.misplaced[stream]
        for batch in _batches(windows(suspect, stream == self._line_end)):
            positions = np.concatenate([np.arange(a, b) for a, b in batch])
            text = Stretches(
                entries[positions],
                suspect[positions],
                batch[:, 1] - batch[:, 0],
                contexts(words, batch[:, 0]),
            )
            decoded = self._decoder.decode(text, items)
            read = items.word[decoded.item]
            differs = (read != words[positions]) | types.misplaced[stream[positions]]
            at = np.flatnonzero(differs)
            rivals = posteriors(decoded, at, items)
            for place in at.tolist():
                yield Reading(
                    int(positions[place]),
                    int(read[place]),
                    Mode(int(items.mode[decoded.item[place]])),
                    float(decoded.confidence[place]),
                    tuple(pair for pair in rivals[place] if pair[0] != read[place]),
                )

    def _known(self, words: Ints, roles: Ints, at: int) -> bool:
        """Whether the word at a position is part of a known compound, or of a name if capital."""
        first = max(0, at - LONGEST + 1)
        around = [
            "" if word == NOTHING else self._model.words[word]
            for word in words[first : at + LONGEST].tolist()
        ]
        return self._compounds.covers(around, at - first) or (
            roles[at] == Role.NAME and self._places.covers(around, at - first)
        )

    def lattice(self, line: str) -> Lattice:
        """Everything the decoder weighs for one line, nothing screened out."""
        stream, _ = self._encode([line])
        entries = self._types.entries(stream, self._types.roles(stream))
        items, _ = self._types.pools
        breaks = np.full(1, BREAK)
        text = Stretches(
            entries,
            np.ones(len(stream), dtype=np.bool_),
            np.array([len(stream)]),
            (breaks, breaks),
        )
        return Lattice(list(line_symbols(line)), self._decoder.decode(text, items), items)

    def _edit(self, symbol: Symbol, reading: Reading, style: ToneStyle) -> Edit:
        after = self.write(reading.word, symbol.text, style)
        return Edit(
            symbol.start,
            symbol.end,
            symbol.text,
            after,
            kind_of(symbol.text, after),
            min(reading.confidence, 1.0),
            reading.mode.name.lower(),
            tuple(
                (self.write(word, symbol.text, style), round(share, 4))
                for word, share in reading.alternatives[:_ALTERNATIVES]
                if share >= _NOTEWORTHY
            ),
        )

    def write(self, word: int, written: str, style: ToneStyle) -> str:
        """A model word in the letter case and tone style of what was written."""
        if word == NOTHING:
            return ""
        text = self._model.words[word]
        if text.startswith("<") or text == fold(written):
            syllable = Syllable.parse(written)
            return match_case(written, syllable.spell(style)) if syllable else written
        syllable = Syllable.parse(text)
        own = tone_style(written) or style
        return match_case(written, syllable.spell(own) if syllable else text)


def contexts(words: Ints, firsts: Ints) -> tuple[Ints, Ints]:
    """The two words before each position of a stream that begins after a BREAK."""
    padded = np.concatenate(([BREAK, BREAK], np.where(words == NOTHING, BREAK, words)))
    v, u = padded[firsts + 1], padded[firsts]
    return np.where(v == BREAK, BREAK, u), v


def _slices(spoken: Ints, words: Ints) -> list[Ints]:
    """``spoken`` cut into slices of about _SCREENED, after BREAKs: context ends there anyway."""
    breaks = np.flatnonzero(words == BREAK) + 1
    wanted = np.arange(_SCREENED, len(words), _SCREENED)
    cuts = np.unique(breaks[np.searchsorted(breaks, wanted)]) if len(wanted) else wanted
    return [part for part in np.split(spoken, cuts) if len(part)]


def _batches(ranges: Ints) -> list[Ints]:
    """Ranges in batches of about _DECODED positions, longest first: a batch takes as many steps
    as its longest range."""
    lengths = ranges[:, 1] - ranges[:, 0]
    order = np.argsort(-lengths, kind="stable")
    batch = np.cumsum(lengths[order]) // _DECODED
    return np.split(ranges[order], np.flatnonzero(np.diff(batch)) + 1) if len(order) else []


def style_of(symbols: Sequence[Symbol]) -> ToneStyle:
    """The tone style that a line shows; ``old`` (hòa), the commoner one, if it shows none."""
    for symbol in symbols:
        if symbol.kind is Kind.WORD and (style := tone_style(symbol.text)):
            return style
    return "old"


def posteriors(decoded: Decoded, at: Ints, items: ItemPool) -> dict[int, list[tuple[int, float]]]:
    """For each of some positions, its words and their posteriors, the likeliest first."""
    shares: dict[int, dict[int, float]] = {int(place): {} for place in at}
    chosen = np.flatnonzero(np.isin(decoded.arc_position, at))
    for arc in chosen.tolist():
        of_word = shares[int(decoded.arc_position[arc])]
        word = int(items.word[decoded.arc_item[arc]])
        of_word[word] = of_word.get(word, 0.0) + float(decoded.arc_posterior[arc])
    return {
        place: sorted(of_word.items(), key=lambda pair: -pair[1])
        for place, of_word in shares.items()
    }
