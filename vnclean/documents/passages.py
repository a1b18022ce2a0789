"""Text inside of something else: which parts of a document are read, and how edits get back there.

Between the quotes of JSON, the tags of HTML or the time marks of subtitles stand *passages*.  A
passage is read as one text, but its letters may be written in other ways (``\\u1ea1``, ``&ecirc;``)
and parts of it lie apart (``<b>ki</b>m``).  So it is kept as *runs*: what is read, and where in the
document that is written.  The cleaner sees nothing but passages; what it finds becomes edits of the
document as it is written, in that document's own coordinates, and all the rest stays as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise, takewhile
from operator import eq
from typing import TypeAlias

from vnclean.documents.lines import LIMIT, Block
from vnclean.edits import Edit, shift
from vnclean.errors import InputError

#: From text to how a document writes it; None if it cannot stand there.
Escape: TypeAlias = Callable[[str], str | None]


def as_it_is(text: str) -> str:
    """The :data:`Escape` of what needs none."""
    return text


@dataclass(frozen=True, slots=True)
class Run:
    """``text`` is read where ``start:end`` is written (code points, from where the block starts).

    ``literal``: letter for letter the same, so that a part of it may be changed; if not, all of it
    is (an entity, an escape).
    """

    text: str
    start: int
    end: int
    literal: bool = True


#: From what is written at ``start:end`` of a document to the runs of it, in order.
Spelling: TypeAlias = Callable[[str, int, int], Sequence[Run]]


def literally(raw: str, start: int, end: int) -> Sequence[Run]:
    """The :data:`Spelling` of what is written as it is read."""
    return (Run(raw[start:end], start, end),)


@dataclass(frozen=True, slots=True)
class Passage:
    """Runs in their order, and how what comes between them is to be written.

    ``alone``: a document of its own (a record), not the next part of the one before it.
    """

    runs: Sequence[Run] = ()
    escape: Escape = as_it_is
    alone: bool = False

    def text(self) -> str:
        """What is read."""
        return "".join([run.text for run in self.runs])

    def written_in(self, raw: str) -> Sequence[Run]:
        """The runs of a passage that stands in ``raw``."""
        return self.runs

    def written(self, raw: str, edits: Iterable[Edit]) -> list[Edit]:
        """``edits`` of the text, as edits of ``raw``, in which the passage stands.

        One is not applied if it would take away what is no text (markup between its letters), or
        if what it puts in cannot be written there.

        >>> passage = Passage([Run("ti", 3, 5), Run("ê", 5, 12, literal=False), Run("n", 12, 13)])
        >>> edits = [Edit(0, 4, "tiên", "tiền", "tone", 0.9)]
        >>> [edit] = passage.written("<p>ti&ecirc;n</p>", edits)
        >>> edit.start, edit.end, edit.before, edit.after
        (3, 13, 'ti&ecirc;n', 'tiền')
        """
        layout = _Layout(raw, self.written_in(raw), self.escape)
        return [layout.written(edit) for edit in edits]


@dataclass(frozen=True, slots=True)
class Spelled(Passage):
    """A passage whose runs are found only if it is edited, which is seldom: ``read`` is its text.

    ``spans``: starts and ends of what is written of it.

    >>> Spelled(read="tiên", spans=[(3, 5), (8, 10)]).written_in("<p>ti<b>ên</b>")
    [Run(text='ti', start=3, end=5, literal=True), Run(text='ên', start=8, end=10, literal=True)]
    """

    read: str = ""
    spans: Sequence[tuple[int, int]] = ()
    spelling: Spelling = literally

    def text(self) -> str:
        """What is read."""
        return self.read

    def written_in(self, raw: str) -> Sequence[Run]:
        """The runs of a passage that stands in ``raw``."""
        return [run for start, end in self.spans for run in self.spelling(raw, start, end)]


def spelled_by(
    pattern: re.Pattern[str], meaning: Callable[[str], str], raw: str, start: int, end: int
) -> list[Run]:
    """Runs of ``raw[start:end]`` in which all that ``pattern`` finds is written in another way
    than its ``meaning``, and all the rest as it is.
    """
    runs: list[Run] = []
    for found in pattern.finditer(raw, start, end):
        meant = meaning(found[0])
        if meant != found[0]:
            if start < found.start():
                runs.append(Run(raw[start : found.start()], start, found.start()))
            runs.append(Run(meant, found.start(), found.end(), literal=False))
            start = found.end()
    if start < end:
        runs.append(Run(raw[start:end], start, end))
    return runs


class _Layout:
    """Where the letters of one passage are written."""

    def __init__(self, raw: str, runs: Sequence[Run], escape: Escape) -> None:
        self._raw, self._escape = raw, escape
        self._runs = [run for run in runs if run.text]
        self._ends = list(accumulate(len(run.text) for run in self._runs))

    def written(self, edit: Edit) -> Edit:
        """An edit of the text, as one of what is written."""
        before, after = edit.before, edit.after
        head = _common(before, after)
        tail = _common(before[head:][::-1], after[head:][::-1])
        begin, stop = edit.start + head, edit.end - tail
        change = self._change(begin, stop, after[head : len(after) - tail])
        start, end = self._hull(edit.start, edit.end)
        if change is None:
            put = self._escape(after)
            after = after if put is None else put
            applied = False
        else:
            at, until, put = change
            start, end = min(start, at), max(end, until)
            after = self._raw[start:at] + put + self._raw[until:end]
            applied = edit.applied
        before = self._raw[start:end]
        return replace(edit, start=start, end=end, before=before, after=after, applied=applied)

    def _hull(self, start: int, end: int) -> tuple[int, int]:
        """From the first to the last character of a part of the text, as they are written."""
        touched = self._touched(start, end)
        first, offset = touched[0]
        last, last_offset = touched[-1]
        return (
            first.start + start - offset if first.literal else first.start,
            last.start + end - last_offset if last.literal else last.end,
        )

    def _change(self, start: int, end: int, after: str) -> tuple[int, int, str] | None:
        """Start and end of what is written anew if ``after`` is to stand at ``start:end`` of the
        text, and what is put there; None if that cannot be.
        """
        touched = self._touched(start, end)
        apart = any(left.end != right.start for (left, _), (right, _) in pairwise(touched))
        if not apart:
            return self._rewritten(touched, start, end, after)
        if len(after) != end - start:
            return None
        # Letter for letter: what stands between the runs stays where it is.
        parts: list[tuple[int, int, str]] = []
        for run, offset in touched:
            left, right = max(start, offset), min(end, offset + len(run.text))
            part = after[left - start : right - start]
            written = self._rewritten([(run, offset)], left, right, part)
            if written is None:
                return None
            parts.append(written)
        put = parts[0][2]
        for (_, done, _), (begin, _, text) in pairwise(parts):
            put += self._raw[done:begin] + text
        return parts[0][0], parts[-1][1], put

    def _rewritten(
        self, touched: Sequence[tuple[Run, int]], start: int, end: int, after: str
    ) -> tuple[int, int, str] | None:
        """The same for runs that are written one after the other."""
        first, offset = touched[0]
        last, last_offset = touched[-1]
        head, tail = "", ""
        begin, stop = first.start, last.end
        if first.literal:
            begin += start - offset
        else:
            head = first.text[: start - offset]
        if last.literal:
            stop = last.start + end - last_offset
        else:
            tail = last.text[end - last_offset :]
        put = self._escape(head + after + tail)
        return None if put is None else (begin, stop, put)

    def _touched(self, start: int, end: int) -> list[tuple[Run, int]]:
        """The runs that ``start:end`` lies in, each with where it begins in the text.

        A place between two runs belongs to the one that is literal, the first if both are.
        """
        if start == end:
            first = bisect_left(self._ends, start)
            if not self._runs[first].literal and start == self._ends[first]:
                first = min(first + 1, len(self._runs) - 1)
            last = first
        else:
            first = bisect_right(self._ends, start)
            last = bisect_left(self._ends, end)
        return [
            (run, stop - len(run.text))
            for run, stop in zip(
                self._runs[first : last + 1], self._ends[first : last + 1], strict=True
            )
        ]


@dataclass(frozen=True, slots=True)
class PassageBlock(Block):
    """A block of passages: ``texts`` are their lines, ``raw`` is the document as it is written."""

    raw: Block | None = None
    passages: Sequence[Passage] = ()
    #: Of each piece: the passage it is of, and where it begins in that.
    owners: Sequence[tuple[int, int]] = ()

    def written(self, found: Sequence[Sequence[Edit]]) -> tuple[Block, list[list[Edit]]]:
        """The block of the document, as one piece, and the edits of that."""
        assert self.raw is not None
        raw = self.raw.texts[0] if self.raw.texts else ""
        of_passage: dict[int, list[Edit]] = {}
        for (number, offset), some in zip(self.owners, found, strict=True):
            if some:
                of_passage.setdefault(number, []).extend(shift(edit, offset) for edit in some)
        edits = [
            edit
            for number, some in of_passage.items()
            for edit in self.passages[number].written(raw, some)
        ]
        edits.sort(key=lambda edit: (edit.start, edit.end))
        return self.raw, [list(_apart(edits))] if self.raw.texts else []


class LongRecordError(InputError):
    """A record of a document is too long to be held in memory."""


def _apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Of edits that would write the same thing anew, only the first one is applied."""
    done = -1
    for edit in edits:
        if edit.applied and edit.start < done:
            edit = replace(edit, applied=False)
        if edit.applied:
            done = edit.end
        yield edit


