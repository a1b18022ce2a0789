"""One packed file or archive by the installed command: to stdout, into a file, in place."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from archive_files import make_zip
from command import DAMAGED, REPAIRED
from trees import clean


def packed(folder: Path, name: str = "a.txt.gz", content: bytes = DAMAGED) -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(content))
    return path


def zipped(folder: Path, name: str = "a.zip") -> Path:
    path = folder / name
    path.write_bytes(make_zip(("one.txt", DAMAGED), ("two.bin", b"\0\1\2")))
    return path


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_to_standard_output_it_is_packed_again(tmp_path: Path, jobs: str) -> None:
    packed(tmp_path)
    done = clean("-j", jobs, "a.txt.gz", cwd=tmp_path)
    assert (done.returncode, gzip.decompress(done.stdout)) == (0, REPAIRED), done.stderr


def test_an_archive_into_another_one(tmp_path: Path) -> None:
    zipped(tmp_path)
    done = clean("a.zip", "-o", "b.zip", "--report", "edits.jsonl", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr == b"vnclean: a.zip!two.bin: skipped: not text\n"
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert archive.read("one.txt") == REPAIRED
        assert archive.read("two.bin") == b"\0\1\2"
    edits = [json.loads(line) for line in (tmp_path / "edits.jsonl").read_text().splitlines()]
    assert [edit["path"] for edit in edits if edit.get("before")] == ["a.zip!one.txt"]


def test_an_archive_into_a_folder(tmp_path: Path) -> None:
    zipped(tmp_path)
    assert clean("a.zip", "-o", "out", "--quiet", cwd=tmp_path).returncode == 0
    with zipfile.ZipFile(tmp_path / "out" / "a.zip") as archive:
        assert archive.read("one.txt") == REPAIRED


def test_in_place(tmp_path: Path) -> None:
    path = packed(tmp_path)
    assert clean("-i", "--quiet", "a.txt.gz", cwd=tmp_path).returncode == 0
    assert gzip.decompress(path.read_bytes()) == REPAIRED
    assert [found.name for found in tmp_path.iterdir()] == ["a.txt.gz"]


@pytest.mark.parametrize("output", [[], ["-o", "b.txt.gz"]])
def test_what_is_cut_short_leaves_nothing(tmp_path: Path, output: list[str]) -> None:
    path = packed(tmp_path, content=DAMAGED * 1000)
    path.write_bytes(path.read_bytes()[:-20])
    done = clean("a.txt.gz", *output, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.startswith(b"vnclean: a.txt.gz: ") and done.stderr.count(b"\n") == 1
    assert [found.name for found in tmp_path.iterdir()] == ["a.txt.gz"]


def test_what_is_in_it_is_no_text(tmp_path: Path) -> None:
    packed(tmp_path, content=b"\0" * 100)
    done = clean("a.txt.gz", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.startswith(b"vnclean: a.txt.gz: what is in it is a binary file")


def test_several_at_once_need_a_folder(tmp_path: Path) -> None:
    packed(tmp_path)
    zipped(tmp_path)
    done = clean("a.txt.gz", "a.zip", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.count(b"-o DIR") == 2
