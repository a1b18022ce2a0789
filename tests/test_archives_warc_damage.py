"""WARC files that are damaged or unusual: what cannot be written back stays, and is named."""

from __future__ import annotations

import gzip
import re
import sys
import tracemalloc
from functools import partial
from pathlib import Path

import pytest
from archive_files import TEXT, WANTED
from hypothesis import given, settings
from hypothesis import strategies as st
from rewriting_tools import SOUND, Heard, clean, rewrite
from warc_files import by_hand, make, parts

from vnclean.archives import warc_pages
from vnclean.errors import InputError
from vnclean.formats.kinds import Reading
from vnclean.rewriting import Rewriter


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


HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


@pytest.mark.parametrize(
    ("http", "more", "reason"),
    [
        (HTTP.replace(b"\r\n", b"\n"), b"", "would not come out as they are written"),
        (HTTP.replace(b": ", b":"), b"", "would not come out as they are written"),
        (HTTP.replace(b": ", b":\r\n "), b"", "would not come out as they are written"),
        (HTTP.replace(b"OK", b"OK\r\nno header"), b"", "would not come out as they are written"),
        (HTTP.replace(b"OK\r", "OK\r\nA: \xff\r\nB: ở\r".encode().replace(b"\xc3\xbf", b"\xff")),
         b"", "would not come out as they are written"),
        (HTTP, b"X:1\r\n", "would not come out as they are written"),
        (HTTP.replace(b"\r\n\r", b"\r\ncontent-type: a/b\r\n\r"), b"", "says Content-Type twice"),
        (HTTP, b"WARC-Block-Digest: md5:0\r\n" * 2, "says WARC-Block-Digest twice"),
        (HTTP, b"WARC-Block-Digest: sha1:0\r\n", "its WARC-Block-Digest is wrong"),
        (HTTP, b"WARC-Payload-Digest: sha1:0\r\n", "its WARC-Payload-Digest is wrong"),
        (HTTP, b"WARC-Payload-Digest: shake_128:0\r\n", "its digest is not known (shake_128:0)"),
        (HTTP, b"WARC-Segment-Number: 1\r\n", "only a part"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("packed", [False, True])
def test_what_cannot_be_written_back_is_copied(
    http: bytes, more: bytes, reason: str, packed: bool
) -> None:
    odd, sound = by_hand(http, TEXT, more), by_hand(HTTP, TEXT)
    wanted = by_hand(HTTP, WANTED)
    pack = partial(gzip.compress, mtime=0) if packed else bytes
    made = rewrite("a.warc", pack(odd) + pack(sound))
    assert made.data.startswith(pack(odd))
    assert (gzip.decompress(made.data) if packed else made.data) == odd + wanted
    [told] = [*made.heard.failures.values(), *made.heard.skips.values()]
    assert reason in told
    assert len(made.heard.edits) == 1


def test_headers_that_hold_no_page() -> None:
    for http in b"", b"\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n":
        data = by_hand(http, b"")
        made = rewrite("a.warc", data)
        assert made.data == data and not made.heard.failures and not made.heard.skips


def test_headers_without_end() -> None:
    page = by_hand(HTTP, TEXT)
    for endless in b"a" * (2 << 20), (b"a: %b\r\n" % bytes(999)) * 1100:
        made = rewrite("a.warc", by_hand(b"HTTP/1.1 200 OK\r\n" + endless, TEXT) + page)
        assert "headers without end" in made.heard.failures["a.warc!urn:x:1"]
        assert made.data.endswith(by_hand(HTTP, WANTED))
        with pytest.raises(InputError, match="headers without end"):
            rewrite("a.warc", page + b"WARC/1.0\r\n" + endless)


def test_long_payload_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc_pages, "_LONGEST_IN_CHUNKS", 1 << 20)
    http = HTTP.replace(b"OK", b"OK\r\nTransfer-Encoding: chunked")
    data = by_hand(http, b"%x\r\n%b\r\n0\r\n\r\n" % (1 << 20, b" " * (1 << 20)))
    made = rewrite("a.warc", data)
    assert made.data == data
    assert list(made.heard.skips.values()) == ["in chunks and longer than 1 MiB: left as it is"]


def test_unknown_digest_and_part_of_a_record() -> None:
    data = make(("resource", TEXT, "text/plain"))
    other = re.sub(rb"(Payload-Digest: )sha1", rb"\1blake", data)
    assert "blake" in " ".join(rewrite("a.warc", other).heard.skips.values())
    part = data.replace(b"WARC-Type", b"WARC-Truncated: length\r\nWARC-Type")
    assert list(rewrite("a.warc", part).heard.skips.values()) == ["only a part"]
    assert rewrite("a.warc", part).data == part


def test_several_records_in_a_later_gzip_member() -> None:
    page = make(("response", SOUND))
    with pytest.raises(InputError, match="several records in one gzip member"):
        rewrite("a.warc.gz", gzip.compress(page) + gzip.compress(page + page))


@pytest.mark.parametrize(
    "data", [b"no WARC at all", b"\x1f\x8b\x08", gzip.compress(b"text"), b"\r\n\r\n", bytes(99)]
)
def test_garbage(data: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError, match=r"is no WARC file|get it anew"):
        rewrite("a.warc", data)
    assert capfd.readouterr() == ("", "")


def test_nothing_at_all() -> None:
    assert rewrite("a.warc", b"").data == b""


@pytest.mark.parametrize("packed", [False, True])
def test_something_between_records(packed: bool) -> None:
    page = make(("response", SOUND))
    longer = page[:-4] + b"more" + page[-4:]
    with pytest.raises(InputError, match="something between its records"):
        rewrite("a.warc", gzip.compress(longer) if packed else longer + page)


def test_without_warcio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "vnclean.archives.warc_records")
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    with pytest.raises(InputError, match=r"^is a WARC file; .*pip install 'vnclean\[warc\]'$"):
        rewrite("a.warc", make(("response", TEXT)))


def test_truncated_anywhere() -> None:
    for packed in False, True:
        data = make(("response", TEXT), ("response", SOUND), packed=packed)
        first = len(parts(data, packed)[0])
        # Blank lines after a record may be missing, the end of a gzip member may not.
        ends = {end - size for end in (first, len(data)) for size in range(1 if packed else 5)}
        near = {end - size for end in (first, len(data)) for size in range(9)}
        for size in {*range(1, len(data), 23), *near} - ends:
            with pytest.raises(InputError, match=r"truncated|damaged"):
                rewrite("a.warc.gz" if packed else "a.warc", data[:size])


_CHUNKS = b"%x\r\n%b\r\n0\r\n\r\n" % (len(gzip.compress(TEXT)), gzip.compress(TEXT))
_IN_CHUNKS = {"Content_Encoding": "gzip", "Transfer_Encoding": "chunked"}
_SMALL = [
    make(*records, packed=packed, **fields)
    for packed in (False, True)
    for records, fields in (
        ([("response", TEXT), ("conversion", TEXT, "text/plain")], {}),
        ([("response", _CHUNKS)], _IN_CHUNKS),
    )
]
_DAMAGE = st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 30), st.binary(max_size=9))


