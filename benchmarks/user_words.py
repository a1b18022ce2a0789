"""What the user's own words and patterns cost, by the ten thousand.

    python benchmarks/user_words.py [--size MB] [--count N] [--runs N] [--markdown]

Whole processes of the installed command on one core, in turns: news without anything of the
user's, then with so many words, patterns, corrections and marks.  What counts is the CPU time, for
it depends least on what else the machine does; ratios are of medians.  Words and corrections are
made up of syllables, patterns are of the kinds that people write: names, numbers of papers, codes.
Exits with 1 if the bar is missed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from common import CORPUS, DATA, MissingError, fail, heading, installed_command, table
from texts import NEWS, Texts
from timing import Command, FailedError

from vnclean.wordlists import syllable_counts

#: Words and patterns together may cost so much of the time without them.
BAR = 0.05
_COMMON = 3000
_CODES = "ABCDEGHKLMNPQRSTVX"


def _syllables(seed: int) -> Iterator[str]:
    common = sorted(syllable_counts(), key=syllable_counts().__getitem__, reverse=True)[:_COMMON]
    chance = random.Random(seed)
    while True:
        yield chance.choice(common)


def words(count: int) -> Iterator[str]:
    """Names, words that are none, and phrases."""
    syllables, chance = _syllables(1), random.Random(2)
    for number in range(count):
        one, other = islice(syllables, 2)
        if number % 3 == 0:
            yield f"{one.capitalize()} {other.capitalize()}"
        elif number % 3 == 1:
            yield f"{one}{''.join(chance.choices('bcdghklmn', k=3))}"
        else:
            yield f"{one} {other} {next(syllables)}"


def corrections(count: int) -> Iterator[str]:
    """Misspellings of a word, and of two."""
    syllables, chance = _syllables(3), random.Random(6)
    for number in range(count):
        one, other = islice(syllables, 2)
        slip = "".join(chance.choices("bdghklmqrstvx", k=3)) + "z"  # no word ends so
        yield f"{one}{slip} -> {one}" if number % 2 else f"{one} {other}{slip} -> {one} {other}"


def patterns(count: int) -> Iterator[str]:
    """Half of them letters alone; the others with classes, quantifiers, alternatives, flags."""
    syllables, chance = _syllables(4), random.Random(5)
    for number in range(count):
        one, other = islice(syllables, 2)
        code = "".join(chance.choices(_CODES, k=3))
        yield (
            f"{one} {other}",
            rf"\b{code}-[0-9]{{2,5}}/{number}\b",
            f"{one.capitalize()} {other.capitalize()}",
            rf"(?i)số {number}/[0-9]{{4}}/(?:NĐ|QĐ|TT)-{code}",
            f"{code}{number}",
            rf"(?:{one}|{other}) {next(syllables)}\w*-{number % 97}",
        )[number % 6]


def _variants(count: int, folder: Path) -> dict[str, list[str]]:
    """What is given beside the text, by the name of the row."""

    def written(name: str, lines: Iterator[str]) -> list[str]:
        path = folder / name
        path.write_text("".join(f"{line}\n" for line in dict.fromkeys(lines)), "utf-8")
        return ["--dictionary", str(path)]

    own_words = written("words", words(count))
    own_corrections = written("corrections", corrections(count))
    ignore = written("patterns", (f"ignore: {pattern}" for pattern in patterns(count)))
    return {
        "nothing": [],
        f"{count:,} words": own_words,
        f"{count:,} patterns": ignore,
        f"{count:,} words and {count:,} patterns": [*own_words, *ignore],
        f"{count:,} corrections": own_corrections,
        "all of these": [*own_words, *own_corrections, *ignore],
        "--no-markers": ["--no-markers"],
    }


def _timed(variants: dict[str, list[str]], text: Path, runs: int) -> dict[str, list[float]]:
    base = installed_command()
    commands = {name: Command(name, [*base, *more]) for name, more in variants.items()}
    found: dict[str, list[float]] = {name: [] for name in variants}
    for _ in range(runs):
        for name, command in commands.items():  # in turns, so that all meet the same machine
            found[name].append(command.run(text).cpu)
    return found


def _rows(found: dict[str, list[float]]) -> Iterator[list[str]]:
    without = statistics.median(found["nothing"])
    for name, seconds in found.items():
        median = statistics.median(seconds)
        more = f"{median / without - 1:+.1%}"
        yield [name, f"{median:.2f}", f"{min(seconds):.2f}–{max(seconds):.2f}", more]


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add: Callable[..., object] = parser.add_argument
    add("--size", type=float, default=16, metavar="MB", help="of clean news (default 16)")
    add("--count", type=int, default=10_000, metavar="N", help="of each (default 10000)")
    add("--runs", type=int, default=3, help="of each row (default 3)")
    add("--data", type=Path, default=DATA, help="folder of noise.py and dev/")
    add("--corpus", type=Path, default=CORPUS, help="news, one paragraph a line (.xz)")
    add("--markdown", action="store_true", help="print the table for RESULTS.md")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    args = options(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            texts = Texts(args.data, args.corpus, folder)
            texts.check()
            text = texts.text(NEWS, 0, args.size)
            found = _timed(_variants(args.count, folder), text, args.runs)
        except (MissingError, FailedError) as error:
            return fail(error)
    print(heading())
    print(table([["beside the text", "CPU s", "from–to", "more"], *_rows(found)], args.markdown))
    both = statistics.median(found[f"{args.count:,} words and {args.count:,} patterns"])
    return int(both > (1 + BAR) * statistics.median(found["nothing"]))


if __name__ == "__main__":
    sys.exit(main())
