"""``--jobs``: the installed command does the same with any number, and leaves nobody behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest
from command import DAMAGED, REPAIRED, VNCLEAN, start
from own_sentences import SOUND, damaged

from vnclean.orthography import residue, skeleton

MANY = ["1", "2", "3", "0"]


def a_long_text() -> bytes:
    """Several blocks: sound lines, damaged ones, line ends of both kinds, bytes that are no text,
    a line of several blocks, no last newline."""
    lines = [line.encode() for line in SOUND] * 400
    for number, damage in enumerate([residue, skeleton] * 20):
        lines[number * 137] = damaged(SOUND[number % len(SOUND)], damage, 0.7, number).encode()
    lines[1000] += b"\r"
    lines[2000] += b"\xff"
    lines[3000] = b" ".join([SOUND[0].encode()] * 4000 + [DAMAGED[:-1]])
    return b"\n".join(lines)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("jobs")
    (made / "long.txt").write_bytes(a_long_text())
    for number in range(20):
        (made / f"{number}.txt").write_bytes(DAMAGED * number)
    (made / "last.txt").write_bytes("\ufeffphòng chng dịch".encode("utf-16-le"))
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


FILES = ["long.txt", *(f"{n}.txt" for n in range(12)), "nowhere.txt", "11.txt", "last.txt"]
NAMES = [".", *FILES]  # a folder fails where texts are written one after the other


@pytest.mark.parametrize(
    "args",
    [
        ["clean", "--report", "r.jsonl", "--summary", *NAMES],
        ["clean", "-o", "out.txt", "--report", "r.jsonl", *FILES],
        ["check", "--all", *NAMES],
        ["check", "--diff", *NAMES],
        ["clean", "-i", "--report", "r.jsonl", "11.txt", *FILES],
        ["clean", "-i", "--backup", ".bak", "--report", "r.jsonl", *FILES],
    ],
    ids=["stdout", "file", "check", "diff", "in place, a file twice", "backup, a file twice"],
)
def test_the_result_is_the_same_with_any_number(
    folder: Path, tmp_path: Path, args: list[str]
) -> None:
    results = []
    for jobs in MANY:
        here = tmp_path / "here"
        here.mkdir()
        for name, data in files(folder).items():
            (here / name).write_bytes(data)
        done = subprocess.run([VNCLEAN, *args, "-j", jobs], cwd=here, capture_output=True)
        assert done.returncode == 3
        assert b"nowhere.txt: no such file" in done.stderr
        results.append((done.stdout, done.stderr, files(here)))
        shutil.rmtree(here)
    assert results[1:] == results[:1] * (len(MANY) - 1)


@pytest.mark.parametrize("jobs", MANY)
@pytest.mark.parametrize("size", [1000, 65_536, 1 << 20])
def test_a_pipe_gives_what_a_file_gives(folder: Path, tmp_path: Path, jobs: str, size: int) -> None:
    """However the text arrives."""
    pieces = f"import os, sys\nwhile data := os.read(0, {size}): os.write(1, data)"
    with (
        (folder / "long.txt").open("rb") as text,
        subprocess.Popen([sys.executable, "-c", pieces], stdin=text, stdout=-1) as feeder,
    ):
        assert feeder.stdout
        pipe = cleaned(tmp_path, feeder.stdout, jobs)
    with (folder / "long.txt").open("rb") as text:
        assert cleaned(tmp_path, text, "1") == pipe


def cleaned(folder: Path, text: IO[bytes], jobs: str) -> tuple[int, bytes, bytes, bytes]:
    """All that comes of a text from standard input."""
    command = [VNCLEAN, "clean", "--report", "r.jsonl", "-j", jobs]
    done = subprocess.run(command, cwd=folder, stdin=text, capture_output=True)
    return done.returncode, done.stdout, done.stderr, (folder / "r.jsonl").read_bytes()


def test_what_is_done_waits_for_nobody(tmp_path: Path) -> None:
    """Not for the rest of a line, and not for the next document."""
    (tmp_path / "a.txt").write_bytes(DAMAGED)
    with start("clean", "-j", "2", "a.txt", "-", "a.txt", cwd=tmp_path) as process:
        assert process.stdin and process.stdout
        assert process.stdout.readline() == REPAIRED
        process.stdin.write(DAMAGED + DAMAGED[:5])
        process.stdin.flush()
        assert process.stdout.readline() == REPAIRED
        process.stdin.write(DAMAGED[5:])
        process.stdin.flush()
        assert process.stdout.readline() == REPAIRED
        process.stdin.close()
        assert process.stdout.read() == REPAIRED
    assert process.returncode == 0


def children(pid: int) -> set[int]:
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:  # it has just ended
            continue
        if int(parent) == pid and state != "Z":
            found.add(int(folder.name))
    return found


def wait_until_gone(pids: set[int]) -> None:
    for _ in range(500):
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return
        time.sleep(0.01)
    raise TimeoutError(f"still there: {pids}")


linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], set[int]]]:
    """A command that has read some, and its workers."""
    args = "clean", "-j", "2", "-o", "out.txt", "--report", "r.jsonl"
    with start(*args, cwd=tmp_path, start_new_session=True, bufsize=0) as process:
        assert process.stdin
        process.stdin.write(a_long_text())
        while len(workers := children(process.pid)) < 2:
            time.sleep(0.01)
        yield process, workers
        process.kill()
    wait_until_gone(workers)


@linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_ends_all_of_it(
    busy: tuple[subprocess.Popen[bytes], set[int]], tmp_path: Path, number: int
) -> None:
    process, workers = busy
    os.killpg(process.pid, number)
    assert process.stderr and process.stderr.read() == b""
    assert process.wait() == (130 if number == signal.SIGINT else 128 + number)
    wait_until_gone(workers)
    assert list(tmp_path.iterdir()) == []


@linux
def test_a_worker_that_is_killed_is_one_line(
    busy: tuple[subprocess.Popen[bytes], set[int]], tmp_path: Path
) -> None:
    process, workers = busy
    os.kill(min(workers), signal.SIGKILL)
    assert process.stderr and process.stdin
    with suppress(BrokenPipeError):
        process.stdin.write(a_long_text() * 2)
    assert process.stderr.read().decode() == (
        "vnclean: a worker was killed (SIGKILL); if memory is short, use fewer --jobs\n"
    )
    assert process.wait() == 3
    assert list(tmp_path.iterdir()) == []


@linux
def test_workers_do_not_outlive_a_command_that_is_killed(
    busy: tuple[subprocess.Popen[bytes], set[int]],
) -> None:
    process, workers = busy
    process.kill()
    process.wait()
    wait_until_gone(workers)
