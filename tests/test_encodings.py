"""Documents in any encoding: found out by their words, or forced."""

from __future__ import annotations

import codecs
import json
import time
import unicodedata
from pathlib import Path

import pytest
from command import start

from vnclean.documents.encoding import Encoding, detect, forced, named
from vnclean.documents.text import TextReader
from vnclean.edits import Edit, apply
from vnclean.orthography import TONE_MARKS
from vnclean.shown import shown
from vnclean.stages.legacy_tables import NAMES, load
from vnclean.wordlists import read_table

TEXT = """Nhà trường đã mời phụ huynh đến dự lễ khai giảng vào sáng thứ hai.
Mỗi buổi chiều, bà cụ ngồi bên hiên nhà kể chuyện cổ tích cho lũ trẻ nghe.
Giá lúa ở đồng bằng sông Cửu Long tăng nhẹ so với tuần trước.
"""
EIGHT_BIT = [name for name in NAMES if name != "viqr"]
FOREIGN = [
    "Le garçon était très fatigué après une journée passée à l'école.".encode("cp1252"),
    "Die schönen Bücher über größere Städte gefallen mir schließlich.".encode("cp1252"),
    "Não há razão para não fazer a ação, irmão; você está à procura de pães.".encode("cp1252"),
    "Příliš žluťoučký kůň úpěl ďábelské ódy.".encode("cp1250"),
    "Мороз и солнце; день чудесный!".encode("koi8-r"),
    bytes(range(128, 256)) * 20,
]


def in_code_page(name: str, text: str) -> bytes:
    codes = {row[0]: bytes.fromhex(row[1]) for row in read_table(f"charsets/{name}.tsv")}
    return b"".join(codes.get(char, char.encode("latin-1", "replace")) for char in text)


def in_windows_1258(text: str) -> bytes:
    """Marks of tones follow their letter, all other letters are in the code page."""
    data = b""
    for char in text:
        try:
            data += char.encode("cp1258")
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", char)
            tone = next(mark for mark in marks if mark in TONE_MARKS.values())
            letter = unicodedata.normalize("NFC", marks.replace(tone, ""))
            data += (letter + tone).encode("cp1258")
    return data


def run(*args: str, data: bytes = b"") -> tuple[bytes, bytes, int]:
    with start(*args) as process:
        out, errors = process.communicate(data)
    return out, errors, process.returncode


@pytest.mark.parametrize("name", EIGHT_BIT)
def test_code_pages_are_found(name: str) -> None:
    assert detect(in_code_page(name, TEXT)) == named(name)


def test_windows_1258_is_found() -> None:
    assert detect(in_windows_1258(TEXT)) == named("windows-1258")


@pytest.mark.parametrize("name", EIGHT_BIT)
@pytest.mark.parametrize("first", ["old", "new"])
def test_a_document_half_in_an_old_code_page(name: str, first: str) -> None:
    old = shown(in_code_page(name, TEXT))
    document = old + TEXT if first == "old" else TEXT + old
    out, errors, code = run("clean", data=document.encode())
    assert (out.decode(), errors, code) == (TEXT + TEXT, b"", 0)


@pytest.mark.parametrize("name", EIGHT_BIT)
def test_a_pipe_may_begin_with_lines_that_tell_nothing(name: str) -> None:
    data = b"From: archive@example.org\n\n" + in_code_page(name, TEXT)
    with start("clean") as process:
        assert process.stdin
        for line in data.splitlines(keepends=True):
            process.stdin.write(line)
            process.stdin.flush()
            time.sleep(0.05)
        out, _ = process.communicate()
    assert out.decode() == "From: archive@example.org\n\n" + TEXT


def test_letters_that_are_words_in_nearly_every_code_page_tell_nothing() -> None:
    assert (
        detect("đế \udcff \udcff \udcfe \udcfd".encode("utf-8", "surrogateescape")).name == "UTF-8"
    )


