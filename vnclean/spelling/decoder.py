"""The decoder: the likeliest words behind many stretches of text at once.

A stretch is a sequence of positions, each with a list of items (word, mode, price).  The decoder
walks all stretches in step, keeping for each a beam of states (last two words, mode), and adds up
``price + switch(mode, mode) - log P(word | two words)``: the Viterbi search for a hidden
Markov model of second order (Rabiner 1989), pruned to a beam.  The arcs that survive form a
lattice over which forward and backward sums give the posterior probability of every word.  The
likeliest word of each position is read off there: that makes fewer wrong words than the best path
does (Bickel and Doksum 1977; Goel and Byrne, *Minimum Bayes-risk automatic speech recognition*,
2000).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.ngrams import BREAK, Floats, NgramModel

Ints = NDArray[Any]
#: Word number of an item that stands for no word at all: context passes through it.
NOTHING: Final = 0xFFFF
#: Arcs this much dearer (nats) than the best of their step are dropped unsorted.
_WORST: Final = 18.0


@dataclass(frozen=True)
class ItemPool:
    """Items of all entries, one after another.

    Entry k has the items ``starts[k] : starts[k] + lengths[k]``, of which the first ``quiet[k]``
    leave isolated slips out.
    """

    starts: Ints
    lengths: Ints
    quiet: Ints
    word: Ints
    mode: Ints
    cost: Floats


@dataclass(frozen=True)
class Stretches:
    """Stretches of text to decode, their positions laid end to end."""

    entry: Ints  #: entry of each position
    suspect: NDArray[np.bool_]  #: whether a position may be an isolated slip
    length: Ints  #: number of positions of each stretch, all 1 or more
    context: tuple[Ints, Ints]  #: the two words before each stretch


@dataclass(frozen=True)
class Decoded:
    """Likeliest words, and posteriors, of positions laid end to end (stretch after stretch)."""

    item: Ints  #: index into the pool of the likeliest word's best item, per position
    confidence: Floats  #: posterior of that word, per position
    arc_position: Ints  #: position of each surviving arc
    arc_item: Ints  #: its item
    arc_cost: Floats  #: price, switch of mode and context of the arc
    arc_posterior: Floats


@dataclass
class _Beam:
    """States of all stretches at one step; ``stretch`` is in order."""

    stretch: Ints
    u: Ints
    v: Ints
    mode: Ints
    cost: NDArray[np.float64]
    context: Floats

    def of(self, kept: Ints) -> _Beam:
        return _Beam(
            self.stretch[kept],
            self.u[kept],
            self.v[kept],
            self.mode[kept],
            self.cost[kept],
            self.context[kept],
        )


@dataclass
class _Step:
    """What one step leaves behind for the way back."""

    stretch: Ints  #: stretch of each state
    arc_parent: Ints
    arc_child: Ints
    arc_item: Ints
    arc_cost: NDArray[np.float64]


class Decoder:
    """Decodes with a model, a table of mode switches, and a beam of ``width`` states."""

    def __init__(self, model: NgramModel, switch: list[list[float]], width: int = 24) -> None:
        self._model = model
        self._switch = np.array(switch)
        self._width = width

    def decode(self, text: Stretches, pool: ItemPool) -> Decoded:
        """The best reading of every stretch, and how sure it is."""
        order = np.argsort(-text.length, kind="stable")
        lengths = text.length[order]
        firsts = (np.cumsum(text.length) - text.length)[order]
        beam = self._start(text.context[0][order], text.context[1][order])
        steps: list[_Step] = []
        for step in range(int(lengths[0])):
            active = int(np.searchsorted(-lengths, -step, side="left"))
            beam = beam.of(np.arange(np.searchsorted(beam.stretch, active)))
            place = firsts[:active] + step
            beam, left = self._advance(beam, text.entry[place], text.suspect[place], pool)
            steps.append(left)
        return _read(steps, lengths, firsts, pool)

    def _start(self, u: Ints, v: Ints) -> _Beam:
        count = len(u)
        modes = np.zeros(count, dtype=np.int64)
        return _Beam(np.arange(count), u, v, modes, np.zeros(count), self._model.context(u, v))

    def _advance(
        self, beam: _Beam, entry: Ints, suspect: NDArray[np.bool_], pool: ItemPool
    ) -> tuple[_Beam, _Step]:
        """All states with all items of their position, pruned to the beam."""
        of_state = entry[beam.stretch]
        count = np.where(suspect, pool.lengths[entry], pool.quiet[entry])[beam.stretch]
        parent = np.repeat(np.arange(len(of_state)), count)
        ends = np.cumsum(count)
        item = np.arange(ends[-1]) + np.repeat(pool.starts[of_state] - (ends - count), count)
        word, mode = pool.word[item], pool.mode[item]
        arc_cost = pool.cost[item] + self._switch[beam.mode[parent], mode]
        nothing = word == NOTHING
        u, v = beam.u[parent], beam.v[parent]
        spoken = np.flatnonzero(~nothing)
        arc_cost[spoken] -= self._model.trigram(
            u[spoken], v[spoken], word[spoken], beam.context[parent[spoken]]
        )
        total = beam.cost[parent] + arc_cost
        stretch = beam.stretch[parent]
        new_u = np.where(nothing, u, np.where(word == BREAK, BREAK, v))
        new_v = np.where(nothing, v, word)
        return self._prune(stretch, new_u, new_v, mode, total, parent, item, arc_cost)

    def _prune(
        self,
        stretch: Ints,
        u: Ints,
        v: Ints,
        mode: Ints,
        total: NDArray[np.float64],
        parent: Ints,
        item: Ints,
        arc_cost: NDArray[np.float64],
    ) -> tuple[_Beam, _Step]:
        """Joins arcs into states, keeps the best ``width`` states of each stretch."""
        starts = np.flatnonzero(np.concatenate(([True], stretch[1:] != stretch[:-1])))
        bound = np.minimum.reduceat(total, starts) + _WORST
        near = np.flatnonzero(total <= np.repeat(bound, np.diff(np.append(starts, len(total)))))
        stretch, u, v, mode, total = stretch[near], u[near], v[near], mode[near], total[near]
        parent, item, arc_cost = parent[near], item[near], arc_cost[near]
        key = ((stretch.astype(np.int64) << 16 | u) << 16 | v) << 2 | mode
        order = np.lexsort((total, key))
        first = np.concatenate(([True], key[order[1:]] != key[order[:-1]]))
        best = order[first]  # best arc of each state
        state_of_arc = np.empty(len(order), dtype=np.int64)
        state_of_arc[order] = np.cumsum(first) - 1
        ranked = np.lexsort((total[best], stretch[best]))
        owner = stretch[best][ranked]
        starts = np.flatnonzero(np.concatenate(([True], owner[1:] != owner[:-1])))
        rank = np.arange(len(ranked)) - np.repeat(starts, np.diff(np.append(starts, len(ranked))))
        kept = ranked[rank < self._width]
        number = np.full(len(best), -1)
        number[kept] = np.arange(len(kept))
        child = number[state_of_arc]
        arcs = np.flatnonzero(child >= 0)
        chosen = best[kept]
        new = _Beam(
            stretch[chosen],
            u[chosen],
            v[chosen],
            mode[chosen],
            total[chosen],
            self._model.context(u[chosen], v[chosen]),
        )
        return new, _Step(
            new.stretch,
            parent[arcs],
            child[arcs],
            item[arcs],
            arc_cost[arcs],
        )


def _read(steps: list[_Step], lengths: Ints, firsts: Ints, pool: ItemPool) -> Decoded:
    """The likeliest word of every position; ``firsts``: each stretch's first one in the output."""
    forward = _forward(steps)
    positions = int(lengths.sum())
    item = np.zeros(positions, dtype=np.int64)
    confidence = np.zeros(positions, dtype=np.float32)
    collected: list[tuple[Any, ...]] = []
    backward = np.zeros(0)
    for number in range(len(steps) - 1, -1, -1):
        step = steps[number]
        active = int(step.stretch[-1]) + 1
        backward = np.concatenate((backward, np.zeros(len(step.stretch) - len(backward))))
        score = forward[number][step.arc_parent] - step.arc_cost + backward[step.arc_child]
        owner = step.stretch[step.arc_child]
        posterior = np.exp(score - _log_sum(score, owner, active)[owner])
        place = firsts[:active] + number
        best, share = _likeliest(owner, pool.word[step.arc_item], posterior)
        item[place], confidence[place] = step.arc_item[best], share
        collected.append((place[owner], step.arc_item, step.arc_cost, posterior))
        before = int(np.searchsorted(steps[number - 1].stretch, active)) if number else active
        backward = _backward(step, backward, before)
    joined = [np.concatenate(part) for part in zip(*collected, strict=True)]
    return Decoded(item, confidence, *joined)


