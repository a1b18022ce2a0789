"""Tar archives: members that change get another size in their header, all else is copied."""

from __future__ import annotations

import tarfile
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Final

from vnclean.archives.members import MemberPaths, attempt, reason_to_skip, shown_name
from vnclean.archives.spools import FileStream, Part, copy, read_exactly, spool
from vnclean.archives.tar_headers import (
    BLOCK,
    PAX,
    Header,
    has_more_of_sparse,
    padding,
    parse,
    pax_records,
    with_pax_size,
    with_size,
)
from vnclean.documents.encoding import SNIFFED
from vnclean.documents.text import ByteStream
from vnclean.errors import InputError
from vnclean.language import marked, translated

if TYPE_CHECKING:
    from vnclean.formats.kinds import Kind
    from vnclean.rewriting import Rewriter, Sink

#: The longest name, or other data about a member.
_LONGEST: Final = 1 << 24
#: Types of headers that say more of the next member.
_MORE: Final = *PAX, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK
_SPARSE: Final = "GNU.sparse."
_CUT_SHORT: Final = marked("ends within a header; it is truncated, get it anew")


def rewrite_tar(rewriter: Rewriter, path: str, stream: ByteStream, sink: Sink) -> bool:
    """Rewrites a tar archive; returns whether any member differs.

    Raises InputError if it is truncated, or has no header where one should be.
    """
    return _Tar(rewriter, MemberPaths(path), stream, sink).rewrite()


@dataclass
class _Tar:
    rewriter: Rewriter
    paths: MemberPaths
    stream: ByteStream
    sink: Sink
    #: Headers that say more of the next member, each with its data.
    before: list[tuple[Header, bytes]] = field(default_factory=list)
    changed: bool = False

    def rewrite(self) -> bool:
        while block := read_exactly(self.stream, BLOCK):
            if not block.strip(b"\0"):
                self.sink.write(block)
                break
            self._member(parse(block))
        copy(self.stream, self.sink)
        if self.before:
            raise InputError(translated(_CUT_SHORT))
        return self.changed

    def _member(self, header: Header) -> None:
        if header.type in _MORE:
            self.before.append((header, self._data_about(header)))
            return
        if header.type == tarfile.XGLTYPE:
            data = self._data_about(header)
            if "size" in pax_records(data[: header.size]):
                raise InputError(
                    translated("has one size for all members; it is damaged, get it anew")
                )
            self.sink.write(header.block + data)
            return
        name, size, sparse = self._details(header)
        is_file = header.type in tarfile.REGULAR_TYPES
        path = self.paths.of(name) if is_file or sparse else ""
        if is_file and not sparse and (size or not self.rewriter.skips_empty):
            self._file(header, path, self.rewriter.reading.kind(name), size)
        else:
            if sparse:
                self.rewriter.told.skipped(path, translated("sparse"))
            self._copy(header, size)
        self.before.clear()

    def _data_about(self, header: Header) -> bytes:
        size = header.size + padding(header.size)
        if size > _LONGEST:
            raise InputError(
                translated("has a header that is too long; it is damaged, get it anew")
            )
        return self._blocks(size)

    def _blocks(self, size: int) -> bytes:
        """So many bytes of headers."""
        data = read_exactly(self.stream, size)
        if len(data) < size:
            raise InputError(translated(_CUT_SHORT))
        return data

    def _details(self, header: Header) -> tuple[str, int, bool]:
        """Name and size of a member, and whether it is sparse."""
        name, size = header.name, header.size
        sparse = header.type == tarfile.GNUTYPE_SPARSE
        for about, data in self.before:
            content = data[: about.size]
            if about.type == tarfile.GNUTYPE_LONGNAME:
                name = content.partition(b"\0")[0]
            elif about.type in PAX:
                records = pax_records(content)
                name = records.get("path", name)
                sparse = sparse or any(key.startswith(_SPARSE) for key in records)
                if "size" in records:
                    size = _number(records["size"])
        return shown_name(name), size, sparse

    def _put_headers(self, header: Header, size: int | None = None) -> None:
        """Writes the headers of a member, with another size if there is one."""
        for about, data in self.before:
            block = about.block
            if size is not None and about.type in PAX:
                block, data = with_pax_size(about, data, size)
            self.sink.write(block + data)
        self.sink.write(header.block if size is None else with_size(header.block, size))

    def _copy(self, header: Header, size: int) -> None:
        """Copies what is no file, or a sparse one."""
        self._put_headers(header)
        block = header.block
        while has_more_of_sparse(block, first=block is header.block):
            block = self._blocks(BLOCK)
            self.sink.write(block)
        if header.has_data:
            copy(Part(self.stream, size + padding(size)), self.sink)

    def _file(self, header: Header, path: str, kind: Kind, size: int) -> None:
        part = Part(self.stream, size)
        head = read_exactly(part, SNIFFED)
        reason = reason_to_skip(self.rewriter, kind, head)
        if reason:
            self.rewriter.told.skipped(path, reason)
            self._put_headers(header)
            self.sink.write(head)
            copy(part, self.sink)
            copy(Part(self.stream, padding(size)), self.sink)
            return
        with spool(self.rewriter.scratch) as old, spool(self.rewriter.scratch) as new:
            old.write(head)
            copy(part, old)
            padded = read_exactly(Part(self.stream, padding(size)), padding(size))
            old.seek(0)
            changed = attempt(self.rewriter, kind, path, FileStream(old), new).changed
            self._put_file(header, new if changed else old, padded, changed)
        self.changed = self.changed or changed

    def _put_file(self, header: Header, file: IO[bytes], padded: bytes, changed: bool) -> None:
        size = file.seek(0, 2)
        file.seek(0)
        self._put_headers(header, size if changed else None)
        copy(FileStream(file), self.sink)
        self.sink.write(bytes(padding(size)) if changed else padded)


def _number(data: bytes) -> int:
    if not data.isdigit() or len(data) > 19:
        raise InputError(translated("has a size that is no number; it is damaged, get it anew"))
    return int(data)
