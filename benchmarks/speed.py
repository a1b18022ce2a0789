"""How fast ``vnclean clean`` is as a whole process on one core, and how much memory it takes.

    python benchmarks/speed.py [--sizes CLEAN DAMAGED STRIPPED] [--runs N] [--markdown]

The damaged article from start-up to done; megabytes (of 10^6 bytes) of clean news; news with 5 %
of its words damaged; news without any diacritics.  Medians over the runs, peak RSS of the worst.
Exits with 1 if a bar is missed, with 2 if something is not there.
"""

from __future__ import annotations

import argparse
import lzma
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from common import (
    CORPUS,
    DATA,
    MissingError,
    damage,
    fail,
    heading,
    installed_command,
    need,
    table,
)

#: Bars: seconds for the article, MB/s on clean news, MiB of peak RSS anywhere.
MOST_SECONDS, LEAST_SPEED, MOST_MEMORY = 0.6, 1.5, 250


@dataclass(frozen=True)
class Timing:
    """Whole-process figures of one text."""

    name: str
    size: int
    seconds: list[float]
    cpu: list[float]
    peak: float  #: MiB

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def speed(self) -> float:
        """MB/s."""
        return self.size / 1e6 / self.median

    def bars(self) -> list[tuple[str, bool]]:
        """What must hold here, and whether it does."""
        bars = [(f"≤ {MOST_MEMORY} MiB", self.peak <= MOST_MEMORY)]
        if self.name == "seed article":
            bars.append((f"≤ {MOST_SECONDS} s", self.median <= MOST_SECONDS))
        if self.name == "clean news":
            bars.append((f"≥ {LEAST_SPEED} MB/s", self.speed >= LEAST_SPEED))
        return bars

    def row(self) -> list[str]:
        marked = [f"{text} {'✓' if holds else '✗'}" for text, holds in self.bars()]
        spread = f"{min(self.seconds):.2f}-{max(self.seconds):.2f}"
        return [
            self.name,
            f"{self.size / 1e6:.2f}",
            f"{self.median:.2f}",
            spread,
            f"{statistics.median(self.cpu):.2f}",
            f"{self.speed:.2f}",
            f"{self.peak:.0f}",
            ", ".join(marked),
        ]


def measure(name: str, command: list[str], text: Path, runs: int) -> Timing:
    """Runs ``command`` with ``text`` on stdin; raises RuntimeError if it fails."""
    seconds, cpu, peak = [], [], 0.0
    for _ in range(runs):
        with text.open("rb") as stdin, Path(os.devnull).open("wb") as stdout:
            start = time.perf_counter()
            process = subprocess.Popen(command, stdin=stdin, stdout=stdout)
            _, status, usage = os.wait4(process.pid, 0)
            seconds.append(time.perf_counter() - start)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{name}: exit status {process.returncode}")
        cpu.append(usage.ru_utime + usage.ru_stime)
        unit = 1 if sys.platform == "darwin" else 1024
        peak = max(peak, usage.ru_maxrss * unit / 2**20)
    return Timing(name, text.stat().st_size, seconds, cpu, peak)


def take(corpus: Path, target: Path, megabytes: float) -> Path:
    """Writes the first lines of an xz file, ``megabytes`` of them at most, to ``target``."""
    left = megabytes * 1e6
    with lzma.open(corpus, "rb") as lines, target.open("wb") as file:
        for line in lines:
            left -= len(line)
            if left < 0:
                break
            file.write(line)
    return target


def texts(args: argparse.Namespace, work: Path) -> list[tuple[str, Path]]:
    """Names and files of what is to be timed; a size of 0 leaves a text out."""
    clean, damaged, stripped = args.sizes
    found = [("seed article", need(args.data / "dev/seed.noisy.txt", "the data", "--data"))]
    if any(args.sizes):
        need(args.corpus, "the news corpus", "--corpus")
    if clean:
        found.append(("clean news", take(args.corpus, work / "clean.txt", clean)))
    for name, size, noise in (
        ("5 % damaged", damaged, ("swap", "--rate", "0.05")),
        ("no diacritics", stripped, ("strip",)),
    ):
        if size:
            source = take(args.corpus, work / "source.txt", size)
            target = work / f"{noise[0]}.txt"
            damage(args.data, noise[0], source, target, *noise[1:])
            found.append((name, target))
    return found


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add = parser.add_argument
    add("--data", type=Path, default=DATA, help="folder of noise.py and dev/")
    add("--corpus", type=Path, default=CORPUS, help="news to cut the long texts from (.xz)")
    add(
        "--sizes",
        type=float,
        nargs=3,
        default=[20, 4, 1],
        metavar=("CLEAN", "DAMAGED", "STRIPPED"),
        help="megabytes of each text, 0 for none (default: 20 4 1)",
    )
    add("--runs", type=int, default=3, help="of each text (default 3; the article takes 5)")
    add("--markdown", action="store_true", help="a table for RESULTS.md")
    add("--command", type=shlex.split, help="time another command, as a shell would split it")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    args = options(arguments)
    if hasattr(os, "sched_setaffinity"):  # inherited by what is timed
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    try:
        command = args.command or installed_command()
        with tempfile.TemporaryDirectory() as scratch:
            found = []
            for name, text in texts(args, Path(scratch)):
                runs = max(5, args.runs) if name == "seed article" else args.runs
                found.append(measure(name, command, text, runs))
    except (MissingError, RuntimeError) as error:
        return fail(error)
    print(heading(), end="\n\n")
    columns = ["", "MB", "seconds", "range", "CPU s", "MB/s", "peak MiB", "bar"]
    print(table([columns, *(timing.row() for timing in found)], args.markdown))
    return int(not all(holds for timing in found for _, holds in timing.bars()))


if __name__ == "__main__":
    sys.exit(main())
