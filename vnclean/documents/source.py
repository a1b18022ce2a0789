"""Bytes as they arrive: no waiting for more than there is, no small change if there is more."""

from __future__ import annotations

import os
from select import select


class Source:
    """A file, a pipe or a terminal, read in pieces.

    Raises ``OSError`` if it cannot be read.

    >>> reading, writing = os.pipe()
    >>> source = Source(reading)
    >>> [os.write(writing, line) for line in (b"one ", b"two ")]
    [4, 4]
    >>> source.read1(100), source.ready()
    (b'one two ', False)
    >>> os.close(writing)
    >>> source.ready(), source.read1(100)
    (True, b'')
    >>> os.close(reading)
    """

    def __init__(self, fileno: int) -> None:
        """``fileno``: an open file descriptor; closing it is the caller's business."""
        self._fileno = fileno
        self._ended = False  # a terminal that has ended must not be asked again: it would wait

    def fileno(self) -> int:
        """The file descriptor, to wait for."""
        return self._fileno

    def read1(self, size: int) -> bytes:
        """Waits for something, then takes what there is, at most ``size``; nothing at the end."""
        data = self._read(size)
        if len(data) == size or not data:
            return data
        parts, missing = [data], size - len(data)
        while missing and self.ready() and (data := self._read(missing)):
            parts.append(data)
            missing -= len(data)
        return b"".join(parts)

    def _read(self, size: int) -> bytes:
        if self._ended:
            return b""
        while True:
            try:
                data = os.read(self._fileno, size)
            except BlockingIOError:  # whoever shares the pipe has set it so
                select([self._fileno], [], [])
                continue
            self._ended = not data
            return data

    def ready(self) -> bool:
        """Whether :meth:`read1` would return at once; false if that cannot be told."""
        if self._ended:
            return True
        try:
            return bool(select([self._fileno], [], [], 0)[0])
        except (OSError, ValueError):
            return False

    def seekable(self) -> bool:
        """Whether it is a file that is there as a whole."""
        try:
            os.lseek(self._fileno, 0, os.SEEK_CUR)
        except OSError:
            return False
        return True
