"""How much Vietnamese a text holds."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from vnclean.orthography import Syllable, in_one_case, tone_misplaced

_WORD: Final = re.compile(r"[^\W\d_]+")


def vietnamese_words(text: str) -> int:
    """How many words with a diacritic are Vietnamese syllables, less twice those that are not.

    Each counts once.  ASCII words say nothing, as they are the same in every code page; nor do
    single letters, of which nearly every one is a word.

    >>> vietnamese_words("Tiếng Việt thanh"), vietnamese_words("für größere Tiere")
    (2, -4)
    """
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    told = {word for word in words if len(word) > 1 and not word.isascii()}
    sound = [_is_sound(word) for word in told]
    return sum(sound) - 2 * (len(sound) - sum(sound))


def _is_sound(word: str) -> bool:
    return in_one_case(word) and Syllable.parse(word) is not None and not tone_misplaced(word)