def _common(left: str, right: str) -> int:
    """How many letters both begin with."""
    return sum(1 for _ in takewhile(bool, map(eq, left, right)))


def passage_block(
    raw: Block, passages: Iterable[Passage], lines_of: Callable[[str], Block]
) -> PassageBlock:
    """A block of the document ``raw`` (one piece), of which ``passages`` are to be read.

    ``lines_of``: cuts the text of a passage into pieces.
    """
    texts: list[str] = []
    ends: list[str] = []
    begins: list[int] = []
    owners: list[tuple[int, int]] = []
    kept = list(passages)
    for number, passage in enumerate(kept):
        if passage.alone:
            begins.append(len(texts))
        text = passage.text()
        if len(text) <= LIMIT and "\n" not in text and not text.endswith("\r"):
            if text:  # the usual case of records: one short line
                owners.append((number, 0))
                texts.append(text)
                ends.append("")
            continue
        pieces = lines_of(text)
        offset = 0
        for text, end in zip(pieces.texts, pieces.ends, strict=True):
            owners.append((number, offset))
            offset += len(text) + len(end)
        texts += pieces.texts
        ends += pieces.ends
    return PassageBlock(
        texts,
        ends,
        raw.line,
        raw.column,
        raw.start,
        begins=begins,
        raw=raw,
        passages=kept,
        owners=owners,
    )
