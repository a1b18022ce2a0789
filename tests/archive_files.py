"""Archives and packed files as Python's own modules make and read them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable

import zstandard
from rewriting_tools import DAMAGED, REPAIRED, SOUND

TEXT, WANTED = SOUND * 3 + DAMAGED, SOUND * 3 + REPAIRED
BINARY = random.Random(1).randbytes(3000) + bytes(10)
#: The methods of zip archives that Python knows.
METHODS = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA


def _unpack_zstd(data: bytes) -> bytes:
    return b"".join(zstandard.ZstdDecompressor().read_to_iter(data, 1 << 16))


#: By the ends of names.
PACK: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.compress,
}
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.decompress,
    "bz2": bz2.decompress,
    "xz": lzma.decompress,
    "zst": _unpack_zstd,
}


def make_zip(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = 8) -> bytes:
    """A zip archive of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def read_zip(data: bytes) -> zipfile.ZipFile:
    """What Python finds in a zip archive; every checksum is right."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return archive


def directory_at(data: bytes) -> int:
    """Where the directory of a zip archive begins."""
    return data.index(b"PK\1\2")


def local_parts(data: bytes) -> dict[str, bytes]:
    """Of each member of a zip archive all bytes before the next one."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    ends = [*(info.header_offset for info in infos[1:]), archive.start_dir]
    return {
        info.filename: data[info.header_offset : end] for info, end in zip(infos, ends, strict=True)
    }


def member(name: str, content: bytes = b"", **more: object) -> tuple[tarfile.TarInfo, bytes]:
    """A member of a tar archive; ``more`` are fields of its header."""
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for field, value in more.items():
        setattr(info, field, value)
    return info, content


def make_tar(*members: tuple[tarfile.TarInfo, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar archive of these members."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=form, errors="surrogateescape") as archive:
        for info, content in members:
            archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


def read_tar(data: bytes) -> list[tuple[tarfile.TarInfo, bytes | None]]:
    """What Python finds in a tar archive."""
    with tarfile.open(fileobj=io.BytesIO(data), errors="surrogateescape") as archive:
        found = []
        for info in archive:
            file = archive.extractfile(info) if info.isreg() else None
            found.append((info, file.read() if file else None))
        return found
