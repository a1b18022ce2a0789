"""How far a job of Spark is, by what Spark says of its tasks."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Final

from vnclean.batch.progress import LINES
from vnclean.language import translated

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_LOOKS: Final = 0.5


class Progress:
    """Says on stderr, now and then, how many tasks of what is under way are done; a context."""

    def __init__(self, session: SparkSession, *, shown: bool) -> None:
        self._tracker = session.sparkContext.statusTracker()
        self._shown = shown and sys.stderr is not None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._step = ""

    def step(self, name: str) -> None:
        """What comes next."""
        self._step = name

    def _watch(self) -> None:
        watched = self._shown and sys.stderr.isatty()
        told = time.monotonic()
        while not self._ended.wait(_LOOKS):
            line = self._line()
            if watched:
                print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
            elif line and time.monotonic() - told >= LINES:
                told = time.monotonic()
                print(f"vnclean: {line}", file=sys.stderr, flush=True)
        if watched:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def _line(self) -> str:
        stages = map(self._tracker.getStageInfo, self._tracker.getActiveStageIds())
        tasks = ", ".join(f"{one.numCompletedTasks:,}/{one.numTasks:,}" for one in stages if one)
        step = self._step
        return translated("{step}: tasks done: {tasks}", step=step, tasks=tasks) if tasks else ""

    def __enter__(self) -> Progress:
        if self._shown:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._shown:
            self._thread.join()
