"""pyvi over stdin: ``add_accents`` of each line, its way to put lost diacritics back."""

from __future__ import annotations

from filter import correct_lines
from pyvi import ViUtils


def add_accents(line: str) -> str:
    """The line with accents; as it was where pyvi finds marks that no letter can have."""
    try:
        return str(ViUtils.add_accents(line))
    except KeyError:
        return line


if __name__ == "__main__":
    correct_lines(add_accents)
