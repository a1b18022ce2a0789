"""``vnclean check``: says what would be repaired, changes nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Annotated

import typer

from vnclean.cli.options import (
    DEFAULT_MIN_CONFIDENCE,
    MinConfidence,
    Paths,
    load_cleaner,
    make_config,
)
from vnclean.cli.streams import (
    STDIN,
    Failures,
    Stdout,
    open_document,
    tell_of_terminal,
    warn_of_invalid_bytes,
)
from vnclean.documents.text import TextReader
from vnclean.errors import InputError, UsageError
from vnclean.pipeline import CleanedBlock, Finding, Repairer, clean_blocks
from vnclean.reports import jsonl, text
from vnclean.reports.diff import unified_diff


class Format(str, Enum):
    """How findings are shown."""

    text = "text"
    json = "json"


def check(
    paths: Paths = None,
    format: Annotated[
        str,
        typer.Option("--format", metavar="text|json", help="Lines to read, or JSON Lines."),
    ] = Format.text.value,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show a unified diff, fit for patch -p0.")
    ] = False,
    show_all: Annotated[
        bool, typer.Option("--all", help="Also list what clean would leave alone.")
    ] = False,
    min_confidence: MinConfidence = DEFAULT_MIN_CONFIDENCE,
) -> int:
    """Say what clean would repair; change nothing.

    Reads each PATH, or standard input if there is none or it is -.  Exits with 1 if there is
    anything to repair.
    """
    config, shown_as = make_config(min_confidence), _format(format)
    if diff and (show_all or shown_as is not Format.text):
        raise UsageError("--diff shows only repairs, as a diff; leave out --all and --format")
    if not paths:
        tell_of_terminal("check")
    cleaner = load_cleaner(config)
    view = _diffs if diff else _listing(_lister(shown_as), show_all)
    return _check(paths or [STDIN], cleaner, view)


def _format(name: str) -> Format:
    """The format of that name; raises UsageError if there is none."""
    try:
        return Format(name)
    except ValueError:
        known = " or ".join(known.value for known in Format)
        raise UsageError(f"--format {name}: must be {known}") from None


#: From a document's cleaned blocks to what is shown of them.
View = Callable[[str, TextReader, Iterable[CleanedBlock]], Iterator[bytes]]


def _check(paths: Iterable[str], cleaner: Repairer, view: View) -> int:
    stdout = Stdout()
    failures = Failures()
    found: list[bool] = []
    try:
        for path in paths:
            try:
                with open_document(path) as reader:
                    blocks = _noting(clean_blocks(reader, cleaner), found)
                    for shown in view(path, reader, blocks):
                        stdout.write(shown)
                    warn_of_invalid_bytes(path, reader)
            except InputError as error:
                failures.add(error)
    except BrokenPipeError:
        pass
    return failures.exit_code or int(any(found))


def _noting(blocks: Iterable[CleanedBlock], found: list[bool]) -> Iterator[CleanedBlock]:
    for cleaned in blocks:
        found[:] = [any(found) or cleaned.changed()]
        yield cleaned


def _diffs(path: str, reader: TextReader, blocks: Iterable[CleanedBlock]) -> Iterator[bytes]:
    mark = reader.encoding.bom.decode("utf-8") if reader.encoding.name == "UTF-8" else ""
    for part in unified_diff(path, blocks, mark):
        yield part.encode("utf-8", "surrogateescape")


def _listing(encode: Callable[[Finding], bytes], show_all: bool) -> View:
    def view(path: str, reader: TextReader, blocks: Iterable[CleanedBlock]) -> Iterator[bytes]:
        for cleaned in blocks:
            findings = cleaned.findings(path)
            shown = [encode(found) for found in findings if show_all or found.edit.applied]
            if shown:
                yield b"".join(shown)

    return view


def _lister(format: Format) -> Callable[[Finding], bytes]:
    """How one finding is shown: for programs, for a terminal, or for a pipe."""
    if format is Format.json:
        return jsonl.encode
    if sys.stdout is not None and sys.stdout.isatty():
        return text.terminal_encoder()
    return lambda finding: f"{text.plain(finding)}\n".encode("utf-8", "surrogateescape")
