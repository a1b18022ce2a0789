"""``vnclean explain``: why a word was, or was not, repaired."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from vnclean.cli.given import (
    load_cleaner,
    make_model,
    make_resolver,
    run_values,
)
from vnclean.cli.options import (
    CleanerOptions,
    add_confidence_option,
    add_configuration_options,
    add_model_option,
    add_own_options,
)
from vnclean.cli.output import Stdout, complain
from vnclean.cli.parsing import Parser
from vnclean.cli.streams import STDIN, Failures, is_file, open_document, tell_of_terminal
from vnclean.documents.lines import Block
from vnclean.documents.marked import Marked
from vnclean.errors import InputError
from vnclean.formats.kinds import Reading
from vnclean.language import counted, in_english, marked, translated
from vnclean.reports.drawn import drawn, visible
from vnclean.reports.encoded import encoded
from vnclean.spelling.explanation import WordExplanation

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_DESCRIPTION: Final = marked(
    """\
Say of every word why clean changes it, or not, and show what else was weighed.

TEXT is the words in question, with some around them; standard input if there is
none.  Of a long line, only the words are shown that are changed or in doubt.
Costs are in nats (natural logarithms).  The likeliest word wins, over all its
modes."""
)
_EXAMPLES: Final = marked(
    """\
examples:
  vnclean explain "mục nước trên các sông"
  vnclean explain --all "phòng chng dịch"
  vnclean explain < article.txt"""
)
#: Lines of no more words are shown with a sentence for every word.
_SHORT: Final = 8
#: What is no wider has its sentence beside it, not below.
_NARROW: Final = 24


_HEADINGS: Final = {
    "cost": marked("cost"),
    "context": marked("context"),
    "rest": marked("rest"),
    "said": marked("said"),
    "total": marked("total"),
    "probability": marked("probability"),
}


class _Options(CleanerOptions):
    json: bool
    show_all: bool


def run(arguments: list[str]) -> int:
    """``vnclean explain``; returns the exit code."""
    options = _Options()
    text = parser().parse(arguments, options)
    if not text:
        tell_of_terminal("explain")
    elif len(text) == 1 and is_file(text[0]):
        complain(
            translated(
                "{path}: is explained as it stands; for what is in it: vnclean explain < {path}",
                path=text[0],
            )
        )
    settings = make_resolver(options)
    model = make_model(run_values(settings, []))
    cleaner = load_cleaner(settings.of(STDIN).config, model=model)
    stdout = Stdout()
    failures = Failures()
    try:
        for block in _blocks(text, settings.of(STDIN).reading.markers, failures):
            for words in cleaner.explain(block.texts, block.before, block.begins, block.off):
                shown = _json(words) if options.json else _shown(words, options.show_all)
                stdout.write(encoded(shown))
    except BrokenPipeError:
        pass
    return failures.exit_code


def parser() -> Parser:
    """The options of ``vnclean explain``."""
    parser = Parser("vnclean explain", "[TEXT]...", _DESCRIPTION)
    parser.epilog = translated(_EXAMPLES)
    parser.add_argument(
        "--json", action="store_true", help=translated("one JSON object a word instead of tables")
    )
    parser.add_argument(
        "--all",
        dest="show_all",
        action="store_true",
        help=translated("show a table for every word"),
    )
    add_confidence_option(parser)
    add_own_options(parser)
    add_model_option(parser)
    add_configuration_options(parser)
    return parser


def _blocks(text: list[str], markers: bool, failures: Failures) -> Iterator[Block]:
    """The words of the command line, or the lines of standard input."""
    if text and text != [STDIN]:
        lines = " ".join(text).splitlines()
        block = Block(lines, ["\n"] * len(lines), 1, 0, 0)
        yield Marked().of(block) if markers else block
        return
    try:
        with open_document(STDIN, Reading(markers=markers)) as reader:
            yield from (block for block in reader if block.texts)
    except InputError as error:
        failures.add(error)


def _json(words: Iterable[WordExplanation]) -> str:
    told = (asdict(word) | {"reason": in_english(word.reason)} for word in words)
    lines = [json.dumps(fields, ensure_ascii=False) + "\n" for fields in told]
    return "".join(lines).encode("utf-8", "backslashreplace").decode("utf-8")


def _shown(words: list[WordExplanation], show_all: bool) -> str:
    """A table for each word that is in doubt, a line for each other, unless there are many."""
    from rich.console import Console

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    others = 0
    with console.capture() as shown:
        for word in words:
            if show_all or word.doubtful or len(words) <= _SHORT:
                _show(word, console, table=show_all or word.doubtful)
            else:
                others += 1
        if others:
            note = counted(
                "{count:,} other word is kept without doubt; --all shows why",
                "{count:,} other words are kept without doubt; --all shows why",
                others,
            )
            console.print(note, style="dim", soft_wrap=True)
    return shown.get()


def _show(word: WordExplanation, console: Console, *, table: bool) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    line = Text(visible(word.word), "bold")
    if word.applied:
        parts = (visible(word.word), "bold red"), " → ", (visible(word.chosen), "bold green")
        line = Text.assemble(*parts)
    if line.cell_len <= _NARROW:
        beside = Table.grid(padding=(0, 2, 0, 0))
        beside.add_row(line, drawn(word.reason))
        console.print(beside)
    else:
        console.print(line, Padding(drawn(word.reason), (0, 0, 0, 4)), sep="\n")
    if table and word.candidates:
        console.print(_table(word))


def _table(word: WordExplanation) -> Table:
    """What the words farther off and the document say is left out where they say nothing."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    candidates = word.candidates
    columns = ["cost", "context"]
    columns += [name for name in ("rest", "said") if any(getattr(c, name) for c in candidates)]
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(translated("candidate"))
    table.add_column(translated("mode"))
    for heading in *columns, "total", "probability":
        table.add_column(translated(_HEADINGS[heading]), justify="right")
    for candidate in candidates:
        table.add_row(
            visible(candidate.word),
            candidate.mode,
            *(f"{getattr(candidate, name):.2f}" for name in (*columns, "total")),
            f"{candidate.posterior:.4f}",
            style="bold" if candidate.word == word.chosen else None,
        )
    return table
