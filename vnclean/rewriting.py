"""One file into another: read, cleaned, and written back as the kind that it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from vnclean.documents.lines import Block
from vnclean.documents.text import ByteStream, TextReader
from vnclean.formats.kinds import Reading
from vnclean.pipeline import CleanedBlock
from vnclean.reports.origin import Origin


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
    """Rewrites files.  ``clean``: what finds the edits of blocks, in their order."""

    reading: Reading
    clean: Callable[[Iterable[Block]], Iterator[CleanedBlock]]
    told: Told

    def rewrite(self, path: str, stream: ByteStream, sink: Sink) -> bool:
        """Reads the file called ``path`` from ``stream`` and writes it to ``sink``.

        Returns whether anything differs.  Raises InputError if it cannot be read as what it is
        (what was written then is worth nothing), BinaryInputError if it is not text at all.
        """
        kind = self.reading.kind(path)
        splitter = self.reading.splitter(kind)
        reader = TextReader(stream, encoding=self.reading.encoding, splitter=splitter)
        changed = reader.encoding.output is not None
        sink.write(reader.encoding.bom)
        for cleaned in self.clean(reader):
            self.told.cleaned(path, cleaned)
            sink.write(reader.encoding.encode(cleaned.text()))
            changed = changed or cleaned.changed()
        sink.write(reader.tail)
        for fault in reader.faults:
            self.told.failed(path, str(fault))
        encoding = reader.encoding
        written = encoding.output.upper() if encoding.output else encoding.name
        self.told.ended(
            Origin(path, encoding.name, written, reader.invalid_bytes, reader.invalid_line)
        )
        return changed or reader.encoding.output is not None
