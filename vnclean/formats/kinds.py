"""What a document is by its name: how it is packed, and what is text in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from vnclean.documents.encoding import Encoding
from vnclean.documents.groups import GroupSplitter
from vnclean.documents.lines import LineSplitter
from vnclean.documents.text import Splitter

#: Ends of names, and how the rest of the file is compressed.
PACKINGS: Final = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstandard"}
#: Ends of names, and what is text in such a document; all others are text as a whole.
FORMATS: Final = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".srt": "srt",
    ".vtt": "vtt",
    ".md": "markdown",
    ".markdown": "markdown",
}
#: Ends of names of what holds documents, or is no text between its records.
ARCHIVES: Final = {".zip": "zip", ".tar": "tar", ".warc": "warc", ".parquet": "parquet"}
_SHORT: Final = {".tgz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz", ".tzst": ".tar.zst"}
TEXT: Final = "text"
#: The fields of records that are text if none are named.
TEXT_FIELDS: Final = ("text",)
#: What ``--type`` knows.
TYPES: Final = (TEXT, "jsonl", "csv", "tsv", "html", "srt", "vtt", "markdown")


@dataclass(frozen=True, slots=True)
class Kind:
    """How a document is packed (one of :data:`PACKINGS`, or not), and what it is then."""

    packing: str | None = None
    format: str = TEXT

    @property
    def is_packed(self) -> bool:
        """Whether it is no text before something is unpacked."""
        return self.packing is not None or self.is_archive

    @property
    def is_archive(self) -> bool:
        """Whether it holds other documents, or records in a form that is no text."""
        return self.format in ARCHIVES.values()


def kind_of(name: str) -> Kind:
    """What a document called ``name`` is, in any letter case; nothing is opened.

    >>> kind_of("news/2019.jsonl.gz")
    Kind(packing='gzip', format='jsonl')
    >>> kind_of("A.TGZ").format, kind_of("letter").format
    ('tar', 'text')
    """
    base = name.rpartition("/")[2].lower()
    for short, long in _SHORT.items():
        base = base.removesuffix(short) + long if base.endswith(short) else base
    stem, dot, end = base.rpartition(".")
    packing = PACKINGS.get(dot + end) if stem else None
    if packing:
        stem, dot, end = stem.rpartition(".")
    known = (FORMATS | ARCHIVES).get(dot + end, TEXT) if stem else TEXT
    # Records of a WARC file are compressed one by one, which is its own business.
    return Kind(None if known == "warc" and packing == "gzip" else packing, known)


@dataclass(frozen=True)
class Reading:
    """How documents are to be read: what the user says of all of them.

    ``encoding``: found out for each if None.  ``type``: one of :data:`TYPES`; told by the name of
    each if None.  ``fields``: names of fields or columns that are text, with dots between those of
    nested ones.  ``across_lines``: whether the cleaner looks at line ends too.  ``expansion``: how
    many times its size something may have when it is unpacked.  ``markers``: whether marks in a
    text say what of it is left alone (`vnclean.markers`).
    """

    encoding: Encoding | None = None
    type: str | None = None
    fields: tuple[str, ...] = TEXT_FIELDS
    across_lines: bool = False
    expansion: int = 200
    markers: bool = True

    def kind(self, name: str) -> Kind:
        """What the document called ``name`` is to be taken for: ``type`` is about texts."""
        kind = kind_of(name)
        return replace(kind, format=self.type) if self.type and not kind.is_archive else kind

    def splitter(self, kind: Kind) -> Splitter:
        """What makes blocks of the text of a document (not an archive)."""
        made = _SPLITTERS.get(kind.format)
        return made(self) if made else self.line_splitter()

    def line_splitter(self) -> LineSplitter:
        """What makes blocks of plain text."""
        return GroupSplitter() if self.across_lines else LineSplitter()


def _jsonl(reading: Reading) -> Splitter:
    from vnclean.formats.jsonl import JsonlSplitter

    return JsonlSplitter(reading.fields, reading.across_lines)


def _csv(reading: Reading) -> Splitter:
    from vnclean.formats.table import TableSplitter

    return TableSplitter(reading.fields, across_lines=reading.across_lines)


def _tsv(reading: Reading) -> Splitter:
    from vnclean.formats.table import TableSplitter

    return TableSplitter(reading.fields, "\t", reading.across_lines)


def _html(reading: Reading) -> Splitter:
    from vnclean.formats.html import HtmlSplitter

    return HtmlSplitter(reading.across_lines)


def _srt(reading: Reading) -> Splitter:
    from vnclean.formats.subtitles import SubtitleSplitter

    return SubtitleSplitter(across_lines=reading.across_lines)


def _vtt(reading: Reading) -> Splitter:
    from vnclean.formats.subtitles import SubtitleSplitter

    return SubtitleSplitter(webvtt=True, across_lines=reading.across_lines)


def _markdown(reading: Reading) -> Splitter:
    from vnclean.formats.markdown import MarkdownSplitter

    return MarkdownSplitter(reading.across_lines)


#: By the name of the format; each imported when it is needed.
_SPLITTERS: Final[dict[str, Callable[[Reading], Splitter]]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "tsv": _tsv,
    "html": _html,
    "srt": _srt,
    "vtt": _vtt,
    "markdown": _markdown,
}
