"""What ``vnclean undo`` and ``vnclean apply`` share: a report, its files, and a new report."""

from __future__ import annotations

import argparse
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, ClassVar

from vnclean.cli.output import complain
from vnclean.cli.parsing import Parser
from vnclean.cli.streams import STDIN, Failures, is_folder
from vnclean.documents.atomic import AtomicFile
from vnclean.errors import InputError, OutputError, UsageError, naming
from vnclean.language import about, counted, translated
from vnclean.replaying.files import Done, DoneBeforeError, FileReplay
from vnclean.replaying.index import FileParts, files_of
from vnclean.replaying.states import States
from vnclean.replaying.update import write_updated
from vnclean.reports.written import Written


class ReplayOptions(argparse.Namespace):
    """What :func:`add_replay_options` reads."""

    output: str | None
    report: str | None
    dry_run: bool


def add_replay_options(parser: Parser) -> None:
    """Where what comes out goes."""
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        help=translated(
            "write the files there, under their names; a FILE if it is one; nothing is replaced"
        ),
    )
    parser.add_argument(
        "--report",
        metavar="NEW",
        help=translated("write the report of what holds then there, and leave REPORT as it is"),
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=translated("say what would be done, do nothing")
    )


class Replay(ABC):
    """One run over a report.

    Whatever ends it, REPORT tells of the files as they then are.
    """

    command: ClassVar[str]
    done: ClassVar[str]  #: the message that tells of it, with {edits} and {files}

    def __init__(self, operands: Sequence[str], options: ReplayOptions) -> None:
        if not 1 <= len(operands) <= 2:
            raise UsageError(
                translated(
                    "name one REPORT, or a REPORT and a FILE; see vnclean {command} --help",
                    command=self.command,
                )
            )
        self._name = operands[0]
        self._operand = operands[1] if len(operands) > 1 else None
        self._output, self._report, self._dry_run = options.output, options.report, options.dry_run
        for option, value in ("--output", self._output), ("--report", self._report):
            if value is not None and (not value or value == STDIN):
                raise UsageError(
                    translated(
                        "{option} {file!r}: must be the name of a file", option=option, file=value
                    )
                )
        if self._name == STDIN:
            raise UsageError(translated("the report must be a file: it is read more than once"))
        self._failures = Failures()
        self._done: dict[str, Done] = {}
        self._edits = self._files = 0  # done
        self._single = False  #: the report tells of one file

    @abstractmethod
    def states(self, file: FileParts) -> States:
        """What is to become of a file."""

    @abstractmethod
    def place(self, written: Written) -> str | None:
        """The file that is to be read, if it is anywhere."""

    @abstractmethod
    def target(self, written: Written, place: str) -> str | None:
        """Where it is to be written if nothing else is said; ``place``: the file that is read."""

    @abstractmethod
    def replay(self, file: FileReplay, place: str, target: str | None) -> Done | None:
        """Does one file; only looks whether it can be if ``target`` is None."""

    @abstractmethod
    def concerns(self, edits: int) -> bool:
        """Whether a file of which so many edits change is to be written."""

    @abstractmethod
    def nothing(self) -> str:
        """What to say if no file is."""

    def run(self) -> int:
        """Does all files of the report; returns the exit code."""
        with ExitStack() as stack:
            with naming(self._name, InputError):
                report = stack.enter_context(Path(self._name).open("rb"))
                files = files_of(self._name, report)
            self._single = len(files) == 1
            if self._operand is not None and not self._single:
                raise UsageError(
                    translated(
                        "{report} tells of {count:,} files; a FILE can only be named for one",
                        report=self._name,
                        count=len(files),
                    )
                )
            self._check_new_report(files)
            todo = self._concerned(report, files)
            if not todo:
                raise InputError(about(self._name, self.nothing()))
            if not self._dry_run:
                stack.enter_context(self._updating(report, files))
            for file, count in todo:
                self._try(FileReplay(report, file, self.states(file)), count)
        if self._files:
            edits, files_done = _edits(self._edits), _files(self._files)
            complain(translated(self.done, edits=edits, files=files_done))
            if not self._edits:
                complain(
                    translated(
                        "{report}: says of no edit that it is applied; the files are as they"
                        " were read",
                        report=self._name,
                    )
                )
        return self._failures.exit_code

    def _check_new_report(self, files: Sequence[FileParts]) -> None:
        """Raises UsageError if the new report would take the place of a file."""
        new = self._report and os.path.realpath(self._report)
        for file in files:
            names = [file.path, file.written.output if file.written else None, self._operand]
            if new and new in [os.path.realpath(name) for name in names if name is not None]:
                raise UsageError(
                    translated(
                        "--report {report}: is a file of the report; choose another",
                        report=self._report,
                    )
                )

    def _concerned(
        self, report: BinaryIO, files: Sequence[FileParts]
    ) -> list[tuple[FileParts, int]]:
        """The files that are to be written, each with how many edits are to change."""
        counts = [FileReplay(report, file, self.states(file)).differences() for file in files]
        pairs = zip(files, counts, strict=True)
        return [(file, count) for file, count in pairs if self.concerns(count)]

    def _try(self, file: FileReplay, count: int) -> None:
        try:
            written = file.written()
            place = self._place(written)
            target = self._target(written, place)
            if self._dry_run:
                self.replay(file, place, None)
                print(f"{target}: {_edits(count)}")
            else:
                self._do(file, place, target, count)
        except DoneBeforeError as error:
            self._done.setdefault(error.done.written.path, error.done)
            self._failures.add(error)
        except InputError as error:
            self._failures.add(error)

    def _do(self, file: FileReplay, place: str, target: str, count: int) -> None:
        if target != place:
            _make_folder(target)
        done = self.replay(file, place, target)
        assert done
        self._done[done.written.path] = done
        self._edits, self._files = self._edits + count, self._files + 1
        if not done.exact:
            complain(
                translated(
                    "{target}: all that is in it is as it was; it is packed anew, so the file "
                    "itself differs from the original",
                    target=target,
                )
            )

    def _place(self, written: Written) -> str:
        place = self._operand if self._operand is not None else self.place(written)
        if place is None or place == STDIN:
            raise InputError(
                translated(
                    "{path}: did not become a file of its own (standard output, or one file for"
                    " several); name the file: vnclean {command} {report} FILE",
                    path=written.path,
                    command=self.command,
                    report=self._name,
                )
            )
        return place

    def _target(self, written: Written, place: str) -> str:
        if self._output is None:
            known = self.target(written, place)
            if known is None:
                raise InputError(
                    translated(
                        "{path}: did not become a file of its own (standard output, or one file"
                        " for several); name the file with -o",
                        path=written.path,
                    )
                )
            return known
        target = self._output
        if not self._single or target.endswith("/") or is_folder(target):
            parts = Path(written.path).parts
            target = str(Path(target, *(part for part in parts if part not in ("/", ".."))))
        if os.path.lexists(target):
            raise InputError(
                translated("{target}: exists already; choose another place with -o", target=target)
            )
        return target

    @contextmanager
    def _updating(self, report: BinaryIO, files: Sequence[FileParts]) -> Iterator[None]:
        """In the end, however it comes, writes the report of what holds then."""
        name = self._report
        if name is None and self._output is None:
            name = self._name
        if name is None:
            yield
            return
        with naming(name, OutputError), AtomicFile(Path(name)) as updated:
            try:
                yield
            finally:
                if self._done:
                    write_updated(report, files, self._done, updated)
                    updated.commit()


def _edits(number: int) -> str:
    """A number of edits.

    >>> _edits(1), _edits(1234)
    ('1 edit', '1,234 edits')
    """
    return counted("{count:,} edit", "{count:,} edits", number)


def _files(number: int) -> str:
    return counted("{count:,} file", "{count:,} files", number)


def _make_folder(target: str) -> None:
    folder = Path(target).parent
    with naming(str(folder), InputError):
        folder.mkdir(parents=True, exist_ok=True)
