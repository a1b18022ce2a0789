"""Whether patterns are regular expressions of the package regex at all."""

from __future__ import annotations

from vnclean.language import translated
from vnclean.pattern_outline import outline


def fault(pattern: str) -> str:
    """Why a text is no regular expression; empty if it is one.

    >>> fault("a(b"), fault("a[b]")
    ('missing ) at position 3', '')
    """
    if outline(pattern) is not None:
        return ""
    import regex

    try:
        regex.compile(pattern)
    except (regex.error, OverflowError, RecursionError, ValueError) as error:
        return str(error) or translated("is too large")
    return ""
