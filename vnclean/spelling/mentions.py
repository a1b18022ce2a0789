"""What a document has said: a word is likelier to be meant where it was said before.

Text repeats itself, its names and terms above all: a *cache* of what was said last is the oldest
adaptation of a language model (Kuhn and De Mori, *A cache-based natural language model for speech
recognition*, 1990).  Pairs of words are counted, not words: a slip is seldom made twice between
the same neighbours, but a name or a term is spelt so throughout.  What counts for a line is what
was read, not what was made of it, in the line itself and as far before it as document.py says: so
what is found for a line does not depend on how its document was cut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.document import Document
from vnclean.spelling.arrays import row_sums
from vnclean.spelling.decoder import NOTHING
from vnclean.spelling.encoded import Encoded
from vnclean.spelling.lattice import Posteriors
from vnclean.spelling.ngrams import BREAK, NUMBER
from vnclean.spelling.prices import Mode

Ints = NDArray[Any]
Flags = NDArray[np.bool_]
#: Keys of 63 bits: two words of 16, and the number of a line.
_LINE_BITS: Final = 31
_WORDS: Final = 1 << 16


class Mentions:
    """The pairs of words that lines say, each with the number of its line."""

    def __init__(
        self,
        words: Ints,
        line: Ints,
        first: Sequence[int],
        before: int,
        changed: Sequence[int] = (),
    ) -> None:
        """``words``: of all lines one after another, a BREAK after each; ``line``: where each is.

        ``first``: of each line that may be asked for, the first one it may look back to, and
        ``before``: how many there are before these.  ``changed``: those that were repaired since
        they were read, and do not tell of themselves.
        """
        spoken = np.flatnonzero(words != NOTHING)
        words, line = words.take(spoken).astype(np.int64), line.take(spoken).astype(np.int64)
        said = np.flatnonzero((words[:-1] > NUMBER) & (words[1:] > NUMBER))
        self._left, self._right, self._line = words[said], words[said + 1], line[said]
        self._first = np.array(first, dtype=np.int64)
        self._asked = np.ones(len(first), dtype=np.int64)
        self._asked[list(changed)] = 0
        self._last = np.arange(before, before + len(first)) + self._asked

    def times(self, v: Ints, w: Ints, line: Ints) -> Ints:
        """How often each pair (v, w) was said where a line looks back to, and in the line itself.

        ``line``: number of the line of each pair, among those that may be asked for.

        >>> words = np.array([5, 6, 0, 5, 6, 0, 5, 6, 0])
        >>> mentions = Mentions(words, np.repeat([0, 1, 2], 3), [0, 1], before=1)
        >>> mentions.times(np.array([5, 5, 6]), np.array([6, 6, 5]), np.array([0, 1, 1])).tolist()
        [2, 2, 0]
        """
        v, w = v.astype(np.int64), w.astype(np.int64)
        near = np.flatnonzero(_among(self._left, v) & _among(self._right, w))
        said = np.sort(_keys(self._left[near], self._right[near], self._line[near]))
        first = np.searchsorted(said, _keys(v, w, self._first.take(line)))
        end = np.searchsorted(said, _keys(v, w, self._last.take(line)))
        times: Ints = np.where((v > NUMBER) & (w > NUMBER), end - first, 0)
        return times

    def support(
        self, found: Posteriors, words: Ints, spoken: Ints, line: Ints, price: float
    ) -> Posteriors:
        """``found`` with more weight on the words that were said beside the same neighbours.

        ``words``: of a stream, those at ``spoken`` more than gaps; ``line``: of each position
        found, as in :meth:`times`; ``price``: taken off, times log(1 + how often), on either side.
        """
        place = np.searchsorted(spoken, found.at)
        gap = words.take(found.at) == NOTHING
        before = np.where(gap, BREAK, words.take(spoken.take(place - 1)))
        after = words.take(spoken.take(np.minimum(place + 1, len(spoken) - 1)))
        after = np.where(gap, BREAK, after)
        owner = np.repeat(np.arange(len(found.at)), found.count)
        line = line.take(owner)
        written = found.word == words.take(found.at).take(owner)
        itself = written * self._asked.take(line)
        gain = np.zeros(len(owner))
        for v, w in ((before.take(owner), found.word), (found.word, after.take(owner))):
            gain += price * np.log1p(np.maximum(self.times(v, w, line) - itself, 0))
        if not gain.any():
            return found
        # Where a whole stretch, or line, is damaged, so are others: that they agree on a word as
        # it was read says nothing for it.
        slips = found.share[:, [Mode.TYPED, Mode.SLIPS]].sum(axis=1)
        slips = np.bincount(owner, slips).take(owner) * self._asked.take(line)
        gain[written] *= slips[written]
        share = found.share * np.exp(gain)[:, None]
        share /= np.bincount(owner, row_sums(share)).take(owner)[:, None]
        return replace(found, share=share)


def mentions(
    document: Document,
    lines: Sequence[str],
    encoded: Encoded,
    repaired: Sequence[int],
    words_of: Callable[[Sequence[str]], tuple[Ints, Flags]],
) -> Mentions:
    """What a document says.

    ``lines``: those of the document as they stand now, after some repairs; ``encoded``: the same,
    but for those ``repaired`` since.  ``words_of``: the words of other lines, and which end one.
    """
    before, first = document.reach()
    own = len(before)
    words, line = encoded.words, encoded.line
    pairs = enumerate(zip(document.lines, lines, strict=True))
    changed = [number for number, (read, now) in pairs if read != now]
    others = sorted({*changed, *repaired})
    if others:
        kept = np.flatnonzero(~np.isin(line, others))
        words, line = words.take(kept), line.take(kept)
    other_words, ends = words_of([*before, *(document.lines[number] for number in others)])
    number = np.concatenate((np.arange(own), np.array(others, dtype=np.int64) + own))
    line = np.concatenate((number.take(np.cumsum(ends) - ends), line + own))
    return Mentions(np.concatenate((other_words, words)), line, first, own, changed)


def _among(words: Ints, some: Ints) -> Flags:
    wanted = np.zeros(_WORDS, dtype=np.bool_)
    wanted[some] = True
    found: Flags = wanted.take(words)
    return found


def _keys(v: Ints, w: Ints, line: Ints) -> Ints:
    keys: Ints = (v << 16 | w) << _LINE_BITS | line
    return keys
