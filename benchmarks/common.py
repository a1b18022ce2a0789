"""What the benchmarks share: where the data and the command are, tables, the heading of a row."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
DATA = REPOSITORY.parent / "shared" / "eval"
CORPUS = REPOSITORY.parent / "shared" / "corpus" / "vietnews.train.txt.xz"


class MissingError(Exception):
    """Something that a benchmark needs is not there."""


def need(path: Path, what: str, option: str) -> Path:
    """``path``, or MissingError that says what it is and which option names another place."""
    if not path.exists():
        raise MissingError(
            f"{what} is not at {os.path.relpath(path)}; it is no part of this repository."
            f" Say with {option} where it is."
        )
    return path


def installed_command() -> list[str]:
    """``vnclean clean`` of the environment that runs the benchmark, else of the PATH."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which("vnclean", path=beside) or shutil.which("vnclean")
    if not found:
        raise MissingError("vnclean is not installed here; run: pip install '.[dev]'")
    return [found, "clean"]


def damage(data: Path, channel: str, source: Path, target: Path, *options: str) -> None:
    """Writes ``source`` damaged by noise.py to ``target``."""
    noise = need(data / "noise.py", "the damage generator", "--data")
    with source.open("rb") as clean, target.open("wb") as noisy:
        command = [sys.executable, str(noise), channel, *options]
        subprocess.run(command, stdin=clean, stdout=noisy, check=True)


def heading() -> str:
    """Date, commit and machine: what a row of RESULTS.md begins with."""
    return f"{date.today().isoformat()} · {_commit()} · {_machine()}"


def _commit() -> str:
    command = ["git", "-C", str(REPOSITORY), "describe", "--always", "--dirty"]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout.strip() or "no commit"


def _machine() -> str:
    processor = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        processor = names[0].partition(":")[2].strip() if names else processor
    return f"{processor}, {os.cpu_count()} CPUs, Python {platform.python_version()}"


def table(rows: Sequence[Sequence[str]], markdown: bool) -> str:
    """``rows`` (the first one names the columns) as aligned text or as a Markdown table."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    if markdown:
        lines.insert(1, ["-" * width for width in widths])
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return "\n".join("  ".join(line).rstrip() for line in lines)


def case_parser(doc: str | None) -> argparse.ArgumentParser:
    """With the options of all that run the cases: where the data are, which ones, which damage."""
    parser = argparse.ArgumentParser(description=(doc or "").split("\n")[0])
    add = parser.add_argument
    add("--data", type=Path, default=DATA, help="folder of judge.py, noise.py and dev/")
    add("--only", nargs="+", metavar="NAME", default=[], help="these cases; news means news/*")
    add("--seed", type=int, default=1, help="of the damage (default 1)")
    return parser


def fail(message: object) -> int:
    """One line on stderr; the exit code for something missing."""
    print(f"{Path(sys.argv[0]).name}: {message}", file=sys.stderr)
    return 2
