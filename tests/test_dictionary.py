"""The user's dictionary: what a line says, what makes no sense, and that nothing is lost."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from command import VNCLEAN
from hypothesis import given
from hypothesis import strategies as st

from vnclean.cleaner import Cleaner
from vnclean.config import Config
from vnclean.dictionary.entries import Entry, NoEntry, parse
from vnclean.dictionary.file import Dictionary, read, write
from vnclean.dictionary.importing import imported
from vnclean.dictionary.lint import errors, warnings
from vnclean.dictionary.load import load
from vnclean.errors import InputError, UsageError
from vnclean.word_finder import WordFinder


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("kim", Entry("word", "kim")),
        ("  kim   tra ", Entry("word", "kim tra")),
        ("kim->kìm", Entry("correction", "kim", "kìm")),
        ("kim tra  →  kiểm tra", Entry("correction", "kim tra", "kiểm tra")),
        ("never: chng -> chiêng", Entry("never", "chng", "chiêng")),
        ("always:dch→dịch", Entry("always", "dch", "dịch")),
        ("ignore: a -> b #1", Entry("ignore", "a -> b #1")),
        ("kiê\u0309m", Entry("word", "kiểm")),
    ],
)
def test_what_a_line_says(text: str, entry: Entry) -> None:
    assert parse(text) == entry
    assert parse(str(entry)) == entry


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12", "has no letter, and so is no word"),
        ("-> kiểm", "must have one arrow: before -> after"),
        ("kim ->", "must have one arrow: before -> after"),
        ("a -> b -> c", "must have one arrow: before -> after"),
        ("never: chng", "must have one arrow: before -> after"),
        ("ignore:", "has no pattern after ignore:"),
        ("ignore: a(b", "missing ) at position 3"),
    ],
)
def test_what_says_nothing(text: str, reason: str) -> None:
    with pytest.raises(NoEntry) as error:
        parse(text)
    assert str(error.value) == reason


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("kim\nkim -> kìm", 2, "kim -> kìm: contradicts line 1 (kim); take one of them out"),
        ("hòa -> họa\nhoà -> hoả", 2, "hoà -> hoả: contradicts line 1 (hòa -> họa); take one of"
         " them out"),
        ("never: a -> b\nalways: a -> b", 2, "always: a -> b: contradicts line 1 (never: a -> b);"
         " take one of them out"),
        ("kim -> kim", 1, "kim -> kim: changes nothing: what is put there has the letter case and"
         " tone style of what was there; take it out"),
        ("hoà -> hòa", 1, "hoà -> hòa: changes nothing: what is put there has the letter case and"
         " tone style of what was there; take it out"),
        ("a -> b\nb -> c", 1, "a -> b: line 2 changes that again (b -> c); write what is to come"
         " out in the end"),
        ("a -> x b\nb -> a", 1, "a -> x b: line 2 changes that again (b -> a); write what is to"
         " come out in the end"),
        ("# \n\u0301a", 2, "\u0301a: begins with an accent without a letter; take it out"),
        ("kim\n12", 2, "12: has no letter, and so is no word"),
    ],
)  # fmt: skip
def test_what_makes_no_sense(text: str, line: int, reason: str, tmp_path: Path) -> None:
    assert (line, reason) in errors(Dictionary(text))
    path = tmp_path / "vnclean.words"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as error:
        load([str(path)])
    assert f"{path}:{line}: {reason}" in str(error.value).split("\n")


@pytest.mark.parametrize(
    "text",
    [
        "kim\nKim -> Kìm",  # of different letter case: the nearer one counts
        "vốn -> vốn tự có",  # which is there then
        "hà nội -> Hà Nội",
        "never: a -> b\nnever: a -> c\nalways: a -> d\na",
        "kim # một\nkim tra -> kiểm tra",
        "C# -> C sharp",
    ],
)
def test_what_makes_sense(text: str) -> None:
    assert errors(Dictionary(text)) == []


def test_what_is_there_twice() -> None:
    found = warnings(Dictionary("hoà\nkim\n\nhòa\nKim\nkim\n"))
    assert [(problem.line, problem.reason.split(",")[0]) for problem in found] == [
        (4, "hòa: is there twice"),
        (6, "kim: is there twice"),
    ]


def test_comments_and_sections_stay() -> None:
    text = (
        "# Mine\n# of all\n\n# Names\nvốn  # of a bank\n# the needle\nkim\n\n# Others\nzê\n# end\n"
    )
    dictionary = Dictionary(text)
    assert dictionary.add(Entry("word", "an"))
    assert not dictionary.add(Entry("word", "vốn"))
    assert dictionary.text() == (
        "# Mine\n# of all\n\n# Names\n# the needle\nkim\nvốn  # of a bank\n"
        "\n# Others\nan\nzê\n# end\n"
    )
    dictionary.remove([line for line in dictionary.lines if line.entry.before == "kim"])
    assert "needle" not in dictionary.text()


_texts = st.text(alphabet="abcảđ #->→\n:!", max_size=40)


@given(_texts)
def test_what_is_written_says_the_same(text: str) -> None:
    dictionary = Dictionary(text)
    again = Dictionary(dictionary.text())
    assert sorted(map(str, again.entries())) == sorted(map(str, dictionary.entries()))
    assert again.text() == dictionary.text()  # sorted already
    kept = {line.strip() for line in text.split("\n") if line.strip()}
    assert kept <= {line.strip() for line in dictionary.text().split("\n")}


@given(st.lists(st.sampled_from(["an", "An", "hòa", "hoà", "kim tra", "ọc"]), max_size=5))
def test_an_entry_is_there_once(words: list[str]) -> None:
    dictionary = Dictionary()
    added = [word for word in words if dictionary.add(Entry("word", word))]
    assert warnings(Dictionary(dictionary.text())) == []
    assert len(dictionary.lines) == len(added)


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "vnclean.words"
    path.write_bytes(b"\xef\xbb\xbfkim\r\nan\r\n")
    write(read(str(path)), str(path))
    assert path.read_bytes() == b"an\nkim\n"
    assert [one.name for one in tmp_path.iterdir()] == ["vnclean.words"]
    path.write_bytes(b"kim\n\xff\n")
    with pytest.raises(UsageError, match=":2: is not UTF-8"):
        read(str(path))
    with pytest.raises(InputError, match="no such file"):
        read(str(tmp_path / "none"))


@pytest.mark.parametrize("entry", ["kim\udcff", "ignore: MS\udcff"])
def test_what_is_not_utf_8_is_not_added(entry: str, tmp_path: Path) -> None:
    command = [VNCLEAN, "dict", "add", "an", os.fsencode(entry)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    said = f"vnclean: {entry}: is not UTF-8\n".replace("\udcff", "⟨DCFF⟩")
    assert (done.returncode, done.stdout, done.stderr.decode()) == (2, b"", said)
    assert list(tmp_path.iterdir()) == []


AFF = "SET {encoding}\nTRY aeo\nFORBIDDENWORD !\nNEEDAFFIX ~\nSFX A Y 1\nSFX A 0 s .\n"


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO8859-1", "microsoft-cp1258"])
def test_a_dictionary_of_hunspell(tmp_path: Path, encoding: str) -> None:
    words = "4\nkim\nbàn/A\nxấu/!\ngốc/~\n12\ncafé\tpo:noun\n"
    if encoding == "ISO8859-1":
        words = words.replace("ấ", "à").replace("ố", "ô")
    codec = encoding.removeprefix("microsoft-")
    if codec == "cp1258":  # has its tones apart
        words = (
            words.replace("xấu", "xâ\u0301u").replace("gốc", "gô\u0301c").replace("é", "e\u0301")
        )
        words = words.replace("bàn", "ba\u0300n")
    (tmp_path / "vi.dic").write_bytes(words.encode(codec))
    (tmp_path / "vi.aff").write_text(AFF.format(encoding=encoding), "ascii")
    found = imported(str(tmp_path / "vi.dic"))
    assert [entry.before for entry in found.entries] == ["kim", "bàn", "café"]
    assert (found.no_words, found.stems) == (3, 1)


@pytest.mark.parametrize(("kind", "flags"), [("long", "A1!!"), ("num", "1,999")])
def test_flags_of_hunspell_may_be_longer(tmp_path: Path, kind: str, flags: str) -> None:
    forbidden = {"long": "!!", "num": "999"}[kind]
    (tmp_path / "a.dic").write_text(f"2\nkim/{flags}\nbàn\n", "utf-8")
    (tmp_path / "a.aff").write_text(f"SET UTF-8\nFLAG {kind}\nFORBIDDENWORD {forbidden}\n")
    assert [e.before for e in imported(str(tmp_path / "a.dic")).entries] == ["bàn"]


def test_plain_lists_and_decisions(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("kiểm\n# nothing\nkim -> kìm\n".encode("utf-16"))
    with pytest.raises(UsageError, match="say with --encoding what it is"):
        imported(str(tmp_path / "a.txt"))
    found = imported(str(tmp_path / "a.txt"), "utf-16")
    assert found.entries == [Entry("word", "kiểm"), Entry("correction", "kim", "kìm")]
    with pytest.raises(UsageError, match="no such encoding: latin-99"):
        imported(str(tmp_path / "a.txt"), "latin-99")
    lines = b'{"decision": "never", "scope": "repair", "before": "a", "after": "b"}\n'
    (tmp_path / "d.jsonl").write_bytes(lines)
    assert imported(str(tmp_path / "d.jsonl")).entries == [Entry("never", "a", "b")]


#: What an entry says, the text, and what comes out: letter case and tone style.
RULES = [
    ("chng", "Phòng chng dịch.", "Phòng chng dịch."),
    ("chng", "PHÒNG CHNG DỊCH.", "PHÒNG CHNG DỊCH."),
    ("Chng", "Phòng chng dịch.", "Phòng chống dịch."),
    ("kim tra -> kiểm tra", "Kim tra, KIM TRA, Kim Tra.", "Kiểm tra, KIỂM TRA, Kiểm Tra."),
    ("Kim -> Kìm", "Kim, kim, KIM.", "Kìm, kim, KÌM."),
    ("hoá đơn -> hoạ đồ", "Hóa đơn, hoá đơn.", "Họa đồ, hoạ đồ."),
    ("hóa đơn -> họa đồ", "HOÁ ĐƠN.", "HOẠ ĐỒ."),
    ("hà nội -> Hà Nội", "ở hà nội, HÀ NỘI", "ở Hà Nội, HÀ NỘI"),
    ("thủy lợi -> thuỷ nông", "thuỷ lợi, thủy lợi", "thuỷ nông, thủy nông"),
    ("never: chng -> chống", "Phòng chng dịch.", "Phòng chng dịch."),
    ("never: chng -> chiêng", "Phòng chng dịch.", "Phòng chống dịch."),
    ("ignore: ch.g", "Phòng chng dịch.", "Phòng chng dịch."),
    ("ignore: Chng", "Phòng chng dịch.", "Phòng chống dịch."),
]


@pytest.mark.parametrize(("entry", "text", "result"), RULES)
def test_rules_of_letter_case_and_tone_style(
    entry: str, text: str, result: str, tmp_path: Path
) -> None:
    path = tmp_path / "vnclean.words"
    path.write_text(entry, "utf-8")
    assert Cleaner(Config(user_words=load([str(path)]))).clean(text).text == result


_words = st.lists(st.text(alphabet="aàáhkoòuy", min_size=1, max_size=3), min_size=1, max_size=3)


@given(st.lists(_words.map(" ".join), max_size=5), _words, _words, _words)
def test_an_entry_near_an_edit_is_found(
    entries: list[str], before: list[str], edited: list[str], after: list[str]
) -> None:
    head = " ".join([*before, ""])
    text = head + " ".join([*edited, *after])
    start, end = len(head), len(head) + len(" ".join(edited))
    finder = WordFinder(entries)
    if any(one < end and start < other for one, other, _ in finder.find(text)):
        assert finder.touches(text, start, end)
