"""What is left of single letters without their diacritics, as a table for ``str.translate``."""

from __future__ import annotations

import unicodedata
from typing import Final

#: ƣ and Ƣ (letters of the old Turkic alphabets) stand for ư in many thesis PDFs.
_LOOK_ALIKES: Final = str.maketrans({"đ": "d", "Đ": "D", "ƣ": "u", "Ƣ": "U"})


class _BareLetters(dict[int, str]):
    """Code point -> what is left of it, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        bare = "".join(part for part in parts if not unicodedata.combining(part))
        self[code] = found = "".join(map(_plain_latin, bare.translate(_LOOK_ALIKES)))
        return found


def _plain_latin(letter: str) -> str:
    """Latin letters that do not decompose (ø, ð, ł); other scripts are left as they are."""
    if letter.isascii() or not unicodedata.name(letter, "").startswith("LATIN"):
        return letter
    from unidecode import unidecode

    return unidecode(letter)


#: ``"Đường".translate(BARE)`` is ``Duong``; letters of other scripts stay.
BARE: Final = _BareLetters()
