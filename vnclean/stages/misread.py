"""Lines that a program without Vietnamese has read off a scan: ``Mǎt tràn Nhàn dan trén thc té``.

In such a line no letter stands that Vietnamese has alone, and most of its words are none of a
sound text.  It is read as misread, as :mod:`vnclean.spelling.misread_lines` does it; and it is
held to be so if that makes it much likelier than it is as it stands, or in an old code page, and
leaves few words that no one can read: else it is another language.  What a line is judged by is
in the line alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np

from vnclean.edits import Edit, apply
from vnclean.orthography import Syllable, is_syllable, match_case, skeleton
from vnclean.spelling.facts import WordFacts
from vnclean.spelling.misread_lines import MisreadLines, MisreadPrices, Readings, Token, tokens
from vnclean.spelling.ngrams import NgramModel
from vnclean.stages import Stage
from vnclean.stages.gate import lines_with
from vnclean.wordlists import syllable_counts

#: A line without any letter that only Vietnamese has, but with words.
_GATE: Final = re.compile(
    "^(?=([^\\nđĐơƠưƯăĂĩĨũŨ\u0300-\u036f\u1ea0-\u1ef9]*[^\\W\\d_]{2}"
    "[^\\nđĐơƠưƯăĂĩĨũŨ\u0300-\u036f\u1ea0-\u1ef9]*))\\1$",
    re.MULTILINE,
)
#: Its letters became question marks: another kind of damage.
_UNREAD: Final = re.compile(r"\w\?\w")
#: Worth a look is a line if so many of its letters are in words that would be Vietnamese ones if
#: they had the right diacritics (of foreign lines 1 % have a third, of misread ones 1 % less),
_FAMILIAR: Final = 0.3
#: and if its words are so unlikely (in nats a word) to stand there. Sound ones cost 3 to 6.
_UNLIKELY: Final = 4.5
#: A line that is so cheap once recoded is in an old code page.
_SOUND: Final = 6.5
#: Misread is a line that so reads so much (nats) better than as it stands, or recoded.
_GAIN: Final = 8.0
#: No reading costs less than this (nats a word), so that there is not so much to gain in a line of
#: two or three sound words.
_CHEAPEST: Final = 2.0
#: No sentence is what costs more nats a word even so: of misread lines 1 in 100 costs 8.5, lines
#: in Spanish that could be read as Vietnamese words 10 to 11.
_NONSENSE: Final = 9.5
#: Letters of words that are made Vietnamese ones, as a share of these and of what still is none.
_EXPLAINED: Final = 0.3
_ALTERNATIVES: Final = 3
_NOTEWORTHY: Final = 0.001


class Misread:
    """Repairs lines of OCR without Vietnamese."""

    def __init__(
        self,
        model: NgramModel,
        facts: WordFacts,
        legacy: Stage,
        prices: MisreadPrices = MisreadPrices(),
        width: int = 32,
    ) -> None:
        """``legacy``: reads old code pages, whose letters look much like misread ones."""
        self._legacy = legacy
        self._model = model
        self._lines = MisreadLines(model, facts, prices, width)

    def edits(self, lines: Sequence[str]) -> list[list[Edit]]:
        """For each line (no line ends in them) its edits, from left to right."""
        found: list[list[Edit]] = [[] for _ in lines]
        gated = [
            number
            for number in lines_with(_GATE, lines)
            if not lines[number].isascii() and not _UNREAD.search(lines[number])
        ]
        familiar = [
            (number, taken) for number in gated if _familiar(taken := tokens(lines[number]))
        ]
        if not familiar:
            return found
        standing = self._lines.standing([taken for _, taken in familiar])
        worth = [
            (number, taken, cost)
            for (number, taken), cost in zip(familiar, standing.tolist(), strict=True)
            if cost > max(_UNLIKELY * len(taken), _CHEAPEST * len(taken) + _GAIN)
        ]
        if not worth:
            return found
        recoded = self._recoded([lines[number] for number, _, _ in worth])
        worth = [
            (number, taken, min(cost, other))
            for (number, taken, cost), other in zip(worth, recoded, strict=True)
            if other > _SOUND * len(taken) or other >= cost
        ]
        readings = self._lines.readings([taken for _, taken, _ in worth])
        for (number, taken, otherwise), read in zip(worth, readings, strict=True):
            if self._misread(taken, read, otherwise):
                found[number] = self._edits(taken, read)
        return found

    def _recoded(self, lines: Sequence[str]) -> list[float]:
        """What lines cost once old code pages are read."""
        after = [apply(*pair) for pair in zip(lines, self._legacy.edits(lines), strict=True)]
        return list(map(float, self._lines.standing([tokens(line) for line in after])))

    def _misread(self, line: Sequence[Token], read: Sequence[Readings], otherwise: float) -> bool:
        """Whether a line was misread; ``otherwise``: what it costs if it was not."""
        if sum(each.damaged for each in read) > sum(each.misread for each in read):
            return False
        best = [(int(each.word[each.best]), each.price) for each in read]
        cost = float(self._lines.cost([best])[0])
        if cost > _NONSENSE * len(line) or otherwise - cost < _GAIN:
            return False
        made = unread = 0
        for token, each in zip(line, read, strict=True):
            if each.best:
                made += len(token.text)
            elif token.kind == "word" and not is_syllable(token.text):
                unread += len(token.text)
        return made > _EXPLAINED * (made + unread)

    def _edits(self, line: Sequence[Token], read: Sequence[Readings]) -> list[Edit]:
        return [
            self._edit(token, each) for token, each in zip(line, read, strict=True) if each.best
        ]

    def _edit(self, token: Token, read: Readings) -> Edit:
        order = np.argsort(-read.share)
        others = [
            (self._spelled(int(read.word[at]), token.text), round(float(read.share[at]), 4))
            for at in order[1 : _ALTERNATIVES + 1].tolist()
            if read.share[at] >= _NOTEWORTHY
        ]
        after = self._spelled(int(read.word[read.best]), token.text)
        sure = min(float(read.share[read.best]), 1.0)
        return Edit(
            token.start, token.end, token.text, after, "misread", sure, "latin1", tuple(others)
        )

    def _spelled(self, number: int, written: str) -> str:
        """A model word in the letter case of what was written, the tone in its older place."""
        syllable = Syllable.parse(self._model.words[number])
        return match_case(written, syllable.spell("old")) if syllable else written


@cache
def _skeletons() -> frozenset[str]:
    return frozenset(skeleton(word) for word in syllable_counts())


def _familiar(line: Sequence[Token]) -> bool:
    """Whether enough of a line of several words could be Vietnamese, but for diacritics."""
    words = [token.text for token in line if token.kind == "word"]
    known = sum(len(word) for word in words if skeleton(word).lower() in _skeletons())
    return len(words) > 1 and known > _FAMILIAR * sum(map(len, words))
