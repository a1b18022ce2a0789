"""One file into another: read, cleaned, and written back as the kind that it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, Protocol, TypeAlias

from vnclean.archives.expansion import HARMLESS, Expansion
from vnclean.documents.checksums import CheckedSink, CheckedStream
from vnclean.documents.lines import Block
from vnclean.documents.text import ByteStream, TextReader
from vnclean.errors import InputError
from vnclean.formats.kinds import Kind, Reading
from vnclean.language import translated
from vnclean.pipeline import CleanedBlock
from vnclean.reports.origin import Origin, origin_of

#: What finds the edits of blocks, in their order.
Clean: TypeAlias = Callable[[Iterable[Block]], Iterator[CleanedBlock]]


class Sink(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> int: ...


class Told(Protocol):
    """Hears what happens to the documents in a file, each by its path.

    Those in an archive are called by its path, an exclamation mark and their own name there:
    ``news.zip!2019/a.txt``.
    """

    def cleaned(self, path: str, block: CleanedBlock) -> None:
        """A block is done."""

    def ended(self, origin: Origin) -> None:
        """A document is done: what it came in."""

    def failed(self, path: str, reason: str) -> None:
        """Something could not be read as what it should be, and is as it was."""

    def skipped(self, path: str, reason: str) -> None:
        """Something is not meant to be read, and is as it was."""


@dataclass(frozen=True)
class Rewriter:
    """Rewrites files.

    ``scratch``: a folder for what is needed once more and too large for memory; the system's if
    None.  ``harmless``: so many bytes may come out of anything packed.  ``depth``: how many
    archives, or packed files in archives, we are in; ``expansion`` counts what the innermost
    packed one unpacks to.
    """

    reading: Reading
    clean: Clean
    told: Told
    scratch: Path | None = None
    harmless: int = HARMLESS
    depth: int = 0
    expansion: Expansion | None = None
    #: Whether what holds nothing, a member or a cell, is passed over.
    skips_empty: ClassVar[bool] = True

    def rewrite(self, path: str, stream: ByteStream, sink: Sink) -> bool:
        """Reads the file called ``path`` from ``stream`` and writes it to ``sink``.

        Returns whether anything differs.  Raises InputError if it cannot be read as what it is
        (what was written and told then is worth nothing), BinaryInputError if it is not text at
        all; neither names ``path``.
        """
        return self.rewrite_as(self.reading.kind(path), path, stream, sink)

    def rewrite_as(self, kind: Kind, path: str, stream: ByteStream, sink: Sink) -> bool:
        """The same for a file that is known to be of that kind."""
        if kind.packing:
            return self._rewrite_packed(kind, path, stream, sink)
        if kind.is_archive:
            return _rewrite_archive(kind.format)(self, path, stream, sink)
        return self._rewrite_text(kind, path, stream, sink)

    def new_expansion(self) -> Expansion:
        """What counts how much something packed in here unpacks to."""
        return Expansion(self.reading.expansion, self.harmless, self.expansion)

    def _rewrite_packed(self, kind: Kind, path: str, stream: ByteStream, sink: Sink) -> bool:
        from vnclean.archives.packing import Packer, Unpacked, refuse_bomb

        assert kind.packing
        limit = Expansion(self.reading.expansion, self.harmless)
        refuse_bomb(stream, kind.packing, limit, self.harmless)  # before any work is done
        expansion = self.new_expansion()
        unpacked = Unpacked(stream, kind.packing, expansion)
        packer = Packer(sink, kind.packing, unpacked.header)
        inner = replace(self, expansion=expansion)
        changed = inner.rewrite_as(replace(kind, packing=None), path, unpacked, packer)
        packer.finish()
        return changed

    def _rewrite_text(self, kind: Kind, path: str, stream: ByteStream, sink: Sink) -> bool:
        read, written = CheckedStream(stream), CheckedSink(sink)
        reader = self.open_text(kind, path, read)
        changed = False
        written.write(reader.encoding.bom)
        try:
            for cleaned in self.edited(path, reader):
                self.told.cleaned(path, cleaned)
                written.write(reader.encoding.encode(cleaned.text()))
                changed = changed or cleaned.changed()
        except UnicodeDecodeError:  # nothing stands for what is no code point
            raise InputError(
                translated(
                    "is not valid {encoding}; convert it to UTF-8", encoding=reader.encoding.name
                )
            ) from None
        written.write(reader.tail)
        for fault in reader.faults:
            self.told.failed(path, str(fault))
        self.told.ended(origin_of(path, reader, read.digest(), written.digest()))
        return changed or reader.encoding.output is not None

    def open_text(self, kind: Kind, path: str, stream: ByteStream) -> TextReader:
        """What reads the document called ``path``, which is text of that kind."""
        splitter = self.reading.splitter(kind)
        reading = self.reading
        return TextReader(
            stream, encoding=reading.encoding, splitter=splitter, markers=reading.markers
        )

    def open_unpacked(self, kind: Kind, stream: ByteStream) -> TextReader:
        """The same of a document that may be packed."""
        if kind.packing:
            from vnclean.archives.packing import Unpacked

            stream = Unpacked(stream, kind.packing, self.new_expansion())
        return self.open_text(kind, "", stream)

    def lines_of(self, text: str) -> Block:
        """The text of a cell, in pieces."""
        return self.reading.line_splitter().feed(text, final=True)

    def edited(self, path: str, blocks: Iterable[Block]) -> Iterator[CleanedBlock]:
        """Blocks of the document called ``path`` with their edits."""
        return self.clean(blocks)


def _rewrite_archive(format_: str) -> Callable[[Rewriter, str, ByteStream, Sink], bool]:
    """What rewrites archives of that format, imported only now."""
    if format_ == "zip":
        from vnclean.archives.zips import rewrite_zip

        return rewrite_zip
    if format_ == "tar":
        from vnclean.archives.tars import rewrite_tar

        return rewrite_tar
    if format_ == "warc":
        from vnclean.archives.warcs import rewrite_warc

        return rewrite_warc
    from vnclean.archives.parquets import rewrite_parquet

    return rewrite_parquet
