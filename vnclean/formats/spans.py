"""What formats without records share: one passage is open at a time, and grows span by span."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import replace

from vnclean.documents.passages import Passage
from vnclean.formats.passages import PASSAGE_LIMIT, PassageSplitter
from vnclean.markers import SIGN


def line_end(raw: str, at: int, final: bool) -> int | None:
    """Where the line at ``at`` ends; None if that has not come yet."""
    end = raw.find("\n", at) + 1
    return end or (len(raw) if final else None)


class SpanSplitter(PassageSplitter):
    """A splitter that takes its text step by step and never looks at anything twice."""

    def __init__(self, across_lines: bool = False) -> None:
        """``across_lines``: whether the cleaner looks at line ends too."""
        super().__init__(across_lines)
        self._at = 0  # what comes before is done
        self._spans: list[tuple[int, int]] = []  # of the open passage: starts and ends
        self._length = 0  # of all of them
        self._passages: list[Passage] = []
        self._notes: list[tuple[int, str]] = []  # comments since the last passage, and where

    @abstractmethod
    def step(self, raw: str, at: int, final: bool) -> int | None:
        """Takes what stands at ``at``; returns where the next step begins, None if more of the
        text must come first.  If ``final``, nothing more comes.
        """

    @abstractmethod
    def passages_of(self, raw: str, spans: Sequence[tuple[int, int]]) -> Iterable[Passage]:
        """What is read of the spans of one passage."""

    def ended(self) -> None:
        """The document has come to its end."""

    def add(self, start: int, end: int) -> None:
        """``raw[start:end]`` belongs to the open passage."""
        if self._spans and self._spans[-1][1] == start:
            self._spans[-1] = self._spans[-1][0], end
        else:
            self._spans.append((start, end))
        self._length += end - start

    def add_line(self, raw: str, start: int, end: int) -> None:
        """The same for a line, or what is left of one, after which a long passage may end."""
        self.add(start, end)
        if self._length > PASSAGE_LIMIT:
            self.end_passage(raw)

    def note(self, raw: str, start: int, end: int) -> None:
        """``raw[start:end]`` is a comment, in the open passage or before the next one."""
        if raw.find(SIGN, start, end) >= 0:
            self._notes.append((start, raw[start:end]))

    def end_passage(self, raw: str) -> None:
        """What comes next belongs to another passage."""
        ended: list[Passage] = []
        if self._spans:
            ended += self.passages_of(raw, self._spans)
            self._spans, self._length = [], 0
        if self._notes:
            ended = _noted(raw, ended, self._notes)
            self._notes = []
        self._passages += ended

    def take(self, raw: str, *, final: bool) -> tuple[int, Sequence[Passage]]:
        """All up to the open passage, or to what is not complete."""
        self._passages = []
        at = self._at
        while at < len(raw):
            following = self.step(raw, at, final)
            if following is None:
                break
            at = following
        if final:
            self.end_passage(raw)
            self.ended()
        done = self._spans[0][0] if self._spans else at
        self._at = at - done
        self._spans = [(start - done, end - done) for start, end in self._spans]
        self._notes = [(start - done, said) for start, said in self._notes]
        return done, self._passages


def _noted(
    raw: str, passages: Sequence[Passage], notes: Sequence[tuple[int, str]]
) -> list[Passage]:
    """Each note with the first passage that goes on after it, or else the last one."""
    if not passages:
        return [Passage(notes=[(-1, said) for _, said in notes])]
    ends = [passage.written_in(raw)[-1].end for passage in passages]
    of: list[list[tuple[int, str]]] = [[] for _ in passages]
    for start, said in notes:
        number = next((n for n, end in enumerate(ends) if start < end), len(passages) - 1)
        of[number].append((passages[number].read_before(raw, start), said))
    return [replace(passage, notes=some) for passage, some in zip(passages, of, strict=True)]
