"""From suspects to how likely each of their readings is.

A suspect with sound words around it is settled at once: the screen has summed up the trigrams of
all its rivals.  Suspects near to each other are decoded together, a few words around them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.arrays import distinct, ranges, row_sums, run_starts
from vnclean.spelling.decoder import NOTHING, Decoder, Slots, Stretches, Weights
from vnclean.spelling.modes import NEAR, Messages, ModeChain
from vnclean.spelling.ngrams import BREAK, Floats
from vnclean.spelling.prices import RUNS, Mode
from vnclean.spelling.screening import Suspects
from vnclean.spelling.types import TypeTable

Ints = NDArray[Any]
Flags = NDArray[np.bool_]

#: A trigram reaches so far: words farther from each other do not meet in one.
REACH: Final = 2
#: A mode less likely than this at a suspect is not followed to its neighbours.
_LIKELY: Final = 0.02
#: Slots less likely than this are beyond what the rest of the line or document can bring back.
_HOPELESS: Final = 1e-6
#: Positions decoded together: enough to pay for NumPy's calls, few enough for little memory.
_DECODED: Final = 3_000


@dataclass(frozen=True)
class Posteriors:
    """How likely the slots of some positions are."""

    at: Ints
    count: Ints
    word: Ints
    cost: Floats  #: in nats, shape (slots, modes)
    share: Weights  #: shape (slots, modes), summing to 1 for each position

    def best(self) -> Ints:
        """The likeliest slot of each position."""
        total = row_sums(self.share)
        owner = np.repeat(np.arange(len(self.at)), self.count)
        order = np.lexsort((-total, owner))
        return order[run_starts(owner)]

    def without_hopeless(self) -> Posteriors:
        """Without the slots that nothing can make likely again: most of them, and most memory."""
        kept = np.flatnonzero(row_sums(self.share) > _HOPELESS)
        owner = np.repeat(np.arange(len(self.at)), self.count).take(kept)
        return Posteriors(
            self.at,
            np.bincount(owner, minlength=len(self.at)),
            self.word.take(kept),
            self.cost.take(kept, axis=0),
            self.share.take(kept, axis=0),
        )

    def likeliest(self, of: Ints, most: int) -> list[list[tuple[int, float]]]:
        """The words of some positions, ``most`` of each, with how likely they are, falling.

        ``of``: indices into ``at``, in order.
        """
        count = self.count.take(of)
        slot = ranges((np.cumsum(self.count) - self.count).take(of), count)
        owner = np.repeat(np.arange(len(of)), count)
        share = row_sums(self.share.take(slot, axis=0))
        order = np.lexsort((-share, owner))
        rank = np.arange(len(order)) - np.repeat(np.cumsum(count) - count, count)
        order = order[rank < most]
        pairs = list(zip(self.word.take(slot[order]).tolist(), share[order].tolist(), strict=True))
        ends = np.cumsum(np.minimum(count, most)).tolist()
        return [pairs[first:end] for first, end in zip([0, *ends], ends, strict=False)]


@dataclass(frozen=True)
class _Field:
    """A stream, its suspects and what may stand in their places."""

    types: Ints
    words: Ints
    line: Ints  #: number of the line of each position
    suspects: Suspects
    table: TypeTable


class Resolver:
    """Settles or decodes suspects."""

    def __init__(self, decoder: Decoder, switch: list[list[float]]) -> None:
        self._decoder = decoder
        self._chain = ModeChain(switch)

    def resolve(
        self, types: Ints, words: Ints, suspects: Suspects, table: TypeTable
    ) -> Iterator[Posteriors]:
        """Everything that is suspect in a stream of types (and their model words)."""
        if not len(suspects.at):
            return
        ends = types == table.line_end
        line = 2 * np.cumsum(ends) - ends  # a line's end is on a line of its own
        field = _Field(types, words, line, suspects, table)
        place, row, gain = _slots(field)
        readings = table.readings
        weight = np.exp(gain[:, None] - readings.cost.take(row, axis=0))
        emission = _sums(weight, place, len(suspects.at))
        messages = self._messages(field, emission)
        runs = _runs(field, emission * messages.before * messages.after)
        alone = _alone(suspects.at, runs, line)
        settled = np.flatnonzero(alone)
        if len(settled):
            mine = np.flatnonzero(alone.take(place))
            place = (np.cumsum(alone) - 1).take(place[mine])
            share = weight[mine] * (messages.before * messages.after)[settled].take(place, axis=0)
            share /= np.bincount(place, row_sums(share)).take(place)[:, None]
            row = row[mine]
            word, cost = readings.word.take(row), readings.cost.take(row, axis=0)
            yield Posteriors(suspects.at[settled], np.bincount(place), word, cost, share)
        hits = distinct(np.concatenate((suspects.at[~alone], runs)))
        if len(hits):
            for batch in _batches(windows(hits, line)):
                yield self._decode(field, batch, messages)

    def everything(self, types: Ints, words: Ints, table: TypeTable) -> Posteriors:
        """All readings of one line, decoded with nothing screened out."""
        at = np.arange(len(types))
        entries = table.entries(types, at)
        readings = table.readings
        count = readings.lengths.take(entries)
        row = ranges(readings.starts.take(entries), count)
        slots = Slots(readings.word.take(row), readings.cost.take(row, axis=0))
        text = Stretches(slots, count, np.array([len(at)]), contexts(words, np.zeros(1, int)))
        return Posteriors(at, count, slots.word, slots.cost, self._decoder.decode(text))

    def _messages(self, field: _Field, emission: Weights) -> Messages:
        at, line = field.suspects.at, field.line
        previous = np.concatenate(([-1], at[:-1]))
        opening = np.searchsorted(line, line.take(at))  # the line's first position
        near = (line.take(previous) == line.take(at)) & (at - previous <= NEAR + 1)
        near[0] = False
        since = np.where(near, previous + 1, np.maximum(opening, at - NEAR))
        kind = np.zeros(len(at), dtype=np.int64)
        for bit, mode in enumerate(RUNS):
            barred = np.cumsum(field.table.bars(mode).take(field.types))
            barred = np.concatenate(([0], barred))
            kind += (1 << bit) * (barred.take(at) > barred.take(since))
        return self._chain.messages(emission, ~near, kind, at - since)

    def _decode(self, field: _Field, batch: Ints, messages: Messages) -> Posteriors:
        """The readings of all positions of some ranges."""
        suspects, table = field.suspects, field.table
        length = batch[:, 1] - batch[:, 0]
        at = ranges(batch[:, 0], length)
        entries = table.entries(field.types, at)
        readings = table.readings
        here = np.arange(len(at))
        place = np.full(len(field.types), -1)
        place[at] = here
        mine = np.flatnonzero(place.take(suspects.rival_at) >= 0)
        runs = readings.run_lengths.take(entries)
        in_run = readings.runs.take(ranges(readings.run_starts.take(entries), runs))
        pairs = np.concatenate(
            (
                here << 32 | readings.starts.take(entries),
                np.repeat(here, runs) << 32 | in_run,
                place.take(suspects.rival_at[mine]) << 32 | suspects.rival[mine],
            )
        )
        pairs = distinct(pairs)
        row, owner = pairs & 0xFFFFFFFF, pairs >> 32
        slots = Slots(readings.word.take(row), readings.cost.take(row, axis=0))
        count = np.bincount(owner, minlength=len(at))
        before, after = self._around(field, batch, messages)
        text = Stretches(slots, count, length, contexts(field.words, batch[:, 0]), before, after)
        return Posteriors(at, count, slots.word, slots.cost, self._decoder.decode(text))

    def _around(self, field: _Field, batch: Ints, messages: Messages) -> tuple[Weights, Weights]:
        """What the suspects on either side of each range tell of the modes in it."""
        at, line = field.suspects.at, field.line
        left = np.searchsorted(at, batch[:, 0]) - 1
        gap = batch[:, 0] - at.take(left)
        near = (left >= 0) & (line.take(at.take(left)) == line.take(batch[:, 0])) & (gap <= NEAR)
        before = np.where(near[:, None], messages.ahead.take(left, axis=0), np.eye(1, len(Mode)))
        right = np.minimum(np.searchsorted(at, batch[:, 1]), len(at) - 1)
        gap = at.take(right) - batch[:, 1]
        near = (gap >= 0) & (line.take(at.take(right)) == line.take(batch[:, 0])) & (gap < NEAR)
        after = np.where(near[:, None], messages.behind.take(right, axis=0), 1.0)
        return before, after


def _slots(field: _Field) -> tuple[Ints, Ints, Floats]:
    """Suspect, row and trigram gain of every reading of the suspects, the written word first."""
    suspects, table = field.suspects, field.table
    entries = table.entries(field.types, suspects.at)
    keep = table.readings.starts.take(entries)
    place = np.searchsorted(suspects.at, suspects.rival_at)
    place = np.concatenate((np.arange(len(keep)), place))
    row = np.concatenate((keep, suspects.rival))
    gain = np.concatenate((np.zeros(len(keep), dtype=np.float32), suspects.gain))
    order = np.lexsort((row, place))
    return place[order], row[order], gain[order]


def _sums(weight: Weights, place: Ints, count: int) -> Weights:
    return np.stack([np.bincount(place, mode, minlength=count) for mode in weight.T], axis=1)


def _runs(field: _Field, weight: Weights) -> Ints:
    """Positions that may be in a run of damage: as far as its mode can reach from a suspect.

    ``weight``: of each suspect in each mode, all things considered.
    """
    share = weight / row_sums(weight)[:, None]
    found = np.zeros(len(field.types), dtype=np.bool_)
    for mode in RUNS:
        likely = field.suspects.at[share[:, mode] > _LIKELY]
        if len(likely):
            barred = field.table.bars(mode).take(field.types)
            stretch = np.cumsum(barred | run_starts(field.line))
            reached = np.zeros(int(stretch[-1]) + 1, dtype=np.bool_)
            reached[stretch[likely]] = True
            found |= reached.take(stretch) & ~barred
    return np.flatnonzero(found)


def _alone(at: Ints, runs: Ints, line: Ints) -> Flags:
    """Which of some positions have no other, and no run, within two trigrams' reach."""
    hits = np.concatenate((at, runs))
    order = np.argsort(hits, kind="stable")
    hits = hits[order]
    near = (np.diff(hits) <= 2 * REACH) & (np.diff(line.take(hits)) == 0)
    lone = np.ones(len(hits), dtype=np.bool_)
    lone[1:] &= ~near
    lone[:-1] &= ~near
    found = np.empty(len(hits), dtype=np.bool_)
    found[order] = lone
    return found[: len(at)]


