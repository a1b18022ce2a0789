"""Writes what is made from the parsers and topics: scripts for shells, and the manual page.

    python tools/generate.py

To be run when options or topics have changed; the tests complain until then.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from completions import scripts
from manual import manual

ROOT: Final = Path(__file__).resolve().parents[1]


def generated() -> dict[Path, str]:
    """Every file and what it is to hold."""
    folder = ROOT / "vnclean" / "completions"
    files = {folder / f"vnclean.{shell}": script for shell, script in scripts().items()}
    return files | {ROOT / "docs" / "vnclean.1": manual()}


if __name__ == "__main__":
    for file, text in generated().items():
        file.write_text(text, "utf-8")
