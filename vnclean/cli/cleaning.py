"""Where repaired text goes: to stdout, to one file, or into the files it came from."""

from __future__ import annotations

import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from vnclean.cli.output import Stdout
from vnclean.cli.reading import Document
from vnclean.cli.streams import (
    STDIN,
    Failures,
    faults_of,
    open_source,
    warn_of_invalid_bytes,
)
from vnclean.documents.atomic import AtomicFile, keep_original
from vnclean.documents.encoding import BinaryInputError
from vnclean.documents.text import BLOCK_SIZE
from vnclean.errors import InputError, OutputError, VncleanError, naming
from vnclean.language import translated
from vnclean.pipeline import CleanedBlock
from vnclean.reports.origin import Origin
from vnclean.reports.summary import Summary

if TYPE_CHECKING:
    from vnclean.reports.jsonl import JsonlReport


class Log:
    """Where the edits are told: the report file and the summary, each if it is asked for.

    Raises OutputError at once if the report cannot be written.
    """

    def __init__(self, report: str | None, summary: bool) -> None:
        self._report: JsonlReport | None = None
        self.checked = report is not None  #: checksums are asked for
        if report is not None:
            from vnclean.reports.jsonl import JsonlReport
            from vnclean.reports.written import FileLines

            self._report = JsonlReport(report)
            self._new_lines = FileLines
            self._lines = FileLines()
        self._summary = Summary() if summary else None

    def add(self, path: str, cleaned: CleanedBlock) -> None:
        """Takes the edits of a block."""
        if self._report:
            self._report.add(self._lines.cleaned(path, cleaned))
        if self._summary:
            self._summary.add(cleaned)

    def add_origin(self, origin: Origin) -> None:
        """Takes what a document came in, once it is read to the end."""
        if self._report:
            self._report.add(self._lines.ended(origin))
        if self._summary:
            self._summary.add_origin(origin)

    def add_written(
        self,
        path: str,
        digests: tuple[str, str],
        fields: tuple[str, ...],
        output: str | None = None,
        backup: str | None = None,
    ) -> None:
        """Takes what became of a file: see `vnclean.reports.written.FileLines.written`.

        ``fields``: those of records that are text.
        """
        if self._report:
            lines = self._lines.written(path, digests, output, backup, fields)
            self._report.add(lines)
            self._lines = self._new_lines()

    def keep(self) -> None:
        """The output of everything added so far is in place."""
        if self._report:
            self._report.keep()

    def position(self) -> int:
        """A place to return to with :meth:`drop`, before the lines of the next file."""
        return self._report.position() if self._report else 0

    def drop(self, position: int) -> None:
        """What was added since ``position`` was not written after all."""
        if self._report:
            self._report.drop(position)
            self._lines = self._new_lines()

    def __enter__(self) -> Log:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with ExitStack() as stack:
            if self._summary and sys.stderr and not isinstance(error, VncleanError):
                stack.callback(self._summary.print, sys.stderr)
            if self._report:
                stack.enter_context(self._report)


class _Sink(Protocol):
    def write(self, data: bytes, /) -> int: ...


