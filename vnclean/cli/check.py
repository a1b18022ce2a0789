"""``vnclean check``: says what would be repaired, changes nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from vnclean.cli.options import (
    CleanerOptions,
    add_cleaner_options,
    load_cleaner,
    make_config,
    make_jobs,
    make_reading,
)
from vnclean.cli.output import Stdout
from vnclean.cli.parsing import Parser
from vnclean.cli.reading import Document, cleaned_documents
from vnclean.cli.streams import (
    STDIN,
    Failures,
    add_faults,
    tell_of_terminal,
    warn_of_invalid_bytes,
)
from vnclean.errors import InputError, UsageError
from vnclean.pipeline import CleanedBlock, Finding
from vnclean.reports.origin import Origin

_DESCRIPTION: Final = """\
Say what clean would repair; change nothing.

Reads each PATH, or standard input if there is none or it is -.  Exits with 1 if
there is anything to repair."""
_FORMATS: Final = ("text", "json")


class _Options(CleanerOptions):
    format: str
    diff: bool
    show_all: bool


def run(arguments: list[str]) -> int:
    """``vnclean check``; returns the exit code."""
    options = _Options()
    paths = _parser().parse(arguments, options)
    config, jobs = make_config(options), make_jobs(options)
    reading = make_reading(options)
    if options.format not in _FORMATS:
        raise UsageError(f"--format {options.format}: must be {' or '.join(_FORMATS)}")
    if options.diff and (options.show_all or options.format != "text"):
        raise UsageError("--diff shows only repairs, as a diff; leave out --all and --format")
    if not paths:
        tell_of_terminal("check")
    view = _diffs if options.diff else _listing(options.format, options.show_all)
    cleaner = load_cleaner(config, jobs)
    with cleaned_documents(paths or [STDIN], cleaner, jobs, reading) as documents:
        return _check(documents, view)


def _parser() -> Parser:
    parser = Parser("vnclean check", "[PATH]...", _DESCRIPTION)
    parser.add_argument(
        "--format",
        metavar="text|json",
        default="text",
        help="lines to read (the default), or JSON Lines",
    )
    parser.add_argument(
        "--diff", action="store_true", help="show a unified diff, fit for patch -p0"
    )
    parser.add_argument(
        "--all",
        dest="show_all",
        action="store_true",
        help="also list what clean would leave alone",
    )
    add_cleaner_options(parser)
    return parser


#: From a document and its cleaned blocks to what is shown of them.
View = Callable[[Document, Iterable[CleanedBlock]], Iterator[bytes]]


def _check(documents: Iterable[Document], view: View) -> int:
    stdout = Stdout()
    failures = Failures()
    found: list[bool] = []
    try:
        for document in documents:
            try:
                reader = document.reader()
                for shown in view(document, _noting(document.blocks(), found)):
                    stdout.write(shown)
                found[:] = [any(found) or document.origin().converted]
                warn_of_invalid_bytes(document.path, reader)
                add_faults(failures, document.path, reader)
            except InputError as error:
                failures.add(error)
    except BrokenPipeError:
        pass
    return failures.exit_code or int(any(found))


def _noting(blocks: Iterable[CleanedBlock], found: list[bool]) -> Iterator[CleanedBlock]:
    for cleaned in blocks:
        found[:] = [any(found) or cleaned.changed()]
        yield cleaned


def _diffs(document: Document, blocks: Iterable[CleanedBlock]) -> Iterator[bytes]:
    from vnclean.reports.diff import unified_diff

    encoding = document.reader().encoding
    mark = encoding.bom.decode("utf-8") if encoding.name == "UTF-8" else ""
    for part in unified_diff(document.path, blocks, mark):
        yield part.encode("utf-8", "surrogateescape")


def _listing(format_: str, show_all: bool) -> View:
    encode, encode_origin = _lister(format_), _origin_lister(format_)

    def view(document: Document, blocks: Iterable[CleanedBlock]) -> Iterator[bytes]:
        for cleaned in blocks:
            findings = cleaned.findings(document.path)
            shown = [encode(found) for found in findings if show_all or found.edit.applied]
            if shown:
                yield b"".join(shown)
        origin = document.origin()
        if origin.converted or (show_all and origin.notable):
            yield encode_origin(origin)

    return view


def _lister(name: str) -> Callable[[Finding], bytes]:
    """How one finding is shown: for programs, for a terminal, or for a pipe."""
    if name == "json":
        from vnclean.reports.jsonl import encode

        return encode
    from vnclean.reports.text import plain, terminal_encoder

    if sys.stdout is not None and sys.stdout.isatty():
        return terminal_encoder()
    return lambda finding: f"{plain(finding)}\n".encode("utf-8", "surrogateescape")


def _origin_lister(name: str) -> Callable[[Origin], bytes]:
    """How it is shown what a document came in."""
    if name == "json":
        from vnclean.reports.jsonl import encode_origin

        return encode_origin
    from vnclean.reports.text import plain_origin

    return lambda origin: f"{plain_origin(origin)}\n".encode("utf-8", "surrogateescape")
