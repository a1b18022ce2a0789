"""Text inside of something else: which parts of a document are read, and how edits get back there.

Between the quotes of JSON, the tags of HTML or the time marks of subtitles stand *passages*.  A
passage is read as one text, but its letters may be written in other ways (``\\u1ea1``, ``&ecirc;``)
and parts of it lie apart (``<b>ki</b>m``).  So it is kept as *runs*: what is read, and where in the
document that is written.  The cleaner sees nothing but passages; what it finds becomes edits of the
document as it is written, in that document's own coordinates, and all the rest stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from operator import eq
from typing import TypeAlias

from vnclean.documents.lines import Block
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


@dataclass(frozen=True, slots=True)
class Passage:
    """Runs in their order, and how what comes between them is to be written.

    ``alone``: a document of its own (a record), not the next part of the one before it.
    """

    runs: Sequence[Run]
    escape: Escape = as_it_is
    alone: bool = False

    def text(self) -> str:
        """What is read."""
        return "".join([run.text for run in self.runs])

    def written(self, raw: str, edit: Edit) -> Edit:
        """``edit`` of the text, as an edit of ``raw``, in which the passage stands.

        It is not applied if it would take away what is no text (markup between its letters), or
        if what it puts in cannot be written there.

        >>> passage = Passage([Run("ti", 3, 5), Run("ê", 5, 12, literal=False), Run("n", 12, 13)])
        >>> edit = passage.written("<p>ti&ecirc;n</p>", Edit(0, 4, "tiên", "tiền", "tone", 0.9))
        >>> edit.start, edit.end, edit.before, edit.after
        (3, 13, 'ti&ecirc;n', 'tiền')
        """
        before, after = edit.before, edit.after
        head = _common(before, after)
        tail = _common(before[head:][::-1], after[head:][::-1])
        narrow = replace(
            edit,
            start=edit.start + head,
            end=edit.end - tail,
            before=before[head : len(before) - tail],
            after=after[head : len(after) - tail],
        )
        change = self._change(raw, narrow)
        start, end = self._hull(edit)
        if change is None:
            written = self.escape(after)
            return replace(
                edit,
                start=start,
                end=end,
                before=raw[start:end],
                after=after if written is None else written,
                applied=False,
            )
        begin, stop, put = change
        start, end = min(start, begin), max(end, stop)
        return replace(
            edit,
            start=start,
            end=end,
            before=raw[start:end],
            after=raw[start:begin] + put + raw[stop:end],
        )

    def _hull(self, edit: Edit) -> tuple[int, int]:
        """From the first to the last character that an edit is about, as they are written."""
        touched = self._touched(edit.start, edit.end)
        first, offset = touched[0]
        last, last_offset = touched[-1]
        start = first.start + edit.start - offset if first.literal else first.start
        end = last.start + edit.end - last_offset if last.literal else last.end
        return start, end

    def _change(self, raw: str, edit: Edit) -> tuple[int, int, str] | None:
        """Start and end of what is written anew, and what is put there; None if that cannot be."""
        touched = self._touched(edit.start, edit.end)
        for (left, _), (right, _) in pairwise(touched):
            if left.end != right.start:
                return None
        first, offset = touched[0]
        last, last_offset = touched[-1]
        head, tail = "", ""
        start, end = first.start, last.end
        if first.literal:
            start += edit.start - offset
        else:
            head = first.text[: edit.start - offset]
        if last.literal:
            end = last.start + edit.end - last_offset
        else:
            tail = last.text[edit.end - last_offset :]
        put = self.escape(head + edit.after + tail)
        return None if put is None else (start, end, put)

    def _touched(self, start: int, end: int) -> list[tuple[Run, int]]:
        """The runs that ``start:end`` lies in, each with where it begins in the text.

        A place between two runs belongs to the one that is literal, the first if both are.
        """
        found: list[tuple[Run, int]] = []
        offset = 0
        for run in self.runs:
            stop = offset + len(run.text)
            if start < end:
                if offset < end and start < stop:
                    found.append((run, offset))
            elif offset <= start <= stop and (not found or not found[0][0].literal):
                found = [(run, offset)]
            offset = stop
        return found


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
        edits = [
            self.passages[number].written(raw, _moved(edit, offset))
            for (number, offset), some in zip(self.owners, found, strict=True)
            for edit in some
        ]
        edits.sort(key=lambda edit: (edit.start, edit.end))
        return self.raw, [list(_apart(edits))] if self.raw.texts else []


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


def _moved(edit: Edit, offset: int) -> Edit:
    return replace(edit, start=edit.start + offset, end=edit.end + offset)


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
        pieces = lines_of(passage.text())
        if passage.alone:
            begins.append(len(texts))
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
