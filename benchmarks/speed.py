"""How fast ``vnclean clean`` is, what it takes, and what others take for the same text.

    python benchmarks/speed.py [--parts PART...] [--sizes MB...] [--runs N] [--plots] [--markdown]

Whole processes, one core if nothing else is said, MB of 10^6 bytes; medians over the runs, peak
RSS of the worst.  The parts: ``start`` (start-up and an article), ``cost`` (by damage and size, on
one core and two, news of the model's corpus and news that it has not seen), ``peers`` (other
programs in turns with vnclean), ``memory`` (a long stream).  Exits with 1 if a bar is missed, with
2 if something is not there.
"""

from __future__ import annotations

import argparse
import os
import shlex
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from bars import bars
from common import CORPUS, DATA, MissingError, fail, heading, installed_command, table
from figures import Figure, describe, ratios, spread, write
from parts import Bench, possible_jobs, say
from peer import ENVIRONMENT, PEERS
from texts import CHANNELS, Texts
from timing import FailedError, cores

PARTS = ("start", "cost", "peers", "memory")
PLOTS = Path(__file__).parent / "plots"


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add = parser.add_argument
    damages = sorted(CHANNELS)
    add("--parts", nargs="+", choices=PARTS, default=PARTS, help="what to measure (default: all)")
    add("--sizes", nargs="+", type=float, default=[1, 4], metavar="MB", help="default: 1 4")
    add(
        "--damage",
        nargs="+",
        type=float,
        choices=damages,
        default=damages,
        metavar="PERCENT",
        help=f"of the words, for cost (default: {' '.join(f'{d:g}' for d in damages)})",
    )
    add("--runs", type=int, default=3, help="of each text (default 3; start-up takes 5)")
    add(
        "--budget",
        type=float,
        default=4,
        metavar="S",
        help="cut a text on which a command would work longer than this (default 4)",
    )
    add("--peers", type=Path, default=ENVIRONMENT, help="their environment (see peers.txt)")
    names = [peer.title for peer in PEERS]
    add("--peer", nargs="+", choices=names, default=names, help="only these")
    add("--peer-size", type=float, default=1, metavar="MB", help="at most (default 1)")
    add(
        "--peer-damage",
        nargs="+",
        type=float,
        choices=damages,
        default=[0, 5, 100],
        metavar="PERCENT",
        help="default: 0 5 100",
    )
    add("--memory", nargs="+", type=float, default=[1, 10], metavar="MB", help="default: 1 10")
    add("--data", type=Path, default=DATA, help="folder of noise.py and dev/")
    add("--corpus", type=Path, default=CORPUS, help="news to cut the long texts from (.xz)")
    add("--texts", type=Path, metavar="DIR", help="keep the texts there, for another time")
    add("--command", type=shlex.split, help="another 'vnclean clean', as a shell would split it")
    add("--markdown", action="store_true", help="tables for RESULTS.md")
    add("--json", type=Path, metavar="FILE", help="write all figures there; plots.py draws them")
    add("--plots", type=Path, nargs="?", const=PLOTS, metavar="DIR", help="draw them (SVG)")
    return parser.parse_args(arguments)


def measure(bench: Bench, args: argparse.Namespace) -> Iterator[Figure]:
    """The figures of all parts that are asked for, as they come."""
    if not bench.jobs:
        bench.note("vnclean clean has no --jobs: one process only, nothing on two cores")
    elif 2 not in bench.jobs:
        bench.note("only one core is allowed here: nothing on two cores")
    if "start" in args.parts:
        yield from bench.start()
    if "cost" in args.parts:
        yield from bench.cost(args.damage, args.sizes)
    if "peers" in args.parts:
        peers = [peer for peer in PEERS if peer.title in args.peer]
        yield from bench.beside(peers, args.peers, args.peer_damage, args.peer_size)
    if "memory" in args.parts:
        yield from bench.memory(args.memory)


COLUMNS = ("", "text", "-j", "MB", "seconds", "range", "CPU s", "MB/s", "peak MB")


def row(figure: Figure) -> list[str]:
    """A row of COLUMNS; what has no meaning or was not measured is a dash."""
    timed = figure.peak > 0
    return [
        figure.name,
        describe(figure.text, figure.damage),
        str(figure.jobs),
        f"{figure.size / 1e6:.3g}" if figure.size else "-",
        f"{figure.seconds:.3f}",
        spread([run.seconds for run in figure.runs]),
        f"{figure.cpu:.3f}" if timed else "-",
        f"{figure.speed:.3g}" if figure.part != "start" else "-",
        f"{figure.peak:.0f}" if timed else "-",
    ]


def show(figures: Sequence[Figure], markdown: bool) -> Iterator[str]:
    """A table for each part; peers with how many times as fast vnclean was in the same turns."""
    for part in PARTS:
        chosen = [figure for figure in figures if figure.part == part]
        if not chosen:
            continue
        rows = [row(figure) for figure in chosen]
        columns = list(COLUMNS)
        if part == "peers":
            rows = []
            columns += ["vnclean MB/s", "vnclean is"]
            for peer, ours, turns in ratios(chosen):
                times = f"{statistics.median(turns):.3g}× ({spread(turns)})"
                rows.append([*row(peer), f"{ours.speed:.3g}", times])
        yield f"{part}\n\n{table([columns, *rows], markdown)}\n"


def drawing() -> Callable[[Sequence[Figure], Path], None]:
    """What draws; raises MissingError without matplotlib, before anything is measured."""
    try:
        from plots import draw
    except ImportError as error:
        raise MissingError(
            f"{error.name} is not installed; run: pip install '.[benchmarks]'"
        ) from error
    return draw


def main(arguments: Sequence[str] | None = None) -> int:
    args = options(arguments)
    with ExitStack() as stack:
        try:
            draw = drawing() if args.plots else None
            folder = args.texts or Path(stack.enter_context(tempfile.TemporaryDirectory()))
            folder.mkdir(parents=True, exist_ok=True)
            texts = Texts(args.data, args.corpus, folder)
            texts.check()
            words = args.command or installed_command()
            bench = Bench(words, possible_jobs(words), texts, args.runs, args.budget)
            load = os.getloadavg()[0]
            figures = []
            for figure in measure(bench, args):
                say(" · ".join(cell for cell in row(figure) if cell != "-"))
                figures.append(figure)
                if args.json:  # each time, for a long run may not come to its end
                    write(args.json, figures)
        except (MissingError, FailedError) as error:
            return fail(error)
    if draw:
        draw(figures, args.plots)
    print(f"{heading()}, {cores()} to use, load {load:.2f} before", end="\n\n")
    print("\n".join(show(figures, args.markdown)))
    if bench.notes:
        print("\n".join(bench.notes), end="\n\n")
    found = bars(figures)
    print("\n".join(f"{'- ' if args.markdown else ''}{bar}" for bar in found))
    return int(any(bar.holds is False for bar in found))


if __name__ == "__main__":
    sys.exit(main())
