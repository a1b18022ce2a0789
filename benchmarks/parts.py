"""The parts of the speed benchmark: what is run, over what, in which order."""

from __future__ import annotations

import lzma
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from figures import FIRST, OURS, SEED, VERSION, Figure, Run
from peer import Peer
from texts import NEWS, UNSEEN, Texts
from timing import Command, FailedError, cores, environment

#: A line whose repair is beyond doubt, for the time to the first line.
BROKEN_LINE = "công tác phòng, chng dch bnh trên địa bàn tnh"
CHUNK = 1 << 16


@dataclass(frozen=True)
class Bench:
    """How everything is measured."""

    words: Sequence[str]  #: the command line of ``vnclean clean``
    jobs: tuple[int, ...]  #: what ``-j`` can be; none if the command has no such option
    texts: Texts
    runs: int
    budget: float  #: seconds that one run may take after start-up, about
    notes: list[str] = field(default_factory=list)  #: what was left out, and why

    def note(self, message: str) -> None:
        """Something that was left out: said at once, and kept to be shown with the result."""
        say(message)
        self.notes.append(message)

    def ours(self, jobs: int = 1) -> Command:
        """vnclean on so many cores."""
        option = ["-j", str(jobs)] if self.jobs else []
        return Command(OURS, [*self.words, *option], cores=jobs)

    def start(self) -> Iterator[Figure]:
        """Start-up: ``--version``, the first line of an open pipe, a whole article."""
        runs = max(5, self.runs)
        version = Command(OURS, [self.words[0], VERSION])
        article = self.texts.seed_article
        yield Figure("start", OURS, VERSION, 0, 1, 0, [version.run(article) for _ in range(runs)])
        for jobs in self.jobs or (1,):
            ours = self.ours(jobs)
            seconds = [ours.first_line(BROKEN_LINE) for _ in range(runs)]
            firsts = [Run(second, 0, 0) for second in seconds]
            yield Figure("start", OURS, FIRST, 0, jobs, 0, firsts)
            size = article.stat().st_size
            yield Figure(
                "start", OURS, SEED, 0, jobs, size, [ours.run(article) for _ in range(runs)]
            )

    def cost(self, damages: Sequence[float], sizes: Sequence[float]) -> Iterator[Figure]:
        """vnclean by damage and size; the largest also on two cores, and on unseen news."""
        for damage in damages:
            chosen = self._affordable(damage, sizes)
            for text in chosen:
                jobs = (1, 2) if text == chosen[-1] and 2 in self.jobs else (1,)
                commands = [self.ours(number) for number in jobs]
                yield from self._figures("cost", commands, [text] * len(jobs), NEWS, damage)
            size = chosen[-1].stat().st_size / 1e6
            unseen = self.ours().fitted(self.texts.text(UNSEEN, damage, size), self.budget)
            yield from self._figures("cost", [self.ours()], [unseen], UNSEEN, damage)

    def _affordable(self, damage: float, sizes: Sequence[float]) -> list[Path]:
        """Texts of these sizes; the first that would take too long is cut, and the last."""
        chosen = []
        for size in sorted(sizes):
            whole = self.texts.text(NEWS, damage, size)
            chosen.append(self.ours().fitted(whole, self.budget))
            if chosen[-1] != whole:
                break
        return chosen

    def beside(
        self, peers: Sequence[Peer], place: Path, damages: Sequence[float], size: float
    ) -> Iterator[Figure]:
        """Each peer in turns with vnclean; one that is not there is named and left out."""
        line = self.texts.text(NEWS, 0, 0)
        found = []
        for peer in peers:
            try:
                found.append(peer.command(place, line))
            except FailedError as error:
                self.note(f"left out: {error}")
        for damage in damages:
            text = self.texts.text(NEWS, damage, size)
            own = self.ours().fitted(text, self.budget)
            for command in found:
                try:
                    cut = command.fitted(text, self.budget)
                    commands = [command, self.ours()]
                    yield from self._figures("peers", commands, [cut, own], NEWS, damage)
                except FailedError as error:
                    self.note(f"left out at {damage:g} %: {error}")

    def memory(self, sizes: Sequence[float]) -> Iterator[Figure]:
        """The corpus, over and over until there are so many megabytes, through a pipe."""
        for jobs in self.jobs or (1,):
            for size in sizes:
                wanted = int(size * 1e6)
                run = self.ours(jobs).stream(partial(self._pour, wanted))
                yield Figure("memory", OURS, NEWS, 0, jobs, wanted, [run])

    def _pour(self, left: int, pipe: IO[bytes]) -> None:
        while left:
            with lzma.open(self.texts.corpus, "rb") as corpus:
                while left and (data := corpus.read(min(left, CHUNK))):
                    pipe.write(data)
                    left -= len(data)

    def _figures(
        self,
        part: str,
        commands: Sequence[Command],
        texts: Sequence[Path],
        source: str,
        damage: float,
    ) -> list[Figure]:
        """The commands, each over its text, in turns; vnclean after a peer is beside it."""
        figures = [
            Figure(
                part,
                command.name,
                source,
                damage,
                command.cores,
                text.stat().st_size,
                beside=commands[0].name if part == "peers" and command.name == OURS else "",
            )
            for command, text in zip(commands, texts, strict=True)
        ]
        for _ in range(self.runs):
            for figure, command, text in zip(figures, commands, texts, strict=True):
                figure.runs.append(command.run(text))
        return figures


def possible_jobs(words: Sequence[str]) -> tuple[int, ...]:
    """What ``-j`` of a command can be on the cores that there are."""
    asked = subprocess.run([*words, "--help"], capture_output=True, text=True, env=environment())
    if "--jobs" not in asked.stdout:
        return ()
    return (1, 2) if cores() >= 2 else (1,)


def say(message: str) -> None:
    """For whoever waits: stdout is for the result."""
    print(message, file=sys.stderr, flush=True)
