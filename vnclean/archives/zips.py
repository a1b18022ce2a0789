"""Zip archives: members that change are compressed anew, all else is copied as it is."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Final

from vnclean.archives.members import MemberPaths, attempt, reason_to_skip, shown_name
from vnclean.archives.spools import FileStream, Part, copy, seekable_file, spool
from vnclean.archives.zip_methods import LZMA, METHODS, MemberSink, MemberStream
from vnclean.archives.zip_records import (
    ENCRYPTED,
    END_MARKED,
    SIZES_FOLLOW,
    Directory,
    Entry,
    Numbers,
    central_record,
    end_records,
    following_sizes,
    local_record,
    read_directory,
    read_local,
)
from vnclean.documents.text import ByteStream
from vnclean.errors import InputError
from vnclean.language import translated

if TYPE_CHECKING:
    from vnclean.rewriting import Rewriter, Sink

#: The longest record of sizes after a member.
_FOLLOWING: Final = 24


def rewrite_zip(rewriter: Rewriter, path: str, stream: ByteStream, sink: Sink) -> bool:
    """Rewrites a zip archive; returns whether any member differs.

    Raises InputError if its directory is wrong or members overlap.
    """
    with seekable_file(stream, rewriter.scratch) as file:
        return _Zip(rewriter, MemberPaths(path), file, sink, read_directory(file)).rewrite()


@dataclass
class _Zip:
    rewriter: Rewriter
    paths: MemberPaths
    file: IO[bytes]
    sink: Sink
    directory: Directory
    done: int = 0  #: bytes of the file that were copied or replaced
    written: int = 0
    #: Of members that were compressed anew: what their records say now.
    changed: dict[int, tuple[Numbers, int]] = field(default_factory=dict)

    def rewrite(self) -> bool:
        count = len(self.directory.places)
        base = self.directory.base
        starts = array("Q")
        for number in range(count):
            starts.append(self.directory.entry(number).numbers.offset + base)
        moved = array("Q", bytes(8 * count))
        order = sorted(range(count), key=starts.__getitem__)
        for number, following in zip(order, [*order[1:], None], strict=False):
            end = self.directory.start if following is None else starts[following]
            self._copy_until(starts[number])
            moved[number] = self.written - base
            self._member(number, starts[number], end)
        self._copy_until(self.directory.start)
        self._write_directory(moved)
        return bool(self.changed)

    def _put(self, data: bytes) -> None:
        self.sink.write(data)
        self.written += len(data)

    def _copy_until(self, end: int) -> None:
        """Copies what was not copied yet, and no member."""
        self.file.seek(self.done)
        if end > self.done:
            self.written += copy(Part(FileStream(self.file), end - self.done), self.sink)
            self.done = end

    def _member(self, number: int, start: int, end: int) -> None:
        """Writes a member anew, if it changes; whoever comes next will copy it if not."""
        entry = self.directory.entry(number)
        numbers = entry.numbers
        record, local_name = read_local(self.file, start)
        data_at = start + len(record)
        data_end = data_at + numbers.compressed
        if data_end > end:
            raise InputError(
                translated("has members that overlap; it is damaged or a bomb, get it anew")
            )
        if not entry.is_plain_file:
            return
        name = shown_name(entry.name)
        path = self.paths.of(name)
        if not numbers.size and self.rewriter.skips_empty:
            return
        reason = _unreadable(entry)
        if reason:
            self.rewriter.told.skipped(path, reason)
        elif local_name != entry.name:
            reason = translated(
                "is damaged: is called {name!r} where it lies", name=shown_name(local_name)
            )
            self.rewriter.told.failed(path, reason)
        else:
            self._rewrite(path, number, record, data_at, end)

    def _rewrite(self, path: str, number: int, record: bytes, data_at: int, end: int) -> None:
        entry = self.directory.entry(number)
        with spool(self.rewriter.scratch) as file:
            sink = MemberSink(file, entry.method)
            if not self._rewrite_into(sink, path, entry, data_at):
                return
            sink.finish()
            flags = entry.flags & ~SIZES_FOLLOW
            flags |= END_MARKED if entry.method == LZMA else 0
            offset = self.written - self.directory.base
            numbers = Numbers(sink.checksum, sink.compressed_size, sink.size, offset)
            self._put(local_record(record, numbers, flags))
            file.seek(0)
            self.written += copy(FileStream(file), self.sink)
        self.done = data_at + entry.numbers.compressed
        if entry.flags & SIZES_FOLLOW:
            self.file.seek(self.done)
            following = self.file.read(min(_FOLLOWING, end - self.done))
            self.done += following_sizes(following, entry.numbers)
        self.changed[number] = numbers, flags

    def _rewrite_into(self, sink: MemberSink, path: str, entry: Entry, data_at: int) -> bool:
        """Whether the member changes; if so, ``sink`` has it."""
        rewriter, numbers = self.rewriter, entry.numbers
        kind = rewriter.reading.kind(shown_name(entry.name))
        expansion = rewriter.new_expansion()
        try:
            expansion.promised(numbers.size, numbers.compressed)
            stream = MemberStream(
                self.file,
                entry.method,
                (data_at, numbers.compressed),
                (numbers.size, numbers.checksum),
                expansion,
            )
        except InputError as error:
            rewriter.told.failed(path, str(error))
            return False
        if reason := reason_to_skip(rewriter, kind):
            rewriter.told.skipped(path, reason)
            return False
        return attempt(rewriter, kind, path, stream, sink, expansion).changed

    def _write_directory(self, moved: array[int]) -> None:
        offset = self.written - self.directory.base
        for number in range(len(moved)):
            entry = self.directory.entry(number)
            old = entry.numbers
            numbers = Numbers(old.checksum, old.compressed, old.size, moved[number])
            self._put(central_record(entry, *self.changed.get(number, (numbers, entry.flags))))
        size = self.written - self.directory.base - offset
        self._put(end_records(self.directory, size, offset))


def _unreadable(entry: Entry) -> str:
    """Why a member cannot be looked into; empty if it can."""
    if entry.flags & ENCRYPTED:
        return translated("encrypted")
    if entry.method not in METHODS:
        return translated(
            "compressed by a method that is not known ({method})", method=entry.method
        )
    return ""
