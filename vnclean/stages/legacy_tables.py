"""The code pages in which Vietnamese was written before Unicode, as windows-1252 shows them.

Their tables are `dictionaries/charsets`; here they are made ready to find and to read words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from vnclean.shown import shown
from vnclean.wordlists import read_table

#: Every code page known, by the name that reports use for it.
NAMES: Final = ("tcvn3", "vni", "viscii", "vps", "bkhcm2", "viqr")


@dataclass(frozen=True)
class CodePage:
    """A code page: what its letters look like, and which letters they are.

    >>> load("vni").read("Tieáng Vieät")
    'Tiếng Việt'
    """

    name: str
    letters: dict[str, str]  #: what is shown -> the letter
    word: re.Pattern[str]  #: a run of letters, ASCII or of this page, marks included
    code: re.Pattern[str]  #: one letter of `letters`, the longest first

    def read(self, text: str) -> str:
        """``text`` with the letters of the page in their place; what is none stays."""
        return self.code.sub(lambda match: self.letters[match[0]], text)

    def spelled(self, text: str) -> str:
        """The opposite: ``text`` as it is shown once written in this code page."""
        shapes = {letter: shape for shape, letter in self.letters.items()}
        return "".join(shapes.get(char, char) for char in text)


def _shapes(data: bytes) -> set[str]:
    """The ways in which ``data`` is shown: by windows-1252, and by Latin-1."""
    return {shown(data), data.decode("latin-1")}


@cache
def load(name: str) -> CodePage:
    """The code page called ``name``, one of :data:`NAMES`."""
    letters: dict[str, str] = {}
    marks: set[str] = set()
    for letter, codes, _ in read_table(f"charsets/{name}.tsv"):
        data = bytes.fromhex(codes)
        for shape in _shapes(data):
            letters[shape] = letter
            marks.update(char for char in shape if not (char.isascii() and char.isalpha()))
            if len(data) == 2 and name in ("vni", "bkhcm2"):
                # Typists left the mark small after a capital: Uûy, not UÛy.
                letters.setdefault(shape[0] + shape[1].lower(), letter)
    longest_first = sorted(letters, key=lambda shape: (-len(shape), shape))
    code = re.compile("|".join(map(re.escape, longest_first)))
    extra = re.escape("".join(sorted(marks)))
    return CodePage(name, letters, re.compile(f"[A-Za-z{extra}]+"), code)
