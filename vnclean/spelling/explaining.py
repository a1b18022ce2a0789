"""Turns a decoded line into sentences and numbers for ``vnclean explain``."""

from __future__ import annotations

from math import log

import numpy as np

from vnclean.config import Config
from vnclean.document import Document
from vnclean.edits import Edit
from vnclean.orthography import fold
from vnclean.spelling.explanation import Candidate, WordExplanation
from vnclean.spelling.lattice import Posteriors
from vnclean.spelling.line import Line
from vnclean.spelling.prices import Mode
from vnclean.spelling.speller import Speller
from vnclean.spelling.tokens import Kind

#: Candidates shown for a word: those that are not hopeless, and no more than these.
_SHOWN = 12
_HOPELESS = 1e-9


def explain(speller: Speller, line: str, config: Config) -> list[WordExplanation]:
    """Every word of ``line`` (and every double blank that may hide one) with its candidates.

    What is said to be chosen is what :meth:`Speller.edits` finds and ``config`` lets by.
    """
    edits = {edit.start: edit for edit in speller.edits([line], Document([line]))[0]}
    whole = Line(line)
    posteriors = speller.everything(whole)
    told = []
    for position, symbol in enumerate(whole.symbols):
        if symbol.kind not in (Kind.WORD, Kind.GAP):
            continue
        candidates = _candidates(speller, whole, posteriors, position)
        edit = edits.get(symbol.start)
        if symbol.kind is Kind.GAP and edit is None:
            continue
        least = config.least(edit) if edit is not None else 0.0
        applied = edit is not None and edit.confidence >= least
        told.append(
            WordExplanation(
                symbol.text,
                edit.after if edit is not None and applied else symbol.text,
                _reason(symbol.text, edit, applied, candidates, least),
                tuple(candidates),
            )
        )
    return told


def _candidates(
    speller: Speller, line: Line, posteriors: Posteriors, position: int
) -> list[Candidate]:
    written = line.symbols[position].text
    first = int(posteriors.count[:position].sum())
    slots = slice(first, first + int(posteriors.count[position]))
    share, cost = posteriors.share[slots], posteriors.cost[slots]
    most = float(share.max())
    found = []
    for place in np.argsort(-share, axis=None)[:_SHOWN].tolist():
        slot, mode = divmod(place, len(Mode))
        probability = float(share[slot, mode])
        if probability < _HOPELESS:
            break
        word = speller.write(int(posteriors.word[slots][slot]), written, line)
        price, total = float(cost[slot, mode]), log(most / probability)
        name = Mode(mode).name.lower()
        found.append(Candidate(word, name, price, total - price, total, probability))
    return found


def _reason(
    written: str, edit: Edit | None, applied: bool, candidates: list[Candidate], least: float
) -> str:
    if edit is not None:
        if applied:
            return f"changed: {edit.kind}, probability {edit.confidence:.2f}"
        return f"left alone: {edit.after} has probability {edit.confidence:.2f}, below {least:g}"
    others = [c for c in candidates if fold(c.word) != fold(written)]
    if not others:
        return "kept: protected, or nothing comes near"
    return f"kept: {others[0].word}, the next best, is {others[0].total:.1f} nats dearer"
