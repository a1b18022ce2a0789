"""``vnclean undo`` and ``vnclean apply`` by the installed command, after real runs of clean."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from archive_files import make_zip, read_zip
from command import DAMAGED, REPAIRED, VNCLEAN
from test_encodings import TEXT, in_code_page
from trees import clean, strays, tree

#: What each of these options is for, and a damaged mark.
ACROSS = "Họ phòng chng dịch b-\nệnh.\nTrang chủ | Liên hệ | Đăng nhập\nĐể hoà thuận.\n"


def run(*args: str, cwd: Path, code: int = 0) -> str:
    """What the command says on stderr, ending with ``code``."""
    done = subprocess.run([VNCLEAN, *args], cwd=cwd, capture_output=True, check=False)
    assert done.returncode == code, done.stderr.decode()
    return done.stderr.decode()


def lines(report: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in report.read_bytes().splitlines()]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder ``in`` of many files of many kinds, some of them sound, cleaned in place.

    ``before`` holds what they were, ``r.jsonl`` the report.
    """
    here = tmp_path_factory.mktemp("once")
    place = here / "in"
    for number in range(12):
        folder = place / ["", "a", "a/b"][number % 3]
        folder.mkdir(parents=True, exist_ok=True)
        content = DAMAGED * (number % 4) + REPAIRED
        (folder / f"{number:02}.txt").write_bytes(content)
    (place / "legacy.txt").write_bytes(in_code_page("tcvn3", TEXT))
    (place / "windows.csv").write_bytes(b"\xef\xbb\xbfid;x,text\r\n1," + DAMAGED.strip() + b"\r\n")
    (place / "bytes.md").write_bytes(b"\xff\xc3 " + DAMAGED + b"\xa9")
    (place / "all.zip").write_bytes(make_zip(("b.txt", DAMAGED), ("c.bin", b"\0\1")))
    (place / "image.png").write_bytes(b"\x89PNG\0")
    shutil.copytree(place, here / "before")
    assert clean("-i", "in", "--report", "r.jsonl", cwd=here).returncode == 0
    return here


@pytest.fixture
def here(once: Path, tmp_path: Path) -> Path:
    """A copy of that for one test."""
    return Path(shutil.copytree(once, tmp_path / "here"))


def test_many_files_in_place_and_back(here: Path) -> None:
    before = tree(here / "before")
    after = tree(here / "in")
    assert after != before
    told = lines(here / "r.jsonl")
    count = sum(line["kind"] not in ("report", "encoding", "file") for line in told)
    says = run("undo", "r.jsonl", cwd=here)
    assert says == f"vnclean: undone: {count + 1} edits in 13 files\n"  # and one code page
    assert tree(here / "in") == before
    assert strays(here) == []
    assert "nothing to undo" in run("undo", "r.jsonl", cwd=here, code=3)
    assert tree(here / "in") == before


def test_a_file_that_changed_is_named_and_the_rest_is_done(here: Path) -> None:
    before = tree(here / "before")
    changed, gone = here / "in/a/01.txt", here / "in/a/b/02.txt"
    changed.write_bytes(changed.read_bytes() + "Thêm một dòng.\n".encode())
    gone.unlink()
    kept = changed.read_bytes()
    says = run("undo", "r.jsonl", cwd=here, code=3).splitlines()
    assert says[:2] == [
        "vnclean: in/a/01.txt: has changed since; only what vnclean wrote can be undone, as long as"
        " it stays that",
        "vnclean: in/a/b/02.txt: no such file or directory; check the name",
    ]
    assert changed.read_bytes() == kept
    assert {**tree(here / "in"), "a/01.txt": b"", "a/b/02.txt": b""} == {
        **before, "a/01.txt": b"", "a/b/02.txt": b""
    }  # fmt: skip
    left = {line["path"] for line in lines(here / "r.jsonl") if line["applied"]}
    assert left == {"in/a/01.txt", "in/a/b/02.txt"}


def test_some_and_then_the_rest(here: Path) -> None:
    before = tree(here / "before")
    run("undo", "r.jsonl", "--file", "in/a/*", cwd=here)
    partly = tree(here / "in")
    assert partly["a/01.txt"] == before["a/01.txt"]
    assert partly["03.txt"] == REPAIRED * 4
    run("undo", "r.jsonl", "--kind", "tcvn3", "--kind", "encoding", cwd=here)
    assert tree(here / "in")["legacy.txt"] == before["legacy.txt"]
    third = next(n for n, line in enumerate(lines(here / "r.jsonl"), 1) if "03" in line["path"])
    run("undo", "r.jsonl", "--edit", f"{third + 1}", cwd=here)
    assert tree(here / "in")["03.txt"] == REPAIRED + DAMAGED + REPAIRED * 2
    run("undo", "r.jsonl", cwd=here)
    assert tree(here / "in") == before


def test_copies_elsewhere_and_a_dry_run(here: Path) -> None:
    before = tree(here / "before")
    args = "-o", "out", "before", "--report", "r.jsonl"
    assert clean(*args, cwd=here).returncode == 0
    after, told = tree(here / "out"), (here / "r.jsonl").read_bytes()
    done = subprocess.run(
        [VNCLEAN, "undo", "r.jsonl", "--dry-run"], cwd=here, capture_output=True, check=True
    )
    assert b"out/a/01.txt: 1 edit\n" in done.stdout
    assert tree(here / "out") == after
    assert "is a file of the report" in run(
        "undo", "r.jsonl", "--report", "out/a/01.txt", cwd=here, code=2
    )
    run("undo", "r.jsonl", "-o", "back", "--report", "new.jsonl", cwd=here)
    back = tree(here / "back/before")
    assert {name: back[name] for name in back} == {name: before[name] for name in back}
    assert "all.zip" in back and "image.png" not in back
    assert (tree(here / "out"), (here / "r.jsonl").read_bytes()) == (after, told)
    assert {line["output"] for line in lines(here / "new.jsonl") if line["kind"] == "file"} >= {
        "back/before/a/01.txt"
    }
    assert "exists already" in run("undo", "r.jsonl", "-o", "back", cwd=here, code=3)
    (here / "out/a/01.txt").unlink()
    run("apply", "r.jsonl", cwd=here)
    assert tree(here / "out") == after
    assert (here / "r.jsonl").read_bytes() == told


