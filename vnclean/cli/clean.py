"""``vnclean clean``: text in, repaired text out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from vnclean.cli.cleaning import InPlace, Log, ToFile, ToStdout
from vnclean.cli.options import (
    CleanerOptions,
    add_cleaner_options,
    load_cleaner,
    make_config,
    make_jobs,
    make_reading,
)
from vnclean.cli.parsing import Parser
from vnclean.cli.reading import cleaned_documents
from vnclean.cli.streams import STDIN, tell_of_terminal
from vnclean.errors import UsageError

_DESCRIPTION: Final = """\
Repair text.

Reads each PATH, or standard input if there is none or it is -, and writes them
one after the other to standard output.  What is no part of a repaired word
stays as it is, byte for byte."""


class _Options(CleanerOptions):
    output: str | None
    in_place: bool
    backup: str | None
    report: str | None
    summary: bool


def run(arguments: list[str]) -> int:
    """``vnclean clean``; returns the exit code."""
    options = _Options()
    paths = _parser().parse(arguments, options)
    config, jobs = make_config(options), make_jobs(options)
    reading = make_reading(options)
    names = paths or [STDIN]
    _check_usage(names, options)
    if not paths:
        tell_of_terminal("clean")
    log = Log(options.report, options.summary)
    cleaner = load_cleaner(config, jobs)
    with log, cleaned_documents(names, cleaner, jobs, reading) as documents:
        return _destination(options, log).write(documents)


def _destination(options: _Options, log: Log) -> ToStdout | ToFile | InPlace:
    if options.in_place:
        return InPlace(log, options.backup)
    if options.output is None or options.output == STDIN:
        return ToStdout(log)
    return ToFile(log, options.output)


def _parser() -> Parser:
    parser = Parser("vnclean clean", "[PATH]...", _DESCRIPTION)
    parser.add_argument("-o", "--output", metavar="FILE", help="write here, not to stdout")
    parser.add_argument("-i", "--in-place", action="store_true", help="repair the files themselves")
    parser.add_argument(
        "--backup",
        metavar="SUFFIX",
        help="with -i: keep the original under its name + SUFFIX",
    )
    parser.add_argument("--report", metavar="FILE", help="write every edit there, as JSON Lines")
    parser.add_argument("--summary", action="store_true", help="show what was done, on stderr")
    add_cleaner_options(parser)
    return parser


def _check_usage(names: list[str], options: _Options) -> None:
    """Raises UsageError for options that contradict each other or would destroy an input."""
    output, report, backup = options.output, options.report, options.backup
    for option, file in ("--output", output), ("--report", report):
        if file is not None and (not file or file.endswith("/")):
            raise UsageError(f"{option} {file!r}: must be the name of a file")
    if options.in_place and output is not None:
        raise UsageError("--in-place and --output exclude each other; choose one")
    if options.in_place and STDIN in names:
        raise UsageError("--in-place needs files; name them, or leave it out for standard input")
    if backup is not None and not options.in_place:
        raise UsageError("--backup needs --in-place; without it the original stays anyway")
    if backup is not None and (not backup or "/" in backup):
        raise UsageError(f"--backup {backup!r}: must be the end of a file name, for example .bak")
    if report == STDIN:
        raise UsageError("--report -: standard output carries the text; name a file")
    for name in names:
        if output is not None and _same_file(name, output):
            raise UsageError(f"{output}: is both input and output; use --in-place to repair a file")
        if report is not None and _same_file(name, report):
            raise UsageError(f"{report}: is both input and report; choose another report file")
    if output is not None and report is not None and _same_file(output, report):
        raise UsageError(f"{report}: is both output and report; choose another report file")


def _same_file(left: str, right: str) -> bool:
    """Whether both name one regular file, or would once it exists."""
    if STDIN in (left, right):
        return False
    one, two = Path(os.path.realpath(left)), Path(os.path.realpath(right))
    try:
        if one.is_file() and two.is_file():
            return one.samefile(two)
        return one == two and not one.exists()
    except OSError:  # it will be named when it is opened
        return False
