"""Words from elsewhere: dictionaries of hunspell, plain lists, decisions of a review."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from vnclean.dictionary.entries import Entry, NoEntry, parse
from vnclean.dictionary.file import Dictionary
from vnclean.errors import InputError, UsageError, naming
from vnclean.language import translated

#: What hunspell takes a file for that does not say what it is in.
_DEFAULT: Final = "ISO8859-1"
#: Flags of words that are none as they stand.
_NO_WORDS: Final = ("FORBIDDENWORD", "NEEDAFFIX", "PSEUDOROOT", "ONLYINCOMPOUND")


@dataclass(slots=True)
class Imported:
    """What a file holds: ``entries``, and what else there is to say of it."""

    entries: list[Entry] = field(default_factory=list)
    no_words: int = 0  #: that have no letter, or are marked as none
    stems: int = 0  #: words with affixes, of which only the stem was taken


def imported(path: str, encoding: str | None = None) -> Imported:
    """The entries of a file: by its name a dictionary of hunspell (``.dic``, with the ``.aff``
    beside it), decisions (``.jsonl``), or else a list, one word or entry a line.

    ``encoding``: what it is in; if None, what the ``.aff`` says, or UTF-8.  Raises InputError if
    it cannot be read, UsageError if it is not in that encoding.
    """
    suffix = Path(path).suffix.lower()
    if suffix == ".jsonl":
        return _decisions(path)
    if suffix == ".dic":
        affixes = _Affixes.beside(path)
        return _hunspell(_text(path, encoding or affixes.encoding), affixes)
    return _list(_text(path, encoding or "UTF-8"))


def _text(path: str, encoding: str) -> str:
    with naming(path, InputError):
        data = Path(path).read_bytes()
    try:
        codec = codecs.lookup(encoding.lower().removeprefix("microsoft-"))
        text = codec.decode(data)[0]
    except LookupError:
        raise UsageError(
            translated("{path}: no such encoding: {encoding}", path=path, encoding=encoding)
        ) from None
    except UnicodeDecodeError:
        raise UsageError(
            translated(
                "{path}: is not {encoding}; say with --encoding what it is",
                path=path,
                encoding=encoding,
            )
        ) from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _decisions(path: str) -> Imported:
    from vnclean.decisions import read_decisions

    own = read_decisions(path).user_words()
    return Imported(
        [
            *(Entry("word", word) for word in own.words),
            *(Entry("correction", *pair) for pair in own.corrections),
            *(Entry("always", *pair) for pair in own.always),
            *(Entry("never", *pair) for pair in own.never),
        ]
    )


def _list(text: str) -> Imported:
    dictionary = Dictionary(text)
    return Imported(dictionary.entries(), no_words=len(dictionary.problems))


def _hunspell(text: str, affixes: _Affixes) -> Imported:
    """A word a line, after a line with their number; flags follow a slash, more a tab.

    >>> found = _hunspell("3\\nkim/A\\nvà/hoặc\\ngạo\\\\/mạn\\tpo:x\\n", _Affixes())
    >>> [entry.before for entry in found.entries], found.stems
    (['kim', 'và', 'gạo/mạn'], 2)
    """
    found = Imported()
    lines = text.split("\n")
    if lines and lines[0].strip().isdecimal():
        lines = lines[1:]
    for line in lines:
        word, flags = _word_and_flags(line.partition("\t")[0].strip())
        if not word or word.startswith("#"):
            continue
        own = affixes.flags_of(flags)
        try:
            entry = parse(word)
        except NoEntry:
            found.no_words += 1
            continue
        if word.startswith("*") or own & affixes.no_words or entry.kind != "word":
            found.no_words += 1
            continue
        found.stems += bool(own)
        found.entries.append(entry)
    return found


def _word_and_flags(text: str) -> tuple[str, str]:
    parts = text.replace("\\/", "\0").split("/", 1)
    word, flags = (*parts, "")[:2]
    return word.replace("\0", "/"), flags.partition(" ")[0]


@dataclass(frozen=True)
class _Affixes:
    """What an ``.aff`` says of the words beside it."""

    encoding: str = _DEFAULT
    flags_of: Callable[[str], set[str]] = set
    no_words: frozenset[str] = frozenset()

    @classmethod
    def beside(cls, path: str) -> _Affixes:
        """That of the ``.aff`` beside a ``.dic``; UTF-8 if there is none."""
        try:
            data = Path(path).with_suffix(".aff").read_bytes()
        except OSError:
            return cls("UTF-8")
        settings = dict(_settings(data.decode("latin-1")))
        kind = settings.get("FLAG", "")
        flags_of = {"long": _long_flags, "num": _number_flags}.get(kind, set)
        return cls(
            settings.get("SET", _DEFAULT),
            flags_of,
            frozenset(settings[name] for name in _NO_WORDS if name in settings),
        )


def _settings(text: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\n"):
        parts = line.split()
        if len(parts) >= 2 and not line.startswith("#"):
            yield parts[0], parts[1]


def _long_flags(flags: str) -> set[str]:
    return {flags[at : at + 2] for at in range(0, len(flags), 2)}


def _number_flags(flags: str) -> set[str]:
    return set(flags.split(",")) - {""}
