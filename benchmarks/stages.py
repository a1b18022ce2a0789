"""Where the time of ``vnclean clean`` goes: own seconds of each of its modules and functions.

    python benchmarks/stages.py [--size MB] [--damage PERCENT] [--text FILE] [--functions N]

Runs the command in this process under cProfile, after a first line that imports everything.  What
NumPy, regex and the other libraries take counts for the function of vnclean that called them, so
that the modules add up to the whole.  The profiler makes every call dearer: read the shares, and
take the seconds from speed.py.
"""

from __future__ import annotations

import argparse
import ast
import cProfile
import pstats
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

from common import CORPUS, DATA, MissingError, fail, heading, installed_command, table
from figures import describe
from parts import BROKEN_LINE, possible_jobs
from texts import CHANNELS, NEWS, UNSEEN, Texts

import vnclean

PACKAGE = Path(vnclean.__file__).parent
#: Functions are files, lines and names; each has calls, seconds and callers (see pstats).
Function = tuple[str, int, str]
Stats = Mapping[Function, Any]
OUTSIDE: Function = ("", 0, "no function of vnclean")
#: Libraries call each other this deep at most.
DEPTH = 60


def own(function: Function) -> bool:
    """Whether a function is one of vnclean's."""
    return Path(function[0]).is_relative_to(PACKAGE)


def attributed(stats: Stats) -> dict[Function, float]:
    """Seconds by function of vnclean, with what it had libraries do."""
    credit: dict[Function, float] = defaultdict(float)
    moving: dict[Function, float] = defaultdict(float)
    for function, (_, _, seconds, _, callers) in stats.items():
        if own(function):
            credit[function] += seconds
        else:
            spread(seconds, function, {c: timed[2] for c, timed in callers.items()}, moving)
    for _ in range(DEPTH):
        still: dict[Function, float] = defaultdict(float)
        for function, seconds in moving.items():
            if own(function) or function == OUTSIDE:
                credit[function] += seconds
            else:
                callers = stats[function][4]
                spread(seconds, function, {c: timed[3] for c, timed in callers.items()}, still)
        moving = still
    credit[OUTSIDE] += sum(moving.values())
    return credit


def spread(
    seconds: float,
    function: Function,
    weights: Mapping[Function, float],
    over: dict[Function, float],
) -> None:
    """Hands the seconds of a function over to its callers."""
    others = {caller: weight for caller, weight in weights.items() if caller != function}
    total = sum(others.values())
    if not total:
        others, total = dict.fromkeys(others or [OUTSIDE], 1.0), float(len(others) or 1)
    for caller, weight in others.items():
        over[caller] += seconds * weight / total


@cache
def module(function: Function) -> tuple[str, str]:
    """The module of a function, and what its first line says that it is for."""
    if function == OUTSIDE:
        return "-", "the interpreter and libraries, called by nothing of vnclean"
    path = Path(function[0])
    name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return name, said.split("\n")[0]


def clean(text: Path, target: Path, options: Sequence[str]) -> float:
    """Runs the command in this process; returns its seconds, raises MissingError if it fails."""
    from vnclean.cli.main import run

    sys.argv = ["vnclean", "clean", str(text), "-o", str(target), *options]
    start = time.perf_counter()
    try:
        run()
    except SystemExit as done:
        if done.code:
            raise MissingError(f"vnclean clean ended with {done.code}") from done
    return time.perf_counter() - start


def profiled(text: Path, work: Path) -> tuple[Stats, float, float]:
    """What cProfile saw, its seconds, and the seconds of the same work without it."""
    line, target = work / "line.txt", work / "out.txt"
    line.write_text(f"{BROKEN_LINE}\n", "utf-8")
    options = ["-j", "1"] if possible_jobs(installed_command()) else []
    clean(line, target, options)
    plain = clean(text, target, options)
    profile = cProfile.Profile()
    with profile:
        slowed = clean(text, target, options)
    return cast(Stats, pstats.Stats(profile).stats), slowed, plain  # type: ignore[attr-defined]


def show(credit: Mapping[Function, float], functions: int, markdown: bool) -> str:
    """A table of the modules, the most expensive first, and one of single functions."""
    total = sum(credit.values())
    by_module: dict[tuple[str, str], float] = defaultdict(float)
    for function, seconds in credit.items():
        by_module[module(function)] += seconds
    modules = [
        [name, f"{seconds:.3f}", f"{seconds / total:.1%}", what]
        for (name, what), seconds in sorted(by_module.items(), key=lambda pair: -pair[1])
        if seconds >= 0.001 * total
    ]
    single = [
        [f"{module(function)[0]}:{function[1]}", function[2], f"{seconds:.3f}"]
        for function, seconds in sorted(credit.items(), key=lambda pair: -pair[1])[:functions]
    ]
    tables = [table([["module", "seconds", "share", "what it does"], *modules], markdown)]
    if single:
        tables.append(table([["place", "function", "seconds"], *single], markdown))
    return "\n\n".join(tables)


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add = parser.add_argument
    add("--size", type=float, default=1, metavar="MB", help="of the text (default 1)")
    add("--damage", type=float, choices=sorted(CHANNELS), default=0, help="per cent (default 0)")
    add("--unseen", action="store_true", help="news that the model was not trained on")
    add("--text", type=Path, help="a file of your own instead")
    add("--functions", type=int, default=15, metavar="N", help="dearest ones to show (default 15)")
    add("--data", type=Path, default=DATA, help="folder of noise.py and dev/")
    add("--corpus", type=Path, default=CORPUS, help="news to cut the text from (.xz)")
    add("--markdown", action="store_true", help="tables for RESULTS.md")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    args = options(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        try:
            if args.text:
                text, name = args.text, str(args.text)
            else:
                texts = Texts(args.data, args.corpus, work)
                texts.check()
                source = UNSEEN if args.unseen else NEWS
                text = texts.text(source, args.damage, args.size)
                name = describe(source, args.damage)
            stats, slowed, plain = profiled(text, work)
        except MissingError as error:
            return fail(error)
        size = text.stat().st_size / 1e6
    print(heading(), end="\n\n")
    print(f"{name}, {size:.3g} MB: {plain:.2f} s, {slowed:.2f} s under the profiler\n")
    print(show(attributed(stats), args.functions, args.markdown))
    return 0


if __name__ == "__main__":
    sys.exit(main())
