"""Configuration files: found in a folder or above it, and read.

``vnclean.toml`` holds keys; ``pyproject.toml`` holds them in ``[tool.vnclean]``, and is passed
over if that is not there.  The first found from a folder upwards counts, and it alone; in one
folder ``vnclean.toml`` goes before.
"""

from __future__ import annotations

import os
import re
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vnclean.dictionary.place import NAME as WORDS
from vnclean.errors import UsageError, describe
from vnclean.language import Translated, about, joined, translated
from vnclean.settings.entries import OWN, PROJECT, Entry, Override, Place

if TYPE_CHECKING:
    from vnclean.settings.checking import Mistake
    from vnclean.settings.lines import KeyLines

_TABLE: Final = ("tool", "vnclean")
#: What a parser of TOML says of the place.
_WHERE: Final = r" \(at (?:line (\d+), column (\d+)|end of document)\)$"
#: So much of a line that is no TOML is shown.
_SHOWN: Final = 40


class ConfigurationError(UsageError):
    """A configuration file has mistakes; ``str()`` of it has one line for each."""


class SettingsFile:
    """What a configuration file says.  Raises ConfigurationError for all mistakes in it.

    ``path``: as messages name it.  ``base``: the folder from which patterns count.
    """

    def __init__(self, path: str, text: str, table: dict[str, Any], place: Place) -> None:
        self.path = path
        self.base = os.path.dirname(os.path.abspath(path))
        self._text = text
        from vnclean.settings.checking import Checker  # most runs have no file

        checker = Checker(os.path.dirname(path), place)
        self.entries: dict[str, Entry] = checker.entries(table)
        self.overrides: list[Override] = list(checker.overrides(table))
        if checker.mistakes:
            mistakes = sorted(checker.mistakes, key=lambda mistake: self.line(mistake.place))
            raise ConfigurationError(joined("\n", map(self._told, mistakes)))

    @cached_property
    def _lines(self) -> KeyLines:
        from vnclean.settings.lines import KeyLines

        return KeyLines(self._text)

    def line(self, place: Place) -> int:
        """The line in which something stands."""
        return self._lines.of(*place)

    def _told(self, mistake: Mistake) -> Translated:
        return about(f"{self.path}:{self.line(mistake.place)}", mistake.message)


def is_configuration(path: str) -> bool:
    """Whether a file holds a configuration or the user's words, which are none to be repaired.

    >>> is_configuration("news/vnclean.toml"), is_configuration("news/a.toml")
    (True, False)
    """
    name = os.path.basename(path)
    return name in (OWN, WORDS) or (name == PROJECT and _may_have_table(_data(path)))


def settings_in(folder: str) -> SettingsFile | None:
    """The configuration file that lies in a folder; None if there is none."""
    own = os.path.join(folder, OWN)
    if os.path.lexists(own):
        return read_settings(own)
    project = os.path.join(folder, PROJECT)
    if os.path.isfile(project):
        data = _data(project)
        if _may_have_table(data):
            return _parsed(project, data)
    return None


def read_settings(path: str) -> SettingsFile:
    """A configuration file; one that is called ``pyproject.toml`` must have the table for us."""
    found = _parsed(path, _data(path))
    if found is None:
        raise ConfigurationError(
            translated("{path}: has no table [tool.vnclean]; add it", path=path)
        )
    return found


def _may_have_table(project: bytes) -> bool:
    """Whether it is worth parsing; most have nothing for us."""
    return b"vnclean" in project


def _data(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except IsADirectoryError:
        raise ConfigurationError(
            translated(
                "{path}: is a directory; only a file of this name holds a configuration: move it"
                " away, or use --isolated",
                path=path,
            )
        ) from None
    except OSError as error:
        raise ConfigurationError(describe(path, error)) from error


def _parsed(path: str, data: bytes) -> SettingsFile | None:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    try:
        text = data.decode("utf-8-sig")
        document = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(
            translated("{path}:{line}: is not UTF-8; save it as UTF-8", path=path, line=line)
        ) from None
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(_no_toml(path, text, str(error))) from None
    if os.path.basename(path) != PROJECT:
        return SettingsFile(path, text, document, ())
    tool = document.get("tool")
    table = tool.get("vnclean") if isinstance(tool, dict) else None
    if table is None:
        return None
    if not isinstance(table, dict):
        from vnclean.settings.lines import KeyLines

        raise ConfigurationError(
            translated(
                "{path}:{line}: vnclean: must be a table; write [tool.vnclean], below it keys",
                path=path,
                line=KeyLines(text).of(*_TABLE),
            )
        )
    return SettingsFile(path, text, table, _TABLE)


def _no_toml(path: str, text: str, reason: str) -> str:
    """What to say of a text that is no TOML, for a reason that its parser gives."""
    lines = text.split("\n")
    found = re.search(_WHERE, reason)
    line, column = len(text.rstrip().split("\n")), 1
    if found:
        reason = reason[: found.start()]
        if found[1]:
            line, column = int(found[1]), int(found[2])
    return translated(
        "{path}:{line}:{column}: “{text}” is no TOML: {reason}; each key is there once, texts are"
        " in quotes, lists in [ ]",
        path=path,
        line=line,
        column=column,
        text=lines[line - 1].strip()[:_SHOWN] or translated("the end"),
        reason=translated(reason[:1].lower() + reason[1:]),
    )
