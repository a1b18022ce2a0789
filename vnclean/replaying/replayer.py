"""A rewriter that does not ask a cleaner: it makes the edits of a report, or takes them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Final

from vnclean.documents.cells import CellBlock
from vnclean.documents.checksums import Contents
from vnclean.documents.encoding import named
from vnclean.documents.lines import Block
from vnclean.documents.text import ByteStream, TextReader
from vnclean.edits import Edit
from vnclean.errors import InputError
from vnclean.formats.kinds import Kind, Reading
from vnclean.language import about, translated
from vnclean.pipeline import CleanedBlock
from vnclean.replaying.script import Cell, Script, ScriptedBlock, ScriptSplitter
from vnclean.reports.origin import Origin
from vnclean.rewriting import Rewriter, Sink

#: The file is known by its checksum, so it may unpack to whatever it does.
_UNLIMITED: Final = 1 << 62


@dataclass
class Heard:
    """What is heard of a file, see `vnclean.rewriting.Told`: its documents, before and after."""

    read: Contents = field(default_factory=Contents)
    written: Contents = field(default_factory=Contents)
    failures: list[str] = field(default_factory=list)

    def cleaned(self, path: str, block: CleanedBlock) -> None:
        """A block is done."""

    def ended(self, origin: Origin) -> None:
        """A document is done."""
        self.read.add(origin.path, origin.digest)
        self.written.add(origin.path, origin.output_digest)

    def failed(self, path: str, reason: str) -> None:
        """Something could not be read."""
        self.failures.append(about(path, reason))

    def skipped(self, path: str, reason: str) -> None:
        """Something is not meant to be read."""


def no_blocks(blocks: Iterable[Block]) -> Iterator[CleanedBlock]:
    """In the place of a cleaner: there are no blocks but those of documents in the report."""
    raise AssertionError("blocks are edited by a script")


@dataclass(frozen=True)
class Replayer(Rewriter):
    """Rewrites one file by its ``script``; what that does not tell of is not even read."""

    script: Script = field(kw_only=True)
    skips_empty: ClassVar[bool] = False

    @classmethod
    def of(cls, script: Script, heard: Heard, fields: tuple[str, ...]) -> Replayer:
        """A rewriter of the file that ``script`` is of; ``fields``: those that are text."""
        reading = Reading(
            encoding=named("utf-8"), fields=fields, expansion=_UNLIMITED, markers=False
        )
        return cls(reading, no_blocks, heard, script=script)

    def rewrite_as(self, kind: Kind, path: str, stream: ByteStream, sink: Sink) -> bool:
        """See `Rewriter.rewrite_as`; raises InputError if the report does not fit, too."""
        if not self.script.tells_of(path):
            return False
        try:
            changed = super().rewrite_as(kind, path, stream, sink)
        except UnicodeEncodeError as error:
            letter = error.object[error.start]
            raise InputError(
                translated("cannot hold {letter!r}, which the report puts in", letter=letter)
            ) from None
        self.script.finish(path)
        return changed

    def open_text(self, kind: Kind, path: str, stream: ByteStream) -> TextReader:
        """The document as it stands: edits count in that."""
        document = self.script.document(path)
        splitter = ScriptSplitter(document)
        return TextReader(
            stream, encoding=document.encoding, splitter=splitter, exactly=True, markers=False
        )

    def lines_of(self, text: str) -> Block:
        """A cell as one piece."""
        return Block([text], [""], 1, 0, 0)

    def edited(self, path: str, blocks: Iterable[Block]) -> Iterator[CleanedBlock]:
        """Blocks with the edits that the script has for them."""
        for block in blocks:
            if isinstance(block, ScriptedBlock):
                yield CleanedBlock(block, [list(block.edits)] * len(block.texts))
            elif isinstance(block, CellBlock):
                cells = [(cell.row, cell.field) for cell in block.cells]
                pairs = zip(cells, block.texts, strict=True)
                yield CleanedBlock(block, [self._in_cell(path, *pair) for pair in pairs])

    def _in_cell(self, path: str, cell: Cell, text: str) -> list[Edit]:
        document = self.script.document(path)
        edits = []
        while edit := document.next(len(text), cell):
            edits.append(document.take(edit, text[edit.start : edit.end]))
        return edits
