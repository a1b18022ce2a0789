"""What holds for each document: defaults, its configuration file, overrides, the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from vnclean import __version__
from vnclean.config import Config
from vnclean.documents.encoding import named
from vnclean.formats.kinds import Reading
from vnclean.language import translated
from vnclean.settings.entries import NAMES, Entry, Place
from vnclean.settings.keys import KEYS, OVERRIDES
from vnclean.user_words import UserWords

if TYPE_CHECKING:
    from vnclean.settings.file import SettingsFile

STDIN: Final = "-"
#: Fields of a `Reading` on which it depends what comes out, beside its encoding.
_HOW_READ: Final = ("type", "fields", "across_lines", "expansion", "markers")
#: A word cannot be in both: what is said last counts.
_OPPOSITES: Final = {"words": "corrections", "corrections": "words"}


@dataclass(frozen=True, eq=False)
class Settings:
    """What is set for a document: how it is read, and how it is cleaned."""

    config: Config = Config()
    reading: Reading = Reading()

    @cached_property
    def digest(self) -> str:
        """A checksum of everything that is set, and of the version of the program.

        >>> Settings().digest == Settings(Config(min_confidence=0.9)).digest
        False
        """
        from vnclean.documents.checksums import digest_of_bytes

        reading = self.reading
        encoding = reading.encoding.name if reading.encoding else None
        how = (encoding, *(getattr(reading, name) for name in _HOW_READ))
        return digest_of_bytes(
            repr((__version__, self.config, how)).encode("utf-8", "surrogatepass")
        )


class Source(NamedTuple):
    """Where a value comes from: a place in a file, or the command line if there is none."""

    file: SettingsFile | None
    place: Place = ()

    @property
    def line(self) -> int | None:
        """The line in the file."""
        return self.file.line(self.place) if self.file else None

    def __str__(self) -> str:
        if self.file is None:
            return translated("command line")
        where = f"{self.file.path}:{self.line}"
        return f"{where} ({OVERRIDES})" if OVERRIDES in self.place else where


class Value(NamedTuple):
    """The value of a key, and what it was put together from: nothing if it is the default."""

    value: Any
    sources: tuple[Source, ...] = ()


class Resolver:
    """Finds what holds for documents by their paths.

    ``given``: what the command line says.  ``config``: the only file to be read, whose patterns
    count from the working directory then.  ``isolated``: none is.

    >>> Resolver({"min-confidence": Entry(0.9, ())}, isolated=True).of("-").config.min_confidence
    0.9

    Raises ConfigurationError, here and when asked, for what is wrong in a file.
    """

    def __init__(
        self, given: Mapping[str, Entry], config: str | None = None, *, isolated: bool = False
    ) -> None:
        self._given = given
        self._isolated = isolated
        self._searches = config is None and not isolated
        self._only = None
        if config is not None:
            from vnclean.settings.file import read_settings

            self._only = read_settings(config)
            self._only.base = os.getcwd()
        self._in_folder: dict[str, SettingsFile | None] = {}
        self._known: dict[tuple[SettingsFile | None, tuple[int, ...]], Settings] = {}

    def of(self, path: str) -> Settings:
        """What holds for the document called ``path`` (``-``: standard input)."""
        file = self.file_of(path)
        matched = _matched(file, path)
        if (file, matched) not in self._known:
            values = self._put_together(file, matched)
            self._known[file, matched] = _settings(values, self._default_dictionaries)
        return self._known[file, matched]

    @cached_property
    def _default_dictionaries(self) -> tuple[str, ...]:
        """The user's dictionary in the working directory or above it, if there is one."""
        if self._isolated:
            return ()
        from vnclean.dictionary.place import find

        found = find(os.curdir)
        return () if found is None else (found,)

    def values(self, path: str) -> dict[str, Value]:
        """The value of every key, in the order of the table of keys, for the document ``path``."""
        file = self.file_of(path)
        return self._put_together(file, _matched(file, path))

    def of_run(self, paths: Iterable[str]) -> dict[str, Value]:
        """The value of every key for a run over ``paths``: from the file for all of them."""
        return self._put_together(self._file_for(_common(paths)), ())

    def exclusions(self, paths: Iterable[str]) -> tuple[str, Sequence[str]]:
        """What the file for all ``paths`` leaves out, and the folder its patterns count from."""
        file = self._file_for(_common(paths))
        if file is None or "exclude" not in file.entries:
            return "", ()
        return file.base, file.entries["exclude"].value

    def file_of(self, path: str) -> SettingsFile | None:
        """The configuration file for the document called ``path``, if there is one."""
        return self._file_for("" if path == STDIN else os.path.dirname(path))

    def _file_for(self, folder: str) -> SettingsFile | None:
        """The file for what lies in a folder: in it, or in the nearest one above."""
        if not self._searches:
            return self._only
        if folder not in self._in_folder:
            self._in_folder[folder] = self._searched(os.path.abspath(folder))
        return self._in_folder[folder]

    def _searched(self, folder: str) -> SettingsFile | None:
        found = None
        if any(os.path.lexists(f"{folder}/{name}") for name in NAMES):
            from vnclean.settings.file import settings_in  # most have none

            found = settings_in(_displayed(folder))
        above = os.path.dirname(folder)
        if found or above == folder:
            return found
        return self._file_for(above)

    def _put_together(self, file: SettingsFile | None, matched: Sequence[int]) -> dict[str, Value]:
        values = {key.name: Value(key.default) for key in KEYS.values()}
        if file:
            _add(values, file.entries, file)
            for number in matched:
                _add(values, file.overrides[number].entries, file)
        _add(values, self._given, None)
        return values


