"""``vnclean help``: a topic, or the help of a command."""

from __future__ import annotations

import argparse
import io
import shutil
import sys
from contextlib import redirect_stdout, suppress
from importlib import import_module
from typing import Final

from vnclean.cli.main import COMMANDS
from vnclean.cli.output import Stdout
from vnclean.cli.parsing import Parser
from vnclean.errors import UsageError
from vnclean.language import marked, translated
from vnclean.nearest import nearest
from vnclean.topics import text, topics

_DESCRIPTION: Final = marked(
    """\
Show help on a topic or a command.

NAME is a topic, or a command as in vnclean help clean; all topics are listed if
there is none.  On a terminal, what is longer than the screen goes through the
pager that PAGER names."""
)


def run(arguments: list[str]) -> int:
    """``vnclean help``; returns the exit code."""
    names = parser().parse(arguments, argparse.Namespace())
    if not names:
        _show(_overview())
    elif names[0] in COMMANDS:
        _show(_of_command(*names))
    elif len(names) == 1 and names[0] in topics():
        _show(text(names[0]))
    else:
        near = nearest(names[0], [*topics(), *COMMANDS])
        message = marked("{name}: no such topic or command; vnclean help lists all")
        if near:
            message = marked(
                "{name}: no such topic or command, did you mean {near}?; vnclean help lists all"
            )
        raise UsageError(translated(message, name=" ".join(names), near=near))
    return 0


def parser() -> Parser:
    """The options of ``vnclean help``."""
    return Parser("vnclean help", "[NAME]...", _DESCRIPTION)


def _overview() -> str:
    width = max(map(len, topics()))
    titles = {topic: text(topic).partition("\n")[0] for topic in topics()}
    listed = "".join(f"  {topic:{width}}  {title}\n" for topic, title in titles.items())
    return translated(
        "Topics, each shown by vnclean help TOPIC:\n{topics}\n"
        "Commands, each shown by vnclean help COMMAND:\n  {commands}\n",
        topics=listed,
        commands=", ".join(COMMANDS),
    )


def _of_command(name: str, *rest: str) -> str:
    """What ``--help`` of the command shows."""
    shown = io.StringIO()
    with redirect_stdout(shown), suppress(SystemExit):
        import_module(f"vnclean.cli.{name}").run([*rest, "--help"])
    return shown.getvalue()


def _show(shown: str) -> None:
    screen = sys.stdout is not None and sys.stdout.isatty()
    if screen and shown.count("\n") >= shutil.get_terminal_size().lines:
        from pydoc import pager

        pager(shown)
    else:
        Stdout().write(shown.encode())
