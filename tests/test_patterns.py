"""Patterns of the user's: what no edit may touch, and that the short cuts take nothing away."""

from __future__ import annotations

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vnclean.cleaner import Cleaner
from vnclean.config import Config
from vnclean.edits import apply
from vnclean.errors import InputError
from vnclean.pattern_checks import fault
from vnclean.pattern_outline import outline
from vnclean.patterns import Patterns
from vnclean.user_words import UserWords

DAMAGED = "Phòng chng dịch, mã VT-chng 17, b&#7843;o dam nguon nuoc."


def cleaned(text: str, *patterns: str, config: Config = Config()) -> str:
    found = Cleaner(
        Config(tone_style=config.tone_style, user_words=UserWords(ignore=patterns))
    ).clean(text)
    assert found.text == apply(text, found.edits)
    return found.text


@pytest.mark.parametrize(
    ("pattern", "kept"),
    [
        (r"chng dịch", "chng dịch"),
        (r"b&#\d+;o dam", "b&#7843;o dam"),
        (r"(?i)PHÒNG chng", "Phòng chng"),
        (r"(?<=nguon )nuoc", "nuoc"),
        (r"ngu\w+ n\w*", "nguon nuoc"),
    ],
)
def test_no_stage_touches_what_matches(pattern: str, kept: str) -> None:
    assert kept not in cleaned(DAMAGED)
    assert kept in cleaned(DAMAGED, pattern)


def test_patterns_see_the_line_as_it_came() -> None:
    """Letters that an earlier stage has repaired elsewhere do not move what matches."""
    text = "Ti&ecirc;n phong ch&oacute; phòng chng, chng dịch"
    assert cleaned(text, "chng,").endswith("phòng chng, chống dịch")
    assert cleaned(text, "Tiên").startswith("Tiên")  # which was not there


def test_a_pattern_goes_before_a_correction() -> None:
    own = UserWords(corrections=(("kim", "kìm"),), ignore=("kim tra",))
    assert Cleaner(Config(user_words=own)).clean("kim tra, kim").text == "kim tra, kìm"


def test_what_is_kept_is_reported_as_left_alone() -> None:
    found = Cleaner(Config(user_words=UserWords(ignore=("chng",)))).clean("Phòng chng dịch")
    assert [(e.after, e.applied, e.kept_by) for e in found.edits] == [("chống", False, "ignore")]


def test_an_empty_match_keeps_nothing() -> None:
    assert cleaned("Phòng chng dịch", "x*", r"\b") == "Phòng chống dịch"


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("a(b", "missing ) at position 3"),
        ("*a", "nothing to repeat at position 0"),
        ("[a", "unterminated character set at position 2"),
        (r"(?P<n>a)\g<m>", "unknown group at position 11"),
        ("a{3,2}", "min repeat greater than max repeat at position 2"),
    ],
)
def test_what_is_no_pattern_is_told_with_its_place(pattern: str, reason: str) -> None:
    assert fault(pattern) == reason


def test_a_pattern_that_takes_too_long_is_named() -> None:
    pattern = r"^(?:\w|\w\w|\w\w\w| )*[0-9]"
    with pytest.raises(InputError) as error:
        Patterns([pattern], patience=0.05).spans("một hai ba bốn năm sáu bảy tám chín mười " * 4)
    assert str(error.value) == (
        f"ignore pattern {pattern}: takes more than 0.05 s on a line of 164 letters;"
        " make it simpler"
    )


#: Patterns of all kinds, put together at random; some are none.
_atoms = st.sampled_from(
    [
        *(
            "a",
            "ả",
            "số ",
            "K",
            "k",
            "ß",
            "İ",
            ".",
            r"\d",
            r"\w",
            "[a-z]",
            "[^ả ]",
            r"\.",
            "-",
            "1",
        ),
        *("^", r"\b", "$", "|", "(", "(?:", ")", r"\p{Lu}", "[b-]", "x y"),
    ]
)
_counts = st.sampled_from(["", "", "", "?", "*", "+", "{2}", "{0,1}", "{2,1}", "+?", "{1,}"])
_patterns = st.builds(
    lambda flag, parts: flag + "".join(map("".join, parts)),
    st.sampled_from(["", "", "(?i)", "(?x)"]),
    st.lists(st.tuples(_atoms, _counts), max_size=7),
)
_lines = st.text(alphabet="aAảẢkKKsſsố .-1xyıiİßΣσς", max_size=30)


@settings(max_examples=600)
@given(_patterns, _lines)
@example("(?i)İ", "i")
def test_what_is_understood_of_a_pattern_is_true(pattern: str, line: str) -> None:
    known = outline(pattern)
    if known is None:
        return
    compiled = regex.compile(pattern)  # what is understood is a pattern
    if compiled.search(line):
        letters = line.casefold() if known.folded else line
        assert all(any(need in letters for need in needs) for needs in known.needs)
        assert known.plain in (None, pattern)


@settings(max_examples=200)
@given(st.lists(_patterns, max_size=5), _lines)
def test_many_patterns_match_what_each_of_them_does(patterns: list[str], line: str) -> None:
    sound = []
    for pattern in patterns:
        try:
            sound.append((pattern, regex.compile(pattern)))
        except regex.error:
            continue
    wanted = [match.span() for _, one in sound for match in one.finditer(line) if match[0]]
    assert Patterns([pattern for pattern, _ in sound]).spans(line) == sorted(wanted)


def test_ten_thousand_patterns_find_theirs() -> None:
    patterns = [rf"\bMS-{number}/[A-Z]{{2}}" for number in range(10_000)]
    assert Patterns(patterns).spans("số MS-4711/HN và MS-17/x") == [(3, 13)]
    assert len(Patterns(patterns)._compiled) == 0
