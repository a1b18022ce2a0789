"""What ``python tools/generate.py`` writes: up to date, and sound to those who read it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("shtab", reason="needs shtab: pip install -e '.[dev]'")

import completions
from generate import ROOT, generated

from vnclean.cli.parsers import all_parsers
from vnclean.topics import topics

PAGE = ROOT / "docs" / "vnclean.1"


@pytest.mark.parametrize("file", generated(), ids=lambda file: file.name)
def test_it_is_up_to_date(file: Path) -> None:
    assert file.read_text("utf-8") == generated()[file], "run python tools/generate.py"


def names_of_values() -> Iterator[tuple[str, str]]:
    """Commands, and what their options' values and operands are called."""
    for name, parser in all_parsers().items():
        if not parser.commands:
            yield from ((name, operand) for operand in re.findall("[A-Z]+", parser.operands))
        for action in parser._actions:
            if isinstance(action.metavar, str):
                yield name, action.metavar


def test_what_every_value_may_be_is_known() -> None:
    known = {*completions.WORDS, *completions.FILES, *completions.FOLDERS, *completions.FREE}
    unknown = [f"{name}: {value}" for name, value in names_of_values() if value not in known]
    assert unknown == [], "say in tools/completions.py what may stand there"


@pytest.mark.skipif(not shutil.which("mandoc"), reason="mandoc is not installed")
def test_mandoc_has_nothing_against_the_manual_page() -> None:
    done = subprocess.run(
        ["mandoc", "-T", "lint", "-W", "warning", PAGE], capture_output=True, text=True
    )
    # It is the same page whenever it is made, so it has no date.
    others = [line for line in done.stdout.splitlines() if "missing date" not in line]
    assert (others, done.stderr) == ([], "")


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_the_manual_page_shows_what_help_shows() -> None:
    command = ["groff", "-man", "-K", "utf8", "-T", "utf8", "-ww", "-P", "-c", "-P", "-bou"]
    done = subprocess.run([*command, PAGE], capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    shown = " ".join(done.stdout.split())
    for name, parser in all_parsers().items():
        if not parser.commands:
            assert f"vnclean {name} [OPTION]... {parser.operands}" in shown
        for option in parser._option_string_actions:
            assert option in shown
    for topic in topics():
        assert f" {topic.upper()}: " in shown
    for example in (
        r"""jq -r 'select(.applied) | .before + " " + .after' edits.jsonl | sort""",
        "printf 'a\\no chiêng\\n*r\\n' | vnclean review edits.jsonl",
        "find . -name '*.txt' -mtime -7 -print0 | vnclean clean -i --files-from -",
    ):
        assert example in shown
