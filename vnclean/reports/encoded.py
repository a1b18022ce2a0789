"""Text of any document as the bytes of a listing."""

from __future__ import annotations


def encoded(text: str) -> bytes:
    """``text`` in UTF-8: bytes that were none come out as they were.

    Half a character of UTF-16, for which UTF-8 has no bytes, becomes an escape.

    >>> encoded("ti\\udcb1ng"), encoded("ti\\ud800ng")
    (b'ti\\xb1ng', b'ti\\\\ud800ng')
    """
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")
