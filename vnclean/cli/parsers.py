"""The parsers of all commands, for what tells of all of them: completions, the manual, tests."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from vnclean.cli.main import COMMANDS
from vnclean.cli.parsing import Parser


def all_parsers() -> dict[str, Parser]:
    """The parser of each command by its name; a command of a command follows it.

    >>> [name for name in all_parsers() if name.startswith("model")]
    ['model', 'model build', 'model train', 'model info']
    """
    return dict(_named({name: import_module(f"vnclean.cli.{name}").parser() for name in COMMANDS}))


def _named(parsers: dict[str, Parser], before: str = "") -> Iterator[tuple[str, Parser]]:
    for name, parser in parsers.items():
        yield before + name, parser
        yield from _named(parser.commands, f"{before}{name} ")
