"""Edits: what is changed, where, why, and how sure we are.

Every text that vnclean puts out is :func:`apply` of a list of edits to the input, and every
report is made from the same list, so that a report can be replayed and undone exactly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Edit:
    """``before`` at ``start:end`` (code points of the text it belongs to) becomes ``after``.

    ``confidence`` is the probability that ``after`` is what was meant, ``alternatives`` the
    other readings with theirs.  ``applied`` is false for what was found but left alone.
    """

    start: int
    end: int
    before: str
    after: str
    kind: str
    confidence: float
    mode: str = "typed"
    alternatives: tuple[tuple[str, float], ...] = ()
    applied: bool = True


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _in_order(edits: Iterable[Edit]) -> list[Edit]:
    """The applied edits from left to right; raises ``ValueError`` if two of them overlap."""
    ordered = sorted((edit for edit in edits if edit.applied), key=_place)
    for left, right in pairwise(ordered):
        if right.start < left.end:
            raise ValueError(f"edits overlap: {left} and {right}")
    return ordered


def apply(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with the applied ones of ``edits`` made, in whatever order they come.

    Raises ``ValueError`` if two of them overlap or ``before`` is not what the text says there.

    >>> apply("kim tra", [Edit(0, 3, "kim", "kiểm", "lost", 0.98)])
    'kiểm tra'
    """
    parts: list[str] = []
    done = 0
    for edit in _in_order(edits):
        found = text[edit.start : edit.end]
        if found != edit.before or not 0 <= edit.start <= edit.end <= len(text):
            raise ValueError(f"the text has {found!r} where {edit} belongs")
        parts += text[done : edit.start], edit.after
        done = edit.end
    parts.append(text[done:])
    return "".join(parts)


def invert(edits: Iterable[Edit]) -> list[Edit]:
    """The edits that undo the applied ones of ``edits``, in the coordinates of the output.

    Raises ``ValueError`` if two of them overlap.

    >>> undo = invert([Edit(0, 3, "kim", "kiểm", "lost", 0.98)])
    >>> apply("kiểm tra", undo)
    'kim tra'
    """
    inverted: list[Edit] = []
    moved = 0
    for edit in _in_order(edits):
        start = edit.start + moved
        end = start + len(edit.after)
        inverted.append(replace(edit, start=start, end=end, before=edit.after, after=edit.before))
        moved = end - edit.end
    return inverted


def shift(edit: Edit, offset: int) -> Edit:
    """``edit`` moved ``offset`` code points to the right.

    >>> shift(Edit(0, 3, "kim", "kiểm", "lost", 0.98), 10).end
    13
    """
    return replace(edit, start=edit.start + offset, end=edit.end + offset)
