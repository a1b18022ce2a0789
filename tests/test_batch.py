"""Whole trees by the installed command: what is done, what is left out, what is refused."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from command import DAMAGED, REPAIRED
from trees import begun, clean, make_tree, strays, tree


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a small tree in it."""
    for name in "in/a.txt", "in/sub/b.txt", "in/sub/deep/c.txt":
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(DAMAGED)
    (tmp_path / "in/sound.txt").write_bytes(REPAIRED)
    (tmp_path / "in/image.png").write_bytes(b"\x89PNG\0\0")
    (tmp_path / "in/empty").mkdir()
    return tmp_path


CLEAN = {
    "a.txt": REPAIRED,
    "empty": None,
    "image.png": b"\x89PNG\0\0",
    "sound.txt": REPAIRED,
    "sub": None,
    "sub/b.txt": REPAIRED,
    "sub/deep": None,
    "sub/deep/c.txt": REPAIRED,
}


def summary(here: Path) -> Any:
    return json.loads((here / "s.json").read_text("utf-8"))


def test_a_folder_is_mirrored(here: Path) -> None:
    before = tree(here / "in")
    done = clean("-o", "out", "in", "--report", "r.jsonl", "--summary-json", "s.json", cwd=here)
    assert done.returncode == 0, done.stderr
    assert (tree(here / "out"), tree(here / "in")) == (CLEAN, before)
    assert strays(here) == []
    paths = [json.loads(line)["path"] for line in (here / "r.jsonl").read_bytes().splitlines()]
    assert paths == ["", "in/a.txt", "in/sub/b.txt", "in/sub/deep/c.txt"]
    told = summary(here)
    assert told["files"]["done"] == 5 and told["files"]["not_text"] == 1
    assert told["repairs"] == {"lost-letters": 3}
    assert told["commonest_repairs"] == [{"before": "chng", "after": "chống", "count": 3}]
    assert told["skipped"] == [{"path": "in/image.png", "reason": "not text: copied as it is"}]


def test_modes_and_times_are_kept(here: Path) -> None:
    (here / "in/a.txt").chmod(0o640)
    (here / "in/sub/deep").chmod(0o555)
    for name in "in/a.txt", "in/sound.txt", "in/image.png", "in/sub/deep", "in/sub", "in/empty":
        os.utime(here / name, ns=(10**18, 10**18 + len(name)))
    for _ in range(2):  # a folder that may not be written to can still be gone on with
        assert clean("-o", "out", "in", "--resume", cwd=here).returncode == 0
        for name in CLEAN:
            old, new = (here / "in" / name).stat(), (here / "out" / name).stat()
            assert stat.S_IMODE(old.st_mode) == stat.S_IMODE(new.st_mode), name
            assert old.st_mtime_ns == new.st_mtime_ns, name
        (here / "out/sub/deep/c.txt").unlink()


def test_in_place_with_backups(here: Path) -> None:
    done = clean("-i", "--backup", ".bak", "in", "--report", "r.jsonl", cwd=here)
    assert done.returncode == 0, done.stderr
    backups = {f"{name}.bak": DAMAGED for name in ("a.txt", "sub/b.txt", "sub/deep/c.txt")}
    assert tree(here / "in") == CLEAN | backups
    assert (here / "in/.vnclean").is_dir() and strays(here) == []
    assert len((here / "r.jsonl").read_bytes().splitlines()) == 4


def test_several_inputs_go_under_their_own_names(here: Path) -> None:
    (here / "letter.txt").write_bytes(DAMAGED)
    assert clean("-o", "out/", "in", "letter.txt", cwd=here).returncode == 0
    assert tree(here / "out") == {"in": None, "letter.txt": REPAIRED} | {
        f"in/{name}": data for name, data in CLEAN.items()
    }


def test_two_inputs_of_one_name_are_refused(here: Path) -> None:
    (here / "a.txt").write_bytes(DAMAGED)
    done = clean("-o", "out/", "a.txt", "in/a.txt", cwd=here)
    assert (done.returncode, b"both would be a.txt" in done.stderr) == (2, True)
    assert not (here / "out").exists()


@pytest.mark.parametrize("end", ["\n", "\0"])
def test_listed_files_keep_their_folders(here: Path, end: str) -> None:
    listed = end.join(["in/sub/b.txt", "./in/a.txt", "gone.txt", ""]).encode()
    done = clean("-o", "out", "--files-from", "-", "--quiet", cwd=here, input=listed)
    assert done.returncode == 3
    assert done.stderr == b"vnclean: gone.txt: no such file or directory; check the name\n"
    assert [name for name, data in tree(here / "out").items() if data] == [
        "in/a.txt",
        "in/sub/b.txt",
    ]


