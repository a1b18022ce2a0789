"""Syllables: parsed, spelled, folded and stripped, over everything that is well formed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syllables import (
    STYLES,
    all_spellings,
    all_syllables,
    place_of_tone,
    tone_mark,
    tone_on,
    toneless,
    with_tone_anywhere,
)

from vnclean.orthography import (
    Syllable,
    ToneStyle,
    fold,
    is_syllable,
    match_case,
    old_style,
    residue,
    same_but_for_style,
    skeleton,
    split_tone,
    tone_misplaced,
    tone_style,
)

STYLE_PAIRS = [
    ("hòa", "hoà"), ("thủy", "thuỷ"), ("khỏe", "khoẻ"), ("lũy", "luỹ"), ("tọa", "toạ"),
    ("hủy", "huỷ"), ("xòe", "xoè"), ("ủy", "uỷ"), ("họa", "hoạ"), ("úy", "uý"),
]  # fmt: skip

#: Words in their one right spelling, whatever the style.
ONE_SPELLING = """
quý quả quẻ quỳnh quốc quyết quở quần gì gìn giếng giá giờ giữ giết khuỷu nghĩa lụa của mưa tiến
người yên quyển ngoằn xoong xoóng hoàn toán thuở thuế tuần khuya khuyên nguyễn rượu hươu cười
khoẳm ngoéo ngoáy khuấy duệ huỷnh suýt tuýp quýt boong goòng soóc mía múa cứa ỉa ý ỷ yến yểm yếu
ấy ở ừ ủa ưỡn oẳn oái uể uống kỹ kẻ ghế nghề ngừa phở đường trưởng hỏi mới múi túi lưỡi bưởi buổi
dẻo cáo rầu kêu gọi chịu thêu liệu
"""

#: (tone on the wrong letter, right spelling)
MISPLACED = [
    ("cuả", "của"), ("lựơng", "lượng"), ("nghịêm", "nghiệm"), ("baỏ", "bảo"), ("gía", "giá"),
    ("qúy", "quý"), ("qủa", "quả"), ("ngừơi", "người"), ("tóan", "toán"), ("hòan", "hoàn"),
    ("mứơn", "mướn"), ("tíên", "tiến"), ("thúê", "thuế"), ("khủyu", "khuỷu"),
]  # fmt: skip

NO_SYLLABLES = """
chng dch bnh kiwi covid f z j w gêh ngi ghà ngha kà cế qôc quôi iên tếc tàt mẹch hóắn aa bb
nghiêngg thườngg trưởnh đắk kông ươ ă â eê uu yy hm sứcc Wifi facebook hàa hóà ngườì ß ж 5 - _
"""


def test_there_are_many_and_they_are_distinct() -> None:
    assert len(all_syllables()) > 15_000
    assert len(set(all_syllables())) == len(all_syllables())


def test_what_is_spelled_is_parsed_again() -> None:
    wrong = []
    for syllable in all_syllables():
        spellings = [syllable.spell(style) for style in STYLES]
        if [Syllable.parse(word) for word in spellings] != [syllable, syllable]:
            wrong.append(syllable)
    assert wrong == []


def test_gie_is_gi_and_ie() -> None:
    assert Syllable.parse("giếng") == Syllable("gi", "", "iê", "ng", "sắc")
    assert Syllable.parse("giết") == Syllable("gi", "", "iê", "t", "sắc")


@pytest.mark.parametrize("style", STYLES)
def test_tone_stands_where_the_school_rule_puts_it(style: ToneStyle) -> None:
    wrong = []
    for syllable in all_syllables():
        spelled = syllable.spell(style)
        expected = tone_on(spelled, place_of_tone(toneless(spelled), style))
        if spelled != expected:
            wrong.append((spelled, expected))
    assert wrong == []


def test_fold_is_one_key_for_every_place_of_the_tone() -> None:
    wrong = []
    for syllable in all_syllables():
        key = syllable.spell("new")
        written = {syllable.spell("old"), key, *with_tone_anywhere(key)}
        wrong += [word for word in written if fold(word) != key or fold(word.upper()) != key]
    assert wrong == []


def test_misplaced_is_neither_style_and_styles_are_told_apart() -> None:
    wrong = []
    for syllable in all_syllables():
        old, new = syllable.spell("old"), syllable.spell("new")
        right = {old, new}
        wrong += [w for w in with_tone_anywhere(new) if tone_misplaced(w) != (w not in right)]
        expected = (None, None) if old == new else ("old", "new")
        if (tone_style(old), tone_style(new)) != expected:
            wrong.append(new)
        wrong += [w for w in with_tone_anywhere(new) if w not in right and tone_style(w)]
    assert wrong == []


def test_syllables_without_tone_have_no_style() -> None:
    assert [s for s in all_syllables() if s.tone == "ngang" and tone_style(s.spell())] == []


def test_only_open_glides_have_two_styles() -> None:
    two = {s.rhyme for s in all_syllables() if s.spell("old") != s.spell("new")}
    assert two == {"oa", "oe", "uy"}


def test_skeleton_and_residue_lose_what_they_must() -> None:
    wrong = []
    for word in all_spellings():
        bare, rest = skeleton(word), residue(word)
        if not bare.isascii() or len(bare) != len(word) or skeleton(bare) != bare:
            wrong.append(word)
        if any("\u1ea0" <= c <= "\u1ef9" for c in rest) or residue(rest) != rest:
            wrong.append(word)
        if rest != "".join(c for c in word if not "\u1ea0" <= c <= "\u1ef9"):
            wrong.append(word)
        if skeleton(word.upper()) != bare.upper() or residue(word.upper()) != rest.upper():
            wrong.append(word)
    assert wrong == []


def test_split_tone_leaves_the_other_marks() -> None:
    assert [w for w in all_spellings() if split_tone(w) != (toneless(w), tone_mark(w))] == []


def test_decomposed_letters_mean_the_same() -> None:
    wrong = []
    for word in all_spellings():
        parted = unicodedata.normalize("NFD", word)
        same = [f(parted) == f(word) for f in (fold, skeleton, residue, is_syllable, tone_style)]
        if not all(same) or Syllable.parse(parted) != Syllable.parse(word):
            wrong.append(word)
    assert wrong == []


def test_letter_case_is_carried_over() -> None:
    wrong = []
    for word in all_spellings():
        capital = word[:1].upper() + word[1:]
        got = [match_case(model, word) for model in ("kim", "Kim", "KIM", "k", "K", "kIM")]
        if got != [word, capital, word.upper(), word, capital, word]:
            wrong.append(word)
    assert wrong == []


@pytest.mark.parametrize(("old", "new"), STYLE_PAIRS)
def test_two_right_places(old: str, new: str) -> None:
    syllable = Syllable.parse(old)
    assert syllable is not None
    assert Syllable.parse(new) == syllable
    assert (syllable.spell("old"), syllable.spell("new")) == (old, new)
    assert (tone_style(old), tone_style(new)) == ("old", "new")
    assert not tone_misplaced(old)
    assert not tone_misplaced(new)
    assert fold(old) == fold(new.upper()) == new


@pytest.mark.parametrize("word", ONE_SPELLING.split())
def test_one_right_place(word: str) -> None:
    syllable = Syllable.parse(word)
    assert syllable is not None
    assert syllable.spell("old") == syllable.spell("new") == fold(word) == word
    assert tone_style(word) is None
    assert not tone_misplaced(word)


@pytest.mark.parametrize(("wrong", "right"), MISPLACED)
def test_tone_on_the_wrong_letter(wrong: str, right: str) -> None:
    assert is_syllable(wrong)
    assert tone_misplaced(wrong)
    assert tone_misplaced(wrong.upper())
    assert tone_style(wrong) is None
    assert fold(wrong) == right


@pytest.mark.parametrize("word", [*NO_SYLLABLES.split(), "", " ", "hai ba", "nghiêng nghiêng"])
def test_no_syllable(word: str) -> None:
    assert not is_syllable(word)
    assert not tone_misplaced(word)
    assert tone_style(word) is None
    assert fold(word) == word.lower()


@pytest.mark.parametrize(
    ("word", "bare", "rest"),
    [
        ("kiểm", "kiem", "kim"),
        ("Đường", "Duong", "Đưng"),
        ("chống", "chong", "chng"),
        ("dịch", "dich", "dch"),
        ("ở", "o", ""),
        ("TRƯỞNG", "TRUONG", "TRƯNG"),
        ("Covid-19", "Covid-19", "Covid-19"),
    ],
)
def test_what_damage_leaves(word: str, bare: str, rest: str) -> None:
    assert (skeleton(word), residue(word)) == (bare, rest)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("lí", "lý", True), ("kỷ", "kỉ", True), ("quí", "QUÝ", True), ("mỹ", "mĩ", True),
        ("thúi", "thúy", False), ("lí", "lỳ", False), ("tai", "tay", False),
        ("lý", "lý", False), ("li", "ti", False), ("wifi", "wify", False),
    ],
)  # fmt: skip
def test_i_and_y_at_the_end_are_a_style(one: str, other: str, same: bool) -> None:
    assert same_but_for_style(one, other) is same_but_for_style(other, one) is same


@given(st.text(max_size=12))
def test_any_text_folds_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert skeleton(skeleton(text)) == skeleton(text)
    assert residue(residue(text)) == residue(text)
    assert not any("\u1ea0" <= c <= "\u1ef9" for c in residue(text))


@given(st.sampled_from(all_spellings()), st.data())
def test_any_letter_case_parses(word: str, data: st.DataObject) -> None:
    mixed = "".join(data.draw(st.sampled_from((c, c.upper()))) for c in word)
    assert Syllable.parse(mixed) == Syllable.parse(word)
    assert fold(mixed) == fold(word)


@given(st.text(max_size=8))
def test_a_parsed_word_is_spelled_with_its_own_letters(word: str) -> None:
    syllable = Syllable.parse(word)
    if syllable is not None:
        lower = unicodedata.normalize("NFC", word).lower()
        assert toneless(syllable.spell()) == toneless(lower)
        assert tone_mark(syllable.spell()) == tone_mark(lower)


@given(st.text())
def test_a_skeleton_is_the_same_however_the_text_is_composed(text: str) -> None:
    composed, parted = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert skeleton(composed) == skeleton(parted) == skeleton(text)
    assert skeleton(text) == "".join(map(skeleton, text))


def test_the_old_style_by_the_last_letters_alone() -> None:
    for syllable in all_syllables():
        assert old_style(syllable.spell("new")) == syllable.spell("old")
