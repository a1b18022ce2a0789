"""One way to compress and to decompress, whichever library does it."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any, Final, Protocol

from vnclean.errors import InputError
from vnclean.language import altered, translated

#: More memory than this no decompressor gets.
_MEMORY: Final = 1 << 28
#: Of xz: its own, 6, takes 94 MB for what is some percent smaller; this one takes 32.
_XZ_PRESET: Final = 3
_RAW: Final = -zlib.MAX_WBITS  # deflate without header and checksum


class Decompressor(Protocol):
    """As those of `lzma` are: for one stream, giving no more than it is asked for at a time."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class Compressor(Protocol):
    """As those of `zlib` are."""

    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


class _Zlib:
    def __init__(self, window: int) -> None:
        self._object = zlib.decompressobj(window)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._object.eof

    @property
    def unused_data(self) -> bytes:
        return self._object.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        found = self._object.decompress(self._object.unconsumed_tail + data, max_length)
        self.needs_input = not self._object.unconsumed_tail and len(found) < max_length
        return found


class _Zstandard:
    """The package knows no limit of what it gives, so it is fed little at a time."""

    #: 4 bytes may become 128 KiB, so this at most 16 MiB.
    _BITE: Final = 512

    def __init__(self, module: Any) -> None:
        self._object = module.ZstdDecompressor().decompressobj()
        self._fed = memoryview(b"")
        self._ready = memoryview(b"")

    @property
    def eof(self) -> bool:
        return bool(self._object.eof) and not self._ready

    @property
    def needs_input(self) -> bool:
        return not self._fed and not self._ready

    @property
    def unused_data(self) -> bytes:
        return bytes(self._object.unused_data) + bytes(self._fed)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        if data:
            self._fed = memoryview(bytes(self._fed) + data)
        while not self._ready and self._fed and not self._object.eof:
            bite, self._fed = self._fed[: self._BITE], self._fed[self._BITE :]
            self._ready = memoryview(self._object.decompress(bite))
        found, self._ready = self._ready[:max_length], self._ready[max_length:]
        return bytes(found)


def _zstandard(standard: str, package: str) -> tuple[Any, bool]:
    """The module for zstandard, and whether it is the standard library's."""
    try:
        return import_module(standard), True
    except ImportError:
        pass
    try:
        return import_module(package), False
    except ImportError:
        raise InputError(
            translated("is packed with zstandard; to read it, pip install 'vnclean[zst]'")
        ) from None


def zstd_decompressor() -> Decompressor:
    """For one frame; raises InputError if nothing for it is installed."""
    module, standard = _zstandard("compression.zstd", "zstandard")
    if standard:
        made: Decompressor = module.ZstdDecompressor()
        return made
    return _Zstandard(module)


def zstd_compressor() -> Compressor:
    """For one frame; raises InputError if nothing for it is installed."""
    module, standard = _zstandard("compression.zstd", "zstandard")
    made: Compressor = (
        module.ZstdCompressor() if standard else module.ZstdCompressor().compressobj()
    )
    return made


def deflate_decompressor() -> Decompressor:
    """Of what is deflated, without header and checksum."""
    return _Zlib(_RAW)


def deflate_compressor() -> Compressor:
    """Deflates, without header and checksum."""
    return zlib.compressobj(wbits=_RAW)


#: By the name of the packing (see :mod:`vnclean.formats.kinds`).
DECOMPRESSORS: Final[dict[str, Callable[[], Decompressor]]] = {
    "gzip": lambda: _Zlib(zlib.MAX_WBITS | 16),
    "deflate": lambda: _Zlib(zlib.MAX_WBITS),  # what HTTP calls so
    "bzip2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, _MEMORY),
    "zstandard": zstd_decompressor,
}
COMPRESSORS: Final[dict[str, Callable[[], Compressor]]] = {
    "gzip": deflate_compressor,  # header and checksum are those of packing.py
    "deflate": zlib.compressobj,
    "bzip2": bz2.BZ2Compressor,
    "xz": partial(lzma.LZMACompressor, preset=_XZ_PRESET),
    "zstandard": zstd_compressor,
}


class DamagedError(InputError):
    """What is packed cannot be unpacked."""


def decompress(decompressor: Decompressor, data: bytes, size: int) -> bytes:
    """Up to ``size`` bytes; raises :class:`DamagedError`, whatever the library raises."""
    try:
        return decompressor.decompress(data, size)
    except (OSError, EOFError, ValueError, MemoryError, zlib.error, lzma.LZMAError) as error:
        reason = altered(str(error), _first_line) or translated("unpacking failed")
    except Exception as error:  # that of zstandard, which need not be installed
        if not type(error).__name__.startswith("Zstd"):
            raise
        reason = altered(str(error), _first_line)
    raise DamagedError(translated("is damaged, get it anew ({reason})", reason=reason))


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].rstrip("\r")
