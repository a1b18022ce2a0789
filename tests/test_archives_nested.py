"""Archives in archives: one level is opened; what is told and what is written agree."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from archive_files import TEXT, WANTED, make_tar, make_zip, member, read_tar, read_zip
from rewriting_tools import SOUND, Heard, rewrite

from vnclean.documents.encoding import named
from vnclean.documents.lines import Block
from vnclean.errors import InputError
from vnclean.formats.kinds import Reading
from vnclean.pipeline import CleanedBlock
from vnclean.rewriting import Rewriter


def test_tar_in_zip() -> None:
    inner = gzip.compress(make_tar(member("c.txt", TEXT), member("d.gz", b"...")))
    made = rewrite("a.zip", make_zip(("b.tar.gz", inner), ("e.txt", SOUND)))
    assert made.heard.edits == [("a.zip!b.tar.gz!c.txt", "chống")]
    assert made.heard.skips == {"a.zip!b.tar.gz!d.gz": "nested too deep"}
    found = gzip.decompress(read_zip(made.data).read("b.tar.gz"))
    assert [content for _, content in read_tar(found)] == [WANTED, b"..."]


def test_zip_and_packed_file_in_tar() -> None:
    data = make_tar(
        member("b.zip", make_zip(("c.txt", TEXT))),
        member("d.txt.gz", gzip.compress(TEXT)),
        member("e.gz", gzip.compress(bytes(99))),
    )
    made = rewrite("a.tar", data)
    assert [path for path, _ in made.heard.edits] == ["a.tar!b.zip!c.txt", "a.tar!d.txt.gz"]
    assert made.heard.skips == {"a.tar!e.gz": "not text"}
    one, two, three = (content for _, content in read_tar(made.data))
    assert one and two and three
    assert read_zip(one).read("c.txt") == WANTED
    assert gzip.decompress(two) == WANTED
    assert three == gzip.compress(bytes(99), mtime=0) or gzip.decompress(three) == bytes(99)


def test_damaged_archive_in_an_archive_is_copied_and_nothing_told_of_it() -> None:
    inner = make_tar(member("c.txt", TEXT), member("d.txt", TEXT * 99))[:3000]
    made = rewrite("a.zip", make_zip(("b.tar", inner), ("e.txt", TEXT)))
    assert made.heard.edits == [("a.zip!e.txt", "chống")]
    assert list(made.heard.failures) == ["a.zip!b.tar"]
    assert "truncated" in made.heard.failures["a.zip!b.tar"]
    assert read_zip(made.data).read("b.tar") == inner


def test_failures_below_are_told_if_the_rest_is_done() -> None:
    inner = make_zip(("c.txt", TEXT), ("d.txt", TEXT))
    at = inner.index(b"PK\1\2") + 16
    inner = inner[:at] + b"\0\0\0\0" + inner[at + 4 :]
    made = rewrite("a.tar", make_tar(member("b.zip", inner)))
    assert list(made.heard.failures) == ["a.tar!b.zip!c.txt"]
    assert made.heard.edits == [("a.tar!b.zip!d.txt", "chống")]


def test_member_that_cannot_be_decoded_is_copied() -> None:
    reading = Reading(encoding=named("utf-32-le"))
    good, bad = TEXT.decode().encode("utf-32-le"), b"\xff" * 400
    for name, data in {
        "a.zip": make_zip(("bad.txt", bad), ("good.txt", good)),
        "a.tar": make_tar(member("bad.txt", bad), member("good.txt", good)),
    }.items():
        made = rewrite(name, data, reading)
        assert list(made.heard.failures) == [f"{name}!bad.txt"]
        assert made.heard.edits == [(f"{name}!good.txt", "chống")]
        assert bad in made.data or name == "a.zip"


def test_type_is_that_of_the_members() -> None:
    made = rewrite("a.zip", make_zip(("b.unknown", TEXT)), Reading(type="text"))
    assert made.heard.edits == [("a.zip!b.unknown", "chống")]


def test_other_encodings_of_members() -> None:
    wide = ("\ufeff" + TEXT.decode()).encode("utf-16-le")
    made = rewrite("a.zip", make_zip(("a.txt", wide)))
    assert read_zip(made.data).read("a.txt").decode("utf-16") == WANTED.decode()


def test_interruption_goes_up() -> None:
    """Only what is wrong with a member is told of it."""

    def broken(blocks: Iterable[Block]) -> Iterator[CleanedBlock]:
        raise KeyboardInterrupt
        yield

    rewriter = Rewriter(Reading(), broken, Heard())
    for name, data in {
        "a.zip": make_zip(("a.txt", TEXT)),
        "a.tar": make_tar(member("a.txt", TEXT)),
    }.items():
        with pytest.raises(KeyboardInterrupt):
            rewriter.rewrite(name, io.BytesIO(data), io.BytesIO())


def test_whole_archive_of_the_wrong_kind() -> None:
    for name, data in ("a.zip", TEXT), ("a.tar", TEXT * 99), ("a.tar", b"PK\3\4" * 200):
        with pytest.raises(InputError, match="archive, or damaged"):
            rewrite(name, data)


def test_scratch_is_left_empty(tmp_path: Path) -> None:
    big = SOUND * 150_000  # beyond what is kept in memory
    for name, data in {
        "a.zip": make_zip(("a.txt", big + TEXT), ("b.tar", make_tar(member("c.txt", TEXT)))),
        "a.tar": make_tar(member("a.txt", big + TEXT)),
    }.items():
        assert rewrite(name, data, scratch=tmp_path).changed
        assert list(tmp_path.iterdir()) == []


def test_many_members() -> None:
    members = ((f"{number}.txt", TEXT if number % 400 == 0 else b"x") for number in range(1000))
    made = rewrite("a.zip", make_zip(*members, method=zipfile.ZIP_STORED))
    assert len(made.heard.edits) == 3
    assert len(read_zip(made.data).namelist()) == 1000
    tar = make_tar(*(member(f"{number}.txt", b"x") for number in range(300)))
    assert rewrite("a.tar", tar).data == tar
