"""Text from anywhere, as it may be put on a terminal: what cannot be seen is drawn."""

from __future__ import annotations

from typing import Final

_DRAWN: Final = {"\n": "⏎", "\u00a0": "⍽", "\x7f": "␡"}


def harmless(text: str) -> str:
    """``text`` in one line, in which nothing gives an order to the terminal.

    >>> harmless("kim\\r\\ntra"), harmless("\\x1b[31m"), harmless("a\\u202eb\\u200b")
    ('kim⏎tra', '␛[31m', 'a⟨202E⟩b⟨200B⟩')
    >>> harmless("\\udc80")
    '⟨DC80⟩'
    """
    if text.isprintable():
        return text
    return "".join(map(_drawn, text.replace("\r\n", "\n")))


def word(text: str) -> str:
    """A word, or what is in its place: blanks and nothing are drawn too.

    >>> word(""), word("  "), word("kim tra")
    ('∅', '␣␣', 'kim tra')
    """
    return harmless(text) if text.strip(" ") else text.replace(" ", "␣") or "∅"


def _drawn(letter: str) -> str:
    if letter.isprintable():
        return letter
    if letter in _DRAWN:
        return _DRAWN[letter]
    number = ord(letter)
    return chr(0x2400 + number) if number < 0x20 else f"⟨{number:04X}⟩"
