"""Makes a tree of files as archives have them: folders by year, every kind of container.

The text is that of a corpus; in one line of 50 all letters of U+1EA0-U+1EF9 are lost.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import count, cycle
from pathlib import Path
from typing import Any

#: What a document is written from: its number, and its lines.
Lines = Sequence[str]
_LOST = dict.fromkeys(range(7840, 7930))
#: Documents in one archive or file of records.
_MEMBERS = 12
#: The date of every member.
_DATE = (2019, 5, 4, 3, 2, 0)


def lines_of(corpora: Sequence[Path]) -> Iterator[str]:
    """All lines of the corpora, again and again, one in 50 damaged."""
    numbers = count()
    for corpus in cycle(corpora):
        with lzma.open(corpus, "rt", encoding="utf-8", newline="\n") as file:
            for line in file:
                line = line.rstrip("\n").replace("`", "")  # begins code in Markdown
                yield line.translate(_LOST) if next(numbers) % 50 == 0 else line


def documents(lines: Iterator[str], size: int) -> Iterator[list[str]]:
    """Lines in documents of about ``size`` bytes."""
    some: list[str] = []
    room = size
    for line in lines:
        some.append(line)
        room -= len(line.encode()) + 1
        if room <= 0:
            yield some
            some, room = [], size


def text(lines: Lines) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def records(lines: Lines) -> bytes:
    """JSON Lines: numbers in odd forms, null, escapes and nested fields must survive."""
    rows = [
        f'{{"id": {number}.50, "text": {json.dumps(line, ensure_ascii=number % 3 == 0)}, '
        f'"tags":[ "a" ,null], "meta": {{"n": 1e3}}}}\n'
        for number, line in enumerate(lines)
    ]
    return "".join(rows).encode()


def rows(delimiter: str) -> Callable[[Lines], bytes]:
    def made(lines: Lines) -> bytes:
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=delimiter)
        writer.writerow(["id", "text", "note"])
        writer.writerows([number, line, f'a{delimiter}"b"'] for number, line in enumerate(lines))
        return out.getvalue().encode()

    return made


def page(lines: Lines) -> bytes:
    escaped = (
        line.replace("&", "&amp;").replace("<", "&lt;").replace("ê", "&ecirc;") for line in lines
    )
    body = "".join(f'<p class="kim tra">{line}</p>\n' for line in escaped)
    head = "<!DOCTYPE html>\n<html><head><title>kim tra</title></head>"
    return f"{head}<body>\n{body}</body></html>\n".encode()


def subtitles(lines: Lines) -> bytes:
    cues = (
        (f"{n}", f"00:00:{n % 60:02},000 --> 00:00:{n % 60:02},900", f"<i>{line}</i>", "", "")
        for n, line in enumerate(lines, 1)
    )
    return "".join(map("\r\n".join, cues)).encode()


def captions(lines: Lines) -> bytes:
    cues = (
        f"00:{number % 60:02}.000 --> 00:{number % 60:02}.900\n{line}\n\n"
        for number, line in enumerate(lines)
    )
    return ("WEBVTT\n\n" + "".join(cues)).encode()


def markdown(lines: Lines) -> bytes:
    return "".join(f"## {n}\n\n{line} `kim tra`\n\n" for n, line in enumerate(lines)).encode()


def zipped(lines: Lines) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _members(lines):
            archive.writestr(zipfile.ZipInfo(name, _DATE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(mode: str) -> Callable[[Lines], bytes]:
    def made(lines: Lines) -> bytes:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode=mode) as archive:
            for name, content in _members(lines):
                member = tarfile.TarInfo(name)
                member.size, member.mtime, member.mode = len(content), 1_556_938_920, 0o640
                archive.addfile(member, io.BytesIO(content))
        return out.getvalue()

    return made


def _members(lines: Lines) -> Iterator[tuple[str, bytes]]:
    """Some texts, a file of records, one packed text, and what is no text."""
    share = -(-len(lines) // _MEMBERS)
    for number in range(_MEMBERS):
        some = lines[number * share : (number + 1) * share]
        if number == 0:
            yield "dữ liệu/records.jsonl", records(some)
        elif number == 1:
            yield "packed.txt.gz", gzip.compress(text(some), mtime=0)
        else:
            yield f"texts/{number:02}.txt", text(some)
    yield "image.png", b"\x89PNG\r\n\x1a\n\0\0\0" + bytes(range(256))


def zstandard(lines: Lines) -> bytes:
    import zstandard as library

    packed: bytes = library.ZstdCompressor().compress(text(lines))
    return packed


def parquet(lines: Lines) -> bytes:
    import pyarrow
    from pyarrow import parquet as library

    table = pyarrow.table(
        {
            "id": list(range(len(lines))),
            "text": [None if n % 40 == 7 else line for n, line in enumerate(lines)],
        }
    )
    out = io.BytesIO()
    library.write_table(table, out, row_group_size=200)
    return out.getvalue()


def web(lines: Lines, pages: int = _MEMBERS) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer: Any = WARCWriter(out, gzip=True)
    share = -(-len(lines) // pages)
    for number in range(pages):
        content = page(lines[number * share : (number + 1) * share])
        fields = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(content))),
        ]
        headers = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
        uri = f"http://example.vn/{number}"
        writer.write_record(
            writer.create_warc_record(
                uri, "response", payload=io.BytesIO(content), http_headers=headers
            )
        )
    return out.getvalue()


#: By the ends of names.
KINDS: dict[str, Callable[[Lines], bytes]] = {
    ".txt": text,
    ".txt.gz": lambda lines: gzip.compress(text(lines), mtime=0),
    ".txt.bz2": lambda lines: bz2.compress(text(lines)),
    ".txt.xz": lambda lines: lzma.compress(text(lines)),
    ".txt.zst": zstandard,
    ".jsonl": records,
    ".jsonl.gz": lambda lines: gzip.compress(records(lines), mtime=0),
    ".csv": rows(","),
    ".tsv": rows("\t"),
    ".html": page,
    ".srt": subtitles,
    ".vtt": captions,
    ".md": markdown,
    ".zip": zipped,
    ".tar": tarred("w"),
    ".tar.gz": tarred("w:gz"),
    ".tar.xz": tarred("w:xz"),
    ".parquet": parquet,
    ".warc.gz": web,
}


def make(folder: Path, corpora: Sequence[Path], files: int, size: int) -> tuple[int, int]:
    """``files`` files of together ``size`` bytes of text, half of them plain, and some odd ones.

    Returns how many were made, and the bytes of text in them.
    """
    kinds = list(KINDS.items())
    plain = [kinds[0]] * len(kinds)
    every = [one for pair in zip(kinds, plain, strict=True) for one in pair]
    # A few are a hundred times as large as most: the largest must not come last.
    shares = [100 if number % 500 == 0 else 1 for number in range(files)]
    unit = size // sum(shares)
    lines = lines_of(corpora)
    made = 0
    for number, share in enumerate(shares):
        some = next(documents(lines, unit * share))
        end, write = every[number % len(every)]
        place = folder / f"{2009 + number % 10}" / f"{number % 37:02}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"bài {number:05}{end}").write_bytes(write(some))
        made += len(text(some))
    (folder / ".hidden.txt").write_text("kim tra\n")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(1000))
    (folder / "empty.txt").write_bytes(b"")
    return files + 3, made
