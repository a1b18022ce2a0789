"""What no edit may touch: parts of a text that its author, or the user, has put out of reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from vnclean.edits import Edit, traced
from vnclean.kept_by import MARKER, PATTERN
from vnclean.markers import Span

if TYPE_CHECKING:
    from vnclean.patterns import Patterns


class Protection:
    """Keeps edits away from some places of texts, in the coordinates of these as they were read.

    Patterns cost time only where there is an edit: no other place is looked at.
    """

    def __init__(
        self, texts: Sequence[str], off: Sequence[Span] = (), patterns: Patterns | None = None
    ) -> None:
        """``off``: what marks leave alone; ``patterns``: what they match in a line is, too."""
        self._texts, self._patterns = texts, patterns
        self._off: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, start, end in off:
            self._off[number].append((start, end))
        self._matched: dict[int, list[tuple[int, int]]] = {}

    def kept(self, number: int, edits: Sequence[Edit], made: Sequence[Edit]) -> list[Edit]:
        """``edits`` of what ``made`` has made of a text; those that touch such a place are not
        applied.

        >>> protection = Protection(["kim kim"], off=[(0, 4, 7)])
        >>> edits = [Edit(at, at + 3, "kim", "kiểm", "mark", 0.9) for at in (0, 4)]
        >>> [edit.applied for edit in protection.kept(0, edits, [])]
        [True, False]
        """
        return [self._kept(number, edit, made) if edit.applied else edit for edit in edits]

    def _kept(self, number: int, edit: Edit, made: Sequence[Edit]) -> Edit:
        start, end = traced(made, edit.start, edit.end)
        if _meets(self._off.get(number, ()), start, end):
            return replace(edit, applied=False, kept_by=MARKER)
        if self._patterns and _meets(self._matches(number), start, end):
            return replace(edit, applied=False, kept_by=PATTERN)
        return edit

    def _matches(self, number: int) -> list[tuple[int, int]]:
        found = self._matched.get(number)
        if found is None:
            assert self._patterns
            found = self._matched[number] = self._patterns.spans(self._texts[number])
        return found


def _meets(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether something at ``start:end`` touches one of the spans, none of which is empty."""
    if start == end:
        return any(first < start < last for first, last in spans)
    return any(first < end and start < last for first, last in spans)
