"""Text from anywhere, as it may be shown: on one line, what cannot be seen in it is drawn.

The page of a report has the same rule in ``page/text.js``; a test holds the two to each other.
"""

from __future__ import annotations

from typing import Final

_SIGNS: Final = {"\n": "⏎", "\u00a0": "⍽", "\x7f": "␡"}


def drawn(text: str) -> str:
    """``text`` in one line, in which nothing hides or gives an order to the terminal.

    >>> drawn("kim\\r\\ntra"), drawn("\\x1b[31m"), drawn("a\\u202eb\\u200b")
    ('kim⏎tra', '␛[31m', 'a⟨202E⟩b⟨200B⟩')
    >>> drawn("\\udc80")
    '⟨DC80⟩'
    """
    if text.isprintable():
        return text
    return "".join(map(_drawn, text.replace("\r\n", "\n")))


def visible(text: str) -> str:
    """The same of a word, or of what is in its place: blanks and nothing are drawn too.

    >>> visible(""), visible("  "), visible("kim tra"), visible("h-\\r\\nọc")
    ('∅', '␣␣', 'kim tra', 'h-⏎ọc')
    """
    return drawn(text) if text.strip(" ") else text.replace(" ", "␣") or "∅"


def _drawn(letter: str) -> str:
    if letter.isprintable():
        return letter
    if letter in _SIGNS:
        return _SIGNS[letter]
    number = ord(letter)
    return chr(0x2400 + number) if number < 0x20 else f"⟨{number:04X}⟩"