@settings(max_examples=300)
@given(data=st.sampled_from(_SMALL), damage=st.lists(_DAMAGE, min_size=1, max_size=3))
def test_any_damage_is_one_failure(data: bytes, damage: list[tuple[float, int, bytes]]) -> None:
    for place, length, instead in damage:
        at = int(place * len(data))
        data = data[:at] + instead + data[at + length :]
    try:
        made = rewrite("a.warc", data)
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert made.changed or made.data == data


def test_a_long_record_needs_little_memory(tmp_path: Path) -> None:
    size = 24 << 20
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"
    source, made = tmp_path / "a.warc", tmp_path / "b.warc"
    source.write_bytes(by_hand(head, bytes(size)) + by_hand(HTTP, TEXT))
    with source.open("rb") as stream, made.open("wb") as sink:
        tracemalloc.start()
        Rewriter(Reading(), clean, Heard(), scratch=tmp_path).rewrite("a.warc", stream, sink)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert made.read_bytes() == by_hand(head, bytes(size)) + by_hand(HTTP, WANTED)
    assert peak < 3 << 20


def test_bomb() -> None:
    data = make(("response", gzip.compress(b" " * 5_000_000)), Content_Encoding="gzip")
    made = rewrite("a.warc", data, Reading(expansion=100), harmless=1 << 20)
    assert made.data == data
    assert "more than 100 times" in " ".join(made.heard.failures.values())
