"""Zip archives: what is not repaired stays as it is, compressed bytes and all."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zipfile
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
from rewriting_tools import SOUND, Pipe, rewrite, rewrite_stream

from vnclean.archives import zip_records


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
    at = directory_at(data)
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
    data = full()  # once: it holds the time of day
    made = rewrite_stream("a.zip", Pipe(data), scratch=tmp_path)
    assert made.changed
    assert made.data == rewrite("a.zip", data).data


def test_empty_archive() -> None:
    data = make_zip()
    made = rewrite("a.zip", data)
    assert not made.changed and made.data == data
