"""The examples and the README's own commands, run as a newcomer runs them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from readme_sessions import PAGES, README, ROOT, Session, sessions

EXAMPLES = ROOT / "examples"
VNCLEAN = shutil.which("vnclean", path=str(Path(sys.executable).parent)) or shutil.which("vnclean")
assert VNCLEAN, "install the package first: pip install -e ."


def vnclean(*args: str | Path) -> subprocess.CompletedProcess[str]:
    command = [str(VNCLEAN), *map(str, args)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_the_notice_is_repaired_and_nothing_else_is_touched() -> None:
    done = subprocess.run([str(VNCLEAN), "clean", EXAMPLES / "notice.txt"], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == (EXAMPLES / "notice.repaired.txt").read_text("utf-8")


def test_what_is_repaired_is_left_alone_the_second_time() -> None:
    done = vnclean("check", EXAMPLES / "notice.repaired.txt")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_table_of_damage_is_true() -> None:
    text = (EXAMPLES / "notice.txt").read_text("utf-8")
    page = (EXAMPLES / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `(.+?)` \| `(.+?)` \|", page, re.M)
    for before, after in rows:
        assert text.count(before) == 1
        text = text.replace(before, after)
    assert rows
    assert text == (EXAMPLES / "notice.repaired.txt").read_text("utf-8")


def test_the_readme_table_is_true() -> None:
    rows = re.findall(r"^\| ([^|]*`[^|]+) \| ([^|]*`[^|]+) \|", README.read_text("utf-8"), re.M)
    rows = [(before.replace("`", ""), after.replace("`", "")) for before, after in rows[:5]]
    done = subprocess.run(
        [str(VNCLEAN), "clean"],
        input="".join(f"{before}\n" for before, _ in rows),
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.splitlines() == [after for _, after in rows]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_shows_what_really_comes_out(page: Path, tmp_path: Path) -> None:
    session = Session(tmp_path)
    shown = list(sessions(page.read_text("utf-8")))
    assert shown
    for command, expected in shown:
        found = session.run(command)
        assert _without_figures(found) == _without_figures(expected), (
            f"{command}: if this is as it should be, run: python tests/readme_sessions.py"
        )


def _without_figures(text: str) -> str:
    """Probabilities and costs change with every model; the README need not follow each time."""
    return re.sub(r"-?\b\d+\.\d+", "0", re.sub(r"[ ─]+", " ", text))


def test_the_readme_names_every_command_and_no_option_that_is_not_there() -> None:
    readme = README.read_text("utf-8")
    overview = vnclean("--help").stdout
    commands = re.findall(r"^  (\w+)  ", overview.partition("Commands:")[2], re.M)
    commands = [name for name in commands if name.isalpha()]
    assert {"clean", "check", "explain", "model"} <= set(commands)
    assert [name for name in commands if f"vnclean {name}" not in readme] == []
    pages = [vnclean(name, "--help").stdout for name in commands]
    pages += [vnclean("model", name, "--help").stdout for name in ("build", "info")]
    known = set(re.findall(r"--[a-z][\w-]+", "".join([overview, *pages])))
    usage = readme.partition("## Usage")[2].partition("\n## ")[0]
    assert [option for option in re.findall(r"--[a-z][\w-]+", usage) if option not in known] == []
