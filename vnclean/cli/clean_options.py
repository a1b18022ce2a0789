"""The options of ``vnclean clean``, and which of them make no sense together."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from vnclean.cli.options import CleanerOptions
from vnclean.cli.streams import STDIN, is_folder
from vnclean.errors import UsageError
from vnclean.formats.kinds import kind_of
from vnclean.language import translated
from vnclean.settings.resolver import Resolver

#: Fields of the options of which nothing can be made but for whole trees.
_OF_TREES: Final = ("resume", "force", "exclude", "state", "summary_json", "dry_run", "verbose")


class CleanOptions(CleanerOptions):
    """What the command line says, and, after `vnclean.cli.given.obey`, configuration files."""

    output: str | None
    in_place: bool
    backup: str | None
    report: str | None
    summary: bool | None
    exclude: list[str]
    files_from: str | None
    resume: bool
    force: bool
    state: str | None
    summary_json: str | None
    dry_run: bool
    quiet: bool | None
    verbose: bool | None
    progress: bool | None


def is_about_trees(paths: list[str], settings: Resolver, options: CleanOptions) -> bool:
    """Whether whole trees are asked for, not texts one after the other.

    Raises UsageError for what only such a run can do, if it is none.
    """
    output = options.output
    if options.files_from is not None or (options.resume and paths):
        return True
    if paths and (options.in_place or output not in (None, STDIN, "")):
        into_folder = output is not None and (output.endswith("/") or is_folder(output))
        kinds = [settings.of(path).reading.kind(path) for path in paths]
        if output is not None and kinds == [kind_of(output)] and not is_folder(paths[0]):
            return into_folder
        if into_folder or any(map(is_folder, paths)) or any(kind.is_packed for kind in kinds):
            return True
    for name in _OF_TREES:
        if getattr(options, name):
            option = name.replace("_", "-")
            raise UsageError(
                translated(
                    "--{option} is for folders and archives; name one, and -o DIR or -i",
                    option=option,
                )
            )
    return False


def check_options(names: Sequence[str], options: CleanOptions, *, trees: bool = False) -> None:
    """Raises UsageError for options that contradict each other or would destroy an input."""
    output, report, backup = options.output, options.report, options.backup
    files = ("--report", report), ("--summary-json", options.summary_json)
    for option, file in files if trees else (("--output", output), *files):
        if file is not None and (not file or file.endswith("/")):
            raise UsageError(
                translated(
                    "{option} {file!r}: must be the name of a file", option=option, file=file
                )
            )
    if options.in_place and output is not None:
        raise UsageError(translated("--in-place and --output exclude each other; choose one"))
    if options.in_place and STDIN in names:
        raise UsageError(
            translated("--in-place needs files; name them, or leave it out for standard input")
        )
    if backup is not None and not options.in_place:
        raise UsageError(
            translated("--backup needs --in-place; without it the original stays anyway")
        )
    if backup is not None and (not backup or "/" in backup):
        raise UsageError(
            translated(
                "--backup {backup!r}: must be the end of a file name, for example .bak",
                backup=backup,
            )
        )
    if report == STDIN:
        raise UsageError(translated("--report -: standard output carries the text; name a file"))
    _check_apart(names, output, report)


def _check_apart(names: Sequence[str], output: str | None, report: str | None) -> None:
    for name in names:
        if output is not None and _same_file(name, output):
            raise UsageError(
                translated(
                    "{output}: is both input and output; use --in-place to repair a file",
                    output=output,
                )
            )
        if report is not None and _same_file(name, report):
            raise UsageError(
                translated(
                    "{report}: is both input and report; choose another report file", report=report
                )
            )
    if output is not None and report is not None and _same_file(output, report):
        raise UsageError(
            translated(
                "{report}: is both output and report; choose another report file", report=report
            )
        )


def check_trees(paths: Sequence[str], names: Sequence[str], options: CleanOptions) -> None:
    """Raises UsageError for what makes no sense of whole trees.

    ``names``: those that a file lists, beside ``paths``.
    """
    if STDIN in paths:
        raise UsageError(
            translated("-: standard input goes to standard output; name files and folders only")
        )
    if not paths and not names:
        raise UsageError(translated("nothing is named; give a PATH, or names in --files-from"))
    if options.output is None and not options.in_place:
        raise UsageError(
            translated(
                "folders and archives need a place to go: -o DIR for a clean copy, or -i "
                "to repair them where they are"
            )
        )
    output = options.output
    if output is not None and Path(output).exists() and not Path(output).is_dir():
        raise UsageError(
            translated(
                "{output}: must be a folder, for the output is more than one text", output=output
            )
        )
    if options.state is not None and not options.in_place:
        raise UsageError(
            translated("--state needs --in-place; otherwise it is in the output folder")
        )


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