def test_a_pattern_that_no_shell_has_expanded(here: Path) -> None:
    assert clean("-o", "out/", "in/*/b.t?t", cwd=here).returncode == 0
    assert tree(here / "out") == {"b.txt": REPAIRED}


def test_what_is_left_out_is_named(here: Path) -> None:
    (here / "in/.hidden").write_bytes(DAMAGED)
    (here / "in/.vncleanignore").write_text("*.png\n/sub/deep/\n!sub/kept.log\n")
    (here / "in/sub/.vncleanignore").write_text("# of this folder\nb.*\n")
    (here / "in/x.log").write_bytes(DAMAGED)
    (here / "in/around").symlink_to("../in")
    (here / "in/away.txt").symlink_to("/etc/hostname")
    (here / "in/broken").symlink_to("nothing")
    (here / "in/same.txt").symlink_to("sub/deep/c.txt")
    os.mkfifo(here / "in/pipe")
    args = "-o", "out", "--exclude", "*.log", "in", "--summary-json", "s.json"
    assert clean(*args, cwd=here).returncode == 0
    assert tree(here / "out") == {
        "a.txt": REPAIRED,
        "empty": None,
        "same.txt": REPAIRED,
        "sound.txt": REPAIRED,
        "sub": None,
    }
    assert {named["path"]: named["reason"] for named in summary(here)["skipped"]} == {
        "in/.hidden": "hidden",
        "in/.vncleanignore": "hidden",
        "in/sub/.vncleanignore": "hidden",
        "in/around": "a symbolic link to a folder that is read itself",
        "in/away.txt": "a symbolic link that leads out of the folder",
        "in/broken": "a symbolic link to nothing",
        "in/pipe": "not a regular file",
        "in/x.log": "excluded",
        "in/image.png": "excluded",
        "in/sub/deep": "excluded",
        "in/sub/b.txt": "excluded",
    }


def test_names_that_are_not_utf_8(here: Path) -> None:
    name = os.fsdecode(b"in/sub/th\xe0nh.txt")
    (here / name).write_bytes(DAMAGED)
    args = "-o", "out", "in", "--summary-json", "s.json", "--report", "r.jsonl", "--resume"
    for _ in range(2):
        assert clean(*args, cwd=here).returncode == 0
    assert tree(here / "out") == CLEAN | {name.removeprefix("in/"): REPAIRED}
    assert begun(here / "out/.vnclean") == 6


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["in", "letter.txt", "-i", "-o", "out/"], "exclude each other"),
        (["-o", "in/out", "in"], "lies in the input in"),
        (["-o", "in", "in"], "lies in the input in"),
        (["-o", "in", "in/sub"], "lies in the output in"),
        (["-o", "taken", "in"], "taken/a.txt and 1 more: exist already"),
        (["-o", "letter.txt", "in"], "must be a folder"),
        (["-i", "in", "--report", "in/r.jsonl"], "lies in the input in"),
        (["-o", "out/", "-"], "standard input"),
        (["-o", "out/", "in", "--state", "s"], "--state needs --in-place"),
        (["-o", "out/", "in", "--expansion", "0"], "--expansion 0"),
        (["--exclude", "x", "letter.txt"], "--exclude is for folders"),
        (["-o", "out/", "in", "--backup", ".bak"], "--backup needs --in-place"),
        (["--files-from", "list", "in"], "need a place to go"),
    ],
)
def test_refusals_leave_everything_alone(here: Path, args: list[str], told: str) -> None:
    (here / "letter.txt").write_bytes(DAMAGED)
    (here / "taken/sub").mkdir(parents=True)
    (here / "list").write_text("letter.txt\n")
    for name in "taken/a.txt", "taken/sub/b.txt":
        (here / name).write_bytes(b"mine")
    before = tree(here)
    done = clean(*args, cwd=here)
    assert (done.returncode, done.stdout) == (2, b"")
    assert told in done.stderr.decode() and done.stderr.count(b"\n") == 1
    assert tree(here) == before
    assert not list(here.rglob(".vnclean"))


def test_force_replaces_what_is_in_the_way(here: Path) -> None:
    (here / "out").mkdir()
    (here / "out/a.txt").write_bytes(b"mine")
    assert clean("-o", "out", "--force", "in", cwd=here).returncode == 0
    assert tree(here / "out") == CLEAN


