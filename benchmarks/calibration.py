"""Whether what is said to be right with a probability of p is right in p of all cases.

    python benchmarks/calibration.py [--only CASE...] [--seed N] [--markdown] [--plots]

A reliability diagram as a table (and a plot): edits by their confidence, applied or not, and what
share of each bin came out right by judge.py's alignment; the expected calibration error, which is
the distance of the two on average (Naeini et al., 2015); and how much of what ``--min-confidence``
0.95 lets by is right.  Exits with 1 if a bar is missed, with 2 if something is not there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from accuracy import chosen
from cases import Case
from causes import SPELLING
from common import MissingError, case_parser, fail, heading, table
from errors import ours
from places import judged_edits, load_judge, texts

from vnclean.cleaner import Cleaner
from vnclean.edits import Edit

#: Finer where most edits are.
EDGES = (0.0, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995, 1.0)
#: Bars: the expected calibration error at most, and what is right of all that is so sure.
MOST_ERROR, SURE = 0.03, 0.95
#: Which lines are looked at: what is fitted to some is judged on the others.
LINES = {"all": slice(None), "even": slice(0, None, 2), "odd": slice(1, None, 2)}
PLOT = Path(__file__).parent / "plots" / "calibration.svg"


class Judged(NamedTuple):
    """An edit: its case, what it was found by, how sure it was, and whether it was right."""

    case: str
    evidence: str
    confidence: float
    right: bool


@dataclass(frozen=True)
class Bin:
    """Edits about as sure as each other."""

    first: float
    last: float
    edits: Sequence[Judged]

    @property
    def said(self) -> float:
        return sum(edit.confidence for edit in self.edits) / len(self.edits)

    @property
    def right(self) -> float:
        return sum(edit.right for edit in self.edits) / len(self.edits)


def wanted(only: Sequence[str]) -> list[Case]:
    """The cases asked for; without any, those about words, and those of blanks."""
    blanks = ("coding/split", "coding/glue")
    return [
        case
        for case in chosen(only, False)
        if only or ours(case.name) or case.name.startswith(blanks)
    ]


def collected(
    cases: Sequence[Case], data: Path, seed: int, lines: slice, cleaner: Cleaner, judge: ModuleType
) -> Iterator[Judged]:
    """Every edit of some cases."""
    same = judge.Same()
    for case in cases:
        damaged, clean = (side[lines] for side in texts(case, data, seed, judge))
        found = zip(damaged, clean, cleaner.edits(damaged), strict=True)
        for text, meant, edits in found:
            for edit, right in judged_edits(text, meant, edits, judge, same):
                yield Judged(case.name, evidence(edit), edit.confidence, right)


def evidence(edit: Edit) -> str:
    """What an edit was found by: ``spacing``, ``misread``, ``run`` (a mode that strikes every word
    of a stretch), ``slip``, or ``letters``, whose edits are sure by rule.
    """
    if edit.kind in ("split", "glued"):
        return "spacing"
    if edit.kind in SPELLING:
        return "slip" if edit.mode in ("typed", "slips") else "run"
    return "misread" if edit.kind == "misread" else "letters"


def bins(edits: Sequence[Judged]) -> list[Bin]:
    """Those that hold any."""
    last = len(EDGES) - 2
    parts: list[list[Judged]] = [[] for _ in EDGES[1:]]
    for edit in edits:
        place = sum(edit.confidence >= edge for edge in EDGES[1:])
        parts[min(place, last)].append(edit)
    pairs = zip(pairwise(EDGES), parts, strict=True)
    return [Bin(first, end, part) for (first, end), part in pairs if part]


def calibration_error(edits: Sequence[Judged]) -> float:
    """How far what is said is from what is right, on average over the edits."""
    return sum(len(one.edits) * abs(one.said - one.right) for one in bins(edits)) / len(edits)


def diagram(edits: Sequence[Judged]) -> list[list[str]]:
    """The reliability diagram as a table."""
    rows = [["confidence", "edits", "said", "right"]]
    for one in bins(edits):
        span = f"{one.first:g}–{one.last:g}"
        rows.append([span, f"{len(one.edits):,}", f"{one.said:.3f}", f"{one.right:.3f}"])
    return rows


def summary(name: str, edits: Sequence[Judged]) -> list[str]:
    """A row: how well a part of the edits is calibrated."""
    sure = [edit for edit in edits if edit.confidence >= SURE]
    said = sum(edit.confidence for edit in edits) / len(edits)
    right = sum(edit.right for edit in edits) / len(edits)
    of_sure = f"{sum(edit.right for edit in sure) / len(sure):.3f}" if sure else "-"
    error = f"{calibration_error(edits):.3f}"
    return [
        name,
        f"{len(edits):,}",
        f"{said:.3f}",
        f"{right:.3f}",
        error,
        f"{len(sure):,}",
        of_sure,
    ]


def by(edits: Sequence[Judged], names: Sequence[str]) -> Iterator[tuple[str, list[Judged]]]:
    """The edits in parts, by the name that goes with each."""
    parts: dict[str, list[Judged]] = {}
    for name, edit in zip(names, edits, strict=True):
        parts.setdefault(name, []).append(edit)
    yield from parts.items()


def plot(edits: Sequence[Judged], path: Path) -> None:
    """Draws what is right against what is said, by what edits were found by."""
    from plots import COLOURS, MARKS, plt

    figure, axes = plt.subplots(figsize=(5, 5))
    axes.plot((0, 1), (0, 1), color="#999999", linewidth=1)
    parts = sorted(by(edits, [edit.evidence for edit in edits]))
    for (name, part), colour, mark in zip(parts, COLOURS, MARKS, strict=False):
        points = [(one.said, one.right) for one in bins(part) if len(one.edits) >= 10]
        if points:
            axes.plot(*zip(*points, strict=True), color=colour, marker=mark, label=name)
    axes.set(xlabel="confidence", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1))
    axes.set_title("Reliability by evidence")
    axes.legend()
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = case_parser(__doc__)
    add = parser.add_argument
    add("--lines", choices=LINES, default="all", help="default all")
    add("--markdown", action="store_true", help="tables for docs/accuracy.md")
    add("--plots", action="store_true", help="draw plots/calibration.svg")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    args = options(arguments)
    try:
        judge = load_judge(args.data)
        lines = LINES[args.lines]
        edits = list(collected(wanted(args.only), args.data, args.seed, lines, Cleaner(), judge))
    except MissingError as error:
        return fail(error)
    if not edits:
        return fail("nothing was found to repair")
    print(heading(), end="\n\n")
    print(table(diagram(edits), args.markdown), end="\n\n")
    columns = ["", "edits", "said", "right", "ECE", f"≥ {SURE:g}", "right of these"]
    rows = [summary(*part) for part in by(edits, [edit.case for edit in edits])]
    rows += [summary(*part) for part in sorted(by(edits, [edit.evidence for edit in edits]))]
    print(table([columns, *rows, summary("all", edits)], args.markdown), end="\n\n")
    if args.plots:
        plot(edits, PLOT)
    error = calibration_error(edits)
    sure = [edit.right for edit in edits if edit.confidence >= SURE]
    right = sum(sure) / len(sure) if sure else 1.0
    reached = error <= MOST_ERROR and right >= SURE
    print(f"{'✓' if error <= MOST_ERROR else '✗'} ECE ≤ {MOST_ERROR:g}: {error:.4f}")
    print(f"{'✓' if right >= SURE else '✗'} right of confidence ≥ {SURE:g}: {right:.4f}")
    return int(not reached)


if __name__ == "__main__":
    sys.exit(main())
