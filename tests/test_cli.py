"""The installed command, run as people run it: the cases in ``cli/*.toml``, and what needs pipes.

A case has ``args``; ``stdin`` or ``stdin_hex``; ``files`` or ``files_hex`` that are there
before, those in ``closed`` without any permission; variables in ``environment``.  It expects
``status`` (0 if not given);
``stdout``, ``stdout_hex`` or ``stdout_has`` (nothing if not given) and a number of
``stdout_lines`` beside the latter; ``stderr``, ``stderr_has``
or a number of ``stderr_lines`` (nothing if not given and the status is 0); the files of
``after``, ``after_hex``, ``after_has`` and ``after_lines`` (how many), and that those in
``absent`` are not there.
"""

from __future__ import annotations

import ctypes
import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command import DAMAGED, REPAIRED, VNCLEAN, start
from pseudo_terminal import PseudoTerminal

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def cases() -> Iterator[Any]:
    for file in sorted(Path(__file__).with_name("cli").glob("*.toml")):
        for case in tomllib.loads(file.read_text("utf-8"))["case"]:
            yield pytest.param(case, id=f"{file.stem}: {case['name']}")


def given_bytes(case: dict[str, Any], name: str) -> bytes:
    plain: str = case.get(name, "")
    return bytes.fromhex(case[f"{name}_hex"]) if f"{name}_hex" in case else plain.encode()


def given_files(case: dict[str, Any], name: str) -> dict[str, bytes]:
    plain = {path: text.encode() for path, text in case.get(name, {}).items()}
    return plain | {path: bytes.fromhex(data) for path, data in case.get(f"{name}_hex", {}).items()}


def obey_permissions() -> None:
    """Lets root be stopped by permissions too (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH)."""
    if os.geteuid() == 0:
        for capability in 1, 2:
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


@pytest.mark.parametrize("case", list(cases()))
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    for name, data in given_files(case, "files").items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    for name in case.get("closed", []):
        (tmp_path / name).chmod(0)
    done = subprocess.run(
        [VNCLEAN, *case["args"]],
        cwd=tmp_path,
        input=given_bytes(case, "stdin"),
        capture_output=True,
        env=os.environ | case.get("environment", {}),
        preexec_fn=obey_permissions,
    )
    for name in case.get("closed", []):
        (tmp_path / name).chmod(0o700)
    stdout, stderr = done.stdout.decode("utf-8", "replace"), done.stderr.decode()
    assert (done.returncode, stderr if done.returncode != case.get("status", 0) else "") == (
        case.get("status", 0),
        "",
    )
    if "stdout_has" in case:
        assert [part for part in case["stdout_has"] if part not in stdout] == [], stdout
        assert stdout.count("\n") == case.get("stdout_lines", stdout.count("\n"))
    else:
        assert done.stdout == given_bytes(case, "stdout")
    if "stderr" in case or (not case.get("status", 0) and "stderr_has" not in case):
        assert stderr == case.get("stderr", "")
    assert [part for part in case.get("stderr_has", []) if part not in stderr] == [], stderr
    assert stderr.count("\n") == case.get("stderr_lines", stderr.count("\n"))
    assert "Traceback" not in stderr
    check_files(case, tmp_path)


def check_files(case: dict[str, Any], folder: Path) -> None:
    for name, data in given_files(case, "after").items():
        assert (folder / name).read_bytes() == data
    for name, parts in case.get("after_has", {}).items():
        found = (folder / name).read_text("utf-8")
        assert [part for part in parts if part not in found] == [], found
    for name, count in case.get("after_lines", {}).items():
        assert (folder / name).read_bytes().count(b"\n") == count
    assert [name for name in case.get("absent", []) if (folder / name).exists()] == []
    assert list(folder.rglob(".vnclean-*")) == []


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_line_is_repaired_as_it_comes(jobs: str) -> None:
    with start("clean", "--jobs", jobs) as process:
        assert process.stdin and process.stdout
        for _ in range(3):
            process.stdin.write(DAMAGED)
            process.stdin.flush()
            assert process.stdout.readline() == REPAIRED
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize("command", ["clean", "check"])
def test_a_terminal_is_told_how_to_end_the_input(command: str) -> None:
    terminal, stdin = os.openpty()
    os.write(terminal, b"\x04")  # Ctrl-D
    with start(command, stdin=stdin) as process:
        os.close(stdin)
        assert process.stdout and process.stderr
        assert process.stdout.read() == b""
        assert process.stderr.read().decode() == (
            "vnclean: reading from the terminal; end with Ctrl-D,"
            f" or see vnclean {command} --help\n"
        )
    os.close(terminal)
    assert process.returncode == 0


