"""Which lines come together if words may be broken at their ends, said in the simplest way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vnclean.broken_lines import breaks_off


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
