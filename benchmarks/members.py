"""What differs between a tree and what was made of it, outside the text that may be repaired."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import lzma
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any


def differences(before: Path, after: Path) -> Iterator[str]:
    """One line for each file that is missing, too many, or not the same outside its text."""
    names = {path.relative_to(before) for path in before.rglob("*") if _counts(path)}
    made = {path.relative_to(after) for path in after.rglob("*") if path.is_file()}
    made = {name for name in made if name.parts[0] != ".vnclean"}
    yield from (f"{name}: is missing" for name in sorted(names - made))
    yield from (f"{name}: came from nowhere" for name in sorted(made - names))
    for name in sorted(names & made):
        old, new = before / name, after / name
        if (old.stat().st_mode, old.stat().st_mtime_ns) != (
            new.stat().st_mode,
            new.stat().st_mtime_ns,
        ):
            yield f"{name}: another mode or time"
        for reason in _compared(name.name, old.read_bytes(), new.read_bytes()):
            yield f"{name}: {reason}"


def _counts(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def _compared(name: str, old: bytes, new: bytes) -> Iterator[str]:
    if old == new:
        return
    for end, unpack in PACKED.items():
        if name.endswith(end) and not name.endswith((".warc.gz", ".tar" + end)):
            yield from _compared(name.removesuffix(end), unpack(old), unpack(new))
            return
    for ends, compare in _ARCHIVES.items():
        if name.endswith(ends):
            yield from compare(old, new)
            return
    if _masked(name, old) != _masked(name, new):
        yield "differs outside its text"


def _unzstd(data: bytes) -> bytes:
    import zstandard

    return zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.decompress,
    ".bz2": bz2.decompress,
    ".xz": lzma.decompress,
    ".zst": _unzstd,
}


def _masked(name: str, data: bytes) -> object:
    text = data.decode()
    end = name.rpartition(".")[2]
    if end == "jsonl":
        return re.sub(r'("text": )"(?:[^"\\]|\\.)*"', r"\1*", text)
    if end in ("csv", "tsv"):
        rows = csv.reader(io.StringIO(text, newline=""), delimiter="," if end == "csv" else "\t")
        return [[*row[:1], *row[2:]] for row in rows]
    if end == "html":
        return re.sub(r"(<p[^>]*>|<title>)[^<]*", r"\1", text)
    if end == "srt":
        return re.sub(r"<i>.*</i>", "<i></i>", text)
    if end == "vtt":
        return [line for line in text.split("\n") if "-->" in line or not line]
    if end == "md":
        return re.findall(r"^## \d+$|`[^`]*`", text, re.MULTILINE)
    return text.count("\n"), text.count("\r")


def _zips(old: bytes, new: bytes) -> Iterator[str]:
    left, right = zipfile.ZipFile(io.BytesIO(old)), zipfile.ZipFile(io.BytesIO(new))
    fields = (
        "filename",
        "date_time",
        "external_attr",
        "compress_type",
        "comment",
        "extra",
        "flag_bits",
    )
    for one, other in zip_longest(left.infolist(), right.infolist()):
        if one is None or other is None:
            yield "has another number of members"
            return
        if any(getattr(one, field) != getattr(other, field) for field in fields):
            yield f"{one.filename}: not the same member"
        for reason in _compared(one.filename, left.read(one), right.read(other)):
            yield f"{one.filename}: {reason}"


def _tars(old: bytes, new: bytes) -> Iterator[str]:
    one_file, other_file = io.BytesIO(old), io.BytesIO(new)
    with tarfile.open(fileobj=one_file) as left, tarfile.open(fileobj=other_file) as right:
        fields = ("name", "mode", "mtime", "uid", "gid", "uname", "gname", "type", "linkname")
        for one, other in zip_longest(left, right):
            if one is None or other is None:
                yield "has another number of members"
                return
            if any(getattr(one, field) != getattr(other, field) for field in fields):
                yield f"{one.name}: not the same member"
            content, made = left.extractfile(one), right.extractfile(other)
            if content and made:
                for reason in _compared(one.name, content.read(), made.read()):
                    yield f"{one.name}: {reason}"


def _parquets(old: bytes, new: bytes) -> Iterator[str]:
    from pyarrow import parquet

    left, right = parquet.ParquetFile(io.BytesIO(old)), parquet.ParquetFile(io.BytesIO(new))
    if not left.schema_arrow.equals(right.schema_arrow, check_metadata=True):
        yield "has another schema"
    groups = [
        [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
        for file in (left, right)
    ]
    if groups[0] != groups[1]:
        yield "has other row groups"
    one, other = left.read(), right.read()
    if one.drop_columns(["text"]) != other.drop_columns(["text"]):
        yield "has other columns"
    if one["text"].is_null() != other["text"].is_null():
        yield "has other nulls"


def _webs(old: bytes, new: bytes) -> Iterator[str]:
    for one, other in zip_longest(web_records(old), web_records(new)):
        if one is None or other is None:
            yield "has another number of records"
        elif one[0] != other[0] or _masked("x.html", one[1]) != _masked("x.html", other[1]):
            yield f"{one[0][0]}: not the same record"


def web_records(data: bytes) -> Iterator[tuple[Any, bytes]]:
    from warcio.archiveiterator import ArchiveIterator

    dependent = ("content-length", "warc-block-digest", "warc-payload-digest")
    for record in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        headers = [
            pair
            for some in (record.rec_headers, record.http_headers)
            for pair in (some.headers if some else ())
            if pair[0].lower() not in dependent
        ]
        yield headers, record.content_stream().read()


_ARCHIVES: dict[tuple[str, ...], Callable[[bytes, bytes], Iterator[str]]] = {
    (".zip",): _zips,
    (".tar", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst"): _tars,
    (".parquet",): _parquets,
    (".warc", ".warc.gz"): _webs,
}
