"""Turns a decoded line into sentences and numbers for ``vnclean explain``."""

from __future__ import annotations

from math import log

import numpy as np

from vnclean.edits import Edit
from vnclean.orthography import fold
from vnclean.spelling.explanation import Candidate, WordExplanation
from vnclean.spelling.prices import Mode
from vnclean.spelling.speller import Lattice, Speller, style_of
from vnclean.spelling.tokens import Kind

#: Candidates shown for a word: those that are not hopeless, and no more than these.
_SHOWN = 12
_HOPELESS = 1e-9


def explain(speller: Speller, line: str, min_confidence: float) -> list[WordExplanation]:
    """Every word of ``line`` (and every double blank that may hide one) with its candidates.

    What is said to be chosen is what :meth:`Speller.edits` finds and ``min_confidence`` lets by.
    """
    edits = {edit.start: edit for edit in speller.edits([line])[0]}
    lattice = speller.lattice(line)
    told = []
    for position, symbol in enumerate(lattice.symbols):
        if symbol.kind not in (Kind.WORD, Kind.GAP):
            continue
        candidates = _candidates(speller, lattice, position, line)
        edit = edits.get(symbol.start)
        if symbol.kind is Kind.GAP and edit is None:
            continue
        applied = edit is not None and edit.confidence >= min_confidence
        told.append(
            WordExplanation(
                symbol.text,
                edit.after if edit is not None and applied else symbol.text,
                _reason(symbol.text, edit, applied, candidates, min_confidence),
                tuple(candidates),
            )
        )
    return told


def _candidates(speller: Speller, lattice: Lattice, position: int, line: str) -> list[Candidate]:
    decoded, items = lattice.decoded, lattice.items
    style = style_of(lattice.symbols)
    written = lattice.symbols[position].text
    best: dict[tuple[str, Mode], tuple[float, int]] = {}
    shares: dict[tuple[str, Mode], float] = {}
    for arc in np.flatnonzero(decoded.arc_position == position).tolist():
        item = int(decoded.arc_item[arc])
        key = speller.write(int(items.word[item]), written, style), Mode(int(items.mode[item]))
        share = float(decoded.arc_posterior[arc])
        shares[key] = shares.get(key, 0.0) + share
        best[key] = max(best.get(key, (-1.0, arc)), (share, arc))
    most = max(shares.values())
    ranked = sorted(shares, key=lambda key: -shares[key])
    found = []
    for word, mode in ranked[:_SHOWN]:
        share = shares[word, mode]
        if share < _HOPELESS:
            break
        arc = best[word, mode][1]
        price = float(items.cost[decoded.arc_item[arc]])
        found.append(
            Candidate(
                word,
                mode.name.lower(),
                price,
                float(decoded.arc_cost[arc]) - price,
                log(most / share),
                share,
            )
        )
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
