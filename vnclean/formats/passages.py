"""What all formats of text with passages in it share: a buffer, and the count of where we are."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Final

from vnclean.documents.groups import GroupSplitter
from vnclean.documents.lines import Block, Fault, LineSplitter, Place, place_after
from vnclean.documents.passages import Passage, passage_block
from vnclean.errors import InputError

#: The most code points of one record, which is held in memory as a whole.
RECORD_LIMIT: Final = 1 << 26
#: From here on, what is not complete is looked at again only when it has grown by a quarter.
_PATIENT: Final = 1 << 20
#: So many faults are kept; of the others only how many there are.
_MOST_FAULTS: Final = 100


class PassageSplitter(ABC):
    """A :class:`~vnclean.documents.text.Splitter` that leaves all but passages alone.

    What the passages are must depend on the text alone, never on the chunks it comes in.
    """

    def __init__(self, across_lines: bool = False) -> None:
        """``across_lines``: whether the cleaner looks at line ends too."""
        self._lines = GroupSplitter if across_lines else LineSplitter
        self._rest = ""
        self._looked_at = 0  # characters of the rest that were found to be too few
        self._place: Place = (1, 0, 0)
        self._faults: list[Fault] = []
        self._more_faults = 0

    @abstractmethod
    def take(self, raw: str, *, final: bool) -> tuple[int, Sequence[Passage]]:
        """How much of ``raw`` is complete, from its start, and the passages in that, in order.

        ``raw`` is everything that was not complete so far; runs count from where it starts.  If
        ``final``, all of it is complete.
        """

    @property
    def line(self) -> int:
        """The line of the next character fed."""
        return self._place[0] + self._rest.count("\n")

    @property
    def faults(self) -> Sequence[Fault]:
        """What was found to be wrong so far: the first ones, and how many more there are."""
        if not self._more_faults:
            return self._faults
        last = self._faults[-1].line
        return [*self._faults, Fault(last, f"{self._more_faults:,} more like it after this line")]

    def fault(self, raw: str, offset: int, reason: str) -> None:
        """Notes that something is wrong at ``offset`` of what :meth:`take` was given."""
        if len(self._faults) < _MOST_FAULTS:
            self._faults.append(Fault(self._place[0] + raw.count("\n", 0, offset), reason))
        else:
            self._more_faults += 1

    def feed(self, chunk: str, *, final: bool = False) -> Block:
        """The block that ``chunk`` completes; everything there is if ``final``.

        Raises InputError for a record that is too long to be held in memory.
        """
        self._rest += chunk
        grown = len(self._rest) - self._looked_at
        if not final and self._looked_at > _PATIENT and grown < self._looked_at // 4:
            return Block([], [], *self._place)
        done, passages = self.take(self._rest, final=final)
        raw, self._rest = self._rest[:done], self._rest[done:]
        self._looked_at = 0 if done else len(self._rest)
        if len(self._rest) > RECORD_LIMIT:
            raise InputError(
                f"line {self._place[0]:,}: a record or tag is longer than {RECORD_LIMIT >> 20} Mi"
                " characters; is something not closed there?"
            )
        block = Block([raw] if raw else [], [""] if raw else [], *self._place, raw)
        self._place = place_after(self._place, raw)
        return passage_block(block, passages, self._lines_of) if raw else block

    def _lines_of(self, text: str) -> Block:
        return self._lines().feed(text, final=True)
