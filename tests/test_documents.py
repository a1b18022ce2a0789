"""Bytes in are bytes out, however they arrive, and lines never depend on how they arrived."""

from __future__ import annotations

import codecs
import os
import stat
import sys
import threading
from contextlib import suppress
from itertools import count, pairwise
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from word_rule import WordRule

from vnclean.documents.atomic import AtomicFile
from vnclean.documents.encoding import BinaryInputError
from vnclean.documents.lines import LIMIT, Block, LineSplitter
from vnclean.documents.source import Source
from vnclean.documents.text import TextReader
from vnclean.pipeline import clean_blocks


class Pipe:
    """A stream that arrives in the given sizes, then all at once."""

    def __init__(self, data: bytes, sizes: list[int]) -> None:
        self._data = data
        self._sizes = list(sizes)

    def read1(self, size: int = -1) -> bytes:
        size = min(size, self._sizes.pop(0)) if self._sizes else size
        data, self._data = self._data[:size], self._data[size:]
        return data

    def seekable(self) -> bool:
        return False


Place = tuple[int, int, int]


class Document(NamedTuple):
    pieces: list[tuple[str, str]]
    places: list[Place]
    repaired: bytes
    restored: bytes
    invalid: tuple[int, int]


def read(data: bytes, sizes: list[int], block_size: int = 1 << 20) -> Document:
    """Everything that comes of reading a document."""
    reader = TextReader(Pipe(data, sizes), block_size)
    blocks: list[Block] = list(reader)
    encode = reader.encoding.encode
    pieces = [pair for block in blocks for pair in zip(block.texts, block.ends, strict=True)]
    repaired = [encode(cleaned.text()) for cleaned in clean_blocks(blocks, WordRule())]
    original = [encode(text + end) for text, end in pieces]
    return Document(
        pieces,
        [place for block in blocks for place in block.places()],
        b"".join([reader.encoding.bom, *repaired, reader.tail]),
        b"".join([reader.encoding.bom, *original, reader.tail]),
        (reader.invalid_bytes, reader.invalid_line),
    )


def test_a_source_takes_all_that_has_come_and_waits_for_the_rest() -> None:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)  # as another program may have left it
    source = Source(reading)
    os.write(writing, b"a" * 10)
    os.write(writing, b"b" * 10)
    assert source.read1(15) == b"a" * 10 + b"b" * 5
    assert source.ready()
    assert source.read1(15) == b"b" * 5
    assert not source.ready()
    later = threading.Timer(0.05, os.write, (writing, b"c"))
    later.start()
    assert source.read1(15) == b"c"
    later.join()
    os.close(writing)
    assert source.ready()
    assert source.read1(15) == b""
    os.close(reading)
    assert source.read1(15) == b""  # it is not asked again


@given(st.text("aấ\r\n😀", max_size=30), st.lists(st.integers(1, 5), max_size=40))
def test_the_whole_of_a_block_is_its_pieces(text: str, sizes: list[int]) -> None:
    for block in TextReader(Pipe(text.encode(), sizes)):
        assert block.text() == "".join(map("".join, zip(block.texts, block.ends, strict=True)))


