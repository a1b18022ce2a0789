"""Why a word was, or was not, repaired: what ``vnclean explain`` shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a word.  Costs are in nats: less is better, ``total`` decides."""

    word: str
    mode: str
    cost: float  #: price of the damage that would turn ``word`` into what was read
    context: float  #: what the words around it, and the modes of these, add to that
    total: float  #: how much dearer than the best, over all readings of the line with ``word`` here
    posterior: float  #: the probability that ``word`` was meant


@dataclass(frozen=True, slots=True)
class WordExplanation:
    """A word as read, the reading chosen, and every candidate, best first."""

    word: str
    chosen: str
    reason: str
    candidates: tuple[Candidate, ...] = ()
