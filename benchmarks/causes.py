"""Why a word was missed, wrongly repaired or falsely altered, by what the program itself says.

The rules are asked from the top; the first that holds is the cause.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, log

import numpy as np
from places import Place, Span

from vnclean.cleaner import Cleaner
from vnclean.config import SURE_OF_A_SLIP, Config
from vnclean.edits import Edit, apply
from vnclean.orthography import fold
from vnclean.spelling.channel import Role
from vnclean.spelling.speller import Line, Speller
from vnclean.spelling.tokens import Kind

VANISHED = "the word vanished whole"
COUNT = "split, glued, or letters beside"
STYLE = "a style pair (tỷ/tỉ)"
STAGE = "a stage before spelling: "
UNKNOWN = "the right word is unknown to the model"
PROTECTED = "abbreviation, foreign, slang, or no word"
PHRASE = "kept as part of a known phrase"
NO_CANDIDATE = "known, but no candidate"
NAME = "a name: capital inside a sentence"
UNSURE = "below --min-confidence"
SCREENED = "screened out; the decoder would choose it"
WRITTEN = "the written word preferred by "
NATS = ((2.0, "< 2 nats"), (5.0, "2–5 nats"), (inf, "> 5 nats"))
SECOND = "another word preferred, the right one second"
BEHIND = "another word preferred, the right one further behind"
NO_WORD = "the sound word is unknown to the model"
ALTERED = "altered, probability "
SURE = ((0.6, "< 0.6"), (0.9, "0.6–0.9"), (inf, "> 0.9"))


@dataclass(frozen=True)
class Reading:
    """What the decoder says of one word with nothing screened out."""

    role: Role
    protected: bool  #: an abbreviation, foreign, slang, or no word to the speller
    phrase: bool  #: part of a known compound or place name
    share: dict[str, float]  #: posterior of every candidate by its lookup key


class Testimony:
    """What a cleaner says of some lines: its edits, what the speller saw, and its readings."""

    def __init__(self, lines: Sequence[str], cleaner: Cleaner) -> None:
        self.edits = cleaner.edits(lines)
        self._before = cleaner._made(lines, cleaner._line_stages[:-1], ())
        self._lines = lines
        self._speller: Speller = cleaner._tables.speller
        self._line = -1

    @cached_property
    def repaired(self) -> list[str]:
        """The lines as they come out."""
        return [apply(*pair) for pair in zip(self._lines, self.edits, strict=True)]

    def touching(self, line: int, at: Span) -> list[Edit]:
        """The edits that overlap a stretch of a line, or lie at its border if it is empty."""
        return [edit for edit in self.edits[line] if _meet(edit, at)]

    def knows(self, word: str) -> bool:
        """Whether the model knows a word."""
        return fold(word) in self._speller._model.number_of

    def reading(self, line: int, at: Span, word: str) -> Reading | None:
        """What the decoder says of ``word`` at a place of a line as read; None if it sees none."""
        self._decode(line)
        moved = sum(
            len(edit.after) - len(edit.before)
            for edit in self._before[line]
            if edit.applied and edit.end <= at[0]
        )
        start, end = at[0] + moved, at[1] + moved
        symbols = enumerate(self._seen.symbols)
        here = [(i, s) for i, s in symbols if s.start < end and start < s.end]
        same = [(i, s) for i, s in here if fold(s.text) == fold(word)]
        if not here:
            return None
        position, symbol = (same or here)[0]
        speller, posteriors = self._speller, self._posteriors
        first = int(posteriors.count[:position].sum())
        slots = slice(first, first + int(posteriors.count[position]))
        share: dict[str, float] = {}
        words, shares = posteriors.word[slots].tolist(), posteriors.share[slots].sum(axis=1)
        for number, part in zip(words, shares.tolist(), strict=True):
            spelt = fold(speller.write(number, symbol.text, self._seen))
            share[spelt] = share.get(spelt, 0.0) + part
        role = Role(int(speller._types.roles(self._types, np.array([position]))[0]))
        protected = (
            symbol.kind is not Kind.WORD
            or role is Role.ABBREVIATION
            or fold(word) in speller._channel.facts.foreign
            or fold(word) in speller._channel.facts.slang
        )
        phrase = speller._known(self._types, self._words, position)
        return Reading(role, protected, phrase, share)

    def _decode(self, line: int) -> None:
        """Decodes a line as the speller saw it; the last one is remembered."""
        if line == self._line:
            return
        self._line = line
        self._seen = Line(apply(self._lines[line], self._before[line]))
        self._types = self._speller._table.encode([self._seen.text])
        self._words = self._speller._types.words.take(self._types)
        self._posteriors = self._speller.looks.posteriors(self._seen.text)


def _meet(edit: Edit, at: Span) -> bool:
    if edit.start == edit.end or at[0] == at[1]:
        return edit.start <= at[1] and at[0] <= edit.end
    return edit.start < at[1] and at[0] < edit.end


def cause_of(place: Place, told: Testimony, config: Config = Config()) -> str:
    """The first cause that holds."""
    edits = told.touching(place.line, place.at)
    if place.outcome == "false":
        return _of_alteration(place, told, edits)
    least = config.min_confidence
    return _of_error(place, told, edits, SURE_OF_A_SLIP if least is None else least)


def _of_error(place: Place, told: Testimony, edits: Sequence[Edit], least: float) -> str:
    """Of what was missed or wrongly repaired."""
    if not place.read:
        return VANISHED
    stage = _stage(edits)
    if len(place.read) != len(place.meant):
        return COUNT if stage in ("", "split", "glued") else STAGE + stage
    pairs = [pair for pair in zip(place.read, place.meant, strict=True) if pair[0] != pair[1]]
    if all(same_style(*pair) for pair in pairs):
        return STYLE
    if stage:
        return STAGE + stage
    read, meant = pairs[0]
    reading = told.reading(place.line, place.at, read)
    if not told.knows(meant):
        return UNKNOWN
    if reading is None:
        return PROTECTED
    if fold(meant) not in reading.share:
        return PROTECTED if reading.protected else NO_CANDIDATE
    # In a run of damage a short form may be read as another word: then it was no obstacle.
    if reading.protected and max(reading.share, key=reading.share.__getitem__) == fold(read):
        return PROTECTED
    if reading.role is Role.NAME:
        return NAME
    return _of_decision(reading, fold(read), fold(meant), edits, least)


def _of_decision(
    reading: Reading, read: str, meant: str, edits: Sequence[Edit], least: float
) -> str:
    """Of what the decoder could have decided otherwise."""
    if any(not edit.applied and fold(edit.after) == meant for edit in edits):
        return UNSURE
    ranked = sorted(reading.share, key=lambda word: -reading.share[word])
    if ranked[0] == meant:
        found = PHRASE if reading.phrase else SCREENED
        return found if reading.share[meant] >= least else UNSURE
    if ranked[0] == read:
        nats = log(reading.share[read] / max(reading.share[meant], 1e-300))
        return WRITTEN + next(name for most, name in NATS if nats < most)
    return SECOND if ranked[1] == meant else BEHIND


def _of_alteration(place: Place, told: Testimony, edits: Sequence[Edit]) -> str:
    """Of what was sound and was changed."""
    stage = _stage(edits)
    if len(place.read) != len(place.became) and stage in ("", "split", "glued"):
        return COUNT
    if stage:
        return STAGE + stage
    pairs = [pair for pair in zip(place.read, place.became, strict=False) if pair[0] != pair[1]]
    if pairs and all(same_style(*pair) for pair in pairs):
        return STYLE
    read = pairs[0][0] if pairs else " ".join(place.read)
    if not told.knows(read):
        return NO_WORD
    reading = told.reading(place.line, place.at, read)
    if reading is not None and reading.role is Role.NAME:
        return NAME
    sure = max((edit.confidence for edit in edits if edit.applied), default=0.0)
    return ALTERED + next(name for most, name in SURE if sure < most)


#: Kinds of the speller's edits: all others are of stages before it.
SPELLING = frozenset(
    "lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word"
    " over-converted keystrokes unread-letters".split()
)


def _stage(edits: Sequence[Edit]) -> str:
    """The kind of the last applied edit that a stage before the speller made."""
    kinds = [edit.kind for edit in edits if edit.applied and edit.kind not in SPELLING]
    return kinds[-1] if kinds else ""


def same_style(one: str, other: str) -> bool:
    """Whether two spellings differ in nothing but i or y.

    >>> same_style("tỷ", "tỉ"), same_style("tỷ", "tí")
    (True, False)
    """
    spelt = [unicodedata.normalize("NFD", fold(word)).replace("y", "i") for word in (one, other)]
    return spelt[0] == spelt[1]
