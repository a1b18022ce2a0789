"""Phrases and names of a text: those that benchmarks damage, and others put in their place."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from random import Random

DICTIONARIES = Path(__file__).resolve().parent.parent / "dictionaries"
_WORD = r"[^\W\d_]+"
#: All that stands in a row with single blanks between.
_RUN = re.compile(rf"{_WORD}(?: {_WORD})+")
#: A phrase or name is there so often.
_LEAST = 10
#: The syllables of an invented name are so frequent, at least.
_FREQUENT = 2000


def to_damage(lines: Sequence[str], trials: int, size: int) -> Iterator[list[str]]:
    """For each trial some phrases of two words, every other one a name, from frequent to rare."""
    pairs = Counter[str]()
    for line in lines:
        for run in _RUN.findall(line):
            words = run.split(" ")
            pairs.update(" ".join(two) for two in pairwise(words))
    often = [pair for pair, count in pairs.most_common() if count >= _LEAST]
    small = [pair for pair in often if pair.islower()]
    titled = [pair for pair in often if pair.istitle()]
    for trial in range(trials):
        yield [
            some[20 + trial + number * (len(some) - 20 - trials) // size]
            for number, some in enumerate((small, titled) * size)
            if number < size
        ]


def invented(lines: Sequence[str], seed: int) -> dict[str, str]:
    """The frequent names of a text, and for each another of as many syllables."""
    chance = Random(seed)
    names = Counter(name for line in lines for name in _names(line))
    rows = (DICTIONARIES / "syllables.tsv").read_text("utf-8").splitlines()
    columns = (row.split("\t") for row in rows if row and not row.startswith("#"))
    syllables = [word for word, count, _ in columns if int(count) >= _FREQUENT and len(word) > 1]
    return {
        name: " ".join(chance.choice(syllables).capitalize() for _ in name.split(" "))
        for name, count in names.most_common()
        if count >= _LEAST
    }


def _names(line: str) -> Iterator[str]:
    """Two or three words in a row with a capital each, and no more."""
    for run in _RUN.findall(line):
        for capital, words in groupby(run.split(" "), str.istitle):
            name = list(words)
            if capital and 2 <= len(name) <= 3:
                yield " ".join(name)


def replaced(line: str, phrases: Mapping[str, str]) -> str:
    """A line with others put for some phrases, as they are written."""
    return _pattern(tuple(phrases)).sub(lambda found: phrases[found[0]], line)


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def is_in(entry: str, text: str) -> bool:
    """Whether a text in small letters has an entry, as whole words."""
    return re.search(rf"(?<!\w){re.escape(entry.lower())}(?!\w)", text) is not None


def changes(command: str, text: Path, names: Iterable[str], *options: str) -> Counter[str]:
    """How often vnclean changes a word of each name in a text."""
    done = subprocess.run(
        [command, "check", "--format", "json", *options, str(text)], capture_output=True, text=True
    )
    edits = [json.loads(line) for line in done.stdout.splitlines()]
    by_line: dict[int, list[tuple[int, int]]] = {}
    for edit in edits:
        if edit.get("applied"):
            start = edit["column"] - 1
            by_line.setdefault(edit["line"], []).append((start, start + len(edit["before"])))
    found, pattern = Counter[str](), _pattern(names)
    for number, line in enumerate(text.read_text("utf-8").split("\n"), 1):
        for start, end in by_line.get(number, ()):
            for name in pattern.finditer(line):
                if name.start() < end and start < name.end():
                    found[name[0]] += 1
    return found
