"""WARC files: pages are repaired, and all that is said of them still holds."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import re
import unicodedata
import zlib

import pytest
from archive_files import BINARY, TEXT, WANTED, make_zip
from hypothesis import given, settings
from hypothesis import strategies as st
from rewriting_tools import SOUND, Heard, Pipe, clean, rewrite
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from vnclean.errors import InputError
from vnclean.formats.kinds import Reading
from vnclean.rewriting import Rewriter

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


@pytest.mark.parametrize("packed", [False, True])
def test_only_what_is_repaired_differs(packed: bool) -> None:
    name = "a.warc.gz" if packed else "a.warc"
    data = make(*ALL, packed=packed)
    made = rewrite(name, data)
    assert made.changed and not made.heard.failures and not made.heard.skips
    old, new = parts(data, packed), parts(made.data, packed)
    for number, (before, after) in enumerate(zip(old, new, strict=True)):
        assert (before != after) == (number in REPAIRED_ONES)
    for number, ((kind, before), (again, after)) in enumerate(
        zip(read(data), read(made.data), strict=True)
    ):
        assert kind == again
        assert after == (WANTED if number in REPAIRED_ONES else before)
    assert len(made.heard.edits) == len(REPAIRED_ONES)
    assert all(path.startswith(f"{name}!urn:uuid:") for path, _ in made.heard.edits)
    again = rewrite(name, made.data)
    assert not again.changed and again.data == made.data


def test_headers_tell_of_the_new_payload() -> None:
    [each] = ArchiveIterator(io.BytesIO(rewrite("a.warc", make(("response", TEXT))).data))
    assert each.http_headers.get_header("Content-Length") == str(len(WANTED))
    assert each.rec_headers.get_header("WARC-Type") == "response"
    digest = base64.b32encode(hashlib.sha1(WANTED).digest()).decode()
    assert each.rec_headers.get_header("WARC-Payload-Digest") == f"sha1:{digest}"


@pytest.mark.parametrize(
    ("encoding", "pack", "unpack"),
    [
        ("gzip", gzip.compress, gzip.decompress),
        ("x-gzip", gzip.compress, gzip.decompress),
        ("deflate", zlib.compress, zlib.decompress),
        ("identity", bytes, bytes),
    ],
)
@pytest.mark.parametrize("chunked", [False, True])
def test_encoded_payloads(encoding: str, pack, unpack, chunked: bool) -> None:  # type: ignore[no-untyped-def]
    body = pack(TEXT)
    fields = {"Content_Encoding": encoding}
    if chunked:
        body = b"a\r\n" + body[:10] + b"\r\n%X\r\n" % (len(body) - 10) + body[10:]
        body += b"\r\n0\r\n\r\n"
        fields["Transfer_Encoding"] = "chunked"
    made = rewrite("a.warc", make(("response", body), **fields))
    assert not made.heard.failures
    each = next(iter(ArchiveIterator(io.BytesIO(made.data), check_digests="raise")))
    assert each.http_headers.get_header("Content-Encoding") == encoding
    assert each.http_headers.get_header("Transfer-Encoding") is None
    raw = each.raw_stream.read()
    assert unpack(raw) == WANTED
    assert each.http_headers.get_header("Content-Length") == str(len(raw))


def test_chunks_that_the_archive_has_joined() -> None:
    made = rewrite("a.warc", make(("response", TEXT), Transfer_Encoding="chunked"))
    assert bodies(made.data) == [WANTED]


@pytest.mark.parametrize(
    ("fields", "body", "reason"),
    [
        ({"Content_Encoding": "br"}, TEXT, "its content encoding is not known (br)"),
        ({"Transfer_Encoding": "gzip"}, TEXT, "its transfer encoding is not known (gzip)"),
        ({"Content_Encoding": "gzip"}, TEXT, "is damaged"),
        ({"Content_Encoding": "gzip"}, gzip.compress(TEXT)[:-4], "truncated"),
        ({"Transfer_Encoding": "chunked"}, b"5\r\nabcdeX", "its chunks are broken"),
        ({"Transfer_Encoding": "chunked"}, b"5\r\nabc", "its chunks are broken"),
        ({"Transfer_Encoding": "chunked"}, b"1\r\na\r\n0\r\nA: b\r\n\r\n", "its chunks are broken"),
        ({}, b"\0\1", "not text"),
    ],
)
def test_what_cannot_be_read_is_copied(fields: dict[str, str], body: bytes, reason: str) -> None:
    data = make(("response", body), **fields)
    made = rewrite("a.warc", data)
    assert made.data == data and not made.changed
    [told] = [*made.heard.failures.values(), *made.heard.skips.values()]
    assert reason in told


def _tone_apart(letter: str) -> str:
    """As windows-1258 has it: marks with the letter, the tone after it."""
    parts = unicodedata.normalize("NFD", letter)
    tones = [part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323"]
    rest = "".join(part for part in parts if part not in tones)
    return unicodedata.normalize("NFC", rest) + "".join(tones)


def test_other_charset_is_copied_and_an_old_one_becomes_utf_8() -> None:
    data = make(("response", TEXT, "text/html; charset=ISO-8859-1"))
    made = rewrite("a.warc", data)
    assert made.data == data
    assert list(made.heard.skips.values()) == ["in iso-8859-1"]
    old = "".join(_tone_apart(letter) for letter in TEXT.decode())
    data = make(("response", old.encode("cp1258"), 'text/html; charset="windows-1258"'))
    each = next(iter(ArchiveIterator(io.BytesIO(rewrite("a.warc", data).data))))
    assert each.http_headers.get_header("Content-Type") == 'text/html; charset="utf-8"'
    assert "chống" in each.content_stream().read().decode()


@pytest.mark.parametrize("algorithm", ["md5", "sha256", "SHA-512"])
@pytest.mark.parametrize("base", [16, 32])
def test_digests_stay_of_their_kind(algorithm: str, base: int) -> None:
    def digest(data: bytes) -> str:
        found = hashlib.new(algorithm.lower().replace("-", ""), data)
        number = found.hexdigest() if base == 16 else base64.b32encode(found.digest()).decode()
        return f"{algorithm}:{number}"

    def page(body: bytes) -> bytes:
        block = b"HTTP/1.0 200\r\nContent-Type: text/html\r\n\r\n" + body
        head = (
            "WARC/1.1\r\nWARC-Type: response\r\ncontent-type: application/http\r\n"
            f"WARC-Block-Digest: {digest(block)}\r\nWARC-Payload-Digest: {digest(body)}\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        )
        return head.encode() + block + b"\r\n\r\n"

    assert rewrite("a.warc", page(TEXT) + page(SOUND)).data == page(WANTED) + page(SOUND)


def test_unknown_digest_and_part_of_a_record() -> None:
    data = make(("resource", TEXT, "text/plain"))
    other = re.sub(rb"(Payload-Digest: )sha1", rb"\1blake", data)
    assert "blake" in " ".join(rewrite("a.warc", other).heard.skips.values())
    part = data.replace(b"WARC-Type", b"WARC-Truncated: length\r\nWARC-Type")
    assert list(rewrite("a.warc", part).heard.skips.values()) == ["only a part"]
    assert rewrite("a.warc", part).data == part


def test_several_records_in_one_gzip_member() -> None:
    plain = make(*ALL)
    made = rewrite("a.warc.gz", gzip.compress(plain))
    assert gzip.decompress(made.data) == rewrite("a.warc", plain).data


def test_truncated_anywhere() -> None:
    for packed in False, True:
        data = make(("response", TEXT), ("response", SOUND), packed=packed)
        ends = {0, len(data), *(len(data) - size for size in range(5))}
        ends |= {len(parts(data, packed)[0]) - size for size in range(5)}
        for size in set(range(0, len(data), 23)) - ends:
            with pytest.raises(InputError, match=r"truncated|damaged"):
                rewrite("a.warc.gz" if packed else "a.warc", data[:size])


_SMALL = {
    packed: make(("response", TEXT), ("conversion", TEXT, "text/plain"), packed=packed)
    for packed in (False, True)
}


@settings(max_examples=200)
@given(data=st.data(), packed=st.booleans())
def test_any_damage_is_one_failure(data: st.DataObject, packed: bool) -> None:
    damaged = bytearray(_SMALL[packed])
    for _ in range(data.draw(st.integers(1, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        rewrite("a.warc", bytes(damaged))
    except InputError as error:
        assert "\n" not in str(error)


def test_pipe_and_nesting() -> None:
    data = make(*ALL, packed=True)
    heard, sink = Heard(), io.BytesIO()
    assert Rewriter(Reading(), clean, heard).rewrite("a.warc.gz", Pipe(data), sink)
    assert bodies(sink.getvalue()) == bodies(rewrite("a.warc.gz", data).data)
    nested = rewrite("a.zip", make_zip(("b.warc.gz", data)))
    assert len(nested.heard.edits) == len(REPAIRED_ONES)


def test_bomb() -> None:
    data = make(("response", gzip.compress(b" " * 5_000_000)), Content_Encoding="gzip")
    made = rewrite("a.warc", data, Reading(expansion=100), harmless=1 << 20)
    assert made.data == data
    assert "more than 100 times" in " ".join(made.heard.failures.values())
