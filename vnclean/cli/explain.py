"""``vnclean explain``: why a word was, or was not, repaired."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from vnclean.cli.options import (
    CleanerOptions,
    add_confidence_option,
    load_cleaner,
    make_config,
)
from vnclean.cli.output import Stdout
from vnclean.cli.parsing import Parser
from vnclean.cli.streams import STDIN, Failures, open_document
from vnclean.errors import InputError
from vnclean.spelling.explanation import WordExplanation

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_DESCRIPTION: Final = """\
Show every candidate for every word, and why the best one won.

TEXT is the words in question, with some around them; standard input if there is
none.  Costs are in nats (natural logarithms).  The likeliest word wins, over
all its modes."""


class _Options(CleanerOptions):
    json: bool


def run(arguments: list[str]) -> int:
    """``vnclean explain``; returns the exit code."""
    options = _Options()
    text = _parser().parse(arguments, options)
    cleaner = load_cleaner(make_config(options))
    stdout = Stdout()
    failures = Failures()
    try:
        for line in _lines(text, failures):
            words = cleaner.explain(line)
            shown = _json(words) if options.json else _tables(words)
            stdout.write(shown.encode("utf-8", "surrogateescape"))
    except BrokenPipeError:
        pass
    return failures.exit_code


def _parser() -> Parser:
    parser = Parser("vnclean explain", "[TEXT]...", _DESCRIPTION)
    parser.add_argument(
        "--json", action="store_true", help="one JSON object a word instead of tables"
    )
    add_confidence_option(parser)
    return parser


def _lines(text: list[str], failures: Failures) -> Iterable[str]:
    """The words of the command line, or the lines of standard input."""
    if text and text != [STDIN]:
        yield from " ".join(text).splitlines()
        return
    try:
        with open_document(STDIN) as reader:
            for block in reader:
                yield from block.texts
    except InputError as error:
        failures.add(error)


def _json(words: Iterable[WordExplanation]) -> str:
    lines = [json.dumps(asdict(word), ensure_ascii=False) + "\n" for word in words]
    return "".join(lines).encode("utf-8", "backslashreplace").decode("utf-8")


def _tables(words: Iterable[WordExplanation]) -> str:
    """A table for each word with candidates, a line for each other."""
    from rich.console import Console

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    with console.capture() as shown:
        for word in words:
            _show(word, console)
    return shown.get()


def _show(word: WordExplanation, console: Console) -> None:
    from rich.text import Text

    line = Text(word.word, "bold")
    if word.chosen != word.word:
        line = Text.assemble((word.word, "bold red"), " → ", (word.chosen, "bold green"))
    line.append(f"  {word.reason}")
    console.print(line, soft_wrap=True)
    if word.candidates:
        console.print(_table(word))


def _table(word: WordExplanation) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("candidate")
    table.add_column("mode")
    for heading in "cost", "context", "total", "probability":
        table.add_column(heading, justify="right")
    for candidate in word.candidates:
        numbers = candidate.cost, candidate.context, candidate.total
        table.add_row(
            candidate.word,
            candidate.mode,
            *(f"{number:.2f}" for number in numbers),
            f"{candidate.posterior:.4f}",
            style="bold" if candidate.word == word.chosen else None,
        )
    return table
