"""Mojibake: whatever was misread is read again, and nothing else is."""

from __future__ import annotations

import re

import pytest
from case_files import cases, embedded
from hypothesis import given
from hypothesis import strategies as st
from own_sentences import SOUND

from vnclean.edits import apply, invert
from vnclean.stages.mojibake import Mojibake

PAGES = ("cp1252", "latin-1", "cp1258")


def misread(text: str, page: str) -> str:
    """UTF-8 read as ``page``; bytes that it has not become control characters."""
    return "".join(
        bytes([byte]).decode(page, "ignore") or chr(byte) for byte in text.encode("utf-8")
    )


def repaired(line: str) -> str:
    edits = Mojibake().edits([line])[0]
    assert [edit.start for edit in edits] == sorted(edit.start for edit in edits)
    result = apply(line, edits)
    assert apply(result, invert(edits)) == line
    return result


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("sentence", SOUND)
def test_read_once_or_twice(sentence: str, page: str) -> None:
    assert repaired(misread(sentence, page)) == sentence
    assert repaired(misread(misread(sentence, page), page)) == sentence


@given(
    st.lists(st.sampled_from(SOUND), min_size=1, max_size=3),
    st.sampled_from(PAGES),
    st.data(),
)
def test_a_run_of_words(sentences: list[str], page: str, data: st.DataObject) -> None:
    words = " ".join(sentences).split(" ")
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    damaged = [misread(w, page) if start <= i < end else w for i, w in enumerate(words)]
    assert repaired(" ".join(damaged)) == " ".join(words)


@pytest.mark.parametrize("lost", ["", "?", "\ufffd"])
def test_lost_bytes(lost: str) -> None:
    sentence = "Nhà trường tổ chức cho người dân “tìm hiểu về luật đất đai và những điều cấm”."
    damaged = re.sub("[\x81\x8d\x8f\x90\x9d]", lost, misread(sentence, "cp1252"))
    assert repaired(damaged.replace("\xa0", " ")) == sentence


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("Ông nói: â€œTôi sẽ về quêâ€\x9d.", "Ông nói: “Tôi sẽ về quê”."),
        ("Nhiệt độ 25Â°C, gió nhẹ", "Nhiệt độ 25°C, gió nhẹ"),
        ("Xã MÃ” và xã Ä\x90Ã´ng", "Xã MÃ” và xã Đông"),
        ("cầu thủ MÃ¼ller của Bayern", "cầu thủ MÃ¼ller của Bayern"),
        ("Cáº§u thá»§ MÃ¼ller cá»§a Bayern", "Cầu thủ Müller của Bayern"),
    ],
)
def test_signs_and_foreign_words(damaged: str, sound: str) -> None:
    assert repaired(damaged) == sound


@pytest.mark.parametrize("case", cases("negative"))
def test_what_is_no_mojibake_stays(case: dict[str, str]) -> None:
    for text in (case["text"], embedded(case["text"])):
        assert not any(Mojibake().edits(text.split("\n")))


@pytest.mark.parametrize("sentence", SOUND)
def test_sound_text_gives_no_edits(sentence: str) -> None:
    assert Mojibake().edits([sentence, sentence.upper()]) == [[], []]


@given(st.text("áºâ€»ÃĂÄÅÆÌÂ\u0300\x81\x9d\xa0 ?\ufffd”“±¿aghinoteXÃÔộếđ", max_size=30))
def test_edits_of_any_text_can_be_made_and_undone(text: str) -> None:
    edits = Mojibake().edits([text])[0]
    assert apply(apply(text, edits), invert(edits)) == text
    assert all(edit.before != edit.after for edit in edits)
