"""A short table: how much was read, what was repaired, what was left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TextIO

from vnclean.documents.cells import CellBlock
from vnclean.kept_by import KEPT_BY, UNSURE
from vnclean.language import marked, translated
from vnclean.pipeline import CleanedBlock
from vnclean.reports.drawn import visible
from vnclean.reports.origin import PLAIN, Origin

if TYPE_CHECKING:
    from rich.table import Table

#: How many of the commonest repairs are named.
NAMED: Final = 10
_ROWS: Final = {
    "documents": marked("documents"),
    "members": marked("  in archives"),
    "lines": marked("lines"),
    "words": marked("words"),
}
_NUMBERS: Final = ("documents", "members", "lines", "words", "left_alone", "kept_bytes")


class Summary:
    """Counts what comes by; :meth:`print` shows the table."""

    def __init__(self) -> None:
        self.documents = 0
        self.members = 0  #: documents in archives
        self.lines = 0
        self.words = 0
        self.left_alone = 0
        self.kept_by: Counter[str] = Counter()  #: of these, what the user wants so: by what
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
                if edit.kept_by:
                    self.kept_by[edit.kept_by] += 1

    def add_origin(self, origin: Origin) -> None:
        """Counts what a document came in, if that is not plain UTF-8."""
        if origin.encoding != PLAIN:
            self.encodings[origin.conversion()] += 1
        self.kept_bytes += origin.kept_bytes

    def counts(self) -> dict[str, Any]:
        """What was counted, as JSON can hold it; :meth:`include` takes it.

        >>> one, both = Summary(), Summary()
        >>> one.words, one.kinds["tone"], one.repairs["quá", "quả"] = 3, 1, 1
        >>> both.include(one.counts()), both.include(one.counts()), both.words, both.repairs
        (None, None, 6, Counter({('quá', 'quả'): 2}))
        """
        repairs = [[before, after, count] for (before, after), count in self.repairs.items()]
        numbers = {name: getattr(self, name) for name in _NUMBERS}
        return numbers | {
            "kinds": dict(self.kinds),
            "repairs": repairs,
            "encodings": dict(self.encodings),
            "kept_by": dict(self.kept_by),
        }

    def include(self, counts: dict[str, Any]) -> None:
        """Adds what another one has counted."""
        for name in _NUMBERS:
            setattr(self, name, getattr(self, name) + counts[name])
        self.kinds.update(counts["kinds"])
        self.encodings.update(counts["encodings"])
        self.kept_by.update(counts["kept_by"])
        for before, after, count in counts["repairs"]:
            self.repairs[before, after] += count

    def _reasons(self) -> Iterator[tuple[str, int]]:
        """Why edits were left alone, and how many were."""
        yield UNSURE, self.left_alone - self.kept_by.total()
        for name, count in self.kept_by.most_common():
            yield KEPT_BY[name], count

    def commonest(self, number: int) -> list[tuple[str, str, int]]:
        """The commonest repairs and how often each was made; of equals, by their letters."""
        found = sorted(self.repairs.items(), key=lambda item: (-item[1], item[0]))[:number]
        return [(before, after, count) for (before, after), count in found]

    def print(self, file: TextIO) -> None:
        """Shows the table on ``file``."""
        from rich.console import Console

        table = self.table([])
        for (before, after), count in self.repairs.most_common(NAMED):
            table.add_row(f"{visible(before)} → {visible(after)}", f"×{count:,}")
        Console(file=file, highlight=False, markup=False, emoji=False).print(table)

    def table(self, first: Sequence[tuple[str, str]]) -> Table:
        """The table, with ``first`` above everything else, and without single repairs."""
        from rich.table import Table

        table = Table(show_header=False, title="vnclean", title_justify="left")
        table.add_column()
        table.add_column(justify="right")
        for row in first:
            table.add_row(*row)
        if first:
            table.add_section()
        for name in ("documents", *(["members"] if self.members else []), "lines", "words"):
            table.add_row(translated(_ROWS[name]), f"{getattr(self, name):,}")
        for name, count in self.encodings.most_common():
            table.add_row(translated("documents in {name}", name=name), f"{count:,}")
        if self.kept_bytes:
            table.add_row(translated("bytes that are no text: kept"), f"{self.kept_bytes:,}")
        table.add_section()
        table.add_row(translated("repairs"), f"{self.kinds.total():,}")
        for kind, count in self.kinds.most_common():
            table.add_row(f"  {kind}", f"{count:,}")
        for reason, count in self._reasons():
            told = translated("left alone: {reason}", reason=translated(reason))
            table.add_row(told, f"{count:,}")
        if self.repairs:
            table.add_section()
        return table
