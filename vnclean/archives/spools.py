"""Bytes that are needed once more: in memory while they are few, then in a temporary file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Final

from vnclean.documents.text import ByteStream
from vnclean.errors import InputError
from vnclean.language import translated

if TYPE_CHECKING:
    from vnclean.rewriting import Sink

#: How many bytes of one thing are kept in memory.
IN_MEMORY: Final = 4 << 20
#: How many bytes are copied at a time.
PORTION: Final = 1 << 16


class FileStream:
    """A :class:`~vnclean.documents.text.ByteStream` of what is left of an open file."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def read1(self, size: int, /) -> bytes:
        """Up to ``size`` bytes, nothing at the end."""
        return self.file.read(size)

    def seekable(self) -> bool:
        """It is there as a whole."""
        return True


class Part:
    """The next ``size`` bytes of a stream, as a stream.

    Raises InputError if there are fewer.

    >>> import io
    >>> whole = io.BytesIO(b"title, text")
    >>> Part(whole, 5).read1(100), whole.read()
    (b'title', b', text')
    """

    def __init__(self, stream: ByteStream, size: int) -> None:
        self._stream = stream
        self.left = size

    def read1(self, size: int, /) -> bytes:
        """Up to ``size`` bytes, nothing at the end."""
        if not self.left:
            return b""
        data = self._stream.read1(min(size, self.left))
        if not data:
            raise InputError(
                translated("ends in the middle of a member; it is truncated, get it anew")
            )
        self.left -= len(data)
        return data

    def seekable(self) -> bool:
        """Whether it is there as a whole."""
        return self._stream.seekable()


def spool(scratch: Path | None) -> SpooledTemporaryFile[bytes]:
    """Room for bytes; if they are many, without a name in ``scratch``."""
    return SpooledTemporaryFile(IN_MEMORY, dir=None if scratch is None else str(scratch))


def copy(stream: ByteStream, sink: Sink) -> int:
    """Copies what is left of ``stream``; returns how many bytes."""
    copied = 0
    while data := stream.read1(PORTION):
        sink.write(data)
        copied += len(data)
    return copied


def read_exactly(stream: ByteStream, size: int) -> bytes:
    """The next ``size`` bytes, fewer only at the end."""
    parts: list[bytes] = []
    while size and (data := stream.read1(size)):
        parts.append(data)
        size -= len(data)
    return b"".join(parts)


def file_number(stream: ByteStream) -> int | None:
    """The number of the open file that a stream reads; None if that cannot be read anywhere."""
    if not stream.seekable():
        return None
    try:
        number: int = stream.fileno()  # type: ignore[attr-defined]
    except (AttributeError, OSError):  # none, or none that the system knows of
        return None
    return number


@contextmanager
def seekable_file(stream: ByteStream, scratch: Path | None) -> Iterator[IO[bytes]]:
    """A file, to be read anywhere, of what ``stream`` holds: itself if it is one, or a spool.

    >>> import io
    >>> with seekable_file(io.BytesIO(b"text"), None) as file:
    ...     file.seek(2), file.read()
    (2, b'xt')
    """
    if isinstance(stream, FileStream):
        yield stream.file
        return
    number = file_number(stream)
    if number is not None:
        with open(number, "rb", closefd=False) as file:
            yield file
        return
    with spool(scratch) as spooled:
        copy(stream, spooled)
        spooled.seek(0)
        yield spooled
