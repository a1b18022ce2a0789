"""Every dictionary is clean, and the linter that says so can tell a broken one."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path

import pytest
from dictionary_lint import CHECKS, problems

from vnclean import wordlists
from vnclean.orthography import TONE_MARKS
from vnclean.spelling.prices import Prices
from vnclean.wordlists import Words

HEADER = """\
# A dictionary
# Source: a test
# Licence: MIT
# Rebuild: by hand
# Columns: some
# Entries: {entries}
"""


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_dictionary_is_clean(name: str) -> None:
    assert problems(wordlists.folder() / name)[:20] == []


def test_every_list_and_table_is_checked() -> None:
    here = wordlists.folder()
    files = {path.name for suffix in ("*.txt", "*.tsv") for path in here.glob(suffix)}
    assert files == set(CHECKS)


def test_readme_speaks_of_every_dictionary() -> None:
    readme = (wordlists.folder() / "README.md").read_text(encoding="utf-8")
    assert [name for name in CHECKS if f"`{name}`" not in readme] == []


@pytest.mark.parametrize("document", ["README.md", "NOTICE", *sorted(CHECKS)])
def test_no_path_of_somebodys_machine(document: str) -> None:
    text = (wordlists.folder() / document).read_text(encoding="utf-8")
    assert re.findall(r"(?<![\w.])/(?:work|home|tmp|opt|Users)/|\.\./", text) == []


def test_words_of_places_abbreviations_and_confusions_can_be_looked_up() -> None:
    assert {"Vũng Tàu", "Buôn Ma Thuột", "Hồ Chí Minh"} <= set(wordlists.read_words("places.txt"))
    assert "kiểm tra" in set(wordlists.read_words("compounds.txt"))
    readings = {row[0]: row[1] for row in wordlists.read_table("abbreviations.tsv")}
    assert readings["TTGDCK"] == "Trung tâm giao dịch chứng khoán"


def test_confusions_have_every_tone_and_mark() -> None:
    pairs = {row[:3] for row in wordlists.read_table("confusions.tsv")}
    assert {("tone", *pair) for pair in permutations(TONE_MARKS, 2)} <= pairs
    for letters in ("aăâ", "eê", "oôơ", "uư", "dđ"):
        assert {("mark", *pair) for pair in permutations(letters, 2)} <= pairs


def test_sounds_are_merged_both_ways() -> None:
    rows = {row[:3]: float(row[3]) for row in wordlists.read_table("confusions.tsv")}
    for part, one, other in (("onset", "s", "x"), ("coda", "n", "ng"), ("tone", "hỏi", "ngã")):
        assert max(rows[part, one, other], rows[part, other, one]) < Prices().tone


def test_reading_skips_comments_and_blank_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.tsv"
    file.write_text("# head\n\ná\t1\n# group\nb\t2\n", encoding="utf-8")
    assert list(wordlists.read_table(file)) == [("á", "1"), ("b", "2")]


def test_line_ends_of_another_system_are_no_part_of_a_word(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"# head\r\na\r\nb\r\n")
    assert list(wordlists.read_words(file)) == ["a", "b"]
    assert {"a", "b"} == {word for word in ("a", "b", "b\r", "# head") if word in Words.read(file)}


@pytest.mark.parametrize("name", ["foreign.tsv", "compounds.txt"])
def test_words_can_be_asked_for_without_reading_them_all(name: str) -> None:
    first = {row[0] for row in wordlists.read_table(name)}
    words = Words.read(name)
    assert [word for word in first if word not in words] == []
    assert [word for word in first if f"{word}x" in words and f"{word}x" not in first] == []
    assert "" not in words
    assert "upper" in first or "upper" not in words  # a later column


def test_words_of_any_order_are_found() -> None:
    words = Words("ba\t1\na\nbc\n# bd\n\nb")
    asked = ["a", "b", "ba", "bc", "bd", "# bd", "#", "1", "ba\t1"]
    assert [word for word in asked if word in words] == ["a", "b", "ba", "bc"]
    assert [words.columns(word) for word in ("a", "ba", "bd", "")] == [(), ("1",), None, None]


GOOD = {
    "abbreviations.tsv": ["BCT\tBộ Công Thương; bộ chính trị", "TP.HCM\tthành phố Hồ Chí Minh"],
    "amendments.tsv": ["compounds.txt\tadd\tan toàn\t-\tmissing"],
    "boilerplate.tsv": ["bình luận (0)\tline", "thời sự\tsection"],
    "compounds.txt": ["an toàn", "hoà bình"],
    "confusions.tsv": ["onset\ts\tx\t6.5", "tone\thỏi\tngã\t6"],
    "foreign.tsv": ["covid\t12\tname", "km\t30\tlower"],
    "letters.tsv": ["a\t1.2\t$ 0.3 b 2.0", "∅\t6.9\ta 0.1"],
    "misreadings.tsv": ["books\tộ\tò\t65.0\t207.0", "books\tộ\tō\t61.0\t207.0"],
    "places.txt": ["An Hoà", "Bà Rịa - Vũng Tàu", "Ea H'leo"],
    "slang.txt": ["ko", "đc"],
    "syllables.tsv": ["an\t10\t2", "hoà\t7\t0"],
}
#: name, an entry that is put after the good ones, a word of the complaint
BROKEN = [
    ("abbreviations.tsv", "ubnd\tuỷ ban nhân dân", "without a capital"),
    ("abbreviations.tsv", "UBND", "not two columns"),
    ("abbreviations.tsv", "UBND\tuỷ ban nhân dân; Uỷ ban nhân dân", "given twice"),
    ("abbreviations.tsv", "UBND\tủy ban nhân dân", "new-style"),
    ("abbreviations.tsv", "UBND\tuỷ ban nhân dân;x", "joined"),
    ("amendments.tsv", "syllables.tsv\tadd\ty\t-\tmissing", "not built from amendments"),
    ("amendments.tsv", "places.txt\tput\tHuế\t-\tmissing", "unknown action"),
    ("amendments.tsv", "places.txt\tadd\tHuế\tx\tmissing", "words have none"),
    ("amendments.tsv", "places.txt\tadd\tHuế", "not five columns"),
    ("boilerplate.tsv", "đăng nhập", "not two columns"),
    ("boilerplate.tsv", "đăng nhập\tbutton", "unknown role"),
    ("boilerplate.tsv", "Đăng nhập\tline", "lower case"),
    ("boilerplate.tsv", "tòa soạn\tline", "new-style"),
    ("boilerplate.tsv", "đọc 12 tin\tline", "not 0"),
    ("compounds.txt", "toàn", "one syllable"),
    ("compounds.txt", "xe jeep", "well-formed"),
    ("compounds.txt", "ý hòa", "not folded"),
    ("compounds.txt", "Ý Hoà", "not folded"),
    ("compounds.txt", "ý\tkiến", "a tab"),
    ("compounds.txt", "ý  kiến", "white space"),
    ("compounds.txt", "ý kiến ", "white space"),
    ("compounds.txt", "ý\N{NO-BREAK SPACE}kiến", "invisible"),
    ("compounds.txt", "ý ki\N{SOFT HYPHEN}ến", "invisible"),
    ("compounds.txt", "ý kiến\r", "invisible"),
    ("compounds.txt", "y\N{COMBINING ACUTE ACCENT} kiến", "NFC"),
    ("compounds.txt", "an ninh", "not sorted"),
    ("compounds.txt", "hoà bình", "twice"),
    ("compounds.txt", "", "is empty"),
    ("confusions.tsv", "tone\tngã\thỏi", "not four columns"),
    ("confusions.tsv", "tone\tngã\thỏi\tcheap", "weight cheap"),
    ("confusions.tsv", "tone\tngã\thỏi\t-1", "weight -1"),
    ("confusions.tsv", "tone\tngã\thỏi\tnan", "weight nan"),
    ("confusions.tsv", "tone\tngã\tngã\t6", "with itself"),
    ("confusions.tsv", "tone\tngã\ts\t6", "not a known tone"),
    ("confusions.tsv", "nucleus\ti\ty\t5", "unknown kind"),
    ("foreign.tsv", "toàn\t9\tlower", "a Vietnamese syllable"),
    ("foreign.tsv", "NATO\t9\tupper", "lower case"),
    ("foreign.tsv", "nato\t9\tcapitals", "unknown letter case"),
    ("foreign.tsv", "nato\t9", "not three columns"),
    ("confusions.tsv", "mark\ta\te\t8.0", "another letter"),
    ("confusions.tsv", "mark\tc\td\t8.0", "not a known mark"),
    ("letters.tsv", "∅a\t1.0", "not three columns"),
    ("letters.tsv", "∅ab\t1.0\ta 1.0", "not two letters"),
    ("letters.tsv", "∅a\t1.0\ta b 1.0", "price each"),
    ("letters.tsv", "∅a\t1.0\tb 1.0 a 1.0", "not in order"),
    ("letters.tsv", "∅a\t1.0\ta cheap", "not a price"),
    ("misreadings.tsv", "french\tộ\tô\t65.0", "not five columns"),
    ("misreadings.tsv", "french\tộiu\tô\t6.0\t7.0", "not one small letter"),
    ("misreadings.tsv", "french\tộ\tôiu\t6.0\t7.0", "more than two signs"),
    ("misreadings.tsv", "french\tộ\tô\t8.0\t7.0", "not a part"),
    ("places.txt", "Xuân hoà", "capital"),
    ("places.txt", "Huyện Yên", "generic"),
    ("places.txt", "IV", "only a number"),
    ("places.txt", "Xuân Hòa", "new-style"),
    ("slang.txt", "Ko", "lower case"),
    ("syllables.tsv", "chng\t4\t0", "well-formed"),
    ("syllables.tsv", "hòa\t4\t0", "not folded"),
    ("syllables.tsv", "toàn\t0\t0", "positive"),
    ("syllables.tsv", "toàn\t1.5\t0", "positive"),
    ("syllables.tsv", "toàn\t4\t5", "capitals"),
    ("syllables.tsv", "toàn", "not three columns"),
]


def write(path: Path, entries: list[str], header: str = HEADER) -> Path:
    body = "".join(f"{entry}\n" for entry in entries)
    path.write_bytes((header.format(entries=len(entries)) + body).encode())
    return path


@pytest.mark.parametrize("name", sorted(GOOD))
def test_linter_is_silent_on_a_good_file(tmp_path: Path, name: str) -> None:
    assert problems(write(tmp_path / name, GOOD[name])) == []


@pytest.mark.parametrize(("name", "entry", "complaint"), BROKEN)
def test_linter_sees_a_broken_entry(tmp_path: Path, name: str, entry: str, complaint: str) -> None:
    found = problems(write(tmp_path / name, [*GOOD[name], entry]))
    assert any(complaint in problem for problem in found), found


@pytest.mark.parametrize("label", ["Source", "Licence", "Rebuild", "Columns", "Entries"])
def test_linter_wants_a_whole_header(tmp_path: Path, label: str) -> None:
    header = re.sub(rf"# {label}:.*\n", "", HEADER)
    file = write(tmp_path / "compounds.txt", GOOD["compounds.txt"], header)
    assert problems(file) == [f"the header has no {label}"]


def test_linter_wants_a_title(tmp_path: Path) -> None:
    header = HEADER.replace("# A dictionary\n", "")
    file = write(tmp_path / "compounds.txt", GOOD["compounds.txt"], header)
    assert problems(file) == ["the first line does not say what the file is"]


def test_linter_counts_the_entries(tmp_path: Path) -> None:
    header = HEADER.replace("{entries}", "7")
    file = write(tmp_path / "compounds.txt", GOOD["compounds.txt"], header)
    assert problems(file) == ["the header counts 7 entries, there are 2"]


def test_linter_reads_only_whole_utf8(tmp_path: Path) -> None:
    file = write(tmp_path / "compounds.txt", GOOD["compounds.txt"])
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])
    assert problems(file) == ["the last line does not end"]
    file.write_bytes(whole + b"\xff\n")
    assert problems(file)[0].startswith("not UTF-8")


def test_linter_knows_no_other_file(tmp_path: Path) -> None:
    assert problems(write(tmp_path / "other.txt", ["a"]))[-1].startswith("no rule")