def _displayed(folder: str) -> str:
    """How to call a folder: from the working directory, if it is in that."""
    relative = os.path.relpath(folder)
    if relative == os.curdir:
        return ""
    return folder if relative.startswith(os.pardir) else relative


def _common(paths: Iterable[str]) -> str:
    """The innermost folder that all ``paths`` are in, or are; the working directory for none."""
    folders = [
        path if os.path.isdir(path) else os.path.dirname(path) for path in paths if path != STDIN
    ]
    return os.path.commonpath(map(os.path.abspath, folders)) if folders else ""


def _matched(file: SettingsFile | None, path: str) -> tuple[int, ...]:
    """The numbers of the overrides that are for a document."""
    if file is None or not file.overrides or path == STDIN:
        return ()
    name = os.path.relpath(path, file.base)
    overrides = enumerate(file.overrides)
    return tuple(number for number, override in overrides if override.files.match_file(name))


def _add(values: dict[str, Value], entries: Mapping[str, Entry], file: SettingsFile | None) -> None:
    """Puts in what one place says."""
    for name, entry in entries.items():
        known = values[name]
        sources = tuple(Source(file, place) for place in entry.places) or (Source(file),)
        if KEYS[name].adds:
            values[name] = Value((known.value or ()) + entry.value, known.sources + sources)
        else:
            values[name] = Value(entry.value, sources)
    for name in _OPPOSITES.keys() & entries.keys():
        _take_back(values, _OPPOSITES[name], {_word(item) for item in entries[name].value})


def _take_back(values: dict[str, Value], name: str, words: set[str]) -> None:
    """What is said of some words no longer counts."""
    known = values[name]
    left = tuple(item for item in known.value if _word(item) not in words)
    values[name] = known._replace(value=left)


def _word(item: str | tuple[str, str]) -> str:
    return item if isinstance(item, str) else item[0]


def _settings(values: Mapping[str, Value], default: Sequence[str]) -> Settings:
    """``default``: dictionaries, if no others are named."""

    def value(name: str) -> Any:
        return values[name].value

    config = Config(
        min_confidence=value("min-confidence"),
        tone_style=value("tone-style"),
        join_lines=value("join-lines"),
        drop_boilerplate=value("drop-boilerplate"),
        leave=value("leave"),
        user_words=_user_words(values, default),
        markers=value("markers"),
    )
    encoding = value("encoding")
    reading = Reading(
        encoding=None if encoding is None else named(encoding),
        type=value("type"),
        fields=tuple(dict.fromkeys(value("field"))),
        across_lines=config.across_lines,
        markers=config.markers,
        expansion=value("expansion"),
    )
    return Settings(config, reading)


def _user_words(values: Mapping[str, Value], default: Sequence[str]) -> UserWords:
    """What dictionaries say, before that decisions, and before these what is set itself."""
    own = UserWords()
    named_ones = values["dictionaries"].value
    if dictionaries := default if named_ones is None else named_ones:
        from vnclean.dictionary.load import load

        own = load(dictionaries)
    for path in values["decisions"].value:
        from vnclean.decisions import read_decisions

        own = own.joined(read_decisions(path).user_words())
    corrections = dict(values["corrections"].value)
    words, ignore = values["words"].value, values["ignore"].value
    return own.joined(UserWords(words, tuple(corrections.items()), ignore=ignore))
