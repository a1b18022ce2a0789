"""Zip archives that are damaged, hostile or bombs: one line, and nothing else is touched."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from archive_files import (
    BINARY,
    METHODS,
    TEXT,
    WANTED,
    directory_at,
    local_parts,
    make_zip,
    read_zip,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from rewriting_tools import SOUND, rewrite

from vnclean.errors import InputError
from vnclean.formats.kinds import Reading


@pytest.mark.parametrize("method", METHODS)
def test_damaged_member_is_copied_and_the_rest_done(method: int) -> None:
    data = make_zip(("a.txt", SOUND * 50 + TEXT), ("b.txt", TEXT), method=method)
    old = local_parts(data)["a.txt"]
    failed = 0
    for at in range(40, len(old), 3):
        damaged = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
        made = rewrite("a.zip", damaged)
        assert zipfile.ZipFile(io.BytesIO(made.data)).read("b.txt") == WANTED
        assert ("a.zip!b.txt", "chống") in made.heard.edits
        if "a.zip!a.txt" in made.heard.failures:
            failed += 1
            assert "a.zip!a.txt" not in {path for path, _ in made.heard.edits}
            assert made.data[: len(old)] == damaged[: len(old)]
    assert failed > 5


def test_wrong_checksum() -> None:
    data = make_zip(("a.txt", TEXT))
    at = data.index(b"PK\1\2") + 16
    made = rewrite("a.zip", data[:at] + b"\0\0\0\0" + data[at + 4 :])
    assert made.heard.failures == {"a.zip!a.txt": "is damaged, get it anew (its checksum is wrong)"}
    assert made.heard.edits == [] and not made.changed


def test_truncated_anywhere() -> None:
    data = make_zip(("a.txt", TEXT), ("b/", b""), ("c.bin", BINARY))
    for size in range(0, len(data), 5):
        with pytest.raises(InputError, match="is no zip archive, or damaged"):
            rewrite("a.zip", data[:size])


_SMALL = make_zip(("a.txt", TEXT), ("b/", b""), ("c.bin", BINARY[-60:]))


@settings(max_examples=400)
@given(data=st.data())
def test_any_damage_is_a_failure_or_the_member_s(data: st.DataObject) -> None:
    archive = bytearray(_SMALL)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(archive) - 1))
        archive[at] = data.draw(st.integers(0, 255))
    try:
        made = rewrite("a.zip", bytes(archive), harmless=1 << 16)
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert made.changed or made.data == archive


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda data, at: data[:at] + b"PK\1\3" + data[at + 4 :], "its directory is broken"),
        (lambda data, at: data[:at + 42] + b"\7" + data[at + 43 :], "not where the directory says"),
        (lambda data, at: data[:-12] + b"\3" + data[-11:], "as many members as it says"),
        (lambda data, at: data[:-6] + b"\xff" + data[-5:], "cannot be where it should be"),
        (lambda data, at: data + b"more", "its end is missing"),
        (lambda data, at: data[:-18] + b"\1" + data[-17:], "split"),
    ],
)  # fmt: skip
def test_wrong_directory(damage: Callable[[bytes, int], bytes], reason: str) -> None:
    data = make_zip(("a.txt", TEXT), ("b.txt", SOUND))
    with pytest.raises(InputError, match=reason):
        rewrite("a.zip", damage(data, directory_at(data)))


def test_overlapping_members() -> None:
    """Two members of the directory that are the same bytes, as bombs have it."""
    data = make_zip(("a.txt", TEXT), ("a.tx2", TEXT))
    at = data.rindex(b"PK\1\2") + 42
    with pytest.raises(InputError, match="members that overlap"):
        rewrite("a.zip", data[:at] + bytes(4) + data[at + 4 :])


def test_another_name_where_it_lies() -> None:
    data = make_zip(("a.txt", TEXT), ("b.txt", TEXT))
    made = rewrite("a.zip", data.replace(b"a.txt", b"x.txt", 1))
    assert made.heard.failures == {"a.zip!a.txt": "is damaged: is called 'x.txt' where it lies"}
    assert made.heard.edits == [("a.zip!b.txt", "chống")]


HOSTILE = [
    "../../etc/passwd",
    "/etc/passwd",
    "a\nb.txt",
    "..\\x.txt",
    "C:\\x.txt",
    "-rf",
    "con.txt",
    "x" * 60_000,
]


def test_hostile_names_are_just_names(tmp_path: Path) -> None:
    data = make_zip(*((name, TEXT) for name in HOSTILE))
    made = rewrite("a.zip", data, scratch=tmp_path)
    assert read_zip(made.data).namelist() == read_zip(data).namelist()
    assert all(read_zip(made.data).read(name) == WANTED for name in HOSTILE)
    assert list(tmp_path.iterdir()) == []


def test_bomb() -> None:
    data = make_zip(("bomb.txt", b" " * 5_000_000), ("b.txt", TEXT))
    made = rewrite("a.zip", data, Reading(expansion=100), harmless=1 << 20)
    assert "more than 100 times its size" in made.heard.failures["a.zip!bomb.txt"]
    assert read_zip(made.data).read("b.txt") == WANTED
    assert local_parts(made.data)["bomb.txt"] == local_parts(data)["bomb.txt"]


def test_bomb_that_lies_about_its_size() -> None:
    data = make_zip(("bomb.txt", b" " * 5_000_000))
    honest = struct.pack("<L", 5_000_000)
    made = rewrite("a.zip", data.replace(honest, struct.pack("<L", 1000)))
    assert "longer than it should be" in made.heard.failures["a.zip!bomb.txt"]


def test_quine_like_nesting_ends() -> None:
    data = make_zip(("a.txt", TEXT))
    for _ in range(10):
        data = make_zip(("a.zip", data), ("a.txt", TEXT))
    made = rewrite("q.zip", data)
    assert made.heard.skips == {"q.zip!a.zip!a.zip": "nested too deep"}
    assert [path for path, _ in made.heard.edits] == ["q.zip!a.zip!a.txt", "q.zip!a.txt"]


def test_bomb_in_two_layers() -> None:
    """Each would do, together they do not."""
    inner = make_zip(("a.txt", b" " * 3_000_000))
    limits = {"reading": Reading(expansion=1100), "harmless": 1 << 20}
    one = rewrite("a.zip", make_zip(("b.zip", inner), method=zipfile.ZIP_STORED), **limits)
    assert not one.heard.failures
    both = rewrite("a.zip", make_zip(("b.zip", inner)), **limits)
    assert "more than 1,100 times" in both.heard.failures["a.zip!b.zip!a.txt"]
