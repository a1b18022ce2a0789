"""Edits can be applied and undone, whatever they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnclean.edits import Edit, apply, compose, invert, shift


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits of it in any order: replacements, insertions, deletions."""
    pieces = draw(st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4), st.booleans())))
    text, edits = "", []
    for before, after, is_edit in pieces:
        if is_edit:
            applied = draw(st.booleans())
            place = len(text), len(text) + len(before)
            edits.append(Edit(*place, before, after, "any", 0.5, applied=applied))
        text += before
    # Insertions at one place keep their order, so only edits at different places change theirs.
    if len({edit.start for edit in edits}) == len(edits):
        edits = draw(st.permutations(edits))
    return text, edits


@given(texts_with_edits())
def test_undo_restores_the_text(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    assert apply(apply(text, edits), invert(edits)) == text


@given(texts_with_edits())
def test_undoing_the_undo_repairs_again(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    assert apply(text, invert(invert(edits))) == apply(text, edits)


@given(texts_with_edits())
def test_only_applied_edits_change_the_text(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    applied = [edit for edit in edits if edit.applied]
    size = len(text) + sum(len(edit.after) - len(edit.before) for edit in applied)
    assert len(apply(text, edits)) == size
    assert applied or apply(text, edits) == text


@given(texts_with_edits(), st.text(max_size=9))
def test_shifted_edits_fit_behind_a_prefix(case: tuple[str, list[Edit]], prefix: str) -> None:
    text, edits = case
    moved = [shift(edit, len(prefix)) for edit in edits]
    assert apply(prefix + text, moved) == prefix + apply(text, edits)


@given(st.data())
def test_two_lists_composed_do_what_both_do(data: st.DataObject) -> None:
    text, first = data.draw(texts_with_edits())
    between = apply(text, first)
    second, start = [], 0
    while start <= len(between) and data.draw(st.booleans()):
        start = data.draw(st.integers(start, len(between)))
        end = data.draw(st.integers(start, min(len(between), start + 4)))
        after, applied = data.draw(st.text(max_size=3)), data.draw(st.booleans())
        second.append(Edit(start, end, between[start:end], after, "b", 0.5, applied=applied))
        start = end + (end == start)
    composed = compose(text, first, second)
    assert apply(text, composed) == apply(between, second)
    assert all(text[edit.start : edit.end] == edit.before for edit in composed)


def test_edits_that_overlap_are_refused() -> None:
    edits = [Edit(0, 3, "kim", "kiểm", "lost", 0.9), Edit(2, 5, "m t", "x", "typed", 0.9)]
    with pytest.raises(ValueError, match="overlap"):
        apply("kim tra", edits)
    with pytest.raises(ValueError, match="overlap"):
        invert(edits)


@pytest.mark.parametrize("start", [1, 99, -3])
def test_an_edit_of_another_text_is_refused(start: int) -> None:
    with pytest.raises(ValueError, match="belongs"):
        apply("kim tra", [Edit(start, start + 3, "kim", "kiểm", "lost", 0.9)])


def test_an_insertion_behind_the_end_is_refused() -> None:
    with pytest.raises(ValueError, match="belongs"):
        apply("kim", [Edit(9, 9, "", "x", "typed", 0.9)])
