"""Marks in a text that say where it is left alone.

``vnclean:off`` … ``vnclean:on``
    All from the first to the second, over as many lines as that takes; to the end of the document
    if nothing switches it on again.
``vnclean:ignore-line``, ``vnclean:ignore-next-line``
    The line that it stands in, or the one after it.

A line is what is read as one: in plain text up to the line end (of more than 64 Ki letters, each
piece), in HTML and Markdown a line of a paragraph, cell or item.  What a mark says ends with its
document; a record of a table, or of JSON Lines, is a document of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

#: What all marks begin with: without it there is none.
SIGN: Final = "vnclean:"
_MARK: Final = re.compile(
    r"(?<![\w:./])(?<!\w-)vnclean:(off|on|ignore-(?:next-)?line)(?![\w:]|-\w)"
)
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")

#: Number of a text, and from where to where it is left alone.
Span: TypeAlias = tuple[int, int, int]


class Note(NamedTuple):
    """What is said beside the text, in a comment, that may hold a mark.

    ``number``, ``at``: of the text and the place in it; -1 if it stands before that text, and is
    no part of its line.
    """

    number: int
    at: int
    said: str


class Markers:
    """Finds what is left alone in the texts of a document, some lines at a time.

    >>> markers = Markers()
    >>> markers.spans(["một", "hai vnclean:off ba", "bốn"])
    [(1, 4, 18), (2, 0, 3)]
    >>> markers.spans(["năm", "vnclean:on sáu"])
    [(0, 0, 3), (1, 0, 10)]
    >>> markers.spans(["một # vnclean:ignore-line", "hai vnclean:ignore-next-line", "ba"])
    [(0, 0, 25), (2, 0, 2)]
    """

    def __init__(self) -> None:
        self._off = False
        self._next = False  # the next line is left alone

    @property
    def idle(self) -> bool:
        """Whether nothing that was said so far is about what comes next."""
        return not (self._off or self._next)

    def spans(
        self, texts: Sequence[str], notes: Iterable[Note] = (), begins: Iterable[int] = ()
    ) -> list[Span]:
        """What is left alone of ``texts``, which follow those of the last call.

        ``notes``: in their order; the number may be that of the text that comes next.  ``begins``:
        numbers of the texts with which another document begins.
        """
        firsts = set(begins)
        beside: defaultdict[int, list[Note]] = defaultdict(list)
        for note in notes:
            beside[note.number].append(note)
        found: list[Span] = []
        for number, text in enumerate(texts):
            if number in firsts:
                self._off = self._next = False
            found += [(number, *span) for span in self._of_text(text, beside[number])]
        for note in beside[len(texts)]:
            self._standing_alone(note)
        return found

    def _standing_alone(self, note: Note) -> None:
        for mark in _MARK.finditer(note.said):
            self._obey(mark[1])

    def _obey(self, word: str) -> None:
        if word in ("off", "on"):
            self._off = word == "off"
        elif word == "ignore-next-line":
            self._next = True

    def _of_text(self, text: str, notes: Sequence[Note]) -> Iterator[tuple[int, int]]:
        marks = [(mark.start(), mark.end(), mark[1]) for mark in _MARK.finditer(text)]
        for note in notes:
            if note.at < 0:
                self._standing_alone(note)
            else:
                marks += [(note.at, note.at, mark[1]) for mark in _MARK.finditer(note.said)]
        marks.sort(key=lambda mark: mark[0])
        start = 0
        for line in _LINE.findall(text) or [text]:
            end = start + len(line)
            last = end == len(text)
            yield from self._of_line(start, end, [m for m in marks if start <= m[0] < end + last])
            start = end

    def _of_line(
        self, start: int, end: int, marks: Sequence[tuple[int, int, str]]
    ) -> Iterator[tuple[int, int]]:
        whole, self._next = self._next, False
        begin = start
        for at, after, word in marks:
            if word == "on" and self._off and begin < after:
                yield begin, after
            if word == "off" and not self._off:
                begin = at
            whole = whole or word == "ignore-line"
            self._obey(word)
        if whole and start < end:
            yield start, end
        elif self._off and begin < end:
            yield begin, end
