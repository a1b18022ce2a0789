"""Packed files as streams, both ways: gzip, bzip2, xz and zstandard."""

from __future__ import annotations

import zlib
from typing import IO, TYPE_CHECKING, Final

from vnclean.archives.codecs import COMPRESSORS, DECOMPRESSORS, DamagedError, decompress
from vnclean.archives.expansion import Expansion
from vnclean.archives.gzip_header import LONGEST, PLAIN, kept_header
from vnclean.archives.spools import PORTION, FileStream, file_number
from vnclean.documents.text import ByteStream
from vnclean.errors import InputError
from vnclean.language import translated

if TYPE_CHECKING:
    from vnclean.rewriting import Sink

#: Packings that may have NULs after each of their streams.
_PADDED: Final = ("gzip", "xz")


class Unpacked:
    """What a packed file holds, as a :class:`~vnclean.documents.text.ByteStream`.

    That is one stream after the other (gzip calls them members, zstandard frames).  Raises
    InputError for what is damaged or truncated, or unpacks to too much, and then again whenever
    it is asked for more.

    >>> import gzip, io
    >>> packed = gzip.compress(b"one, ") + gzip.compress(b"two")
    >>> unpacked = Unpacked(io.BytesIO(packed), "gzip", Expansion(200))
    >>> unpacked.read1(3), unpacked.read1(100), unpacked.read1(100), unpacked.read1(100)
    (b'one', b', ', b'two', b'')
    """

    def __init__(self, stream: ByteStream, packing: str, expansion: Expansion) -> None:
        """``packing``: a name that `vnclean.archives.codecs` knows."""
        self._stream = stream
        self._packing = packing
        self._expansion = expansion
        self._pending = b""  # read, but not fed
        self._decompressor = DECOMPRESSORS[packing]()
        self._error: InputError | None = None
        #: Of gzip: the header for what is packed anew.
        self.header = self._find_header() if packing == "gzip" else PLAIN

    def read1(self, size: int, /) -> bytes:
        """Up to ``size`` bytes; nothing at the end."""
        if self._error:
            raise self._error
        try:
            while not self._decompressor.eof or self._begin_next():
                found = self._unpack(size)
                if found:
                    return found
        except InputError as error:
            self._error = error
            raise
        return b""

    def seekable(self) -> bool:
        """Whether it is there as a whole."""
        return self._stream.seekable()

    def _find_header(self) -> bytes:
        while (header := kept_header(self._pending)) is None:
            data = self._read() if len(self._pending) <= LONGEST else b""
            if not data:
                break
            self._pending += data
        return header or PLAIN

    def _begin_next(self) -> bool:
        """Whether another stream begins where one has ended."""
        self._pending = self._pending or self._read()
        if self._packing in _PADDED:
            while self._pending and not self._pending.strip(b"\0"):
                self._pending = self._read()
            self._pending = self._pending.lstrip(b"\0")
        if not self._pending:
            return False
        self._decompressor = DECOMPRESSORS[self._packing]()
        return True

    def _unpack(self, size: int) -> bytes:
        data = b""
        if self._decompressor.needs_input:
            data, self._pending = self._pending or self._read(), b""
            if not data:
                raise DamagedError(translated("ends in the middle; it is truncated, get it anew"))
        found = decompress(self._decompressor, data, size)
        self._expansion.came(len(found))
        if self._decompressor.eof:
            self._pending = self._decompressor.unused_data
        return found

    def _read(self) -> bytes:
        data = self._stream.read1(PORTION)
        self._expansion.fed(len(data))
        return data


def refuse_bomb(stream: ByteStream, packing: str, expansion: Expansion, size: int) -> None:
    """Raises InputError if about the first ``size`` bytes that a file unpacks to are too many.

    The file is back where it was afterwards; what cannot be read once more is not looked at.
    """
    if isinstance(stream, FileStream):
        _try(stream.file, packing, expansion, size)
    elif (number := file_number(stream)) is not None:
        # Without a buffer: where this one is, is where the stream goes on.
        with open(number, "rb", buffering=0, closefd=False) as file:
            _try(file, packing, expansion, size)


def _try(file: IO[bytes], packing: str, expansion: Expansion, size: int) -> None:
    start = file.tell()
    unpacked = Unpacked(FileStream(file), packing, expansion)
    left = size + PORTION
    while left > 0 and (data := unpacked.read1(PORTION)):
        left -= len(data)
    file.seek(start)


class Packer:
    """A sink that packs what is written to it.

    >>> import bz2, io
    >>> file = io.BytesIO()
    >>> packer = Packer(file, "bzip2")
    >>> _ = packer.write(b"text")
    >>> packer.finish()
    >>> bz2.decompress(file.getvalue())
    b'text'
    """

    def __init__(self, sink: Sink, packing: str, header: bytes = PLAIN) -> None:
        """``header``: of gzip, see :attr:`Unpacked.header`."""
        self._sink = sink
        self._compressor = COMPRESSORS[packing]()
        self._is_gzip = packing == "gzip"
        self._checksum = 0
        self._size = 0
        if self._is_gzip:
            sink.write(header)

    def write(self, data: bytes, /) -> int:
        """Packs ``data``."""
        if self._is_gzip:
            self._checksum = zlib.crc32(data, self._checksum)
            self._size += len(data)
        packed = self._compressor.compress(data)
        if packed:
            self._sink.write(packed)
        return len(data)

    def finish(self) -> None:
        """Writes what is left; nothing may be written afterwards."""
        self._sink.write(self._compressor.flush())
        if self._is_gzip:
            self._sink.write(self._checksum.to_bytes(4, "little"))
            self._sink.write((self._size & 0xFFFFFFFF).to_bytes(4, "little"))
