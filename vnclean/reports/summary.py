"""A short table: how much was read, what was repaired, what was left alone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, TextIO

from vnclean.documents.cells import CellBlock
from vnclean.pipeline import CleanedBlock
from vnclean.reports.origin import PLAIN, Origin

if TYPE_CHECKING:
    from rich.table import Table

#: How many of the commonest repairs are named.
NAMED: Final = 10


class Summary:
    """Counts what comes by; :meth:`print` shows the table."""

    def __init__(self) -> None:
        self.documents = 0
        self.lines = 0
        self.words = 0
        self.left_alone = 0
        self.kinds: Counter[str] = Counter()
        self.repairs: Counter[tuple[str, str]] = Counter()
        self.encodings: Counter[str] = Counter()
        self.kept_bytes = 0

    def add(self, cleaned: CleanedBlock) -> None:
        """Counts one block."""
        block = cleaned.block
        self.documents += block.start == 0
        new_line = block.column == 0
        for text, end in zip(block.texts, block.ends, strict=True):
            whole = text + end
            self.lines += new_line + whole.count("\n") - whole.endswith("\n")
            new_line = whole.endswith("\n")
        if isinstance(block, CellBlock):  # each begins a line, whatever the one before ends with
            self.lines += sum(not cell.text.endswith("\n") for cell in block.cells[:-1])
        self.words += sum(len(text.split()) for text in (cleaned.read or block).texts)
        for edit in (edit for edits in cleaned.edits for edit in edits):
            if edit.applied:
                self.kinds[edit.kind] += 1
                self.repairs[edit.before, edit.after] += 1
            else:
                self.left_alone += 1

    def add_origin(self, origin: Origin) -> None:
        """Counts what a document came in, if that is not plain UTF-8."""
        if origin.encoding != PLAIN:
            self.encodings[origin.conversion()] += 1
        self.kept_bytes += origin.kept_bytes

    def print(self, file: TextIO) -> None:
        """Shows the table on ``file``."""
        from rich.console import Console

        Console(file=file, highlight=False, markup=False, emoji=False).print(self._table())

    def _table(self) -> Table:
        from rich.table import Table

        table = Table(show_header=False, title="vnclean", title_justify="left")
        table.add_column()
        table.add_column(justify="right")
        for name in "documents", "lines", "words":
            table.add_row(name, f"{getattr(self, name):,}")
        for name, count in self.encodings.most_common():
            table.add_row(f"documents in {name}", f"{count:,}")
        if self.kept_bytes:
            table.add_row("bytes that are no text: kept", f"{self.kept_bytes:,}")
        table.add_section()
        table.add_row("repairs", f"{self.kinds.total():,}")
        for kind, count in self.kinds.most_common():
            table.add_row(f"  {kind}", f"{count:,}")
        table.add_row("left alone: not sure enough", f"{self.left_alone:,}")
        if self.repairs:
            table.add_section()
        for (before, after), count in self.repairs.most_common(NAMED):
            table.add_row(f"{visible(before)} → {visible(after)}", f"×{count:,}")
        return table


def visible(text: str) -> str:
    """``text`` as it may stand in a line: line ends, and blanks not to be seen, are drawn.

    >>> visible(""), visible("  "), visible("kiểm tra"), visible("h-\\r\\nọc")
    ('∅', '␣␣', 'kiểm tra', 'h-⏎ọc')
    """
    text = text.replace("\r\n", "⏎").replace("\n", "⏎")
    return text if text.strip() else text.replace(" ", "␣") or "∅"
