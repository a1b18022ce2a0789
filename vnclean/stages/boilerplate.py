"""The furniture of a web page in a text taken from it: menus, buttons, share bars, footers.

A line goes if all of it is made of phrases that were reviewed one by one
(dictionaries/boilerplate.tsv; the README there says what their roles are), so that a heading, a
verse or an answer of one word stays.  Only notices (``© 2019 …``), tags and the trail from the home
page may hold other words.  Each line is judged by itself, as it reads once repaired.

Why no library judges: jusText and trafilatura were tried on pages written for the purpose, 66
lines, 27 of them furniture.  Both go by the tags, links and blocks of HTML, which a text has no
more.  What is left to jusText is the length of a line and its share of stop words (there is a list
for Vietnamese), and that share is the same, 0.33 on average, for furniture and for text: at its
own settings it drops every line, at the best of two others 13 of the 27 and with them 17 lines
of text.  trafilatura, given every line as a paragraph, dropped no furniture, but a table.  As a
veto over the phrases jusText is no use either: to it no short line is sound.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from vnclean.edits import Edit
from vnclean.orthography import fold
from vnclean.wordlists import read_table

#: Furniture is short; a notice at the foot of a page is the longest of it, in characters.
_LONGEST: Final = 400
#: So many names of sections, all different, are a menu; fewer may be the head of a table.
_LEAST_SECTIONS: Final = 6
_WORD: Final = re.compile(r"[^\W\d_]+")
_BLANKS: Final = re.compile(r"\s+")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_SEPARATORS: Final = "|>»›•·/"
_BULLETS: Final = "•·"
_LEVEL: Final = re.compile("[>»›/|]")
_SURE: Final = 0.99


class Boilerplate:
    """A `vnclean.stages.Stage` for texts of several lines: takes furniture out, with its line end.

    >>> [edit.before for edit in Boilerplate().edits(["Đăng nhập\\n", "Đăng nhập xong\\n"])[0]]
    ['Đăng nhập\\n']
    """

    def __init__(self) -> None:
        by_role: defaultdict[str, set[str]] = defaultdict(set)
        for phrase, role in read_table("boilerplate.tsv"):
            by_role[role].add(_key(phrase))
        self._role = {key: role for role, keys in by_role.items() for key in keys}
        self._starts = tuple(by_role["start"])
        self._ends = tuple(by_role["end"])
        for key in (*self._starts, *self._ends):
            del self._role[key]
        self._longest = max(map(len, self._role))

    def edits(self, texts: Sequence[str]) -> list[list[Edit]]:
        """For each text an edit for every line that goes."""
        return [self._text_edits(text) for text in texts]

    def _text_edits(self, text: str) -> list[Edit]:
        found, start = [], 0
        for line in re.findall(r"[^\n]*\n|[^\n]+", text):
            if len(line) <= _LONGEST and self.is_furniture(line):
                end = start + len(line)
                found.append(Edit(start, end, line, "", "boilerplate", _SURE))
            start += len(line)
        return found

    def is_furniture(self, line: str) -> bool:
        """Whether a line, with or without its end, is furniture and nothing else.

        >>> furniture = Boilerplate().is_furniture
        >>> furniture("Trang chủ > Thời sự > Xã hội"), furniture("Chia sẻ Facebook Zalo")
        (True, True)
        >>> furniture("Thời sự"), furniture("Chia sẻ ý kiến"), furniture("Anh ấy đăng nhập")
        (False, False, False)
        """
        line = line.strip()
        first = _WORD.search(line)
        if not first or "\t" in line or line[0] in _BULLETS:
            return False
        if not (first[0][0].isupper() or line[0].isdigit()):
            return False
        key = _key(line)
        if key.startswith(self._starts) or key.rstrip(".!").endswith(self._ends):
            return True
        return self._is_bar(self._tiles(key)) or self._is_trail(line)

    def _tiles(self, key: str) -> list[str]:
        """The phrases that make up a line, the longest ones first; nothing if something is left."""
        tiles, at = [], 0
        while at < len(key):
            if key[at] in _SEPARATORS:
                at += 1
                continue
            sizes = range(min(self._longest, len(key) - at), 0, -1)
            size = next((size for size in sizes if key[at : at + size] in self._role), 0)
            if not size:
                return []
            tiles.append(key[at : at + size])
            at += size
        return tiles

    def _is_bar(self, tiles: Sequence[str]) -> bool:
        """Whether phrases in a row are buttons, a share bar, or a menu."""
        roles = [self._role[tile] for tile in tiles]
        if "line" in roles or "home" in roles:
            return True
        if roles[:1] == ["lead"]:
            return set(roles[1:]) == {"network"}
        return len(set(tiles)) >= _LEAST_SECTIONS and set(roles) <= {"section", "network"}

    def _is_trail(self, line: str) -> bool:
        """Whether a line leads from the home page through a section to where one is."""
        home, *levels = (_key(level) for level in _LEVEL.split(line))
        if self._role.get(home) != "home":
            return False
        return any(self._role.get(level) == "section" for level in levels)


def _key(text: str) -> str:
    """What is compared: small letters, tones in one place, 0 for any number, no blanks."""
    folded = _WORD.sub(lambda word: fold(word[0]), unicodedata.normalize("NFC", text))
    return _NUMBER.sub("0", _BLANKS.sub("", folded))
