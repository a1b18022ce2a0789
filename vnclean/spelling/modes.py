"""The hidden modes along a line, where only a few words of it are suspect.

Between two suspects every word is what it is, so that nothing but the mode can change there.
What all those words let through from one mode to another is a small matrix, the same for every
run of sound words of the same length: the forward–backward algorithm (Rabiner 1989) over the
modes alone steps from suspect to suspect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.arrays import row_maxima
from vnclean.spelling.prices import RUNS, Mode

Ints = NDArray[Any]
Weights = NDArray[np.float64]

#: Suspects of a line this near to each other make each other likelier: damage comes in runs.
NEAR: Final = 20
_MODES: Final = len(Mode)


@dataclass(frozen=True)
class Messages:
    """What the suspects of a stream tell each other of the modes; each of shape (suspects, modes).

    ``before``: how likely each mode is at a suspect by what stands before it, ``after`` by what
    stands after it.  ``ahead`` and ``behind`` are the same with the suspect itself: what it hands
    on to its right, and to its left.
    """

    before: Weights
    after: Weights
    ahead: Weights
    behind: Weights


class ModeChain:
    """The runs of sound words between suspects, as matrices from mode to mode."""

    def __init__(self, switch: list[list[float]]) -> None:
        """``switch``: price of going from a mode (row) to another (column)."""
        step = np.exp(-np.array(switch))
        #: Entry [kind, n]: from mode to mode over n sound words and one step more; each of the
        #: kind's bits says that one of RUNS cannot be among them.
        self.over = np.empty((1 << len(RUNS), NEAR + 1, _MODES, _MODES))
        for kind in range(len(self.over)):
            allowed = np.ones(_MODES)
            allowed[[mode for bit, mode in enumerate(RUNS) if kind >> bit & 1]] = 0.0
            matrix = step
            for length in range(NEAR + 1):
                self.over[kind, length] = matrix
                matrix = (matrix * allowed) @ step

    def messages(self, emission: Weights, first: Ints, kind: Ints, gap: Ints) -> Messages:
        """``emission``: weight of each suspect in each mode, shape (suspects, modes).

        ``first``: whether a suspect is the first of its sequence; ``kind`` and ``gap``: of the run
        of sound words before it (see :attr:`over`), to the suspect before or to the line's start.
        """
        matrix = self.over[kind, np.minimum(gap, NEAR)]
        starts = np.flatnonzero(first)
        lengths = np.diff(np.append(starts, len(emission)))
        order = np.argsort(-lengths, kind="stable")
        starts, lengths = starts[order], lengths[order]
        steps = range(int(lengths[0]) if len(lengths) else 0)
        at = [starts[: np.searchsorted(-lengths, -step, side="left")] + step for step in steps]
        before, after = np.empty_like(emission), np.ones_like(emission)
        ahead, behind = np.empty_like(emission), np.empty_like(emission)
        for step, here in enumerate(at):
            came = ahead[here - 1] if step else np.eye(1, _MODES)
            before[here] = _scaled(np.einsum("ni,nij->nj", _rows(came, here), matrix[here]))
            ahead[here] = _scaled(before[here] * emission[here])
        for step in reversed(steps):
            here = at[step]
            if step + 1 < len(at):
                onward = at[step + 1]
                after[onward - 1] = _scaled(np.einsum("nij,nj->ni", matrix[onward], behind[onward]))
            behind[here] = _scaled(after[here] * emission[here])
        return Messages(before, after, ahead, behind)


def _rows(values: Weights, like: Ints) -> Weights:
    return np.broadcast_to(values, (len(like), values.shape[1]))


def _scaled(weights: Weights) -> Weights:
    scaled: Weights = weights / row_maxima(weights)[:, None]
    return scaled
