"""The language of what is said to people: written in English, translated by gettext.

What programs read (reports, JSON, SARIF, manifests) is in English whatever the language.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # every command imports this module, and English needs nothing else
    from collections.abc import Callable, Iterable, Mapping
    from gettext import GNUTranslations

#: Languages that there are messages in, by the names of ISO 639-1.
LANGUAGES: Final = ("en", "vi")
#: Names the language, for us and for processes that this one starts.
VARIABLE: Final = "VNCLEAN_LANG"
#: Those that name the locale of messages, the first one that is set (POSIX).
_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
_DOMAIN: Final = "vnclean"
_language = "en"
_catalogue: GNUTranslations | None = None  #: None for English


class Translated(str):
    """A message in the chosen language; ``english``: the same for programs."""

    __slots__ = ("english",)
    english: str

    def __new__(cls, text: str, english: str) -> Translated:
        message = super().__new__(cls, text)
        message.english = english
        return message

    def __str__(self) -> str:
        """Itself, so that ``str()`` of an error with such a message is one, too."""
        return self

    def __reduce__(self) -> tuple[type[Translated], tuple[str, str]]:
        return Translated, (str.__str__(self), self.english)


def translated(message: str, /, **values: object) -> Translated:
    """``message`` in the chosen language, with ``values`` put in by ``str.format``.

    ``message`` is a literal, or a constant that was :func:`marked`, so that tools find it.
    Without values nothing is formatted, and braces are just braces.

    >>> translated("{path}: must be a folder", path="a.txt")
    'a.txt: must be a folder'
    """
    found = _catalogue.gettext(message) if _catalogue else message
    return _filled(found, message, values)


def counted(one: str, many: str, count: int, /, **values: object) -> Translated:
    """``one`` or ``many`` in the chosen language, as ``count`` wants it; that may be put in, too.

    >>> counted("{count:,} edit", "{count:,} edits", 1200)
    '1,200 edits'
    """
    english = one if count == 1 else many
    found = _catalogue.ngettext(one, many, count) if _catalogue else english
    return _filled(found, english, {"count": count, **values})


def about(what: object, reason: object) -> Translated:
    """What a message is about, and the message.

    >>> about("a.txt", "is empty")
    'a.txt: is empty'
    """
    return _filled("{what}: {reason}", "{what}: {reason}", {"what": what, "reason": reason})


def _filled(found: str, english: str, values: Mapping[str, object]) -> Translated:
    if not values:
        return Translated(found, english)
    of_english = {name: _in_english(value) for name, value in values.items()}
    return Translated(found.format(**values), english.format(**of_english))


def _in_english(value: object) -> object:
    told = str(value)
    return told.english if isinstance(told, Translated) else value


def joined(between: str, messages: Iterable[str]) -> Translated:
    """Messages as one, with ``between`` between them.

    >>> joined("; ", ["a slip", "the rest of the line"])
    'a slip; the rest of the line'
    """
    parts = list(messages)
    return Translated(between.join(parts), in_english(between).join(map(in_english, parts)))


def altered(message: str, alter: Callable[[str], str]) -> Translated:
    """A message after something was done to it, and so to its English.

    >>> altered(Translated("Tệp trống", "Is empty"), str.lower).english
    'is empty'
    """
    return Translated(alter(message), alter(in_english(message)))


def in_english(message: object) -> str:
    """What was translated, or something of which ``str()`` was, for programs to read.

    >>> in_english(ValueError(Translated("tệp trống", "is empty"))), in_english("a.txt")
    ('is empty', 'a.txt')
    """
    return str(_in_english(message))


def is_translated(message: str) -> bool:
    """Whether the chosen language says it otherwise than English does."""
    return message != "" and translated(message) != message  # of nothing gettext tells the header


def marked(message: str) -> str:
    """``message`` as it is: marks a constant that :func:`translated` is given later.

    >>> marked("no such command")
    'no such command'
    """
    return message


def chosen() -> str:
    """The language, one of :data:`LANGUAGES`."""
    return _language


def of_locale() -> str:
    """The language of the locale: Vietnamese if that is, otherwise English."""
    locale = next(filter(None, map(os.environ.get, _LOCALE)), "")
    return "vi" if locale.lower().startswith("vi") else "en"


def choose(language: str) -> None:
    """Sets the language, one of :data:`LANGUAGES`, for this process and those that it starts."""
    global _language, _catalogue
    # argparse asks gettext itself, which takes the language from the last variable.
    _language = os.environ[VARIABLE] = os.environ["LANGUAGE"] = language
    if language == "en":
        _catalogue = None
        return
    import gettext
    from pathlib import Path

    folder = Path(__file__).with_name("locale")
    with (folder / language / "LC_MESSAGES" / f"{_DOMAIN}.mo").open("rb") as file:
        _catalogue = gettext.GNUTranslations(file)
    gettext.bindtextdomain(_DOMAIN, folder)
    gettext.textdomain(_DOMAIN)


def inherit() -> None:
    """Chooses what the process that started this one has chosen."""
    language = os.environ.get(VARIABLE)
    if language in LANGUAGES:
        choose(language)
