"""``vnclean spark``: the same job on Apache Spark."""

from __future__ import annotations

import argparse
import sys
from typing import Final

from vnclean.cli.options import CleanerOptions, add_cleaner_options, make_config, make_reading
from vnclean.cli.output import complain
from vnclean.cli.parsing import Parser
from vnclean.errors import UsageError
from vnclean.language import translated

_DESCRIPTION: Final = """\
Repair all files of a folder on Apache Spark.

Reads the folder IN, or a single file, and writes the folder OUT, with every
edit in a report beside it.  Both appear when everything is done.  What comes
out is what vnclean clean makes of the same files.  Needs the extra spark, as in
pip install 'vnclean[spark]', and Java 17."""
_EXAMPLES: Final = """\
examples:
  vnclean spark crawl/ clean/ --format jsonl --field text
  vnclean spark hdfs:///crawl hdfs:///clean --format parquet --master yarn
  vnclean spark letters/ clean/ --format text --master 'local[4]' \\
    --conf spark.driver.memory=4g
"""
#: So many failures are named; the summary in the report has all.
_MOST_NAMED: Final = 100


class _Options(CleanerOptions):
    format: str | None
    report: str | None
    mode: str
    master: str | None
    conf: list[str]
    quiet: bool
    progress: bool


def run(arguments: list[str]) -> int:
    """``vnclean spark``; returns the exit code."""
    options = _Options()
    names = _parser().parse(arguments, options)
    if len(names) != 2:
        raise UsageError(
            translated(
                "expected IN and OUT, got {count}; see vnclean spark --help", count=len(names)
            )
        )
    if options.format is None:
        raise UsageError(translated("--format: say whether it is text, jsonl or parquet"))
    if options.jobs is not None:
        raise UsageError(translated("--jobs: Spark knows its cores; say how many with --master"))
    settings = dict(map(_setting, options.conf))
    from vnclean.engines.spark.jobs import Order

    source, output = names
    reading = make_reading(options)
    order = Order(
        source,
        output,
        options.report or f"{output.rstrip('/')}.report",
        options.format,
        make_config(options),
        reading,
        replace=options.mode == "overwrite",
    )
    from vnclean.engines.spark.run import run_job

    outcome = run_job(order, options.master, settings, shown=options.progress and not options.quiet)
    for path, reason in outcome.failed[:_MOST_NAMED]:
        complain(f"{path}: {reason}")
    if len(outcome.failed) > _MOST_NAMED:
        more = len(outcome.failed) - _MOST_NAMED
        complain(
            translated("{count} more like it; {path} names them all", count=more, path=order.report)
        )
    if not options.quiet and sys.stderr is not None:
        outcome.print(sys.stderr)
    return 3 if outcome.failed else 0


def _setting(given: str) -> tuple[str, str]:
    name, found, value = given.partition("=")
    if not found:
        raise UsageError(
            translated("--conf {given}: must be NAME=VALUE, as spark.executor.cores=4", given=given)
        )
    return name, value


def _parser() -> Parser:
    parser = Parser("vnclean spark", "IN OUT", _DESCRIPTION)
    parser.epilog = _EXAMPLES
    job = parser.add_argument_group("job")
    job.add_argument(
        "--format",
        choices=("text", "jsonl", "parquet"),
        help="text: each file is a document, and what its name says; jsonl: each line is a record;"
        " parquet: each row is one",
    )
    job.add_argument(
        "--report",
        metavar="DIR",
        help="write every edit there, as JSON Lines (default: OUT.report)",
    )
    job.add_argument(
        "--mode",
        choices=("errorifexists", "overwrite"),
        default="errorifexists",
        help="what to do if OUT or the report exists (default: %(default)s)",
    )
    job.add_argument(
        "--master",
        metavar="URL",
        help="where to run: local[4], spark://HOST:PORT, yarn, k8s://... (default: what"
        " spark-submit or MASTER says, otherwise all cores of this machine)",
    )
    job.add_argument(
        "--conf",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="a setting of Spark; may be given again",
    )
    job.add_argument("--quiet", action="store_true", help="show nothing but what went wrong")
    job.add_argument(
        "--progress",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="show how far it is (default)",
    )
    add_cleaner_options(parser)
    return parser
