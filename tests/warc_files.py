"""WARC files as warcio makes and reads them, and by hand."""

from __future__ import annotations

import io
import re
import zlib

from archive_files import BINARY, TEXT
from rewriting_tools import SOUND
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = "text/html; charset=utf-8"


def record(
    writer: WARCWriter, kind: str, body: bytes, content_type: str = PAGE, **fields: str
) -> ArcWarcRecord:
    """A record; ``fields`` are those of its HTTP message."""
    headers = [("Content-Type", content_type), ("Content-Length", str(len(body)))]
    headers = [*((key.replace("_", "-"), value) for key, value in fields.items()), *headers]
    http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1") if kind == "response" else None
    return writer.create_warc_record(
        "http://example.org/",
        kind,
        payload=io.BytesIO(body),
        http_headers=http,
        warc_content_type="" if http else content_type,
    )


def make(*records: tuple[object, ...], packed: bool = False, **fields: str) -> bytes:
    """A WARC file with these records: kind, body and maybe the type."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    for each in records:
        writer.write_record(record(writer, *each, **fields))  # type: ignore[arg-type]
    return file.getvalue()


def read(data: bytes) -> list[tuple[str, bytes]]:
    """Type and decoded payload of each record, whose digests are right."""
    found = []
    for each in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        found.append((each.rec_type, each.content_stream().read()))
    return found


def bodies(data: bytes) -> list[bytes]:
    return [body for _, body in read(data)]


ALL = (
    ("warcinfo", b"software: chng\r\n", "application/warc-fields"),
    ("response", TEXT),
    ("response", SOUND, "text/plain"),
    ("response", BINARY, "image/png"),
    ("request", b"GET /chng HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
    ("resource", TEXT, "text/plain"),
    ("metadata", TEXT, "text/plain"),
    ("conversion", TEXT, "text/plain"),
    ("response", TEXT, "application/xhtml+xml"),
    ("response", TEXT, "application/json"),
    ("response", b"", "text/html"),
)
REPAIRED_ONES = {1, 5, 7, 8}


def parts(data: bytes, packed: bool) -> list[bytes]:
    """Each record as it is in the file."""
    if not packed:
        return re.split(rb"(?=WARC/1\.0\r\n)", data)[1:]
    found = []
    while data:
        unpacker = zlib.decompressobj(31)
        unpacker.decompress(data)
        found.append(data[: len(data) - len(unpacker.unused_data)])
        data = unpacker.unused_data
    return found


def by_hand(http: bytes, body: bytes, more: bytes = b"") -> bytes:
    """A response as it is written, with the headers of its message and ``more`` of the record."""
    block = http + body
    return (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:1>\r\n"
        b"Content-Type: application/http;msgtype=response\r\n%bContent-Length: %d\r\n\r\n%b\r\n\r\n"
        % (more, len(block), block)
    )
