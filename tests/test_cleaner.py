"""What must hold of the cleaner whatever the text is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import pytest
from case_files import cases
from hypothesis import given, settings
from hypothesis import strategies as st
from own_sentences import DAMAGES, SOUND, Damage, damaged

from vnclean.cleaner import Cleaner
from vnclean.config import Config
from vnclean.edits import Edit, apply, invert
from vnclean.orthography import residue, skeleton

CLEANER = Cleaner()
FEWER = settings(max_examples=60)

damaged_lines = st.builds(
    damaged,
    st.sampled_from(SOUND),
    st.sampled_from(sorted(DAMAGES)).map(DAMAGES.__getitem__),
    st.sampled_from([0.1, 0.5, 1.0]),
    st.integers(0, 99),
)
any_text = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.lists(
        st.sampled_from(
            [*" ".join(SOUND).split(" ")[::7], "kim", "chng", "t", "  ", " ", "\t", "."]
        )
        | st.text(max_size=3),
        max_size=20,
    ).map(" ".join),
)
any_line = any_text.map(lambda text: "".join(text.splitlines()))
lines = st.lists(damaged_lines | any_line, max_size=6)


def check(text: str, edits: Sequence[Edit]) -> None:
    """Edits are in order, apart, true to the text, and say something."""
    for edit in edits:
        assert 0 <= edit.start <= edit.end <= len(text)
        assert text[edit.start : edit.end] == edit.before != edit.after
        assert 0 <= edit.confidence <= 1
        assert all(0 <= share <= 1 for _, share in edit.alternatives)
        assert edit.after not in [word for word, _ in edit.alternatives]
    for left, right in pairwise(edits):
        # But for what is only proposed of a word that an earlier stage has changed (`Lð`: made
        # `Lđ`, proposed `Lê`): both are told where they lie in the original.
        assert left.end <= right.start or (left.start <= right.start and proposed(left, right))


def proposed(left: Edit, right: Edit) -> bool:
    """Whether one of two edits was made, and the other only proposed, by the speller."""
    made, other = (left, right) if left.applied else (right, left)
    return made.applied and not made.mode and not other.applied and bool(other.mode)


@FEWER
@given(damaged_lines)
def test_edits_can_be_replayed_and_undone(text: str) -> None:
    result = CLEANER.clean(text)
    check(text, result.edits)
    assert apply(text, result.edits) == result.text
    assert apply(result.text, invert(result.edits)) == text


@FEWER
@given(any_line)
def test_any_text_at_all(text: str) -> None:
    result = CLEANER.clean(text)
    check(text, result.edits)
    assert apply(text, result.edits) == result.text
    assert apply(result.text, invert(result.edits)) == text
    for edit in result.edits:  # letters become letters; only words written as one get blanks
        assert edit.after.isalpha() or not edit.before.isalpha() or edit.kind == "glued"


@FEWER
@given(lines, st.lists(st.integers(1, 3), min_size=6, max_size=6))
def test_blocks_do_not_matter(some: list[str], sizes: list[int]) -> None:
    whole = CLEANER.edits(some)
    in_blocks: list[list[Edit]] = []
    for size in sizes:
        done = len(in_blocks)
        in_blocks += CLEANER.edits(some[done : done + size], some[:done])
    assert same(whole, in_blocks)


@FEWER
@given(lines)
def test_lines_do_not_influence_those_before_them(some: list[str]) -> None:
    whole = CLEANER.edits(some)
    assert all(same(CLEANER.edits(some[:end]), whole[:end]) for end in range(len(some)))


def test_the_speller_can_look_at_each_line_alone() -> None:
    some = [damaged(line, residue, 0.6, k) for k, line in enumerate(SOUND)] * 2
    speller = CLEANER._tables.speller
    assert same(speller.edits(some), [speller.edits([line])[0] for line in some])


def test_what_was_read_before_does_not_matter() -> None:
    fresh, used = Cleaner(), CLEANER
    some = [damaged(line, residue, 0.6, k) for k, line in enumerate(SOUND)]
    used.edits(SOUND)
    assert same(fresh.edits(some), used.edits(some))
    assert same(fresh.edits(some), fresh.edits(some))


def test_nothing_in_nothing_out() -> None:
    assert CLEANER.edits([]) == []
    assert CLEANER.edits([""]) == [[]]
    assert CLEANER.clean("").text == ""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_text_of_several_lines(end: str) -> None:
    some = [damaged(line, residue, 0.5, k) for k, line in enumerate(SOUND)]
    result = CLEANER.clean(end.join(some) + end)
    assert result.text == end.join(CLEANER.clean(line).text for line in some) + end
    check(end.join(some) + end, result.edits)


def test_sound_sentences_stay() -> None:
    assert [CLEANER.clean(line).text for line in SOUND] == SOUND
    upper = [line.upper() for line in SOUND]
    assert [CLEANER.clean(line).text for line in upper] == upper


@pytest.mark.parametrize(("damage", "share"), [(residue, 1.0), (residue, 0.4), (skeleton, 1.0)])
def test_most_words_are_repaired(damage: Damage, share: float) -> None:
    right = broken = 0
    for number, line in enumerate(SOUND):
        text = damaged(line, damage, share, number)
        repaired = CLEANER.clean(text).text
        if len(repaired.split(" ")) != len(line.split(" ")):
            continue  # a word that vanished
        for was, got, meant in zip(
            text.split(" "), repaired.split(" "), line.split(" "), strict=True
        ):
            broken += was != meant
            right += was != meant == got
    assert broken > 40
    assert right >= 0.9 * broken


@pytest.mark.parametrize("case", cases("in_the_wild") + cases("negative"))
def test_cleaned_text_is_clean(case: dict[str, str]) -> None:
    once = CLEANER.clean(case["text"]).text
    assert CLEANER.clean(once).text == once


@cache
def demanding(least: float) -> Cleaner:
    """A cleaner that applies only what it is so sure of."""
    return Cleaner(Config(min_confidence=least))


@FEWER
@given(damaged_lines, st.sampled_from([0.2, 0.5, 0.9, 1.0]))
def test_less_is_applied_the_surer_one_must_be(text: str, least: float) -> None:
    everything, some = demanding(0).edits([text])[0], demanding(least).edits([text])[0]
    assert all(edit.applied for edit in everything)
    assert all(edit.applied == (edit.confidence >= least) for edit in some)
    assert {(e.start, e.after) for e in some if e.applied} == {
        (e.start, e.after) for e in everything if e.confidence >= least
    }


def same(one: list[list[Edit]], other: list[list[Edit]]) -> bool:
    """Whether edits are the same but for the last digits of their confidence."""
    if [len(edits) for edits in one] != [len(edits) for edits in other]:
        return False
    pairs = [pair for edits in zip(one, other, strict=True) for pair in zip(*edits, strict=True)]
    return all(
        (a.start, a.end, a.before, a.after, a.kind, a.mode)
        == (b.start, b.end, b.before, b.after, b.kind, b.mode)
        and abs(a.confidence - b.confidence) < 1e-3
        for a, b in pairs
    )


@pytest.mark.parametrize(
    ("mode", "kept", "least"),
    [
        ("typed", 0.0, 0.6),
        ("slips", 0.3, 0.6),
        ("lost", 0.1, 0.35),
        ("bare", 0.3, 0.6),
        ("", 0, 0.35),
    ],
)
def test_how_sure_a_repair_must_be(mode: str, kept: float, least: float) -> None:
    """More where a word may well be meant as it stands; what the user says holds for all."""
    alternatives = (("kim", kept), ("kiếm", 0.1))
    edit = Edit(0, 3, "kim", "kiểm", "lost-letters", 0.5, mode, alternatives)
    assert Config().least(edit) == least
    assert Config(min_confidence=0.9).least(edit) == 0.9
