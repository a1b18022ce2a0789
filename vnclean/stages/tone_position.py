"""Tones on the wrong vowel (``baỏ``), and on request the style of ``hòa`` or ``hoà``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vnclean.config import ToneStyle
from vnclean.edits import Edit
from vnclean.orthography import Syllable, tone_misplaced, tone_style
from vnclean.stages.gate import gated

#: Two vowels, one with a tone, in a closed or open rhyme: no sound word has a misplaced tone
#: without two vowels side by side.
_TONED: Final = "áàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
_VOWEL: Final = "aăâeêioôơuưy" + _TONED
_GATE: Final = re.compile(f"[{_TONED}][{_VOWEL}]|[{_VOWEL}][{_TONED}]", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")


class TonePosition:
    """Moves tones that stand where no convention puts them; see :meth:`edits`."""

    def __init__(self, style: ToneStyle = "keep") -> None:
        """``style``: where the tone of òa/oà, òe/oè, úy/uý goes; ``keep`` leaves it."""
        self._style: ToneStyle = style
        self._found: dict[str, tuple[str, str] | None] = {}

    def edits(self, lines: Sequence[str]) -> list[list[Edit]]:
        """The misplaced tones of each line.

        >>> [edit.after for edit in TonePosition().edits(["lựơng hòa"])[0]]
        ['lượng']
        >>> [edit.after for edit in TonePosition("new").edits(["lựơng hòa"])[0]]
        ['lượng', 'hoà']
        """
        return gated(_GATE, lines, self._line_edits)

    def _line_edits(self, line: str) -> list[Edit]:
        found = []
        for match in _WORD.finditer(line):
            word = match[0]
            if word.isascii():
                continue
            if word not in self._found:
                if len(self._found) > 1 << 16:
                    self._found.clear()
                self._found[word] = self._repair(word)
            repair = self._found[word]
            if repair:
                found.append(Edit(*match.span(), word, *repair, 1.0))
        return found

    def _repair(self, word: str) -> tuple[str, str] | None:
        """What the word should be and the kind of repair, or None if it may stay."""
        syllable = Syllable.parse(word)
        if syllable is None:
            return None
        if tone_misplaced(word):
            after = _cased(word, syllable.spell("new" if self._style == "keep" else self._style))
            return after, "tone_position"
        if self._style == "keep" or tone_style(word) in (None, self._style):
            return None
        return _cased(word, syllable.spell(self._style)), "tone_style"


def _cased(model: str, word: str) -> str:
    """``word`` with capitals where ``model``, as long, has them."""
    letters = zip(model, word, strict=True)
    return "".join(new.upper() if old.isupper() else new for old, new in letters)
