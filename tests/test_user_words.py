"""The user's own words: which words of a text they speak of, and that every stage obeys them."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal

import pytest
from command import VNCLEAN
from hypothesis import given, settings
from hypothesis import strategies as st

from vnclean.cleaner import Cleaner
from vnclean.config import Config
from vnclean.decisions import SCOPES, Decision, Decisions, NoDecision, Place, Subject, parse
from vnclean.edits import apply
from vnclean.user_words import UserWords, key, put, speaks_of

DAMAGED = "Phòng chng dịch bệnh, bo dam nguon nuoc."
REPAIRED = "Phòng chống dịch bệnh, bảo đảm nguồn nước."


@cache
def cleaner(own: UserWords, config: Config = Config()) -> Cleaner:
    return Cleaner(Config(config.min_confidence, config.tone_style, user_words=own))


def cleaned(text: str, own: UserWords) -> str:
    result = cleaner(own).clean(text)
    assert result.text == apply(text, result.edits)
    return result.text


@pytest.mark.parametrize(
    ("entry", "found", "speaks"),
    [
        ("hòa", "hoà", True),
        ("hoà", "HÒA", True),
        ("Hòa", "hoà", False),
        ("Hòa", "HOÀ", True),
        ("Hòa", "Hoà", True),
        ("thuỷ lợi", "Thủy lợi", True),
        ("chng", unicodedata.normalize("NFD", "chng"), True),
        ("ọc", unicodedata.normalize("NFD", "Ọc"), True),
        ("bảo", "baỏ", False),
        ("vn", "VN", True),
        ("VN", "vn", False),
        ("iPhone", "Iphone", False),
        ("iPhone", "IPHONE", True),
    ],
)
def test_which_words_an_entry_speaks_of(entry: str, found: str, speaks: bool) -> None:
    assert speaks_of(entry, found) == speaks


@pytest.mark.parametrize(
    ("entry", "after", "found", "written"),
    [
        ("kim tra", "kiểm tra", "Kim Tra", "Kiểm Tra"),
        ("tphcm", "Thành phố Hồ Chí Minh", "TPHCM", "THÀNH PHỐ HỒ CHÍ MINH"),
        ("hy", "thuỷ", "HY", "THUỶ"),
        ("hoá", "hoạ", "HÓA", "HỌA"),
        ("VN", "Việt Nam", "VN", "Việt Nam"),
    ],
)
def test_what_is_put_there(entry: str, after: str, found: str, written: str) -> None:
    assert put(entry, after, found) == written


@given(st.text(max_size=12))
def test_an_entry_speaks_of_itself_however_it_is_composed(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert speaks_of(text, text)
    assert key(text) == key(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("own", "text", "result"),
    [
        (UserWords(), DAMAGED, REPAIRED),
        (UserWords(words=("chng", "nuoc")), DAMAGED, "Phòng chng dịch bệnh, bảo đảm nguồn nuoc."),
        (UserWords(never=(("chng", "chiêng"),)), DAMAGED, REPAIRED),
        (UserWords(words=("an", "chn")), DAMAGED, REPAIRED),
        (UserWords(words=("kiem tra",)), "cần kiem tra chng dch", None),
        (UserWords(corrections=(("an", "ân"), ("an toàn", "an ninh"))), "an toàn an", "an ninh ân"),
        (UserWords(corrections=(("vốn", "vốn tự có"),)), "vốn, vốn tự có", "vốn tự có, vốn tự có"),
        (UserWords(corrections=(("vốn", "tiền"),)), "đ.vốn@a.vn vốn_1 vốn1 vốn", None),
        (UserWords(words=("vốn",), corrections=(("vốn", "tiền"),)), "đủ vốn", "đủ tiền"),
    ],
)
def test_what_comes_out(own: UserWords, text: str, result: str | None) -> None:
    found = cleaned(text, own)
    if result is None:
        kept = own.words[0] if own.words else "đ.vốn@a.vn vốn_1 vốn1 tiền"
        assert kept in found
    else:
        assert found == result


def test_letters_of_a_word_that_is_never_changed_may_be_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "Cục thuỷ")
    assert cleaned(decomposed, UserWords(words=("thuỷ",))) == "Cục thuỷ"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_correction_is_found_by_the_speller_in_whatever_form(
    form: Literal["NFC", "NFD"],
) -> None:
    own = UserWords(corrections=(("thuỷ lợi", "thuỷ điện"), ("đẹp", "xinh")))
    text = unicodedata.normalize(form, "Cục Thuỷ lợi, đẹp.")
    kept = Cleaner(Config(user_words=own, leave=("unicode",))).clean(text).edits
    made = [edit.after for edit in kept if edit.kind == "correction"]
    assert made == ["Thuỷ điện", "xinh"]


def test_lines_in_another_code_page_are_read_around_it() -> None:
    damaged = "TiÕng ViÖt giµu vµ ®Ñp, anh Kim nãi"
    assert cleaned(damaged, UserWords(words=("kim",))) == "Tiếng Việt giàu và đẹp, anh Kim nói"


def test_the_tone_style_that_is_asked_for() -> None:
    own = UserWords(corrections=(("hoá đơn", "hoạ đồ"),), words=("thuỷ",))
    text = "hóa đơn, hoá đơn, thuỷ, thủy"
    styled = cleaner(own, Config(tone_style="new")).clean(text).text
    assert styled == "hoạ đồ, hoạ đồ, thuỷ, thủy"


_SOME = st.sampled_from(["chng", "Chng", "phòng", "nguon nuoc", "dịch", "bo"])
_PAIRS = st.lists(st.tuples(_SOME, _SOME), max_size=2).map(tuple)


@settings(max_examples=12)
@given(st.builds(UserWords, st.lists(_SOME, max_size=2).map(tuple), _PAIRS, _PAIRS, _PAIRS))
def test_output_and_edits_agree_and_words_stay(own: UserWords) -> None:
    text = "Phòng chng dch bnh, bo dam nguon nuoc."
    found = cleaned(text, own)
    corrected = {entry for entry, _ in own.corrections}
    for word in own.words:
        touched = any(set(word.lower().split()) & set(one.lower().split()) for one in corrected)
        if word in text and not touched:
            assert word in found


_texts = st.text(max_size=5)
_numbers = st.integers(0, 9)
_cells = st.just((None, None)) | st.tuples(_numbers, _texts)
_places = st.builds(
    lambda path, start, end, cell: Place(path, start, end, *cell),
    _texts,
    _numbers,
    _numbers,
    _cells,
)


@given(st.sampled_from(sorted(SCOPES)), st.data())
def test_a_decision_is_read_as_it_was_written(scope: str, data: st.DataObject) -> None:
    what = data.draw(st.sampled_from(SCOPES[scope]))
    subject = Subject(
        scope,
        data.draw(_texts),
        "" if scope == "word" else data.draw(_texts),
        data.draw(_places) if scope == "place" else None,
    )
    decision = Decision(subject, what, data.draw(_texts) if what == "other" else "")
    assert parse(decision.line()) == decision
    assert decision.line().count(b"\n") == 1


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["place", "word", "never", "a"]),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=3,
)


@given(
    st.binary(max_size=20)
    | st.dictionaries(
        st.sampled_from(["decision", "scope", "path", "start", "end", "before", "after", "word"]),
        _json,
    ).map(lambda fields: json.dumps(fields).encode())
)
def test_no_bytes_are_more_than_no_decision(data: bytes) -> None:
    try:
        decision = parse(data)
    except NoDecision:
        return
    decisions = Decisions()
    decisions.add(decision)
    decisions.user_words()


def test_a_run_over_a_tree_goes_by_the_decisions_of_now(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(DAMAGED, "utf-8")
    (tmp_path / "d.jsonl").write_bytes(b"")

    def run(*more: str) -> str:
        command = [VNCLEAN, "clean", "in", "-o", "out", "--report", "r.jsonl", "-j", "2", *more]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        return (tmp_path / "out" / "a.txt").read_text("utf-8")

    assert run("--decisions", "d.jsonl") == REPAIRED
    never = Decision(Subject("word", "chng"), "never").line()
    (tmp_path / "d.jsonl").write_bytes(never)
    kept = DAMAGED.split(",")[0] + "," + REPAIRED.split(",")[1]
    assert run("--decisions", "d.jsonl", "--resume") == kept
    told = [json.loads(line) for line in (tmp_path / "r.jsonl").read_bytes().splitlines()]
    assert [one["applied"] for one in told if one["before"] == "chng"] == [False]
