"""What ``vnclean model build`` and ``vnclean learn`` share: reading a text to learn from it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vnclean.cli.given import make_jobs, make_resolver, run_values
from vnclean.cli.options import (
    CleanerOptions,
    add_exclude_option,
    add_reading_options,
)
from vnclean.cli.output import complain
from vnclean.cli.parsing import Parser
from vnclean.cli.streams import expanded
from vnclean.errors import InputError
from vnclean.language import about, marked, translated

if TYPE_CHECKING:
    from vnclean.learning.text import LearnedText
    from vnclean.spelling.ngrams import NgramModel

_DAMAGED: Final = marked(
    "{damaged:,} of {parts:,} parts of the text (some pages each) look damaged and were left out;"
    " clean it first to learn from all of it"
)


class LearningOptions(CleanerOptions):
    """What :func:`add_learning_options` reads, as it was written."""

    exclude: list[str]
    json: bool
    progress: bool = True


def add_learning_options(parser: Parser) -> None:
    """The options that say what is read, and on how many cores."""
    add_exclude_option(parser)
    parser.add_argument("--json", action="store_true", help=translated("tell programs, not people"))
    parser.add_argument(
        "--progress",
        action=argparse.BooleanOptionalAction,
        default=True,
        help=translated("show how far it is (default)"),
    )
    parser.add_argument(
        "-j",
        "--jobs",
        metavar="N",
        help=translated("read on so many cores, 0 for all there are (default: all)"),
    )
    add_reading_options(parser)


def learned(
    paths: Sequence[str],
    options: LearningOptions,
    model: NgramModel,
    scratch: Path,
    show: Callable[[str, int, int], None],
) -> tuple[LearnedText, int]:
    """What the files of a command line hold, and the exit code so far: 3 if some had to be left.

    ``show``: hears what is done, how much of it, and of how much.
    """
    from vnclean.batch.ignoring import Ignoring
    from vnclean.cleaner import Cleaner
    from vnclean.learning.numbering import Numbering
    from vnclean.learning.reading import Tree
    from vnclean.learning.text import LearnedText

    text = LearnedText(Numbering(model), scratch)
    names = [name for path in paths for name in expanded(path)]
    settings = make_resolver(options)
    jobs = make_jobs(run_values(settings, names), default=0)
    ignoring = Ignoring.of(options.exclude, settings.exclusions(names))
    tree = Tree(names, ignoring, settings.of)
    tree.read(Cleaner(), jobs, text.take, lambda done: show(marked("reading"), done, tree.size))
    text.end_part()
    for path, reason in tree.heard.failed_parts:
        complain(about(path, reason))
    if text.damaged_parts:
        message = translated(_DAMAGED, damaged=text.damaged_parts, parts=text.parts)
        complain(message)
    return text, InputError.exit_code if tree.heard.failed_parts else 0


@contextmanager
def progress_bar(*, shown: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr, if that is a terminal; hears a stage, how much is done, and of how much.

    Of a stage whose length nobody knows the whole is 0.
    """
    if not (shown and sys.stderr is not None and sys.stderr.isatty()):
        yield lambda stage, done, whole: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(stage: str, done: int, whole: int) -> None:
            bar.update(task, description=translated(stage), completed=done, total=whole or None)

        yield show
