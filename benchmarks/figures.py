"""What was measured: the runs of a command over a text, and how they are told and kept."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from texts import NEWS, UNSEEN

#: What the command under test is called, and what its start-up is measured on.
OURS = "vnclean"
VERSION, FIRST, SEED = "--version", "first repaired line", "seed article"


@dataclass(frozen=True)
class Run:
    """What one process took."""

    seconds: float
    cpu: float
    peak: float  #: MB (10^6 bytes) of the largest process


@dataclass(frozen=True)
class Figure:
    """The runs of one command over one text."""

    part: str  #: of the benchmark: start, cost, peers or memory
    name: str  #: of the command
    text: str
    damage: float  #: per cent of the words
    jobs: int
    size: int  #: bytes
    runs: list[Run] = field(default_factory=list)
    beside: str = ""  #: the peer that these runs took turns with

    @property
    def seconds(self) -> float:
        """Median."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def cpu(self) -> float:
        """Median."""
        return statistics.median(run.cpu for run in self.runs)

    @property
    def peak(self) -> float:
        """That of the worst run, MB."""
        return max(run.peak for run in self.runs)

    @property
    def speed(self) -> float:
        """MB/s."""
        return self.size / 1e6 / self.seconds


def ratios(figures: Iterable[Figure]) -> Iterator[tuple[Figure, Figure, list[float]]]:
    """Each peer, vnclean in turns with it, and how many times as fast vnclean was in each turn."""
    pairs: dict[tuple[str, float], list[Figure]] = {}
    for figure in figures:
        if figure.part == "peers":
            pairs.setdefault((figure.beside or figure.name, figure.damage), []).append(figure)
    for pair in pairs.values():
        ours, peer = sorted(pair, key=lambda figure: not figure.beside)
        turns = zip(ours.runs, peer.runs, strict=True)
        scale = ours.size / peer.size
        yield peer, ours, [scale * other.seconds / own.seconds for own, other in turns]


def describe(text: str, damage: float) -> str:
    """``news, 5 % damaged``."""
    if text not in (NEWS, UNSEEN):
        return text
    if damage == 100:
        return f"{text} without diacritics"
    return f"{text}, {damage:g} % damaged" if damage else f"clean {text}"


def spread(values: Sequence[float]) -> str:
    """``2.9-3.2``."""
    return f"{min(values):.3g}-{max(values):.3g}"


def write(path: Path, figures: Sequence[Figure]) -> None:
    """Keeps all runs of all figures as JSON."""
    text = json.dumps([asdict(figure) for figure in figures], indent=1, ensure_ascii=False)
    path.write_text(text + "\n", "utf-8")


def read(path: Path) -> list[Figure]:
    """What :func:`write` kept."""
    kept = json.loads(path.read_text("utf-8"))
    return [Figure(**{**one, "runs": [Run(**run) for run in one["runs"]]}) for one in kept]
