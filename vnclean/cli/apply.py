"""``vnclean apply``: what a report says is done to the originals, without asking the cleaner."""

from __future__ import annotations

from typing import ClassVar, Final

from vnclean.cli.parsing import Parser
from vnclean.cli.replaying import Replay, ReplayOptions, add_replay_options
from vnclean.language import marked, translated
from vnclean.replaying.files import Done, FileReplay
from vnclean.replaying.index import FileParts
from vnclean.replaying.states import Applying, States
from vnclean.reports.written import Written

_DESCRIPTION: Final = marked(
    """\
Make the edits of a report.

Reads the originals that vnclean clean --report wrote REPORT about and makes
the edits that it says are applied, no others.  The report may have been looked
through: lines taken out, "applied" or "after" changed.  The result goes where
that of clean went, or to -o; an original that has changed is left alone.
REPORT then says what was written, so that it can be undone.

FILE: where the one original of the report is now, if it is not at its path."""
)
_EXAMPLES: Final = marked(
    """\
examples:
  vnclean clean -o clean/ --report edits.jsonl news/
  vnclean apply reviewed.jsonl -o reviewed/
  vnclean undo edits.jsonl && vnclean apply reviewed.jsonl"""
)


def run(arguments: list[str]) -> int:
    """``vnclean apply``; returns the exit code."""
    options = ReplayOptions()
    operands = parser().parse(arguments, options)
    return _Apply(operands, options).run()


def parser() -> Parser:
    """The options of ``vnclean apply``."""
    parser = Parser("vnclean apply", "REPORT [FILE]", _DESCRIPTION)
    parser.epilog = translated(_EXAMPLES)
    add_replay_options(parser)
    return parser


class _Apply(Replay):
    command: ClassVar[str] = "apply"
    done: ClassVar[str] = marked("applied: {edits} in {files}")

    def states(self, file: FileParts) -> States:
        """With all edits that the report says are applied."""
        return Applying()

    def place(self, written: Written) -> str | None:
        """The original."""
        return written.path

    def target(self, written: Written, place: str) -> str | None:
        """Where the output of clean is."""
        return written.output

    def replay(self, file: FileReplay, place: str, target: str | None) -> Done | None:
        """Makes the edits."""
        return file.apply(place, target)

    def concerns(self, edits: int) -> bool:
        """Always: it may be meant to be as the original is."""
        return True

    def nothing(self) -> str:
        """There are no files."""
        return translated("is empty; nothing was found to be repaired")
