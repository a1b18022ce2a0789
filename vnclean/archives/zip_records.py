"""The records of a zip archive: read, and written again with nothing changed but some numbers."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from vnclean.errors import InputError
from vnclean.language import translated

#: Flags of a member.
ENCRYPTED: Final = 1 | 1 << 6 | 1 << 13
END_MARKED: Final = 1 << 1  # of LZMA
SIZES_FOLLOW: Final = 1 << 3
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR: Final = struct.Struct("<4sLQL")
_LONG: Final = 0xFFFFFFFF  # stands for a number that is in the extra field
_SHORT: Final = 0xFFFF
_ZIP64: Final = 1  # the extra field of long numbers
_VERSION_64: Final = 45
#: The longest directory that is held in memory.
_LONGEST: Final = 1 << 28


def _wrong(reason: str) -> InputError:
    return InputError(
        translated("is no zip archive, or damaged: {reason}; get it anew", reason=reason)
    )


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a member's records say of it that may change."""

    checksum: int
    compressed: int
    size: int
    offset: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A member, as the directory has it."""

    record: bytes
    name: bytes
    flags: int
    method: int
    attributes: int  #: external ones
    numbers: Numbers

    @property
    def is_plain_file(self) -> bool:
        """Whether it may be text: no directory, no link."""
        mode = self.attributes >> 16 & 0o170000
        return not self.name.endswith(b"/") and mode in (0, 0o100000)


@dataclass(frozen=True)
class Directory:
    """The members of an archive: where their records are, in the order of the directory."""

    start: int  #: in the file
    base: int  #: what offsets count from: anything may come before an archive
    end: bytes  #: everything after the records
    last: int  #: where in that the very last record is
    records: bytes = field(repr=False)
    places: array[int] = field(repr=False)  #: of each record in them

    def entry(self, number: int) -> Entry:
        """The member that the directory names as that."""
        return _entry(self.records, self.places[number])


def _entry(records: bytes, at: int) -> Entry:
    values = _CENTRAL.unpack_from(records, at)
    _, _, _, flags, method, _, _, checksum, compressed, size, *rest = values
    name_size, extra_size, comment_size, disk, _, attributes, offset = rest
    name_at = at + _CENTRAL.size
    extra_at = name_at + name_size
    end = extra_at + extra_size + comment_size
    name, extra = records[name_at:extra_at], records[extra_at : extra_at + extra_size]
    if disk not in (0, _SHORT):
        raise InputError(translated("is one part of a split archive; join the parts first"))
    numbers = Numbers(checksum, *_long_numbers(extra, (size, compressed, offset)))
    return Entry(records[at:end], name, flags, method, attributes, numbers)


def _fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and whole of each extra field; what is no field, at the end, has the number -1."""
    at = 0
    while at < len(extra):
        number, size = -1, len(extra)
        if at + 4 <= len(extra):
            found, length = struct.unpack_from("<2H", extra, at)
            if at + 4 + length <= len(extra):
                number, size = found, 4 + length
        yield number, extra[at : at + size]
        at += size


def _long_numbers(extra: bytes, numbers: tuple[int, int, int]) -> tuple[int, int, int]:
    """Compressed size, size and offset, of which long ones are in the extra field."""
    longs = next((data[4:] for number, data in _fields(extra) if number == _ZIP64), b"")
    found = []
    for number in numbers:
        if number == _LONG and longs:
            if len(longs) < 8:
                raise _wrong(translated("a long number is missing"))
            number, longs = int.from_bytes(longs[:8], "little"), longs[8:]
        found.append(number)
    size, compressed, offset = found
    return compressed, size, offset


def _with_long(extra: bytes, longs: list[int]) -> bytes:
    """The extra field with other long numbers."""
    kept = b"".join(data for number, data in _fields(extra) if number != _ZIP64)
    data = struct.pack(f"<{len(longs)}Q", *longs)
    return (struct.pack("<2H", _ZIP64, len(data)) + data if longs else b"") + kept


def central_record(entry: Entry, numbers: Numbers, flags: int) -> bytes:
    """The record of a member in the directory with these numbers; the same if they are."""
    if numbers == entry.numbers and flags == entry.flags:
        return entry.record
    values = list(_CENTRAL.unpack_from(entry.record))
    name_size, extra_size = values[10:12]
    extra_at = _CENTRAL.size + name_size
    extra = entry.record[extra_at : extra_at + extra_size]
    longs: list[int] = []
    for place, number in (9, numbers.size), (8, numbers.compressed), (16, numbers.offset):
        values[place] = _shortened(number, values[place], longs)
    if longs:
        values[2] = max(values[2], _VERSION_64)
    extra = _with_long(extra, longs)
    values[3], values[7], values[11] = flags, numbers.checksum, len(extra)
    name, comment = entry.name, entry.record[extra_at + extra_size :]
    return _CENTRAL.pack(*values) + name + extra + comment


def _shortened(number: int, was: int, longs: list[int]) -> int:
    """``number``, or what stands for it if it is one of ``longs`` (or was)."""
    if number < _LONG and was != _LONG:
        return number
    longs.append(number)
    return _LONG


