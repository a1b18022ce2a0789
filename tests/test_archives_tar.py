"""Tar archives: a repaired member has another size, every other byte stays as it is."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from archive_files import BINARY, PACK, TEXT, UNPACK, WANTED, make_tar, member, read_tar
from hypothesis import given, settings
from hypothesis import strategies as st
from rewriting_tools import SOUND, Pipe, rewrite, rewrite_stream

from vnclean.archives import tar_headers
from vnclean.errors import InputError

FORMATS = tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT
EACH_FORMAT = pytest.mark.parametrize("form", FORMATS)


def facts(info: tarfile.TarInfo) -> dict[str, object]:
    """All that is said of a member, but what depends on its content."""
    said = info.get_info() | {"sparse": info.sparse, "pax": dict(info.pax_headers)}
    said.pop("size")
    said.pop("chksum")
    return said


def full(form: int) -> bytes:
    """With all that an archive of that form may have."""
    long = "x" * 90 + "/" + "y" * 90
    more = [
        member(f"{long}.txt", TEXT),
        member("tên.txt", TEXT, mtime=5, mode=0o600, uid=12, gid=13, uname="bình", gname="nhóm"),
        member("dev", type=tarfile.CHRTYPE, devmajor=1, devminor=3),
        member("block", type=tarfile.BLKTYPE, devmajor=8, devminor=1),
        member("fifo", type=tarfile.FIFOTYPE),
        member("link", type=tarfile.SYMTYPE, linkname="../../chng"),
        member("hard", type=tarfile.LNKTYPE, linkname="a.txt"),
        member("thư mục", type=tarfile.DIRTYPE),
        member("empty.txt"),
    ]
    if form != tarfile.USTAR_FORMAT:
        more.append(member(long * 3, SOUND))
        more.append(member("far", type=tarfile.SYMTYPE, linkname=long * 3))
    if form == tarfile.PAX_FORMAT:
        said = {"comment": "chng", "my.own": "1"}
        more.append(member("pax.txt", TEXT, mtime=1.25, pax_headers=said))
    start = [member("a.txt", SOUND), member("b.bin", BINARY)]
    return make_tar(*start, *more, member("z.txt", TEXT), form=form)


@EACH_FORMAT
def test_only_what_is_repaired_differs(form: int) -> None:
    data = full(form)
    made = rewrite("a.tar", data)
    assert made.changed and not made.heard.failures
    before, after = read_tar(data), read_tar(made.data)
    for (info, content), (again, new) in zip(before, after, strict=True):
        assert facts(again) == facts(info)
        assert new == (WANTED if content == TEXT else content)
    assert made.heard.skips == {"a.tar!b.bin": "not text"}
    repaired = [f"a.tar!{info.name}" for info, content in before if content == TEXT]
    assert [path for path, _ in made.heard.edits] == repaired
    first = data.index(TEXT)
    assert made.data[: first - 1536] == data[: first - 1536]


@EACH_FORMAT
def test_nothing_changed_is_the_same_file(form: int) -> None:
    data = rewrite("a.tar", full(form)).data
    made = rewrite("a.tar", data)
    assert not made.changed
    assert made.data == data


@pytest.mark.parametrize("form", ["gnu", "pax", "ustar", "v7", "oldgnu"])
def test_system_tool(form: str, tmp_path: Path) -> None:
    tar = shutil.which("tar")
    if not tar:
        pytest.skip("tar is not installed")
    folder = tmp_path / "in"
    folder.mkdir()
    for name, content in ("a.txt", TEXT), ("b.txt", SOUND), ("c.bin", BINARY):
        (folder / name).write_bytes(content)
    os.mkfifo(folder / "fifo")
    if form not in ("v7", "ustar"):
        (folder / ("x" * 150 + ".txt")).write_bytes(TEXT)
    with (folder / "sparse.txt").open("wb") as file:
        file.seek(5_000_000)
        file.write(TEXT)
    made_by = [tar, "-cf", "a.tar", f"--format={form}", "--exclude=fifo"]
    sparse = ["--sparse"] if form not in ("v7", "ustar") else ["--exclude=sparse.txt"]
    done = subprocess.run([*made_by, *sparse, "in"], cwd=tmp_path, capture_output=True)
    if done.returncode:
        pytest.skip("this tar has no such form")
    data = (tmp_path / "a.tar").read_bytes()
    made = rewrite("a.tar", data)
    (tmp_path / "b.tar").write_bytes(made.data)
    (tmp_path / "out").mkdir()
    subprocess.run([tar, "-xf", "../b.tar"], cwd=tmp_path / "out", check=True)
    out = tmp_path / "out" / "in"
    assert (out / "a.txt").read_bytes() == WANTED
    assert (out / "b.txt").read_bytes() == SOUND
    assert (out / "c.bin").read_bytes() == BINARY
    if sparse == ["--sparse"]:
        assert (out / ("x" * 150 + ".txt")).read_bytes() == WANTED
        assert (out / "sparse.txt").read_bytes() == (folder / "sparse.txt").read_bytes()
        assert [reason for path, reason in made.heard.skips.items() if "sparse" in path]
    assert rewrite("a.tar", made.data).data == made.data


HOSTILE = ["../../etc/passwd", "/etc/passwd", "a\nb.txt", "c\udced.txt", "-rf", "x" * 60_000]


@pytest.mark.parametrize("form", FORMATS[1:])
def test_hostile_names_are_just_names(form: int, tmp_path: Path) -> None:
    names = [name for name in HOSTILE if form == tarfile.GNU_FORMAT or "\udced" not in name]
    data = make_tar(*(member(name, TEXT) for name in names), form=form)
    made = rewrite("a.tar", data, scratch=tmp_path)
    assert [(info.name, content) for info, content in read_tar(made.data)] == [
        (name, WANTED) for name in names
    ]
    assert [path for path, _ in made.heard.edits] == [f"a.tar!{name}" for name in names]
    assert list(tmp_path.iterdir()) == []


def test_link_out_of_the_tree_and_file_through_it() -> None:
    data = make_tar(
        member("out", type=tarfile.SYMTYPE, linkname="/etc"),
        member("out/passwd", TEXT),
        member("out/passwd", SOUND),
    )
    assert [content for _, content in read_tar(rewrite("a.tar", data).data)] == [
        None,
        WANTED,
        SOUND,
    ]


def test_blocks_after_the_end_are_kept() -> None:
    data = make_tar(member("a.txt", TEXT)) + b"more" * 999
    assert rewrite("a.tar", data).data.endswith(bytes(1024) + b"more" * 999)


def test_end_may_be_missing() -> None:
    data = make_tar(member("a.txt", TEXT))[:1024]
    assert rewrite("a.tar", data).changed


@EACH_FORMAT
def test_truncated_anywhere(form: int) -> None:
    data = full(form)
    end = data.index(TEXT, data.rindex(b"z.txt")) + len(TEXT)
    for size in range(1, end, 173):
        if size % 512:
            with pytest.raises(InputError, match=r"truncated|damaged"):
                rewrite("a.tar", data[:size])


def test_truncated_in_a_member() -> None:
    data = make_tar(member("a.txt", TEXT * 99))
    for size in 512, 1024, 2048:
        with pytest.raises(InputError, match="ends in the middle of a member; it is truncated"):
            rewrite("a.tar", data[:size])


@settings(max_examples=300)
@given(data=st.data())
def test_any_damage_is_one_failure(data: st.DataObject) -> None:
    archive = bytearray(_SMALL)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(archive) - 1))
        archive[at] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):  # else most damage is seen at once, by the checksum
        for at in range(0, len(archive), 512):
            block = archive[at : at + 512]
            if b"ustar" in block:
                block[148:156] = b" " * 8
                fixed = b"%06o\0 " % sum(block)
                archive[at + 148 : at + 156] = fixed
    try:
        made = rewrite("a.tar", bytes(archive))
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert made.changed or made.data == archive


_SMALL = make_tar(
    member("a.txt", TEXT), member("pax.txt", TEXT, mtime=1.5), member("x" * 120, SOUND)
)[:-8192]


@pytest.mark.parametrize("old", [b"00000000201\0", b"00000000201 ", b"        201 "])
@pytest.mark.parametrize("size", [0, 7, 8**11 - 1, 8**11, 1 << 60])
def test_sizes(old: bytes, size: int) -> None:
    info, _ = member("a.txt", TEXT)
    block = bytearray(info.tobuf(tarfile.USTAR_FORMAT))
    block[124:136] = old
    changed = tar_headers.with_size(bytes(block), size)
    again = tarfile.TarInfo.frombuf(changed, "utf-8", "surrogateescape")
    assert (again.size, again.name) == (size, "a.txt")


@pytest.mark.parametrize("size", [0, 9, 10, 95, 99_999_999, 1 << 40])
def test_sizes_in_pax_headers(size: int) -> None:
    data = b"11 size=10\n20 comment=chng \xe1\xbb\x95\n"
    info, _ = member("x", data, type=tarfile.XHDTYPE)
    header = tar_headers.parse(info.tobuf(tarfile.USTAR_FORMAT))
    block, new = tar_headers.with_pax_size(header, data, size)
    records = tar_headers.pax_records(new[: tar_headers.parse(block).size])
    assert records == {"size": b"%d" % size, "comment": "chng ổ".encode()}
    assert len(new) % 512 == 0


def test_size_that_only_the_pax_header_has() -> None:
    info, _ = member("a.txt", TEXT, pax_headers={"size": str(len(TEXT))})
    data = bytearray(make_tar((info, TEXT)))
    made = rewrite("a.tar", bytes(data))
    assert [content for _, content in read_tar(made.data)] == [WANTED]


@pytest.mark.parametrize("end", ["tgz", "tar.gz", "tar.bz2", "tar.xz", "tar.zst"])
def test_packed(end: str) -> None:
    packing = "gz" if end == "tgz" else end.rpartition(".")[2]
    plain = full(tarfile.PAX_FORMAT)
    made = rewrite(f"a.{end}", PACK[packing](plain))
    assert UNPACK[packing](made.data) == rewrite("a.tar", plain).data


def test_damage_of_the_packing_is_no_damage_of_a_member() -> None:
    packed = gzip.compress(make_tar(member("a.txt", TEXT), member("b.bin", BINARY)))
    for size in range(20, len(packed), 97):
        with pytest.raises(InputError, match="truncated"):
            rewrite("a.tgz", packed[:size])


def test_pipe() -> None:
    data = full(tarfile.GNU_FORMAT)
    made = rewrite_stream("a.tar", Pipe(data))
    assert made.changed
    assert made.data == rewrite("a.tar", data).data
