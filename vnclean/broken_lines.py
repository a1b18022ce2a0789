"""Lines that break off within a word: what is read together with the line that follows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
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


def line_groups(text: str) -> Iterator[str]:
    """A text in lines with their ends, those that break off together with the next.

    >>> list(line_groups("khoa h-\\nọc\\nvà"))
    ['khoa h-\\nọc\\n', 'và']
    """
    group = ""
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        group += line
        if not breaks_off(line):
            yield group
            group = ""
    if group:
        yield group
