"""The header of a gzip member: the name and the time of what is packed."""

from __future__ import annotations

from typing import Final

#: Without any: no name, no time.
PLAIN: Final = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
#: The most bytes that are looked at.
LONGEST: Final = 1 << 18
_CHECKSUM, _EXTRA, _NAME, _COMMENT = 2, 4, 8, 16
#: Says in the extra field how long the member is (BGZF), which it no longer will be.
_BLOCK_SIZE: Final = b"BC"


def kept_header(data: bytes) -> bytes | None:
    """Of a gzip file that begins with ``data``, the header for what is packed anew.

    None if the header goes on.  Whatever is no gzip header gives :data:`PLAIN`: unpacking it
    will say what is wrong.

    >>> kept_header(b"\\x1f\\x8b\\x08\\x08\\0\\0\\0\\0\\0\\x03a.txt\\0...")
    b'\\x1f\\x8b\\x08\\x08\\x00\\x00\\x00\\x00\\x00\\x03a.txt\\x00'
    """
    if len(data) < len(PLAIN):
        return None
    if not data.startswith(PLAIN[:3]):
        return PLAIN
    flags, at = data[3], len(PLAIN)
    extra = b""
    if flags & _EXTRA:
        size = int.from_bytes(data[at : at + 2], "little") + 2
        extra = data[at : at + size]
        if len(extra) < size:
            return None
        at += size
    start = at
    for flag in _NAME, _COMMENT:
        if flags & flag:
            at = data.find(b"\0", at) + 1
            if not at:
                return None
    if extra[2:4] == _BLOCK_SIZE:
        flags, extra = flags & ~_EXTRA, b""
    flags &= ~_CHECKSUM
    return data[:3] + bytes([flags]) + data[4 : len(PLAIN)] + extra + data[start:at]
