"""A command at a terminal of its own, whose keys are pressed and whose screen is read."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from pathlib import Path
from types import TracebackType

from command import VNCLEAN

_ORDER = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
#: Seconds after which what was waited for will not come.
PATIENCE = 20.0


class PseudoTerminal:
    """``vnclean`` with ``args``, in ``folder``; a context that ends it."""

    def __init__(
        self, folder: Path, *args: str, size: tuple[int, int] = (80, 24), **environment: str
    ) -> None:
        self._ours, theirs = pty.openpty()
        self._set_size(size)
        self.output = ""

        def take_terminal() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        usual = {"TERM": "xterm-256color", "COLUMNS": "", "LINES": "", "NO_COLOR": ""}
        self.process = subprocess.Popen(
            [VNCLEAN, *args],
            cwd=folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=os.environ | usual | environment,
            start_new_session=True,
            preexec_fn=take_terminal,
        )
        self.settings = termios.tcgetattr(theirs)
        self._theirs = theirs

    def _set_size(self, size: tuple[int, int]) -> None:
        columns, rows = size
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        """The window has another size."""
        self._set_size((columns, rows))

    def press(self, *keys: str) -> None:
        """Sends keys."""
        for key in keys:
            os.write(self._ours, key.encode())

    def screen(self) -> str:
        """What is shown now, as text."""
        return _ORDER.sub("", self.output.rpartition("\x1b[H")[2]).replace("\r", "")

    def wait_for(self, text: str, *keys: str) -> str:
        """Presses ``keys``, then waits until ``text`` is shown; returns the screen."""
        if keys:
            self.output = ""
            self.press(*keys)
        end = time.monotonic() + PATIENCE
        # An order to erase to the end of the screen ends each of them.
        while text not in self.screen() or not self.output.endswith("\x1b[J"):
            if not self._read(end):
                raise AssertionError(f"{text!r} is not shown, but: {self.screen()}")
        return self.screen()

    def ended(self) -> int:
        """Waits for the end; returns the exit code."""
        while self._read(time.monotonic() + PATIENCE):
            pass
        return self.process.wait(PATIENCE)

    def restored(self) -> bool:
        """Whether the terminal is set as it was in the beginning."""
        return termios.tcgetattr(self._theirs) == self.settings

    def _read(self, end: float) -> bool:
        while time.monotonic() < end:
            ready, _, _ = select.select([self._ours], [], [], 0.05)
            if ready:
                self.output += os.read(self._ours, 1 << 16).decode("utf-8", "replace")
                return True
            if self.process.poll() is not None:
                return False
        return False

    def __enter__(self) -> PseudoTerminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)
        os.close(self._theirs)
