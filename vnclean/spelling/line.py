"""A line of text, and how words are written on it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, takewhile
from typing import Final

from vnclean.language import translated
from vnclean.orthography import VOWELS, ToneStyle, is_syllable, skeleton, tone_style
from vnclean.spelling.prices import Mode
from vnclean.spelling.tokens import SENTENCE_ENDS, Kind, Symbol, line_symbols

#: Units that are rests of words as well (``cm`` of ``cụm``) and seldom that after a number.
_UNITS: Final = frozenset("mm cm dm km kg mg ml kW MW kV MB GB".split())
#: Modes in which most words are what they should be.
_ISOLATED: Final = (Mode.TYPED, Mode.SLIPS)
_VOWELS: Final = frozenset(VOWELS)


@dataclass(frozen=True)
class Line:
    """A line and what is worked out of it when needed.

    >>> Line("hoà bình").style, [symbol.text for symbol in Line("hoà bình").symbols]
    ('new', ['hoà', 'bình'])
    """

    text: str

    @cached_property
    def symbols(self) -> list[Symbol]:
        """In the order in which the decoder sees them."""
        return list(line_symbols(self.text))

    @cached_property
    def style(self) -> ToneStyle:
        """The tone style the line shows; ``old`` (hòa), the commoner one, if it shows none."""
        words = (symbol.text for symbol in self.symbols if symbol.kind is Kind.WORD)
        return next(filter(None, map(tone_style, words)), "old")

    @cached_property
    def bare(self) -> bool:
        """Whether no letter has a diacritic."""
        return skeleton(self.text) == self.text

    def letter_case(self, index: int) -> str:
        """What the word at an index is written like: itself; in a heading, the words around it.

        >>> [Line("DÂN S  HÀ NỘI").letter_case(index) for index in (0, 1, 2)]
        ['DÂN', 'DÂN', 'DÂN']
        >>> [Line("nhà B  Hà Nội").letter_case(index) for index in (1, 2)]
        ['B', '']
        """
        symbol = self.symbols[index]
        if len(symbol.text) > 1 or symbol.text.islower():
            return symbol.text
        around = [each.text for each in self.symbols[max(0, index - 2) : index + 3]]
        capitals = [text for text in around if len(text) > 1 and text.isupper()]
        return symbol.text if any(map(str.islower, around)) else next(iter(capitals), symbol.text)

    def opens(self, index: int) -> bool:
        """Whether the word at an index opens a sentence.

        >>> [Line("Xong. Nhà tôi").opens(index) for index in (0, 2, 3)]
        [True, True, False]
        """
        return index == 0 or self.symbols[index - 1].text[:1] in SENTENCE_ENDS

    def initials(self, index: int) -> bool:
        """Whether the word at an index is a name cut down to its first consonants.

        >>> [Line("chị Nh. kể, anh Thg đến").initials(index) for index in (1, 5)]
        [True, False]
        """
        symbol = self.symbols[index]
        consonants = symbol.text[:1].isupper() and _VOWELS.isdisjoint(skeleton(symbol.text.lower()))
        return consonants and self.text[symbol.end : symbol.end + 1] == "."

    def foreign_name(self, index: int, damaged: Container[int] = ()) -> bool:
        """Whether a syllable at an index stands in a name of another language, or in a Vietnamese
        one that is written without diacritics.

        ``damaged``: indices of words that are none as they stand, and say nothing of their name.

        >>> [Line("bà Nguyen Thi Lien ở Paris").foreign_name(index) for index in (2, 5)]
        [True, False]
        >>> Line("ông Trn Thi").foreign_name(2, damaged={1})
        False
        """
        symbols = self.symbols
        if not (_bare_name(symbols[index]) and is_syllable(symbols[index].text)):
            return False
        after = takewhile(lambda at: _bare_name(symbols[at]), range(index + 1, len(symbols)))
        before = takewhile(lambda at: _bare_name(symbols[at]), range(index - 1, -1, -1))
        return any(
            at not in damaged and not is_syllable(symbols[at].text) for at in chain(before, after)
        )

    def measures(self, index: int) -> bool:
        """Whether the word at an index is the unit of the number before it.

        >>> [Line("cao 35 cm, cm đó").measures(index) for index in (2, 3)]
        [True, False]
        """
        before = self.symbols[index - 1] if index else None
        number = before is not None and before.kind is Kind.NUMBER
        return number and self.symbols[index].text in _UNITS

    def assigned(self, index: int) -> bool:
        """Whether the word at an index stands beside a ``=``, as names do in programs.

        >>> [Line("SET gia = gia * 2").assigned(index) for index in (0, 1, 3)]
        [False, True, True]
        """
        beside = self.symbols[max(0, index - 1) : index + 2]
        return any(symbol.kind is Kind.BREAK and symbol.text == "=" for symbol in beside)


def _bare_name(symbol: Symbol) -> bool:
    return symbol.kind is Kind.WORD and symbol.text.isascii() and symbol.text.istitle()


def meant_so(line: Line, index: int, mode: Mode, changed: Container[int]) -> str:
    """What beside a word says that it is meant as it stands; empty if nothing does."""
    if mode in _ISOLATED and line.initials(index):
        return translated("the initials of a name")
    # A line that lost all its diacritics lost those of names too.
    single = mode in _ISOLATED or (mode is Mode.BARE and not line.bare)
    if single and line.foreign_name(index, changed):
        return translated("a part of a name without diacritics")
    if line.assigned(index):
        return translated("a name beside a =")
    return translated("the unit of a number") if line.measures(index) else ""
