"""The decoder: how likely each reading of each word is, for many stretches of text at once.

A stretch is a sequence of positions, each with its *slots*: the words that may be meant there and
what each costs in each mode.  The hidden state is the last two words and the mode, which changes
at a price; a sequence weighs ``exp(-price) * P(words)``.  The decoder walks all stretches in step,
keeps for each a beam of pairs of words with a weight for every mode, and sums forward and then
backward over them: the forward–backward algorithm of a hidden Markov model (Rabiner 1989) of
second order, pruned to a beam.  Reading off the likeliest word of each position makes fewer wrong
words than the likeliest sequence does (Goel and Byrne, *Minimum Bayes-risk automatic speech
recognition*, 2000).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.arrays import ranges, row_maxima, row_sums, run_starts
from vnclean.spelling.ngrams import BREAK, Floats, NgramModel

Ints = NDArray[Any]
Weights = NDArray[np.float64]
#: Word number of a slot that stands for no word at all: context passes through it.
NOTHING: Final = 0xFFFF
#: Ways less likely than the best one of their step by this factor are given up: 1e-4 costs 0.05
#: points of word accuracy on text without diacritics and makes that a third faster.
_HOPELESS: Final = 1e-6


@dataclass(frozen=True)
class Slots:
    """The readings of all positions, one after another, the written word first in each."""

    word: Ints  #: shape (slots,)
    cost: Floats  #: in nats, shape (slots, modes); infinite where a mode does not allow it

    def take(self, index: Ints) -> Slots:
        """Those at ``index``."""
        return Slots(self.word.take(index), self.cost.take(index, axis=0))


@dataclass(frozen=True)
class Stretches:
    """Stretches of text to decode, their positions laid end to end."""

    slots: Slots
    count: Ints  #: number of slots of each position, all 1 or more
    length: Ints  #: number of positions of each stretch, all 1 or more
    context: tuple[Ints, Ints]  #: the two words before each stretch
    before: Weights | None = None  #: of each mode before each stretch, shape (stretches, modes)
    after: Weights | None = None  #: the same after it


@dataclass
class _Beam:
    """Pairs of words that may precede a step; ``stretch`` is in order."""

    stretch: Ints
    u: Ints
    v: Ints
    weight: Weights  #: of each mode, the largest of a stretch being 1


@dataclass
class _Step:
    """What one step leaves behind for the way back: arcs from a state through a slot to one."""

    origin: Ints  #: stretch of each state before the step
    stretch: Ints  #: stretch of each state after it
    parent: Ints
    child: Ints
    slot: Ints
    entering: Weights  #: weight of each mode before the slot, shape (states before, modes)
    factor: Floats  #: what the arc multiplies it by, shape (arcs, modes)


class Decoder:
    """Decodes with a model, a table of mode switches, and a beam of ``width`` pairs of words."""

    def __init__(
        self,
        model: NgramModel,
        switch: list[list[float]],
        width: int = 24,
        hopeless: float = _HOPELESS,
    ) -> None:
        self._model = model
        self._switch = np.exp(-np.array(switch))
        self._width = width
        self._hopeless = hopeless

    def decode(self, text: Stretches) -> Weights:
        """Posterior probability of every slot in every mode; shape (slots, modes)."""
        order = np.argsort(-text.length, kind="stable")
        lengths = text.length[order]
        place = (np.cumsum(text.length) - text.length)[order]
        first_slot = np.cumsum(text.count) - text.count
        emission = np.exp(-text.slots.cost.astype(np.float64))
        beam = self._start(text, order)
        steps: list[_Step] = []
        for step in range(int(lengths[0])):
            active = int(np.searchsorted(-lengths, -step, side="left"))
            here = place[:active] + step
            alive = int(np.searchsorted(beam.stretch, active))
            beam = _Beam(beam.stretch[:alive], beam.u[:alive], beam.v[:alive], beam.weight[:alive])
            slots = first_slot[here], text.count[here]
            beam, left = self._advance(beam, slots, text.slots.word, emission)
            steps.append(left)
        after = np.ones_like(emission, shape=(len(order), emission.shape[1]))
        if text.after is not None:
            after = text.after[order]
        return self._backward(steps, after, emission.shape)

    def _start(self, text: Stretches, order: Ints) -> _Beam:
        modes = len(self._switch)
        weight = np.eye(1, modes).repeat(len(order), axis=0)
        if text.before is not None:
            weight = text.before[order]
        return _Beam(np.arange(len(order)), text.context[0][order], text.context[1][order], weight)

    def _advance(
        self, beam: _Beam, slots: tuple[Ints, Ints], words: Ints, emission: Weights
    ) -> tuple[_Beam, _Step]:
        """All states with all slots of their position, pruned to the beam."""
        first, count = slots
        of_state = count.take(beam.stretch)
        parent = np.repeat(np.arange(len(of_state)), of_state)
        slot = ranges(first.take(beam.stretch), of_state)
        entering = beam.weight @ self._switch
        word, u, v = words.take(slot), beam.u.take(parent), beam.v.take(parent)
        factor = emission.take(slot, axis=0)
        factor *= np.exp(self._spoken(beam, parent, u, v, word))[:, None]
        weight = entering.take(parent, axis=0)
        weight *= factor
        stretch = beam.stretch.take(parent)
        near, best = _near(weight, stretch, self._hopeless)
        nothing = word == NOTHING
        new_u = np.where(nothing, u, np.where(word == BREAK, BREAK, v)).take(near)
        new_v = np.where(nothing, v, word).take(near)
        scale = 1 / best.take(stretch.take(near))[:, None]
        new, arc, child = self._prune(
            stretch.take(near), new_u, new_v, weight.take(near, axis=0) * scale
        )
        kept = near.take(arc)
        factor = factor.take(kept, axis=0) * scale.take(arc, axis=0)
        return new, _Step(
            beam.stretch,
            new.stretch,
            parent.take(kept).astype(np.int32),
            child.astype(np.int32),
            slot.take(kept).astype(np.int32),
            entering,
            factor.astype(np.float32),
        )

    def _spoken(self, beam: _Beam, parent: Ints, u: Ints, v: Ints, word: Ints) -> Floats:
        """log P of each word after two; 0 for no word."""
        context = self._model.context(beam.u, beam.v).take(parent)
        spoken = np.flatnonzero(word != NOTHING)
        if len(spoken) == len(word):
            return self._model.trigram(u, v, word, context)
        score = np.zeros(len(word), dtype=np.float32)
        score[spoken] = self._model.trigram(u[spoken], v[spoken], word[spoken], context[spoken])
        return score

    def _prune(self, stretch: Ints, u: Ints, v: Ints, weight: Weights) -> tuple[_Beam, Ints, Ints]:
        """Joins arcs into states and keeps the best ``width`` of each stretch.

        Out: the states; which arcs lead to them; to which one each of these leads.
        """
        key = (stretch << 16 | u) << 16 | v
        order = np.argsort(key, kind="stable")
        first = run_starts(key.take(order))
        leader = order[first]
        total = np.add.reduceat(weight.take(order, axis=0), np.flatnonzero(first), axis=0)
        owner = stretch.take(leader)
        ranked = np.lexsort((-row_sums(total), owner))
        opening = np.flatnonzero(run_starts(owner.take(ranked)))
        size = np.diff(np.append(opening, len(ranked)))
        rank = np.arange(len(ranked)) - np.repeat(opening, size)
        kept = np.sort(ranked[rank < self._width])
        number = np.full(len(leader), -1)
        number[kept] = np.arange(len(kept))
        state = np.empty(len(order), dtype=np.int64)
        state[order] = number.take(np.cumsum(first) - 1)
        arc = np.flatnonzero(state >= 0)
        chosen = leader.take(kept)
        beam = _Beam(stretch.take(chosen), u.take(chosen), v.take(chosen), total.take(kept, axis=0))
        return beam, arc, state.take(arc)

    def _backward(self, steps: list[_Step], after: Weights, shape: tuple[int, ...]) -> Weights:
        """The posteriors; ``after``: of each mode after each stretch."""
        slots, shares = [], []
        later = np.zeros((0, shape[1]))
        for step in reversed(steps):
            ended = step.stretch[len(later) :]
            later = np.concatenate((later, after.take(ended, axis=0)))
            onward = step.factor * later.take(step.child, axis=0)
            joint = onward * step.entering.take(step.parent, axis=0)
            owner = step.stretch.take(step.child)
            total = np.bincount(owner, row_sums(joint))
            slots.append(step.slot)
            shares.append(joint / total.take(owner)[:, None])
            later = _summed(onward, step.parent, len(step.origin)) @ self._switch.T
            later /= total.take(step.origin)[:, None]
        return _summed(np.concatenate(shares), np.concatenate(slots), shape[0])


def _summed(values: Weights, group: Ints, groups: int) -> Weights:
    """Sums of the rows of each group."""
    columns = [np.bincount(group, column, minlength=groups) for column in values.T]
    return np.stack(columns, axis=1)


def _near(weight: Weights, stretch: Ints, hopeless: float) -> tuple[Ints, Weights]:
    """The arcs that are not hopeless, and the best weight of each stretch."""
    total = row_maxima(weight)
    best = np.maximum.reduceat(total, np.flatnonzero(run_starts(stretch)))
    near = np.flatnonzero(total >= hopeless * best.take(stretch))
    return near, best
