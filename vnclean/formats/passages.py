"""What all formats of text with passages in it share: a buffer, and the count of where we are."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Final

from vnclean.documents.groups import GroupSplitter
from vnclean.documents.lines import LIMIT, Block, Fault, LineSplitter, Place, place_after
from vnclean.documents.passages import LongRecordError, Passage, passage_block
from vnclean.language import translated

#: The most code points of one record, which is held in memory as a whole, three times over: as it
#: is written, as it is read, and in lines.  A code point takes one byte in text without any letter
#: of Vietnamese, two with such, four with emoji: at the limit 150, 300 or 600 MB.
RECORD_LIMIT: Final = 48 << 20
#: The most of what is no record, but read in one piece (a paragraph): longer ones are cut.
PASSAGE_LIMIT: Final = 1 << 16
#: So much is looked at in any case; but from here on only when it has grown by a quarter.
_PATIENT: Final = 1 << 20
#: So many faults are kept; of the others only how many there are.
_MOST_FAULTS: Final = 100


class PassageSplitter(ABC):
    """A :class:`~vnclean.documents.text.Splitter` that leaves all but passages alone.

    What the passages are must depend on the text alone, never on the chunks it comes in.
    """

    #: Nothing can be complete that was not before, unless one of these characters has come.
    completing: ClassVar[str] = "\n"

    def __init__(self, across_lines: bool = False) -> None:
        """``across_lines``: whether the cleaner looks at line ends too."""
        self._lines = GroupSplitter if across_lines else LineSplitter
        self._parts: list[str] = []  # what is not complete
        self._size = 0  # of these parts
        self._looked_at = 0  # characters of them that were found to be too few
        self._place: Place = (1, 0, 0)
        self._counted = (0, 1)  # an offset of what `take` was given, and the line there
        self._faults: list[Fault] = []
        self._more_faults = 0
        self.declared: tuple[str, int] | None = None  #: encoding and line; most formats name none

    @abstractmethod
    def take(self, raw: str, *, final: bool) -> tuple[int, Sequence[Passage]]:
        """How much of ``raw`` is complete, from its start, and the passages in that, in order.

        ``raw`` is everything that was not complete so far; runs count from where it starts.  If
        ``final``, all of it is complete, but need not be taken at once.
        """

    @property
    def line(self) -> int:
        """The line of the next character fed."""
        return self._place[0] + sum(part.count("\n") for part in self._parts)

    @property
    def pending(self) -> bool:
        """Whether some of what was fed has not come out yet."""
        return self._size > 0

    @property
    def faults(self) -> Sequence[Fault]:
        """What was found to be wrong so far: the first ones, and how many more there are."""
        if not self._more_faults:
            return self._faults
        last = self._faults[-1].line
        return [
            *self._faults,
            Fault(
                last,
                translated("{count:,} more like it after this line", count=self._more_faults),
            ),
        ]

    def fault(self, reason: str, line: int = 0) -> None:
        """Notes that something is wrong in a line; with the document as a whole if it is 0."""
        if len(self._faults) < _MOST_FAULTS:
            self._faults.append(Fault(line, reason))
        else:
            self._more_faults += 1

    def line_at(self, raw: str, offset: int) -> int:
        """The line of ``offset`` of what :meth:`take` was given."""
        done, line = self._counted if self._counted[0] <= offset else (0, self._place[0])
        line += raw.count("\n", done, offset)
        self._counted = offset, line
        return line

    def feed(self, chunk: str, *, final: bool = False) -> Block:
        """The block that ``chunk`` completes; if ``final``, everything there is, or a part of that
        while there is more ``pending``.

        Raises LongRecordError for a record that is too long to be held in memory.
        """
        self._parts.append(chunk)
        self._size += len(chunk)
        if not final and not self._may_complete(chunk):
            self._bound()
            return Block([], [], *self._place)
        rest = "".join(self._parts)
        self._parts = []  # which may be much
        self._counted = 0, self._place[0]
        done, passages = self.take(rest, final=final)
        raw, rest = rest[:done], rest[done:]
        self._parts = [rest] if rest else []
        self._size = len(rest)
        self._looked_at = 0 if done else self._size
        self._bound()
        block = Block([raw] if raw else [], [""] if raw else [], *self._place, raw)
        self._place = place_after(self._place, raw)
        return passage_block(block, passages, self._lines_of) if raw else block

    def _may_complete(self, chunk: str) -> bool:
        """Whether it is worth while to look again."""
        if self._looked_at > _PATIENT and self._size < RECORD_LIMIT:
            return self._size - self._looked_at >= self._looked_at // 4
        return self._size > _PATIENT or any(mark in chunk for mark in self.completing)

    def _bound(self) -> None:
        if self._size > RECORD_LIMIT:
            raise LongRecordError(
                translated(
                    "line {line:,}: a record or tag is longer than {limit} Mi characters; is "
                    "something not closed there?",
                    line=self._place[0],
                    limit=RECORD_LIMIT >> 20,
                )
            )

    def _lines_of(self, text: str) -> Block:
        if self._lines is LineSplitter and len(text) <= LIMIT and "\r" not in text:
            texts = text.split("\n")  # the same for the common case, without a splitter
            ends = ["\n"] * (len(texts) - 1)
            if texts[-1]:
                ends.append("")
            else:
                texts.pop()
            return Block(texts, ends, 1, 0, 0)
        return self._lines().feed(text, final=True)
