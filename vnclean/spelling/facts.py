"""What the dictionaries say of words beside the model."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from vnclean.orthography import is_syllable
from vnclean.spelling.letters import LetterModel
from vnclean.wordlists import Words, read_table


class Confusion(NamedTuple):
    """A part of the syllable that writers put for another, and the price of meeting it."""

    part: str  #: onset, coda or tone
    written: str
    meant: str
    price: float


class Styled(Container[str]):
    """The words of ``foreign.tsv`` that are usually written in one of some letter cases.

    >>> "nato" in Styled(Words.read("foreign.tsv"), "upper")
    True
    """

    def __init__(self, foreign: Words, *cases: str) -> None:
        """``cases``: ``lower``, ``name`` or ``upper``, as in the file's last column."""
        self._foreign = foreign
        self._cases = cases

    def __contains__(self, word: object) -> bool:
        columns = self._foreign.columns(word) if isinstance(word, str) else None
        return columns is not None and columns[-1] in self._cases


class _Either(Container[str]):
    """What is in one of two collections."""

    def __init__(self, one: Container[str], other: Container[str]) -> None:
        self._one, self._other = one, other

    def __contains__(self, word: object) -> bool:
        return word in self._one or word in self._other


@dataclass(frozen=True)
class WordFacts:
    """What the dictionaries say of words beside the model.

    >>> facts = WordFacts.load()
    >>> "covid" in facts.foreign, "kiểm tra" in facts.compounds, facts.capital_share["ấn"] > 0.2
    (True, True, True)
    """

    foreign: Container[str] = frozenset()  #: no syllables, and no slips either
    initialisms: Container[str] = frozenset()  #: those of them that are written in capitals
    abbreviations: Container[str] = frozenset()  #: such as stand among capitals, lower case here
    slang: Container[str] = frozenset()  #: short forms, meant as they stand
    capital_share: Mapping[str, float] = field(default_factory=dict)
    #: how often a syllable has a capital, between 0 and 1
    confusions: tuple[Confusion, ...] = ()
    places: Container[str] = frozenset()  #: place names, in lower case
    compounds: Container[str] = frozenset()  #: words of several syllables
    letters: LetterModel = field(default_factory=lambda: LetterModel(()))
    #: how words of other languages are spelt

    @classmethod
    def load(cls) -> WordFacts:
        """From the dictionaries that ship with vnclean."""
        return cls(
            Words.read("foreign.tsv"),
            Styled(Words.read("foreign.tsv"), "upper"),
            Words.read("abbreviations.tsv", lower=True),
            Words.read("slang.txt"),
            {
                word: (int(capitals) + 0.5) / (int(count) + 1)
                for word, count, capitals in read_table("syllables.tsv")
            },
            tuple(
                Confusion(part, written, meant, float(price))
                for part, written, meant, price in read_table("confusions.tsv")
            ),
            Words.read("places.txt", lower=True),
            Words.read("compounds.txt"),
            LetterModel.load(),
        )

    def knowing(self, words: Iterable[str]) -> WordFacts:
        """The same with more words that may stand as they are, though they are no syllables.

        >>> WordFacts.load().knowing(["vinpearl"]).foreign.__contains__("vinpearl")
        True
        """
        more = frozenset(word for word in words if not is_syllable(word))
        return replace(self, foreign=_Either(more, self.foreign)) if more else self
