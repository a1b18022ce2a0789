"""Text in an old code page, shown as Latin letters."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnclean.edits import apply, invert
from vnclean.shown import shown
from vnclean.stages.charset import LegacyText
from vnclean.stages.legacy_tables import NAMES, load
from vnclean.wordlists import folder, read_table

SMALL = "áàảãạâấầẩẫậăắằẳẵặđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ"
LETTERS = SMALL + SMALL.upper()
SENTENCES = [
    "Tiếng Việt có sáu thanh điệu, được ghi bằng năm dấu.",
    "Nhà trường đã mời phụ huynh đến dự lễ khai giảng vào sáng thứ hai.",
    "Mỗi buổi chiều, bà cụ ngồi bên hiên nhà kể chuyện cổ tích cho lũ trẻ nghe.",
    "Giá lúa ở đồng bằng sông Cửu Long tăng nhẹ so với tuần trước.",
]
FOREIGN = [
    "Le petit chat est tombé dans la rivière où il dormait ; ça va, dû à l'été, à Noël.",
    "Où que tu ailles, où que tu sois, je serai là.",
    "Die Straße ist für größere Fahrzeuge gesperrt; schöne Grüße aus München.",
    "Não há razão para não fazer a ação, irmão; você está à procura de pães.",
    "Þetta er íslenska: Sigurðsson, þú ert góður maður og læra málið ætíð.",
    "Türkçe öğrenmek çok güzel bir şey; İstanbul'da dün gece ölü ağaç gördüm.",
    "Zażółć gęślą jaźń. Święty Mikołaj mówi, że łódź płynie.",
    "Příliš žluťoučký kůň úpěl ďábelské ódy. Má žena ví, že já chci být doma.",
    "Perché no? Po' di caffe', sara' piu' difficile; di' la verita', fa' presto.",
    "Danske bøger på hylden; Åse går på øen. Så hvad gør du? Må jeg få én øl.",
    "for (int i = 0; i < n; i++) { a[i] = b(i) + c^2; x += y; } // C++",
    "a^2+b^2=c^2; (a+b)^2; e^x; f(x)=u+v; u'v+uv'; x'=y'; o(n^2)",
    "lan.anh@truong.edu.vn, http://www.truong.vn/~lan?trang=d'e; don't, I'm, o'clock",
    "[ˈhøːʏ], /ðə kæt/, /ˈvɪətnɑːm/, /bøːʁ/, æ ø å ð þ",
    "25°C, 5 km², 3×4, §5, ©2020, 10 kN·m, 3µm, ½ cốc, 1ª, 2º, «xin chào» ông nói",
    "Google+ và Disney+, nhóm máu O+ và A+, B+; cao 1m70'; v.v.",
]


def repaired(line: str) -> str:
    return apply(line, LegacyText().edits([line])[0])


@pytest.mark.parametrize("name", NAMES)
def test_every_letter_comes_back(name: str) -> None:
    page = load(name)
    for letter in LETTERS:
        # TCVN3 has no capitals with a tone: their fonts draw the small letters so.
        code = page.spelled(letter if letter in page.letters.values() else letter.lower())
        assert code != letter or name in ("viscii", "vps", "vni", "bkhcm2", "tcvn3")
        assert page.read(code).lower() == letter.lower()


@pytest.mark.parametrize("name", NAMES)
def test_tables_say_what_windows_1252_shows(name: str) -> None:
    rows = list(read_table(f"charsets/{name}.tsv"))
    assert rows == sorted(rows)
    assert len({row[1] for row in rows}) == len(rows)
    assert {letter for letter, _, _ in rows} == set(LETTERS) or name == "tcvn3"
    for _, codes, visible in rows:
        assert visible in ("-", shown(bytes.fromhex(codes)))


@pytest.mark.parametrize(("name", "codec"), [("tcvn3", "TCVN"), ("viscii", "VISCII")])
def test_tables_agree_with_iconv(name: str, codec: str) -> None:
    command = ["iconv", "-f", codec, "-t", "UTF-8"]
    try:
        known = subprocess.run(["iconv", "-l"], capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no iconv here")
    if codec.encode() not in known:
        pytest.skip(f"iconv does not know {codec}")
    rows = list(read_table(f"charsets/{name}.tsv"))
    data = b"\n".join(bytes.fromhex(row[1]) for row in rows)
    text = subprocess.run(command, input=data, capture_output=True, check=True).stdout
    assert text.decode().split("\n") == [row[0] for row in rows]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_is_spoken_of(name: str) -> None:
    assert f"`charsets/{name}.tsv`" in (folder() / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("name", NAMES)
def test_lines(name: str, sentence: str) -> None:
    line = load(name).spelled(sentence)
    found = LegacyText().edits([line])[0]
    assert apply(line, found) == sentence
    assert {edit.kind for edit in found} == {name}
    assert min(edit.confidence for edit in found) >= 0.9


@pytest.mark.parametrize("name", NAMES)
def test_a_run_inside_a_sound_line(name: str) -> None:
    start, run, end = "Thầy giáo viết: ", "Tiếng Việt có sáu thanh điệu", ", rồi đọc lại."
    assert repaired(start + load(name).spelled(run) + end) == start + run + end


def test_two_code_pages_in_one_document() -> None:
    lines = [load("tcvn3").spelled(SENTENCES[0]), SENTENCES[1], load("vni").spelled(SENTENCES[2])]
    found = LegacyText().edits(lines)
    assert [apply(*pair) for pair in zip(lines, found, strict=True)] == SENTENCES[:3]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("Uûy ban nhaân daân tænh", "Ủy ban nhân dân tỉnh"),
        ("nh©n", "nhân"),
    ],
)
def test_capitals_and_short_lines(line: str, expected: str) -> None:
    assert repaired(line) == expected


@pytest.mark.parametrize("line", [*SENTENCES, *FOREIGN])
def test_sound_text_stays(line: str) -> None:
    assert LegacyText().edits([line]) == [[]]


@pytest.mark.parametrize("line", FOREIGN)
def test_sound_text_stays_inside_vietnamese(line: str) -> None:
    assert (
        repaired(f"{SENTENCES[0]} {line} {SENTENCES[1]}") == f"{SENTENCES[0]} {line} {SENTENCES[1]}"
    )


@given(st.lists(st.text(st.characters(codec="cp1252", exclude_characters="\n")), max_size=4))
def test_edits_can_be_made_and_depend_on_their_line_alone(lines: list[str]) -> None:
    found = LegacyText().edits(lines)
    for line, edits in zip(lines, found, strict=True):
        assert apply(apply(line, edits), invert(edits)) == line
        assert LegacyText().edits([line])[0] == edits
