"""What an HTTP message says of its payload, and the payload as it was meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vnclean.archives.headers import Lines
from vnclean.archives.packing import Packer, Unpacked
from vnclean.errors import InputError
from vnclean.formats.kinds import TEXT, Kind

if TYPE_CHECKING:
    from vnclean.archives.expansion import Expansion
    from vnclean.documents.text import ByteStream
    from vnclean.rewriting import Sink

_KINDS: Final = {
    "text/html": Kind(format="html"),
    "application/xhtml+xml": Kind(format="html"),
    "text/plain": Kind(format=TEXT),
}
#: Of text that is read; any other would be written into in the wrong one.
_CHARSETS: Final = {"", "utf-8", "utf8", "us-ascii", "ascii", "windows-1258", "cp1258", "utf-16"}
#: By the names of HTTP.
_PACKINGS: Final = {
    "gzip": "gzip",
    "x-gzip": "gzip",
    "deflate": "deflate",
    "zstd": "zstandard",
}
_CHARSET: Final = re.compile(r"(;\s*charset\s*=\s*)(\"?)([^\s\";]*)(\"?)", re.IGNORECASE)
_CHUNK: Final = re.compile(rb"([0-9a-fA-F]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")


@dataclass(frozen=True, slots=True)
class ContentType:
    """A media type, as it is written.

    >>> page = ContentType("text/html; charset=windows-1258")
    >>> page.kind, page.charset, page.in_utf_8().written
    (Kind(packing=None, format='html'), 'windows-1258', 'text/html; charset=utf-8')
    """

    written: str

    @property
    def kind(self) -> Kind | None:
        """What the payload is, None if it is not to be read."""
        return _KINDS.get(self.written.partition(";")[0].strip().lower())

    @property
    def charset(self) -> str:
        """In lower case, empty if it is not said."""
        found = _CHARSET.search(self.written)
        return found[3].lower() if found else ""

    @property
    def is_readable(self) -> bool:
        """Whether text in its charset can be written."""
        return self.charset in _CHARSETS

    def in_utf_8(self) -> ContentType:
        """The same in UTF-8, if it says a charset."""
        return ContentType(_CHARSET.sub(r"\1\2utf-8\4", self.written))


def packing_of(content_encoding: str | None) -> str | None:
    """How a payload is packed, None if not at all; raises ``KeyError`` if that is not known.

    >>> packing_of("GZIP"), packing_of("identity")
    ('gzip', None)
    """
    name = (content_encoding or "identity").lower()
    return None if name == "identity" else _PACKINGS[name]


class Dechunked:
    """A payload that is sent in chunks, as a whole.  Raises InputError if it is not."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._left = self._size()

    @classmethod
    def if_it_is(cls, lines: Lines) -> ByteStream:
        """What is in ``lines``, whether it is in chunks (archives may have joined them)."""
        head = lines.line(64)
        lines.put_back(head)
        return cls(lines) if _CHUNK.fullmatch(head) else lines

    def _size(self) -> int:
        found = _CHUNK.fullmatch(self._lines.line(1 << 12))
        if not found:
            raise InputError("is damaged: its chunks are broken")
        return int(found[1], 16)

    def read1(self, size: int, /) -> bytes:
        """Up to ``size`` bytes; nothing at the end."""
        if not self._left:
            if self._lines.line(64).strip() or self._lines.read1(1):
                raise InputError("has something after its last chunk")
            return b""
        data = self._lines.read1(min(size, self._left))
        if not data:
            raise InputError("is damaged: its last chunk is missing")
        self._left -= len(data)
        if not self._left:
            if self._lines.line(64).strip():
                raise InputError("is damaged: its chunks are broken")
            self._left = self._size()
        return data

    def seekable(self) -> bool:
        """It is there as a whole."""
        return self._lines.seekable()


class Payload:
    """A payload to be read, and the sink for what it becomes."""

    def __init__(
        self, lines: Lines, sink: Sink, chunked: bool, packing: str | None, expansion: Expansion
    ) -> None:
        """Raises InputError if it is not as it says."""
        self.stream = Dechunked.if_it_is(lines) if chunked else lines
        self.sink = sink
        self._packer: Packer | None = None
        if packing:
            unpacked = Unpacked(self.stream, packing, expansion)
            self._packer = Packer(sink, packing, unpacked.header)
            self.stream, self.sink = unpacked, self._packer

    def finish(self) -> None:
        """Writes what is left."""
        if self._packer:
            self._packer.finish()
