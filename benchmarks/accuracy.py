"""How much of each kind of damage is repaired, and how much that was right is harmed.

    python benchmarks/accuracy.py [--quick] [--only NAME...] [--markdown] [-j N]

Runs the installed ``vnclean clean`` as a black box over every case of cases.py and lets judge.py
of the data folder count.  Exits with 1 if a bar is missed, with 2 if something is not there.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from cases import CASES, Bar, Case
from common import DATA, MissingError, damage, fail, heading, installed_command, need, table

QUICK_LINES = 200
COLUMNS = (
    ("errors", "errors", "{:,.0f}"),
    ("recall", "recall", "{:.3f}"),
    ("precision", "precision", "{:.3f}"),
    ("f1", "F1", "{:.3f}"),
    ("detection_precision", "det. prec.", "{:.3f}"),
    ("false_per_1000", "false/1000", "{:.2f}"),
    ("word_accuracy_after", "word acc.", "{:.4f}"),
    ("line_exact_after", "lines", "{:.4f}"),
    ("chars_changed", "chars", "{:,.0f}"),
    ("wall_s", "seconds", "{:.1f}"),
)
#: What judge.py calls the figures of marked errors.
MARKED = {"CR": "recall", "CP": "precision", "CF": "f1", "DP": "detection_precision"}


@dataclass(frozen=True)
class Job:
    """One case to be judged, with files of its own in ``work``."""

    case: Case
    data: Path
    work: Path
    command: list[str]
    seed: int
    lines: int | None
    bars: Sequence[Bar] = field(default=())

    def run(self) -> dict[str, float | None]:
        """The figures; raises MissingError or, if the judge or the command fails, RuntimeError."""
        result = self.work / "figures.json"
        arguments = [*self._texts(), "--json", str(result), "--", *self.command]
        done = subprocess.run(
            [sys.executable, str(self.data / "judge.py"), *arguments],
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{self.case.name}: {done.stderr.strip()}")
        figures = json.loads(result.read_text("utf-8"))["results"][0]
        renamed = {MARKED.get(name, name): value for name, value in figures.items()}
        if any(bar.figure == "exact" for bar in self.bars):
            renamed["exact"] = float(self._exact())
        return renamed

    def _texts(self) -> list[str]:
        case = self.case
        if not case.clean:
            return ["--jsonl", str(self._short(self._file(case.noisy), self.lines))]
        clean = self._file(case.clean)
        noisy = self.work / "noisy.txt" if case.channel else self._file(case.noisy)
        if case.channel:
            damage(self.data, case.channel, clean, noisy, "--seed", str(self.seed))
        lines = self.lines if case.name != "seed" else None
        return [
            "--noisy",
            str(self._short(noisy, lines)),
            "--clean",
            str(self._short(clean, lines)),
        ]

    def _file(self, name: str) -> Path:
        return need(self.data / "dev" / name, "the benchmark data", "--data")

    def _short(self, path: Path, lines: int | None) -> Path:
        """``path``, or a copy of its first ``lines`` lines."""
        if lines is None:
            return path
        copy = self.work / f"{zlib.crc32(str(path).encode()):08x}{path.suffix}"
        with path.open("rb") as whole, copy.open("wb") as part:
            part.writelines(islice(whole, lines))
        return copy

    def _exact(self) -> bool:
        """Whether the output is the clean text to the byte, line ends and all."""
        with self._file(self.case.noisy).open("rb") as noisy:
            done = subprocess.run(self.command, stdin=noisy, stdout=subprocess.PIPE, check=True)
        return done.stdout == self._file(self.case.clean).read_bytes()


def show_bar(bar: Bar, figures: dict[str, float | None]) -> str:
    """``recall ≥ 0.95 ✓``."""
    mark = "✓" if bar.holds(figures) else "✗"
    if bar.figure == "exact":
        return f"byte for byte {mark}"
    names = {name: heading for name, heading, _ in COLUMNS}
    return f"{names[bar.figure]} {'≤' if bar.most else '≥'} {bar.value:g} {mark}"


def show(job: Job, figures: dict[str, float | None]) -> list[str]:
    """A row of the table; a figure that has no meaning for the case is a dash."""
    row = [job.case.name]
    of_errors = ("recall", "precision", "f1", "detection_precision")
    for name, _, form in COLUMNS:
        value = figures.get(name) if figures["errors"] or name not in of_errors else None
        row.append("-" if value is None else form.format(value))
    return [*row, ", ".join(show_bar(bar, figures) for bar in job.bars)]


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    names = ", ".join(case.name for case in CASES)
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], epilog=f"names: {names}")
    add = parser.add_argument
    add("--data", type=Path, default=DATA, help="folder of judge.py, noise.py and dev/")
    add("--only", nargs="+", metavar="NAME", default=[], help="these cases; news means news/*")
    add("--quick", action="store_true", help=f"a few cases, {QUICK_LINES} lines; bar: the seed")
    add("--seed", type=int, default=1, help="of the damage (default 1)")
    add("--markdown", action="store_true", help="a table for RESULTS.md")
    add("-j", "--jobs", type=int, default=1, help="cases at a time; seconds then mean little")
    add("--command", type=shlex.split, help="judge another command, as a shell would split it")
    return parser.parse_args(arguments)


def chosen(only: Sequence[str], quick: bool) -> list[Case]:
    """The cases asked for; raises MissingError for a name that no case has."""
    for name in only:
        if not any(_is_called(case, name) for case in CASES):
            raise MissingError(f"no case is called {name}; --help lists them")
    return [
        case
        for case in CASES
        if (case.quick or not quick) and (not only or any(_is_called(case, name) for name in only))
    ]


def _is_called(case: Case, name: str) -> bool:
    return case.name == name or case.name.startswith(f"{name}/")


def main(arguments: Sequence[str] | None = None) -> int:
    args = options(arguments)
    try:
        need(args.data / "judge.py", "the judge", "--data")
        cases = chosen(args.only, args.quick)
        command = args.command or installed_command()
        with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(args.jobs) as pool:
            jobs = []
            for number, case in enumerate(cases):
                work = Path(scratch, str(number))
                work.mkdir()
                bars = case.bars if not args.quick or case.name == "seed" else ()
                lines = QUICK_LINES if args.quick else None
                jobs.append(Job(case, args.data, work, command, args.seed, lines, bars))
            found = list(pool.map(Job.run, jobs))
    except (MissingError, RuntimeError) as error:
        return fail(error)
    print(heading(), end="\n\n")
    columns = ["", *(title for _, title, _ in COLUMNS), "bar"]
    rows = [show(job, figures) for job, figures in zip(jobs, found, strict=True)]
    print(table([columns, *rows], args.markdown))
    missed = sum(
        not bar.holds(figures) for job, figures in zip(jobs, found, strict=True) for bar in job.bars
    )
    print(f"\n{missed} bars missed" if missed else "\nall bars reached")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
