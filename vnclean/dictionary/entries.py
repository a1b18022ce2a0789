"""The entries of a dictionary, and how they are written.

``kim``
    A word, or several, that is never changed.
``kim tra -> kiểm tra``
    Always changed; the arrow may be ``→`` too.
``never: chng -> chiêng``
    This repair is never made, others of the word may be.
``always: dch -> dịch``
    This repair is always made if it is thought of, however unsure that is.
``ignore: MS-[0-9]+``
    Whatever this regular expression matches in a line is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal, NamedTuple, TypeAlias

from vnclean.language import marked, translated
from vnclean.orthography import skeleton
from vnclean.user_words import key

Kind: TypeAlias = Literal["word", "correction", "never", "always", "ignore"]
_REPAIRS: Final[dict[str, Kind]] = {"never": "never", "always": "always"}
_MARKS: Final = tuple(f"{name}:" for name in _REPAIRS)
_IGNORE: Final = "ignore:"
_ARROW: Final = re.compile("->|→")
_ONE_ARROW: Final = marked("must have one arrow: before -> after")
_NO_PATTERN: Final = marked("has no pattern after ignore:")
_NO_LETTER: Final = marked("has no letter, and so is no word")


class NoEntry(ValueError):
    """A text is no entry; ``str()`` of it says why."""


class Entry(NamedTuple):
    """What is said of a word, or several; ``after``: what is put there, or taken for it.

    >>> str(Entry("never", "chng", "chiêng")), str(Entry("word", "kim"))
    ('never: chng -> chiêng', 'kim')
    """

    kind: Kind
    before: str
    after: str = ""

    def __str__(self) -> str:
        mark = "" if self.kind in ("word", "correction") else f"{self.kind}: "
        return f"{mark}{self.before} -> {self.after}" if self.after else f"{mark}{self.before}"

    @property
    def subject(self) -> tuple[str, str, str]:
        """The same for two entries that speak of the same thing, in the same letter case.

        >>> Entry("word", "hòa").subject == Entry("correction", "hoà", "hoạ").subject
        True
        """
        if self.kind == "ignore":
            return "pattern", self.before, ""
        if self.kind in ("never", "always"):
            return "repair", _identity(self.before), _identity(self.after)
        return "word", _identity(self.before), ""

    @property
    def order(self) -> tuple[str, ...]:
        """What entries are sorted by: the letters without diacritics first."""
        text = f"{self.before} {self.after}"
        return skeleton(text), text.lower(), str(self)


def _identity(text: str) -> str:
    """What a word in all its spellings has in common, but for the letter case it is written in."""
    if text == text.lower():
        return key(text)
    return f"{key(text)} {''.join('X' if letter.isupper() else 'x' for letter in text)}"


def parse(text: str) -> Entry:
    """The entry that a text is; raises NoEntry.

    >>> parse("kim  tra → kiểm tra")
    Entry(kind='correction', before='kim tra', after='kiểm tra')
    >>> parse("kim ->")
    Traceback (most recent call last):
        ...
    vnclean.dictionary.entries.NoEntry: must have one arrow: before -> after
    """
    text = unicodedata.normalize("NFC", text).strip()
    if text.isalpha():
        return Entry("word", text)
    if text.startswith(_IGNORE):
        return _pattern(text.removeprefix(_IGNORE).strip())
    kind: Kind = "word"
    if text.startswith(_MARKS):
        mark, _, text = text.partition(":")
        kind = _REPAIRS[mark]
    parts = [" ".join(part.split()) for part in _ARROW.split(text)]
    if len(parts) > 2 or not all(parts) or (kind != "word" and len(parts) < 2):
        raise NoEntry(translated(_ONE_ARROW))
    if kind == "word" and len(parts) == 2:
        kind = "correction"
    if not any(map(str.isalpha, parts[0])):
        raise NoEntry(translated(_NO_LETTER))
    return Entry(kind, *parts)


def _pattern(text: str) -> Entry:
    from vnclean.pattern_checks import fault

    if reason := translated(_NO_PATTERN) if not text else fault(text):
        raise NoEntry(reason)
    return Entry("ignore", text)
