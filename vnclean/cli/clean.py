"""``vnclean clean``: text in, repaired text out."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from vnclean.cli.cleaning import InPlace, Log, ToFile, ToStdout
from vnclean.cli.given import (
    load_cleaner,
    make_jobs,
    make_model,
    make_resolver,
    obey,
    run_values,
)
from vnclean.cli.options import (
    CleanerOptions,
    add_cleaner_options,
    add_expansion_option,
)
from vnclean.cli.parsing import Parser
from vnclean.cli.reading import cleaning
from vnclean.cli.streams import STDIN, expanded, is_folder, tell_of_terminal
from vnclean.errors import UsageError
from vnclean.formats.kinds import kind_of
from vnclean.language import marked, translated
from vnclean.settings.resolver import Resolver, Value

_DESCRIPTION: Final = marked(
    """\
Repair text.

Reads each PATH, or standard input if there is none or it is -, and writes them
one after the other to standard output.  What is no part of a repaired word
stays as it is, byte for byte.

If a PATH is a folder or an archive, everything in it is cleaned into the folder
-o DIR, or in place with -i.  One folder alone goes into DIR with its contents;
of several PATHs each goes into DIR under its own name.  Files that are not text
are copied as they are; hidden ones, and those that patterns in .vncleanignore
or --exclude name, are left out."""
)
#: Fields of the options that an Order has under the same name.
_BATCH_OPTIONS: Final = (
    *("output", "in_place", "backup", "report", "summary_json", "exclude", "files_from", "state"),
    *("resume", "force", "dry_run", "quiet", "verbose", "progress"),
)
_BATCH_ONLY: Final = ("resume", "force", "exclude", "state", "summary_json", "dry_run", "verbose")
#: Keys of configuration files that say what is shown and written.
_RUN_KEYS: Final = ("report", "summary", "summary-json", "quiet", "verbose", "progress")
_EXAMPLES: Final = marked(
    """\
