"""How far a job of Spark is, by what Spark says of its tasks."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Final

from vnclean.batch.progress import LINES

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
        parts = []
        for stage in self._tracker.getActiveStageIds():
            info = self._tracker.getStageInfo(stage)
            if info:
                parts.append(f"{info.numCompletedTasks:,}/{info.numTasks:,}")
        return f"{self._step}: tasks done {', '.join(parts)}" if parts else ""

    def __enter__(self) -> Progress:
        if self._shown:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._shown:
            self._thread.join()
