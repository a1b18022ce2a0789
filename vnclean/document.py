"""What a line's document has said before it, as far back as anybody looks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Final

#: How far back, in code points: some ten pages.  Counted from the beginning of each line, so that
#: what a line may look at does not depend on how its document was cut.
REACH: Final = 1 << 14


@dataclass(frozen=True)
class Document:
    """Lines that follow each other, as they were read, and those before them."""

    lines: Sequence[str]
    before: Sequence[str] = ()

    def reach(self, reach: int = REACH) -> tuple[list[str], list[int]]:
        """The lines before all that any of them may look back to; for each, the first one it may.

        Numbers count from the first of both together.

        >>> Document(["ba", "bốn"], ["một", "hai"]).reach(8)
        (['một', 'hai'], [0, 1])
        """
        both = chain(self.before, self.lines)
        starts = list(accumulate((len(line) + 1 for line in both), initial=0))
        own = len(self.before)
        first = [bisect_left(starts, start - reach) for start in starts[own:-1]]
        skipped = first[0] if first else own
        return list(self.before[skipped:]), [number - skipped for number in first]