def local_record(record: bytes, numbers: Numbers, flags: int) -> bytes:
    """The record before a member with these numbers."""
    values = list(_LOCAL.unpack_from(record))
    extra_at = _LOCAL.size + values[9]
    longs = [numbers.size, numbers.compressed]
    long = max(longs) >= _LONG or _LONG in values[7:9]
    if long:
        values[1] = max(values[1], _VERSION_64)
    extra = _with_long(record[extra_at:], longs if long else [])
    values[2], values[6], values[10] = flags, numbers.checksum, len(extra)
    values[7:9] = [_LONG, _LONG] if long else [numbers.compressed, numbers.size]
    return _LOCAL.pack(*values) + record[_LOCAL.size : extra_at] + extra


def read_local(file: IO[bytes], at: int) -> tuple[bytes, bytes]:
    """The record before the member at ``at``, and the name in it.

    Raises InputError if there is none.
    """
    file.seek(at)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
        raise _wrong(translated("a member is not where the directory says"))
    name_size, extra_size = _LOCAL.unpack(head)[9:]
    rest = file.read(name_size + extra_size)
    if len(rest) < name_size + extra_size:
        raise _wrong(translated("it ends within a member"))
    return head + rest, rest[:name_size]


def following_sizes(data: bytes, numbers: Numbers) -> int:
    """How much of ``data``, which follows a member, only says its sizes once more."""
    for form in "<3L", "<L2Q":
        if form == "<L2Q" or max(numbers.compressed, numbers.size) <= _LONG:
            packed = struct.pack(form, numbers.checksum, numbers.compressed, numbers.size)
            for mark in b"PK\x07\x08", b"":
                if data.startswith(mark + packed):
                    return len(mark + packed)
    return 0


def read_directory(file: IO[bytes]) -> Directory:
    """The directory of an archive; raises InputError if there is none."""
    file_size = file.seek(0, 2)
    at, end = _find_end(file, file_size)
    _, disk, first_disk, _, count, size, offset, _ = _END.unpack_from(end)
    file.seek(max(0, at - _LOCATOR.size))
    locator = file.read(_LOCATOR.size)
    limit, start = _SHORT + 1, at
    if at >= _LOCATOR.size and locator.startswith(b"PK\x06\x07"):
        start, values = _end_64(file, at)
        disk, first_disk, _, count, size, offset = values
        limit = 1 << 64
    if (disk, first_disk) != (0, 0):
        raise InputError(translated("is one part of a split archive; join the parts first"))
    file.seek(start)
    end, last = file.read(), at - start
    start -= size
    base = start - offset
    if start < 0 or base < 0:
        raise _wrong(translated("its directory cannot be where it should be"))
    if size > _LONGEST:
        raise InputError(
            translated("has a directory of more than {limit} MiB; split it", limit=_LONGEST >> 20)
        )
    file.seek(start)
    records = file.read(size)
    places = _places(records)
    if len(places) % limit != count:
        raise _wrong(translated("its directory has not as many members as it says"))
    return Directory(start, base, end, last, records, places)


def _find_end(file: IO[bytes], file_size: int) -> tuple[int, bytes]:
    """Where the last record is, and it, with its comment."""
    size = min(file_size, _END.size + _SHORT)
    file.seek(file_size - size)
    tail = file.read(size)
    at = len(tail)
    while (at := tail.rfind(b"PK\x05\x06", 0, at)) >= 0:
        if at + _END.size <= len(tail):
            comment = _END.unpack_from(tail, at)[-1]
            if at + _END.size + comment == len(tail):
                return file_size - size + at, tail[at:]
    raise _wrong(translated("its end is missing"))


def _end_64(file: IO[bytes], at: int) -> tuple[int, tuple[int, ...]]:
    """Where the record of long numbers is, and what it says; the last one is at ``at``."""
    file.seek(at - _LOCATOR.size)
    _, _, offset, _ = _LOCATOR.unpack(file.read(_LOCATOR.size))
    nearest = at - _LOCATOR.size - _END_64.size
    for start in offset, nearest:
        if max(0, nearest - _SHORT) <= start <= nearest:
            file.seek(start)
            record = file.read(_END_64.size)
            if record.startswith(b"PK\x06\x06"):
                return start, _END_64.unpack(record)[4:]
    raise _wrong(translated("its long end is missing"))


def _places(records: bytes) -> array[int]:
    places, at = array("Q"), 0
    while at < len(records):
        if not records.startswith(b"PK\x01\x02", at) or at + _CENTRAL.size > len(records):
            raise _wrong(translated("its directory is broken"))
        places.append(at)
        at += _CENTRAL.size + sum(_CENTRAL.unpack_from(records, at)[10:13])
    if at > len(records):
        raise _wrong(translated("its directory is broken"))
    return places


def end_records(directory: Directory, size: int, offset: int) -> bytes:
    """The last records for a directory of that size at that offset; the same if they are."""
    before, last = directory.end[: directory.last], directory.end[directory.last :]
    values = list(_END.unpack_from(last))
    longs: list[int] = []
    values[5] = _shortened(size, values[5], longs)
    values[6] = _shortened(offset, values[6], longs)
    if before:
        head = list(_END_64.unpack_from(before))
        head[8:] = size, offset
        place = list(_LOCATOR.unpack(before[-_LOCATOR.size :]))
        place[2] = offset + size
        middle = before[_END_64.size : -_LOCATOR.size]
        before = _END_64.pack(*head) + middle + _LOCATOR.pack(*place)
    elif longs:
        count = len(directory.places)
        head = [b"PK\x06\x06", _END_64.size - 12, 45, 45, 0, 0, count, count, size, offset]
        before = _END_64.pack(*head) + _LOCATOR.pack(b"PK\x06\x07", 0, offset + size, 1)
    return before + _END.pack(*values) + last[_END.size :]