examples:
  vnclean clean < article.txt > repaired.txt
  vnclean clean -o clean/ --report edits.jsonl news/
  vnclean clean -o clean/ --report edits.jsonl --resume news/
  vnclean clean -i --backup .bak --exclude '*.log' news/ letters.zip"""
)


class _Options(CleanerOptions):
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


def run(arguments: list[str]) -> int:
    """``vnclean clean``; returns the exit code."""
    options = _Options()
    paths = [name for path in parser().parse(arguments, options) for name in expanded(path)]
    settings = make_resolver(options)
    values = run_values(settings, paths)
    batch = _is_batch(paths, settings, options)
    obey(options, values, _RUN_KEYS)
    if options.in_place:
        obey(options, values, ("backup",))
    if batch:
        return _run_batch(paths, arguments, settings, values, options)
    jobs = make_jobs(values, default=1)
    names = paths or [STDIN]
    _check_usage(names, options)
    first = settings.of(names[0])
    packed = len(names) == 1 and first.reading.kind(names[0]).is_packed
    for name in names:
        settings.of(name)  # wrong ones are named before anything is done
    if not paths:
        tell_of_terminal("clean")
    log = Log(options.report, bool(options.summary))
    cleaner = load_cleaner(first.config, jobs, make_model(values))
    if packed:
        from vnclean.cli.packed import rewrite_packed

        output = None if options.output == STDIN else options.output
        if output is None and sys.stdout is not None and sys.stdout.isatty():
            raise UsageError(
                translated(
                    "{path}: stays packed, which a terminal cannot show; name a file with -o",
                    path=names[0],
                )
            )
        with log:
            return rewrite_packed(names[0], output, log, cleaner, jobs, first)
    with log, cleaning(cleaner, jobs) as opened:
        documents = opened.documents(names, settings.of, checked=log.checked)
        return _destination(options, log, shared=len(names) > 1).write(documents)


def _is_batch(paths: list[str], settings: Resolver, options: _Options) -> bool:
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
    for name in _BATCH_ONLY:
        if getattr(options, name):
            option = name.replace("_", "-")
            raise UsageError(
                translated(
                    "--{option} is for folders and archives; name one, and -o DIR or -i",
                    option=option,
                )
            )
    return False


def _run_batch(
    paths: list[str],
    arguments: list[str],
    settings: Resolver,
    values: Mapping[str, Value],
    options: _Options,
) -> int:
    from vnclean.cli.batch import Order, run_batch

    _check_usage([], options, batch=True)
    order = Order(
        paths=paths,
        arguments=arguments,
        settings=settings,
        model=make_model(values),
        jobs=make_jobs(values, default=0),
        **{name: getattr(options, name) for name in _BATCH_OPTIONS},
    )
    return run_batch(order)


def _destination(options: _Options, log: Log, *, shared: bool) -> ToStdout | ToFile | InPlace:
    if options.in_place:
        return InPlace(log, options.backup)
    if options.output is None or options.output == STDIN:
        return ToStdout(log)
    return ToFile(log, options.output, shared=shared)


def parser() -> Parser:
    """The options of ``vnclean clean``."""
    parser = Parser("vnclean clean", "[PATH]...", _DESCRIPTION)
    parser.epilog = translated(_EXAMPLES)
    output = parser.add_argument_group(translated("output"))
    output.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help=translated("write here, not to stdout; folders and archives: into this folder"),
    )
    output.add_argument(
        "-i", "--in-place", action="store_true", help=translated("repair the files themselves")
    )
    output.add_argument(
        "--backup",
        metavar="SUFFIX",
        help=translated("with -i: keep the original under its name + SUFFIX"),
    )
    output.add_argument(
        "--report", metavar="FILE", help=translated("write every edit there, as JSON Lines")
    )
    output.add_argument(
        "--summary",
        action=argparse.BooleanOptionalAction,
        help=translated("show what was done, on stderr"),
    )
    add_cleaner_options(parser.add_argument_group(translated("cleaning")))
    _add_batch_options(parser.add_argument_group(translated("folders and archives")))
    return parser


def _add_batch_options(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--resume",
        action="store_true",
        help=translated("go on where an earlier run stopped; only what is new or changed is done"),
    )
    group.add_argument(
        "--force",
        action="store_true",
        help=translated("begin anew where there was a run, and replace files that are in the way"),
    )
    group.add_argument(
        "--exclude",
        metavar="GLOB",
        action="append",
        default=[],
        help=translated("leave out what matches, as in a .gitignore; may be given again"),
    )
    group.add_argument(
        "--files-from",
        metavar="FILE",
        help=translated(
            "read names of files and folders from there (- is standard input), one a "
            "line or with a NUL after each; they keep their folders in DIR"
        ),
    )
    add_expansion_option(group)
    group.add_argument(
        "--dry-run", action="store_true", help=translated("say what would be done, do nothing")
    )
    group.add_argument(
        "--summary-json",
        metavar="FILE",
        help=translated(
            "write there what was done, and everything skipped or failed with its reason"
        ),
    )
    group.add_argument(
        "--state",
        metavar="DIR",
        help=translated(
            "with -i: remember there what is done (default: .vnclean in the first folder)"
        ),
    )
    group.add_argument(
        "--quiet",
        action=argparse.BooleanOptionalAction,
        help=translated("show nothing but what went wrong"),
    )
    group.add_argument(
        "--verbose",
        action=argparse.BooleanOptionalAction,
        help=translated("name everything that is skipped"),
    )
    group.add_argument(
        "--progress",
        action=argparse.BooleanOptionalAction,
        help=translated("show how far it is (default)"),
    )


def _check_usage(names: list[str], options: _Options, *, batch: bool = False) -> None:
    """Raises UsageError for options that contradict each other or would destroy an input."""
    output, report, backup = options.output, options.report, options.backup
    files = ("--report", report), ("--summary-json", options.summary_json)
    for option, file in files if batch else (("--output", output), *files):
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