def windows(hits: Ints, line: Ints, margin: int = REACH) -> Ints:
    """Ranges of positions to decode: ``hits`` and ``margin`` more, never across a line's end.

    ``line``: number of the line of each position, in order.
    Out: shape (windows, 2), first position and the one after the last.

    >>> windows(np.array([5, 9]), np.repeat([0, 1], [10, 10])).tolist()
    [[3, 10]]
    """
    covered = np.zeros(len(line), dtype=np.bool_)
    for shift in range(-margin, margin + 1):
        place = np.clip(hits + shift, 0, len(line) - 1)
        covered[place[line[place] == line[hits]]] = True
    edges = np.flatnonzero(np.diff(np.concatenate(([False], covered, [False]))))
    cuts = np.flatnonzero(covered[1:] & covered[:-1] & (line[1:] != line[:-1])) + 1
    edges = np.sort(np.concatenate((edges, cuts, cuts)))
    return edges.reshape(-1, 2)


def _batches(some: Ints) -> list[Ints]:
    """Ranges in batches of about as many positions, longest first: a batch takes as many steps
    as its longest range."""
    lengths = some[:, 1] - some[:, 0]
    order = np.argsort(-lengths, kind="stable")
    batch = np.cumsum(lengths[order]) // _DECODED
    return np.split(some[order], np.flatnonzero(np.diff(batch)) + 1)


def contexts(words: Ints, firsts: Ints) -> tuple[Ints, Ints]:
    """The two words before each position of a stream that begins after a BREAK."""
    padded = np.concatenate(([BREAK, BREAK], np.where(words == NOTHING, BREAK, words)))
    v, u = padded[firsts + 1], padded[firsts]
    return np.where(v == BREAK, BREAK, u), v
