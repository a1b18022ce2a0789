"""The user's own words: corrections that are always made, and what no other stage may change."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import regex

from vnclean.config import Config
from vnclean.edits import Edit
from vnclean.spelling.tokens import Kind, symbols
from vnclean.user_words import forms, key, put, speaks_of

#: The kind of an edit that a correction makes.
CORRECTION: Final = "correction"
#: What keeps an edit from being made (`Edit.kept_by`).
WORD: Final = "word"
REPAIR: Final = "repair"
#: Edits that do not change words: corrections themselves, and lines that are left out whole.
_NOT_JUDGED: Final = (CORRECTION, "boilerplate")
#: What is looked for at first, a word or a part of one; re is faster here.
_PART: Final = re.compile(r"\w+")
_OF_WORD: Final = regex.compile(r"[\w\p{M}]")
_RAW: Final = regex.compile(r"[^\s\x1c-\x1f]*+")
_RAW_BACK: Final = regex.compile(r"(?r)[^\s\x1c-\x1f]*+")


class _Finder:
    """Finds entries in text, as whole words.

    >>> list(_Finder(["an", "an toàn", ".vn"]).find("An toàn, an, lan, .vn, a.vn"))
    [(0, 7, 'an toàn'), (9, 11, 'an'), (18, 21, '.vn')]
    """

    def __init__(self, entries: Iterable[str]) -> None:
        self._entries: defaultdict[str, list[str]] = defaultdict(list)
        #: By the first part of a form: the form, and where in it that part is.
        self._forms: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for entry in entries:
            self._entries[key(entry)].append(entry)
        for form in {form for entry in self._entries for form in forms(entry)}:
            first = _PART.search(form)
            if first:  # without a letter or digit it is no word
                self._forms[first[0]].append((form, first.start()))
        for found in self._forms.values():
            found.sort(key=lambda one: -len(one[0]))

    def any_in(self, text: str) -> bool:
        """Whether there may be one; a look at all words is much cheaper than to find them."""
        return not self._forms.keys().isdisjoint(_PART.findall(text.lower()))

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where an entry is found, and which; no two of them overlap, and longer ones go first."""
        lower = text.lower()
        if len(lower) != len(text):  # of İ
            lower = "".join(letter.lower()[:1] for letter in text)
        done = 0
        for part in _PART.finditer(lower):
            for form, offset in self._forms.get(part[0], ()):
                start, end = part.start() - offset, part.start() - offset + len(form)
                if start < done or not lower.startswith(form, start) or _inside(lower, start, end):
                    continue
                entry = next(
                    (e for e in self._entries[key(form)] if speaks_of(e, text[start:end])), ""
                )
                if entry:
                    yield start, end, entry
                    done = end
                    break


def _inside(text: str, start: int, end: int) -> bool:
    """Whether what is there is only a part of a word."""
    return bool(
        (start and _OF_WORD.match(text, start - 1))
        or (end < len(text) and _OF_WORD.match(text, end))
    )


class UserWordsStage:
    """Makes the corrections, and judges the edits of all other stages; see :meth:`judged`.

    >>> from vnclean.user_words import UserWords
    >>> stage = UserWordsStage(Config(user_words=UserWords(corrections=(("kim tra", "kiểm tra"),))))
    >>> [edit.after for edit in stage.edits(["Kim tra, kim trai"])[0]]
    ['Kiểm tra']
    """

    def __init__(self, config: Config) -> None:
        own = config.user_words
        self._corrections = dict(own.corrections)
        self._style = config.tone_style
        self._to_correct = _Finder(self._corrections)
        self._to_keep = _Finder(own.words)
        self._pairs = {name: _by_key(getattr(own, name)) for name in ("always", "never")}

    def edits(self, lines: Sequence[str]) -> list[list[Edit]]:
        """The corrections of each line."""
        if not self._corrections:
            return [[] for _ in lines]
        may_have = self._to_correct.any_in
        return [list(self._line_edits(line)) if may_have(line) else [] for line in lines]

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
        kept = list(self._to_keep.find(text))
        return [
            self._judged(text, edit, kept)
            for edit in edits
            if edit.kind in _NOT_JUDGED
            or not any(one.start < edit.end and edit.start < one.end for one in corrected)
        ]

    def _judged(self, text: str, edit: Edit, kept: Sequence[tuple[int, int, str]]) -> Edit:
        if edit.kind in _NOT_JUDGED:
            return edit
        if self._is(edit, "never"):
            return replace(edit, applied=False, kept_by=REPAIR)
        if self._changes_one_of(text, edit, kept):
            return replace(edit, applied=False, kept_by=WORD)
        if self._is(edit, "always"):
            return replace(edit, applied=True, confidence=1.0)
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