def test_a_used_folder_is_refused_without_resume_or_force(here: Path) -> None:
    assert clean("-o", "out", "in", cwd=here).returncode == 0
    done = clean("-o", "out", "in", cwd=here)
    assert done.returncode == 2 and b"--resume goes on with it, --force begins anew" in done.stderr
    assert clean("-o", "out", "in", "--force", cwd=here).returncode == 0
    assert begun(here / "out/.vnclean") == 5


def test_a_dry_run_writes_nothing(here: Path) -> None:
    before = tree(here)
    done = clean("-o", "out", "in", "--dry-run", "--exclude", "*.png", cwd=here)
    assert (done.returncode, tree(here)) == (0, before)
    assert done.stdout.decode() == ("to be done: 4 files, 0.0 MB\n  text: 4\nskipped: 1 excluded\n")


def test_any_number_of_workers_gives_the_same(tmp_path: Path) -> None:
    make_tree(tmp_path / "in")
    found = []
    for jobs in "1", "2", "3":
        args = "-o", f"out{jobs}", "in", "-j", jobs, "--report", "r", "--summary-json", "s.json"
        assert clean(*args, cwd=tmp_path).returncode == 0
        report = (tmp_path / "r").read_bytes()
        found.append((tree(tmp_path / f"out{jobs}"), report, summary(tmp_path)))
    assert found[1:] == found[:1] * 2


def test_a_large_file_is_shared_out_and_comes_out_the_same(tmp_path: Path) -> None:
    """Larger than what one worker does alone."""
    (tmp_path / "in").mkdir()
    text = (REPAIRED * 350 + DAMAGED) * 1000
    (tmp_path / "in/large.txt").write_bytes(text)
    (tmp_path / "in/small.txt").write_bytes(DAMAGED)
    assert clean("-o", "out", "in", "-j", "2", cwd=tmp_path).returncode == 0
    assert (tmp_path / "out/large.txt").read_bytes() == text.replace(DAMAGED, REPAIRED)
    assert (tmp_path / "out/small.txt").read_bytes() == REPAIRED
    assert strays(tmp_path) == []


def test_what_cannot_be_read_is_named_and_the_rest_done(here: Path) -> None:
    (here / "in/broken.txt").write_bytes(b"\xff\xfe\0\0" + b"\xff" * 8)
    args = "-o", "out", "in", "nowhere", "--summary-json", "s.json"
    done = clean(*args, cwd=here)
    assert done.returncode == 3
    assert b"vnclean: nowhere: no such file or directory" in done.stderr
    failed = {named["path"]: named["reason"] for named in summary(here)["failed"]}
    assert failed.keys() == {"in/broken.txt", "nowhere"}
    assert tree(here / "out/in") == CLEAN


def test_a_folder_that_cannot_be_listed(here: Path) -> None:
    (here / "in/closed").mkdir()
    (here / "in/closed").chmod(0)

    def obey() -> None:
        from test_cli import obey_permissions

        obey_permissions()

    done = clean("-o", "out", "in", "--quiet", cwd=here, preexec_fn=obey)
    (here / "in/closed").chmod(0o755)
    assert done.returncode == 3
    assert done.stderr.decode() == (
        "vnclean: in/closed: permission denied; check who may read and write it, and its"
        " directory\n"
    )
    assert tree(here / "out") == CLEAN


def test_a_full_disk_stops_the_run_and_can_be_gone_on_with(tmp_path: Path) -> None:
    make_tree(tmp_path / "in", 20, lines=40)
    (tmp_path / "disk").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=60k", "tmpfs", str(tmp_path / "disk")]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small file system")
    try:
        done = clean("-o", "disk/out", "in", "--quiet", cwd=tmp_path)
        assert done.returncode == 3
        assert done.stderr.count(b"\n") == 1
        assert b"no space left" in done.stderr and b"vnclean clean --resume -o" in done.stderr
        assert strays(tmp_path) == []
        subprocess.run(["mount", "-o", "remount,size=8m", str(tmp_path / "disk")], check=True)
        assert clean("-o", "disk/out", "in", "--resume", cwd=tmp_path).returncode == 0
        assert clean("-o", "out", "in", cwd=tmp_path).returncode == 0
        assert tree(tmp_path / "disk/out") == tree(tmp_path / "out")
    finally:
        subprocess.run(["umount", str(tmp_path / "disk")], check=True)
