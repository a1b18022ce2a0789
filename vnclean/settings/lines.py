"""In which line of a TOML file a key stands, which its parser does not tell.

A file that is whole is valid statement by statement: headers of tables, and keys with their
values, each from the beginning of a line.  So the parser itself is asked where a statement ends
and which keys it sets.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

#: Names of keys from the outermost table inwards; numbers are places in lists.
Path: TypeAlias = tuple[str | int, ...]
#: One of these is in the last line of a value of several lines.
_ENDS: Final = ("]", "}", '"""', "'''")


class KeyLines:
    """The lines of all keys of a TOML text that is known to be valid.

    >>> lines = KeyLines('a = 1\\nb.c = [\\n  2,\\n  3,\\n]\\n[[d]]\\n[[d]]\\n"e f" = { g = 4 }\\n')
    >>> [lines.of(*path) for path in (("a",), ("b", "c"), ("d", 1), ("d", 1, "e f", "g"))]
    [1, 2, 7, 8]
    >>> lines.of("b", "c", 1)
    4
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        self._lists: dict[Path, tuple[int, list[str]]] = {}
        self._tables: dict[Path, int] = {}  #: how many tables a list of them has so far
        table: Path = ()
        for line, statement in _statements(text):
            parsed = tomllib.loads("\n".join(statement))
            if statement[0].lstrip().startswith("["):
                table = self._entered(parsed, line)
            else:
                self._note(table, parsed, line, statement)

    def of(self, *path: str | int) -> int:
        """The line of a key, of a table in a list of them, or of an item in a list of values.

        What has no line of its own has that of what it is in.
        """
        while path not in self._lines:
            *outer, last = path
            path = tuple(outer)
            if isinstance(last, int) and path in self._lists:
                return _line_of_item(*self._lists[path], last)
        return self._lines[path]

    def _entered(self, header: Mapping[str, Any], line: int) -> Path:
        """The path of the table that a header opens."""
        path: Path = ()
        inner: Any = header
        while inner:
            if isinstance(inner, list):
                self._tables[path] = self._tables.get(path, 0) + 1
                inner = inner[0]
            else:
                [(name, inner)] = inner.items()
                path += (name,)
                self._lines.setdefault(path, line)
            if path in self._tables and isinstance(inner, dict):
                path += (self._tables[path] - 1,)
                self._lines.setdefault(path, line)
        return path

    def _note(self, table: Path, values: Mapping[str, Any], line: int, text: list[str]) -> None:
        for name, value in values.items():
            path = (*table, name)
            self._lines.setdefault(path, line)
            if isinstance(value, dict):
                self._note(path, value, line, text)
            elif isinstance(value, list):
                self._lists[path] = line, text


def _statements(text: str) -> Iterator[tuple[int, list[str]]]:
    """The number of the first line of each statement, and all its lines."""
    begun: list[str] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        begun.append(line)
        if len(begun) > 1 and not any(end in line for end in _ENDS):
            continue
        if (parsed := _parsed(begun)) is not None:
            if parsed:
                yield number - len(begun) + 1, begun
            begun = []


def _parsed(lines: Sequence[str]) -> dict[str, Any] | None:
    """What whole statements say; None if they are not whole."""
    try:
        return tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:
        return None


def _line_of_item(first: int, lines: list[str], item: int) -> int:
    """The line of an item of a list whose statement begins in the line ``first``."""
    if _parsed([lines[0], "]"]) is None:  # it is all in one line, or in an inline table
        return first

    def count(end: int) -> int:
        parsed: Any = _parsed([*lines[:end], "]"])
        while isinstance(parsed, dict):
            parsed = next(iter(parsed.values()))
        return len(parsed or ())

    return first + min(bisect_right(range(1, len(lines)), item, key=count), len(lines) - 1)
