"""What the peers' scripts share: lines from stdin to stdout, words, the list of syllables."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

SYLLABLES = Path(__file__).resolve().parents[2] / "dictionaries" / "syllables.tsv"
WORD = re.compile(r"[^\W\d_]+")


def syllable_counts() -> dict[str, int]:
    """The Vietnamese syllables that vnclean knows, and how often they were seen."""
    with SYLLABLES.open(encoding="utf-8") as lines:
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {row[0]: int(row[1]) for row in rows}


def like(written: str, word: str) -> str:
    """``word`` in the letter case of what was written."""
    if written.isupper() and len(written) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if written[:1].isupper() else word


def correct_lines(correct: Callable[[str], str]) -> None:
    """Writes every line of stdin corrected to stdout, at once if somebody waits for it."""
    sys.stdin.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    for line in sys.stdin:
        text = line.rstrip("\n")
        sys.stdout.write(correct(text) + line[len(text) :])
