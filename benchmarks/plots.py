"""Draws what was measured: cost against size and against damage, memory against size.

    python benchmarks/plots.py FIGURES.json [DIR]

FIGURES.json is what ``speed.py --json`` wrote.  Needs matplotlib: ``pip install '.[benchmarks]'``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
from figures import OURS, Figure, describe, read
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullLocator
from texts import NEWS

#: Colours that differ also to the colour-blind (Okabe and Ito), and marks that differ in print.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999")
MARKS = "osD^vP*X"
#: The same picture from the same figures; letters as letters, for small files.
plt.rcParams.update({"svg.hashsalt": "vnclean", "svg.fonttype": "none", "font.size": 10})

Points = list[tuple[float, float]]


def draw(figures: Sequence[Figure], folder: Path) -> None:
    """Writes the pictures for which there are figures."""
    folder.mkdir(parents=True, exist_ok=True)
    cost = [figure for figure in figures if figure.part == "cost"]
    by_size = lines(
        (f for f in cost if f.text == NEWS),
        lambda f: describe(f.text, f.damage) + (f", -j {f.jobs}" if f.jobs > 1 else ""),
        lambda f: (f.size / 1e6, 1 / f.speed),
    )
    if by_size:
        axes = start("Cost by size", "size of the text (MB)", "seconds per MB")
        finish(axes, by_size, folder / "cost-by-size.svg")
    damage = [
        *largest(cost),
        *(f for f in figures if f.part == "peers" and not f.beside),
    ]
    by_damage = lines(damage, name, lambda f: (f.damage, 1 / f.speed))
    if by_damage:
        axes = start(
            "Cost by damage",
            "words damaged (%): another tone or mark; 100: no diacritics",
            "seconds per MB",
        )
        axes.set_xscale("symlog", linthresh=0.5, linscale=0.4)
        finish(axes, by_damage, folder / "cost-by-damage.svg")
    memory = lines(
        (f for f in figures if f.part == "memory"),
        lambda f: f"-j {f.jobs}",
        lambda f: (f.size / 1e6, f.peak),
    )
    if memory:
        axes = start("Memory by size", "size of the stream (MB)", "peak RSS of a process (MB)")
        axes.set_yscale("linear")
        finish(axes, memory, folder / "memory-by-size.svg")


def name(figure: Figure) -> str:
    """What a line of the picture by damage is called."""
    if figure.name != OURS:
        return figure.name
    seen = "" if figure.text == NEWS else f", {figure.text}"
    return f"{OURS} -j {figure.jobs}{seen}"


def largest(figures: Iterable[Figure]) -> list[Figure]:
    """Of each text, damage and number of processes, the figure with the largest size."""
    found: dict[tuple[str, float, int], Figure] = {}
    for figure in sorted(figures, key=lambda figure: figure.size):
        found[figure.text, figure.damage, figure.jobs] = figure
    return list(found.values())


def lines(
    figures: Iterable[Figure],
    called: Callable[[Figure], str],
    point: Callable[[Figure], tuple[float, float]],
) -> dict[str, Points]:
    """Points in order, by the name of their line."""
    found: dict[str, Points] = {}
    for figure in figures:
        found.setdefault(called(figure), []).append(point(figure))
    return {key: sorted(points) for key, points in found.items()}


def start(title: str, across: str, up: str) -> Axes:
    """An empty picture, both scales logarithmic."""
    _, axes = plt.subplots(figsize=(7.5, 4.5), layout="constrained")
    axes.set(title=title, xlabel=across, ylabel=up, xscale="log", yscale="log")
    axes.grid(True, which="major", alpha=0.3)
    return axes


def finish(axes: Axes, found: dict[str, Points], path: Path) -> None:
    """A line with its own colour and mark for each name; plain numbers; writes the picture."""
    for number, (label, points) in enumerate(found.items()):
        colour, mark = COLOURS[number % len(COLOURS)], MARKS[number % len(MARKS)]
        axes.plot(*zip(*points, strict=True), label=label, color=colour, marker=mark)
    if len(found) > 1:
        axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    across = sorted({x for points in found.values() for x, _ in points})
    axes.xaxis.set_major_locator(FixedLocator(spaced(across)))
    if axes.get_yscale() == "log":
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    else:
        axes.set_ylim(0, 1.2 * max(y for points in found.values() for _, y in points))
    for axis in axes.xaxis, axes.yaxis:
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.3g}"))
    plt.savefig(path, metadata={"Date": None})
    plt.close()
    print(path, file=sys.stderr)


def spaced(values: Sequence[float]) -> list[float]:
    """Those of the ascending values that are far enough apart to be written beside each other."""
    kept: list[float] = []
    for value in values:
        if not kept or value >= 1.3 * kept[-1]:
            kept.append(value)
    return kept


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    draw(read(Path(sys.argv[1])), Path(sys.argv[2] if len(sys.argv) > 2 else "."))
