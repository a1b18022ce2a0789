"""What elements and references of HTML mean, for all formats that have some."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from vnclean.documents.runs import Run, spelled_by

#: As html.unescape finds them.
_REFERENCE: Final = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")

#: Elements that part no words: text goes on before, in and after them.
INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big blink cite data del dfn em font i ins label mark nobr q rb rp rt"
    " ruby s small span strike strong sub sup time u var wbr".split()
)
#: Elements that have no end tag.
VOID: Final = frozenset(
    "area base basefont br col embed frame hr img input keygen link meta param source track"
    " wbr".split()
)
#: Elements in which only their own end tag is markup, and which hold no text that is read.
RAW: Final = frozenset("iframe noembed noframes plaintext script style textarea xmp".split())
#: Other elements in which letters mean themselves.
CODE: Final = frozenset("code kbd listing math pre samp svg template tt".split())
#: Elements that never lie in one of their own kind: their end tag may be left out.
UNNESTED: Final = frozenset("p option".split())


def spelling(raw: str, start: int, end: int) -> list[Run]:
    """The :data:`~vnclean.documents.runs.Spelling` of text with references in it."""
    return spelled_by(_REFERENCE, unescape, raw, start, end)


def escape(text: str) -> str:
    """What can stand between tags, letters as themselves.

    >>> escape("a < ậ")
    'a &lt; ậ'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def ascii_escape(text: str) -> str:
    """The same with references instead of letters that are not ASCII.

    >>> ascii_escape("a < ậ")
    'a &lt; &#7853;'
    """
    return escape(text).encode("ascii", "xmlcharrefreplace").decode()
