"""The manual page, vnclean(1), in the macros of man(7), from the parsers and the topics.

argparse-manpage was tried: it has no place for topics, and shows usage and groups as they come.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap
from typing import Final

from vnclean import __version__
from vnclean.cli.parsers import all_parsers
from vnclean.cli.parsing import Parser
from vnclean.topics import text, topics

_HEAD: Final = """\
.\\" Made from the parsers of the commands and the topics of help by python tools/generate.py.
.TH VNCLEAN 1 "" "vnclean {version}" "User Commands"
.SH NAME
vnclean \\- repair damaged Vietnamese text and report every change
.SH SYNOPSIS
.B vnclean
.I COMMAND
.RI [ OPTION ]...
.RI [ ARGUMENT ]...
.SH DESCRIPTION
Lost diacritics, letters lost in PDF extraction, OCR and typing slips are
repaired from the words around them.  Everything else stays as it is, byte for
byte.
.PP
.B vnclean COMMAND \\-\\-help
says what stands here of each command,
.B vnclean help
what stands here of the rest.
"""
_ESCAPES: Final = str.maketrans(
    {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"}
)


def manual() -> str:
    """The page."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    yield from _HEAD.format(version=__version__).splitlines()
    yield ".SH COMMANDS"
    for name, parser in all_parsers().items():
        if not parser.commands:
            yield from _command(name, parser)
    for topic in topics():
        title, _, body = text(topic).partition("\n")
        yield f'.SH "{_escaped(f"{topic}: {title}".upper())}"'
        yield from _filled(body, after_heading=True)


def _command(name: str, parser: Parser) -> Iterator[str]:
    yield f'.SS "vnclean {name}"'
    yield f".B {_escaped(f'vnclean {name}')}"
    yield _escaped(f"[OPTION]... {parser.operands}")
    yield from _filled(parser.description or "")
    for group in parser._action_groups:
        if group._group_actions:
            yield ".PP"
            yield f"{_escaped(group.title or '').capitalize()}:"
            for action in group._group_actions:
                yield from _option(parser, action)
    yield from _filled(parser.epilog or "")


def _option(parser: Parser, action: argparse.Action) -> Iterator[str]:
    value = "" if action.nargs == 0 else f" {action.metavar or _choices(action)}"
    yield ".TP"
    yield f".B {_escaped(', '.join(option + value for option in action.option_strings))}"
    yield from _lines_of(parser._get_formatter()._expand_help(action))


def _choices(action: argparse.Action) -> str:
    return f"{{{','.join(action.choices or [])}}}"


def _filled(plain: str, *, after_heading: bool = False) -> Iterator[str]:
    """Paragraphs are filled anew, what is indented in them stays as it is."""
    blocks = re.split(r"\n{2,}", plain.strip("\n")) if plain else []
    for block in blocks:
        for indented, group in groupby(block.split("\n"), lambda line: line.startswith("  ")):
            lines = list(group)
            if not after_heading:
                yield ".PP"
            after_heading = False
            yield from _example(lines) if indented else _lines_of(" ".join(lines))


def _lines_of(sentences: str) -> Iterator[str]:
    return map(_escaped, wrap(sentences, 70, break_long_words=False, break_on_hyphens=False))


def _example(lines: list[str]) -> Iterator[str]:
    margin = min(len(line) - len(line.lstrip()) for line in lines)
    yield from (".RS 4", ".nf")
    yield from (_escaped(line[margin:]) for line in lines)
    yield from (".fi", ".RE")


def _escaped(plain: str) -> str:
    r"""Text as roff wants it.

    >>> _escaped(r".vncleanignore, a\b, -o")
    '\\&.vncleanignore, a\\eb, \\-o'
    """
    escaped = plain.translate(_ESCAPES)
    return rf"\&{escaped}" if escaped.startswith(".") else escaped
