"""Bytes as a program shows them that takes them for windows-1252."""

from __future__ import annotations


def shown(data: bytes) -> str:
    """``data`` as windows-1252 text; one character a byte, so that nothing is lost.

    Bytes that the code page does not define become the control characters of Latin-1.

    >>> shown(bytes.fromhex("54 69 D5 6E 67"))
    'TiÕng'
    """
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(
            bytes([byte]).decode("cp1252", "ignore") or chr(byte)  # one byte, one character
            for byte in data
        )
