"""The user's own words: corrections that are always made, and what no other stage may change."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import regex

from vnclean.config import Config
from vnclean.edits import Edit
from vnclean.kept_by import REPAIR, WORD
from vnclean.spelling.tokens import Kind, symbols
from vnclean.user_words import key, put, speaks_of
from vnclean.word_finder import WordFinder

if TYPE_CHECKING:
    from vnclean.spelling.speller import Speller
    from vnclean.spelling.watch import Watch

#: The kind of an edit that a correction makes.
CORRECTION: Final = "correction"
#: Edits that do not change words: corrections themselves, and lines that are left out whole.
_NOT_JUDGED: Final = (CORRECTION, "boilerplate")
_RAW: Final = regex.compile(r"[^\s\x1c-\x1f]*+")
_RAW_BACK: Final = regex.compile(r"(?r)[^\s\x1c-\x1f]*+")


class UserWordsStage:
    """Makes the corrections, and judges the edits of all other stages; see :meth:`judged`.

    >>> from vnclean.user_words import UserWords
    >>> stage = UserWordsStage(Config(user_words=UserWords(corrections=(("kim tra", "kiểm tra"),))))
    >>> [edit.after for edit in stage.edits(["Kim tra, kim trai"])[0]]
    ['Kiểm tra']
    """

    def __init__(self, config: Config, speller: Speller | None = None) -> None:
        """``speller``: whose arrays tell where a word to be corrected may be, if there is one."""
        own = config.user_words
        self._speller = speller
        self._corrections = dict(own.corrections)
        self._words = own.words
        self._style = config.tone_style
        self._to_correct = WordFinder(self._corrections)
        self._pairs = {name: _by_key(getattr(own, name)) for name in ("always", "never")}

    def edits(self, lines: Sequence[str]) -> list[list[Edit]]:
        """The corrections of each line."""
        found: list[list[Edit]] = [[] for _ in lines]
        if not self._corrections:
            return found
        numbers = self._watch.lines(lines) if self._watch else range(len(lines))
        for number in numbers:
            if self._to_correct.any_in(lines[number]):
                found[number] = list(self._line_edits(lines[number]))
        return found

    @cached_property
    def _watch(self) -> Watch | None:
        if self._speller is None:
            return None
        from vnclean.spelling.watch import Watch

        return Watch(self._speller, self._to_correct.parts)

    @cached_property
    def _to_keep(self) -> WordFinder:
        return WordFinder(self._words)

    def _line_edits(self, line: str) -> Iterator[Edit]:
        for start, end, entry in self._to_correct.find(line):
            before = line[start:end]
            after = put(entry, self._corrections[entry], before, self._style)
            if before != after and not (_opaque(line, start, end) or _there(line, start, after)):
                yield Edit(start, end, before, after, CORRECTION, 1.0)

    def judged(self, text: str, edits: Sequence[Edit], made: Sequence[Edit]) -> list[Edit]:
        """Edits of ``text`` as the user decided on them, those he said nothing of as they are.

        One that would change a word that is never changed, or makes a repair that is never made,
        is not applied; a repair that is always made is, and is certain.  What would change what a
        correction has put there (``made``: edits that undo what was done so far) is left out.

        >>> from vnclean.user_words import UserWords
        >>> edit = Edit(0, 3, "Kim", "Kiểm", "lost-letters", 0.3)
        >>> def judged(**own):
        ...     stage = UserWordsStage(Config(user_words=UserWords(**own)))
        ...     return [(one.applied, one.confidence) for one in stage.judged("Kim", [edit], [])]
        >>> judged(words=("kim",)), judged(always=(("kim", "kiểm"),)), judged(words=("kem",))
        ([(False, 0.3)], [(True, 1.0)], [(True, 0.3)])
        """
        corrected = [edit for edit in made if edit.kind == CORRECTION]
        kept = self._kept_near(text, edits)
        return [
            self._judged(text, edit, kept)
            for edit in edits
            if edit.kind in _NOT_JUDGED
            or not any(one.start < edit.end and edit.start < one.end for one in corrected)
        ]

    def _kept_near(self, text: str, edits: Sequence[Edit]) -> Sequence[tuple[int, int, str]]:
        """The words of a text that are never changed, if any may be where an edit is."""
        finder = self._to_keep
        near = any(finder.touches(text, edit.start, edit.end) for edit in edits)
        return finder.find(text) if near else ()

    def _judged(self, text: str, edit: Edit, kept: Sequence[tuple[int, int, str]]) -> Edit:
        if edit.kind in _NOT_JUDGED:
            return edit
        if self._is(edit, "never"):
            return replace(edit, applied=False, kept_by=REPAIR)
        if self._changes_one_of(text, edit, kept):
            return replace(edit, applied=False, kept_by=WORD)
        if self._is(edit, "always"):
            return replace(edit, applied=True, confidence=1.0, kept_by="")
        return edit

    def _is(self, edit: Edit, which: str) -> bool:
        pairs = self._pairs[which]
        if not pairs:
            return False
        entries = pairs.get((key(edit.before), key(edit.after)), ())
        return any(speaks_of(entry, edit.before) for entry in entries)

    def _changes_one_of(self, text: str, edit: Edit, kept: Sequence[tuple[int, int, str]]) -> bool:
        """Whether a word that is never changed is there before the edit, and not after it."""
        touched = [(a, b) for a, b, _ in kept if a < edit.end and edit.start < b]
        if not touched:
            return False
        start, end = min(edit.start, touched[0][0]), max(edit.end, touched[-1][1])
        after = text[start : edit.start] + edit.after + text[edit.end : end]
        left = Counter(_composed(after[a:b]) for a, b, _ in self._to_keep.find(after))
        return bool(Counter(_composed(text[a:b]) for a, b in touched) - left)


def _by_key(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for before, after in pairs:
        found[key(before), key(after)].append(before)
    return dict(found)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _opaque(line: str, start: int, end: int) -> bool:
    """Whether a word is part of an address, a code or a file name."""
    last = _RAW.match(line, end)
    before = _RAW_BACK.match(line, pos=0, endpos=start)
    assert last and before
    raw = line[before.start() : last.end()]
    if not raw or any(letter.isspace() for letter in raw):  # several words
        return False
    return any(
        symbol.kind is Kind.OPAQUE
        and symbol.start < end
        and start < symbol.end
        and not (start <= symbol.start and symbol.end <= end)
        for symbol in symbols(raw, before.start())
    )


def _there(line: str, start: int, after: str) -> bool:
    """Whether what would be put there is there already, with the word as a part of it."""
    first = max(0, start - len(after) + 1)
    return 0 <= line.find(after, first, start + len(after)) <= start
