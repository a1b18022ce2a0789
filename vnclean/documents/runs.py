"""Runs: letters that are read and where they are written; edits brought from one to the other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise, takewhile
from operator import eq
from typing import TypeAlias

from vnclean.edits import Edit

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


class Layout:
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


def _common(left: str, right: str) -> int:
    """How many letters both begin with."""
    return sum(1 for _ in takewhile(bool, map(eq, left, right)))
