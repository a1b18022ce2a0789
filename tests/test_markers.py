"""Marks in a text: what they leave alone, however the text arrives and in whatever format."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_rule import WordRule

from vnclean.cleaner import Cleaner
from vnclean.config import Config
from vnclean.documents.groups import GroupSplitter
from vnclean.documents.text import TextReader
from vnclean.formats.kinds import Kind, Reading
from vnclean.parallel import Workers
from vnclean.pipeline import clean_blocks


def cleaned(text: str, kind: str = "text", size: int = 1 << 18, **options: bool) -> str:
    """``text`` with every ``chng`` repaired that may be."""
    reading = Reading(**options)  # type: ignore[arg-type]
    splitter = reading.splitter(Kind(format=kind))
    stream = io.BytesIO(text.encode())
    reader = TextReader(stream, size, splitter=splitter, markers=reading.markers)
    return "".join(block.text() for block in clean_blocks(reader, WordRule()))


#: A text in which ``chng`` stays, and ``CHNG`` stands for one that is repaired.
CASES = [
    ("text", "CHNG\nCHNG vnclean:off chng\nchng\nvnclean:on CHNG\n"),
    ("text", "CHNG vnclean:off chng vnclean:on CHNG\nCHNG\n"),
    ("text", "CHNG\nchng # vnclean:ignore-line\nCHNG\n"),
    ("text", "CHNG vnclean:ignore-next-line\nchng\nCHNG\n"),
    ("text", "vnclean:ignore-next-line\n\nCHNG\n"),
    ("text", "vnclean:off\nvnclean:ignore-line vnclean:on chng\nCHNG\n"),
    ("text", "vnclean:offer xvnclean:off http://vnclean:off vnclean:off-line CHNG"),
    ("text", "chng\r\n".join(["vnclean:off ", ""]) + "vnclean:on CHNG"),
    ("html", "<p>CHNG</p><!-- vnclean:off --><p>chng</p>\n<!-- vnclean:on --><p>CHNG</p>"),
    ("html", "<p>CHNG<br>chng <b>chng</b><!-- vnclean:ignore-line --> chng<br>CHNG</p>"),
    ("html", "<!-- vnclean:ignore-next-line -->\n<p>chng</p><p>CHNG</p>"),
    ("html", "<p>CHNG <!--vnclean:off-->chng<!--vnclean:on--> CHNG</p>"),
    ("html", "<script>// vnclean:off</script><p title='vnclean:off'>CHNG</p>"),
    ("html", "<p>vnclean:off</p><p>chng</p>"),
    ("markdown", "CHNG\nchng <!-- vnclean:ignore-line -->\nCHNG\n"),
    ("markdown", "<!-- vnclean:ignore-next-line -->\nchng\nCHNG\n"),
    ("markdown", "CHNG\n\n<!--\nvnclean:off -->\n\nchng\n\n<!-- vnclean:on -->\n\nCHNG\n"),
    ("markdown", "`vnclean:off` CHNG `<!-- vnclean:off -->`\n\n    vnclean:off\n\nCHNG\n"),
    ("markdown", "| CHNG |\n|---|\n| chng | chng <!-- vnclean:ignore-line -->\n| CHNG |\n"),
    ("vtt", "WEBVTT\n\nNOTE vnclean:off\n\n0:1.0 --> 0:2.0\nchng\n\nNOTE vnclean:on\n\n"
            "0:2.0 --> 0:3.0\nCHNG\n"),
    ("jsonl", '{"text": "vnclean:off chng\\nchng"}\n{"text": "CHNG"}\n'),
    ("csv", 'text\n"chng vnclean:ignore-line"\n"vnclean:ignore-next-line"\nCHNG\n'),
]  # fmt: skip


@pytest.mark.parametrize("size", [1, 7, 1 << 18])
@pytest.mark.parametrize(("kind", "text"), CASES)
def test_what_is_left_alone(kind: str, text: str, size: int) -> None:
    assert cleaned(text.replace("CHNG", "chng"), kind, size) == text.replace("CHNG", "chống")


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_marks_can_be_switched_off(kind: str, text: str) -> None:
    read = text.replace("CHNG", "chng")
    assert cleaned(read, kind, markers=False) == read.replace("chng", "chống")


PIECES = ["chng", " ", "\n", "vnclean:off", "vnclean:on", "vnclean:ignore-line", "vnclean:"]
PIECES += ["vnclean:ignore-next-line", "h-\n", "\r\n"]


@given(st.lists(st.sampled_from(PIECES), max_size=20), st.integers(1, 40))
def test_nothing_depends_on_the_chunks(pieces: list[str], size: int) -> None:
    text = "".join(pieces)
    assert cleaned(text, size=size) == cleaned(text)
    assert cleaned(text, size=size, across_lines=True) == cleaned(text, across_lines=True)


@given(st.lists(st.sampled_from(PIECES), max_size=20))
def test_lines_in_groups_are_left_alone_alike(pieces: list[str]) -> None:
    """What is read across line ends knows the same lines."""
    text = "".join(pieces).replace("\r\n", "\n").replace("h-\n", "\n")
    assert cleaned(text, across_lines=True) == cleaned(text)


def test_blocks_of_a_document_know_of_it_in_any_process() -> None:
    lines = [f"Phòng chng dịch {number}." for number in range(30)]
    lines[7], lines[21] = "vnclean:off", "vnclean:on"
    text = "\n".join(lines)
    wanted = [
        line if 7 <= number <= 21 else line.replace("chng", "chống")
        for number, line in enumerate(lines)
    ]
    with Workers(Cleaner(), 2) as workers:
        reader = TextReader(io.BytesIO(text.encode()), 64)
        found = "".join(block.text() for block in workers.clean_at_hand(reader))
    assert found.split("\n") == wanted
    assert Cleaner().clean(text).text == found
    assert Cleaner(Config(markers=False)).clean(text).text.count("chống") == 28


@pytest.mark.parametrize(("mark", "repaired"), [("vnclean:off", 0), ("vnclean:ignore-line", 2)])
def test_marks_hold_with_options_that_look_across_lines(mark: str, repaired: int) -> None:
    config = Config(join_lines=True, drop_boilerplate=True)
    text = f"Đăng nhập {mark}\nPhòng chng dịch ở khoa kh-\nổ.\nPhòng chng dịch.\n"
    found = Cleaner(config).clean(text).text
    assert found.startswith(f"Đăng nhập {mark}\n")
    assert found.count("chống") == repaired
    reader = TextReader(io.BytesIO(text.encode()), 9, splitter=GroupSplitter())
    assert "".join(b.text() for b in clean_blocks(reader, Cleaner(config))) == found
