"""What each kind of finding is, in words: the rules of a SARIF log, the titles of annotations.

These are in English, for programs; what `vnclean explain` says of a kind is translated.
"""

from __future__ import annotations

from typing import Final

from vnclean.language import Translated, altered, marked, translated

_OLD_FONT: Final = marked("Text in the old coding {name} that is shown as Latin letters")
_OLD_HELP: Final = (
    "The text was typed in {name}, a coding older than Unicode, and is shown as if it were Latin"
    " letters. It becomes the Vietnamese letters that it stands for."
)
_PAGES: Final = {
    "tcvn3": "TCVN3 (ABC)",
    "vni": "VNI",
    "viscii": "VISCII",
    "vps": "VPS",
    "bkhcm2": "BK HCM 2",
    "viqr": "VIQR",
}
#: By kind: what it is in a few words, and what is done about it and why.
KINDS: Final[dict[str, tuple[str, str]]] = {
    "lost-letters": (
        marked("Letters of U+1EA0–U+1EF9 were lost"),
        "Vietnamese letters of this range vanish when text is taken out of a PDF whose font does"
        " not name them (nưc for nước). They are put back from the words around.",
    ),
    "no-diacritics": (
        marked("All diacritics of a word were lost"),
        "A word that lost its marks and tone gets those that fit between its neighbours.",
    ),
    "tone": (
        marked("Another tone was meant"),
        "The word exists, but with another tone it fits far better between its neighbours.",
    ),
    "mark": (
        marked("Another mark of a letter was meant"),
        "The word exists or nearly does, but with another mark (a, ă or â; d or đ) it fits far"
        " better between its neighbours.",
    ),
    "diacritics": (
        marked("Another tone and another mark were meant"),
        "With other diacritics the word fits far better between its neighbours.",
    ),
    "tone-position": (
        marked("The tone is on the wrong letter"),
        "The tone of a syllable belongs on one of its vowels; it was on another (cuả for của).",
    ),
    "letters": (
        marked("Other letters were meant"),
        "A letter too many, too few, exchanged or in place of another; what was meant is the"
        " likeliest word a slip away.",
    ),
    "vanished-word": (
        marked("A word vanished between two blanks"),
        "All letters of a short word such as ở were lost; only the double blank tells of it.",
    ),
    "over-converted": (
        marked("Converted from VNI once too often"),
        "Letters that were right were taken for VNI and converted again (thơng tin for thông tin).",
    ),
    "keystrokes": (
        marked("Keystrokes of Telex or VNI that were never put together"),
        "What was typed (Vieejt) becomes the word that an input method would have made of it.",
    ),
    "unread-letters": (
        marked("Letters were turned into ?, a box or a replacement character"),
        "What stands for them is read between the letters and words around (ki?m tra).",
    ),
    "entity": (
        marked("A reference of HTML instead of a letter"),
        "References such as &ocirc; become the letter that they stand for.",
    ),
    "mojibake": (
        marked("UTF-8 that was read as another encoding"),
        "Letters such as Ã´ are what is shown of UTF-8 in windows-1252, Latin-1 or windows-1258;"
        " the reading is undone.",
    ),
    **{
        kind: (_OLD_FONT.format(name=name), _OLD_HELP.format(name=name))
        for kind, name in _PAGES.items()
    },
    "unicode": (
        marked("Decomposed or half-composed letters"),
        "Letters whose marks are separate characters are composed (NFC), so that they compare"
        " equal and are found.",
    ),
    "invisible": (
        marked("Invisible characters inside a word"),
        "Soft hyphens, zero-width and no-break blanks inside a word are taken out.",
    ),
    "lookalike": (
        marked("Letters of another script or alphabet that look alike"),
        "Letters that only look Vietnamese (Cyrillic а, Croatian đ, ƣ for ư) become those that"
        " were meant.",
    ),
    "detached": (
        marked("A mark stands apart from its letter"),
        "A mark or tone written beside its letter is put on it.",
    ),
    "tone_style": (
        marked("The tone is not where the chosen style has it"),
        "With --tone-style, òa, òe and úy (old) or oà, oè and uý (new) everywhere.",
    ),
    "misread": (
        marked("Read by OCR that knows no Vietnamese"),
        "The line was read off a scan with the letters of another language; each letter is"
        " weighed by what it is usually misread as.",
    ),
    "split": (
        marked("A blank inside a word"),
        "The parts are no words here, together they are one.",
    ),
    "glued": (
        marked("Two words written as one"),
        "Together they are no word, apart they fit.",
    ),
    "broken-word": (
        marked("A word broken by a hyphen at the end of a line"),
        "With --join-lines its halves are put together.",
    ),
    "boilerplate": (
        marked("A line that is only a web page's furniture"),
        "With --drop-boilerplate menus, buttons and notices are left out.",
    ),
    "correction": (
        marked("A correction of the user's own"),
        "With --decisions, what a review has decided is always put in place of this word.",
    ),
    "encoding": (
        marked("The document is not plain UTF-8"),
        "What is read in an old encoding is written as UTF-8; UTF-16 and UTF-32 stay. Bytes that"
        " are no text are kept as they are.",
    ),
}


def title(kind: str) -> str:
    """What a kind is, in a few words.

    >>> title("vni"), title("something new")
    ('Text in the old coding VNI that is shown as Latin letters', 'something new')
    """
    return KINDS[kind][0] if kind in KINDS else kind


def told_title(kind: str) -> Translated:
    """The same in the chosen language, as it may stand within a sentence.

    >>> told_title("vni"), told_title("tcvn3").english[:4], told_title("mojibake")[:5]
    ('text in the old coding VNI that is shown as Latin letters', 'text', 'UTF-8')
    """
    found = translated(title(kind))
    if kind in _PAGES:
        found = translated(_OLD_FONT, name=_PAGES[kind])
    return altered(found, _within)


def _within(title: str) -> str:
    is_word = title[1:2].islower() or title[1:2] == " "
    return title[:1].lower() + title[1:] if is_word else title


def description(kind: str) -> str:
    """What is done about a kind of finding, and why.

    >>> description("glued")
    'Together they are no word, apart they fit.'
    """
    return KINDS[kind][1] if kind in KINDS else kind
