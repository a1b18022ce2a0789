"""Names for what was repaired, as reports use them."""

from __future__ import annotations

from functools import lru_cache

from vnclean.orthography import fold, residue, skeleton, split_tone
from vnclean.spelling.lexicon import UNREAD
from vnclean.spelling.runs import from_keys


@lru_cache(maxsize=1 << 14)
def kind_of(before: str, after: str) -> str:
    """The kind of an edit of one word.

    >>> [kind_of(*pair) for pair in (("kim", "kiểm"), ("cuả", "của"), ("đế", "để"), ("", "ở"))]
    ['lost-letters', 'tone-position', 'tone', 'vanished-word']
    >>> [kind_of(*pair) for pair in (("Vieejt", "Việt"), ("ki?m", "kiểm"))]
    ['keystrokes', 'unread-letters']
    >>> [kind_of(*pair) for pair in (("vục", "vực"), ("dich", "dịch"), ("khách", "khác"))]
    ['mark', 'no-diacritics', 'letters']
    """
    written, meant = fold(before), fold(after)
    if not written:
        return "vanished-word"
    if UNREAD.search(written):
        return "unread-letters"
    if from_keys(written) == meant:
        return "keystrokes"
    if written == meant:
        return "tone-position"
    if residue(meant) == written:
        return "lost-letters"
    if skeleton(written) != skeleton(meant):
        return "letters"
    if written.isascii():
        return "no-diacritics"
    (letters_a, tone_a), (letters_b, tone_b) = split_tone(written), split_tone(meant)
    if letters_a == letters_b:
        return "tone"
    return "mark" if tone_a == tone_b else "diacritics"
