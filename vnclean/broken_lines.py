"""Lines that break off within a word: what is read together with the line that follows."""

from __future__ import annotations

import unicodedata
from typing import Final

#: What a word is broken with at the end of a line: of the keyboard, of Unicode, and unseen.
HYPHENS: Final = "\N{HYPHEN}\N{SOFT HYPHEN}-"


def breaks_off(line: str) -> bool:
    """Whether a line (its end may be on it) may go on in the next one: a hyphen after a letter.

    >>> [breaks_off(line) for line in ("khoa h-", "khoa h- \\r\\n", "Hà Nội -", "1945-", "h")]
    [True, True, False, False, False]
    """
    word = line.rstrip(" \t\r\n")
    return word[-1:] in HYPHENS and unicodedata.category(word[-2:-1] or " ")[0] in "LM"
