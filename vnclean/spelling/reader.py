"""From lines as arrays to how likely each reading of their suspicious words is.

Screening says where to look, the resolver weighs the readings between their neighbours, and then
what stands farther off has its say: the rest of the line, and the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.arrays import distinct
from vnclean.spelling.encoded import Encoded
from vnclean.spelling.lattice import Posteriors, Resolver
from vnclean.spelling.mentions import Mentions
from vnclean.spelling.screening import Screen, Suspects
from vnclean.spelling.second_look import SecondLook

Ints = NDArray[Any]

#: Words looked at closely together: enough to pay for NumPy's calls, few enough for memory.
#: One that was never seen beside its neighbours has more rivals and counts as several.
_OPEN: Final = 32_000
_UNSEEN: Final = 8
#: What a document says, found out if it is asked for.
Said: TypeAlias = Callable[[], Mentions]


class Reader:
    """Finds suspicious words and weighs their readings."""

    def __init__(
        self,
        resolver: Resolver,
        screen: Screen,
        second_look: SecondLook | None,
        price_of_mention: float,
        look_everywhere: bool = False,
    ) -> None:
        """``second_look``: None for a model that knows no wide context.

        ``look_everywhere``: without the first test, where what the model file says of rivals does
        not hold.
        """
        self._resolver = resolver
        self._screen = screen
        self._second_look = second_look
        self._price_of_mention = price_of_mention
        self._look_everywhere = look_everywhere

    def posteriors(
        self, encoded: Encoded, said: Said | None = None, which: Ints | None = None
    ) -> Iterator[list[Posteriors]]:
        """Those of all suspicious words, some lines at a time.

        ``said``: what their document says, and ``which``: numbers of these lines in it, if they
        are not all of it.
        """
        for looks in self.looks(encoded, said, which):
            yield looks[-1]

    def looks(
        self, encoded: Encoded, said: Said | None = None, which: Ints | None = None
    ) -> Iterator[tuple[list[Posteriors], ...]]:
        """The same, as they are between their neighbours, after the second look at the rest of
        the line, and with what the document says.
        """
        for part in self._parts(encoded):
            suspects = self._suspects(encoded, part)
            arguments = encoded.types, encoded.words, suspects, encoded.table
            resolved = self._resolver.resolve(*arguments)
            first = [each.without_hopeless() for each in resolved]
            found = first
            if self._second_look:
                found = self._second_look.weighed(found, encoded.words, encoded.line)
            second = found
            if said:
                found = [self._supported(each, encoded, said(), which) for each in found]
            yield first, second, found

    def everything(self, encoded: Encoded) -> Posteriors:
        """All readings of all symbols of one line, decoded with nothing screened out."""
        found = self._resolver.everything(encoded.types, encoded.words, encoded.table)
        if self._second_look:
            [found] = self._second_look.weighed([found], encoded.words, encoded.line)
        return found

    def _parts(self, encoded: Encoded) -> list[Ints]:
        """Indices into the stream to be looked at, in parts that share no line."""
        table, spoken, stream = encoded.table, encoded.spoken, encoded.stream
        types = encoded.types.take(spoken)
        broken = (table.broken | table.misplaced).take(types)
        open_ = self._look_everywhere | self._screen.open(stream)
        at = np.flatnonzero(broken | (open_ & table.repairable.take(types)))
        weight = np.where(np.isfinite(stream.bound().take(at)), 1, _UNSEEN)
        return _parts(at, weight, encoded.line.take(spoken.take(at)))

    def _suspects(self, encoded: Encoded, part: Ints) -> Suspects:
        table, spoken = encoded.table, encoded.spoken
        place = spoken.take(part)
        entries = table.entries(encoded.types, place)
        readings = table.readings
        broken = readings.keeping(entries) > 0
        broken |= table.misplaced.take(encoded.types.take(place))
        line = encoded.line.take(spoken)
        found = self._screen.suspects(encoded.stream, part, entries, broken, readings, line)
        return replace(found, at=spoken.take(found.at), rival_at=spoken.take(found.rival_at))

    def _supported(
        self, found: Posteriors, encoded: Encoded, said: Mentions, which: Ints | None
    ) -> Posteriors:
        number = encoded.line.take(found.at)
        number = number if which is None else which.take(number)
        price = self._price_of_mention
        return said.support(found, encoded.words, encoded.spoken, number, price)


def _parts(at: Ints, weight: Ints, line: Ints) -> list[Ints]:
    """Positions ``at`` in parts of about _OPEN, none of which shares a ``line`` with another."""
    total = np.cumsum(weight)
    wanted = np.searchsorted(total, np.arange(_OPEN, total[-1] if len(at) else 0, _OPEN))
    cuts = distinct(np.searchsorted(line, line.take(wanted)))
    return [part for part in np.split(at, cuts) if len(part)]
