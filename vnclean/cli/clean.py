"""``vnclean clean``: text in, repaired text out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from vnclean.cli.cleaning import InPlace, Log, ToFile, ToStdout
from vnclean.cli.options import (
    DEFAULT_MIN_CONFIDENCE,
    MinConfidence,
    Paths,
    load_cleaner,
    make_config,
)
from vnclean.cli.streams import STDIN, tell_of_terminal
from vnclean.errors import UsageError


def clean(
    paths: Paths = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write here, not to stdout."),
    ] = None,
    in_place: Annotated[
        bool, typer.Option("-i", "--in-place", help="Repair the files themselves.")
    ] = False,
    backup: Annotated[
        str | None,
        typer.Option(metavar="SUFFIX", help="With -i: keep the original under its name + SUFFIX."),
    ] = None,
    report: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write every edit there, as JSON Lines.")
    ] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help="Show what was done, on stderr.")
    ] = False,
    min_confidence: MinConfidence = DEFAULT_MIN_CONFIDENCE,
) -> int:
    """Repair text.

    Reads each PATH, or standard input if there is none or it is -, and writes them one after
    the other to standard output.  What is no part of a repaired word stays as it is, byte for
    byte.
    """
    config = make_config(min_confidence)
    names = paths or [STDIN]
    _check_usage(names, output, in_place, backup, report)
    if not paths:
        tell_of_terminal("clean")
    with Log(report, summary) as log:
        cleaner = load_cleaner(config)
        if in_place:
            return InPlace(cleaner, log, backup).clean(names)
        if output is None or output == STDIN:
            return ToStdout(cleaner, log).clean(names)
        return ToFile(cleaner, log, output).clean(names)


def _check_usage(
    names: list[str], output: str | None, in_place: bool, backup: str | None, report: str | None
) -> None:
    """Raises UsageError for options that contradict each other or would destroy an input."""
    for option, file in ("--output", output), ("--report", report):
        if file is not None and (not file or file.endswith("/")):
            raise UsageError(f"{option} {file!r}: must be the name of a file")
    if in_place and output is not None:
        raise UsageError("--in-place and --output exclude each other; choose one")
    if in_place and STDIN in names:
        raise UsageError("--in-place needs files; name them, or leave it out for standard input")
    if backup is not None and not in_place:
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
