"""How the speller came to its edits: what it made of each symbol that it looked at closely."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclean.document import Document
from vnclean.spelling.channel import Channel, Role
from vnclean.spelling.decoder import NOTHING
from vnclean.spelling.encoded import Encoded
from vnclean.spelling.lattice import Posteriors
from vnclean.spelling.mentions import Mentions, mentions
from vnclean.spelling.reader import Reader

Ints = NDArray[Any]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Look:
    """What was made of one symbol that was looked at closely: its slots, see `Posteriors`."""

    written: int  #: the model word that is written
    word: Ints
    cost: Ints
    shares: tuple[Ints, ...]  #: after each look, the last is what counts
    phrase: str  #: the known phrase that it is part of, if any
    protection: str  #: what it is, if that protects it


class Looks:
    """The looks that a speller takes at lines."""

    def __init__(
        self,
        reader: Reader,
        channel: Channel,
        encode: Callable[[Sequence[str]], Encoded],
        words_of: Callable[[Sequence[str]], tuple[Ints, Flags]],
        known: Callable[[Ints, Ints, int], str],
    ) -> None:
        """All of them the speller's own."""
        self._reader, self._channel, self._encode = reader, channel, encode
        self._words_of, self._known = words_of, known

    def of(self, lines: Sequence[str], document: Document) -> list[dict[int, Look]]:
        """For each line, what was made of the symbols that the speller looked at closely."""
        encoded = self._encode(lines)

        @cache
        def said() -> Mentions:
            return mentions(document, lines, encoded, [], self._words_of)

        found: list[dict[int, Look]] = [{} for _ in lines]
        for looks in self._reader.looks(encoded, said):
            for some in zip(*looks, strict=True):
                ends = np.cumsum(some[-1].count)
                for position, first, end in zip(
                    some[-1].at.tolist(),
                    (ends - some[-1].count).tolist(),
                    ends.tolist(),
                    strict=True,
                ):
                    number = int(encoded.line[position])
                    index = position - int(encoded.firsts[number])
                    found[number][index] = self._look(some, slice(first, end), encoded, position)
        return found

    def posteriors(self, text: str) -> Posteriors:
        """All readings of all symbols of a line, decoded with nothing screened out."""
        return self._reader.everything(self._encode([text]))

    def everything(self, text: str) -> list[Look]:
        """The same symbol by symbol."""
        encoded = self._encode([text])
        found = self._reader.everything(encoded)
        ends = np.cumsum(found.count)
        return [
            self._look((found,), slice(end - count, end), encoded, position)
            for position, (count, end) in enumerate(
                zip(found.count.tolist(), ends.tolist(), strict=True)
            )
        ]

    def _look(
        self, looks: Sequence[Posteriors], slots: slice, encoded: Encoded, position: int
    ) -> Look:
        number = int(encoded.words[position])
        role = Role(int(encoded.table.roles(encoded.types, np.array([position]))[0]))
        last = looks[-1]
        return Look(
            number,
            last.word[slots],
            last.cost[slots],
            tuple(look.share[slots] for look in looks),
            self._known(encoded.types, encoded.words, position) if number != NOTHING else "",
            self._channel.protection(encoded.table.texts[int(encoded.types[position])], role),
        )
