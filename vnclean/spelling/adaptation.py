"""What a user's own text adds to the trigrams of the model that it was adapted from.

An adapted model is a whole one: words, unigrams and bigrams are those of the shipped model mixed
with those of the text, slips and rivals are worked out from them anew.  Only the trigrams cannot
be mixed in place, for the shipped file keeps their fingerprints, not the words.  They stay as they
are, and what the text says is kept beside them::

    P(w|u,v) = rest(u,v) · P_shipped(w|u,v) + share(u,v,w)

where the shares are discounted relative frequencies times the weight of the text, and the rest is
what they leave, so that each context still sums to one.  A context that the text does not have is
as it was.

Sections: ``adapted_contexts`` and ``adapted_trigrams``, cells of a
:class:`~vnclean.spelling.static_function.StaticFunction` of 24 bits of fingerprint (whoever is
found wrongly would gain much) and 8 of a row in the code books ``adapted_context_codes`` (natural
logarithms of the rests) and ``adapted_trigram_codes`` (of the shares).

Worked example: a text has ``kiểm tra thuế`` 8 times among 10 times ``kiểm tra``.  With a discount
of 1 and a weight of 0.5 the share is 0.5 · 7/10 = 0.35.  If nothing else is kept there, the rest
is 0.65.  The shipped model said P = 0.02, so now P = 0.65 · 0.02 + 0.35 = 0.363; for every other
word after ``kiểm tra``, 0.65 times what it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.static_function import StaticFunction

Ids = NDArray[Any]
Floats = NDArray[np.float32]

#: Of each cell, so many bits are a row of a code book.
VALUE_BITS: Final = 8


@dataclass(frozen=True)
class Adaptation:
    """The adapted part of a model."""

    contexts: StaticFunction
    trigrams: StaticFunction
    rests: Floats
    shares: Floats

    @classmethod
    def of(cls, sections: dict[str, NDArray[Any]], functions: dict[str, Any]) -> Adaptation | None:
        """From the sections of a model and the shapes of its functions; None if it has none."""
        if "adapted_trigrams" not in sections:
            return None
        names = "adapted_contexts", "adapted_trigrams"
        shapes = [functions[name] for name in names]
        contexts, trigrams = (
            StaticFunction(sections[name], VALUE_BITS, shape["seed"], shape["segment"])
            for name, shape in zip(names, shapes, strict=True)
        )
        codes = (sections[f"adapted_{name}_codes"] for name in ("context", "trigram"))
        return cls(contexts, trigrams, *codes)

    def apply(self, contexts: NDArray[np.uint64], w: Ids, score: Floats) -> None:
        """Puts the adapted log P(w|u,v) into the place of ``score``, the shipped model's.

        ``contexts``: the keys ``u << 16 | v``; all of shape (n,).
        """
        found, code = self.contexts.lookup(contexts)
        known = np.flatnonzero(found)
        if not len(known):
            return
        score[known] += self.rests.take(code[known])
        keys = contexts[known] << np.uint64(16) | w.take(known).astype(np.uint64)
        found, code = self.trigrams.lookup(keys)
        seen = known[found]
        score[seen] = np.logaddexp(score[seen], self.shares.take(code[found]))
