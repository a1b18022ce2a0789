"""A second look at what the decoder leaves in doubt: with the words farther off.

The decoder has read every word between its two neighbours on either side.  Now that the line is
known but for a few doubtful places, the wide context says how well each word that may stand there
fits the rest of it, and their probabilities are weighed anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.arrays import row_sums
from vnclean.spelling.decoder import NOTHING, Weights
from vnclean.spelling.lattice import Posteriors
from vnclean.spelling.ngrams import Floats
from vnclean.spelling.wide_context import REACH, WideContext

Ints = NDArray[Any]

#: How much of what the wide context says is believed: some of it the trigrams have said before.
#: Flat from 0.5 to 0.9 on bare news, laws and Wikipedia.
_WEIGHT: Final = 0.7
#: A place is in doubt if its likeliest word is less sure than this.
_SURE: Final = 0.9995


class SecondLook:
    """Weighs the posteriors of the decoder by the wide context."""

    def __init__(self, context: WideContext, weight: float = _WEIGHT) -> None:
        self._context = context
        self._weight = weight

    def weighed(self, found: Sequence[Posteriors], words: Ints, line: Ints) -> list[Posteriors]:
        """``found`` anew; ``words``: as written, of the whole stream, ``line``: that of each.

        A word that the wide context does not know keeps its probability; what all the others of
        its place have together is shared out among them by how well they fit.
        """
        likely = words.copy()
        for some in found:
            likely[some.at] = some.word.take(some.best())
        spoken = np.flatnonzero(likely != NOTHING)
        texts = _Text(likely.take(spoken), line.take(spoken))
        return [self._weighed(some, texts, spoken) for some in found]

    def _weighed(self, found: Posteriors, text: _Text, spoken: Ints) -> Posteriors:
        share = row_sums(found.share)
        owner = np.repeat(np.arange(len(found.at)), found.count)
        surest = np.maximum.reduceat(share, np.cumsum(found.count) - found.count)
        gap = np.zeros(len(found.at), dtype=np.bool_)
        gap[owner[found.word == NOTHING]] = True
        doubtful = (surest < _SURE) & ~gap
        slot = np.flatnonzero(doubtful.take(owner))
        if not len(slot):
            return found
        places = np.flatnonzero(doubtful)
        around = text.around(np.searchsorted(spoken, found.at.take(places)))
        count = np.bincount(owner.take(slot), minlength=len(found.at)).take(places)
        fit = self._context.fit(around, count, found.word.take(slot))
        factor = np.ones(len(share))
        factor[slot] = self._factors(
            fit, share.take(slot), np.repeat(np.arange(len(places)), count)
        )
        return replace(found, share=found.share * factor[:, None])

    def _factors(self, fit: Floats, share: Weights, place: Ints) -> Weights:
        """What to multiply each word's probability by; ``place`` is in order."""
        known = ~np.isnan(fit)
        place, share = place[known], share[known]
        fit = self._weight * fit[known]
        most = np.full(int(place[-1]) + 1 if len(place) else 0, -np.inf)
        np.maximum.at(most, place, fit)
        gain = np.exp(fit - most.take(place))
        before, after = np.bincount(place, share), np.bincount(place, share * gain)
        factors = np.ones(len(known))
        factors[known] = gain * (before / np.maximum(after, 1e-300)).take(place)
        return factors


class _Text:
    """The spoken words of a stream and the lines that they are on."""

    def __init__(self, words: Ints, line: Ints) -> None:
        self._words = np.pad(words.astype(np.int64), REACH, constant_values=-1)
        self._line = np.pad(line, REACH, constant_values=-1)

    def around(self, places: Ints) -> Ints:
        """The words around each place on its own line, -1 for none; see :meth:`WideContext.fit`."""
        near = places[:, None] + np.arange(2 * REACH + 1)
        own = self._line.take(places + REACH)[:, None]
        around: Ints = np.where(self._line.take(near) == own, self._words.take(near), -1)
        return around
