"""The Vietnamese syllable: letters, tones, marks, tone position, skeletons.

A written syllable is ``onset + rhyme``, and a rhyme is ``medial + nucleus + coda``; one of six
tones is drawn over one letter of the nucleus.  The inventories below follow Đoàn Thiện Thuật,
*Ngữ âm tiếng Việt* (1977), chapters on âm đầu and phần vần, completed with the loan rhymes
(``oong``, ``êng`` …) that the *Từ điển tiếng Việt* (Hoàng Phê, 2003) lists.

Two conventions place the tone of open ``oa oe uy``: *old* ``hòa`` and *new* ``hoà`` (Quyết định
240/QĐ, 1984, allows both).  Everything else has one right place.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from vnclean.bare_letters import BARE

ToneStyle = Literal["old", "new"]

TONE_MARKS: Final = {
    "ngang": "",
    "huyền": "\N{COMBINING GRAVE ACCENT}",
    "sắc": "\N{COMBINING ACUTE ACCENT}",
    "ngã": "\N{COMBINING TILDE}",
    "hỏi": "\N{COMBINING HOOK ABOVE}",
    "nặng": "\N{COMBINING DOT BELOW}",
}
_TONE_OF_MARK: Final = {mark: tone for tone, mark in TONE_MARKS.items() if mark}
_MARKED_VOWELS: Final = "ăâêôơư"
VOWELS: Final = "aăâeêioôơuưy"

ONSETS: Final = frozenset(
    ["", *"b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()]
)

#: Rhymes that start with their nucleus, by what the coda is.
_PLAIN_RHYMES: Final = """
a ai ao au ay ac ach am an ang anh ap at  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
e ec em en eng eo ep et  ê êch êm ên êng ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oc oi om on ong op ot ooc oong  ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu
""".split()

#: Rhymes with the medial glide, written o before a ă e, u elsewhere.
_GLIDE_RHYMES: Final = """
oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet
uân uâng uât uây uê uêch uênh uêt uêu uơ uya uyên uyêt uy uych uyn uynh uyp uyt uyu
""".split()

#: After ``qu`` the glide is part of the onset.
_AFTER_QU: Final = """
a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât âu ây
e en eng eo et ê ên êch ênh êt êu i it iên iêt o ôc ơ ơi ơn ơt y yên yêt ych ynh yt yp
""".split()

_RHYMES: Final = frozenset(_PLAIN_RHYMES + _GLIDE_RHYMES)
#: Codas that allow but two tones.
_STOPS: Final = ("ch", "c", "p", "t")
_FRONT: Final = frozenset("eêiy")
_NUCLEUS: Final = re.compile(
    r"(?P<medial>o(?=[aăe])|u(?=[âêơy])|)"
    r"(?P<nucleus>iê|yê|uô|ươ|ia|ya|ua|ưa|oo|[aăâeêioôơuưy])"
    r"(?P<coda>ch|ng|nh|[cmnptiouy]|)$"
)


@dataclass(frozen=True, slots=True)
class Syllable:
    """A parsed syllable, lower case.

    >>> Syllable.parse("nguyễn")
    Syllable(onset='ng', medial='u', nucleus='yê', coda='n', tone='ngã')
    >>> Syllable.parse("quốc")
    Syllable(onset='qu', medial='', nucleus='ô', coda='c', tone='sắc')
    >>> Syllable.parse("kiwi") is None
    True
    """

    onset: str
    medial: str
    nucleus: str
    coda: str
    tone: str

    @staticmethod
    def parse(word: str) -> Syllable | None:
        """The syllable that ``word`` spells (any case, any tone position), or None."""
        return _parse(unicodedata.normalize("NFC", word).lower())

    @property
    def rhyme(self) -> str:
        """Medial, nucleus and coda, without tone."""
        return self.medial + self.nucleus + self.coda

    def spell(self, style: ToneStyle = "new") -> str:
        """The syllable in letters, the tone where ``style`` puts it.

        >>> Syllable.parse("hòa").spell("new"), Syllable.parse("hoà").spell("old")
        ('hoà', 'hòa')
        >>> Syllable.parse("gì").spell(), Syllable.parse("cuả").spell()
        ('gì', 'của')
        """
        letters = _join(self.onset, self.rhyme)
        return _with_tone(letters, self._tone_index(letters, style), TONE_MARKS[self.tone])

    def _tone_index(self, letters: str, style: ToneStyle) -> int:
        """Index in ``letters`` of the letter that bears the tone."""
        nucleus_at = len(letters) - len(self.coda) - len(self.nucleus)
        if len(self.nucleus) == 2 and self.nucleus not in ("ia", "ya", "ua", "ưa"):
            return nucleus_at + 1
        open_glide = self.medial + self.nucleus in ("oa", "oe", "uy") and not self.coda
        if open_glide and style == "old":
            return nucleus_at - 1
        return nucleus_at


def _join(onset: str, rhyme: str) -> str:
    """``gi`` and a rhyme in i share one letter: gi + iêng is ``giêng``."""
    return onset[:-1] + rhyme if onset == "gi" and rhyme.startswith("i") else onset + rhyme


@lru_cache(maxsize=1 << 14)
def _parse(word: str) -> Syllable | None:
    letters, marks = split_tone(word)
    if len(marks) > 1 or not 1 <= len(letters) <= 7:
        return None
    tone = _TONE_OF_MARK[marks] if marks else "ngang"
    for onset, rhyme in _cuts(letters):
        if _fits(onset, rhyme, tone):
            found = _NUCLEUS.match(rhyme)
            if found:
                return Syllable(onset, found["medial"], found["nucleus"], found["coda"], tone)
    return None


def _cuts(letters: str) -> list[tuple[str, str]]:
    """The ways to cut a toneless word into onset and rhyme, the likeliest first."""
    if letters.startswith("gii"):  # one i serves both: gi + in is ``gin``
        return []
    if letters.startswith("giê"):
        return [("gi", letters[1:]), ("gi", letters[2:])]
    if letters.startswith("gi"):
        return [("gi", letters[2:]), ("gi", letters[1:])]
    if letters.startswith("qu"):
        return [("qu", letters[2:])]
    size = next((n for n in (3, 2, 1) if letters[:n] in ONSETS), 0)
    return [(letters[:size], letters[size:])]


def _fits(onset: str, rhyme: str, tone: str) -> bool:
    """Whether onset, rhyme and tone may stand together in spelling."""
    if rhyme.endswith(_STOPS) and tone not in ("sắc", "nặng"):
        return False
    if onset == "qu":
        return rhyme in _AFTER_QU
    if onset not in ONSETS or rhyme not in _RHYMES:
        return False
    front = rhyme[0] in _FRONT
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "g", "ng"):
        return not front
    if onset and rhyme.startswith("y"):
        return rhyme == "y"
    return onset != "" or not rhyme.startswith("iê")


@lru_cache(maxsize=1 << 12)
def split_tone(word: str) -> tuple[str, str]:
    """The word without its tone marks (other marks stay), and the marks in order.

    >>> split_tone("nước")
    ('nươc', '́')
    """
    letters: list[str] = []
    marks: list[str] = []
    for char in unicodedata.normalize("NFD", word):
        (marks if char in _TONE_OF_MARK else letters).append(char)
    return unicodedata.normalize("NFC", "".join(letters)), "".join(marks)


def _with_tone(letters: str, index: int, mark: str) -> str:
    return unicodedata.normalize("NFC", letters[: index + 1] + mark + letters[index + 1 :])


def is_syllable(word: str) -> bool:
    """Whether ``word`` is a well-formed Vietnamese syllable, wherever its tone stands.

    >>> [is_syllable(w) for w in ("khuỷu", "Hoà", "chng", "gii")]
    [True, True, False, False]
    """
    return Syllable.parse(word) is not None


@lru_cache(maxsize=1 << 14)
def fold(word: str) -> str:
    """Lookup key: NFC, lower case, a syllable's tone in its new-style place.

    Words that are no syllables keep their letters.

    >>> fold("HÒA"), fold("lựơng"), fold("Covid")
    ('hoà', 'lượng', 'covid')
    """
    lower = unicodedata.normalize("NFC", word).lower()
    syllable = _parse(lower)
    return syllable.spell("new") if syllable else lower


#: The end of an open syllable in ``oa oe uy``, new style, and the same in the old one.
_OLD_END: Final = {
    _with_tone(rhyme, 1, mark): _with_tone(rhyme, 0, mark)
    for rhyme in ("oa", "oe", "uy")
    for mark in _TONE_OF_MARK
}


def old_style(folded: str) -> str:
    """A folded word with its tone in its old-style place: ``Syllable.spell("old")``, much faster.

    >>> [old_style(word) for word in ("hoà", "thuỷ", "quỵ", "toán")]
    ['hòa', 'thủy', 'quỵ', 'toán']
    """
    end = _OLD_END.get(folded[-2:])
    return folded[:-2] + end if end and folded[:2] != "qu" else folded


@lru_cache(maxsize=1 << 14)
def tone_style(word: str) -> ToneStyle | None:
    """The convention a word shows, or None where both write it the same.

    >>> tone_style("hòa"), tone_style("hoà"), tone_style("toán")
    ('old', 'new', None)
    """
    lower = unicodedata.normalize("NFC", word).lower()
    syllable = _parse(lower)
    if syllable is None:
        return None
    old, new = syllable.spell("old"), syllable.spell("new")
    if old == new:
        return None
    return "old" if lower == old else "new" if lower == new else None


def tone_misplaced(word: str) -> bool:
    """Whether a syllable's tone stands where neither convention puts it.

    >>> [tone_misplaced(w) for w in ("cuả", "Lựơng", "hòa", "hoà", "chng")]
    [True, True, False, False, False]
    """
    lower = unicodedata.normalize("NFC", word).lower()
    syllable = _parse(lower)
    return syllable is not None and lower not in (syllable.spell("old"), syllable.spell("new"))


def same_but_for_style(one: str, other: str) -> bool:
    """Whether two syllables differ in nothing but i for y at the end, which is a style.

    ``lí`` and ``lý``, ``quí`` and ``quý`` (Quyết định 240/QĐ, 1984); ``thúi`` and ``thúy`` are
    two words.

    >>> [same_but_for_style(*pair) for pair in (("lí", "lý"), ("quí", "quý"), ("thúi", "thúy"))]
    [True, True, False]
    """
    a, b = Syllable.parse(one), Syllable.parse(other)
    if a is None or b is None or len(one) != len(other):
        return False
    return (a.onset, a.tone) == (b.onset, b.tone) and {a.rhyme, b.rhyme} == {"i", "y"}


def skeleton(word: str) -> str:
    """The word without any diacritics; đ becomes d.  Case is kept.

    >>> skeleton("Đường"), skeleton("kiểm"), skeleton("Øre"), skeleton("Москва")
    ('Duong', 'kiem', 'Ore', 'Москва')
    """
    return word.translate(BARE)


_UPPER_HALF: Final = re.compile("[\u1ea0-\u1ef9]")


def residue(word: str) -> str:
    """What is left once the letters of U+1EA0–U+1EF9 are lost, as some PDF fonts do.

    >>> residue("kiểm"), residue("chống"), residue("ở"), residue("trưởng")
    ('kim', 'chng', '', 'trưng')
    """
    return _UPPER_HALF.sub("", unicodedata.normalize("NFC", word))


def in_one_case(word: str) -> bool:
    """Whether ``word`` is in lower case, in capitals or capitalised.

    >>> [in_one_case(word) for word in ("nhà", "NHÀ", "Nhà", "nHà")]
    [True, True, True, False]
    """
    return word.islower() or word.isupper() or word.istitle()


def match_case(model: str, word: str) -> str:
    """``word`` (lower case) in the letter case of ``model``.

    One capital alone says nothing of the rest: it makes a capitalised word.  So does one in the
    second place, where it got when the first two letters were exchanged.

    >>> match_case("Kim", "kiểm"), match_case("KIM", "kiểm"), match_case("T?", "từ")
    ('Kiểm', 'KIỂM', 'Từ')
    >>> match_case("gNuyên", "nguyên")
    'Nguyên'
    """
    lone = sum(map(str.isalpha, model)) == 1 and model[:1].isalpha()
    if model.isupper() and not lone:
        return word.upper()
    if model[:1].isupper() or (model[1:2].isupper() and (model[0] + model[2:]).islower()):
        return word[:1].upper() + word[1:]
    return word
