"""Reads the cases of ``tests/cases``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    """The cases of a file, named by their kind and number."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        found = tomllib.load(file)["case"]
    return [pytest.param(case, id=f"{case['kind']}-{i}") for i, case in enumerate(found, 1)]
