"""How programs that read scans without knowing Vietnamese misread its letters.

Such a program (OCR with a French model, say) sees ``ộ`` and has no such letter, so it writes
``ô``, ``ò`` or ``6``.  What it writes hangs on the letter alone, so that a table of letters says
it all: how often each was read as what, estimated from texts and their scans by expectation
maximisation (Ristad and Yianilos, *Learning string-edit distance*, 1998); that is done in
:mod:`vnclean.spelling.training.misreading`.  A letter may be read as one letter, as two (``ừ`` as
``ùr``) or be missed, and two letters may be read as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from math import inf, log
from typing import Final

from vnclean.orthography import residue, skeleton
from vnclean.wordlists import read_table, syllable_counts

#: Never seen, how likely is it: one letter read as one with the same skeleton, as any other one,
#: missed, or read as two.
_ALIKE: Final = 5e-3
_OTHER: Final = 2e-4
_MISSED: Final = 2e-3
_DOUBLED: Final = 2e-6
#: How many sightings that guess is worth, and what all letters of one skeleton say together.
_GUESS_WEIGHT: Final = 6.0
_SKELETON_WEIGHT: Final = 4.0
#: Sightings of each letter read as itself that are added: a program that knows it may do so.
_ITSELF: Final = 0.5
_LEAST: Final = 1e-6
#: Nats for a letter that stands for nothing, and for one read as a sign that no table knows.
_ADDED: Final = 7.5
_STRANGE: Final = 11.0
#: What the dictionary writes for a letter that was missed.
MISSED: Final = "∅"


class Misreadings:
    """What one kind of program makes of each letter, as counts turned into prices.

    >>> table = Misreadings([("ộ", "ô", 144.0, 220.0), ("ộ", "6", 24.0, 220.0)])
    >>> table.price("ộ", "ô") < table.price("ộ", "6") < table.price("ộ", "x")
    True
    """

    def __init__(self, rows: Iterable[tuple[str, str, float, float]], exact: bool = False) -> None:
        """``rows``: what was meant (a letter or two), what was read, how often of how many.

        ``exact``: nothing else ever happens.
        """
        self._exact = exact
        self.of: dict[str, dict[str, float]] = defaultdict(dict)
        self._total: dict[str, float] = {}
        self._of_skeleton: dict[tuple[str, str], float] = defaultdict(float)
        self._total_of_skeleton: dict[str, float] = defaultdict(float)
        for meant, read, count, total in rows:
            self.of[meant][read] = count
            self._total[meant] = total
            if len(meant) == 1:
                self._of_skeleton[skeleton(meant), read] += count
                self._total_of_skeleton[skeleton(meant)] += count

    @staticmethod
    @cache
    def load() -> dict[str, Misreadings]:
        """The tables that ship with vnclean, by the kind of program.

        >>> sorted(Misreadings.load())
        ['books', 'french']
        """
        rows: dict[str, list[tuple[str, str, float, float]]] = defaultdict(list)
        for kind, meant, read, count, total in read_table("misreadings.tsv"):
            rows[kind].append((meant, "" if read == MISSED else read, float(count), float(total)))
        return {kind: Misreadings(some) for kind, some in rows.items()}

    def share(self, meant: str, read: str) -> float:
        """How likely a letter is read so (the empty string: missed); backs off to its skeleton."""
        bare = skeleton(meant)
        known = self._of_skeleton.get((bare, read), 0.0)
        pooled = known + _GUESS_WEIGHT * _unseen(meant, read)
        guess = pooled / (self._total_of_skeleton.get(bare, 0.0) + _GUESS_WEIGHT)
        seen = self.of.get(meant, {}).get(read, 0.0) + _ITSELF * (read == meant)
        total = self._total.get(meant, 0.0) + _ITSELF
        return (seen + _SKELETON_WEIGHT * guess) / (total + _SKELETON_WEIGHT)

    def price(self, meant: str, read: str) -> float:
        """The same in nats; infinite for what never happens."""
        if self._exact:
            return 0.0 if read in self.of.get(meant, {}) else inf
        return -log(max(self.share(meant, read), _LEAST))

    @property
    def added(self) -> float:
        """What a letter costs that was read where none is, and none doubled either."""
        return inf if self._exact else _ADDED

    @property
    def strange(self) -> float:
        """What it costs that a letter was read as a sign that is in no table."""
        return inf if self._exact else _STRANGE

    @cached_property
    def joined(self) -> Mapping[str, Mapping[str, float]]:
        """For pairs of letters that are read as one: the prices of what they are read as."""
        return {
            pair: {read: log((self._total[pair] + 2) / count) for read, count in found.items()}
            for pair, found in self.of.items()
            if len(pair) == 2
        }


def upper_half_lost() -> Misreadings:
    """What a program does that loses the letters of U+1EA0–1EF9 and none else."""
    return _certain(residue)


def all_bare() -> Misreadings:
    """What a program does that loses all diacritics."""
    return _certain(skeleton)


def _certain(left: Callable[[str], str]) -> Misreadings:
    """``left``: what is left of each letter, always."""
    letters = sorted({letter for word in syllable_counts() for letter in word})
    return Misreadings(((letter, left(letter), 1.0, 1.0) for letter in letters), exact=True)


def _unseen(meant: str, read: str) -> float:
    if len(read) != 1:
        return _DOUBLED if read else _MISSED
    return _ALIKE if skeleton(read) == skeleton(meant) else _OTHER
