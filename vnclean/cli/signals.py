"""Being told to stop: what is half done is cleaned up, as Ctrl-C does it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

#: What ends a command (not every system knows all of them).
_ENDING: Final = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


def obey_signals() -> None:
    """From now on they raise: KeyboardInterrupt for Ctrl-C, SystemExit for the others."""
    for number in _ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


@contextmanager
def signals_wait() -> Iterator[None]:
    """They come in at the end, for what an exception out of nowhere would break.

    >>> try:
    ...     with signals_wait():
    ...         signal.raise_signal(signal.SIGINT)
    ...         print("done")
    ... except KeyboardInterrupt:
    ...     print("interrupted")
    done
    interrupted
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
