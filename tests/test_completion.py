"""``vnclean completion`` in real shells at a terminal: Tab completes a line, Enter runs it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command import DAMAGED, VNCLEAN

from vnclean.cli.parsers import all_parsers

pexpect = pytest.importorskip("pexpect", reason="needs pexpect: pip install -e '.[dev]'")
#: How each is started without what its user has set, and told to complete.
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(vnclean completion bash)"'),
    "zsh": (
        ["zsh", "-f", "-i"],
        'autoload -U compinit && compinit -u -D && eval "$(vnclean completion zsh)"',
    ),
    "fish": (["fish", "--no-config", "-i"], "vnclean completion fish | source"),
}


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """A shell in a folder with files, that completes the command lines of vnclean."""
    command, setting = SHELLS[request.param]
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    folder = tmp_path / "folder"
    (folder / "news").mkdir(parents=True)
    for name in "thư gửi bạn.txt", "thư khác.txt", "damaged.txt":
        (folder / name).write_bytes(DAMAGED)
    environment = os.environ | {
        "PATH": f"{Path(VNCLEAN).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "TERM": "dumb" if request.param == "fish" else "xterm",
        "LC_ALL": "C.UTF-8",
        "PAGER": "cat",
    }
    process = pexpect.spawn(
        command[0],
        command[1:],
        cwd=str(folder),
        env=environment,
        encoding="utf-8",
        dimensions=(60, 200),
        timeout=30,
    )
    process.sendline(f"{setting}; echo is ready | tr a-z A-Z")
    process.expect("IS READY")
    yield process
    process.close(force=True)


def type_in(shell: Any, *parts: str) -> None:
    """Types each part and Tab after it, but for the last one, after which comes Enter."""
    for part in parts[:-1]:
        shell.send(f"{part}\t")
    shell.send(f"{parts[-1]}\r")


def test_commands_and_names_with_blanks(shell: Any) -> None:
    type_in(shell, "vnclean chec", "--format json thư\\ g", "")
    shell.expect_exact('{"path": "thư gửi bạn.txt"')


def test_values(shell: Any) -> None:
    type_in(shell, "vnclean check --format gi", " dama", "")
    shell.expect_exact("::warning file=damaged.txt")


def test_values_after_a_sign(shell: Any) -> None:
    type_in(shell, "vnclean check --format=gi", " dama", "")
    shell.expect_exact("::warning file=damaged.txt")


def test_commands_of_a_command(shell: Any) -> None:
    type_in(shell, "vnclean model inf", "")
    shell.expect_exact("version: ")


def test_topics(shell: Any) -> None:
    type_in(shell, "vnclean help pipel", "")
    shell.expect_exact("Text in, text out")


def test_all_that_fits_is_shown(shell: Any) -> None:
    if shell.command.endswith("fish"):  # which lets one walk through a list instead
        shell.send("complete --do-complete 'vnclean undo --kind to'\r")
    else:
        shell.send("vnclean undo --kind to\t\t\t")
    for kind in "tone-position", "tone_style":
        shell.expect_exact(kind)


def completed(*words: str) -> list[str]:
    """What bash has for the last of some words, without a terminal."""
    code = 'eval "$(vnclean completion bash)"; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _vnclean'
    done = subprocess.run(
        ["bash", "-c", f'{code} 2>/dev/null; printf "%s\\n" "${{COMPREPLY[@]}}"', "-", *words],
        env=os.environ | {"PATH": f"{Path(VNCLEAN).parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize("name", [name for name, of in all_parsers().items() if not of.commands])
def test_every_option_is_known_to_bash(name: str) -> None:
    options = set(all_parsers()[name]._option_string_actions)
    assert set(completed("vnclean", *name.split(), "-")) == options
    assert completed("vnclean", *name.split(), "--help-me") == [""]


def test_there_is_no_shell_without_a_name() -> None:
    for names in [], ["tcsh"], ["bash", "zsh"]:
        done = subprocess.run([VNCLEAN, "completion", *names], capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == (
            "vnclean: name one SHELL, bash, zsh or fish; see vnclean completion --help\n"
        )


def test_it_costs_no_time_at_the_start_of_a_shell() -> None:
    code = "import sys; from vnclean.cli.main import run; sys.argv[1:] = ['completion', 'zsh']\n"
    code += "try: run()\nexcept SystemExit: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    imported = set(done.stdout.rpartition("\n\n")[2].split())
    assert not {"numpy", "regex", "rich", "shtab", "vnclean.cleaner"} & imported
    assert re.match("#compdef vnclean", done.stdout)
