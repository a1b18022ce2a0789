"""The examples in docs/python.md and the README do what they say, and the list of names is true."""

from __future__ import annotations

import ast
import doctest
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from readme_sessions import README, ROOT

import vnclean

PAGE = ROOT / "docs" / "python.md"
_BLOCK = re.compile(r"^```python\n(.*?)^```", re.M | re.S)


def sections() -> Iterator[Any]:
    """The examples under each heading of both pages: one session each."""
    for page in README, PAGE:
        for section in re.split(r"^#+ ", page.read_text("utf-8"), flags=re.M):
            examples = "".join(_BLOCK.findall(section))
            if examples:
                heading = section.partition("\n")[0]
                yield pytest.param(examples, id=f"{page.name}: {heading}")


def imported(code: str) -> set[str]:
    """The packages that code imports."""
    nodes = list(ast.walk(ast.parse(code)))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    parts = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in [*plain, *parts]}


@pytest.mark.parametrize("examples", list(sections()))
def test_the_examples_are_true(
    examples: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))  # where datasets keeps what it has made
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    test = doctest.DocTestParser().get_doctest(examples, {}, "examples", None, None)
    for package in sorted(set().union(*(imported(one.source) for one in test.examples))):
        pytest.importorskip(package)
    told: list[str] = []
    doctest.DocTestRunner().run(test, out=told.append)
    assert test.examples
    assert told == []


def test_the_stable_names_are_those_that_are_exported() -> None:
    section = PAGE.read_text("utf-8").partition("## Stable names")[2]
    listed = re.findall(r"`(\w+)`", section.strip().rpartition("\n")[2])
    assert listed == vnclean.__all__
