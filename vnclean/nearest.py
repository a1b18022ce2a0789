"""Names that are not known, and the known one that was meant."""

from __future__ import annotations

from collections.abc import Collection


def nearest(name: str, known: Collection[str]) -> str:
    """Which of ``known`` may be meant by a name that is none of them; empty if none is near.

    >>> nearest("chekc", ["clean", "check"]), nearest("frobnicate", ["clean", "check"])
    ('check', '')
    """
    from difflib import get_close_matches  # seldom needed, and not small

    return next(iter(get_close_matches(name, known, 1)), "")
