"""What a configuration file gives, once it is checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

#: The names of configuration files; the first goes before the second.
OWN: Final = "vnclean.toml"
PROJECT: Final = "pyproject.toml"
NAMES: Final = (OWN, PROJECT)
#: Where something is in a file: see `vnclean.settings.lines.KeyLines`.
Place: TypeAlias = tuple[str | int, ...]


class Entry(NamedTuple):
    """A value that is given, and the places in the file that give it."""

    value: Any
    places: tuple[Place, ...]


class Override(NamedTuple):
    """Entries for the files that match, by their paths from the folder of the file."""

    files: GitIgnoreSpec
    entries: Mapping[str, Entry]
