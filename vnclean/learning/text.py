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
_ISOLATED: Final = ("typed", "slips")


@dataclass
class Uses:
    """What the cleaner made of a word in the sound parts."""

    times: int = 0  #: that it thought of a repair
    taken_for: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    #: each repair, and how sure of it the cleaner was, summed up


class LearnedText:
    """Takes lines and their edits as they are read; keeps what can be learned from them."""

    def __init__(self, words: Numbering, scratch: Path) -> None:
        """``scratch``: a folder for the word numbers of the text, which may not fit in memory."""
        self.words = words
        self.uses: dict[str, Uses] = defaultdict(Uses)  #: by the word as it is written
        self.parts = self.damaged_parts = 0
        self.lines = self.lines_left_out = 0
        self._held_out: list[str] = []
        self._held_out_size = 0
        self._trained = array("q")  # hashes of the lines that are not held out
        self._scratch = scratch
        self._files: list[Path] = []
        self._streams: list[Ints] = []
        self._waiting = 0
        self._path = ""
        self._lines: list[str] = []
        self._edits: list[list[Edit]] = []
        self._size = 0
        self._counts = np.zeros(0, dtype=np.int64)
        self._in_parts = np.zeros(0, dtype=np.int64)

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
        self.lines += len(lines)
        repairs = {edit.before.lower() for some in edits for edit in some if edit.applied}
        if len(repairs) >= _KINDS and len(repairs) * _SOUND_WORDS > len(numbers):
            self.damaged_parts += 1
            self.lines_left_out += len(lines)
            return
        self._count(numbers)
        for edit in (edit for some in edits for edit in some):
            uses = self.uses[edit.before]
            uses.times += 1
            uses.taken_for[edit.after] += edit.confidence
        self._keep(lines, edits)

    def _count(self, numbers: Ints) -> None:
        distinct, counts = np.unique(numbers, return_counts=True)
        missing = int(distinct[-1]) + 1 - len(self._counts)
        if missing > 0:
            more = np.zeros(missing + 4096, dtype=np.int64)
            self._counts = np.concatenate((self._counts, more))
            self._in_parts = np.concatenate((self._in_parts, more))
        self._counts[distinct] += counts
        self._in_parts[distinct] += 1

    def _keep(self, lines: Sequence[str], edits: Sequence[Sequence[Edit]]) -> None:
        sound = [line for line, some in zip(lines, edits, strict=True) if not _damaged(some)]
        self.lines_left_out += len(lines) - len(sound)
        size = sum(map(len, sound))
        if self.parts % _EVERY == 0 and self._held_out_size + size <= _MOST_HELD_OUT:
            self._held_out += sound
            self._held_out_size += size
            return
        self._trained.extend(map(hash, sound))
        self._streams.append(self.words.encode(sound).astype(np.int32))
        self._waiting += len(self._streams[-1])
        if self._waiting >= _SPILLED:
            self._spill()

    def _spill(self) -> None:
        path = self._scratch / f"text{len(self._files)}.npy"
        np.save(path, np.concatenate(self._streams))
        self._files.append(path)
        self._streams, self._waiting = [], 0

    def held_out(self) -> list[str]:
        """Lines that a model must not be trained on, to judge it by; none that stand elsewhere."""
        hashes = np.array([hash(line) for line in self._held_out], dtype=np.int64)
        new = ~np.isin(hashes, np.frombuffer(self._trained, dtype=np.int64))
        return [self._held_out[number] for number in np.flatnonzero(new)]

    def streams(self) -> Iterator[Ints]:
        """The word numbers of the sound lines that are not held out; each stream ends a line."""
        if self._streams:
            self._spill()
        return (np.load(path) for path in self._files)

    @property
    def size(self) -> int:
        """How many words the sound parts have."""
        return int(self._counts.sum())

    def count(self, number: int) -> tuple[int, int]:
        """How often the sound parts have a word, and how many of them have it."""
        if number >= len(self._counts):
            return 0, 0
        return int(self._counts[number]), int(self._in_parts[number])


def _damaged(edits: Sequence[Edit]) -> bool:
    """Whether a line of a sound part is rather not learned from."""
    made = [edit for edit in edits if edit.applied]
    return len(made) > 1 or any(edit.mode not in _ISOLATED for edit in made)
