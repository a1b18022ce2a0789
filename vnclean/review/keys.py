"""A terminal that gives each key as it is pressed, and is put back as it was in the end."""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
import termios
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Final

_ENTER_SCREEN: Final = b"\x1b[?1049h\x1b[?25l\x1b[2J"
_LEAVE_SCREEN: Final = b"\x1b[?25h\x1b[?1049l"
#: What keys send that are no letters; any number of parameters may stand in between.
_SEQUENCE: Final = re.compile(rb"\x1b(?:[\[O][0-9;?]*[A-Za-z~]|[^\x1b])", re.S)
_UNFINISHED: Final = re.compile(rb"\x1b(?:[\[O][0-9;?]*)?")
_ARROWS: Final = {b"A": "up", b"B": "down", b"C": "right", b"D": "left"}
_NAMES: Final = {
    "\r": "enter",
    "\n": "enter",
    "\x03": "interrupt",
    "\x04": "end",
    "\x08": "backspace",
    "\x15": "clear",
    "\x17": "clear",
    "\x1a": "suspend",
    "\x7f": "backspace",
}
#: Seconds after which what began like the sequence of an arrow key was the key Escape.
_PATIENCE: Final = 0.05


class Keys:
    """Keys of the terminal on ``source``, what is drawn goes to ``target`` (file descriptors).

    A context: inside of it the terminal shows another screen, echoes nothing, and sends Ctrl-C as
    a key.
    """

    def __init__(self, source: int, target: int) -> None:
        self._source = source
        self._target = target
        self._pending = b""
        self._late = False  #: Escape was told, which may yet have been the start of a sequence
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def size(self) -> tuple[int, int]:
        """Columns and rows, as they are now."""
        with suppress(OSError):
            size = os.get_terminal_size(self._target)
            if size.columns and size.lines:
                return size.columns, size.lines
        return 80, 24

    def write(self, text: str) -> None:
        """Puts ``text`` on the screen."""
        data = text.encode("utf-8", "replace")
        while data:
            data = data[os.write(self._target, data) :]

    def key(self) -> str:
        """The next key: a letter, or the name of another one.

        Names: ``up down left right enter escape backspace clear interrupt suspend``, ``end`` for
        Ctrl-D and a terminal that is gone, and ``resize`` when the window has another size.
        """
        while True:
            found = self._from_pending()
            if found:
                return found
            wait = _PATIENCE if self._pending == b"\x1b" else None
            ready, _, _ = select.select([self._source, self._wakeup], [], [], wait)
            if self._wakeup in ready:
                os.read(self._wakeup, 512)
                return "resize"
            if not ready:
                return self._escape()
            try:
                data = os.read(self._source, 512)
            except OSError:  # the terminal is gone
                data = b""
            if not data:
                return "end"
            self._pending += data

    def _from_pending(self) -> str:
        """The first key of what has come; nothing if it is not complete."""
        while self._pending:
            if self._late and self._pending.startswith(b"["):  # or [A would be the key A
                self._pending = b"\x1b" + self._pending
            self._late = False
            if self._pending.startswith(b"\x1b\x1b"):
                return self._escape()
            if _UNFINISHED.fullmatch(self._pending):
                return ""
            sequence = _SEQUENCE.match(self._pending)
            if sequence:
                self._pending = self._pending[sequence.end() :]
                name = _ARROWS.get(sequence[0][-1:]) if len(sequence[0]) > 2 else None
                if name:
                    return name
                continue
            letter = self._decoder.decode(self._pending[:1])
            self._pending = self._pending[1:]
            if letter:
                return _NAMES.get(letter, letter)
        return ""

    def _escape(self) -> str:
        self._pending = self._pending[1:]
        self._late = not self._pending.startswith(b"\x1b")
        return "escape"

    def suspend(self) -> None:
        """Stops the program as Ctrl-Z does, until it is told to go on."""
        self._leave()
        os.kill(os.getpid(), signal.SIGSTOP)
        self._enter()

    def __enter__(self) -> Keys:
        self._wakeup, self._signals = os.pipe()
        os.set_blocking(self._signals, False)
        self._old_signals = signal.set_wakeup_fd(self._signals, warn_on_full_buffer=False)
        self._old_handler = signal.signal(signal.SIGWINCH, _note)
        self._settings = termios.tcgetattr(self._source)
        self._enter()
        return self

    def _enter(self) -> None:
        changed = [*self._settings]
        changed[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
        changed[6] = [*changed[6]]
        changed[6][termios.VMIN], changed[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self._source, termios.TCSADRAIN, changed)
        os.write(self._target, _ENTER_SCREEN)

    def _leave(self) -> None:
        with suppress(OSError, termios.error):  # the terminal may be gone
            os.write(self._target, _LEAVE_SCREEN)
            termios.tcsetattr(self._source, termios.TCSADRAIN, self._settings)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._leave()
        signal.signal(signal.SIGWINCH, self._old_handler)
        signal.set_wakeup_fd(self._old_signals)
        os.close(self._signals)
        os.close(self._wakeup)


def _note(number: int, _: FrameType | None) -> None:
    """That it came is told by the wakeup descriptor."""
