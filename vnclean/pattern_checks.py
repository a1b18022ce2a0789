"""Whether patterns are regular expressions of the package regex at all."""

from __future__ import annotations

from collections.abc import Iterable

from vnclean.errors import UsageError
from vnclean.language import translated
from vnclean.pattern_outline import outline


def check(patterns: Iterable[str]) -> None:
    """Raises UsageError for the first one that is no regular expression.

    >>> check(["Mã số: [0-9]+", "a(b"])
    Traceback (most recent call last):
        ...
    vnclean.errors.UsageError: ignore pattern a(b: missing ) at position 3; mend it
    """
    for pattern in patterns:
        if reason := fault(pattern):
            raise UsageError(
                translated(
                    "ignore pattern {pattern}: {reason}; mend it", pattern=pattern, reason=reason
                )
            )


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