@pytest.mark.parametrize("data", FOREIGN)
def test_what_is_not_vietnamese_stays_bytes(data: bytes) -> None:
    assert detect(data).name == "UTF-8"


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_character_cut_at_the_end_is_still_utf_8(cut: int) -> None:
    assert detect((TEXT.rstrip() + "ếốữ").encode()[:-cut]).name == "UTF-8"


def test_some_invalid_bytes_in_utf_8_are_no_code_page() -> None:
    data = TEXT.encode()
    assert detect(data[:40] + b"\xe1\xb5" + data[41:] + b"\xff\xd0").name == "UTF-8"


@pytest.mark.parametrize("codec", ["utf-32-le", "utf-32-be"])
def test_utf_32_comes_out_as_it_was(codec: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(("\ufeff" + TEXT).encode(codec))
    with path.open("rb") as stream:
        reader = TextReader(stream)
        encoding: Encoding = reader.encoding
        text = "".join(block.text() for block in reader)
    assert text == TEXT
    assert encoding.name == "UTF-32"
    assert encoding.bom + encoding.encode(text) + reader.tail == path.read_bytes()


def test_a_forced_encoding_keeps_the_mark() -> None:
    utf_16 = forced(named("utf-16-le"), codecs.BOM_UTF16_LE + b"a\0")
    assert utf_16.bom == codecs.BOM_UTF16_LE
    assert forced(named("UTF-16-LE"), b"a\0").bom == b""


def test_every_byte_is_one_character_of_a_code_page() -> None:
    encoding = named("vni")
    text = encoding.decode(bytes(range(256)))
    assert len(set(text)) == 256
    assert text[0x93] == "\N{LEFT DOUBLE QUOTATION MARK}"


@pytest.mark.parametrize("name", EIGHT_BIT)
def test_the_command_repairs_a_file_in_a_code_page(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(in_code_page(name, TEXT))
    assert run("clean", str(path)) == (TEXT.encode(), b"", 0)
    assert run("clean", "-i", "--encoding", name, str(path))[2] == 0
    assert path.read_bytes() == TEXT.encode()


def test_the_command_reads_windows_1258_and_writes_utf_8() -> None:
    out = run("clean", data=in_windows_1258(TEXT))[0].decode()
    assert unicodedata.normalize("NFC", out) == TEXT


def test_a_forced_encoding_is_obeyed() -> None:
    line = load("vni").spelled(TEXT.split("\n")[0])
    assert run("clean", "--encoding", "utf-16-le", data=line.encode("utf-16-le"))[0] == (
        TEXT.split("\n")[0].encode("utf-16-le")
    )


def test_an_unknown_encoding_is_named() -> None:
    out, errors, status = run("clean", "--encoding", "klingon", data=b"a")
    assert (out, status) == (b"", 2)
    assert errors.startswith(b"vnclean: --encoding klingon: must be one of utf-8, ")


def test_utf_32_that_is_none_is_named() -> None:
    mark = codecs.BOM_UTF32_LE
    out, errors, status = run("clean", data=mark + b"a\0\0\0\xff\xff\xff\xff")
    assert (out, status) == (mark, 3)
    assert errors == b"vnclean: standard input: is not valid UTF-32; convert it to UTF-8\n"


@pytest.mark.parametrize("name", EIGHT_BIT)
def test_the_report_says_what_its_places_count_in(name: str, tmp_path: Path) -> None:
    """Whoever reads the document as the report says can replay it."""
    source, report = tmp_path / "a.txt", tmp_path / "r.jsonl"
    source.write_bytes(in_code_page(name, TEXT))
    assert run("clean", "--report", str(report), str(source))[0] == TEXT.encode()
    records = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
    told, file = records[-2:]
    assert (file["kind"], file["applied"], file["output"]) == ("file", True, None)
    assert (told["kind"], told["encoding"]) == ("encoding", named(name).name)
    edits = [Edit(r["start"], r["end"], r["before"], r["after"], r["kind"], 1.0) for r in records]
    assert apply(named(name).decode(source.read_bytes()), edits) == TEXT
