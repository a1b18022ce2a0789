"""``vnclean check``: says what would be repaired, changes nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from vnclean.cli.options import (
    CleanerOptions,
    add_cleaner_options,
    load_cleaner,
    make_jobs,
    make_model,
    make_resolver,
    run_values,
)
from vnclean.cli.output import Stdout, complain
from vnclean.cli.parsing import Parser
from vnclean.cli.reading import Document, cleaned_documents
from vnclean.cli.streams import (
    STDIN,
    Failures,
    expanded,
    faults_of,
    is_folder,
    tell_of_terminal,
    warn_of_invalid_bytes,
)
from vnclean.config import Config
from vnclean.documents.encoding import BinaryInputError
from vnclean.errors import InputError, OutputError, UsageError
from vnclean.language import about, in_english, marked, translated
from vnclean.pipeline import CleanedBlock
from vnclean.reports.encoded import encoded
from vnclean.reports.listing import FORMATS, Listing, listing
from vnclean.settings.resolver import Resolver

if TYPE_CHECKING:
    from vnclean.batch.ignoring import Ignoring

_DESCRIPTION: Final = marked(
    """\
Say what clean would repair; change nothing.

Reads each PATH, or standard input if there is none or it is -; of a folder, all
text in it.  Exits with 1 if there is anything to repair."""
)


class _Options(CleanerOptions):
    format: str | None
    diff: bool
    show_all: bool
    exclude: list[str]


def run(arguments: list[str]) -> int:
    """``vnclean check``; returns the exit code."""
    options = _Options()
    paths = [name for path in _parser().parse(arguments, options) for name in expanded(path)]
    settings = make_resolver(options)
    values = run_values(settings, paths)
    jobs = make_jobs(values, default=0 if any(map(is_folder, paths)) else 1)
    format_ = options.format or values["format"].value
    if format_ not in FORMATS:
        names = translated("{names} or {last}", names=", ".join(FORMATS[:-1]), last=FORMATS[-1])
        raise UsageError(
            translated("--format {format}: must be {names}", format=format_, names=names)
        )
    if options.diff and (options.show_all or (options.format or "text") != "text"):
        raise UsageError(
            translated("--diff shows only repairs, as a diff; leave out --all and --format")
        )
    if not paths:
        tell_of_terminal("check")
    ignoring = partial(_ignoring, options.exclude, settings, paths)
    inputs = _Inputs(paths or [STDIN], ignoring, settings)
    view = _Diffs() if options.diff else _Findings(format_, options.show_all)
    cleaner = load_cleaner(Config(), jobs, make_model(values))
    with cleaned_documents(inputs.names, cleaner, jobs, settings.of) as documents:
        return _Check(view, inputs).run(documents)


def _parser() -> Parser:
    parser = Parser("vnclean check", "[PATH]...", _DESCRIPTION)
    parser.add_argument(
        "--format",
        metavar="NAME",
        help=translated(
            "text: lines to read (the default); json: JSON Lines, as in a report; "
            "github: annotations of GitHub Actions; sarif: SARIF 2.1.0"
        ),
    )
    parser.add_argument(
        "--diff", action="store_true", help=translated("show a unified diff, fit for patch -p0")
    )
    parser.add_argument(
        "--all",
        dest="show_all",
        action="store_true",
        help=translated("also list what clean would leave alone"),
    )
    parser.add_argument(
        "--exclude",
        metavar="GLOB",
        action="append",
        default=[],
        help=translated(
            "in folders, leave out what matches, as in a .gitignore; may be given again"
        ),
    )
    add_cleaner_options(parser)
    return parser


def _ignoring(exclude: list[str], settings: Resolver, paths: list[str]) -> Ignoring:
    from vnclean.batch.ignoring import Ignoring

    return Ignoring.of(exclude, settings.exclusions(paths))


class _Inputs:
    """The names of what is to be read: those given, and those of the text in folders."""

    def __init__(
        self, paths: Iterable[str], ignoring: Callable[[], Ignoring], settings: Resolver
    ) -> None:
        """Names archives on stderr, which are not looked into.

        ``ignoring``: gives what is left out of folders, if there are any.
        """
        self.names: list[str] = []
        self.failed: list[tuple[str, InputError]] = []  #: what kept from listing a folder
        self._found: set[str] = set()
        for path in paths:
            if path == STDIN or not is_folder(path):
                self.names.append(path)
            else:
                self._walk(path, ignoring(), settings)

    def _walk(self, folder: str, ignoring: Ignoring, settings: Resolver) -> None:
        from vnclean.batch.inputs import Inputs

        inputs = Inputs(ignoring)
        inputs.add(folder, "")
        for path, reason in inputs.failed:
            self.failed.append((path, InputError(about(path, reason))))
        for path in (file.path for file in inputs.files):
            if settings.of(path).reading.kind(path).is_archive:
                complain(
                    translated(
                        "{path}: is an archive and was not read; clean it with -o DIR", path=path
                    )
                )
            else:
                self._found.add(path)
                self.names.append(path)

    def is_wanted(self, path: str) -> bool:
        """Whether it was asked for by its name: what is no text is left out of folders."""
        return path not in self._found


class _View:
    """What is shown of documents."""

    def begin(self) -> bytes:
        """What comes first."""
        return b""

    def document(self, document: Document, blocks: Iterable[CleanedBlock]) -> Iterator[bytes]:
        """A document whose blocks come by."""
        raise NotImplementedError

    def failure(self, path: str, error: InputError) -> bytes:
        """One that could not be read to its end."""
        return b""

    def end(self, *, complete: bool) -> bytes:
        """What comes last."""
        return b""


class _Diffs(_View):
    def document(self, document: Document, blocks: Iterable[CleanedBlock]) -> Iterator[bytes]:
        from vnclean.reports.diff import unified_diff

        encoding = document.reader().encoding
        mark = encoding.bom.decode("utf-8") if encoding.name == "UTF-8" else ""
        for part in unified_diff(document.path, blocks, mark):
            yield encoded(part)


class _Findings(_View):
    def __init__(self, format_: str, show_all: bool) -> None:
        self._show_all = show_all
        terminal = sys.stdout is not None and sys.stdout.isatty()
        self._listing: Listing = listing(format_, terminal=terminal)

    def begin(self) -> bytes:
        return self._listing.begin()

    def document(self, document: Document, blocks: Iterable[CleanedBlock]) -> Iterator[bytes]:
        encode, show_all = self._listing.finding, self._show_all
        for cleaned in blocks:
            findings = cleaned.findings(document.path)
            yield b"".join(encode(found) for found in findings if show_all or found.edit.applied)
        origin = document.origin()
        if origin.converted or (show_all and origin.notable):
            yield self._listing.origin(origin)

    def failure(self, path: str, error: InputError) -> bytes:
        return self._listing.failure(path, in_english(error))

    def end(self, *, complete: bool) -> bytes:
        return self._listing.end(complete=complete)


class _Check:
    """One run: documents in, what is shown of them out."""

    def __init__(self, view: _View, inputs: _Inputs) -> None:
        self._view, self._inputs = view, inputs
        self._failures = Failures()
        self._stdout = Stdout()
        self._found = False

    def run(self, documents: Iterable[Document]) -> int:
        """Shows everything; returns the exit code."""
        try:
            self._show(self._view.begin())
            try:
                for path, error in self._inputs.failed:
                    self._failed(path, error)
                for document in documents:
                    self._one(document)
            except (BrokenPipeError, OutputError):
                raise
            except BaseException:  # interrupted: what was begun is closed, so that it can be read
                self._show(self._view.end(complete=False))
                raise
            self._show(self._view.end(complete=not self._failures.exit_code))
        except BrokenPipeError:
            pass
        return self._failures.exit_code or int(self._found)

    def _one(self, document: Document) -> None:
        try:
            reader = document.reader()
            for shown in self._view.document(document, self._noting(document.blocks())):
                self._show(shown)
            self._found |= document.origin().converted
            warn_of_invalid_bytes(document.path, reader)
            for error in faults_of(document.path, reader):
                self._failed(document.path, error)
        except InputError as error:
            if isinstance(error, BinaryInputError) and not self._inputs.is_wanted(document.path):
                return
            self._failed(document.path, error)

    def _failed(self, path: str, error: InputError) -> None:
        self._failures.add(error)
        self._show(self._view.failure(path, error))

    def _noting(self, blocks: Iterable[CleanedBlock]) -> Iterator[CleanedBlock]:
        for cleaned in blocks:
            self._found |= cleaned.changed()
            yield cleaned

    def _show(self, data: bytes) -> None:
        if data:
            self._stdout.write(data)
