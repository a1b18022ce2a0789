"""What a line's document has said before it, as far back as anybody looks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Final

#: How far back, in code points: some ten pages.  Counted from the beginning of each line, so that
#: what a line may look at does not depend on how its document was cut.
REACH: Final = 1 << 14


@dataclass(frozen=True)
class Document:
    """Lines that follow each other, as they were read, and those before them."""

    lines: Sequence[str]
    before: Sequence[str] = ()
    #: Numbers of the lines that nothing before them says anything of, in order.
    begins: Sequence[int] = ()

    def reach(self, reach: int = REACH) -> tuple[list[str], list[int]]:
        """The lines before all that any of them may look back to; for each, the first one it may.

        Numbers count from the first of both together.

        >>> Document(["ba", "bốn"], ["một", "hai"]).reach(8)
        (['một', 'hai'], [0, 1])
        >>> Document(["ba", "bốn", "năm"], ["một"], begins=[1]).reach()
        (['một'], [0, 2, 2])
        """
        both = chain(self.before, self.lines)
        starts = list(accumulate((len(line) + 1 for line in both), initial=0))
        own = len(self.before)
        first = [bisect_left(starts, start - reach) for start in starts[own:-1]]
        for begin, end in pairwise([*self.begins, len(first)]):
            first[begin:end] = [max(number, own + begin) for number in first[begin:end]]
        skipped = first[0] if first else own
        return list(self.before[skipped:]), [number - skipped for number in first]
