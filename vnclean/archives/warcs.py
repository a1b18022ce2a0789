"""WARC files: pages and texts in them are rewritten, all other records copied as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import IO, TYPE_CHECKING, Final

from vnclean.archives.digests import digest_like, is_known
from vnclean.archives.headers import Headers, Lines
from vnclean.archives.http_payload import ContentType, Payload, packing_of
from vnclean.archives.members import attempt, member_path
from vnclean.archives.packing import Frames, Packer
from vnclean.archives.spools import PORTION, FileStream, Part, copy, spool
from vnclean.documents.encoding import named
from vnclean.documents.text import ByteStream
from vnclean.errors import InputError

if TYPE_CHECKING:
    from vnclean.formats.kinds import Kind
    from vnclean.rewriting import Rewriter, Sink

_GZIP: Final = b"\x1f\x8b"
_BLOCK_DIGEST: Final = "WARC-Block-Digest"
_PAYLOAD_DIGEST: Final = "WARC-Payload-Digest"
#: Records in parts, or cut off, cannot be read as what they are.
_IN_PARTS: Final = ("WARC-Segment-Number", "WARC-Truncated")


def rewrite_warc(rewriter: Rewriter, path: str, stream: ByteStream, sink: Sink) -> bool:
    """Rewrites a WARC file, packed record by record or not; returns whether any record differs.

    Raises InputError if it is truncated, or has no record where one should be.
    """
    lines = Lines(stream)
    head = lines.line(len(_GZIP))
    lines.put_back(head)
    warc = _Warc(rewriter, path)
    if head != _GZIP:
        while warc.rewrite_record(lines, sink):
            pass
        return warc.changed > 0
    frames = Frames(lines, "gzip", rewriter.new_expansion())
    while frames.begin():
        with spool(rewriter.scratch) as raw, spool(rewriter.scratch) as new:
            frames.raw, changed, inner = raw, warc.changed, Lines(frames)
            while warc.rewrite_record(inner, new):
                pass
            raw.seek(0)
            new.seek(0)
            if changed == warc.changed:
                copy(FileStream(raw), sink)
            else:
                packer = Packer(sink, "gzip", frames.header)
                copy(FileStream(new), packer)
                packer.finish()
    return warc.changed > 0


@dataclass
class _Record:
    """A record that may be read: its headers, and those of the HTTP message in it."""

    path: str
    headers: Headers
    http: Headers | None

    @property
    def content(self) -> Headers:
        """The headers that say of what type the payload is."""
        return self.http or self.headers

    @property
    def content_type(self) -> ContentType:
        return ContentType(self.content.get("Content-Type") or "")

    @property
    def chunked(self) -> bool:
        return self.http is not None and self.http.get("Transfer-Encoding") is not None

    def unreadable(self) -> str:
        """Why it cannot be read, though it is text; empty if it can."""
        if any(self.headers.get(name) for name in _IN_PARTS):
            return "only a part"
        if not self.content_type.is_readable:
            return f"in {self.content_type.charset}"
        for name in _BLOCK_DIGEST, _PAYLOAD_DIGEST:
            digest = self.headers.get(name)
            if digest and not is_known(digest):
                return f"its digest is not known ({digest})"
        if self.http:
            transfer = self.http.get("Transfer-Encoding") or "chunked"
            if transfer.lower() not in ("chunked", "identity"):
                return f"its transfer encoding is not known ({transfer})"
            encoding = self.http.get("Content-Encoding")
            try:
                packing_of(encoding)
            except KeyError:
                return f"its content encoding is not known ({encoding})"
        return ""

    def head(self) -> bytes:
        return bytes(self.headers) + (bytes(self.http) if self.http else b"")

    def mend(self, payload: IO[bytes], *, converted: bool) -> None:
        """Has the headers tell of another payload."""
        size = payload.seek(0, 2)
        if converted:
            self.content.set("Content-Type", self.content_type.in_utf_8().written)
        if self.http:
            if self.chunked or self.http.get("Content-Length") is not None:
                self.http.set("Content-Length", str(size))
            self.http.drop("Transfer-Encoding")
        head = bytes(self.http) if self.http else b""
        self.headers.set("Content-Length", str(len(head) + size))
        for name, before in (_BLOCK_DIGEST, [head]), (_PAYLOAD_DIGEST, []):
            digest = self.headers.get(name)
            if digest:
                parts = chain(before, _parts(payload))
                self.headers.set(name, digest_like(digest, parts))


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while data := file.read(PORTION):
        yield data


class _Warc:
    def __init__(self, rewriter: Rewriter, path: str) -> None:
        self._rewriter = rewriter
        self._path = path
        self._number = 0
        self.changed = 0  #: records that were

    def rewrite_record(self, lines: Lines, sink: Sink) -> bool:
        """Rewrites the next record; false if there is none."""
        while (line := lines.line()) in (b"\r\n", b"\n"):
            sink.write(line)
        if not line:
            return False
        lines.put_back(line)
        headers = Headers.read(lines)
        length = headers.get("Content-Length") or ""
        if not (headers.complete and line.startswith(b"WARC/") and _is_number(length)):
            raise InputError("is no WARC file, or damaged: it has no record where one should be")
        self._number += 1
        body = Lines(Part(lines, int(length)))
        http = None
        is_message = (headers.get("Content-Type") or "").startswith("application/http")
        if headers.get("WARC-Type") == "response" and is_message:
            http = Headers.read(body)
        identity = headers.get("WARC-Record-ID") or f"record {self._number}"
        path = member_path(self._path, identity.strip("<>"))
        self._rewrite(_Record(path, headers, http), body, sink)
        return True

    def _rewrite(self, record: _Record, body: Lines, sink: Sink) -> None:
        kind = self._kind(record)
        if kind is None:
            sink.write(record.head())
            copy(body, sink)
            return
        with spool(self._rewriter.scratch) as old, spool(self._rewriter.scratch) as new:
            copy(body, old)
            old.seek(0)
            if self._rewrite_payload(record, kind, old, new):
                self.changed += 1
                old = new
            sink.write(record.head())
            old.seek(0)
            copy(FileStream(old), sink)

    def _kind(self, record: _Record) -> Kind | None:
        """What the payload of a record is, None if it is to be copied."""
        kind = record.content_type.kind
        is_read = record.headers.get("WARC-Type") in ("response", "resource", "conversion")
        if kind is None or not is_read or (record.http and not record.http.complete):
            return None
        if reason := record.unreadable():
            self._rewriter.told.skipped(record.path, reason)
            return None
        return kind

    def _rewrite_payload(self, record: _Record, kind: Kind, old: IO[bytes], new: IO[bytes]) -> bool:
        """Whether it changes; if so, ``new`` has it and the headers tell of it."""
        rewriter = self._rewriter
        if not old.read(1):
            return False
        old.seek(0)
        packing = packing_of(record.http.get("Content-Encoding")) if record.http else None
        expansion = rewriter.new_expansion()
        try:
            lines = Lines(FileStream(old))
            payload = Payload(lines, new, record.chunked, packing, expansion)
        except InputError as error:
            rewriter.told.failed(record.path, str(error))
            return False
        if rewriter.reading.encoding is None and record.content_type.charset.endswith("1258"):
            reading = replace(rewriter.reading, encoding=named("windows-1258"))
            rewriter = replace(rewriter, reading=reading)
        outcome = attempt(rewriter, kind, record.path, payload.stream, payload.sink, expansion)
        if outcome.changed:
            payload.finish()
            record.mend(new, converted=outcome.converted)
        return outcome.changed


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
