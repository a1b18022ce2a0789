"""How much may come out of what is packed: enough for text, not for a bomb."""

from __future__ import annotations

from typing import Final

from vnclean.errors import InputError
from vnclean.language import translated

#: So much may come out of anything, in bytes.
HARMLESS: Final = 64 << 20


class Expansion:
    """Counts what went into an unpacker and what came out.

    What is packed within something packed counts for both: two harmless layers may be a bomb.

    >>> expansion = Expansion(times=200, harmless=1000)
    >>> expansion.fed(10)
    >>> expansion.came(2000)
    >>> expansion.came(1)
    Traceback (most recent call last):
        ...
    vnclean.errors.InputError: unpacks to more than 200 times its size; if it is no bomb, raise \
--expansion
    """

    def __init__(
        self, times: int, harmless: int = HARMLESS, within: Expansion | None = None
    ) -> None:
        """``times``: how many times its size something may have, once more than ``harmless``
        bytes came out.  ``within``: of what this is a part of.
        """
        self._times = times
        self._harmless = harmless
        self._within = within
        self._fed = 0
        self._came = 0
        self._came_of_parts = 0

    def fed(self, size: int) -> None:
        """So many bytes more went in."""
        self._fed += size

    def came(self, size: int) -> None:
        """So many bytes more came out; raises InputError if they are too many."""
        self._came += size
        self._check(self._came, self._fed)
        if self._within:
            self._within.came_of_part(size)

    def came_of_part(self, size: int) -> None:
        """So many bytes more came out of something packed in here; raises as :meth:`came`."""
        self._came_of_parts += size
        self._check(self._came_of_parts, self._fed)
        if self._within:
            self._within.came_of_part(size)

    def promised(self, size: int, packed: int) -> None:
        """So many bytes are to come out of so many; raises as :meth:`came`."""
        self._check(size, packed)

    def _check(self, size: int, packed: int) -> None:
        if size > self._harmless and size > self._times * packed:
            raise InputError(
                translated(
                    "unpacks to more than {times:,} times its size; if it is no bomb, raise "
                    "--expansion",
                    times=self._times,
                )
            )
