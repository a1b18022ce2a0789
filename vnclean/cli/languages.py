"""Which language a command speaks: ``--lang``, the environment, the locale."""

from __future__ import annotations

import os

from vnclean.errors import UsageError
from vnclean.language import LANGUAGES, VARIABLE, choose, of_locale, translated

OPTION = "--lang"
_said = False  #: the user has said which, for this call


def without_language(arguments: list[str]) -> tuple[str | None, list[str]]:
    """What ``--lang`` asks for, None if it is not there, and all other arguments.

    It may stand anywhere before ``--``, for what is said of the rest is to be in that language.
    Raises UsageError if nothing comes after it.

    >>> without_language(["--lang", "vi", "clean", "-i", "a.txt", "--", "--lang"])
    ('vi', ['clean', '-i', 'a.txt', '--', '--lang'])
    """
    found = None
    others: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if argument == "--":
            return found, [*others, argument, *rest]
        if name != OPTION:
            others.append(argument)
        elif equals:
            found = value
        else:
            found = next(rest, "")
    return found, others


def choose_language(given: str | None) -> None:
    """Chooses the language: ``given`` by ``--lang``, or that of the environment variable, or that
    of the locale.

    Once in a process: what it chooses is in the environment then.  Raises UsageError, in the
    language of the locale, for one that there is not.
    """
    global _said
    asked = (OPTION, given), (VARIABLE, os.environ.get(VARIABLE) or None)
    name, language = next((one for one in asked if one[1] is not None), ("", of_locale()))
    if language in LANGUAGES:
        choose(language)
        _said = bool(name)
        return
    choose(of_locale())
    raise UsageError(
        translated(
            "{name} {language}: must be one of {names}",
            name=name,
            language=language,
            names=", ".join(LANGUAGES),
        )
    )


def choose_configured(language: str | None) -> None:
    """Chooses the language of a configuration file, if it has one and nobody has said another."""
    if language is not None and not _said:
        choose(language)