marks = st.sampled_from([b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
chunk_sizes = st.lists(st.integers(1, 9), max_size=40)
any_bytes = st.lists(
    st.one_of(
        st.binary(max_size=6),
        st.sampled_from(["Phòng chng dịch", "\n", "\r\n", "đế", "a  b", "\ud83d", "😀"]).map(
            lambda text: text.encode("utf-8", "surrogatepass")
        ),
    )
).map(b"".join)


@given(marks, any_bytes, chunk_sizes, st.integers(1, 12))
def test_every_byte_comes_back(mark: bytes, data: bytes, sizes: list[int], block: int) -> None:
    data = mark + data
    try:
        assert read(data, sizes, block).restored == data
    except BinaryInputError as error:
        assert data.startswith(error.head)


@example(b"", b"Ti\xd5ng\nVi\xd6t th\xf6", [], 1)
@example(b"", b"UBND\nb ti\xd5ng\nVi\xd6t th\xf6", [7, 1], 9)
@given(marks, any_bytes, chunk_sizes, st.integers(1, 12))
def test_nothing_depends_on_the_chunks(
    mark: bytes, data: bytes, sizes: list[int], block: int
) -> None:
    data = mark + data.replace(b"\0", b"")
    try:
        whole = read(data, [])
    except BinaryInputError:
        return
    assert read(data, sizes, block) == whole


def split(text: str, cuts: list[int], limit: int) -> tuple[list[tuple[str, str]], list[Place]]:
    """Pieces and their places of a text that arrives cut in chunks."""
    splitter = LineSplitter(limit)
    ends = [*sorted(cut for cut in cuts if cut < len(text)), len(text)]
    chunks = [text[start:end] for start, end in pairwise([0, *ends])]
    blocks = [*map(splitter.feed, chunks), splitter.feed("", final=True)]
    pieces = [pair for block in blocks for pair in zip(block.texts, block.ends, strict=True)]
    return pieces, [place for block in blocks for place in block.places()]


some_lines = st.text("ab \t\r\n", max_size=80)
limits = st.integers(1, 12)


@given(some_lines, st.lists(st.integers(0, 80)), limits)
def test_long_lines_are_cut_alike_however_they_arrive(
    text: str, cuts: list[int], limit: int
) -> None:
    assert split(text, cuts, limit) == split(text, [], limit)


@given(some_lines, limits)
def test_pieces_are_short_and_make_up_the_text(text: str, limit: int) -> None:
    pieces, places = split(text, [], limit)
    assert "".join(piece + end for piece, end in pieces) == text
    assert all(len(piece) <= limit for piece, _ in pieces)
    for (piece, _), (line, column, start) in zip(pieces, places, strict=True):
        assert text.startswith(piece, start)
        assert text.count("\n", 0, start) + 1 == line
        assert start - (text.rfind("\n", 0, start) + 1) == column


@given(some_lines, limits)
def test_no_word_is_cut(text: str, limit: int) -> None:
    words = [word for piece, _ in split(text, [], limit)[0] for word in piece.split()]
    whole = [word for word in text.split() if len(word) <= limit]
    assert [word for word in words if len(word) <= limit] == words
    assert set(words) <= set(text.split())
    assert len(words) <= len(whole)


def test_a_long_line_is_cut_after_a_blank() -> None:
    text = "phòng chng " * LIMIT
    pieces = read(text.encode(), []).pieces
    assert all(piece.endswith(" ") for piece, _ in pieces)
    assert read(text.encode(), []).repaired.decode() == text.replace("chng", "chống")


def test_what_is_too_long_to_be_a_word_is_not_cleaned() -> None:
    text = "chng/" * LIMIT + " chng"
    assert read(text.encode(), []).repaired.decode() == "chng/" * LIMIT + " chống"


def test_line_ends_belong_to_no_line() -> None:
    pieces = read(b"a\r\nb\rc\n\r\n\nlast\r", []).pieces
    assert pieces == [("a", "\r\n"), ("b\rc", "\n"), ("", "\r\n"), ("", "\n"), ("last", "\r")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"good\n", (0, 0)),
        (b"a\n\xff\xfeb\n\n\xe1\xba", (4, 2)),
        (codecs.BOM_UTF16_LE + "a\nb".encode("utf-16-le") + b"\x00", (1, 2)),
        (codecs.BOM_UTF16_BE + b"\0\n\xd8\x00\0a", (2, 2)),
    ],
)
def test_invalid_bytes_are_counted(data: bytes, expected: tuple[int, int]) -> None:
    assert read(data, []).invalid == expected
    assert read(data, [1] * 40).invalid == expected


@pytest.mark.parametrize(
    "data", [b"\x7fELF\0\0", b"a" * 8000 + b"\0", "cửa".encode("utf-32-be"), b"\x89PNG\r\n\x1a\n\0"]
)
def test_binary_input_is_refused(data: bytes) -> None:
    with pytest.raises(BinaryInputError):
        read(data, [])


def test_a_late_nul_is_text() -> None:
    data = b"chng\n" * 2000 + b"\0 chng"
    assert read(data, []).repaired == data.replace(b"chng", "chống".encode())


def test_an_atomic_file_leaves_no_trace_unless_committed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), AtomicFile(path) as file:
        file.write(b"new")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


class _Interruption:
    """Ctrl-C after so many calls, of Python and of C, have come to their end."""

    def __init__(self, after: int) -> None:
        self._left = after
        self.came = False

    def __call__(self, frame: FrameType, event: str, argument: object) -> None:
        if event in ("return", "c_return"):
            self._left -= 1
            if self._left < 0:
                sys.setprofile(None)
                self.came = True
                raise KeyboardInterrupt


@pytest.mark.parametrize("there", [True, False])
def test_an_atomic_file_leaves_no_trace_whenever_it_is_interrupted(
    there: bool, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    if there:
        path.write_bytes(b"old")
    for after in count():
        interruption = _Interruption(after)
        with suppress(KeyboardInterrupt):
            sys.setprofile(interruption)
            file = AtomicFile(path)
            sys.setprofile(None)
            file.discard()
        assert list(tmp_path.iterdir()) == [path] * there, after
        if not interruption.came:
            break
    assert after > 5


def test_an_atomic_file_keeps_mode_and_link(tmp_path: Path) -> None:
    path, link = tmp_path / "a.txt", tmp_path / "link"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    with AtomicFile(link) as file:
        file.write(b"new")
        file.commit()
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_atomic_file_has_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    with AtomicFile(tmp_path / "new") as file:
        file.commit()
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_device_is_written_to_directly() -> None:
    with AtomicFile(Path(os.devnull)) as file:
        file.write(b"gone")
        file.commit()
    assert not Path(os.devnull).is_file()
