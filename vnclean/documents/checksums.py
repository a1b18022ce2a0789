"""Checksums by which a file is known again: BLAKE2b, of what is read and of what is written."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from vnclean.documents.text import ByteStream

_SIZE: Final = 20  # bytes
_PIECE: Final = 1 << 20


class _Sink(Protocol):
    def write(self, data: bytes, /) -> int: ...


def new_checksum() -> hashlib.blake2b:
    """A checksum of nothing yet.

    >>> new_checksum().hexdigest()
    '3345524abf6bbe1809449224b5972c41790b6cf2'
    """
    return hashlib.blake2b(digest_size=_SIZE)


def digest_of(fileno: int) -> str:
    """The checksum of all that is in an open file, wherever it is being read."""
    found = new_checksum()
    place = 0
    while data := os.pread(fileno, _PIECE, place):
        found.update(data)
        place += len(data)
    return found.hexdigest()


class CheckedStream:
    """A :class:`~vnclean.documents.text.ByteStream` that knows what was read of another one.

    >>> import io
    >>> stream = CheckedStream(io.BytesIO(b"text"))
    >>> stream.read1(100), stream.digest() == digest_of_bytes(b"text")
    (b'text', True)
    """

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self._checksum = new_checksum()

    def read1(self, size: int, /) -> bytes:
        """As of the other one."""
        data = self._stream.read1(size)
        self._checksum.update(data)
        return data

    def seekable(self) -> bool:
        """As of the other one."""
        return self._stream.seekable()

    def digest(self) -> str:
        """Of what was read so far."""
        return self._checksum.hexdigest()


class CheckedSink:
    """A sink that knows what was written to another one; to none if that is None."""

    def __init__(self, sink: _Sink | None = None) -> None:
        self._sink = sink
        self._checksum = new_checksum()

    def write(self, data: bytes, /) -> int:
        """Passes it on."""
        if self._sink:
            self._sink.write(data)
        self._checksum.update(data)
        return len(data)

    def digest(self) -> str:
        """Of what was written so far."""
        return self._checksum.hexdigest()


def digest_of_bytes(data: bytes) -> str:
    """The checksum of ``data``."""
    found = new_checksum()
    found.update(data)
    return found.hexdigest()


class Contents:
    """A checksum of several documents, each by its path and what is in it, in their order.

    >>> one, other = Contents(), Contents()
    >>> one.add("a.zip!b.txt", "3f"), other.add("a.zip!c.txt", "3f")
    (None, None)
    >>> one.digest() == other.digest()
    False
    """

    def __init__(self) -> None:
        self._checksum = new_checksum()

    def add(self, path: str, digest: str) -> None:
        """Takes a document whose checksum is ``digest``."""
        self._checksum.update(f"{digest} {path}\0".encode("utf-8", "surrogatepass"))

    def digest(self) -> str:
        """Of the documents so far."""
        return self._checksum.hexdigest()
