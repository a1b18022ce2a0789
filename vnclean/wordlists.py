"""Reads the plain-text dictionaries: one entry a line, ``#`` comments, tabs between columns.

They lie in ``dictionaries/`` of a source tree and in ``vnclean/dictionaries/`` of an installed
wheel, or of one that is imported as it is, packed.  The files and their licences are described in
the README and the NOTICE there.
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
    if archive := next((place for place in inside.parents if place.is_file()), None):
        from vnclean.unpacked import unpacked

        return unpacked(archive, "vnclean/dictionaries/")
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

    def __init__(self, text: str) -> None:
        """``text``: the dictionary, its lines in any order."""
        self._text = f"\n{text}\n"
        self._by_letter: dict[str, dict[str, str]] = {}

    @staticmethod
    @cache  # two stages ask for the same dictionary
    def read(name: str | Path, lower: bool = False) -> Words:
        """The dictionary called ``name``, its words in lower case if ``lower``."""
        text = _read(name)
        return Words(text.lower() if lower else text)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.columns(word) is not None

    def columns(self, word: str) -> tuple[str, ...] | None:
        """What stands beside a word, or None if it is not there.

        >>> Words.read("foreign.tsv").columns("covid")[-1]
        'name'
        """
        if not word:
            return None
        rows = self._by_letter.get(word[0])
        if rows is None:
            rows = self._by_letter[word[0]] = self._starting_with(word[0])
        row = rows.get(word)
        return None if row is None else tuple(row.split("\t")) if row else ()

    def _starting_with(self, letter: str) -> dict[str, str]:
        """The words with that first letter, and any that stand between them, and their columns."""
        first = self._text.find(f"\n{letter}")
        if first < 0:
            return {}
        end = self._text.index("\n", self._text.rindex(f"\n{letter}") + 1)
        rows = (entry.partition("\t") for entry in _entries(self._text[first:end]))
        return {word: rest for word, _, rest in rows}
