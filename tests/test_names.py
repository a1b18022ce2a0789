"""Names and terms of several words that ``vnclean learn`` proposes, and the damage it does not."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from own_sentences import SOUND
from test_learning import TERMS, learn, write

from vnclean.cleaner import Cleaner
from vnclean.config import Config
from vnclean.edits import Edit
from vnclean.learning.neighbours import MOST_WORDS, Doubt, SoundText, doubt, uses_of
from vnclean.user_words import UserWords, key

#: A village; vnclean doubts its second word in one of the sentences only.
VILLAGE = [
    "Xã Ham Cung nằm ở phía tây của huyện, cách thị trấn hơn mười cây số.",
    "Trưởng thôn Ham Cung cho biết năm nay bà con được mùa lúa nếp.",
    "Ở Ham Cung, nhiều gia đình nuôi bò và trồng ngô trên nương.",
    "Chợ Ham Cung họp vào sáng chủ nhật hằng tuần.",
]
#: Its second word in another life.
SUPPLY = ["Nguồn cung hàng hóa dồi dào.", "Cung và cầu quyết định giá cả trên thị trường."] * 2
#: A thing whose name no dictionary has; it is taken for a plate in the first sentence.
FORK = [
    "Bàn ăn có dao, thìa và cái nĩa bằng bạc.",
    "Anh cầm cái nĩa lên rồi lại đặt xuống bàn.",
    "Mẹ rửa sạch cái nĩa nhỏ trước bữa ăn.",
]
WORDS = st.lists(st.sampled_from(["Ham", "ham", "Cung", "cung", "xã", "ở"]), max_size=12)


def test_a_common_word_is_proposed_with_its_name(tmp_path: Path) -> None:
    found = learn(write(tmp_path / "a", [*SOUND, *TERMS, *VILLAGE, *SUPPLY]))
    assert found.get("Ham Cung") == "proposed"
    assert set(found) == {"Ham Cung", "Zuvanex", "Kpălênh"}


def test_a_term_in_small_letters_is_proposed(tmp_path: Path) -> None:
    assert learn(write(tmp_path / "a", [*SOUND, *FORK])) == {"cái nĩa": "proposed"}


def test_a_proposed_name_keeps_its_words_and_no_others() -> None:
    lines = [VILLAGE[1], "Hai bên cung ký tên vào biên bản."]
    edits = Cleaner().edits(lines)
    assert [edit.before for edit in edits[0]] == ["Cung"]
    names = UserWords(words=("Ham Cung",))
    kept = Cleaner(Config(user_words=names)).edits(lines)
    assert [edit.kept_by for edit in kept[0]] == ["word"]
    assert kept[1] == edits[1]


@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        ("gia đình", "gia đinh"),
        ("hiện trường", "hiện trưởng"),
        ("nguyên nhân", "nguyên nhãn"),
        ("Quốc hội", "Quốc hối"),
        ("Bắc Ninh", "Bắc Nính"),
        ("Việt Nam", "Viết Nam"),
    ],
)
def test_a_phrase_that_is_damaged_throughout_is_not_proposed(
    tmp_path: Path, sound: str, broken: str
) -> None:
    lines = [line.replace(sound, broken) for line in [*SOUND, *TERMS]]
    assert any(broken in line for line in lines)
    found = learn(write(tmp_path / "a", lines), "--min-count", "3")
    proposed = {word for word, verdict in found.items() if verdict == "proposed"}
    assert proposed == {"Zuvanex", "Kpălênh"}


#: Phrases of SOUND with one word for another that has a life of its own, and that life.
CONFUSED = [
    ("hiện trường", "hiện trưởng", "Trưởng phòng đã họp với trưởng khoa và trưởng ban."),
    ("học sinh", "học sin", "Anh mua sin cho xe, loại sin này bền, sin kia thì không."),
    ("Việt Nam", "Việt Năm", "Năm nay và năm ngoái, năm nào cũng được mùa."),
    ("linh kiện", "linh kiến", "Ý kiến của họ là sáng kiến, không phải định kiến."),
    ("công tác", "công tạc", "Ông tạc tượng, con ông cũng tạc tượng, cả làng tạc tượng."),
    ("Nhà trường", "Nhà trưởng", "Trưởng phòng đã họp với trưởng khoa và trưởng ban."),
]


@pytest.mark.parametrize(("sound", "broken", "life"), CONFUSED)
def test_a_common_word_in_the_place_of_another_is_not_proposed(
    tmp_path: Path, sound: str, broken: str, life: str
) -> None:
    lines = [line.replace(sound, broken) for line in [*SOUND, life, f"Đó là {broken} của họ."]]
    found = learn(write(tmp_path / "a", lines), "--min-count", "3")
    proposed = [word for word, verdict in found.items() if verdict == "proposed"]
    assert [word for word in proposed if broken.split()[1] in word.split()] == []


def test_a_name_that_is_also_written_otherwise_is_not_proposed(tmp_path: Path) -> None:
    others = [line.replace("Ham Cung", "Ham Cũng") for line in VILLAGE]
    found = learn(write(tmp_path / "a", [*SOUND, *VILLAGE, *others]))
    assert found.get("Ham Cung") != "proposed"


def test_what_is_no_single_word_is_no_doubt_about_one() -> None:
    assert doubt("kimtra", Edit(0, 6, "kimtra", "kiểm tra", "glued", 1.0)) is None
    assert doubt("m-t, hai", Edit(0, 3, "m-t", "mật", "letters", 1.0)) is None


def test_neighbours_are_those_with_a_single_blank_between() -> None:
    line = "Ông, Ia  Rsai Cung Ham. Nay"
    found = doubt(line, Edit(14, 18, "Cung", "Cũng", "tone", 0.7))
    assert found == Doubt(("Rsai",), "Cung", ("Ham",), "Cũng", 0.7)


@given(st.lists(WORDS, max_size=4))
def test_uses_are_counted_once_each(lines: list[list[str]]) -> None:
    """As often as the words stand there in a row, in any case, in as many parts."""
    with tempfile.TemporaryDirectory() as folder:
        text = SoundText(Path(folder))
        for words in lines:
            text.add([" ".join(words)])
        found = uses_of(["ham cung", "ham ham cung"], ["cung", "ham"], text)
    for phrase in ("ham cung", "ham ham cung"):
        size = phrase.count(" ") + 1
        rows = [
            sum(key(" ".join(row[n : n + size])) == phrase for n in range(len(row) - size + 1))
            for row in lines
        ]
        uses = found.get(phrase)
        assert (uses.count if uses else 0) == sum(rows)
        assert (uses.parts if uses else 0) == sum(map(bool, rows))


@given(WORDS, WORDS)
def test_phrases_have_the_word_and_its_neighbours(before: list[str], after: list[str]) -> None:
    line = " ".join((*before, "Zu", *after))
    start = len(" ".join(before)) + bool(before)
    found = doubt(line, Edit(start, start + 2, "Zu", "Xu", "letters", 0.5))
    assert found is not None
    for phrase in found.phrases():
        assert 2 <= len(phrase.words) <= MOST_WORDS
        assert phrase.words[phrase.at] == "Zu"
        assert f" {phrase.text} " in f" {line} "
        assert phrase.with_word("Zu") == phrase.text
