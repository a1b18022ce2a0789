"""How the members of a zip archive are compressed."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any, Final

from vnclean.archives.codecs import (
    COMPRESSORS,
    DECOMPRESSORS,
    Compressor,
    DamagedError,
    Decompressor,
    decompress,
    deflate_compressor,
    deflate_decompressor,
    zstd_compressor,
    zstd_decompressor,
)
from vnclean.archives.expansion import Expansion
from vnclean.archives.spools import PORTION
from vnclean.language import translated

if TYPE_CHECKING:
    from vnclean.rewriting import Sink

STORED, LZMA = 0, 14
#: Version of the format, size of the properties; then these: lc 3, lp 0, pb 2 and 8 MiB.
_LZMA_HEADER: Final = b"\x09\x04\x05\0" + bytes([93]) + (1 << 23).to_bytes(4, "little")
#: The largest dictionary that gets its memory.
_LZMA_LIMIT: Final = 1 << 28


class _Stored:
    eof, unused_data = False, b""

    def __init__(self) -> None:
        self._ready = memoryview(b"")

    @property
    def needs_input(self) -> bool:
        return not self._ready

    def decompress(self, data: bytes, max_length: int) -> bytes:
        ready = self._ready or memoryview(data)
        self._ready = ready[max_length:]
        return bytes(ready[:max_length])

    def compress(self, data: bytes, /) -> bytes:
        return data

    def flush(self) -> bytes:
        return b""


class _LzmaDecompressor:
    """Finds its properties at the start."""

    def __init__(self) -> None:
        self._head = b""
        self._inner: Decompressor | None = None

    @property
    def eof(self) -> bool:
        return self._inner is not None and self._inner.eof

    @property
    def needs_input(self) -> bool:
        return self._inner is None or self._inner.needs_input

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data if self._inner else b""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        if self._inner is None:
            self._head += data
            if len(self._head) < len(_LZMA_HEADER):
                return b""
            self._inner = _raw_lzma(self._head[: len(_LZMA_HEADER)])
            data, self._head = self._head[len(_LZMA_HEADER) :], b""
        return self._inner.decompress(data, max_length)


def _raw_lzma(header: bytes) -> Decompressor:
    if header[2:4] != _LZMA_HEADER[2:4]:
        raise ValueError(translated("unknown properties of LZMA"))
    rest, lc = divmod(header[4], 9)
    pb, lp = divmod(rest, 5)
    size = int.from_bytes(header[5:9], "little")
    if size > _LZMA_LIMIT:
        raise ValueError(translated("its dictionary is too large"))
    filters: list[dict[str, Any]] = [
        {"id": lzma.FILTER_LZMA1, "dict_size": max(size, 4096), "lc": lc, "lp": lp, "pb": pb}
    ]
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters)


class _LzmaCompressor:
    def __init__(self) -> None:
        filters: list[dict[str, Any]] = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 23}]
        self._inner = lzma.LZMACompressor(lzma.FORMAT_RAW, filters=filters)
        self._header = _LZMA_HEADER

    def compress(self, data: bytes, /) -> bytes:
        header, self._header = self._header, b""
        return header + self._inner.compress(data)

    def flush(self) -> bytes:
        return self._header + self._inner.flush()


#: By their numbers in the format.
METHODS: Final[dict[int, tuple[Callable[[], Decompressor], Callable[[], Compressor]]]] = {
    STORED: (_Stored, _Stored),
    8: (deflate_decompressor, deflate_compressor),
    12: (bz2.BZ2Decompressor, bz2.BZ2Compressor),
    LZMA: (_LzmaDecompressor, _LzmaCompressor),
    93: (zstd_decompressor, zstd_compressor),
    95: (DECOMPRESSORS["xz"], COMPRESSORS["xz"]),
}


class MemberStream:
    """What a member holds, as a :class:`~vnclean.documents.text.ByteStream`.

    Raises InputError if it is damaged or unpacks to too much.
    """

    def __init__(
        self,
        file: IO[bytes],
        method: int,
        place: tuple[int, int],
        promised: tuple[int, int],
        expansion: Expansion,
    ) -> None:
        """``place``: start and size of what is compressed.  ``promised``: size and checksum of
        what is in it.
        """
        self._file = file
        self._at, self._left = place
        self._size, self._checksum = promised
        self._expansion = expansion
        self._decompressor = METHODS[method][0]()
        self._found_size = self._found_checksum = 0
        self._ended = False

    def seekable(self) -> bool:
        """It is there as a whole."""
        return True

    def read1(self, size: int, /) -> bytes:
        """Up to ``size`` bytes; nothing at the end."""
        while not self._ended:
            ready = self._found_size == self._size and not self._left
            if self._decompressor.eof or (ready and self._decompressor.needs_input):
                self._end()
                break
            found = decompress(self._decompressor, self._compressed(), size)
            self._expansion.came(len(found))
            self._found_size += len(found)
            self._found_checksum = zlib.crc32(found, self._found_checksum)
            if self._found_size > self._size:
                raise DamagedError(translated("is damaged, get it anew (longer than it should be)"))
            if found:
                return found
        return b""

    def _compressed(self) -> bytes:
        if not self._decompressor.needs_input:
            return b""
        self._file.seek(self._at)
        data = self._file.read(min(PORTION, self._left))
        if not data:
            raise DamagedError(translated("is damaged, get it anew (shorter than it should be)"))
        self._at += len(data)
        self._left -= len(data)
        self._expansion.fed(len(data))
        return data

    def _end(self) -> None:
        if self._left or self._decompressor.unused_data or self._found_size != self._size:
            raise DamagedError(translated("is damaged, get it anew (its size is wrong)"))
        if self._found_checksum != self._checksum:
            raise DamagedError(translated("is damaged, get it anew (its checksum is wrong)"))
        self._ended = True


class MemberSink:
    """Compresses what is written to it, and counts."""

    def __init__(self, sink: Sink, method: int) -> None:
        self._sink = sink
        self._compressor = METHODS[method][1]()
        self.size = self.compressed_size = self.checksum = 0

    def write(self, data: bytes, /) -> int:
        """Compresses ``data``."""
        self.size += len(data)
        self.checksum = zlib.crc32(data, self.checksum)
        self._put(self._compressor.compress(data))
        return len(data)

    def finish(self) -> None:
        """Writes what is left; nothing may be written afterwards."""
        self._put(self._compressor.flush())

    def _put(self, data: bytes) -> None:
        self.compressed_size += len(data)
        if data:
            self._sink.write(data)
