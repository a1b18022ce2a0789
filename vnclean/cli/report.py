"""``vnclean report``: what a report amounts to, on the terminal, for programs, or as a page."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Final

from vnclean.cli.output import Stdout
from vnclean.cli.parsing import Parser
from vnclean.cli.streams import STDIN, Failures, display_name, tell_of_terminal
from vnclean.documents.atomic import AtomicFile
from vnclean.errors import InputError, OutputError, UsageError, naming
from vnclean.language import marked, translated
from vnclean.reports.origin import Origin
from vnclean.reports.overview import Overview
from vnclean.reports.reading import BadLines, Entry, read_report

_DESCRIPTION: Final = marked(
    """\
Show what a report amounts to.

Reads each REPORT that vnclean clean --report has written, or standard input if
there is none or it is -, and shows the repairs of all of them together: by
kind, by file, by confidence, the commonest ones, and what was left alone."""
)
_EXAMPLES: Final = marked(
    """\
examples:
  vnclean report edits.jsonl
  vnclean report --html edits.html 2019.jsonl 2020.jsonl
  cat 20*.jsonl | vnclean report --json"""
)


class _Options(argparse.Namespace):
    json: bool
    html: str | None
    context_only: bool


def run(arguments: list[str]) -> int:
    """``vnclean report``; returns the exit code."""
    options = _Options()
    paths = parser().parse(arguments, options)
    names = paths or [STDIN]
    _check_usage(names, options)
    if not paths:
        tell_of_terminal("report")
    failures = Failures()
    entries = _entries(names, failures)
    title = ", ".join(display_name(name) for name in names[:3]) + (", …" if names[3:] else "")
    overview = _overview(entries, title, options, failures)
    if options.json:
        _show_json(overview)
    elif options.html is None and not _in_vain(overview, failures):
        from vnclean.reports.terminal import overview_text

        stdout = Stdout()
        stdout.write(overview_text(overview, title, sys.stdout).encode("utf-8", "replace"))
    return failures.exit_code


def parser() -> Parser:
    """The options of ``vnclean report``."""
    parser = Parser("vnclean report", "[REPORT]...", _DESCRIPTION)
    parser.epilog = translated(_EXAMPLES)
    parser.add_argument(
        "--json", action="store_true", help=translated("one JSON object instead of tables")
    )
    parser.add_argument(
        "--html",
        metavar="OUT",
        help=translated(
            "write one page there that shows each repair in its text, to be opened in "
            "a browser; it needs no network"
        ),
    )
    parser.add_argument(
        "--context-only",
        action="store_true",
        help=translated(
            "with --html: show only the text in the report, even where the documents are at hand"
        ),
    )
    return parser


def _check_usage(names: list[str], options: _Options) -> None:
    out = options.html
    if options.context_only and out is None:
        raise UsageError(translated("--context-only is for a page; name it with --html"))
    if out is None:
        return
    if out == STDIN or not out or out.endswith("/"):
        raise UsageError(
            translated("{option} {file!r}: must be the name of a file", option="--html", file=out)
        )
    for name in names:
        if name != STDIN and os.path.realpath(name) == os.path.realpath(out):
            raise UsageError(
                translated(
                    "{out}: is both report and page; choose another name for the page", out=out
                )
            )


def _entries(names: Iterable[str], failures: Failures) -> Iterator[Entry | Origin]:
    """What the reports say, one after the other; what cannot be read is named and left out."""
    for name in names:
        bad = BadLines()
        try:
            with naming(display_name(name), InputError), ExitStack() as stack:
                yield from read_report(_opened(name, stack), bad)
        except InputError as error:
            failures.add(error)
        if bad.count:
            failures.add(
                InputError(
                    translated(
                        "{name}: {bad}; is it what vnclean clean --report wrote?",
                        name=display_name(name),
                        bad=bad,
                    )
                )
            )


def _opened(name: str, stack: ExitStack) -> BinaryIO:
    if name == STDIN:
        if sys.stdin is None:
            raise InputError(translated("standard input: is closed; name a report or pipe one in"))
        return sys.stdin.buffer
    if not name:
        raise InputError(translated("a REPORT is empty; check the names"))
    return stack.enter_context(Path(name).open("rb"))


def _overview(
    entries: Iterable[Entry | Origin], title: str, options: _Options, failures: Failures
) -> Overview:
    """What the reports amount to; writes the page on the way, if one is asked for."""
    if options.html is None:
        overview = Overview()
        for entry in entries:
            overview.add(entry)
        return overview
    from vnclean.reports.page import Shown, write_page

    with naming(options.html, OutputError), AtomicFile(Path(options.html)) as file:
        overview = write_page(entries, file.write, Shown(title, options.context_only))
        if not _in_vain(overview, failures):
            file.commit()
    return overview


def _in_vain(overview: Overview, failures: Failures) -> bool:
    """Whether nothing at all could be read: then an older page stays."""
    found = overview.repairs or overview.left_alone or overview.encodings
    return bool(failures.exit_code) and not found


def _show_json(overview: Overview) -> None:
    told = json.dumps(overview.figures(), ensure_ascii=False, indent=2) + "\n"
    Stdout().write(told.encode("utf-8", "backslashreplace"))
