"""Counting what is common among more different things than memory should hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import Final, Generic, TypeVar

#: Different things that are kept when there are too many.
ROOM: Final = 1 << 16

T = TypeVar("T", bound=Hashable)


class Tally(Generic[T]):
    """How often things came by, of at most twice ``room`` different ones.

    When there are more, the rarest are forgotten, and ``missed`` says by how much any count may
    then be too low (Misra and Gries, 1982); at most by one in ``room`` of all that came by.

    >>> tally = Tally(room=1)
    >>> for letter in "aaabcaadaa":
    ...     tally.add(letter)
    >>> tally.commonest(), tally.distinct, tally.missed
    ([('a', 6), ('d', 1)], None, 1)
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._counts: Counter[T] = Counter()
        self.missed = 0

    def add(self, thing: T) -> None:
        """Counts ``thing`` once more."""
        self._counts[thing] += 1
        if len(self._counts) > 2 * self._room:
            less = sorted(self._counts.values())[-self._room - 1]
            left = {one: count - less for one, count in self._counts.items() if count > less}
            self._counts = Counter(left)
            self.missed += less

    @property
    def distinct(self) -> int | None:
        """How many different things came by; None if that is not known any more."""
        return None if self.missed else len(self._counts)

    def commonest(self, number: int | None = None) -> list[tuple[T, int]]:
        """The commonest and how often each came by; of equals, in the order of their letters."""
        ordered = sorted(self._counts.items(), key=lambda one: (-one[1], str(one[0])))
        return ordered[:number]
