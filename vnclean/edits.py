"""Edits: what is changed, where, why, and how sure we are.

Every text that vnclean puts out is :func:`apply` of a list of edits to the input, and every
report is made from the same list, so that a report can be replayed and undone exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Edit:
    """``before`` at ``start:end`` (code points of the text it belongs to) becomes ``after``.

    ``confidence`` is the probability that ``after`` is what was meant, ``alternatives`` the
    other readings with theirs.  ``mode`` is how the words around were damaged, empty where that
    was not asked.  ``applied`` is false for what was found but left alone: because it is not sure
    enough or, if ``kept_by`` says what (:mod:`vnclean.kept_by`), because the user wants it so.
    """

    start: int
    end: int
    before: str
    after: str
    kind: str
    confidence: float
    mode: str = ""
    alternatives: tuple[tuple[str, float], ...] = ()
    applied: bool = True
    kept_by: str = ""


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


def traced(edits: Iterable[Edit], start: int, end: int) -> tuple[int, int]:
    """Where ``start:end`` of what ``edits`` make of a text lies in that text.

    What an edit put in is taken to lie where all of it was made.

    >>> made = [Edit(0, 2, "ho", "hòa", "tone", 1.0)]
    >>> traced(made, 1, 2), traced(made, 4, 6)
    ((0, 2), (3, 5))
    """
    made = _in_order(edits)
    pairs = list(zip(made, invert(made), strict=True))

    def place(at: int, *, is_end: bool) -> int:
        moved = 0
        for edit, back in pairs:
            if back.end <= at:
                moved += len(edit.before) - len(edit.after)
            elif back.start < at:
                return edit.end if is_end else edit.start
        return at + moved

    return place(start, is_end=False), place(end, is_end=True)


def compose(text: str, first: Iterable[Edit], second: Iterable[Edit]) -> list[Edit]:
    """One list of edits of ``text`` for two lists made one after the other.

    ``first`` are edits of ``text``, ``second`` of what they make of it.  Where edits of both
    overlap they become one, of the second's kind and as sure as the least sure of them.  Edits
    that are not applied stay in the list.

    >>> entity = Edit(3, 8, "&#32;", " ", "entity", 1.0)
    >>> both = compose("kim&#32;tra", [entity], [Edit(0, 3, "kim", "kiểm", "lost", 0.98)])
    >>> [(edit.start, edit.before, edit.after) for edit in both]
    [(0, 'kim', 'kiểm'), (3, '&#32;', ' ')]
    >>> both = compose("kim&#32;tra", [entity], [Edit(2, 5, "m t", "m-t", "hyphen", 0.9)])
    >>> [(edit.start, edit.before, edit.after, edit.kind) for edit in both]
    [(2, 'm&#32;t', 'm-t', 'hyphen')]
    """
    first, second = list(first), sorted(second, key=_place)
    if not first or not second:
        return first or second
    made = _in_order(first)
    changes = list(zip(made, invert(made), strict=True))
    composed = [edit for edit in first if not edit.applied]
    for mine, theirs in _clusters(changes, [edit for edit in second if edit.applied]):
        if theirs:
            composed.append(_joined(text, changes, mine, theirs))
        else:
            composed += [edit for edit, _ in mine]
    for edit in second:
        if not edit.applied:
            mine = [change for change in changes if _overlap(change[1], edit)]
            composed.append(_joined(text, changes, mine, [edit]))
    return sorted(composed, key=_place)


#: An edit of the first list, and its inverse: where it lies in what it made of the text.
_Change: TypeAlias = tuple[Edit, Edit]


def _overlap(left: Edit, right: Edit) -> bool:
    """Whether two edits of one text have to be made together: one that is empty has no order
    with what it touches."""
    if left.start == left.end or right.start == right.end:
        return left.start <= right.end and right.start <= left.end
    return left.start < right.end and right.start < left.end


def _clusters(
    changes: Sequence[_Change], edits: Sequence[Edit]
) -> Iterator[tuple[list[_Change], list[Edit]]]:
    """Edits of both lists in groups that overlap, from left to right."""
    mine: list[_Change] = []
    theirs: list[Edit] = []
    hull = Edit(-1, -1, "", "", "", 1.0)
    todo = [(_place(change[1]), 0, change, None) for change in changes]
    for place, _, change, edit in sorted(
        todo + [(_place(edit), 1, None, edit) for edit in edits], key=itemgetter(0, 1)
    ):
        here = replace(hull, start=place[0], end=place[1])
        if not _overlap(hull, here):
            if mine or theirs:
                yield mine, theirs
            mine, theirs, hull = [], [], here
        hull = replace(hull, end=max(hull.end, here.end))
        if change:
            mine.append(change)
        if edit:
            theirs.append(edit)
    if mine or theirs:
        yield mine, theirs


def _joined(
    text: str, changes: Sequence[_Change], mine: Sequence[_Change], theirs: Sequence[Edit]
) -> Edit:
    """The one edit of ``text`` that does what ``mine`` and then ``theirs`` do."""
    start = min([edit.start for edit in theirs] + [back.start for _, back in mine])
    end = max([edit.end for edit in theirs] + [back.end for _, back in mine])
    inside = {id(back) for _, back in mine}
    moved = sum(
        len(back.after) - len(back.before)
        for _, back in changes
        if id(back) not in inside and back.end <= start
    )
    grown = sum(len(back.after) - len(back.before) for _, back in mine)
    before = text[start + moved : end + moved + grown]
    offset = start + moved
    between = apply(before, [shift(edit, -offset) for edit, _ in mine])
    after = apply(between, [shift(replace(edit, applied=True), -start) for edit in theirs])
    last = theirs[-1]
    confidence = min([edit.confidence for edit in theirs] + [edit.confidence for edit, _ in mine])
    return replace(
        last,
        start=offset,
        end=offset + len(before),
        before=before,
        after=after,
        confidence=confidence,
        alternatives=last.alternatives if len(theirs) == 1 and not mine else (),
    )
