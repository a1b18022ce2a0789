"""How fast the Python interface is beside the command, start-up left out.

    python benchmarks/interface.py [--size MB] [--damage PERCENT...] [--runs N] [--markdown]

Each way is a process of its own that reads the text from a file, one record a line, and takes
turns with the command.  Seconds of the processor count, so that other programs matter less; from
each run those of the same process on one line are taken off.  Exits with 1 if ``clean_batches``
is slower than the bar.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from common import CORPUS, DATA, MissingError, fail, heading, installed_command, table
from figures import describe
from texts import CHANNELS, UNSEEN, Texts, cut
from timing import Command, FailedError

import vnclean

if TYPE_CHECKING:
    import pyarrow as pa

#: Of the command's speed, that of clean_batches at least.
BAR = 0.9
BARRED = "clean_batches, 10,000 rows"
#: Ways that take lines one by one, which get a smaller part of the text.
SLOW = "clean, line by line", "clean_lines, ahead=1"
SLOW_PART = 10


def batches(lines: Sequence[str], rows: int) -> Iterator[pa.RecordBatch]:
    """The lines as records, so many in a batch."""
    import pyarrow as pa

    for first in range(0, len(lines), rows):
        yield pa.record_batch({"text": [line.rstrip("\n") for line in lines[first : first + rows]]})


def by_batches(rows: int, edits: str | None = None) -> Callable[[list[str]], object]:
    """Cleans batches of so many rows."""

    def run(lines: list[str]) -> object:
        return sum(
            made.num_rows for made in vnclean.clean_batches(batches(lines, rows), edits=edits)
        )

    return run


WAYS: dict[str, Callable[[list[str]], object]] = {
    BARRED: by_batches(10_000),
    "clean_batches, 1,000 rows": by_batches(1000),
    "clean_batches, 100 rows": by_batches(100),
    "clean_batches, 10 rows": by_batches(10),
    "clean_batches, 10,000 rows, edits": by_batches(10_000, "edits"),
    "clean_all": vnclean.clean_all,
    "clean_lines": lambda lines: list(vnclean.clean_lines(lines)),
    "clean, the whole text": lambda lines: vnclean.clean("".join(lines)),
    SLOW[0]: lambda lines: [vnclean.clean(line) for line in lines],
    SLOW[1]: lambda lines: list(vnclean.clean_lines(lines, ahead=1)),
}


def speeds(commands: Sequence[Command], text: Path, runs: int) -> list[list[float]]:
    """Of each command, bytes a second in each run; the commands in turns."""
    line, part = cut(text, 1), cut(text, text.stat().st_size // SLOW_PART)
    startup = [statistics.median(one.run(line).cpu for _ in range(runs)) for one in commands]
    found: list[list[float]] = [[] for _ in commands]
    for _ in range(runs):
        for number, command in enumerate(commands):
            read = part if command.name in SLOW else text
            seconds = command.run(read).cpu - startup[number]
            found[number].append(read.stat().st_size / seconds)
    return found


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add = parser.add_argument
    add("--size", type=float, default=2, metavar="MB", help="of the text (default 2)")
    add(
        "--damage", type=float, nargs="+", choices=sorted(CHANNELS), default=[0, 5], help="per cent"
    )
    add("--ways", nargs="+", choices=WAYS, default=list(WAYS), help="only these")
    add("--runs", type=int, default=3, help="of each way (default 3)")
    add("--data", type=Path, default=DATA, help="folder of noise.py and dev/")
    add("--corpus", type=Path, default=CORPUS, help="news to cut the text from (.xz)")
    add("--markdown", action="store_true", help="tables for RESULTS.md")
    add("--clean", choices=WAYS, help=argparse.SUPPRESS)  # stdin, in this process
    return parser.parse_args(arguments)


def measured(args: argparse.Namespace, folder: Path) -> Iterator[list[str]]:
    """A row for each way and text."""
    texts = Texts(args.data, args.corpus, folder)
    texts.check()
    commands = [Command("vnclean clean", [*installed_command(), "-j", "1"])]
    commands += [Command(way, [sys.executable, __file__, "--clean", way]) for way in args.ways]
    for percent in args.damage:
        text = texts.text(UNSEEN, percent, args.size)
        found = speeds(commands, text, args.runs)
        for command, bytes_a_second in zip(commands, found, strict=True):
            ratios = [one / other for one, other in zip(bytes_a_second, found[0], strict=True)]
            ratio = statistics.median(ratios)
            held = f"{BAR:g} {'✓' if ratio >= BAR else '✗'}" if command.name == BARRED else ""
            megabytes = f"{statistics.median(bytes_a_second) / 1e6:.3g}"
            between = f"{min(ratios):.2f}–{max(ratios):.2f}"
            yield [
                describe(UNSEEN, percent),
                command.name,
                megabytes,
                f"{ratio:.2f}",
                between,
                held,
            ]


def main(arguments: Sequence[str] | None = None) -> int:
    args = options(arguments)
    if args.clean:
        with open(0, encoding="utf-8", newline="\n") as stdin:
            WAYS[args.clean](list(stdin))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        try:
            rows = list(measured(args, Path(folder)))
        except (MissingError, FailedError) as error:
            return fail(error)
    columns = ["text", "way", "MB/CPU s", "of the command", "range", "bar"]
    print(f"{heading()}\n\n{table([columns, *rows], args.markdown)}")
    return int(any("✗" in row[-1] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