class _Destination(ABC):
    """Writes documents one after the other; a failure is named and the next one done."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._failures = Failures()

    @abstractmethod
    def write(self, documents: Iterable[Document]) -> int:
        """Writes all documents; returns the exit code."""

    def _add_written(
        self, document: Document, output: str | None = None, backup: str | None = None
    ) -> None:
        """Tells what became of a document."""
        fields = document.settings.reading.fields
        self._log.add_written(document.path, document.digests(), fields, output, backup)

    def _copy(self, document: Document, sink: _Sink) -> Iterator[CleanedBlock]:
        """Writes a document repaired; yields each block once it is told and written.

        Told first, so that an interruption finds both done or neither kept.
        """
        reader = document.reader()
        if self._log.checked:
            from vnclean.documents.checksums import CheckedSink

            sink = document.written = CheckedSink(sink)
        sink.write(reader.encoding.bom)
        for cleaned in document.blocks():
            self._log.add(document.path, cleaned)
            sink.write(reader.encoding.encode(cleaned.text()))
            yield cleaned
        sink.write(reader.tail)
        self._log.add_origin(document.origin())
        warn_of_invalid_bytes(document.path, reader)
        for error in faults_of(document.path, reader):
            self._failures.add(error)


class ToStdout(_Destination):
    """Each block as soon as it is done."""

    def write(self, documents: Iterable[Document]) -> int:
        """Writes everything to stdout; ends quietly when nobody reads it any more."""
        stdout = Stdout()
        try:
            for document in documents:
                self._write_one(document, stdout)
        except BrokenPipeError:
            pass
        return self._failures.exit_code

    def _write_one(self, document: Document, stdout: Stdout) -> None:
        try:
            for _ in self._copy(document, stdout):
                self._log.keep()
            self._add_written(document)
            self._log.keep()
        except BinaryInputError as error:
            self._failures.add(error)
            if document.path == STDIN:
                _pass_through(error.head, stdout)
        except InputError as error:
            self._failures.add(error)


class ToFile(_Destination):
    """One file for all, which appears when everything is done."""

    def __init__(self, log: Log, output: str, *, shared: bool) -> None:
        """``shared``: whether several documents are written there."""
        super().__init__(log)
        self._output = output
        self._own_output = None if shared else output

    def write(self, documents: Iterable[Document]) -> int:
        """Writes the file unless no document could be read; leaves out those that could not."""
        with naming(self._output, OutputError), AtomicFile(Path(self._output)) as file:
            done = [self._write_one(document, file) for document in documents]
            if any(done):
                file.commit()
                self._log.keep()
        return self._failures.exit_code

    def _write_one(self, document: Document, file: AtomicFile) -> bool:
        written, told = file.tell(), self._log.position()
        try:
            for _ in self._copy(document, file):
                pass
            self._add_written(document, self._own_output)
        except InputError as error:
            self._failures.add(error)
            file.truncate(written)
            self._log.drop(told)
            return False
        return True


class InPlace(_Destination):
    """Each document replaces itself, if anything in it was repaired."""

    def __init__(self, log: Log, backup: str | None) -> None:
        super().__init__(log)
        self._backup = backup

    def write(self, documents: Iterable[Document]) -> int:
        """Repairs the files; one that fails stays as it was."""
        for document in documents:
            told = self._log.position()
            try:
                self._write_one(document)
            except InputError as error:
                self._failures.add(error)
                self._log.drop(told)
            else:
                self._log.keep()
        return self._failures.exit_code

    def _write_one(self, document: Document) -> None:
        path = document.path
        document.reader()  # whatever is wrong with reading it comes first
        with naming(path, InputError):
            target = Path(os.path.realpath(path))
            if not target.is_file():
                raise InputError(
                    translated("{path}: is not a regular file; leave out --in-place", path=path)
                )
            backup = self._free_backup(target)
            with AtomicFile(target) as file:
                changed = [cleaned.changed() for cleaned in self._copy(document, file)]
                changes = any(changed) or document.reader().encoding.output is not None
                kept = str(backup) if backup and changes else None
                self._add_written(document, path, kept)
                if not changes:
                    return
                if backup:
                    keep_original(target, backup)
                file.commit()

    def _free_backup(self, target: Path) -> Path | None:
        if self._backup is None:
            return None
        backup = target.with_name(target.name + self._backup)
        if os.path.lexists(backup):
            raise InputError(
                translated(
                    "{backup}: exists already; move it away or choose another --backup",
                    backup=backup,
                )
            )
        return backup


def _pass_through(head: bytes, stdout: Stdout) -> None:
    """A filter loses nothing: what cannot be cleaned goes through as it is."""
    stdout.write(head)
    with open_source(STDIN) as source:
        while data := source.read1(BLOCK_SIZE):
            stdout.write(data)
