"""WARC files: pages and texts in them are rewritten, all other records copied as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import IO, TYPE_CHECKING, Final

from vnclean.archives.gzip_header import PLAIN, kept_header
from vnclean.archives.members import MemberPaths, attempt
from vnclean.archives.packing import Packer, Unpacked
from vnclean.archives.spools import FileStream, Part, copy, seekable_file, spool
from vnclean.documents.encoding import named
from vnclean.documents.text import ByteStream
from vnclean.errors import InputError
from vnclean.formats.kinds import Kind
from vnclean.language import translated

if TYPE_CHECKING:
    from vnclean.archives.warc_pages import Page
    from vnclean.archives.warc_records import Record
    from vnclean.rewriting import Rewriter, Sink

#: What stands after each record.
_END: Final = b"\r\n\r\n"
#: So much of a gzip member is looked at for its header.
_HEADER: Final = 1 << 10


def rewrite_warc(rewriter: Rewriter, path: str, stream: ByteStream, sink: Sink) -> bool:
    """Rewrites a WARC file, packed record by record or not; returns whether any record differs.

    Raises InputError if it is truncated, has no record where one should be, or warcio is missing.
    """
    try:
        from vnclean.archives.warc_records import several_in_one
    except ImportError:
        raise InputError(
            translated("is a WARC file; to read it, pip install 'vnclean[warc]'")
        ) from None
    with seekable_file(stream, rewriter.scratch) as file:
        if several_in_one(file, rewriter.new_expansion()):
            file.seek(0)
            packed = Kind(packing="gzip", format="warc")
            return rewriter.rewrite_as(packed, path, FileStream(file), sink)
        return _Warc(rewriter, path, file, sink).rewrite()


class _Warc:
    def __init__(self, rewriter: Rewriter, path: str, file: IO[bytes], sink: Sink) -> None:
        self._expansion = rewriter.new_expansion()
        self._rewriter = replace(rewriter, expansion=self._expansion)
        self._paths = MemberPaths(path)
        self._file = file
        self._sink = sink
        self._done = 0  # bytes of the file that were copied or replaced

    def rewrite(self) -> bool:
        from vnclean.archives.warc_records import Records

        records = Records(self._file, self._expansion)
        changed = number = 0
        while record := records.next():
            number += 1
            identity = record.headers.get("WARC-Record-ID") or f"record {number}"
            path = self._paths.of(identity.strip("<>"))
            with spool(self._rewriter.scratch) as payload:
                page = self._rewritten(record, path, payload)
                end = records.end(record)
                if page:
                    changed += 1
                    self._copy_until(record.start)
                    self._write(record, page, payload)
                    self._done = end
        self._copy_until(self._file.seek(0, 2))
        return changed > 0

    def _copy_until(self, end: int) -> None:
        self._file.seek(self._done)
        copy(Part(FileStream(self._file), end - self._done), self._sink)
        self._done = end

    def _write(self, record: Record, page: Page, payload: IO[bytes]) -> None:
        payload.seek(0)
        if not record.packed:
            self._sink.write(page.head())
            copy(FileStream(payload), self._sink)
            return
        self._file.seek(record.start)
        packer = Packer(self._sink, "gzip", kept_header(self._file.read(_HEADER)) or PLAIN)
        packer.write(page.head())
        copy(FileStream(payload), packer)
        packer.write(_END)
        packer.finish()

    def _rewritten(self, record: Record, path: str, payload: IO[bytes]) -> Page | None:
        """The page of a record that changes, None if none does; ``payload`` is its new one."""
        from vnclean.archives.warc_pages import Page

        told = self._rewriter.told
        try:
            page = Page(record, skips_empty=self._rewriter.skips_empty)
            if page.kind is None:
                return None
            if reason := page.unreadable():
                told.skipped(path, reason)
                return None
            with spool(self._rewriter.scratch) as old:
                page.read_into(old, self._rewriter.scratch)
                old.seek(0)
                return page if self._rewrite_page(page, page.kind, path, old, payload) else None
        except InputError as error:
            told.failed(path, str(error))
            return None

    def _rewrite_page(
        self, page: Page, kind: Kind, path: str, old: IO[bytes], new: IO[bytes]
    ) -> bool:
        """Whether it changes; if so, ``new`` has it and its headers tell of it."""
        rewriter = self._rewriter
        if rewriter.reading.encoding is None and page.content_type.charset.endswith("1258"):
            reading = replace(rewriter.reading, encoding=named("windows-1258"))
            rewriter = replace(rewriter, reading=reading)
        expansion = rewriter.new_expansion()
        packer: Packer | None = None
        stream: ByteStream = FileStream(old)
        if page.packing:
            unpacked = Unpacked(stream, page.packing, expansion)
            packer, stream = Packer(new, page.packing, unpacked.header), unpacked
        outcome = attempt(rewriter, kind, path, stream, packer or new, expansion)
        if outcome.changed:
            if packer:
                packer.finish()
            page.mend(new, outcome.converted)
        return outcome.changed
