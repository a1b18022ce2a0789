"""HTML character references left in a text: ``Vi&#7879;t``, ``x&atilde;``, ``&amp;quot;``.

They are damage where they spell Vietnamese; elsewhere they may be source code or talk about HTML:

- A line whose references spell Vietnamese words, and that has no sound letter above ASCII and no
  tag beside them, went through a program that escapes: all its references are resolved (``&lt;``
  too), as often as those words were escaped.
- In any other line, references are resolved that spell a Vietnamese word, and those to typographic
  signs (``&quot;``, ``&nbsp;``, ``&amp;``).  Signs stay in a line with tags or the name of a markup
  language, in an address, after ``=``, and between quotation marks or brackets (``"&nbsp;"``).
  ``&lt;``, ``&gt;`` and mathematical signs by name stay: code and markup are shown with them.

A reference ends in a semicolon: ``?a=1&copy=2`` has none.  Names and numbers mean what the HTML
standard says they mean (`html.unescape`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final

from vnclean.edits import Edit
from vnclean.orthography import is_syllable
from vnclean.stages.gate import gated

_NAME: Final = r"(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
#: An escaped ampersand is what a second escaping makes of the first; a fifth has not been met.
_REFERENCE: Final = re.compile(f"&((?:amp;){{0,3}}){_NAME}")
_GATE: Final = re.compile(f"&{_NAME}")
_ATOM: Final = re.compile(rf"&(?:amp;){{0,3}}{_NAME}|(?:[^\W\d_]|[\u0300-\u036f])+")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_SHOWN_TAG: Final = re.compile(r"&(?:amp;){0,3}lt;/?[A-Za-z]")
_MARKUP: Final = re.compile(r"\b(?:X?HTML\d?|XML|SGML|entit(?:y|ies)|escape[ds]?)\b", re.I)
_ADDRESS: Final = re.compile(r"://|www\.|\?\w+=")
_QUOTES: Final = frozenset("\"'`“”‘’()[]")
#: Letters of Vietnamese that are in none of the languages of western Europe.
_VIETNAMESE_LETTER: Final = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
#: Control characters (a line must stay one line) and what is no character at all.
_NO_TEXT: Final = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
_SURE: Final = 0.99


class Entities:
    """A `vnclean.stages.Stage`: resolves the character references that are damage.

    >>> line = "Gi&aacute; x&#259;ng &amp; d&#x1ea7;u"
    >>> [(edit.before, edit.after) for edit in Entities().edits([line])[0]]
    [('Gi&aacute;', 'Giá'), ('x&#259;ng', 'xăng'), ('&amp;', '&'), ('d&#x1ea7;u', 'dầu')]
    >>> Entities().edits(["R&D; /?a=1&copy=2; &lt;b&gt;"])
    [[]]
    """

    def edits(self, lines: Sequence[str]) -> list[list[Edit]]:
        """For each line the words and signs whose references are resolved."""
        return gated(_GATE, lines, _line_edits)


@dataclass(frozen=True)
class _Word:
    """Letters and references to letters in a row, or a reference to a sign alone."""

    start: int
    text: str

    @property
    def depth(self) -> int:
        """How often the first reference was escaped."""
        return _depth(self.text)

    @property
    def meant(self) -> str:
        """The word without references."""
        return _resolved(self.text, self.depth)

    @property
    def vietnamese(self) -> bool:
        """Whether it is a Vietnamese word; a letter that half of Europe has is not by itself."""
        meant = unicodedata.normalize("NFC", self.meant)
        if not meant.isalpha() or meant.isascii():
            return False
        return bool(_VIETNAMESE_LETTER.search(meant)) or (len(meant) > 1 and is_syllable(meant))


def _words(line: str) -> list[_Word]:
    """The words of a line that have references in them."""
    words: list[_Word] = []
    end = -1
    for atom in _ATOM.finditer(line):
        in_word = _resolved(atom[0], _depth(atom[0]))[:1].isalpha()
        if in_word and atom.start() == end:
            words[-1] = _Word(words[-1].start, words[-1].text + atom[0])
        else:
            words.append(_Word(atom.start(), atom[0]))
        end = atom.end() if in_word else -1
    return [word for word in words if "&" in word.text]


def _line_edits(line: str) -> list[Edit]:
    words = _words(line)
    depths = [word.depth for word in words if word.vietnamese]
    if depths and _escaped_throughout(line, words, len(depths)):
        edits = [_edit(word, min(depths)) for word in words]
    else:
        edits = [_edit(word, word.depth) for word in _damaged(line, words)]
    return [edit for edit in edits if edit.before != edit.after]


def _escaped_throughout(line: str, words: Sequence[_Word], vietnamese: int) -> bool:
    """Whether nothing in the line shows that it was escaped in part only.

    ``vietnamese`` words of ``words`` are known to be so; most of those with letters must be.
    """
    if _TAG.search(line) or any(char > "\x7f" and char.isalpha() for char in line):
        return False
    return sum(word.meant.isalpha() for word in words) <= 2 * vietnamese


def _damaged(line: str, words: Sequence[_Word]) -> Iterator[_Word]:
    """The words to resolve in a line that was not escaped as a whole."""
    markup = bool(_TAG.search(line) or _SHOWN_TAG.search(line) or _MARKUP.search(line))
    chunks = re.finditer(r"\S+", line)
    addresses = [chunk.span() for chunk in chunks if _ADDRESS.search(chunk[0])]
    for word in words:
        if word.vietnamese:
            alone = _REFERENCE.fullmatch(word.text) is not None
            if not alone or not (markup or _is_shown(line, word)):
                yield word
        elif _is_sign(word) and not (markup or _is_shown(line, word) or _within(word, addresses)):
            yield word


def _depth(text: str) -> int:
    """How often the first reference in ``text`` was escaped."""
    reference = _REFERENCE.search(text)
    return 1 + len(reference[1]) // len("amp;") if reference else 0


def _resolved(text: str, depth: int) -> str:
    """``text`` unescaped so many times; references to control characters stay."""
    for _ in range(depth):
        text = _REFERENCE.sub(_meant, text)
    return text


def _meant(reference: re.Match[str]) -> str:
    if reference[1]:
        return "&" + reference[0][len("&amp;") :]
    meant = unescape(reference[0])
    return (
        meant if len(meant) == 1 and unicodedata.category(meant) not in _NO_TEXT else reference[0]
    )


def _within(word: _Word, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word.start < end for start, end in spans)


def _is_sign(word: _Word) -> bool:
    """Whether a word is a reference to a typographic sign."""
    meant = word.meant
    category = unicodedata.category(meant) if len(meant) == 1 else ""
    if category == "Sm":
        return "#" in word.text and meant not in "<>"
    return category in ("Zs", "Cf", "Sc", "So", "Sk") or category[:1] == "P"


def _is_shown(line: str, word: _Word) -> bool:
    """Whether a reference is talked about, or is an address in C, ``= &reg;``."""
    before, after = line[: word.start], line[word.start + len(word.text) :]
    return before.rstrip(" ")[-1:] == "=" or (before[-1:] in _QUOTES and after[:1] in _QUOTES)


def _edit(word: _Word, depth: int) -> Edit:
    after = _resolved(word.text, depth)
    return Edit(word.start, word.start + len(word.text), word.text, after, "entity", _SURE)
