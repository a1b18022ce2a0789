"""Whole processes timed: wall and CPU seconds, peak memory, time to the first line."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from figures import Run
from texts import cut

LAUNCHER = Path(__file__).with_name("launch.py")
#: A text is fitted to the time there is: from so many bytes, in steps of so many times.
SMALLEST, STEP = 4_000, 4
#: Seconds to wait for a first line before giving up.
PATIENCE = 60.0

#: Bytes that a pipe holds, where a system can do that: as much at once as from a file.
PIPE = 1 << 20

Feed = Callable[[IO[bytes]], object]


class FailedError(RuntimeError):
    """A command that was to be timed did not do its work."""


@dataclass(frozen=True)
class Command:
    """What is timed: ``words``, a command line that turns stdin to stdout."""

    name: str
    words: Sequence[str]
    cores: int = 1
    codes: Sequence[int] = (0,)  #: exit codes which mean that the text was done

    def run(self, text: Path) -> Run:
        """One run over a file; raises FailedError."""
        with text.open("rb") as stdin:
            return self._run(stdin)

    def stream(self, feed: Feed) -> Run:
        """One run over what ``feed`` writes to a pipe; raises FailedError."""
        return self._run(subprocess.PIPE, feed)

    def _run(self, stdin: IO[bytes] | int, feed: Feed | None = None) -> Run:
        with tempfile.TemporaryDirectory() as scratch:
            report, complaints = Path(scratch, "report"), Path(scratch, "stderr")
            launch = [sys.executable, "-I", "-S", str(LAUNCHER), str(report), *self.words]
            with complaints.open("wb") as stderr, pinned(self.cores):
                process = subprocess.Popen(
                    launch,
                    stdin=stdin,
                    stdout=subprocess.DEVNULL,
                    stderr=stderr,
                    env=environment(),
                    pipesize=PIPE,
                )
            if feed and process.stdin:
                with suppress(BrokenPipeError), process.stdin as pipe:
                    feed(pipe)
            process.wait()
            said = complaints.read_text("utf-8", "replace").strip().rpartition("\n")[2]
            if not report.exists():
                raise FailedError(f"{self.name}: {said}")
            seconds, cpu, peak, code = report.read_text().split()
            if int(code) not in self.codes:
                raise FailedError(f"{self.name}: {said or f'exit status {code}'}")
        return Run(float(seconds), float(cpu), float(peak) / 1e6)

    def first_line(self, line: str) -> float:
        """Seconds until ``line`` comes back repaired while the pipe stays open."""
        with pinned(self.cores):
            start = time.perf_counter()
            process = subprocess.Popen(
                self.words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
            )
        assert process.stdin and process.stdout
        with process:
            process.stdin.write(f"{line}\n".encode())
            process.stdin.flush()
            if not select.select([process.stdout], [], [], PATIENCE)[0]:
                process.kill()
                raise FailedError(f"{self.name}: no line within {PATIENCE:g} s")
            answer = process.stdout.readline().decode("utf-8", "replace").rstrip("\n")
            seconds = time.perf_counter() - start
            process.stdin.close()
        if not answer or answer == line:
            raise FailedError(f"{self.name}: the first line was not repaired")
        return seconds

    def fitted(self, text: Path, budget: float) -> Path:
        """``text``, or as much of it as takes about ``budget`` seconds after start-up."""
        whole, size = text.stat().st_size, SMALLEST
        startup = self.run(cut(text, 1)).seconds
        while size < whole:
            a_byte = max(0.0, self.run(cut(text, size)).seconds - startup) / size
            if a_byte * size * STEP > budget:
                wanted = max(size, int(budget / a_byte))
                return cut(text, wanted) if wanted < whole else text
            size *= STEP
        return text


def environment() -> dict[str, str]:
    """What a command runs in: UTF-8 whatever the locale, one thread for libraries of arrays."""
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
    return {**os.environ, "PYTHONUTF8": "1", **threads}


def cores() -> int:
    """How many cores there are for what is timed."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def pinned(count: int) -> Iterator[None]:
    """What is started inside gets ``count`` of the cores, where a system can do that."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(allowed)[-count:])
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)
