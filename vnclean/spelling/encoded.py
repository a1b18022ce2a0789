"""Lines as arrays: what the stages that look at words share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.screening import Stream
from vnclean.spelling.types import TypeTable

Ints = NDArray[Any]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Encoded:
    """Lines as arrays: what the first look at them tells."""

    lines: Sequence[str]
    types: Ints  #: of every symbol, each line closed by a line end
    words: Ints  #: their model words
    spoken: Ints  #: positions of all that is more than a gap
    stream: Stream  #: of these
    table: TypeTable  #: what the types are

    @cached_property
    def firsts(self) -> Ints:
        """Position of the first symbol of each line, and the end."""
        return np.concatenate(([0], np.flatnonzero(self.ends) + 1))

    @cached_property
    def line(self) -> Ints:
        """Number of the line of each symbol."""
        line: Ints = np.cumsum(self.ends) - self.ends
        return line

    @property
    def ends(self) -> Flags:
        """Which symbols end a line."""
        ends: Flags = self.types == self.table.line_end
        return ends

    def differing(self, lines: Sequence[str]) -> list[int] | None:
        """Which of ``lines`` a stage has repaired since; None if these are other lines."""
        if len(self.lines) != len(lines):
            return None
        if self.lines is lines:
            return []
        pairs = enumerate(zip(self.lines, lines, strict=True))
        return [number for number, (before, line) in pairs if before != line]
