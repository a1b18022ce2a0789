"""A run that was stopped, by anything, is gone on with, and ends as if nothing had happened."""

from __future__ import annotations

import fcntl
import json
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command import DAMAGED, REPAIRED, start
from test_jobs import children, wait_until_gone
from trees import begun, clean, ledger, make_tree, strays, tree

RUN = "-o", "out", "in", "--resume", "--report", "r.jsonl", "--summary-json", "s.json", "--quiet"
IN_PLACE = "-i", "in", "--resume", "--backup", ".bak", *RUN[4:]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree and what an undisturbed run makes of it, in a folder and in place."""
    here: Path = tmp_path_factory.mktemp("whole")
    make_tree(here / "in")
    assert clean(*RUN, cwd=here).returncode == 0
    make_tree(here / "place/in")
    assert clean(*IN_PLACE, cwd=here / "place").returncode == 0
    return here


def results(here: Path) -> tuple[bytes, bytes]:
    return (here / "r.jsonl").read_bytes(), (here / "s.json").read_bytes()


def killed(args: tuple[str, ...], here: Path, seconds: float) -> int:
    """The exit code of a run that is killed after so long; negative if it was."""
    with start("clean", *args, cwd=here) as process:
        time.sleep(seconds)
        process.kill()
        process.communicate()
    return process.returncode


def test_killed_at_random_moments(whole: Path, tmp_path: Path) -> None:
    chance = random.Random(5)
    make_tree(tmp_path / "in")
    before = tree(tmp_path / "in")
    for _ in range(3):
        killed(RUN, tmp_path, chance.uniform(0.1, 1.0))
    assert clean(*RUN, cwd=tmp_path).returncode == 0
    assert tree(tmp_path / "out") == tree(whole / "out")
    assert tree(tmp_path / "in") == before
    assert results(tmp_path) == results(whole)
    assert strays(tmp_path) == []


def test_killed_while_the_report_is_written(whole: Path, tmp_path: Path) -> None:
    here = copy_of(whole, tmp_path)
    for _ in range(50):
        with start("clean", *RUN, cwd=here) as process:
            while process.poll() is None and not list(here.glob("*.tmp")):
                pass
            process.kill()
            process.communicate()
        if strays(here):
            break
    else:
        pytest.fail("it was never killed at that moment")
    assert clean(*RUN, cwd=here).returncode == 0
    assert results(here) == results(whole)
    assert strays(here) == []


def test_killed_in_place_nothing_is_cleaned_twice(whole: Path, tmp_path: Path) -> None:
    chance = random.Random(5)
    make_tree(tmp_path / "in")
    for _ in range(3):
        killed(IN_PLACE, tmp_path, chance.uniform(0.1, 1.0))
    assert clean(*IN_PLACE, cwd=tmp_path).returncode == 0
    assert tree(tmp_path / "in") == tree(whole / "place/in")
    assert results(tmp_path) == results(whole / "place")
    assert strays(tmp_path) == []


def copy_of(whole: Path, tmp_path: Path) -> Path:
    here = tmp_path / "copy"
    shutil.copytree(whole, here, copy_function=shutil.copy2)
    return here


def test_a_second_time_there_is_nothing_to_do(whole: Path, tmp_path: Path) -> None:
    """Though all files look new: they are compared by what is in them."""
    here = copy_of(whole, tmp_path)
    before = begun(here / "out/.vnclean"), tree(here / "out")
    times = {path: path.stat().st_ctime_ns for path in (here / "out").rglob("*.txt")}
    lines = []
    for _ in range(2):
        assert clean(*RUN, cwd=here).returncode == 0
        lines.append(len(ledger(here / "out/.vnclean")))
    assert lines[1] - lines[0] == 1  # the header; nothing had to be compared again
    assert (tree(here / "out"), results(here)) == (before[1], results(whole))
    assert {path: path.stat().st_ctime_ns for path in (here / "out").rglob("*.txt")} == times


def done_anew(state: Path, since: int) -> set[str]:
    """The files that were cleaned since their report lines took up so much."""
    return {line["begun"] for line in ledger(state) if line.get("edits", [-1])[0] >= since}


@pytest.mark.parametrize(
    ("change", "redone"),
    [
        (lambda here: (here / "in/a/0001.txt").write_bytes(DAMAGED), {"a/0001.txt"}),
        (lambda here: (here / "in/a/0001.txt").touch(), set()),
        (lambda here: (here / "in/a/new.txt").write_bytes(DAMAGED), {"a/new.txt"}),
        (lambda here: (here / "out/a/0001.txt").unlink(), {"a/0001.txt"}),
        (lambda here: (here / "out/a/0001.txt").write_bytes(b"changed"), {"a/0001.txt"}),
        (
            lambda here: shutil.rmtree(here / "out/a/b"),
            {f"a/b/{number:04}.txt" for number in range(2, 24, 4)},
        ),
    ],
    ids=["changed", "touched", "new", "output gone", "output changed", "folder gone"],
)
def test_what_changed_is_done_again(
    whole: Path, tmp_path: Path, change: Callable[[Path], None], redone: set[str]
) -> None:
    here = copy_of(whole, tmp_path)
    state = here / "out/.vnclean"
    change(here)
    size = (state / "edits.jsonl").stat().st_size
    known = done_anew(state, size)
    assert clean(*RUN, cwd=here).returncode == 0
    assert done_anew(state, size) - known == redone - known
    changed = {f"a/{name}": REPAIRED for name in ("0001.txt", "new.txt")}
    inputs = tree(here / "in")
    assert tree(here / "out") == tree(whole / "out") | {
        name: data for name, data in changed.items() if inputs.get(name) == DAMAGED
    }
    if DAMAGED not in inputs.values():
        assert results(here) == results(whole)


def test_other_options_do_everything_again(whole: Path, tmp_path: Path) -> None:
    here = copy_of(whole, tmp_path)
    before = begun(here / "out/.vnclean")
    args = [word for word in RUN if word != "--quiet"]
    done = clean(*args, "--min-confidence", "1", cwd=here)
    assert done.returncode == 0
    assert b"settings changed since the last run: all is done anew" in done.stderr
    assert begun(here / "out/.vnclean") == 2 * before
    assert tree(here / "out") != tree(whole / "out")
    assert clean(*RUN, cwd=here).returncode == 0
    assert (tree(here / "out"), results(here)) == (tree(whole / "out"), results(whole))


def test_another_model_does_everything_again(whole: Path, tmp_path: Path) -> None:
    """Told by the checksum that the manifest has of it."""
    here = copy_of(whole, tmp_path)
    manifest = here / "out/.vnclean/manifest.jsonl"
    header = json.loads(manifest.read_text("utf-8").splitlines()[0])
    manifest.write_text(manifest.read_text("utf-8").replace(header["model"], "0" * 40), "utf-8")
    before = begun(here / "out/.vnclean")
    done = clean(*(word for word in RUN if word != "--quiet"), cwd=here)
    assert b"model changed since the last run: all is done anew" in done.stderr
    assert begun(here / "out/.vnclean") == 2 * before
    assert results(here) == results(whole)


@pytest.mark.parametrize("cut", [1, 30, 200])
def test_a_manifest_that_was_cut_short_or_damaged(whole: Path, tmp_path: Path, cut: int) -> None:
    here = copy_of(whole, tmp_path)
    manifest = here / "out/.vnclean/manifest.jsonl"
    lines = manifest.read_bytes().splitlines(keepends=True)
    lines[3:3] = [b"\xff\0garbage\n", b'{"begun": 3}\n', b"[]\n", b'{"done": "nobody"}\n']
    manifest.write_bytes(b"".join(lines)[:-cut])
    for _ in range(2):
        assert clean(*RUN, cwd=here).returncode == 0
        assert (tree(here / "out"), results(here)) == (tree(whole / "out"), results(whole))


def test_a_backup_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_bytes(DAMAGED)
    (tmp_path / "in/a.txt.bak").write_bytes(b"older")
    done = clean("-i", "in", "--backup", ".bak", "--quiet", cwd=tmp_path)
    assert done.returncode == 3
    assert b"in/a.txt.bak exists already; move it away" in done.stderr
    assert tree(tmp_path / "in") == {"a.txt": DAMAGED, "a.txt.bak": b"older"}


def test_killed_between_the_new_file_and_the_word_that_it_is_done(tmp_path: Path) -> None:
    """Then the file in place is the output, and must not be cleaned and kept as an original."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_bytes(DAMAGED)
    args = "-i", "in", "--backup", ".bak", "--report", "r.jsonl"
    assert clean(*args, cwd=tmp_path).returncode == 0
    report = (tmp_path / "r.jsonl").read_bytes()
    manifest = tmp_path / "in/.vnclean/manifest.jsonl"
    lines = [
        line for line in manifest.read_bytes().splitlines(keepends=True) if b"done" not in line
    ]
    manifest.write_bytes(b"".join(lines))
    assert clean(*args, "--resume", cwd=tmp_path).returncode == 0
    assert (tmp_path / "r.jsonl").read_bytes() == report
    assert tree(tmp_path / "in") == {"a.txt": REPAIRED, "a.txt.bak": DAMAGED}


