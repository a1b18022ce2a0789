"""Reads the plain-text dictionaries: one entry a line, ``#`` comments, tabs between columns.

They lie in ``dictionaries/`` of a source tree and in ``vnclean/dictionaries/`` of an installed
wheel.  The files and their licences are described in the README and the NOTICE there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def folder() -> Path:
    """Where the dictionaries are.

    >>> (folder() / "NOTICE").is_file()
    True
    """
    inside = Path(str(files("vnclean"))) / "dictionaries"
    beside = inside.parent.parent / "dictionaries"
    for place in (inside, beside):
        if (place / "NOTICE").is_file():
            return place
    raise FileNotFoundError(f"vnclean's dictionaries are missing: neither {inside} nor {beside}")


def read_words(name: str | Path) -> Iterator[str]:
    """The entries of a one-column dictionary, in file order.

    ``name`` is a file of `folder`; an absolute path is read as it stands.

    >>> "Vũng Tàu" in set(read_words("places.txt"))
    True
    """
    lines = (folder() / name).read_text(encoding="utf-8").split("\n")
    return iter([line for line in lines if line and line[0] != "#"])


def read_table(name: str | Path) -> Iterator[tuple[str, ...]]:
    """The rows of a dictionary with several columns, in file order.

    >>> dict(read_table("abbreviations.tsv"))["UBND"]
    'Uỷ ban Nhân dân'
    """
    return (tuple(entry.split("\t")) for entry in read_words(name))
