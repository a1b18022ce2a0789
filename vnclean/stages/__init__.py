"""The steps of the repair, from letters to words: see vnclean/stage_order.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from vnclean.edits import Edit


class Stage(Protocol):
    """One step: lines in, the edits of each of them out."""

    def edits(self, lines: Sequence[str]) -> list[list[Edit]]:
        """For each line (no line ends in them) its edits, from left to right, spans in that line.

        What is found for a line depends on that line alone (in the speller, also on a
        :class:`~vnclean.document.Document`), so that results do not depend on how a document was
        cut into blocks.  Most lines are sound: a cheap look at all of them together comes first.
        """


@dataclass(frozen=True)
class Step:
    """What one stage was given, the edits that had made it, and its own edits; line by line."""

    lines: Sequence[str]
    made: Sequence[list[Edit]]
    edits: Sequence[list[Edit]]

    def of(self, number: int) -> tuple[list[Edit], list[Edit]]:
        """The edits before it and its own, of one line."""
        return self.made[number], self.edits[number]
