"""The user's own word on words: which are never changed, which are always, and to what.

Where they come from (decisions of a review) is another matter; where they are obeyed is
:class:`vnclean.stages.user_words.UserWordsStage` and ``StageOrder._decided``, nowhere else.

Which words of a text does an entry speak of?

- Letter case: an entry in lower case speaks of the word in any case (``kim``: ``Kim``, ``KIM``),
  and what is put there is written in the case of the text.  An entry with capitals is meant so:
  it speaks of the word with these capitals, and all in capitals (``Kim``: ``KIM``, not ``kim``).
- Tone style: ``hòa`` and ``hoà`` are one word, whichever of them the entry has.  What is put
  there is in the style that is asked for (``--tone-style``), otherwise in that of the word it
  stands for, and if that shows none, as the entry has it.
- Decomposed letters are the same letters; an entry of several words has single blanks.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Final, Literal

from vnclean.orthography import ToneStyle, fold, match_case, old_style, tone_style

_WORD: Final = re.compile(r"[^\W\d_]+")
#: Where the tone of a word may stand on either of two letters: what the old style looks like.
_STYLED: Final = re.compile("[òóỏõọ][ae]|[ùúủũụ]y")
_STYLED_NEW: Final = re.compile("o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]")


@dataclass(frozen=True)
class UserWords:
    """The entries, all in NFC; sorted, so that equal ones have the same ``repr``.

    ``words``: never changed.  ``corrections``: words and what is always put there.  ``always``,
    ``never``: repairs (what was read, what it is taken for) that are always made when the cleaner
    thinks of them, however unsure it is, or never.  ``ignore``: regular expressions (of the package
    regex); what one matches in a line, as that was read, is left alone by all stages.

    >>> UserWords(words=("kim", "an"), never=(("dch", "dịch"),))
    UserWords(words=('an', 'kim'), corrections=(), always=(), never=(('dch', 'dịch'),), ignore=())
    >>> bool(UserWords()), bool(UserWords(words=("kim",)))
    (False, True)
    """

    words: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    always: tuple[tuple[str, str], ...] = ()
    never: tuple[tuple[str, str], ...] = ()
    ignore: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, tuple(sorted(set(getattr(self, field.name)))))

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def joined(self, later: UserWords) -> UserWords:
        """The entries of both; what ``later`` says of a word or repair goes before.

        >>> UserWords(words=("kim", "an")).joined(UserWords(corrections=(("kim", "kiểm"),)))
        UserWords(words=('an',), corrections=(('kim', 'kiểm'),), always=(), never=(), ignore=())
        """
        if not (self and later):
            return self or later
        words = {*later.words, *dict(later.corrections)}
        repairs = {*later.always, *later.never}
        return UserWords(
            (*(word for word in self.words if word not in words), *later.words),
            (*(one for one in self.corrections if one[0] not in words), *later.corrections),
            (*(one for one in self.always if one not in repairs), *later.always),
            (*(one for one in self.never if one not in repairs), *later.never),
            (*self.ignore, *later.ignore),
        )


@lru_cache(maxsize=1 << 14)
def key(text: str) -> str:
    """What all forms of a word, or of several, have in common.

    >>> key("Hòa Bình") == key("HOÀ BÌNH"), key("kim") == key("kìm"), key("baỏ") == key("bảo")
    (True, False, False)
    """
    lower = unicodedata.normalize("NFC", text).lower()
    if not _STYLED.search(lower):
        return lower
    return _WORD.sub(lambda word: fold(word[0]) if tone_style(word[0]) == "old" else word[0], lower)


def may_be_styled(key: str) -> bool:
    """Whether there may be more than one of the :func:`forms` that have a :func:`key`."""
    return _STYLED_NEW.search(key) is not None


def forms(entry: str) -> set[str]:
    """How a word, or several, may be written, all in lower case and composed.

    >>> sorted(forms("Hoà"))
    ['hoà', 'hòa']
    """
    new = key(entry)
    if not may_be_styled(new):
        return {new}
    old = _WORD.sub(lambda word: old_style(word[0]), new)
    return {unicodedata.normalize("NFC", entry).lower(), new, old}


def speaks_of(entry: str, found: str) -> bool:
    """Whether ``entry`` is about ``found``, a word of a text or several.

    >>> [speaks_of("kim", found) for found in ("kim", "Kim", "KIM", "kìm")]
    [True, True, True, False]
    >>> [speaks_of("Kim", found) for found in ("kim", "Kim", "KIM")]
    [False, True, True]
    >>> speaks_of("hòa", "Hoà")
    True
    """
    if key(entry) != key(found):
        return False
    if entry == entry.lower() or found.isupper():
        return True
    return _capitals(entry) == _capitals(found)


def _capitals(text: str) -> list[bool]:
    return [letter.isupper() for letter in unicodedata.normalize("NFC", text)]


def put(entry: str, after: str, found: str, style: Literal["keep"] | ToneStyle = "keep") -> str:
    """What stands in the place of ``found`` if ``entry`` is corrected to ``after``.

    >>> [put("kim", "kiểm", found) for found in ("kim", "Kim", "KIM")]
    ['kiểm', 'Kiểm', 'KIỂM']
    >>> put("vn", "Việt Nam", "vn"), put("vn", "Việt Nam", "VN"), put("Kim", "Kìm", "KIM")
    ('Việt Nam', 'VIỆT NAM', 'KÌM')
    >>> put("hoá", "hoạ", "hóa"), put("hoá", "hoạ", "hóa", "new"), put("hy", "thuỷ", "hy")
    ('họa', 'hoạ', 'thuỷ')
    """
    written = after
    own = style
    if own == "keep":
        own = next(filter(None, map(tone_style, _WORD.findall(found))), "keep")
    if own != "keep":
        written = _WORD.sub(lambda word: _in_style(word[0], own), after)
    if entry != entry.lower():
        return written.upper() if found.isupper() and not entry.isupper() else written
    was, now = found.split(" "), written.split(" ")
    if len(was) == len(now):
        return " ".join(map(match_case, was, now))
    return match_case(found, written)


def _in_style(word: str, style: ToneStyle) -> str:
    if tone_style(word) in (None, style):
        return word
    folded = fold(word)
    spelled = old_style(folded) if style == "old" else folded
    letters = zip(spelled, word, strict=True)
    return "".join(new.upper() if old.isupper() else new for new, old in letters)
