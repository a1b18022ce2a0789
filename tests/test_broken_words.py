"""Words that a hyphen breaks at the end of a line are whole again; meant hyphens stay."""

from __future__ import annotations

import unicodedata

import pytest
from case_files import cases
from hypothesis import given
from hypothesis import strategies as st
from own_sentences import SOUND
from reference_groups import line_groups

from vnclean.edits import apply, invert
from vnclean.stages.broken_words import BrokenWords

STAGE = BrokenWords()


def joined(text: str) -> str:
    return apply(text, STAGE.edits([text])[0])


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("nghiên cứu khoa h-\nọc ở trường", "nghiên cứu khoa học\nở trường"),
        ("Vi-\nệt Nam", "Việt\nNam"),
        ("VI-\nỆT NAM", "VIỆT\nNAM"),
        ("Vi\N{SOFT HYPHEN}\nệt Nam", "Việt\nNam"),
        ("Vi\N{HYPHEN}\nệt Nam", "Việt\nNam"),
        ("Vi-\r\nệt Nam", "Việt\r\nNam"),
        ("Vi- \n\t ệt Nam", "Việt\n\t Nam"),
        ("khoa h-\nọc", "khoa học"),
        ("khoa h-\nọc\n", "khoa học\n"),
        ("khoa h-\r\nọc.\r\nMai", "khoa học.\r\nMai"),
        ("(ông ngh-\nĩ), rồi", "(ông nghĩ),\nrồi"),
        ("H-\nuế và H-\nà Nội", "Huế\nvà Hà\nNội"),
        ("ngh-\niên cứu ngo-\nài nước", "nghiên\ncứu ngoài\nnước"),
        (unicodedata.normalize("NFD", "Vi-\nệt Nam"), unicodedata.normalize("NFD", "Việt\nNam")),
    ],
)
def test_broken_words(broken: str, whole: str) -> None:
    edits = STAGE.edits([broken])[0]
    assert apply(broken, edits) == whole
    assert apply(whole, invert(edits)) == broken


@pytest.mark.parametrize(
    "text",
    [
        "Hà Nội -\nHải Phòng",
        "Hà Nội-\nHải Phòng",
        "Bà Rịa-\nVũng Tàu",
        "Bà Rịa -\nVũng Tàu",
        "2010-\n2015",
        "tháng 5-\n6 năm nay",
        "Covid-\n19",
        "U-\n23",
        "Ma-\nri-a",
        "Mát-xcơ-\nva",
        "Xê-\nun",
        "Pa-\nri",
        "Ca-\nna-đa",
        "in-\nternet",
        "ô-\ntô",
        "nhóm B-\nan toàn",
        "vitamin C-\nan thần",
        "thi-\nhành án",
        "công-\nnông",
        "kinh tế-\nxã hội",
        "anh-\nem",
        "a-\nb@c.vn",
        "vi-\nrút",
        "tệp h-\nọc.txt",
        "tệp h-\nọc/bài",
        "a@h-\nọc",
        "h-\n\nọc",
        "- Vi-\nỆt",
        "HÀ-\nnội",
        "khoa h\nọc",
        "khoa h-",
        "khoa h-\n",
        "-\nọc",
        "h-ọc\n",
    ],
)
def test_what_is_meant_stays(text: str) -> None:
    assert STAGE.edits([text]) == [[]]


@pytest.mark.parametrize("case", cases("negative"))
def test_negative_cases_stay(case: dict[str, str]) -> None:
    wrapped = case["text"].replace(" ", "\n").replace("-", "-\n")
    assert joined(wrapped) == wrapped


def wrapped(sentence: str, places: list[int], end: str) -> str:
    """The sentence with words broken at some places: one letter is left on each side."""
    words = sentence.split(" ")
    for place in places:
        word = words[place % len(words)]
        if word.isalpha() and len(word) > 2:
            words[place % len(words)] = f"{word[:1]}-{end}{word[1:]}"
    return " ".join(words)


@given(
    st.sampled_from(SOUND),
    st.lists(st.integers(0, 20), max_size=4),
    st.sampled_from(["\n", "\r\n"]),
)
def test_replay_undo_and_the_same_words(sentence: str, places: list[int], end: str) -> None:
    text = wrapped(sentence, places, end)
    edits = STAGE.edits([text])[0]
    assert apply(apply(text, edits), invert(edits)) == text
    letters = "".join(apply(text, edits).replace("-", "").split())
    assert letters == "".join(sentence.split())


pieces = st.lists(st.sampled_from(["h-", "ọc", "Vi-", "ệt", " ", "\n", "\r\n", "-", "x"])).map(
    "".join
)


@given(pieces)
def test_groups_of_lines_are_enough(text: str) -> None:
    """What is found does not depend on whether more than a group is looked at."""
    groups = list(line_groups(text))
    assert "".join(groups) == text
    assert "".join(map(joined, groups)) == joined(text)
