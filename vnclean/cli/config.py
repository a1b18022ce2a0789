"""``vnclean config``: what is set and where, and a file to begin with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from vnclean.cli.given import make_resolver
from vnclean.cli.options import (
    CleanerOptions,
    add_cleaner_options,
)
from vnclean.cli.output import Stdout
from vnclean.cli.parsing import Parser
from vnclean.cli.streams import STDIN, is_folder
from vnclean.cli.subcommands import chosen
from vnclean.errors import OutputError, UsageError, naming
from vnclean.language import marked, translated
from vnclean.settings.entries import OWN
from vnclean.settings.keys import KEYS, Key
from vnclean.settings.resolver import Value
from vnclean.settings.types import shown

_DESCRIPTION: Final = marked("Show what is set, and begin a configuration file.")
_HELP: Final = marked(
    """\
Usage: vnclean config COMMAND [OPTION]... [ARGUMENT]...

Show what is set, and begin a configuration file.

Settings are read from vnclean.toml, or [tool.vnclean] in pyproject.toml, in the
folder of what is cleaned or the nearest one above it.  Options of the command
line go before.

Commands:
  init     write a vnclean.toml with all keys, as comments
  show     show what holds for a file or folder, and where each value comes from

vnclean config COMMAND --help says more about each.
"""
)
_SHOW: Final = marked(
    """\
Show what holds for PATH, and where each value comes from.

PATH is a file, which need not be there, or a folder; the working directory if
left out, as for standard input.  What is shown is TOML.  Keys that hold for a
whole run (jobs, report, …) are taken from the file for all that a run names."""
)
_INIT: Final = marked(
    """\
Write a vnclean.toml with all keys, as comments, into the working directory."""
)
_BEGINNING: Final = marked(
    """\
# Settings of vnclean for this folder and those in it; the nearest file counts.
# Take the # off to set a value."""
)
_END: Final = marked(
    """\
# For some files only, the last that matches counts:
#
# [[overrides]]
# files = ["ocr/**", "*.md"]
# min-confidence = 0.8"""
)
#: How wide what comes before a comment is, if it fits.
_WIDTH: Final = 34


class _Options(CleanerOptions):
    json: bool


def run(arguments: list[str]) -> int:
    """``vnclean config``; returns the exit code."""
    commands = {"init": _init, "show": _show}
    name = chosen(arguments, commands, "vnclean config", _HELP)
    return commands[name](arguments[1:])


def parser() -> Parser:
    """The commands of ``vnclean config``, each with its options."""
    parser = Parser("vnclean config", "COMMAND", _DESCRIPTION)
    parser.commands = {"init": _init_parser(), "show": _show_parser()}
    return parser


def _init_parser() -> Parser:
    return Parser("vnclean config init", "", _INIT)


def _show_parser() -> Parser:
    parser = Parser("vnclean config show", "[PATH]", _SHOW)
    parser.add_argument(
        "--json", action="store_true", help=translated("one JSON object a key, for programs")
    )
    add_cleaner_options(parser.add_argument_group(translated("cleaning")))
    return parser


def _show(arguments: list[str]) -> int:
    options = _Options()
    paths = _show_parser().parse(arguments, options)
    if len(paths) > 1:
        raise UsageError(translated("{path}: one PATH is enough", path=paths[1]))
    path = paths[0] if paths else STDIN
    if is_folder(path):
        path = f"{path.rstrip('/')}/"
    values = make_resolver(options).values(path)
    lines = _json_lines(values) if options.json else _lines(values)
    Stdout().write("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))
    return 0


def _lines(values: dict[str, Value]) -> Iterator[str]:
    for name, (value, sources) in values.items():
        key = KEYS[name]
        where = ", ".join(map(str, sources)) or translated("default")
        if value is None:
            yield f"{f'# {name}':{_WIDTH}} # {where}: {key.otherwise}"
        else:
            yield f"{f'{name} = {_shown(key, value)}':{_WIDTH}} # {where}"


def _json_lines(values: dict[str, Value]) -> Iterator[str]:
    for name, (value, sources) in values.items():
        told = [
            {"file": source.file.path, "line": source.line} if source.file else {"option": name}
            for source in sources
        ]
        plain = _plain(KEYS[name], value)
        yield json.dumps({"key": name, "value": plain, "from": told}, ensure_ascii=False)


def _shown(key: Key, value: Any) -> str:
    return shown(_plain(key, value))


def _plain(key: Key, value: Any) -> Any:
    """A value as TOML and JSON have it."""
    return dict(value) if isinstance(key.type.instead, dict) else value


def _init(arguments: list[str]) -> int:
    if extra := _init_parser().parse(arguments, CleanerOptions()):
        raise UsageError(translated("{path}: init takes no PATH; leave it out", path=extra[0]))
    try:
        with naming(OWN, OutputError), Path(OWN).open("x", encoding="utf-8") as file:
            file.write(template())
    except OutputError as error:
        if isinstance(error.__cause__, FileExistsError):
            message = translated("{path}: is there already; change it, or move it away", path=OWN)
            raise OutputError(message) from None
        raise
    return 0


def template() -> str:
    """A file with all keys, as comments.

    >>> [line for line in template().splitlines() if line.startswith("# jobs")]
    ['# jobs = 4']
    """
    parts: list[str] = [translated(_BEGINNING)]
    for key in KEYS.values():
        value = key.type.instead if key.default in (None, ()) else key.default
        default = translated(" (default: {unset})", unset=key.otherwise) if key.unset else ""
        parts.append(f"# {translated(key.help)}{default}\n# {key.name} = {shown(value)}")
    return "\n\n".join((*parts, translated(_END))) + "\n"
