"""Lines of headers, as WARC records and HTTP messages have them: kept as they are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from vnclean.archives.spools import PORTION
from vnclean.documents.text import ByteStream

#: The longest headers.
_LONGEST: Final = 1 << 20


class Lines:
    """A stream of which lines can be read, too.

    >>> import io
    >>> lines = Lines(io.BytesIO(b"one\\ntwo"))
    >>> lines.line(), lines.read1(2), lines.line(), lines.line()
    (b'one\\n', b'tw', b'o', b'')
    """

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self._ahead = b""

    def line(self, limit: int = _LONGEST) -> bytes:
        """The next line with its end, or as much of it as is in ``limit`` bytes."""
        looked_at = 0
        while (end := self._ahead.find(b"\n", looked_at)) < 0 and len(self._ahead) < limit:
            looked_at = len(self._ahead)
            data = self._stream.read1(PORTION)
            if not data:
                break
            self._ahead += data
        size = min(limit, end + 1 if end >= 0 else len(self._ahead))
        found, self._ahead = self._ahead[:size], self._ahead[size:]
        return found

    def read1(self, size: int, /) -> bytes:
        """Up to ``size`` bytes; nothing at the end."""
        if not self._ahead:
            return self._stream.read1(size)
        found, self._ahead = self._ahead[:size], self._ahead[size:]
        return found

    def put_back(self, data: bytes) -> None:
        """``data`` is to be read once more."""
        self._ahead = data + self._ahead

    def seekable(self) -> bool:
        """Whether it is there as a whole."""
        return self._stream.seekable()


@dataclass
class Headers:
    """A first line, then one for each field, then an empty one; ends are part of the lines.

    >>> import io
    >>> headers = Headers.read(Lines(io.BytesIO(b"HTTP/1.1 200\\r\\nAge: 1\\r\\n\\r\\n")))
    >>> headers.set("age", "2")
    >>> headers.get("AGE"), bytes(headers)
    ('2', b'HTTP/1.1 200\\r\\nAge: 2\\r\\n\\r\\n')
    """

    lines: list[bytes] = field(default_factory=list)
    complete: bool = False

    @classmethod
    def read(cls, lines: Lines) -> Headers:
        """The headers that come next; not ``complete`` if they are none."""
        headers, size = cls(), 0
        while size < _LONGEST and (line := lines.line(_LONGEST - size)):
            size += len(line)
            if line[:1] in (b" ", b"\t") and headers.lines:
                headers.lines[-1] += line
            else:
                headers.lines.append(line)
            if line in (b"\r\n", b"\n"):
                headers.complete = len(headers.lines) > 1
                break
        return headers

    def get(self, name: str) -> str | None:
        """The first value of a field, None if there is none."""
        number = self._find(name)
        if number is None:
            return None
        value = self.lines[number].partition(b":")[2]
        return b" ".join(value.split()).decode("utf-8", "surrogateescape")

    def set(self, name: str, value: str) -> None:
        """Changes a field, or adds it."""
        number = self._find(name)
        data = value.encode("utf-8", "surrogateescape")
        if number is None:
            end = self.lines[-1]
            self.lines.insert(-1, name.encode() + b": " + data + end)
            return
        line = self.lines[number]
        end = b"\r\n" if line.endswith(b"\r\n") else b"\n"
        self.lines[number] = line.partition(b":")[0] + b": " + data + end

    def drop(self, name: str) -> None:
        """Takes a field out."""
        while (number := self._find(name)) is not None:
            del self.lines[number]

    def _find(self, name: str) -> int | None:
        wanted = name.lower().encode()
        for number, line in enumerate(self.lines[1:-1], start=1):
            if line.partition(b":")[0].strip().lower() == wanted:
                return number
        return None

    def __bytes__(self) -> bytes:
        return b"".join(self.lines)
