"""Which words vnclean knows as Vietnamese, and may take for a slip of another one."""

from __future__ import annotations

from vnclean.user_words import key
from vnclean.wordlists import syllable_counts


def is_known(text: str) -> bool:
    """Whether each of its words is a syllable that vnclean knows.

    >>> is_known("Kiểm tra"), is_known("Kpă"), is_known("covid")
    (True, False, False)
    """
    return all(word in syllable_counts() for word in key(text).split(" "))
