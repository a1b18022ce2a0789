"""The cheap look that comes first: most lines are sound."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from vnclean.edits import Edit


def lines_with(gate: re.Pattern[str], lines: Sequence[str]) -> Iterator[int]:
    """The numbers of the lines in which ``gate`` finds something.

    All lines are searched together, once.  ``gate`` must find nothing that reaches over the end
    of a line.

    >>> list(lines_with(re.compile("!"), ["a", "!!", "", "!"]))
    [1, 3]
    """
    text = "\n".join(lines)
    match = gate.search(text)
    if match is None:
        return
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    while match:
        number = bisect_right(starts, match.start()) - 1
        yield number
        match = gate.search(text, starts[number + 1])


def gated(
    gate: re.Pattern[str], lines: Sequence[str], line_edits: Callable[[str], list[Edit]]
) -> list[list[Edit]]:
    """``line_edits`` of every line in which ``gate`` finds something, none of the others.

    >>> def shout(line):
    ...     return [Edit(0, 1, "!", "?", "tone of voice", 1.0)]
    >>> [len(edits) for edits in gated(re.compile("!"), ["a", "!!", "", "!"], shout)]
    [0, 1, 0, 1]
    """
    found: list[list[Edit]] = [[] for _ in lines]
    for number in lines_with(gate, lines):
        found[number] = line_edits(lines[number])
    return found
