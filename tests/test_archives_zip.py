"""Zip archives: what is not repaired stays as it is, compressed bytes and all."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from archive_files import BINARY, TEXT, WANTED, local_parts, make_zip, read_zip
from hypothesis import given, settings
from hypothesis import strategies as st
from rewriting_tools import SOUND, Heard, Pipe, clean, rewrite

from vnclean.archives import zip_records
from vnclean.errors import InputError
from vnclean.formats.kinds import Reading
from vnclean.rewriting import Rewriter

METHODS = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA


def full() -> bytes:
    """With all that an archive may have."""
    file = io.BytesIO(b"#!/bin/sh\nit begins with a program\n")
    file.seek(0, 2)
    with zipfile.ZipFile(file, "w") as archive:
        for number, method in enumerate(METHODS):
            info = zipfile.ZipInfo(f"năm/{number}.txt", (2001, 2, 3, 4, 5, 6 + 2 * number))
            info.compress_type, info.comment = method, f"số {number}".encode()
            info.extra, info.external_attr = b"\x34\x12\x02\0hi", 0o640 << 16 | 0x20
            info.create_system, info.internal_attr = 3, 1
            archive.writestr(info, TEXT if number % 2 else SOUND)
            archive.writestr(f"bin/{number}", BINARY, method)
        archive.writestr("thư mục/", b"")
        archive.writestr("trống.txt", b"")
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, b"chng")
        archive.comment = b"of all"
    return file.getvalue()


def facts(info: zipfile.ZipInfo) -> dict[str, object]:
    """All that is said of a member, but what depends on its content."""
    kept = set(info.__slots__) - {"CRC", "compress_size", "file_size", "header_offset"}
    kept -= {"orig_file_size", "_end_offset"}
    return {name: getattr(info, name) for name in sorted(kept) if hasattr(info, name)}


def test_only_what_is_repaired_differs() -> None:
    data = full()
    made = rewrite("a.zip", data)
    before, after = read_zip(data), read_zip(made.data)
    assert made.changed
    assert after.namelist() == before.namelist()
    assert after.comment == before.comment
    old, new = local_parts(data), local_parts(made.data)
    repaired = {"năm/1.txt", "năm/3.txt"}
    for info, again in zip(before.infolist(), after.infolist(), strict=True):
        assert facts(again) == facts(info)
        if info.filename in repaired:
            assert after.read(again) == WANTED
        else:
            assert new[info.filename] == old[info.filename]
    assert [path for path, _ in made.heard.edits] == [f"a.zip!{name}" for name in sorted(repaired)]
    assert made.heard.skips == {f"a.zip!bin/{number}": "not text" for number in range(4)}
    assert not made.heard.failures
    assert made.data.startswith(b"#!/bin/sh\nit begins with a program\nPK")


def test_nothing_changed_is_the_same_file() -> None:
    data = rewrite("a.zip", full()).data
    made = rewrite("a.zip", data)
    assert not made.changed
    assert made.data == data


@pytest.mark.parametrize("arguments", [["-q"], ["-q", "-0"], ["-q", "-fd"], ["-q", "-fz"]])
def test_system_tools(arguments: list[str], tmp_path: Path) -> None:
    if not (shutil.which("zip") and shutil.which("unzip")):
        pytest.skip("zip and unzip are not installed")
    (tmp_path / "in").mkdir()
    for name, content in ("a.txt", TEXT), ("b.txt", SOUND), ("c.bin", BINARY):
        (tmp_path / "in" / name).write_bytes(content)
    subprocess.run(["zip", *arguments, "-r", "a.zip", "in"], cwd=tmp_path, check=True)
    data = (tmp_path / "a.zip").read_bytes()
    made = rewrite("a.zip", data)
    (tmp_path / "b.zip").write_bytes(made.data)
    subprocess.run(["unzip", "-tq", "b.zip"], cwd=tmp_path, check=True, capture_output=True)
    assert read_zip(made.data).read("in/a.txt") == WANTED
    assert local_parts(made.data)["in/c.bin"] == local_parts(data)["in/c.bin"]
    again = rewrite("a.zip", made.data)
    assert again.data == made.data


def test_streamed_archive_with_sizes_after_the_members() -> None:
    class Unseekable(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object, /) -> int:
            self.data += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    file = Unseekable()
    with zipfile.ZipFile(file, "w", 8) as archive:  # type: ignore[arg-type]
        for name, content in ("a.txt", TEXT), ("b.txt", SOUND), ("c.txt", TEXT):
            archive.writestr(name, content)
    made = rewrite("a.zip", file.data)
    assert b"PK\x07\x08" in file.data
    assert [read_zip(made.data).read(name) for name in ("a.txt", "b.txt", "c.txt")] == [
        WANTED, SOUND, WANTED
    ]  # fmt: skip
    assert local_parts(made.data)["b.txt"] == local_parts(file.data)["b.txt"]
    assert local_parts(made.data)["a.txt"].count(b"PK") == 1  # its sizes are where they belong


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


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice() -> None:
    made = rewrite("a.zip", make_zip(("a.txt", TEXT), ("a.txt", SOUND), ("a.txt", TEXT)))
    archive = read_zip(made.data)
    assert [archive.read(info) for info in archive.infolist()] == [WANTED, SOUND, WANTED]


@pytest.mark.parametrize("name", [b"c\xeda.txt", "cửa.txt".encode()])
@pytest.mark.parametrize("flag", [0, 0x800])
def test_bytes_of_names(name: bytes, flag: int) -> None:
    data = make_zip(("x" * len(name), TEXT)).replace(b"x" * len(name), name)
    data = data.replace(b"PK\3\4\x14\0\0\0", b"PK\3\4\x14\0" + struct.pack("<H", flag))
    data = data.replace(b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0" + struct.pack("<H", flag))
    made = rewrite("a.zip", data)
    assert made.heard.edits == [("a.zip!" + name.decode("utf-8", "surrogateescape"), "chống")]
    assert made.data.count(name) == 2
    directory = made.data.index(b"PK\1\2")
    assert struct.unpack_from("<H", made.data, 6) == (flag,)
    assert struct.unpack_from("<H", made.data, directory + 8) == (flag,)


def test_encrypted_and_unknown_members_are_copied() -> None:
    data = bytearray(make_zip(("a.txt", TEXT), ("b.txt", TEXT), ("c.txt", TEXT)))
    entries = [at for at in range(len(data)) if data[at : at + 4] == b"PK\1\2"]
    data[entries[0] + 8] |= 1
    data[entries[1] + 10] = 97
    made = rewrite("a.zip", bytes(data))
    assert made.heard.skips == {
        "a.zip!a.txt": "encrypted",
        "a.zip!b.txt": "compressed by a method that is not known (97)",
    }
    assert made.heard.edits == [("a.zip!c.txt", "chống")]
    assert made.data[: made.data.index(b"c.txt")][:-26] == data[: data.index(b"c.txt")][:-26]


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


_SMALL = make_zip(("a.txt", TEXT), ("b/", b""), ("c.bin", BINARY[-60:])) + b""


def _directory_at(data: bytes) -> int:
    return data.index(b"PK\1\2")


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
        rewrite("a.zip", damage(data, _directory_at(data)))


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


def test_zip64() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", 8) as archive:
        for name, content in ("a.txt", TEXT), ("b.txt", SOUND):
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as member:
                member.write(content)
    made = rewrite("a.zip", file.getvalue())
    assert read_zip(made.data).read("a.txt") == WANTED
    assert rewrite("a.zip", made.data).data == made.data


def test_zip64_end_and_offsets() -> None:
    """As an archive beyond 4 GiB has them, in a small one."""
    data = make_zip(("a.txt", TEXT), ("b.txt", SOUND))
    at = _directory_at(data)
    end = data.rindex(b"PK\5\6")
    second = data.rindex(b"PK\1\2")
    offset = struct.unpack_from("<L", data, second + 42)[0]
    extra = struct.pack("<2HQ", 1, 8, offset)
    record = data[second:end]
    record = record[:30] + struct.pack("<H", len(extra)) + record[32:42] + b"\xff" * 4
    records = data[at:second] + record + b"b.txt" + extra
    long = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 2, 2, len(records), at)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, at + len(records), 1)
    short = data[end : end + 8] + b"\xff" * 12 + b"\0\0"
    data = data[:at] + records + long + locator + short
    made = rewrite("a.zip", data)
    assert [read_zip(made.data).read(name) for name in ("a.txt", "b.txt")] == [WANTED, SOUND]
    assert rewrite("a.zip", made.data).data == made.data


def test_long_numbers_where_there_were_none() -> None:
    """Members, and a directory, that move beyond 4 GiB."""
    directory = zip_records.read_directory(io.BytesIO(make_zip(("a.txt", TEXT))))
    entry = directory.entry(0)
    far = zip_records.Numbers(1, 1 << 32, 1 << 33, 1 << 34)
    record = zip_records.central_record(entry, far, entry.flags)
    end = zip_records.end_records(directory, len(record), 1 << 35)
    again = zip_records._entry(record, 0)
    assert again.numbers == far and again.name == b"a.txt"
    assert struct.unpack_from("<Q", end, 48) == (1 << 35,)
    assert end[56:60] == b"PK\6\7" and end[-6:-2] == b"\xff" * 4
    info = zipfile.ZipInfo("a.txt")
    info.file_size, info.compress_size, info.CRC = 10, 9, 1
    local = zip_records.local_record(info.FileHeader(), far, 0)
    assert struct.unpack_from("<2H2Q", local, 35) == (1, 16, 1 << 33, 1 << 32)


def test_pipe(tmp_path: Path) -> None:
    heard, sink = Heard(), io.BytesIO()
    rewriter = Rewriter(Reading(), clean, heard, scratch=tmp_path)
    assert rewriter.rewrite("a.zip", Pipe(full()), sink)
    assert sink.getvalue() == rewrite("a.zip", full()).data


def test_empty_archive() -> None:
    data = make_zip()
    made = rewrite("a.zip", data)
    assert not made.changed and made.data == data
