"""``vnclean clean``: text in, repaired text out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import Final

from vnclean.cli.clean_options import CleanOptions, check_options, is_about_trees
from vnclean.cli.cleaning import InPlace, Log, ToFile, ToStdout
from vnclean.cli.given import (
    load_cleaner,
    make_jobs,
    make_model,
    make_resolver,
    obey,
    run_values,
)
from vnclean.cli.options import add_cleaner_options, add_expansion_option
from vnclean.cli.parsing import Parser
from vnclean.cli.reading import cleaning
from vnclean.cli.streams import STDIN, expanded, tell_of_terminal
from vnclean.errors import UsageError
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


def run(arguments: list[str]) -> int:
    """``vnclean clean``; returns the exit code."""
    options = CleanOptions()
    paths = [name for path in parser().parse(arguments, options) for name in expanded(path)]
    settings = make_resolver(options)
    values = run_values(settings, paths)
    batch = is_about_trees(paths, settings, options)
    obey(options, values, _RUN_KEYS)
    if options.in_place:
        obey(options, values, ("backup",))
    if batch:
        return _run_batch(paths, arguments, settings, values, options)
    jobs = make_jobs(values, default=1)
    names = paths or [STDIN]
    check_options(names, options)
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


def _run_batch(
    paths: list[str],
    arguments: list[str],
    settings: Resolver,
    values: Mapping[str, Value],
    options: CleanOptions,
) -> int:
    from vnclean.cli.batch import Order, run_batch

    check_options([], options, trees=True)
    order = Order(
        paths=paths,
        arguments=arguments,
        settings=settings,
        model=make_model(values),
        jobs=make_jobs(values, default=0),
        options=options,
    )
    return run_batch(order)


def _destination(options: CleanOptions, log: Log, *, shared: bool) -> ToStdout | ToFile | InPlace:
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
