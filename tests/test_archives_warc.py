"""WARC files: pages are repaired, and all that is said of them still holds."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import unicodedata
import zlib

import pytest
from archive_files import TEXT, WANTED, make_zip
from rewriting_tools import DAMAGED, REPAIRED, SOUND, Pipe, rewrite, rewrite_stream
from warc_files import ALL, REPAIRED_ONES, bodies, by_hand, make, parts, read
from warcio.archiveiterator import ArchiveIterator


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


def test_several_records_in_one_gzip_member() -> None:
    plain = make(*ALL)
    made = rewrite("a.warc.gz", gzip.compress(plain))
    assert gzip.decompress(made.data) == rewrite("a.warc", plain).data


def test_pipe_and_nesting() -> None:
    data = make(*ALL, packed=True)
    made = rewrite_stream("a.warc.gz", Pipe(data))
    assert made.changed
    assert bodies(made.data) == bodies(rewrite("a.warc.gz", data).data)
    nested = rewrite("a.zip", make_zip(("b.warc.gz", data)))
    assert len(nested.heard.edits) == len(REPAIRED_ONES)


HTML = """<!DOCTYPE html><html lang="vi"><head><meta charset="{charset}">
<title>Ph&ograve;ng <b>chng</b></title><script>var chng = "chng";</script>
<style>.chng {{ color: red }}</style></head><body class="chng">
<!-- chng --><p>Phòng <i>chng</i> dịch&nbsp;bệnh. <a href="/chng?a=1&amp;b=2">Phòng chng</a>
<code>chng</code><p lang="en">chng<pre>chng</pre></body></html>
"""


def test_real_html_is_read_as_html() -> None:
    page = HTML.format(charset="utf-8")
    wanted = page.replace("<b>chng</b>", "<b>ch&#7889;ng</b>").replace(
        "<i>chng</i>", "<i>chống</i>"
    )
    wanted = wanted.replace(">Phòng chng<", ">Phòng chống<")
    made = rewrite("a.warc.gz", make(("response", page.encode()), packed=True))
    [found] = bodies(made.data)
    assert found.decode() == wanted
    assert not made.heard.failures


def test_html_in_another_encoding_says_so_in_its_message() -> None:
    page = "".join(_tone_apart(letter) for letter in HTML.format(charset="windows-1258"))
    made = rewrite("a.warc", make(("response", page.encode("cp1258"), "text/html")))
    each = next(iter(ArchiveIterator(io.BytesIO(made.data), check_digests="raise")))
    assert each.http_headers.get_header("Content-Type") == "text/html; charset=utf-8"
    assert "<i>chống</i>" in each.content_stream().read().decode()
    assert "says that it is in windows-1258" in " ".join(made.heard.failures.values())


UNUSUAL = (
    b"HTTP/1.1 200 \xc4\x90\xc6\xb0\xe1\xbb\xa3c\r\nx-oNe: 1\r\nSet-Cookie: a=b\r\n"
    b"set-cookie: c=d\r\ncONTENT-lENGTH: %d\r\nEmpty: \r\nCONTENT-TYPE: text/plain\r\n"
    b"X-One: 2;  b\r\n\r\n"
)
OF_RECORD = b"WARC-Target-URI: <http://example.org/a b>\r\nX-mine: \xe1\xbb\x9f\r\nx-MINE: 2\r\n"


@pytest.mark.parametrize("old", [b"", b"X-Old: \xff\r\n"])
def test_all_other_headers_stay_as_they_are(old: bytes) -> None:
    http = UNUSUAL.replace(b"\xc4\x90\xc6\xb0\xe1\xbb\xa3c", b"OK") if old else UNUSUAL
    http = http.replace(b"Empty", old + b"Empty")
    data = by_hand(http % len(TEXT), TEXT, OF_RECORD)
    made = rewrite("a.warc", data + data)
    assert not made.heard.skips
    assert made.data == 2 * by_hand(http % len(WANTED), WANTED, OF_RECORD)
    packed = rewrite("a.warc.gz", gzip.compress(data) + gzip.compress(data))
    assert gzip.decompress(packed.data) == made.data


def test_digest_of_what_was_in_chunks() -> None:
    """Some crawlers make that of the payload from what is in the chunks."""
    http = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Length: %d\r\n\r\n"
    )
    body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(DAMAGED), DAMAGED)
    digest = "WARC-Payload-Digest: sha256:{}\r\n"

    def said(payload: bytes) -> bytes:
        return digest.format(hashlib.sha256(payload).hexdigest()).encode()

    wanted = http.replace(b"Transfer-Encoding: chunked\r\n", b"") % len(REPAIRED)
    for payload in DAMAGED, body:
        data = by_hand(http % len(body), body, said(payload))
        assert rewrite("a.warc", data).data == by_hand(wanted, REPAIRED, said(REPAIRED))