def test_a_reviewed_report(here: Path) -> None:
    before = tree(here / "before")
    shutil.copy(here / "r.jsonl", here / "reviewed.jsonl")
    told = (here / "reviewed.jsonl").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in told if '"in/all.zip!' not in line]
    (here / "reviewed.jsonl").write_text("".join(kept).replace("chống", "trống"), "utf-8")
    assert "is repaired already" in run("apply", "reviewed.jsonl", cwd=here, code=3)
    run("undo", "r.jsonl", cwd=here)
    run("apply", "reviewed.jsonl", cwd=here)
    found = tree(here / "in")
    assert found["03.txt"] == REPAIRED.replace("chống".encode(), "trống".encode()) * 3 + REPAIRED
    assert found["all.zip"] == before["all.zip"]
    run("undo", "reviewed.jsonl", cwd=here)
    assert tree(here / "in") == before


@pytest.mark.parametrize("way", ["stdin", "stdout", "file", "in place", "packed", "several"])
def test_single_files(way: str, tmp_path: Path) -> None:
    original, out = tmp_path / "a.txt", tmp_path / "out.txt"
    original.write_bytes(DAMAGED)
    if way == "packed":
        original, out = tmp_path / "a.zip", tmp_path / "out.zip"
        original.write_bytes(make_zip(("b.txt", DAMAGED)))
    args = {
        "stdin": ["<"],
        "stdout": ["a.txt", ">"],
        "file": ["a.txt", "-o", "out.txt"],
        "in place": ["-i", "a.txt"],
        "packed": ["a.zip", "-o", "out.zip"],
        "several": ["a.txt", "a.txt", "-o", "out.txt"],
    }[way]
    with original.open("rb") as stdin:
        words = [word for word in args if word not in "<>"]
        done = subprocess.run(
            [VNCLEAN, "clean", "--report", "r.jsonl", *words],
            cwd=tmp_path, stdin=stdin, capture_output=True, check=True,
        )  # fmt: skip
    if way in ("stdin", "stdout"):
        out.write_bytes(done.stdout)
        assert "did not become a file of its own" in run("undo", "r.jsonl", cwd=tmp_path, code=3)
        run("apply", "r.jsonl", "a.txt", "-o", "again.txt", cwd=tmp_path)
        assert (tmp_path / "again.txt").read_bytes() == REPAIRED
        run("undo", "r.jsonl", "out.txt", cwd=tmp_path)
        assert out.read_bytes() == DAMAGED
    elif way == "several":
        assert "tells of it twice" in run("undo", "r.jsonl", cwd=tmp_path, code=3)
    else:
        place = original if way == "in place" else out
        after = place.read_bytes()
        run("undo", "r.jsonl", "--report", "undone.jsonl", cwd=tmp_path)
        assert place.read_bytes() == (original.read_bytes() if way == "packed" else DAMAGED)
        assert "nothing to undo" in run("undo", "undone.jsonl", cwd=tmp_path, code=3)
        run("apply", "r.jsonl", cwd=tmp_path)
        assert place.read_bytes() == after


@pytest.mark.parametrize(
    "options", [["--join-lines", "--drop-boilerplate"], ["--tone-style", "new"], ["-j", "2"]]
)
def test_every_stage_comes_back(options: list[str], tmp_path: Path) -> None:
    before = (ACROSS * 3).encode()
    (tmp_path / "a.txt").write_bytes(before)
    (tmp_path / "b.txt").write_bytes(
        b"&ocirc;ng gi\xc3\xa0 ti\xe1\xba\xbfng Vi\xc3\x83\xc2\xaat\r\n"
    )
    other = (tmp_path / "b.txt").read_bytes()
    run("clean", "-i", "a.txt", "b.txt", "--report", "r.jsonl", *options, cwd=tmp_path)
    assert (tmp_path / "a.txt").read_bytes() != before
    run("undo", "r.jsonl", "--edit", "2", cwd=tmp_path)
    run("undo", "r.jsonl", cwd=tmp_path)
    assert (tmp_path / "a.txt").read_bytes() == before
    assert (tmp_path / "b.txt").read_bytes() == other


def test_a_backup_is_taken_where_packing_anew_differs(tmp_path: Path) -> None:
    data = gzip.compress(DAMAGED, 1)
    (tmp_path / "a.txt.gz").write_bytes(data)
    run("clean", "-i", "--backup", ".bak", "--quiet", "a.txt.gz", "--report", "r", cwd=tmp_path)
    assert (tmp_path / "a.txt.gz").read_bytes() != data
    run("undo", "r", cwd=tmp_path)
    assert (tmp_path / "a.txt.gz").read_bytes() == data


def test_a_report_that_cannot_be_written_stops_everything(here: Path) -> None:
    after = tree(here / "in")
    assert "no/r.jsonl" in run("undo", "r.jsonl", "--report", "no/r.jsonl", cwd=here, code=3)
    assert tree(here / "in") == after


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_may_not_be_written(here: Path) -> None:
    (here / "in/03.txt").chmod(0o444)
    assert "in/03.txt: permission denied" in run("undo", "r.jsonl", cwd=here, code=3)
    assert read_zip((here / "in/all.zip").read_bytes()).read("b.txt") == DAMAGED
