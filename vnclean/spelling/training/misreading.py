"""Learns how a program misreads letters, from lines that it read and what they should be.

The words of both are aligned, then the letters of each pair of words: expectation maximisation
over all alignments in which a letter is read as nothing, one or two letters, or two letters as
one (Ristad and Yianilos, *Learning string-edit distance*, 1998; Jiampojamarn, Kondrak and Sherif,
*Applying many-to-many alignments*, 2007).
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import exp, log
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from vnclean.orthography import is_syllable, skeleton
from vnclean.spelling.misreadings import Misreadings

#: Signs around words that tell nothing of letters.
_SIGNS: Final = '.,;:!?"“”‘’()[]{}«»…-–—/*|<>=~_ '
#: A word that has no counterpart costs so much; two that have nothing in common cost 1.
_GAP: Final = 0.62
#: Pairs less likely than this (nats a letter) were not aligned well: nothing is learned of them.
_HOPELESS: Final = -4.5
_ROUNDS: Final = 6
#: Counts below it are traces of alignments that no one believes.
_TRACE: Final = 1e-4
#: Letters read as something less often than this are not worth a row.
_LEAST: Final = 0.5
_LEAST_JOINED: Final = 1.5
#: How likely two letters are read as one before anything was learned.
_JOINED: Final = 5e-4
_FIRST_GUESS: Final = {True: 0.1, False: 2e-3}

Pairs = Counter[tuple[str, str]]
Row = tuple[str, str, float, float]


class _Arc(NamedTuple):
    """A step of an alignment, from a place in both words to another."""

    start: tuple[int, int]
    end: tuple[int, int]
    share: float


def word_pairs(read: Iterable[str], meant: Iterable[str]) -> Pairs:
    """Syllables and what was read in their place, with how often; both are lines.

    >>> sorted(word_pairs(["nguòi dòng"], ["người đồng"]))
    [('người', 'nguòi'), ('đồng', 'dòng')]
    """
    found: Pairs = Counter()
    for left, right in zip(read, meant, strict=True):
        for a, b in _aligned(_words(left), _words(right)):
            if a and is_syllable(b):
                found[b, a] += 1
    return found


def _words(line: str) -> list[str]:
    text = unicodedata.normalize("NFC", line).lower()
    return [word.strip(_SIGNS) for word in text.split()]


def _aligned(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pairs of the cheapest alignment of two lines, words without a counterpart left out."""
    if left == right:
        yield from zip(left, right, strict=True)
        return
    bare = [skeleton(word) for word in left], [skeleton(word) for word in right]
    cost = [[_GAP * (i + j) for j in range(len(right) + 1)] for i in range(len(left) + 1)]
    for i, a in enumerate(bare[0], 1):
        for j, b in enumerate(bare[1], 1):
            pair = cost[i - 1][j - 1] + OSA.normalized_distance(a, b)
            cost[i][j] = min(pair, cost[i - 1][j] + _GAP, cost[i][j - 1] + _GAP)
    i, j = len(left), len(right)
    while i and j:
        if cost[i][j] == cost[i - 1][j] + _GAP:
            i -= 1
        elif cost[i][j] == cost[i][j - 1] + _GAP:
            j -= 1
        else:
            i, j = i - 1, j - 1
            yield left[i], right[j]


def misreadings(pairs: Pairs) -> list[Row]:
    """What letters were read as, how often, of how many: the rows of :class:`Misreadings`."""
    table: Misreadings | None = None
    for _ in range(_ROUNDS):
        rows = _rows(pairs, table)
        table = Misreadings(rows)
    return [row for row in rows if row[2] >= (_LEAST if len(row[0]) == 1 else _LEAST_JOINED)]


def _rows(pairs: Pairs, table: Misreadings | None) -> list[Row]:
    """One round: counts of all alignments, each as likely as ``table`` says."""
    seen: dict[tuple[str, str], float] = defaultdict(float)
    total: dict[str, float] = defaultdict(float)
    for (meant, read), count in pairs.items():
        for at in range(len(meant) - 1):
            total[meant[at : at + 2]] += count
        for letters, found, share in _expected(meant, read, table):
            seen[letters, found] += count * share
            if len(letters) == 1:
                total[letters] += count * share
    return [(*key, count, total[key[0]]) for key, count in sorted(seen.items()) if count > _TRACE]


def _expected(meant: str, read: str, table: Misreadings | None) -> Iterator[tuple[str, str, float]]:
    """Each way to read letters, with how likely it is in the alignments of two words."""
    forward = {(0, 0): 1.0}
    arcs: list[_Arc] = []
    for i in range(len(meant)):
        for j in range(len(read) + 1):
            if (i, j) not in forward:
                continue
            for end in ((i + 1, j), (i + 1, j + 1), (i + 1, j + 2), (i + 2, j + 1)):
                if end[0] <= len(meant) and end[1] <= len(read):
                    share = _share(meant[i : end[0]], read[j : end[1]], table)
                    forward[end] = forward.get(end, 0.0) + forward[i, j] * share
                    arcs.append(_Arc((i, j), end, share))
    last = (len(meant), len(read))
    whole = forward.get(last, 0.0)
    if not whole or (table and log(whole) < _HOPELESS * max(last)):
        return
    backward = {last: 1.0}
    for arc in reversed(arcs):
        onward = arc.share * backward.get(arc.end, 0.0)
        backward[arc.start] = backward.get(arc.start, 0.0) + onward
    for (i, j), (k, m), share in arcs:
        yield meant[i:k], read[j:m], forward[i, j] * share * backward.get((k, m), 0.0) / whole


def _share(meant: str, read: str, table: Misreadings | None) -> float:
    if len(meant) == 2:
        if table is None:
            return _JOINED
        price = table.joined.get(meant, {}).get(read)
        return 0.0 if price is None else exp(-price)
    if table is not None:
        return table.share(meant, read)
    if len(read) != 1:
        return 0.01 * max((_share(meant, letter, None) for letter in read), default=1.0)
    return 0.6 if read == meant else _FIRST_GUESS[skeleton(read) == skeleton(meant)]
