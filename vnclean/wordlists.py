"""Reads the plain-text dictionaries: one entry a line, ``#`` comments, tabs between columns.

They lie in ``dictionaries/`` of a source tree and in ``vnclean/dictionaries/`` of an installed
wheel.  The files and their licences are described in the README and the NOTICE there.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from functools import cache
from pathlib import Path


@cache
def folder() -> Path:
    """Where the dictionaries are.

    >>> (folder() / "NOTICE").is_file()
    True
    """
    inside = Path(__file__).with_name("dictionaries")
    beside = inside.parent.parent / "dictionaries"
    for place in (inside, beside):
        if (place / "NOTICE").is_file():
            return place
    raise FileNotFoundError(f"vnclean's dictionaries are missing: neither {inside} nor {beside}")


def _read(name: str | Path) -> str:
    # Decoded in one piece: universal newlines take four times as long.
    return (folder() / name).read_bytes().decode("utf-8").replace("\r\n", "\n")


def _entries(text: str) -> list[str]:
    return [line for line in text.split("\n") if line and line[0] != "#"]


def read_words(name: str | Path) -> Iterator[str]:
    """The entries of a one-column dictionary, in file order.

    ``name`` is a file of `folder`; an absolute path is read as it stands.

    >>> "Vũng Tàu" in set(read_words("places.txt"))
    True
    """
    return iter(_entries(_read(name)))


def read_table(name: str | Path) -> Iterator[tuple[str, ...]]:
    """The rows of a dictionary with several columns, in file order.

    >>> dict(read_table("abbreviations.tsv"))["UBND"]
    'Uỷ ban Nhân dân'
    """
    return (tuple(entry.split("\t")) for entry in read_words(name))


@cache
def syllable_counts() -> Mapping[str, int]:
    """How often each syllable was met, by its lookup key (`vnclean.orthography.fold`).

    >>> syllable_counts()["của"] > syllable_counts()["khuỷu"] > 0
    True
    """
    return {word: int(count) for word, count, _ in read_table("syllables.tsv")}


class Words(Container[str]):
    """The words of a dictionary's first column, to ask for: ``"kiểm tra" in words``.

    Lines are taken apart when a word with their first letter is first asked for, since a short
    text needs few of them and all together take a large part of the time it needs.

    >>> "an giang" in Words.read("places.txt", lower=True)
    True
    """

    def __init__(self, text: str, last: str = "") -> None:
        """``text``: the dictionary, its lines in any order; ``last``: see :meth:`read`."""
        self._text = f"\n{text}\n"
        self._end = last and f"\t{last}"
        self._by_letter: dict[str, frozenset[str]] = {}

    @staticmethod
    @cache  # two stages ask for the same dictionary
    def read(name: str | Path, lower: bool = False, last: str = "") -> Words:
        """The dictionary called ``name``, its words in lower case if ``lower``.

        ``last``: only those of which this is the last column.

        >>> [word in Words.read("foreign.tsv", last="upper") for word in ("wto", "facebook")]
        [True, False]
        """
        text = _read(name)
        return Words(text.lower() if lower else text, last)

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str) or not word:
            return False
        words = self._by_letter.get(word[0])
        if words is None:
            words = self._by_letter[word[0]] = self._starting_with(word[0])
        return word in words

    def _starting_with(self, letter: str) -> frozenset[str]:
        """The words with that first letter, and any that stand between them."""
        first = self._text.find(f"\n{letter}")
        if first < 0:
            return frozenset()
        end = self._text.index("\n", self._text.rindex(f"\n{letter}") + 1)
        entries = _entries(self._text[first:end])
        return frozenset(x.partition("\t")[0] for x in entries if x.endswith(self._end))
