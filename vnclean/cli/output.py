"""Standard output that may go away, and one line a message on standard error."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from vnclean.errors import OutputError, naming
from vnclean.language import translated
from vnclean.reports.drawn import drawn


def complain(message: object) -> None:
    """One line on stderr, if there is one: without, ``print`` would take stdout.

    A message of several lines tells of several things.  Names from archives are in it, so nothing
    in it gives orders to the terminal.
    """
    if sys.stderr is not None:
        for line in str(message).split("\n"):
            print(f"vnclean: {drawn(line)}", file=sys.stderr)


class Stdout:
    """Standard output for bytes.  Errors name it, except that nobody reads any more."""

    def __init__(self) -> None:
        if sys.stdout is None:
            raise OutputError(translated("standard output: is closed; use -o to name a file"))
        # Not sys.stdout.buffer: with PYTHONUNBUFFERED that may write only a part.
        self._stream = open(sys.stdout.fileno(), "wb", closefd=False)  # noqa: SIM115 (is open as long as we are)

    def write(self, data: bytes) -> int:
        """Writes ``data`` at once; raises BrokenPipeError or OutputError."""
        try:
            with naming(translated("standard output"), OutputError):
                self._stream.write(data)
                self._stream.flush()
        except (BrokenPipeError, OutputError):
            abandon_stdout()
            raise
        return len(data)


def abandon_stdout() -> None:
    """Lets what is still in the buffer go nowhere, so that the interpreter ends quietly."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
