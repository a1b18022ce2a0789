"""The language of what is said to people: written in English, translated by gettext.

What programs read (reports, JSON, SARIF, manifests) is in English whatever the language.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path
from typing import Final

#: Languages that there are messages in, by the names of ISO 639-1.
LANGUAGES: Final = ("en", "vi")
#: Names the language for processes that this one starts.
VARIABLE: Final = "VNCLEAN_LANG"
_catalogue = gettext.NullTranslations()


def translated(message: str, **values: object) -> str:
    """``message`` in the chosen language, with ``values`` put in by ``str.format``.

    ``message`` is a literal, or a constant that was :func:`marked`, so that tools find it.
    Without values nothing is formatted, and braces are just braces.

    >>> translated("{path}: must be a folder", path="a.txt")
    'a.txt: must be a folder'
    """
    found = _catalogue.gettext(message)
    return found.format(**values) if values else found


def marked(message: str) -> str:
    """``message`` as it is: marks a constant that :func:`translated` is given later.

    >>> marked("no such command")
    'no such command'
    """
    return message


def choose(language: str) -> None:
    """Sets the language, one of :data:`LANGUAGES`, for this process and those that it starts."""
    global _catalogue
    os.environ[VARIABLE] = language
    folder = Path(__file__).with_name("locale")
    _catalogue = gettext.translation("vnclean", folder, [language], fallback=True)
