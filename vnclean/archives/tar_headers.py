"""Headers of tar archives: read by `tarfile`, and written again with nothing but another size."""

from __future__ import annotations

import tarfile
from dataclasses import dataclass
from typing import Final

from vnclean.errors import InputError
from vnclean.language import marked, translated

BLOCK: Final = tarfile.BLOCKSIZE
#: Types of headers that say more of the next member, in records.
PAX: Final = tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE
_SIZE: Final = slice(124, 136)
_CHECKSUM: Final = slice(148, 156)
#: Where it says that the map of a sparse file goes on: in its header, in the blocks after it.
_SPARSE_MORE: Final = 482, 504
_WRONG: Final = marked("is no tar archive, or damaged: {reason}; get it anew")


@dataclass(frozen=True, slots=True)
class Header:
    """The block before a member."""

    block: bytes
    name: bytes
    type: bytes
    size: int

    @property
    def has_data(self) -> bool:
        """Whether blocks with data follow."""
        is_known = self.type in tarfile.SUPPORTED_TYPES
        return self.type in (*tarfile.REGULAR_TYPES, tarfile.GNUTYPE_SPARSE) or not is_known


def parse(block: bytes) -> Header:
    """The header in ``block``; raises InputError if there is none."""
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError) as error:
        raise InputError(translated(_WRONG, reason=error)) from None
    if info.size < 0:
        raise InputError(translated(_WRONG, reason=translated("a size is negative")))
    name = info.name.encode("utf-8", "surrogateescape")
    kind = tarfile.DIRTYPE if info.isdir() else info.type
    return Header(block, name, kind, info.size)


def padding(size: int) -> int:
    """How many bytes fill the last block."""
    return -size % BLOCK


def has_more_of_sparse(block: bytes, *, first: bool) -> bool:
    """Whether another block of the map of a sparse file follows."""
    if first:
        return block[156:157] == tarfile.GNUTYPE_SPARSE and block[_SPARSE_MORE[0]] != 0
    return block[_SPARSE_MORE[1]] != 0


def with_size(block: bytes, size: int) -> bytes:
    """The header with another size, and the checksum that goes with it."""
    changed = bytearray(block)
    if size < 8**11:
        end = block[_SIZE][-1:]
        changed[_SIZE] = b"%011o" % size + (end if end in (b"\0", b" ") else b"\0")
    else:
        changed[_SIZE] = b"\x80" + size.to_bytes(11, "big")
    changed[_CHECKSUM] = b" " * 8
    changed[_CHECKSUM] = b"%06o\0 " % sum(changed)
    return bytes(changed)


def pax_records(content: bytes) -> dict[str, bytes]:
    """What a pax header says, by keyword; raises InputError if it is damaged."""
    return {key: value for _, key, value in _pax_records(content)}


def with_pax_size(header: Header, data: bytes, size: int) -> tuple[bytes, bytes]:
    """A pax header and its data with another size of the member, if it has one."""
    records = _pax_records(data[: header.size])
    if not any(key == "size" for _, key, _ in records):
        return header.block, data
    content = b"".join(_pax_size(size) if key == "size" else raw for raw, key, _ in records)
    return with_size(header.block, len(content)), content + bytes(padding(len(content)))


def _pax_size(size: int) -> bytes:
    rest = b" size=%d\n" % size
    length = len(rest) + 1
    while len(b"%d" % length) + len(rest) != length:
        length += 1
    return b"%d" % length + rest


def _pax_records(content: bytes) -> list[tuple[bytes, str, bytes]]:
    """Each record as it is written, its keyword and its value."""
    records: list[tuple[bytes, str, bytes]] = []
    at, end = 0, len(content.rstrip(b"\0"))
    while at < end:
        digits = content[at : content.find(b" ", at, at + 10)]
        stop = at + int(digits) if digits.isdigit() else at
        key, equals, value = content[at + len(digits) + 1 : stop].partition(b"=")
        if stop > end or not equals or not value.endswith(b"\n"):
            raise InputError(translated(_WRONG, reason=translated("bad pax header")))
        records.append((content[at:stop], key.decode("utf-8", "surrogateescape"), value[:-1]))
        at = stop
    return records
