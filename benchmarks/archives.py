"""A tree of every kind of file, cleaned by one command: is all of it there, how long does it take?

    python benchmarks/archives.py [--files N] [--size MB] [--jobs 1 2] [--folder DIR] [--markdown]

Makes the tree (kept with --folder), cleans it with one worker and with two, goes on with
``--resume`` although nothing is left to do, and compares what came out, file by file and member by
member, with what went in: names, times and modes, and everything outside the fields that are text.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import CORPUS, MissingError, fail, heading, installed_command, need, table
from members import differences
from tree import make

#: Nothing to do must not take longer, in seconds.
RESUMED = 2.0
#: Two workers against one.
SPEED_UP = 1.8


def timed(tree: Path, out: Path, *options: str) -> tuple[float, float, dict[str, object]]:
    """Seconds, the peak of the largest process in MB, and the summary of one run."""
    summary = out.with_name(f"{out.name}.json")
    command = [*installed_command(), str(tree), "-o", f"{out}/", "--quiet"]
    began = time.perf_counter()
    done = subprocess.run([*command, "--summary-json", str(summary), *options])
    seconds = time.perf_counter() - began
    if done.returncode:
        raise MissingError(f"the command ended with {done.returncode}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    return seconds, peak, json.loads(summary.read_text("utf-8"))


def measured(folder: Path, files: int, size: int, jobs: list[int]) -> tuple[list[list[str]], bool]:
    """The rows of the table, and whether everything is as it should be."""
    tree = folder / "tree"
    sources = sorted(CORPUS.parent.glob("more_*.txt.xz"), reverse=True)
    made, text = make(tree, [need(CORPUS, "the corpus", "--corpus"), *sources], files, size)
    rows = [["run", "files", "MB of text", "seconds", "MB/s", "peak MB", "bar"]]
    taken: dict[int, float] = {}
    well = True
    for number in jobs:
        out = folder / f"out{number}"
        seconds, peak, _ = timed(tree, out, "-j", str(number))
        taken[number] = seconds
        bar = ""
        if number == 2 and 1 in taken:
            ratio = taken[1] / seconds
            well = well and ratio >= SPEED_UP
            bar = f"{ratio:.2f} x one, {SPEED_UP} wanted {'✓' if ratio >= SPEED_UP else '✗'}"
        rows.append(
            [
                f"-j {number}",
                str(made),
                f"{text / 1e6:.0f}",
                f"{seconds:.1f}",
                f"{text / 1e6 / seconds:.2f}",
                f"{peak:.0f}",
                bar,
            ]
        )
    seconds, peak, _ = timed(tree, out, "-j", str(jobs[-1]), "--resume")
    well = well and seconds < RESUMED
    mark = "✓" if seconds < RESUMED else "✗"
    rows.append(
        ["--resume", str(made), "", f"{seconds:.2f}", "", f"{peak:.0f}", f"< {RESUMED} s {mark}"]
    )
    for number in jobs:
        found = list(differences(tree, folder / f"out{number}"))
        well = well and not found
        rows.append(
            [
                f"compared, -j {number}",
                str(made),
                "",
                "",
                "",
                "",
                f"{len(found)} differ {'✗' if found else '✓'}",
            ]
        )
        for line in found[:20]:
            print(line, file=sys.stderr)
    return rows, well


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--size", type=float, default=500, metavar="MB", help="of text")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--folder", type=Path, help="make everything there, and keep it")
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    scratch = None if options.folder else Path(tempfile.mkdtemp(prefix="vnclean-"))
    try:
        folder = options.folder or scratch
        rows, well = measured(folder, options.files, int(options.size * 1e6), options.jobs)
    except MissingError as error:
        return fail(error)
    finally:
        if scratch:
            shutil.rmtree(scratch)
    print(heading(), table(rows, options.markdown), sep="\n\n")
    return not well


if __name__ == "__main__":
    sys.exit(main())
