"""The words that misread ones may stand for: all of a text's words against all of a vocabulary.

The skeletons that are near are found first; then the price of each pair of words is worked out
letter by letter, the pairs of many words in step, one array operation for each place in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from vnclean.orthography import Syllable, skeleton
from vnclean.spelling.misreadings import Misreadings
from vnclean.spelling.ngrams import Floats

Ints = NDArray[Any]

#: Skeletons so many edits away are looked at, by the length of the shorter words.
_SHORT: Final = 3
_EDITS: Final = {True: 1, False: 2}
#: Longer words are no syllables, whatever they were read as.
_LONGEST: Final = 12
#: Stands for infinity where sums must stay numbers (nats).
_NEVER: Final = 30.0
#: Words that lag this far (nats) behind the likeliest one are left out, and all but so many.
_HOPELESS: Final = 12.0
_MOST: Final = 80
#: Words looked up together.
_TOGETHER: Final = 400


class Meant(NamedTuple):
    """Words that a written one may stand for."""

    word: Ints  #: their model numbers
    price: Floats  #: in nats, for each program that may have read it; shape (words, programs)


#: For what is no word.
NOBODY: Final = Meant(np.empty(0, dtype=np.int64), np.empty((0, 1), dtype=np.float32))


class _Prices:
    """The table of one program as arrays over the letters of a vocabulary."""

    def __init__(self, table: Misreadings, letters: Mapping[str, int], pairs: Sequence[str]):
        signs = {sign for found in table.of.values() for read in found for sign in read}
        self.sign = {sign: at for at, sign in enumerate(sorted(signs | letters.keys()), 1)}
        doubled = {
            read
            for meant, found in table.of.items()
            if len(meant) == 1
            for read in found
            if len(read) == 2
        }
        self.doubled = {read: at for at, read in enumerate(sorted(doubled), 1)}
        self.added = np.float32(min(table.added, _NEVER))
        size = len(letters) + 1
        self.one = np.full((size, len(self.sign) + 1), min(table.strange, _NEVER), dtype=np.float32)
        self.none = np.full(size, _NEVER, dtype=np.float32)
        self.two = np.full((size, len(self.doubled) + 1), _NEVER, dtype=np.float32)
        for letter, row in letters.items():
            self.none[row] = min(table.price(letter, ""), _NEVER)
            self.one[row, 1:] = [min(table.price(letter, sign), _NEVER) for sign in self.sign]
            self.two[row, 1:] = [min(table.price(letter, read), _NEVER) for read in self.doubled]
        self.joined = np.full((len(pairs) + 1, len(self.sign) + 1), _NEVER, dtype=np.float32)
        for row, pair in enumerate(pairs, 1):
            for read, price in table.joined.get(pair, {}).items():
                self.joined[row, self.sign[read]] = price


class MisreadWords:
    """Finds the words that others may be misreadings of.

    >>> words = MisreadWords({"thực": 7, "trường": 8}, [Misreadings([("ự", "", 9.0, 10.0)])])
    >>> words.meant(["thc"])[0].word.tolist()
    [7]
    """

    def __init__(self, vocabulary: Mapping[str, int], programs: Iterable[Misreadings]) -> None:
        """``vocabulary``: the model number of each word (folded)."""
        tables = list(programs)
        spelled = {
            spelling: number for word, number in vocabulary.items() for spelling in _spellings(word)
        }
        self._number = np.array(list(spelled.values()))
        self._skeletons = sorted({skeleton(word) for word in spelled})
        at = {bare: index for index, bare in enumerate(self._skeletons)}
        of: list[list[int]] = [[] for _ in at]
        for index, word in enumerate(spelled):
            of[at[skeleton(word)]].append(index)
        self._of_skeleton = [np.array(some) for some in of]
        letters = {c: n for n, c in enumerate(sorted({c for word in spelled for c in word}), 1)}
        pairs = sorted({pair for table in tables for pair in table.joined})
        self._prices = [_Prices(table, letters, pairs) for table in tables]
        self._size = np.array([len(word) for word in spelled])
        longest = int(self._size.max())
        self._letters = _rows([[letters[c] for c in word] for word in spelled], longest)
        pair_at = {pair: row for row, pair in enumerate(pairs, 1)}
        self._pairs = _rows([_at_pairs(word, pair_at) for word in spelled], longest)

    def meant(self, written: Sequence[str]) -> list[Meant]:
        """For each of some distinct words in lower case, those that it may stand for."""
        found: list[Meant] = []
        for first in range(0, len(written), _TOGETHER):
            found += self._meant(written[first : first + _TOGETHER])
        return found

    def _meant(self, written: Sequence[str]) -> list[Meant]:
        own, word = self._near(written)
        if not len(own):
            return [NOBODY] * len(written)
        price = np.stack([self._price(each, written, own, word) for each in self._prices], axis=1)
        cheapest = price.min(axis=1)
        best = np.full(len(written), np.inf, dtype=np.float32)
        np.minimum.at(best, own, cheapest)
        number = self._number.take(word)
        order = np.lexsort((cheapest, own))
        order = order[cheapest.take(order) < best.take(own.take(order)) + _HOPELESS]
        groups = np.searchsorted(own.take(order), np.arange(len(written) + 1))
        found = []
        for first, end in zip(groups.tolist(), groups[1:].tolist(), strict=False):
            rows = order[first:end]
            # Two spellings of a word (hoà, hòa) are one; the cheaper comes first.
            _, kept = np.unique(number[rows], return_index=True)
            rows = rows[np.sort(kept)[:_MOST]]
            found.append(Meant(number[rows], price[rows]))
        return found

    def _near(self, written: Sequence[str]) -> tuple[Ints, Ints]:
        """Pairs of words (indices) whose skeletons are near."""
        bare = [skeleton(word) for word in written]
        edits = cdist(bare, self._skeletons, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
        own, words = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        for index, word in enumerate(bare):
            most = _EDITS[len(word) <= _SHORT]
            if len(word) <= _LONGEST:
                for hit in np.flatnonzero(edits[index] <= most).tolist():
                    words.append(self._of_skeleton[hit])
                    own.append(np.full(len(words[-1]), index))
        return np.concatenate(own), np.concatenate(words)

    def _price(self, prices: _Prices, written: Sequence[str], own: Ints, word: Ints) -> Floats:
        """Of each pair: the cheapest way to read one letter after the other."""
        longest = max(map(len, written))
        sign = _rows([[prices.sign.get(c, 0) for c in each] for each in written], longest)
        double = _rows([_at_pairs(each, prices.doubled) for each in written], longest)
        sign, double = sign.take(own, axis=0).T, double.take(own, axis=0).T
        letters, pairs = self._letters.take(word, axis=0).T, self._pairs.take(word, axis=0).T
        place = np.arange(len(own))
        last = np.array([len(each) for each in written]).take(own)
        size = self._size.take(word)
        cost = np.empty(len(own), dtype=np.float32)
        above: list[Floats] = []
        row = [np.full(len(own), at * prices.added, dtype=np.float32) for at in range(longest + 1)]
        for at, (letter, pair) in enumerate(zip(letters, pairs, strict=True)):
            missed = prices.none.take(letter)
            new = [row[0] + missed]
            for end in range(1, longest + 1):
                best = np.minimum(
                    row[end - 1] + prices.one[letter, sign[end - 1]], row[end] + missed
                )
                np.minimum(best, new[end - 1] + prices.added, out=best)
                if end > 1:
                    two = prices.two[letter, double[end - 1]]
                    np.minimum(best, row[end - 2] + two, out=best)
                if above:
                    joined = prices.joined[pair, sign[end - 1]]
                    np.minimum(best, above[end - 1] + joined, out=best)
                new.append(best)
            above, row = row, new
            done = np.flatnonzero(size == at + 1)
            cost[done] = np.stack(row)[last.take(done), place.take(done)]
        return cost


def _spellings(word: str) -> set[str]:
    syllable = Syllable.parse(word)
    return {syllable.spell("old"), syllable.spell("new")} if syllable else {word}


def _at_pairs(word: str, number: Mapping[str, int]) -> list[int]:
    """Of each letter: the number of the pair it makes with the one before, 0 for none."""
    return [0] + [number.get(word[at - 1 : at + 1], 0) for at in range(1, len(word))]


def _rows(values: Sequence[Sequence[int]], size: int) -> Ints:
    """As rows of one length, filled up with zeros."""
    rows = np.zeros((len(values), size), dtype=np.int32)
    for row, some in zip(rows, values, strict=True):
        row[: len(some)] = some
    return rows
