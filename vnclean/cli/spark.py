"""``vnclean spark``: the same job on Apache Spark."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from vnclean.cli.given import make_model, make_resolver, run_values
from vnclean.cli.options import CleanerOptions, add_cleaner_options
from vnclean.cli.output import complain
from vnclean.cli.parsing import Parser
from vnclean.errors import InputError, UsageError
from vnclean.language import marked, translated

if TYPE_CHECKING:
    from vnclean.engines.spark.jobs import Order

_DESCRIPTION: Final = marked(
    """\
Repair all files of a folder on Apache Spark.

Reads the folder IN, or a single file, and writes the folder OUT, with every
edit in a report beside it.  Both appear when everything is done.  What comes
out is what vnclean clean makes of the same files.  Needs Java 17 and the extra
spark: pip install 'vnclean[spark]'."""
)
_EXAMPLES: Final = marked(
    """\
examples:
  vnclean spark crawl/ clean/ --format jsonl --field content
  vnclean spark hdfs:///crawl hdfs:///clean --format parquet --master yarn
  vnclean spark letters/ clean/ --format text --master 'local[4]' \\
    --conf spark.driver.memory=4g"""
)
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
    names = parser().parse(arguments, options)
    settings = dict(map(_setting, options.conf))
    order = _order(names, options)
    from vnclean.engines.spark.run import run_job

    outcome = run_job(order, options.master, settings, shown=options.progress and not options.quiet)
    for path, reason in outcome.failed[:_MOST_NAMED]:
        complain(f"{path}: {reason}")
    more = len(outcome.failed) - _MOST_NAMED
    if more > 0:
        complain(
            translated("{count:,} more like it; {path} names them all", count=more, path=order.told)
        )
    if not options.quiet and sys.stderr is not None:
        outcome.print(sys.stderr)
    return InputError.exit_code if outcome.failed else 0


def _order(names: list[str], options: _Options) -> Order:
    """What is asked for; raises UsageError if that makes no sense."""
    from vnclean.engines.spark.jobs import Order

    if len(names) != 2:
        raise UsageError(
            translated("a folder to read and one to write must be named; see vnclean spark --help")
        )
    if options.format is None:
        raise UsageError(translated("--format is missing: text, jsonl or parquet"))
    source, output = names
    report = options.report or f"{output.rstrip('/')}.report"
    resolver = make_resolver(options)
    model = make_model(run_values(resolver, [source]))
    replace = options.mode == "overwrite"
    return Order(source, output, report, options.format, resolver.of, model, replace)


def _setting(given: str) -> tuple[str, str]:
    name, found, value = given.partition("=")
    if not found:
        raise UsageError(translated("--conf {given}: must be a name, = and a value", given=given))
    return name, value


def parser() -> Parser:
    """The options of ``vnclean spark``."""
    parser = Parser("vnclean spark", "IN OUT", _DESCRIPTION)
    parser.epilog = translated(_EXAMPLES)
    job = parser.add_argument_group(translated("job"))
    job.add_argument(
        "--format",
        choices=("text", "jsonl", "parquet"),
        help=translated(
            "text: each file is a document, of the kind that its name says; jsonl: each line "
            "is a record; parquet: each row is one"
        ),
    )
    job.add_argument(
        "--report",
        metavar="DIR",
        help=translated("write every edit there, as JSON Lines (default: OUT.report)"),
    )
    job.add_argument(
        "--mode",
        choices=("errorifexists", "overwrite"),
        default="errorifexists",
        help=translated("what to do if OUT or its report exists (default: %(default)s)"),
    )
    job.add_argument(
        "--master",
        metavar="URL",
        help=translated(
            "where to run: local[4], spark://HOST:PORT, yarn, k8s://HOST:PORT (default: what "
            "spark-submit or the variable MASTER says, otherwise all cores of this machine)"
        ),
    )
    job.add_argument(
        "--conf",
        metavar="SETTING",
        action="append",
        default=[],
        help=translated("a setting of Spark, as spark.executor.cores=4; may be given again"),
    )
    job.add_argument(
        "--quiet", action="store_true", help=translated("show nothing but what went wrong")
    )
    job.add_argument(
        "--progress",
        action=argparse.BooleanOptionalAction,
        default=True,
        help=translated("show how far it is (default)"),
    )
    add_cleaner_options(parser.add_argument_group(translated("cleaning")), jobs=False)
    return parser
