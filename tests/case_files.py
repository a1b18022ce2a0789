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
    """The cases of a file, or of all files of a folder, named by their file, kind and number."""
    path = FOLDER / name
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path.with_suffix(".toml")]
    return [parameter for file in files for parameter in _of_file(file)]


def embedded(text: str) -> str:
    """``text`` amid a sound Vietnamese line.

    >>> embedded("2H₂ + O₂").endswith("2H₂ + O₂ (theo tài liệu của nhà trường).")
    True
    """
    return f"Cô giáo viết lên bảng dòng sau: {text} (theo tài liệu của nhà trường)."


def _of_file(path: Path) -> list[Any]:
    with path.open("rb") as file:
        found = tomllib.load(file)["case"]
    prefix = "" if path.parent == FOLDER else f"{path.stem}-"
    return [pytest.param(case, id=f"{prefix}{case['kind']}-{i}") for i, case in enumerate(found, 1)]