def _likeliest(
    owner: Ints, word: Ints, posterior: NDArray[np.float64]
) -> tuple[Ints, NDArray[Any]]:
    """Of each owner's arcs, the best one of its likeliest word, and that word's posterior."""
    _, group = np.unique(owner.astype(np.int64) << 16 | word, return_inverse=True)
    total: NDArray[Any] = np.bincount(group, posterior)
    share = total[group]
    order = np.lexsort((-posterior, -share, owner))
    first = np.concatenate(([True], owner[order[1:]] != owner[order[:-1]]))
    best = order[first]
    return best, share[best]


def _forward(steps: list[_Step]) -> list[NDArray[np.float64]]:
    """log of the summed weights of all ways to each state; entry k is before step k."""
    sums = [np.zeros(int(steps[0].stretch[-1]) + 1)]
    for step in steps:
        score = sums[-1][step.arc_parent] - step.arc_cost
        sums.append(_log_sum(score, step.arc_child, len(step.stretch)))
    return sums


def _backward(step: _Step, after: NDArray[np.float64], parents: int) -> NDArray[np.float64]:
    """log of the summed weights of all ways on from each state before ``step``."""
    score = after[step.arc_child] - step.arc_cost
    return _log_sum(score, step.arc_parent, parents)


def _log_sum(score: NDArray[np.float64], group: Ints, groups: int) -> NDArray[np.float64]:
    peak = np.full(groups, -np.inf)
    np.maximum.at(peak, group, score)
    peak[np.isneginf(peak)] = 0.0
    total = np.bincount(group, np.exp(score - peak[group]), minlength=groups)
    with np.errstate(divide="ignore"):
        summed: NDArray[np.float64] = np.log(total) + peak
    return summed
