"""Spacing: syllables with a blank in them, words written as one, and what must stay."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from case_files import cases
from hypothesis import given
from hypothesis import strategies as st
from own_sentences import SOUND

from vnclean.cleaner import Cleaner
from vnclean.edits import apply
from vnclean.spelling.facts import WordFacts
from vnclean.spelling.ngrams import UNKNOWN, NgramModel
from vnclean.spelling.pieces import GLUED, PieceTable, parted
from vnclean.spelling.spacing import Respacing, _best
from vnclean.spelling.speller import Speller
from vnclean.stages.spacing import Spacing
from vnclean.wordlists import folder

Repair = Callable[[str], str]


@pytest.fixture(scope="module")
def stage() -> Spacing:
    model, facts = NgramModel.open(folder() / "vi.ngrams"), WordFacts.load()
    return Spacing(Speller(model, facts), model, facts)


@pytest.fixture(scope="module")
def repair(stage: Spacing) -> Repair:
    return lambda line: apply(line, stage.edits([line])[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đoàn sẽ kiể m tra trong tuần tới.", "Đoàn sẽ kiểm tra trong tuần tới."),
        ("Học sinh đến t rường từ sớm.", "Học sinh đến trường từ sớm."),
        ("Nhiều ng ười dân đã về quê.", "Nhiều người dân đã về quê."),
        ("Dân số Việ t Nam tăng chậm.", "Dân số Việt Nam tăng chậm."),
        ("Em thích học môn to án và văn.", "Em thích học môn toán và văn."),
        ("CỘNG HÒA XÃ HỘ I CHỦ NGHĨA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
        ("Phát triển kinh tế - xã h ội vùng cao.", "Phát triển kinh tế - xã hội vùng cao."),
        ("Đoàn sẽ kiể  m tra trong tuần tới.", "Đoàn sẽ kiểm tra trong tuần tới."),
    ],
)
def test_split_syllables(repair: Repair, text: str, expected: str) -> None:
    assert repair(text) == expected
    assert repair(expected) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tăng cường các biện pháp cấp báchphòng dịch.", "cấp bách phòng dịch"),
        ("Phường tổ chứclấy ý kiến người dân.", "tổ chức lấy ý kiến"),
        ("Ông ấy đến tạiTP và sở.", "tại TP và"),
        ("Từ đầu nămnay, giá cả ổn định.", "Từ đầu năm nay, giá"),
        ("Hàng hóa ViệtNam có mặt nhiều nơi.", "Hàng hóa Việt Nam có"),
        ("Ông vừa từ HàNội vào sáng qua.", "từ Hà Nội vào"),
        ("Cuộc họp tạiTP.HCM kéo dài hai giờ.", "họp tại TP.HCM kéo"),
        ("Các việc cấpbáchphòng chống dịch.", "việc cấp bách phòng chống"),
    ],
)
def test_glued_words(repair: Repair, text: str, expected: str) -> None:
    repaired = repair(text)
    assert expected in repaired
    assert repair(repaired) == repaired


@pytest.mark.parametrize(
    "text",
    [
        "Ngân hàng VietinBank, kênh YouTube và báo VnExpress đưa tin về ví MoMo.",
        "Hàm getElementById và toString của đối tượng chiTiet trả về chuỗi.",
        "Tham gia thử thách #ViệtNamTôiYêu hoặc viết cho lan.anh@thunghiem.vn.",
        "Xem tại https://thunghiem.vn/ViệtNam/tinnóng.html và www.tinmoi.vn.",
        "Thanh niên đi xe môtô, ôtô, uống càphê và nghe pianô.",
        "Cho tam giác ABC, góc A ở đỉnh, cạnh a ứng với góc A.",
        "Anh Vừ A Dế, chị Y Ban và ông K Ốc ở buôn Ea Ô.",
        "BVTƯ, UBMTTQ, BGDĐT và SLĐTBXH ký kết.",
        "Vườn Éole ở Paris, cầu thủ José và nhà thơ Søren.",
        "Từ thuất không có trong từ điển.",
        "Bảng phân loại a, b, c; hình a ở trang bên.",
        "Der Fluß fließt durch die Stadt und über das Land.",
        "El niño comió una piña en la montaña.",
        "a b c d e g h i k l m n o p q r s t u v x y",
    ],
)
def test_what_stays(repair: Repair, text: str) -> None:
    assert repair(text) == text


@pytest.mark.parametrize("case", cases("negative"))
def test_negative_cases_stay(repair: Repair, case: dict[str, str]) -> None:
    for line in case["text"].split("\n"):
        assert repair(line) == line


def test_edits_say_what_was_found(stage: Spacing) -> None:
    [edits] = stage.edits(["Đoàn sẽ kiể m tra hồ sơ nămnay của trường."])
    assert [(e.start, e.before, e.after, e.kind) for e in edits] == [
        (8, "kiể m", "kiểm", "split"),
        (24, "nămnay", "năm nay", "glued"),
    ]
    assert all(0.5 < edit.confidence <= 1.0 and edit.applied for edit in edits)


def test_more_than_blanks_between_halves(stage: Spacing) -> None:
    """A sign that the model does not see parts words for good."""
    assert stage.edits(["Đoàn sẽ kiể-m tra, kiể, m tra và (kiể) m tra."]) == [[]]


def test_no_lines(stage: Spacing) -> None:
    assert stage.edits([]) == []
    assert stage.edits(["", " ", "\t", "12 ."]) == [[], [], [], []]


@given(data=st.data())
def test_a_line_alone_or_among_others(stage: Spacing, data: st.DataObject) -> None:
    """What is found for a line depends on it alone."""
    lines = data.draw(st.lists(_damaged(), min_size=1, max_size=4))
    assert stage.edits(lines) == [stage.edits([line])[0] for line in lines]


@given(data=st.data())
def test_edits_replay_and_change_blanks_only(stage: Spacing, data: st.DataObject) -> None:
    line = data.draw(
        st.one_of(_damaged(), st.text(alphabet="aáờ ngtkrýA.0\u00a0\u0301", max_size=30))
    )
    [edits] = stage.edits([line])
    after = apply(line, edits)
    assert "".join(after.split()) == "".join(line.split())
    assert all(left.end <= right.start for left, right in pairwise(edits))


@pytest.mark.parametrize("sentence", SOUND)
def test_sound_sentences_stay(repair: Repair, sentence: str) -> None:
    assert repair(sentence) == sentence


def _damaged() -> st.SearchStrategy[str]:
    """A sentence of the project with a blank put in or taken away somewhere."""

    def damage(sentence: str, at: int) -> str:
        at %= len(sentence)
        return (
            sentence[:at] + ("" if sentence[at] == " " else " " + sentence[at]) + sentence[at + 1 :]
        )

    return st.builds(damage, st.sampled_from(SOUND), st.integers(0, 10_000))


def _pieces(*texts: str) -> PieceTable:
    number_of = {word: 10 + n for n, word in enumerate("năm nay kiểm tp tại mô tô ý".split())}
    pieces = PieceTable(number_of, frozenset(["naynay"]), frozenset(["mô tô"]))
    pieces.cover(texts, np.array([UNKNOWN] * len(texts)))
    return pieces


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("nămnay", ["năm nay"]),
        ("Nămnaý", []),
        ("nămnaytại", ["năm nay tại"]),
        ("nămnaytạiý", []),
        ("tạiTP", ["tại TP"]),
        ("tạitp", []),
        ("naynay", []),
        ("môtô", []),
        ("NĂMNAY", ["NĂM NAY"]),
        ("nĂmnay", []),
        ("TPTẠI", []),
    ],
)
def test_cuts_of_a_word(text: str, ways: list[str]) -> None:
    pieces = _pieces(text)
    assert [parted(text, cut.places) for cut in pieces.cuts(0)] == ways
    assert bool(pieces.shapes[0] & GLUED) == bool(ways)


def test_junctions() -> None:
    pieces = _pieces("kiể", "m", "M", "KI", "ỂM", "t", "")
    assert pieces.joined(0, 1) == pieces.joined(3, 4) == 12
    assert pieces.joined(0, 2) == pieces.joined(0, 5) == pieces.joined(6, 0) == -1


def test_the_likelier_of_two_that_overlap() -> None:
    """Three pieces: the middle one belongs to the left or to the right one."""
    found = [Respacing(4, 2, (), 3.0), Respacing(5, 2, (), 9.0), Respacing(9, 1, (2,), -1.0)]
    [best] = _best(found)
    assert (best.first, best.kind) == (5, "split")
    assert 0.99 < best.confidence < 1.0


def test_lines_repaired_by_it_are_read_anew_by_the_speller() -> None:
    lines = ["Một dòng lành lặn."] * 9 + ["Đoàn kiể m tra công tác phòng, chng dch bnh."]
    cleaner = Cleaner()
    assert [
        apply(line, edits) for line, edits in zip(lines, cleaner.edits(lines), strict=True)
    ] == [
        *lines[:9],
        "Đoàn kiểm tra công tác phòng, chống dịch bệnh.",
    ]


def test_halves_that_lost_letters() -> None:
    left = {"d": [7, 8]}
    pieces = PieceTable({"án": 5, "dán": 6}, before_loss=lambda rest: left.get(rest, []))
    pieces.cover(["d", "án", "dự"], np.array([UNKNOWN, 5, UNKNOWN]))
    assert pieces.before_loss(0, 1) == [(7, 5), (8, 5)]
    assert [pieces.spared(kind) for kind in range(3)] == [False, False, True]


@pytest.mark.parametrize("text", ["d án", "v án", "n ào"])
def test_in_a_lost_run_a_half_may_be_a_word(repair: Repair, text: str) -> None:
    line = f"Các {text} này đã đưc nhiu ngưi nhc đn."
    assert text.replace(" ", "") not in repair(line)


def test_among_whole_words_it_is_a_split_syllable(repair: Repair) -> None:
    assert repair("Họ đã dùng keo để d án ảnh.") == "Họ đã dùng keo để dán ảnh."
