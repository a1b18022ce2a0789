"""How far the run is: a bar where somebody watches, a line now and then where a log is kept."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

from vnclean.language import translated

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

#: Seconds between two lines, and between two looks of the bar.
LINES: Final = 10.0
_LOOKS: Final = 0.1


class Progress:
    """Counts what is done and shows it on stderr; a context, which ends the bar.

    ``shown``: whether to show anything but what :meth:`say` is given.
    """

    def __init__(self, files: int, size: int, *, shown: bool) -> None:
        self._files, self._size = files, size
        self._shown = shown and sys.stderr is not None and files > 0
        self._done = self._read = self._repairs = 0
        self._within = self._repairs_within = 0  # of the large file that is being done
        self._start = self._last = time.monotonic()
        self._bar: Bar | None = None
        if self._shown and sys.stderr.isatty():
            self._bar = _bar()
            self._row = self._bar.add_task("", total=max(size, 1), numbers=self._numbers())
            self._bar.start()

    @property
    def done(self) -> int:
        """How many files are done, or have failed."""
        return self._done

    def file(self, size: int, repairs: int) -> None:
        """A file of that size is done."""
        self._done += 1
        self._read += size
        self._repairs += repairs
        self._within = self._repairs_within = 0
        self.tick()

    def within(self, size: int, repairs: int) -> None:
        """So much of a large file is done."""
        self._within, self._repairs_within = size, repairs
        self.tick()

    def tick(self) -> None:
        """Shows how far we are, if it is time to."""
        now = time.monotonic()
        if not self._shown or now - self._last < (_LOOKS if self._bar else LINES):
            return
        self._last = now
        if self._bar:
            self._bar.update(self._row, completed=self._bytes(), numbers=self._numbers())
            self._bar.refresh()
        else:
            self.say(self.line())

    def _bytes(self) -> int:
        return min(self._read + self._within, self._size)

    def _numbers(self) -> tuple[str, str, str, str]:
        elapsed = max(time.monotonic() - self._start, 1e-3)
        read = self._bytes()
        missing = (self._size - read) * elapsed / read if read else None
        return (
            translated("{done:,}/{files:,} files", done=self._done, files=self._files),
            f"{read / 1e6:,.1f}/{self._size / 1e6:,.1f} MB",
            translated(
                "{speed:.1f} MB/s · {repairs:,} repairs",
                speed=read / 1e6 / elapsed,
                repairs=self._repairs + self._repairs_within,
            ),
            translated("{time} left", time=duration(missing)) if missing is not None else "",
        )

    def line(self) -> str:
        """How far we are, in words."""
        return " · ".join(part for part in self._numbers() if part)

    def say(self, message: str) -> None:
        """Shows a line, above the bar if there is one."""
        if self._bar:
            self._bar.console.print(f"vnclean: {message}", soft_wrap=True)
        elif sys.stderr is not None:
            print(f"vnclean: {message}", file=sys.stderr, flush=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Shows nothing more."""
        self._shown = False
        if self._bar:
            self._bar.update(self._row, completed=self._bytes(), numbers=self._numbers())
            self._bar.stop()
            self._bar = None


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = [TextColumn(f"{{task.fields[numbers][{number}]}}") for number in range(4)]
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    width = BarColumn(bar_width=None)
    return Bar(width, *columns, console=console, auto_refresh=False, expand=True)


def duration(seconds: float) -> str:
    """A time as people say it.

    >>> [duration(seconds) for seconds in (0.2, 59, 61, 3599, 3700, 100_000)]
    ['1 s', '59 s', '1 min', '60 min', '1 h 1 min', '27 h 46 min']
    """
    if seconds < 60:
        return translated("{seconds} s", seconds=max(1, round(seconds)))
    if seconds < 3600:
        return translated("{minutes} min", minutes=round(seconds / 60))
    return translated(
        "{hours} h {minutes} min",
        hours=int(seconds // 3600),
        minutes=int(seconds % 3600 // 60),
    )
