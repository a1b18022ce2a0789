"""``vnclean review``: the doubtful edits of a report, decided one by one."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Final, Literal

from vnclean.cli.output import Stdout, complain
from vnclean.cli.parsing import Parser, probability
from vnclean.cli.streams import STDIN, Failures
from vnclean.decisions import DecisionFile
from vnclean.documents.atomic import AtomicFile
from vnclean.errors import InputError, OutputError, UsageError, naming
from vnclean.language import counted, marked, translated
from vnclean.reports.reading import BadLines
from vnclean.review.queue import BELOW, Queue, Wanted
from vnclean.review.session import Session
from vnclean.review.verdicts import Verdicts

_DESCRIPTION: Final = marked(
    """\
Decide on the doubtful edits of a report.

Shows the edits of REPORT, which vnclean clean --report has written, one after
the other: those that were left alone, unless your own words, patterns or marks
keep them, and those that were made with a confidence below 0.9.  Each key
decides one, and ? shows all keys.  What was decided is on the disk at once, and
the next review goes on where this one ended.

If standard input is no terminal, each of its lines is a command: a key, after o
and O with the word, before a, r, o and numbers with * for all places."""
)
_EPILOG: Final = marked(
    """\
examples:
  vnclean review edits.jsonl --write reviewed.jsonl
  printf 'a\\no chiêng\\n*r\\n' | vnclean review edits.jsonl
  vnclean clean --decisions edits.jsonl.decisions.jsonl more.txt"""
)


class _Options(argparse.Namespace):
    below: str | None
    show_all: bool
    kind: list[str]
    file: list[str]
    order: Literal["doubt", "file"]
    decisions: str | None
    write: str | None


def run(arguments: list[str]) -> int:
    """``vnclean review``; returns the exit code."""
    options = _Options()
    names = parser().parse(arguments, options)
    if len(names) != 1 or names[0] in ("", STDIN):
        raise UsageError(translated("name one REPORT, a file; see vnclean review --help"))
    report, wanted = names[0], _wanted(options)
    decisions = options.decisions or f"{report}.decisions.jsonl"
    _check_usage(report, decisions, options)
    failures = Failures()
    with ExitStack() as stack:
        source = stack.enter_context(_opened(report))
        file = stack.enter_context(DecisionFile(decisions))
        verdicts = Verdicts(file.decisions)
        bad = BadLines()
        with naming(report, InputError):
            session = Session(Queue(source, wanted, verdicts, bad), file, verdicts)
        _tell_of(report, bad, failures)
        interrupted = _review(session, report)
        new = None if interrupted else options.write
        if new is not None:
            _write(new, report, source, verdicts)
    if len(session.queue) or not bad.count:
        _tell_what_is_next(session, report, decisions, new)
    return 130 if interrupted else failures.exit_code


def parser() -> Parser:
    """The options of ``vnclean review``."""
    parser = Parser("vnclean review", "REPORT", _DESCRIPTION)
    parser.epilog = translated(_EPILOG)
    parser.add_argument(
        "--below",
        metavar="P",
        help=translated(
            "show repairs made with a confidence below P (default: {below:g}), and all "
            "that was left alone",
            below=BELOW,
        ),
    )
    parser.add_argument(
        "--all",
        dest="show_all",
        action="store_true",
        help=translated("show all edits, those too that your own words keep"),
    )
    parser.add_argument(
        "--kind",
        metavar="KIND",
        action="append",
        default=[],
        help=translated("only edits of this kind (tone, lost-letters, …); may be given again"),
    )
    parser.add_argument(
        "--file",
        metavar="PATTERN",
        action="append",
        default=[],
        help=translated("only edits of files like this ('news/*'); may be given again"),
    )
    parser.add_argument(
        "--order",
        choices=("doubt", "file"),
        default="doubt",
        help=translated(
            "the most doubtful first, among them the commonest, or as the report has "
            "them (default: %(default)s)"
        ),
    )
    parser.add_argument(
        "--decisions",
        metavar="FILE",
        help=translated("keep what is decided there (default: REPORT.decisions.jsonl)"),
    )
    parser.add_argument(
        "--write",
        metavar="NEW",
        help=translated(
            "at the end write the report as it was decided, for vnclean apply; not after Ctrl-C"
        ),
    )
    return parser


def _wanted(options: _Options) -> Wanted:
    below = BELOW if options.below is None else probability("--below", options.below)
    kinds, files = tuple(options.kind), tuple(options.file)
    return Wanted(below, options.show_all, kinds, files, options.order)


def _check_usage(report: str, decisions: str, options: _Options) -> None:
    new = options.write
    if new is not None and (not new or new == STDIN or new.endswith("/")):
        raise UsageError(
            translated("{option} {file!r}: must be the name of a file", option="--write", file=new)
        )
    if new is not None and os.path.realpath(new) == os.path.realpath(report):
        raise UsageError(
            translated(
                "{new}: is the report itself; choose another name for the reviewed one", new=new
            )
        )
    for name, message in (
        (report, marked("{path}: is both report and --decisions; choose another name")),
        (new, marked("{path}: is both reviewed report and --decisions; choose another name")),
    ):
        if name is not None and os.path.realpath(name) == os.path.realpath(decisions):
            raise UsageError(translated(message, path=name))


def _opened(report: str) -> BinaryIO:
    with naming(report, InputError):
        if not stat.S_ISREG(Path(report).stat().st_mode):
            raise InputError(
                translated("{report}: is no regular file; write the report into one", report=report)
            )
        return Path(report).open("rb")


def _tell_of(report: str, bad: BadLines, failures: Failures) -> None:
    if bad.count:
        failures.add(
            InputError(
                translated(
                    "{report}: {bad}; is it what vnclean clean --report wrote?",
                    report=report,
                    bad=bad,
                )
            )
        )


def _review(session: Session, report: str) -> bool:
    """Whether it was ended by Ctrl-C."""
    if not len(session.queue):
        return False
    terminals = [stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)]
    if all(terminals) and os.environ.get("TERM") != "dumb":
        from vnclean.review.interactive import Interactive
        from vnclean.review.keys import Keys

        with Keys(sys.stdin.fileno(), sys.stdout.fileno()) as keys:
            return Interactive(session, keys, report).run()
    from vnclean.review.lines import run_lines

    stdout = Stdout()
    run_lines(session, _lines(), lambda text: _show(stdout, text))
    return False


def _lines() -> Iterator[str]:
    """Those of standard input, each as soon as it has come."""
    while sys.stdin is not None and (data := sys.stdin.buffer.readline()):
        try:
            yield data.decode("utf-8")
        except UnicodeDecodeError:
            raise UsageError(
                translated("standard input: is not UTF-8; what was decided is kept")
            ) from None


def _show(stdout: Stdout, text: str) -> None:
    stdout.write(text.encode("utf-8", "replace"))


def _write(new: str, report: str, source: BinaryIO, verdicts: Verdicts) -> None:
    from vnclean.review.reviewed import reviewed

    displaced: list[None] = []
    with naming(new, OutputError), AtomicFile(Path(new)) as file:
        with naming(report, InputError):
            source.seek(0)
        for line in reviewed(source, verdicts, BadLines(), lambda: displaced.append(None)):
            file.write(line)
        file.commit()
    if displaced:
        complain(
            counted(
                "{path}: {count:,} edit overlaps with one that was decided on, and not made",
                "{path}: {count:,} edits overlap with one that was decided on, and not made",
                len(displaced),
                path=new,
            )
        )


def _tell_what_is_next(session: Session, report: str, decisions: str, new: str | None) -> None:
    """Where everything is now, on stderr."""
    total, decided = len(session.queue), session.queue.decided
    if not total:
        complain(translated("{report}: nothing to review; --all shows every edit", report=report))
        return
    if not decided and new is None:
        complain(translated("nothing was decided; edits that are left: {total:,}", total=total))
        return
    message = marked(
        "{decided:,} of {total:,} decided, kept in {decisions};"
        " --write NEW writes the report as it was decided"
    )
    if new is not None:
        message = marked(
            "{decided:,} of {total:,} decided, kept in {decisions}; reviewed report: {new}"
        )
    complain(translated(message, decided=decided, total=total, decisions=decisions, new=new))
