"""The inner loop of the training of the wide context, compiled by numba."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.errors import UsageError
from vnclean.language import translated
from vnclean.spelling.ngrams import BREAK, UNKNOWN
from vnclean.spelling.wide_context import REACH

Progress = Callable[[int], None]
Vectors = tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]

#: Step of the descent at first; it falls to nothing, in a straight line.
_RATE: Final = np.float32(0.1)
#: The weights of places are shared by all words, so they take smaller steps.
_NEAR_RATE: Final = np.float32(0.02)
_LAST_RATE: Final = np.float32(1e-4)
#: Rivals that lag so far behind by bigrams (steps of 20/255 nats) are left out: 9 nats.
_HOPELESS: Final = 115
_STEP: Final = np.float32(20 / 255)
#: A place whose bigrams leave less doubt than this (nats) is learned from one time in eight.
_SETTLED: Final = np.float32(0.003)
#: Gradients smaller than this change nothing worth the time.
_NEGLIGIBLE: Final = np.float32(1e-4)
#: Words trained between two reports of progress.
_PART: Final = 1 << 20


def train(
    text: NDArray[Any],
    rivals: NDArray[Any],
    count: NDArray[Any],
    pairs: NDArray[Any],
    group: NDArray[Any],
    vectors: Vectors,
    progress: Progress,
) -> None:
    """Trains ``vectors`` (inward, outward, bias, near) in place.

    ``rivals``, ``count``: the words that each word must win against, itself first; ``pairs``: log
    P(w|v) in steps; ``group``: that of each place around a word.
    Raises UsageError if numba is not installed.
    """
    try:
        import numba
    except ImportError as error:
        raise UsageError(
            translated(
                "training the wide context needs numba: pip install 'vnclean[training]', "
                "or leave it out with --no-wide-context"
            )
        ) from error
    part = numba.njit(fastmath=True)(_train_part)
    for first in range(0, len(text), _PART):
        last = min(first + _PART, len(text))
        part(text, first, last, rivals, count, pairs, group, *vectors)
        progress(last)


def _train_part(
    text: NDArray[Any],
    first: int,
    last: int,
    rivals: NDArray[Any],
    count: NDArray[Any],
    pairs: NDArray[Any],
    group: NDArray[Any],
    inward: NDArray[Any],
    outward: NDArray[Any],
    bias: NDArray[Any],
    near: NDArray[Any],
) -> None:
    """Descends along the words ``first`` to ``last`` of the text; one loop, for the compiler."""
    size = inward.shape[1]
    total, back = np.zeros(size, np.float32), np.zeros(size, np.float32)
    score, share = np.zeros(64, np.float32), np.zeros(64, np.float32)
    chosen = np.zeros(64, np.int32)
    one = np.float32(1)
    for place in range(max(first, REACH), min(last, len(text) - REACH)):
        word = text[place]
        if count[word] < 2:
            continue
        before, after = text[place - 1], text[place + 1]
        # What the bigrams on either side say of each rival.
        best = 0
        for k in range(count[word]):
            rival = rivals[word, k]
            steps = int(pairs[before, rival])
            if after != BREAK:
                steps += int(pairs[rival, after])
            score[k] = steps
            best = max(best, steps)
        left, doubt = 0, np.float32(0)
        for k in range(count[word]):
            if k == 0 or score[k] > best - _HOPELESS:
                chosen[left], score[left] = rivals[word, k], (score[k] - best) * _STEP
                doubt += np.exp(score[left])
                left += 1
        if left < 2:
            continue
        if np.log(doubt) - score[0] < _SETTLED and (place * 2654435761 >> 7) & 7:
            continue
        rate = _RATE * (one - np.float32(place) / np.float32(len(text))) + _LAST_RATE
        total[:] = 0
        for offset in range(2 * REACH + 1):
            other = text[place + offset - REACH]
            if offset != REACH and other > UNKNOWN:
                weight = near[group[offset]]
                vector = inward[other]
                for i in range(size):
                    total[i] += vector[i] * weight[i]
        most = np.float32(-1e9)
        for k in range(left):
            vector = outward[chosen[k]]
            score[k] += bias[chosen[k]]
            for i in range(size):
                score[k] += vector[i] * total[i]
            most = max(most, score[k])
        everything = np.float32(0)
        for k in range(left):
            share[k] = np.exp(score[k] - most)
            everything += share[k]
        back[:] = 0
        for k in range(left):
            slope = share[k] / everything - (one if k == 0 else np.float32(0))
            if abs(slope) > _NEGLIGIBLE:
                bias[chosen[k]] -= rate * slope
                vector = outward[chosen[k]]
                for i in range(size):
                    back[i] += slope * vector[i]
                    vector[i] -= rate * slope * total[i]
        for offset in range(2 * REACH + 1):
            other = text[place + offset - REACH]
            if offset != REACH and other > UNKNOWN:
                weight = near[group[offset]]
                vector = inward[other]
                for i in range(size):
                    old = vector[i]
                    vector[i] -= rate * back[i] * weight[i]
                    weight[i] -= rate * _NEAR_RATE * back[i] * old
