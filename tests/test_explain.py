"""``vnclean explain`` tells of every edit that ``clean`` makes, in the same numbers."""

from __future__ import annotations

import os
import subprocess

import pytest
from command import VNCLEAN
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from vnclean.cleaner import Cleaner
from vnclean.config import Config
from vnclean.edits import Edit, apply, compose, invert, traced

words = st.sampled_from(
    [
        *["phòng", "chng", "dịch", "bnh", "mục nước trên các sông", "mực nước", "khu vục"],
        *["bo dam nguon nuoc", "kiể m", "nămnay", "Vi&#7879;t", "TiÕng ViÖt vµ ng­êi d©n", "ở  xã"],
        *["thơng tin", "Vieejt Nam", "ki?m tra", "thị trƣờng", "hoà", "cuả", "tie^'ng Vie^.t"],
        *[
            "a@b.vn",
            "HĐND",
            "12.5",
            "ông Trump",
            "ko",
            "Tiáº¿ng Viá»‡t",
            "tiê\u0301ng",
            "đã",
            "đế.",
        ],
        *["35 cm", "chị Nh. kể", "gia = gia", "😀", "\udcff", "quá nguồn vốn", "có hiệu quá"],
    ]
)
texts = st.lists(words, min_size=1, max_size=9).map(" ".join)


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner()


@settings(max_examples=80, deadline=None)
@given(lines=st.lists(texts, min_size=1, max_size=3), sure=st.sampled_from([None, 0.0, 0.9, 1.0]))
def test_it_tells_of_every_edit_in_the_numbers_of_the_report(
    cleaner: Cleaner, lines: list[str], sure: float | None
) -> None:
    chosen = cleaner if sure is None else with_confidence(cleaner, sure)
    for line, edits, told in zip(lines, chosen.edits(lines), chosen.explain(lines), strict=True):
        found = [word for word in told if word.confidence is not None]
        assert sorted(
            (word.start, word.end, word.kind, word.confidence, word.applied) for word in found
        ) == sorted(
            (edit.start, edit.end, edit.kind, edit.confidence, edit.applied) for edit in edits
        )
        made = [
            Edit(word.start, word.end, word.word, word.chosen, word.kind, 1.0)
            for word in told
            if word.applied
        ]
        assert apply(line, made) == apply(line, edits)
        for word in told:
            assert line[word.start : word.end] == word.word
            assert word.reason.startswith("changed" if word.applied else "kept")
            assert word.applied or word.chosen == word.word


def with_confidence(cleaner: Cleaner, sure: float) -> Cleaner:
    """Another cleaner, with the costly tables of the first."""
    return cleaner.with_config(Config(min_confidence=sure))


@settings(max_examples=40, deadline=None)
@given(lines=st.lists(texts, min_size=1, max_size=3))
def test_the_table_adds_up_to_the_confidence(cleaner: Cleaner, lines: list[str]) -> None:
    for edits, told in zip(cleaner.edits(lines), cleaner.explain(lines), strict=True):
        of = {(edit.start, edit.end, edit.applied): edit for edit in edits}
        for word in told:
            posteriors: dict[str, float] = {}
            for each in word.candidates:
                posteriors[each.word] = posteriors.get(each.word, 0.0) + each.posterior
                parts = each.cost + each.context + each.rest + each.said
                assert parts == pytest.approx(each.total, abs=1e-6)
            edit = of.get((word.start, word.end, word.applied))
            if edit and word.confidence is not None and edit.after in posteriors:
                assert posteriors[edit.after] >= word.confidence - 1e-3
                if "; then " not in word.reason:  # or it is as sure as the least sure of both
                    assert posteriors[edit.after] == pytest.approx(word.confidence, abs=1e-3)


def test_what_the_document_has_said_is_told(cleaner: Cleaner) -> None:
    lines = [
        "Chợ nổi Cái Răng họp sớm.",
        "Người ta đi chợ nổi Cái Răng từ sáng.",
        "Chợ nổi Cái Rang.",
    ]
    [word] = [word for word in cleaner.explain(lines)[2] if word.word == "Rang"]
    assert any(abs(each.said) > 0.5 for each in word.candidates)
    assert cleaner.explain(lines[2:], lines[:2]) == [cleaner.explain(lines)[2]]


@pytest.mark.parametrize(
    ("text", "word", "reason"),
    [
        ("đường 6 dm, 7 kg", "dm", "it is the unit of a number; “dặm” would be likelier"),
        ("các khu vục này", "vục", "“vực” fits far better than “vục”"),
        ("bo dam nguon nuoc sinh hoat", "nuoc", "has lost its diacritics"),
        ("thị trƣờng", "trƣờng", "look alike"),
        ("các cháu nhẩy múa", "nhẩy", "part of the known phrase “nhẩy múa”"),
        ("Tôi ăn cơm ở nhà.", "cơm", "no candidate comes near"),
    ],
)
def test_the_reason_is_told(cleaner: Cleaner, text: str, word: str, reason: str) -> None:
    [told] = [each for each in cleaner.explain([text])[0] if each.word == word][:1]
    assert reason in told.reason


def test_it_fits_80_columns() -> None:
    text = "Vieejt Nam bo dam nguon nuoc, mục nước trên các sông Tiáº¿ng Viá»‡t ki?m tra chng bnh"
    done = subprocess.run(
        [VNCLEAN, "explain", "--all", text],
        capture_output=True,
        check=True,
        env={**os.environ, "COLUMNS": "80"},
    )
    assert max(map(cell_len, done.stdout.decode().splitlines())) <= 80


@given(st.text("ab", max_size=12), st.data())
def test_a_place_is_traced_back(text: str, data: st.DataObject) -> None:
    """What no edit touches lies where compose says it does."""
    cut = data.draw(st.integers(0, len(text)))
    made = [Edit(cut, min(cut + 2, len(text)), text[cut : cut + 2], "xyz", "first", 1.0)]
    between = apply(text, made)
    at = data.draw(st.integers(0, len(between)))
    [back] = invert(made)
    later = Edit(at, min(at + 1, len(between)), between[at : at + 1], "q", "second", 1.0)
    if later.start < later.end and not (back.start < later.end and later.start < back.end):
        [found] = [edit for edit in compose(text, made, [later]) if edit.kind == "second"]
        assert traced(made, later.start, later.end) == (found.start, found.end)
