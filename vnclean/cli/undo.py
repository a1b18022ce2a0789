"""``vnclean undo``: what a report tells of is taken back, all of it or some."""

from __future__ import annotations

from typing import ClassVar, Final

from vnclean.cli.parsing import Parser, probability
from vnclean.cli.replaying import Replay, ReplayOptions, add_replay_options
from vnclean.errors import UsageError
from vnclean.language import marked, translated
from vnclean.replaying.files import Done, FileReplay
from vnclean.replaying.index import FileParts
from vnclean.replaying.states import Choice, Line, States, Undoing
from vnclean.reports.written import Written

_DESCRIPTION: Final = marked(
    """\
Take repairs back.

Puts the originals back in the place of the files that vnclean clean --report
wrote REPORT about, or takes back only those edits that --kind, --file, --edit
and --below choose; the edits must fit all options that are given.  A file that
has changed since is left alone.  REPORT then says what still holds, so that
the rest can be undone later.

FILE: where the one file of the report is now, if it was not written by name."""
)
_EXAMPLES: Final = marked(
    """\
examples:
  vnclean undo edits.jsonl
  vnclean undo edits.jsonl --kind tone --below 0.8 --dry-run
  vnclean undo edits.jsonl --file 'news/2019/*' --edit 12,40-44
  vnclean undo edits.jsonl -o originals/"""
)


class _Options(ReplayOptions):
    kind: list[str]
    file: list[str]
    edit: list[str]
    below: str | None


def run(arguments: list[str]) -> int:
    """``vnclean undo``; returns the exit code."""
    options = _Options()
    operands = parser().parse(arguments, options)
    return _Undo(operands, options).run()


class _Undo(Replay):
    command: ClassVar[str] = "undo"
    done: ClassVar[str] = marked("undone: {edits} in {files}")

    def __init__(self, operands: list[str], options: _Options) -> None:
        super().__init__(operands, options)
        self._choice = _choice(options)

    def states(self, file: FileParts) -> States:
        """Without the edits that are chosen."""

        def meant(line: Line) -> bool:
            return self._choice.meets(line, file.path)

        return Undoing(meant)

    def place(self, written: Written) -> str | None:
        """What clean has written."""
        return written.output

    def target(self, written: Written, place: str) -> str | None:
        """The same file."""
        return place

    def replay(self, file: FileReplay, place: str, target: str | None) -> Done | None:
        """Takes edits back."""
        return file.undo(place, target)

    def concerns(self, edits: int) -> bool:
        """Only if any changes."""
        return edits > 0

    def nothing(self) -> str:
        """Either all is undone, or what is chosen is not there."""
        if self._choice.is_all:
            return translated("there is nothing to undo; all is as it was before already")
        return translated(
            "no edit that is applied fits the options; vnclean report {report} names the kinds and"
            " files there are",
            report=self._name,
        )


def _choice(options: _Options) -> Choice:
    """The edits that the options choose.

    >>> options = _Options(kind=["tone"], file=[], edit=["3,5-7"], below="0.9")
    >>> _choice(options).numbers
    (range(3, 4), range(5, 8))
    """
    return Choice(
        frozenset(options.kind),
        tuple(options.file),
        tuple(_range(word) for given in options.edit for word in given.split(",")),
        None if options.below is None else probability("--below", options.below),
    )


def _range(word: str) -> range:
    first, dash, last = word.strip().partition("-")
    ends = first, last if dash else first
    if not all(end.isascii() and end.isdecimal() for end in ends) or int(ends[0]) > int(ends[1]):
        raise UsageError(
            translated(
                "--edit {word}: must be lines of the report, for example 12 or 40-44", word=word
            )
        )
    return range(int(ends[0]), int(ends[1]) + 1)


def parser() -> Parser:
    """The options of ``vnclean undo``."""
    parser = Parser("vnclean undo", "REPORT [FILE]", _DESCRIPTION)
    parser.epilog = translated(_EXAMPLES)
    choice = parser.add_argument_group(translated("which edits (default: all)"))
    for name, metavar, text in (
        ("kind", "KIND", translated("those of this kind, for example tone; may be given again")),
        (
            "file",
            "PATH",
            translated("those in this file or document, or in those that fit this pattern"),
        ),
        ("edit", "N", translated("those in these lines of the report: 12, or 40-44, or 12,40-44")),
    ):
        choice.add_argument(f"--{name}", metavar=metavar, action="append", default=[], help=text)
    choice.add_argument(
        "--below", metavar="P", help=translated("those less sure than this, from 0 to 1")
    )
    add_replay_options(parser)
    return parser
