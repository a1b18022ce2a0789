"""The damage that strikes whole runs of words: what it leaves, and what it cannot have left.

Besides losing letters, text is damaged by converting it from VNI once more than it was written in
it (``thông`` has become ``thơng``), and by keystrokes that no keyboard driver has put together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import product
from typing import Final

from vnclean.orthography import TONE_MARKS, VOWELS, ToneStyle, fold, is_syllable, old_style, residue
from vnclean.spelling.prices import Mode

#: What a converter from VNI makes of Unicode letters that look like VNI's pairs; seen in theses
#: and textbooks (``CƠNG NGHỆ``, ``thuật tốn``).
_CONVERTED: Final = {"oá": "ố", "oà": "ồ", "ô": "ơ", "ó": "ĩ", "ò": "ị"}
_CONVERTIBLE: Final = re.compile("|".join(_CONVERTED))


def over_converted(word: str) -> set[str]:
    """What is left of a folded word, in either tone style, after a conversion too many.

    >>> sorted(over_converted("hoà")), over_converted("thông")
    (['hịa', 'hồ'], {'thơng'})
    """
    spellings = {word, old_style(word)}
    return {_CONVERTIBLE.sub(lambda match: _CONVERTED[match[0]], each) for each in spellings}


_BEFORE: Final = {after: (after, before) for before, after in _CONVERTED.items()}


def before_over_conversion(rest: str) -> set[str]:
    """The folded words of which a conversion too many may leave ``rest``, and some of which it
    cannot: :func:`over_converted` tells.

    >>> sorted(before_over_conversion("hồ")), sorted(before_over_conversion("thơng"))
    (['hoà', 'hồ'], ['thông', 'thơng'])
    """
    choices = [_BEFORE.get(letter, (letter,)) for letter in rest]
    return {fold("".join(letters)) for letters in product(*choices)}


#: Which key adds a tone, in the order of TONE_MARKS: Telex, VNI.
_TONE_OF_KEY: Final = {
    key: mark
    for keys in ("fsxrj", "21435")
    for key, mark in zip(keys, list(TONE_MARKS.values())[1:], strict=True)
}
#: Keystrokes after a letter and what they make of it, longest first; both input methods.
_MARKS: Final = {
    **{"uwow": "ươ", "uow": "ươ", "u7o7": "ươ", "uo7": "ươ"},
    **{"aa": "â", "ee": "ê", "oo": "ô", "aw": "ă", "ow": "ơ", "uw": "ư", "dd": "đ"},
    **{"a6": "â", "e6": "ê", "o6": "ô", "a8": "ă", "o7": "ơ", "u7": "ư", "d9": "đ"},
}
_MARKED: Final = re.compile("|".join(_MARKS))
#: Telex takes the w of a vowel also after what follows it: ``doiwf``, ``duongwf``.
_LATE_HORN: Final = re.compile(r"(uo|[aou])([iy]?[^aeiouyw]*)w")
_TELEX: Final = re.compile(r"([^aeiouy]*[aeiouyw]+)([fsxrj]?)([^aeiouywfsxrj]*w?)([fsxrj]?)")
_VNI: Final = re.compile(r"([a-z9]*[aeiouy][aeiouy678]*)([1-5]?)([a-z678]*)([1-5]?)")
_KEYS: Final = re.compile(r"[a-z]*(?:[fsxrjw]|aa|ee|oo|dd|[0-9])[a-z0-9]*")


@lru_cache(maxsize=1 << 14)
def from_keys(word: str) -> str | None:
    """The syllable that keystrokes of Telex or VNI, lower case, stand for; None for others.

    >>> [from_keys(w) for w in ("vieejt", "dduwowngf", "kieemr", "vie65t", "d9u7o7ng2", "tra")]
    ['việt', 'đường', 'kiểm', 'việt', 'đường', None]
    >>> [from_keys(w) for w in ("doiwf", "dduongwf", "covid19", "h1n1", "km2", "windows")]
    ['dời', 'đường', None, None, None, None]
    """
    if len(word) > _LONGEST or not _KEYS.fullmatch(word):
        return None
    digits = any(map(str.isdigit, word))
    match = (_VNI if digits else _TELEX).fullmatch(word)
    if not match or (match[2] and match[4]):
        return None
    tone = _TONE_OF_KEY.get(match[2] or match[4], "")
    keys = _LATE_HORN.sub(r"\1w\2", match[1] + match[3])
    letters = _MARKED.sub(lambda found: _MARKS[found[0]], keys)
    last = max(letters.rfind(vowel) for vowel in VOWELS)
    meant = fold(unicodedata.normalize("NFC", letters[: last + 1] + tone + letters[last + 1 :]))
    return meant if meant != word and is_syllable(meant) else None


#: The most keys that a syllable takes: ``nghieengx``, ``d9u7o7ng2``.
_LONGEST: Final = 11
_SHOWS: Final[dict[Mode, Callable[[str], bool]]] = {
    Mode.LOST: lambda word: residue(word) != word,
    Mode.BARE: lambda word: not word.isascii(),
    Mode.OVER: lambda word: _CONVERTIBLE.search(word) is not None,
    Mode.KEYS: lambda word: not word.isascii(),
}


def barred(word: str, mode: Mode) -> bool:
    """Whether a lower-case word shows what a run of damage would have destroyed.

    >>> barred("thông", Mode.OVER), barred("thơng", Mode.OVER), barred("kim", Mode.LOST)
    (True, False, False)
    """
    return _SHOWS[mode](word)


def barred_however(word: str, mode: Mode) -> bool:
    """Whether a folded word is :func:`barred` in whichever tone style it is written.

    >>> barred_however("thuỳ", Mode.LOST), barred_however("thuỷ", Mode.LOST)  # thùy, thủy
    (False, True)
    """
    return barred(word, mode) and barred(old_style(word), mode)


def style_left(word: str, rest: str) -> ToneStyle | None:
    """The tone style in which a folded word was written, if lost letters left this rest of it.

    >>> style_left("hoạ", "ha"), style_left("hoạ", "Ho"), style_left("kiểm", "kim")
    ('old', 'new', None)
    """
    left_of_new, left_of_old = residue(word), residue(old_style(word))
    if left_of_new == left_of_old:
        return None
    lower = rest.lower()
    return "new" if lower == left_of_new else "old" if lower == left_of_old else None
