"""How much better a word reads as one of an old code page than as it stands.

The unit is a chunk, what stands between two blanks.  Gains are in points: a syllable of the
dictionary is worth one to two by how often it is met, and junk costs as much.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vnclean.orthography import Syllable, fold, in_one_case, tone_misplaced
from vnclean.stages.legacy_tables import CodePage, load
from vnclean.wordlists import Words, syllable_counts

#: What no language writes: a sign between two letters, or a letter and a mark of another.
_JUNK: Final = -3.5
#: Letters that make no known word may be one of another language; the more of them there are,
#: the less likely it is by chance that they read as Vietnamese.  For each but the first.
_UNKNOWN: Final = -0.5
_UNKNOWN_AT_MOST: Final = 4
#: A word that is none once it is read.
_UNREADABLE: Final = -2.0
#: A word with letters that the code page has not, in text that is said to be in it.
_FOREIGN_TO_PAGE: Final = -2.5
#: Plain letters that make no syllable: they are the same in every reading, but tell of a text in
#: another language.
_OTHER_LANGUAGE: Final = -0.6
#: What may stand before and after a word, and is a letter in VISCII, VPS or TCVN3 as well.
_PUNCTUATION: Final = "\"'‘’“”„–—…•‹›«»().,;:!?`~-"
#: ``A.T.`` is no ``Ạ`` of VIQR.
_INITIALS: Final = re.compile(r"\W*(?:[A-ZĐ]\.)+[A-ZĐ]?\W*")
_ADDRESS: Final = re.compile(r"://|@|\bwww\.|_|\\|&\w+;|[A-Za-z]\d|\d[A-Za-z]")
_TCVN3_CAPITALS: Final = "ĂÂÊÔƠƯĐ"
#: Signs that stand alone, or at the end of a unit, in any text.
_MATHS: Final = "×±°²³¹÷·¶©"
#: What one of the few dozen commonest syllables is worth.
_EVERYDAY: Final = 1.8
#: A VIQR sign that is no punctuation, after a letter.
_SIGN: Final = -0.5
#: Where no sentence ends: a dot after a vowel is one below it.
NO_STOP: Final = -9.0
_ENDING: Final = re.compile(r"[^\w]*")
_END: Final = re.compile(r"[.?]+[\"'”’)]*$")


@dataclass(frozen=True, slots=True)
class Change:
    """A word of a chunk, at ``start:end`` of it, and how it reads."""

    start: int
    end: int
    after: str
    sound: bool  #: whether ``after`` is a Vietnamese word


@dataclass(frozen=True, slots=True)
class Reading:
    """A chunk in a code page: what changes in it, and the gain over leaving it as it is."""

    gain: float
    changes: tuple[Change, ...] = ()
    possible: bool = True  #: whether the page has all of its letters


@lru_cache(maxsize=1 << 14)
def worth(word: str) -> float:
    """The points for a word that stands by itself: more for a frequent syllable, less than
    nothing for what is no word.

    >>> worth("của") > worth("khuỷu") > 0 > worth("xkvq")
    True
    """
    may_stand = in_one_case(word) and not tone_misplaced(word)
    count = syllable_counts().get(fold(word), 0) if may_stand else 0
    if count:
        return 1 + min(math.log10(count), 6) / 6
    if Syllable.parse(word) and not tone_misplaced(word):
        return 0.0
    if word.lower() in Words.read("foreign.tsv"):
        return 0.5
    return _UNKNOWN * min(len(word) - 1, _UNKNOWN_AT_MOST)


def _as_it_stands(word: str) -> float:
    if "\N{SOFT HYPHEN}" in word[1:-1]:  # a letter in TCVN3, and elsewhere nothing at all
        word = word.replace("\N{SOFT HYPHEN}", "")
    bare = word.strip(_PUNCTUATION + "©®™§°·¶¹²³ªº^+\N{NO-BREAK SPACE}")
    if not bare:
        return worth(word) if word.isalpha() else 0.0
    if bare.isalpha():
        return min(worth(bare), _SIGN) if word[-1] in "`~^+" else worth(bare)
    return _JUNK


@lru_cache(maxsize=1 << 13)
def reading(page_name: str, chunk: str, stop: float) -> Reading:
    """``chunk`` as written in a code page; ``stop``: how much more it must be worth
    with a dot below for the dot to be no full stop.

    >>> reading("vni", "Tieáng", NO_STOP).changes[0].after
    'Tiếng'
    >>> reading("vni", "tiếng", NO_STOP).gain < 0 == reading("vni", "ta", NO_STOP).gain
    True
    """
    page = load(page_name)
    if _ADDRESS.search(chunk) or _INITIALS.fullmatch(chunk):
        return Reading(0.0)
    if chunk.isascii() and (page_name != "viqr" or not page.code.search(chunk)):
        bare = chunk.strip(_PUNCTUATION)
        other = bare.isalpha() and not Syllable.parse(bare) and not bare.isupper()
        return Reading(_OTHER_LANGUAGE if other else 0.0)
    gain, done = 0.0, 0
    changes: list[Change] = []
    for match in page.word.finditer(chunk):
        done += sum(map(str.isalpha, match[0]))
        change = _change(
            page,
            match[0],
            match.start(),
            stop if _ENDING.fullmatch(chunk, match.end()) else NO_STOP,
        )
        if change is None:
            continue
        gain += _gain(chunk[change.start : change.end], change)
        if change.after != chunk[change.start : change.end]:
            changes.append(change)
    possible = done == sum(map(str.isalpha, chunk)) and not _left(page, chunk)
    return Reading(gain if possible else gain + _FOREIGN_TO_PAGE, tuple(changes), possible)


def _gain(before: str, change: Change) -> float:
    if change.after == before:
        return 0.0
    if len(before) == 1:
        return 0.0
    stands = _as_it_stands(before)
    if change.sound:
        return worth(change.after) - stands
    return _UNREADABLE - max(stands, 0.0)


def _change(page: CodePage, word: str, start: int, stop: float) -> Change | None:
    """What a run of letters becomes; punctuation at its edges may be none of its letters."""
    if not word.strip(_PUNCTUATION) and not (page.name == "tcvn3" and word in "«»"):
        return None
    if len(word) == 1 and not word.isalpha():  # a sign by itself is hardly ever a word
        after = page.read(word)
        often = worth(after) >= _EVERYDAY
        return Change(start, start + 1, after, often) if often or word not in _MATHS else None
    fallback = None
    for first, last in _cuts(page, word, stop):
        part = word[first:last]
        after = _in_capitals(page, page.read(part))
        if after == part and part.isascii():
            return None
        change = Change(start + first, start + last, after, _is_word(page, after))
        if change.sound:
            return change
        fallback = change
    return None if word.strip(_PUNCTUATION).lower() in Words.read("foreign.tsv") else fallback


def _in_capitals(page: CodePage, word: str) -> str:
    """TCVN3 has no capitals with a tone: they are small letters in a font of capitals."""
    if page.name != "tcvn3" or word.islower() or word.isupper():
        return word
    small = [char for char in word if char.islower()]
    if any(char.isascii() or char.upper() in _TCVN3_CAPITALS for char in small):
        return word
    alone = len(word) - len(small) == 1 and word[0].isupper()
    return word if alone else word.upper()


def _is_word(page: CodePage, word: str) -> bool:
    if page.name == "viqr" and tone_misplaced(word):  # a mark that is punctuation
        return False
    return word.isalpha() and in_one_case(word) and _is_known(word)


def _is_known(word: str) -> bool:
    """Whether it is a syllable, or a loan or name with a diacritic: ``Kitô``, ``ôxy``."""
    loan = not word.isascii() and word.lower() in Words.read("foreign.tsv")
    return loan or fold(word) in syllable_counts()


def _without_signs(page: CodePage, word: str) -> tuple[int, int]:
    """What to read of a run that is no Vietnamese word: maybe a name, maybe ``km²``."""
    signs = _PUNCTUATION + _MATHS
    if page.name == "tcvn3":
        signs = signs.translate({ord("«"): None, ord("»"): None})
    left = word.lstrip(signs)
    return len(word) - len(left), len(word) - len(left) + len(left.rstrip(signs))


def _left(page: CodePage, text: str) -> bool:
    """Whether letters of ``text`` are none of the page."""
    rest = page.code.sub("", text)
    return not rest.isascii() and any(char > "\x7f" and char.isalpha() for char in rest)


def _cuts(page: CodePage, word: str, stop: float) -> list[tuple[int, int]]:
    """Where the word may begin and end, the likeliest first."""
    first = len(word) - len(word.lstrip(_PUNCTUATION))
    if page.name == "viqr" and first and word[-1] == word[0]:  # in quotes
        return [(first, len(word) - 1)]
    last = len(word.rstrip(_PUNCTUATION))
    if first >= last:
        return [(0, len(word))]
    if page.name != "viqr":
        return [
            (0, len(word)),
            (first, len(word)),
            (0, last),
            (first, last),
            _without_signs(page, word),
        ]
    end = _END.search(word)
    if end is None:
        return [(first, len(word)), (first, last)]
    stem, marked = (first, end.start()), (first, end.start() + 1)
    better = worth(page.read(word[slice(*marked)])) - worth(page.read(word[slice(*stem)]))
    if (better <= stop and len(end[0]) == 1) or end[0].startswith("..."):
        return [stem, marked]
    return [marked, stem]
