"""Words broken by a hyphen at the end of a line: ``khoa h-⏎ọc``, ``Vi-⏎ệt Nam``.

A Vietnamese word is written syllable by syllable and has no hyphen of its own, so one inside a
syllable comes from typesetting.  Hyphens that are meant stand between whole words and stay:
``Bà Rịa-⏎Vũng Tàu``, ``Ma-⏎ri-a``, ``2010-⏎2015``.  So two pieces are put together only if they
make one syllable, and if they are words themselves, only if it is commoner than the rarer one.

The word goes where it began, with the punctuation behind it; the line break comes after it, and
goes if there is nothing left for the second line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from vnclean.broken_lines import HYPHENS
from vnclean.edits import Edit
from vnclean.orthography import fold, in_one_case, is_syllable
from vnclean.wordlists import syllable_counts

_MARKS: Final = r"\u0300-\u036f"
_LETTERS: Final = rf"(?:[^\W\d_]|[{_MARKS}])+"
#: Beside them a piece is part of something longer: a transliterated name, an address, a number.
_BESIDE: Final = rf"[\w{_MARKS}@/\\.&'’{HYPHENS}]"
_BROKEN: Final = re.compile(
    rf"(?<!{_BESIDE})(?P<left>{_LETTERS})[{HYPHENS}][ \t]*(?P<end>\r?\n)(?P<indent>[ \t]*)"
    rf"(?P<right>{_LETTERS})(?![\w{_MARKS}@/\\{HYPHENS}])(?P<signs>[^\w\s]*)(?=\s|\Z)"
    r"(?P<gap>[ \t]+(?=[^ \t\r\n]))?"
)
_SURE: Final = 0.97


class BrokenWords:
    """A `vnclean.stages.Stage` for texts of several lines: puts broken words together.

    >>> [(edit.before, edit.after) for edit in BrokenWords().edits(["khoa h-\\nọc, và"])[0]]
    [('h-\\nọc, ', 'học,\\n')]
    >>> BrokenWords().edits(["Bà Rịa-\\nVũng Tàu"])
    [[]]
    """

    def edits(self, texts: Sequence[str]) -> list[list[Edit]]:
        """For each text the words that are put together."""
        return [
            [_edit(broken) for broken in _BROKEN.finditer(text) if _is_one_word(broken)]
            if "\n" in text[:-1]
            else []
            for text in texts
        ]


def _is_one_word(broken: re.Match[str]) -> bool:
    left, right = broken["left"], broken["right"]
    word = unicodedata.normalize("NFC", left + right)
    if not in_one_case(word) or not is_syllable(word):
        return False
    counts = syllable_counts()
    words = [counts[part] for part in map(fold, (left, right)) if part in counts]
    # A capital may be a letter by itself: the groups A and B, vitamin C.
    if len(words) == 2 or (words and len(left) == 1 and left.isupper()):
        return counts.get(fold(word), 0) > min(words)
    return True


def _edit(broken: re.Match[str]) -> Edit:
    word = broken["left"] + broken["right"] + broken["signs"]
    after = word + broken["end"] + broken["indent"] if broken["gap"] else word
    return Edit(broken.start(), broken.end(), broken[0], after, "broken-word", _SURE)
