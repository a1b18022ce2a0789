"""What is heard of one file while it is cleaned: see `vnclean.rewriting.Told`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any, Final

from vnclean.language import translated
from vnclean.pipeline import CleanedBlock
from vnclean.reports.origin import Origin
from vnclean.reports.summary import Summary
from vnclean.reports.written import FileLines

#: So many bytes of report lines are held in memory, so many troubles of one file are named.
_HELD: Final = 1 << 20
_MOST_NAMED: Final = 1000


class Notes:
    """Hears of a file what is to be told of it: see `vnclean.rewriting.Told`."""

    def __init__(self, path: str, scratch: str) -> None:
        """``scratch``: the folder for report lines, if they are many."""
        self._path = path
        self._spill = Path(scratch, f"{os.urandom(8).hex()}.edits")
        self._spilled: IO[bytes] | None = None
        self._file = FileLines()
        self._lines: list[bytes] = []
        self._held = 0
        self._summary = Summary()
        self._documents = 0
        self.failures: list[tuple[str, str]] = []
        self.skips: list[tuple[str, str]] = []
        self._unnamed = [0, 0]  # failures and skips after the first ones
        self.watch: Callable[[int], None] | None = None

    def cleaned(self, path: str, block: CleanedBlock) -> None:
        self._summary.add(block)
        self._note(self._file.cleaned(path, block))
        if self.watch:
            self.watch(self._summary.kinds.total())

    def ended(self, origin: Origin) -> None:
        self._documents += 1
        self._summary.members += origin.path != self._path
        self._summary.add_origin(origin)
        self._note(self._file.ended(origin))

    def failed(self, path: str, reason: str) -> None:
        if len(self.failures) < _MOST_NAMED:
            self.failures.append((path, reason))
        else:
            self._unnamed[0] += 1

    def skipped(self, path: str, reason: str) -> None:
        if len(self.skips) < _MOST_NAMED:
            self.skips.append((path, reason))
        else:
            self._unnamed[1] += 1

    def written(
        self, digests: tuple[str, str], output: str, backup: str | None, fields: tuple[str, ...]
    ) -> None:
        """What became of the file: see `vnclean.reports.written.FileLines.written`."""
        self._note(self._file.written(self._path, digests, output, backup, fields))

    def _note(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self._lines.append(line)
            self._held += len(line)
            if self._held > _HELD:
                self._spilled = self._spilled or self._spill.open("wb")
                self._spilled.write(b"".join(self._lines))
                self._lines, self._held = [], 0

    def counts(self) -> dict[str, Any]:
        """What was counted, as of `Summary.counts`."""
        self._summary.documents = self._documents
        return self._summary.counts()

    def finish(self) -> tuple[bytes, str]:
        """The lines of the report, or the file that they are in; what is left to be named is."""
        for named, more in zip((self.failures, self.skips), self._unnamed, strict=True):
            if more:
                named.append((self._path, translated("{count:,} more like it", count=more)))
        lines = b"".join(self._lines)
        if not self._spilled:
            return lines, ""
        with self._spilled:
            self._spilled.write(lines)
        return b"", str(self._spill)

    def discard(self) -> None:
        """Nothing was heard."""
        if self._spilled:
            self._spilled.close()
            self._spill.unlink(missing_ok=True)
