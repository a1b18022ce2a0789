"""A text as it is learned from: cut into parts, the damaged ones left out, some held out.

A part is some pages of one file.  One in which the cleaner finds a good deal of damage is no
witness of how words are written, nor fit to train a model on.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.edits import Edit
from vnclean.learning.neighbours import Doubt, SoundText, doubt
from vnclean.learning.numbering import Numbering
from vnclean.pipeline import CleanedBlock
from vnclean.spelling.ngrams import NUMBER

Ints = NDArray[Any]

#: Code points a part has at least, unless its file ends before.
PART: Final = 8000
#: Each part of so many is held out.
_EVERY: Final = 10
#: Code points that are held out at most.
_MOST_HELD_OUT: Final = 1_000_000
#: A part is damaged if more words than one in so many would be repaired, of so many kinds.
_SOUND_WORDS: Final = 100
_KINDS: Final = 3
#: Numbers kept in memory before they go to the disk.
_SPILLED: Final = 1 << 22
#: Room for words that come later, when a table of counts must grow.
_ROOM: Final = 4096
#: Doubts that are kept with their neighbours at most, which bounds the memory.
_MOST_DOUBTS: Final = 300_000
_ISOLATED: Final = ("typed", "slips")


@dataclass
class Uses:
    """What the cleaner made of a word in the sound parts."""

    times: int = 0  #: that it thought of a repair
    taken_for: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    #: each repair, and how sure of it the cleaner was, summed up


class Counts:
    """How often each word number occurs, and in how many parts."""

    def __init__(self) -> None:
        self._times = np.zeros(0, dtype=np.int64)
        self._parts = np.zeros(0, dtype=np.int64)

    def add(self, numbers: Ints) -> None:
        """Counts the words of another part; there must be some."""
        distinct, times = np.unique(numbers, return_counts=True)
        missing = int(distinct[-1]) + 1 - len(self._times)
        if missing > 0:
            more = np.zeros(missing + _ROOM, dtype=np.int64)
            self._times = np.concatenate((self._times, more))
            self._parts = np.concatenate((self._parts, more))
        self._times[distinct] += times
        self._parts[distinct] += 1

    def of(self, number: int) -> tuple[int, int]:
        """How often, and in how many parts.

        >>> counts = Counts()
        >>> counts.add(np.array([7, 7, 9])), counts.add(np.array([7]))
        (None, None)
        >>> counts.of(7), counts.of(10**6), counts.total
        ((3, 2), (0, 0), 4)
        """
        if number >= len(self._times):
            return 0, 0
        return int(self._times[number]), int(self._parts[number])

    @property
    def total(self) -> int:
        """All words."""
        return int(self._times.sum())


class Streams:
    """Arrays of word numbers, kept on the disk, for there may be many."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: list[Path] = []
        self._pending: list[Ints] = []
        self._size = 0

    def add(self, stream: Ints) -> None:
        """Keeps one more, behind the others."""
        self._pending.append(stream.astype(np.int32))
        self._size += len(stream)
        if self._size >= _SPILLED:
            self._spill()

    def _spill(self) -> None:
        path = self._folder / f"text{len(self._files)}.npy"
        np.save(path, np.concatenate(self._pending))
        self._files.append(path)
        self._pending, self._size = [], 0

    def __iter__(self) -> Iterator[Ints]:
        """Many in one array at a time."""
        if self._pending:
            self._spill()
        return (np.load(path) for path in self._files)


class LearnedText:
    """Takes lines and their edits as they are read; keeps what can be learned from them."""

    def __init__(self, words: Numbering, scratch: Path) -> None:
        """``scratch``: a folder for the word numbers of the text."""
        self.words = words
        self.counts = Counts()
        self.streams = Streams(scratch)  #: of the sound lines that are not held out
        self.uses: dict[str, Uses] = defaultdict(Uses)  #: by the word as it is written
        self.doubts: list[Doubt] = []  #: each, with its neighbours
        self.sound = SoundText(scratch)
        self.parts = self.damaged_parts = 0
        self._held_out: list[str] = []
        self._held_out_size = 0
        self._trained = array("q")  # hashes of the lines that are not held out
        self._path = ""
        self._lines: list[str] = []  # of the part that is not complete yet
        self._edits: list[list[Edit]] = []
        self._size = 0

    def take(self, path: str, cleaned: CleanedBlock) -> None:
        """Takes some lines of the document called ``path``."""
        if path != self._path:
            self.end_part()
            self._path = path
        for line, edits in zip(cleaned.block.texts, cleaned.edits, strict=True):
            self._lines.append(line)
            self._edits.append(edits)
            self._size += len(line)
            if self._size >= PART:
                self.end_part()

    def end_part(self) -> None:
        """What was taken last is complete."""
        lines, edits = self._lines, self._edits
        self._lines, self._edits, self._size = [], [], 0
        stream = self.words.encode(lines)
        numbers = stream[stream > NUMBER]
        if not len(numbers):
            return
        self.parts += 1
        repairs = {edit.before.lower() for some in edits for edit in some if edit.applied}
        if len(repairs) >= _KINDS and len(repairs) * _SOUND_WORDS > len(numbers):
            self.damaged_parts += 1
            return
        self.counts.add(numbers)
        self.sound.add(lines)
        for line, some in zip(lines, edits, strict=True):
            self._note(line, some)
        pairs = zip(lines, edits, strict=True)
        self._keep([line for line, some in pairs if not _damaged(some)])

    def _note(self, line: str, edits: Sequence[Edit]) -> None:
        for edit in edits:
            uses = self.uses[edit.before]
            uses.times += 1
            uses.taken_for[edit.after] += edit.confidence
            if len(self.doubts) < _MOST_DOUBTS and (found := doubt(line, edit)) is not None:
                self.doubts.append(found)

    def _keep(self, lines: Sequence[str]) -> None:
        size = sum(map(len, lines))
        if self.parts % _EVERY == 0 and self._held_out_size + size <= _MOST_HELD_OUT:
            self._held_out += lines
            self._held_out_size += size
        else:
            self._trained.extend(map(hash, lines))
            self.streams.add(self.words.encode(lines))

    def held_out(self) -> list[str]:
        """Lines that a model must not be trained on, to judge it by; none that stand elsewhere."""
        hashes = np.array([hash(line) for line in self._held_out], dtype=np.int64)
        new = ~np.isin(hashes, np.frombuffer(self._trained, dtype=np.int64))
        return [self._held_out[number] for number in np.flatnonzero(new)]


def _damaged(edits: Sequence[Edit]) -> bool:
    """Whether a line of a sound part is rather not learned from."""
    made = [edit for edit in edits if edit.applied]
    return len(made) > 1 or any(edit.mode not in _ISOLATED for edit in made)
