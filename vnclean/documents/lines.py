"""From text that arrives in chunks of any size to lines, which never depend on those chunks.

Lines end at ``\\n``; a ``\\r`` before it belongs to the line end.  A line of more than
:data:`LIMIT` characters comes in pieces, cut after a blank, so that memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from vnclean.config import Config

from vnclean.language import translated
from vnclean.markers import Note, Span

#: The longest piece of a line, in code points.
LIMIT: Final = 1 << 16
#: Line from 1, code points of that line and of the document that came before.
Place: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines (or pieces of long lines) that follow each other.

    ``texts[i] + ends[i]`` joined give back the text exactly.  Only ``texts`` may be repaired:
    an end holds the line end (unless lines are in groups, see groups.py), or a part of a run of
    letters too long to be a word.
    """

    texts: list[str]
    ends: list[str]
    line: int  #: of the first piece, from 1
    column: int  #: code points of that line which came before this block
    start: int  #: code points of the document which came before this block
    whole: str | None = field(default=None, repr=False)  #: what `text` gives, if it is at hand
    before: Sequence[str] = field(default=(), repr=False)  #: pieces before it: see preceding.py
    #: Numbers of the pieces that begin a document of their own, in order: see passages.py.
    begins: Sequence[int] = field(default=(), repr=False)
    notes: Sequence[Note] = field(default=(), repr=False)  #: what comments beside them say
    off: Sequence[Span] = field(default=(), repr=False)  #: what is left alone: see marked.py
    #: How it is to be cleaned, if its document is not cleaned as most are.
    config: Config | None = field(default=None, repr=False)

    def text(self) -> str:
        """All of it, as it was read.

        >>> Block(["a", "bc"], ["\\r\\n", ""], 1, 0, 0).text()
        'a\\r\\nbc'
        """
        if self.whole is not None:
            return self.whole
        if not any(self.ends):
            return "".join(self.texts)
        pairs = zip(self.texts, self.ends, strict=True)
        return "".join([part for pair in pairs for part in pair])

    def places(self) -> Iterator[Place]:
        """Line, column and start, as above, of every piece.

        >>> list(Block(["a", "bc"], ["\\r\\n", ""], 1, 0, 0).places())
        [(1, 0, 0), (2, 0, 3)]
        """
        place = self.line, self.column, self.start
        for text, end in zip(self.texts, self.ends, strict=True):
            yield place
            place = place_after(place, text + end)


def place_after(place: Place, text: str) -> Place:
    """Where one is after ``text`` that begins at ``place``.

    >>> place_after((1, 5, 5), "a\\nbc")
    (2, 2, 9)
    """
    line, column, start = place
    last = text.rfind("\n")
    column = len(text) - last - 1 if last >= 0 else column + len(text)
    return line + text.count("\n"), column, start + len(text)


def is_one_piece(text: str) -> bool:
    """Whether a text is one line without an end, not too long: no splitter need be asked.

    >>> is_one_piece("một"), is_one_piece(""), is_one_piece("một\\n"), is_one_piece("một\\r")
    (True, True, False, False)
    """
    return len(text) <= LIMIT and "\n" not in text and not text.endswith("\r")


def are_one_piece(texts: Sequence[str]) -> bool:
    """Whether each of some texts is surely one piece: a quick look at all of them at once.

    >>> are_one_piece(["một", "hai"]), are_one_piece(["một", "hai\\n"]), are_one_piece(["\\r."])
    (True, False, False)
    """
    together = "".join(texts)
    return not ("\n" in together or "\r" in together) and max(map(len, texts), default=0) <= LIMIT


@dataclass(frozen=True, slots=True)
class Fault:
    """A part of a document that is not what it should be, and so was kept as it is.

    ``line``: where, from 1; 0 if it is the document as a whole.

    >>> str(Fault(1200, "has no end")), str(Fault(0, "has no end"))
    ('line 1,200: has no end', 'has no end')
    """

    line: int
    reason: str

    def __str__(self) -> str:
        if not self.line:
            return self.reason
        return translated("line {line:,}: {reason}", line=self.line, reason=self.reason)


