"""The bars for speed and memory, and whether they are reached."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from figures import FIRST, OURS, SEED, Figure, describe, ratios, spread
from texts import NEWS, UNSEEN

#: MB/s at least on one core, by per cent of damage.
SPEEDS: dict[float, float] = {0: 10, 5: 4, 100: 0.5}
#: Times as fast as a peer at least, on clean news.
RATIOS = {"codespell": 3.0, "symspellpy": 10.0}
#: Two cores against one, on clean news.
TWO_CORES = 1.8
#: Seconds at most.
FIRST_LINE, ARTICLE = 0.25, 0.6
#: MB of a process at most.
PEAK = 200


@dataclass(frozen=True)
class Bar:
    """What must hold; ``holds`` is None if it was not measured."""

    what: str
    found: str = "not measured"
    holds: bool | None = None

    def __str__(self) -> str:
        mark = {True: "✓", False: "✗", None: "○"}[self.holds]
        return f"{mark} {self.what}: {self.found}"


def bars(figures: Sequence[Figure]) -> list[Bar]:
    """All bars, in the light of what was measured."""
    return [
        *_speeds(figures),
        *_ratios(figures),
        _two_cores(figures),
        _seconds(figures, FIRST, FIRST_LINE),
        _seconds(figures, SEED, ARTICLE),
        _peak(figures),
    ]


def _largest(figures: Iterable[Figure], text: str, damage: float, jobs: int = 1) -> Figure | None:
    found = [
        figure
        for figure in figures
        if (figure.part, figure.text, figure.damage, figure.jobs) == ("cost", text, damage, jobs)
    ]
    return max(found, key=lambda figure: figure.size, default=None)


def _speeds(figures: Sequence[Figure]) -> Iterator[Bar]:
    for damage, least in SPEEDS.items():
        for text in NEWS, UNSEEN:
            what = f"{describe(text, damage)} ≥ {least:g} MB/s"
            figure = _largest(figures, text, damage)
            if figure is None:
                yield Bar(what)
            else:
                found = f"{figure.speed:.3g} MB/s on {figure.size / 1e6:.3g} MB"
                yield Bar(what, found, figure.speed >= least)


def _ratios(figures: Sequence[Figure]) -> Iterator[Bar]:
    measured = {
        peer.name.split()[0]: turns for peer, _, turns in ratios(figures) if not peer.damage
    }
    for name, least in RATIOS.items():
        what = f"{describe(NEWS, 0)} ≥ {least:g}× {name}"
        turns = measured.get(name)
        if turns is None:
            yield Bar(what)
        else:
            found = statistics.median(turns)
            yield Bar(what, f"{found:.3g}× ({spread(turns)})", found >= least)


def _two_cores(figures: Sequence[Figure]) -> Bar:
    what = f"{describe(NEWS, 0)}: two cores ≥ {TWO_CORES:g}× one"
    one, two = _largest(figures, NEWS, 0), _largest(figures, NEWS, 0, jobs=2)
    if one is None or two is None:
        return Bar(what)
    found = two.speed / one.speed
    return Bar(what, f"{found:.2f}× on {two.size / 1e6:.3g} MB", found >= TWO_CORES)


def _seconds(figures: Sequence[Figure], text: str, most: float) -> Bar:
    what = f"{text} ≤ {most:g} s"
    for figure in figures:
        if (figure.part, figure.text, figure.jobs) == ("start", text, 1):
            return Bar(what, f"{figure.seconds:.2f} s", figure.seconds <= most)
    return Bar(what)


def _peak(figures: Sequence[Figure]) -> Bar:
    what = f"peak RSS ≤ {PEAK:g} MB a process"
    own = [figure for figure in figures if figure.name == OURS and figure.peak]
    if not own:
        return Bar(what)
    worst = max(own, key=lambda figure: figure.peak)
    found = f"{worst.peak:.0f} MB ({describe(worst.text, worst.damage)}, -j {worst.jobs})"
    return Bar(what, found, worst.peak <= PEAK)
