"""Writes what is made from the parsers, topics and keys: scripts for shells, the manual page, and
the tables of ``docs/configuration.md``.

    python tools/generate.py

To be run when options, topics or keys have changed; the tests complain until then.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from completions import scripts
from keys_table import configuration
from manual import manual

ROOT: Final = Path(__file__).resolve().parents[1]


def generated() -> dict[Path, str]:
    """Every file and what it is to hold."""
    folder = ROOT / "vnclean" / "completions"
    files = {folder / f"vnclean.{shell}": script for shell, script in scripts().items()}
    docs = ROOT / "docs"
    page = docs / "configuration.md"
    return files | {docs / "vnclean.1": manual(), page: configuration(page)}


if __name__ == "__main__":
    for file, text in generated().items():
        file.write_text(text, "utf-8")