class LineSplitter:
    """Takes text in chunks, gives blocks of whole lines, keeps the last, unfinished line back.

    The :class:`~vnclean.documents.text.Splitter` of plain text.

    >>> splitter = LineSplitter()
    >>> splitter.feed("một\\nhai").texts, splitter.feed(" ba", final=True).texts
    (['một'], ['hai ba'])
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self.faults: Sequence[Fault] = ()  #: none: all text is text
        self.declared: tuple[str, int] | None = None  #: nor does it say what it is in
        self._rest = ""
        self._in_word = False  # inside a run without blanks that is longer than the limit
        self.line = 1  #: of the next character fed
        self._column, self._start = 0, 0

    @property
    def pending(self) -> bool:
        """Whether some of what was fed has not come out yet."""
        return bool(self._rest)

    def feed(self, chunk: str, *, final: bool = False) -> Block:
        """The block of lines that ``chunk`` completes; everything there is if ``final``."""
        text = self._rest + chunk
        lines = text.split("\n")
        self._rest = lines.pop()
        newlines = len(lines)
        texts: list[str] = []
        ends: list[str] = []
        if self._in_word or "\r" in text or self._any_too_long(text, len(self._rest)):
            for line in lines:
                self._finish(self._cut(line, texts, ends), "\n", texts, ends)
        else:  # the same for the common case, at the speed of str.split
            texts = lines
            ends = ["\n"] * newlines
        self._rest = self._cut(self._rest, texts, ends)
        if final and self._rest:
            self._finish(self._rest, "", texts, ends)
            self._rest = ""
        whole = text[: len(text) - len(self._rest)]
        block = Block(texts, ends, self.line, self._column, self._start, whole)
        self._advance(whole, newlines)
        return block

    def _any_too_long(self, text: str, rest: int) -> bool:
        """Whether a line is longer than the limit, the last ``rest`` characters apart."""
        start, end = 0, len(text) - rest
        while end - start > self._limit:
            start = text.rfind("\n", start, start + self._limit + 1) + 1
            if not start:
                return True
        return False

    def _cut(self, line: str, texts: list[str], ends: list[str]) -> str:
        """Moves pieces of ``line`` to the others until the limit holds; returns the rest.

        Looks at nothing but as many characters after the last cut, and only when there are
        more, so that the cuts are the same however the line arrived.
        """
        done, size = 0, len(line)
        while size - done > self._limit:
            if self._in_word:
                cut = _first_blank(line, done, done + self._limit)
                self._in_word = cut < 0
                cut = cut if cut >= 0 else done + self._limit
                texts.append("")
                ends.append(line[done:cut])
            else:
                cut = _last_blank(line, done, done + self._limit) + 1
                if cut == 0:
                    self._in_word = True
                    continue
                texts.append(line[done:cut])
                ends.append("")
            done = cut
        return line[done:] if done else line

    def _finish(self, line: str, end: str, texts: list[str], ends: list[str]) -> None:
        """Adds the last piece of a line."""
        if self._in_word:
            cut = _first_blank(line, 0, len(line))
            cut = cut if cut >= 0 else len(line)
            texts.append("")
            ends.append(line[:cut])
            line = line[cut:]
            self._in_word = False
        if line.endswith("\r"):
            line, end = line[:-1], "\r" + end
        texts.append(line)
        ends.append(end)

    def _advance(self, consumed: str, newlines: int) -> None:
        self._start += len(consumed)
        self.line += newlines
        if newlines:
            self._column = len(consumed) - consumed.rindex("\n") - 1
        else:
            self._column += len(consumed)


def _last_blank(line: str, start: int, end: int) -> int:
    return max(line.rfind(" ", start, end), line.rfind("\t", start, end))


def _first_blank(line: str, start: int, end: int) -> int:
    found = [line.find(" ", start, end), line.find("\t", start, end)]
    return min((at for at in found if at >= 0), default=-1)
