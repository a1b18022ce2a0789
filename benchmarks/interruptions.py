"""Kills runs over a tree at random moments, goes on with each, and says whether all came out.

python benchmarks/interruptions.py [KILLS] [FILES]        100 kills, trees of 60 files if not given

A run is killed (SIGKILL) two or three times, then gone on with until it ends.  The output, the
report and the summary must be those of a run that nobody disturbed; the inputs must be as they
were; no temporary file may be left.  Every other run is in place, with backups.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from command import VNCLEAN
from trees import clean, make_tree, strays, tree

_TOLD = "--report", "r.jsonl", "--summary-json", "s.json", "--quiet", "--resume"
MIRRORED = ("-o", "out", "in", *_TOLD)
IN_PLACE = ("-i", "in", "--backup", ".bak", *_TOLD)


@dataclass
class Counts:
    """What was seen."""

    kills: int = 0
    late: int = 0  # the run had ended before it was to be killed
    differing: int = 0
    strays: int = 0
    inputs_changed: int = 0


def state_of(here: Path) -> tuple[object, ...]:
    """All that a run leaves behind."""
    names = "r.jsonl", "s.json"
    return tree(here / "in"), tree(here / "out"), *((here / n).read_bytes() for n in names)


def kill_after(seconds: float, args: tuple[str, ...], here: Path, counts: Counts) -> None:
    with subprocess.Popen([VNCLEAN, "clean", *args], cwd=here) as process:
        try:
            process.wait(seconds)
            counts.late += 1
        except subprocess.TimeoutExpired:
            process.kill()
            counts.kills += 1


def main(kills: int = 100, files: int = 60) -> None:
    chance, counts = random.Random(2), Counts()
    with tempfile.TemporaryDirectory() as folder:
        original = make_tree(Path(folder, "original"), files)
        undisturbed, took = [], []
        for number, args in enumerate((MIRRORED, IN_PLACE)):
            here = Path(folder, f"undisturbed{number}")
            shutil.copytree(original, here / "in")
            start = time.perf_counter()
            clean(*args, cwd=here)
            took.append(time.perf_counter() - start)
            undisturbed.append(state_of(here))
        run = 0
        while counts.kills < kills:
            which = run % 2
            run += 1
            args, here = (MIRRORED, IN_PLACE)[which], Path(folder, "run")
            shutil.copytree(original, here / "in")
            for _ in range(chance.randint(2, 3)):
                kill_after(chance.uniform(0.1, took[which]), args, here, counts)
            clean(*args, cwd=here)
            counts.differing += state_of(here) != undisturbed[which]
            counts.strays += len(strays(here))
            counts.inputs_changed += which == 0 and tree(here / "in") != tree(original)
            shutil.rmtree(here)
    print(f"{counts.kills} kills in {run} runs over {files} files ({counts.late} came too late)")
    print(f"runs that ended otherwise than an undisturbed one: {counts.differing}")
    print(
        f"temporary files left: {counts.strays}; runs that changed inputs: {counts.inputs_changed}"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
