"""Text inside of something else: which parts of a document are read, and how edits get back there.

Between the quotes of JSON, the tags of HTML or the time marks of subtitles stand *passages*.  A
passage is read as one text, but its letters may be written in other ways (``\\u1ea1``, ``&ecirc;``)
and parts of it lie apart (``<b>ki</b>m``).  So it is kept as *runs*: what is read, and where in the
document that is written.  The cleaner sees nothing but passages; what it finds becomes edits of the
document as it is written, in that document's own coordinates, and all the rest stays as it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from vnclean.documents.lines import LIMIT, Block, is_one_piece
from vnclean.documents.runs import Escape as Escape
from vnclean.documents.runs import Layout, Spelling, literally
from vnclean.documents.runs import Run as Run
from vnclean.documents.runs import as_it_is as as_it_is
from vnclean.edits import Edit, shift
from vnclean.errors import InputError
from vnclean.markers import Note


@dataclass(frozen=True, slots=True)
class Passage:
    """Runs in their order, and how what comes between them is to be written.

    ``alone``: a document of its own (in a record), not the next part of the one before it.
    ``notes``: comments, each with its place in the text; -1 if it stands before it.
    """

    runs: Sequence[Run] = ()
    escape: Escape = as_it_is
    alone: bool = False
    notes: Sequence[tuple[int, str]] = ()
    field: object = None  #: of a record: that it stands in; :class:`str` of it is its name

    def text(self) -> str:
        """What is read."""
        return "".join([run.text for run in self.runs])

    def written_in(self, raw: str) -> Sequence[Run]:
        """The runs of a passage that stands in ``raw``."""
        return self.runs

    def once_read(self) -> Passage:
        """The same without what only :meth:`text` needs."""
        return self

    def read_before(self, raw: str, at: int) -> int:
        """How many letters of the text stand before a place in ``raw``, that is in no run."""
        return sum(len(run.text) for run in self.written_in(raw) if run.end <= at)

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
        layout = Layout(raw, self.written_in(raw), self.escape)
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

    def once_read(self) -> Passage:
        """The same without what only :meth:`text` needs."""
        return replace(self, read="")


@dataclass(frozen=True, slots=True)
class PassageBlock(Block):
    """A block of passages: ``texts`` are their lines, ``raw`` is the document as it is written."""

    raw: Block | None = None
    passages: Sequence[Passage] = ()
    #: Of each piece: the passage it is of, and where it begins in that.
    owners: Sequence[tuple[int, int]] = ()

    def written(
        self, found: Sequence[Sequence[Edit]]
    ) -> tuple[Block, list[list[Edit]], list[str | None]]:
        """The block of the document, as one piece, the edits of that, and the field of each."""
        assert self.raw is not None
        raw = self.raw.texts[0] if self.raw.texts else ""
        of_passage: dict[int, list[Edit]] = {}
        for (number, offset), some in zip(self.owners, found, strict=True):
            if some:
                of_passage.setdefault(number, []).extend(shift(edit, offset) for edit in some)
        pairs: list[tuple[Edit, str | None]] = []
        for number, some in of_passage.items():
            passage = self.passages[number]
            field = None if passage.field is None else str(passage.field)
            pairs += [(edit, field) for edit in passage.written(raw, some)]
        pairs.sort(key=lambda pair: (pair[0].start, pair[0].end))
        edits = list(_apart(edit for edit, _ in pairs))
        return self.raw, [edits] if self.raw.texts else [], [field for _, field in pairs]


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


def _notes_of(
    passage: Passage, number: int, first: int, owners: Sequence[tuple[int, int]]
) -> Iterator[Note]:
    """The notes of a passage; ``first``: its first piece, or the one that comes next."""
    for at, said in passage.notes:
        piece = max(first, bisect_right(owners, (number, at)) - 1)
        yield Note(piece, at if at < 0 else at - owners[piece][1], said)


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
    notes: list[Note] = []
    kept = list(passages)
    del passages
    for number, passage in enumerate(kept):
        if passage.alone:
            begins.append(len(texts))
        text = passage.text()
        first = len(texts)
        if is_one_piece(text):  # the usual case of records
            if text:
                owners.append((number, 0))
                texts.append(text)
                ends.append("")
            notes += _notes_of(passage, number, first, owners)
            continue
        pieces = lines_of(text)
        if len(text) > LIMIT:
            kept[number] = passage.once_read()  # which may be much
        offset = 0
        for text, end in zip(pieces.texts, pieces.ends, strict=True):
            owners.append((number, offset))
            offset += len(text) + len(end)
        texts += pieces.texts
        ends += pieces.ends
        notes += _notes_of(passage, number, first, owners)
    return PassageBlock(
        texts,
        ends,
        raw.line,
        raw.column,
        raw.start,
        begins=begins,
        notes=notes,
        raw=raw,
        passages=kept,
        owners=owners,
    )
