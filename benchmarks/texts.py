"""The texts that are timed: news cut to size, and damaged."""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path

from common import damage, need

#: How the damage of so many per cent of the words is made: arguments for noise.py.
CHANNELS: dict[float, tuple[str, ...]] = {
    0: (),
    0.5: ("swap", "--rate", "0.005"),
    2: ("swap", "--rate", "0.02"),
    5: ("swap", "--rate", "0.05"),
    20: ("swap", "--rate", "0.2"),
    100: ("strip",),
}
#: The model was trained on the first, and has not seen the second.
NEWS, UNSEEN = "news", "unseen news"
#: Text is damaged piece by piece, each with another seed; noise.py takes a piece into memory.
PIECE = 4_000_000


@dataclass(frozen=True)
class Texts:
    """Makes each text when it is first asked for, and keeps it in ``folder``."""

    data: Path  #: folder of noise.py and dev/
    corpus: Path  #: one paragraph a line (.xz)
    folder: Path

    def check(self) -> None:
        """Raises MissingError if something is not there that texts are made from."""
        need(self.data / "noise.py", "the damage generator", "--data")
        need(self._held_out, "the news the model has not seen", "--data")
        need(self.corpus, "the news corpus", "--corpus")

    @property
    def seed_article(self) -> Path:
        """The damaged article that the project began with."""
        return need(self.data / "dev/seed.noisy.txt", "the seed article", "--data")

    @property
    def _held_out(self) -> Path:
        return self.data / "dev" / "news.clean.txt"

    def text(self, source: str, percent: float, megabytes: float) -> Path:
        """``megabytes`` at most of NEWS or UNSEEN, ``percent`` of its words damaged."""
        name = f"{source}-{percent:g}-{megabytes:g}".replace(" ", "-")
        target = self.folder / f"{name}.txt"
        if target.exists():
            return target
        part = target.with_suffix(".part")
        if not percent:
            write_lines(self._lines(source), part, megabytes * 1e6)
        else:
            # Of what is repeated each piece is one repetition, so that the damage differs.
            size = self._held_out.stat().st_size if source == UNSEEN else PIECE
            self._damage(self.text(source, 0, megabytes), part, CHANNELS[percent], size)
        return part.rename(target)

    def _lines(self, source: str) -> Iterator[bytes]:
        if source == NEWS:
            with lzma.open(self.corpus, "rb") as lines:
                yield from lines
        else:
            with self._held_out.open("rb") as lines:
                yield from cycle(lines)

    def _damage(self, clean: Path, target: Path, channel: tuple[str, ...], piece: int) -> None:
        before, after = target.with_suffix(".before"), target.with_suffix(".after")
        name, *options = channel
        with clean.open("rb") as lines, target.open("wb") as whole:
            for seed in count(1):
                write_lines(lines, before, piece)
                if not before.stat().st_size:
                    break
                damage(self.data, name, before, after, *options, "--seed", str(seed))
                whole.write(after.read_bytes())
        before.unlink()
        after.unlink()


def write_lines(lines: Iterable[bytes], target: Path, size: float) -> None:
    """Writes lines until there are ``size`` bytes or somewhat more, or no more lines."""
    left = size
    with target.open("wb") as file:
        for line in lines:
            file.write(line)
            left -= len(line)
            if left <= 0:
                break


def cut(text: Path, size: int) -> Path:
    """The first lines of ``text``, about ``size`` bytes, in a file beside it."""
    target = text.with_name(f"{text.stem}-first-{size}{text.suffix}")
    if not target.exists():
        with text.open("rb") as lines:
            write_lines(lines, target, size)
    return target