def test_killed_between_the_backup_and_the_new_file(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_bytes(DAMAGED)
    args = "-i", "in", "--backup", ".bak"
    assert clean(*args, cwd=tmp_path).returncode == 0
    (tmp_path / "in/a.txt").write_bytes(DAMAGED)
    manifest = tmp_path / "in/.vnclean/manifest.jsonl"
    lines = [
        line for line in manifest.read_bytes().splitlines(keepends=True) if b"done" not in line
    ]
    manifest.write_bytes(b"".join(lines))
    assert clean(*args, "--resume", cwd=tmp_path).returncode == 0
    assert tree(tmp_path / "in") == {"a.txt": REPAIRED, "a.txt.bak": DAMAGED}


def test_what_a_killed_run_left_half_done_goes_away(whole: Path, tmp_path: Path) -> None:
    """Though there is nothing else to do."""
    here = copy_of(whole, tmp_path)
    (here / "out/.vnclean/tmp/1234").mkdir(parents=True)
    (here / "out/.vnclean/tmp/1234/5678").write_bytes(b"half")
    (here / "place/in/a/.vnclean-batch-12-34.tmp").write_bytes(b"half")
    assert clean(*RUN, cwd=here).returncode == 0
    assert clean(*IN_PLACE, cwd=here / "place").returncode == 0
    assert strays(here) == []
    assert results(here / "place") == results(whole / "place")


def test_two_runs_at_once(whole: Path, tmp_path: Path) -> None:
    here = copy_of(whole, tmp_path)
    with (here / "out/.vnclean/manifest.jsonl").open("ab") as manifest:
        fcntl.flock(manifest, fcntl.LOCK_EX)
        done = clean(*RUN, cwd=here)
    assert done.returncode == 3
    assert done.stderr == b"vnclean: out: another vnclean is at work there; wait until it is done\n"
    assert tree(here / "out") == tree(whole / "out")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_says_how_to_go_on(whole: Path, tmp_path: Path, number: int) -> None:
    make_tree(tmp_path / "in")
    args = "-o", "out", "in", "--report", "r.jsonl", "--summary-json", "s.json", "--no-progress"
    with start("clean", *args, cwd=tmp_path, start_new_session=True) as process:
        while not (tmp_path / "out/.vnclean/tmp").exists() or not children(process.pid):
            assert process.poll() is None
            time.sleep(0.002)
        workers = children(process.pid)
        os.killpg(process.pid, number)
        _, told = process.communicate()
    wait_until_gone(workers)
    assert process.returncode == 128 + number
    line = told.decode()
    assert line.startswith("vnclean: interrupted: ") and line.count("\n") == 1
    command = line.partition("go on with: vnclean clean ")[2].split()
    assert command == ["--resume", *args]
    assert strays(tmp_path) == []
    assert not (tmp_path / "r.jsonl").exists()
    assert clean(*command, cwd=tmp_path).returncode == 0
    assert (tree(tmp_path / "out"), results(tmp_path)) == (tree(whole / "out"), results(whole))


def test_a_worker_that_is_killed_is_replaced(whole: Path, tmp_path: Path) -> None:
    make_tree(tmp_path / "in")
    with start("clean", *RUN, "-j", "2", cwd=tmp_path) as process:
        while len(list((tmp_path / "out/.vnclean").glob("tmp/*/*"))) < 2:
            assert process.poll() is None
            time.sleep(0.002)
        os.kill(min(children(process.pid)), signal.SIGKILL)
        _, told = process.communicate()
    assert (process.returncode, told) == (0, b"")
    assert (tree(tmp_path / "out"), results(tmp_path)) == (tree(whole / "out"), results(whole))