@pytest.mark.parametrize(
    "args", [["clean"], ["clean", "-j", "2"], ["check"], ["check", "--diff"], ["explain"]]
)
def test_it_ends_quietly_when_the_reader_goes_away(args: list[str], tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(DAMAGED * (50 if args == ["explain"] else 5_000))
    with file.open("rb") as stdin, start(*args, stdin=stdin) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode in ((0,) if args[0] != "check" else (0, 1))


def test_ctrl_c_ends_quietly_and_keeps_the_report_of_what_was_written(tmp_path: Path) -> None:
    with start("clean", "--report", "r.jsonl", cwd=tmp_path) as process:
        assert process.stdin and process.stdout and process.stderr
        for _ in range(2):  # when the second line is out, the report of the first is kept
            process.stdin.write(DAMAGED)
            process.stdin.flush()
            process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b""
    assert process.returncode == 130
    assert (tmp_path / "r.jsonl").read_text("utf-8").count("\n") in (2, 3)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_output_file_does_not_appear(tmp_path: Path, number: int) -> None:
    with start("clean", "-o", "b.txt", "--report", "r.jsonl", cwd=tmp_path) as process:
        assert process.stdin and process.stderr
        process.stdin.write(DAMAGED)
        process.stdin.flush()
        wait_for_files_in(tmp_path, 2)
        process.send_signal(number)
        assert process.stderr.read() == b""
    assert process.returncode == (130 if number == signal.SIGINT else 128 + number)
    assert list(tmp_path.iterdir()) == []


def wait_for_files_in(folder: Path, count: int) -> None:
    """Both files are open once their temporary names are there."""
    for _ in range(1000):
        if len(list(folder.iterdir())) == count:
            return
        time.sleep(0.01)
    raise TimeoutError(f"{folder} does not have {count} files")


def test_packed_bytes_are_not_written_to_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(DAMAGED))
    with PseudoTerminal(tmp_path, "clean", "a.txt.gz") as terminal:
        assert terminal.ended() == 2
    assert terminal.output == (
        "vnclean: a.txt.gz: stays packed, which a terminal cannot show; name a file with -o\r\n"
    )


def test_utf_16_stays_utf_16(tmp_path: Path) -> None:
    for encoding in "utf-16-le", "utf-16-be":
        data, expected = (f"\ufeff{text.decode()}".encode(encoding) for text in (DAMAGED, REPAIRED))
        done = subprocess.run([VNCLEAN, "clean"], input=data, capture_output=True, check=True)
        assert (done.stdout, done.stderr) == (expected, b"")


def test_the_locale_does_not_matter() -> None:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [VNCLEAN, "check"],
        input=DAMAGED,
        capture_output=True,
        env=environment | {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    )
    assert "chng → chống".encode() in done.stdout


def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([VNCLEAN, "clean"], input=DAMAGED, stdout=full, stderr=-1)
    reason = b"no space left; free some or choose another place\n"
    assert (done.returncode, done.stderr) == (3, b"vnclean: standard output: " + reason)


def test_closed_streams_are_no_trouble() -> None:
    shell = ["sh", "-c"]
    for redirection, expected in (
        ("<&-", b"vnclean: standard input: is closed; name a file or pipe some text in\n"),
        (">&-", b"vnclean: standard output: is closed; use -o to name a file\n"),
    ):
        command = [*shell, f'"$0" clean {redirection}', VNCLEAN]
        done = subprocess.run(command, input=DAMAGED, capture_output=True)
        assert (done.returncode, done.stdout, done.stderr) == (3, b"", expected)
    command = [*shell, '"$0" clean --summary nowhere - 2>&-', VNCLEAN]
    done = subprocess.run(command, input=DAMAGED, capture_output=True)
    assert (done.returncode, done.stdout) == (3, REPAIRED)


def test_stdout_that_appends_to_the_input_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(DAMAGED)
    with file.open("ab") as stdout:
        done = subprocess.run([VNCLEAN, "clean", file], stdout=stdout, stderr=-1)
    assert done.returncode == 3
    assert b"is also where stdout goes" in done.stderr
    assert file.read_bytes() == DAMAGED


def test_a_long_line_and_a_nul_in_it(tmp_path: Path) -> None:
    unit = "Phòng chống dịch, "
    text = unit * 60_000 + "\0" + "phòng chng dịch\n"
    done = subprocess.run([VNCLEAN, "clean"], input=text.encode(), capture_output=True, check=True)
    assert done.stdout.decode() == text.replace("chng", "chống")


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_what_needs_no_text_is_told_without_the_machinery(option: str) -> None:
    heavy = {"numpy", "regex", "rich", "argparse", "dataclasses", "vnclean.cleaner"}
    assert not heavy & modules_after(option)


def test_help_for_a_command_needs_no_model() -> None:
    assert not {"numpy", "regex", "rich", "vnclean.cleaner"} & modules_after("clean", "--help")


def test_a_text_needs_nothing_of_reports_and_archives(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(DAMAGED)
    done = modules_after("clean", str(tmp_path / "a.txt"), "-o", str(tmp_path / "b.txt"))
    assert (tmp_path / "b.txt").read_bytes() != DAMAGED
    assert "vnclean.cli.cleaning" in done
    others = {"vnclean.rewriting", "vnclean.archives", "vnclean.batch", "vnclean.reports.jsonl"}
    assert not {"hashlib", "rich", *others} & done


def modules_after(*args: str) -> set[str]:
    """The modules that are imported when the command has ended."""
    code = f"import sys; from vnclean.cli.main import run; sys.argv[1:] = {args!r}\n"
    code += "try: run()\nexcept SystemExit: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return set(done.stdout.split())
