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
    rest: float  #: what the words farther off on the line add, against the likeliest word
    said: float  #: the same of what the document has said before
    total: float  #: how much dearer than the best, over all readings of the line with ``word`` here
    posterior: float  #: the probability that ``word`` was meant


@dataclass(frozen=True, slots=True)
class WordExplanation:
    """A word as read, or all that one edit is about, and what it is taken for.

    ``start``, ``end``: code points of its line.  ``kind``, ``confidence``, ``applied``: those of
    the edit, if there is one.  ``doubtful``: whether something else may well have been meant.
    """

    word: str
    chosen: str
    reason: str
    candidates: tuple[Candidate, ...] = ()  #: best first
    start: int = 0
    end: int = 0
    kind: str = ""
    confidence: float | None = None
    applied: bool = False
    doubtful: bool = False
