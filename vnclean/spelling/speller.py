"""The spelling stage: lines in, edits of their words out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnclean.edits import Edit
from vnclean.orthography import (
    ToneStyle,
    Syllable,
    fold,
    match_case,
    residue,
    skeleton,
    split_tone,
    tone_misplaced,
    tone_style,
)
from vnclean.spelling.channel import Channel, Mode, Prices
from vnclean.spelling.decoder import NOTHING, Decoded, Decoder
from vnclean.spelling.encoding import TokenTable
from vnclean.spelling.lexicon import Lexicon
from vnclean.spelling.ngrams import BREAK, NgramModel
from vnclean.spelling.tokens import Kind, Symbol, line_symbols
from vnclean.spelling.types import TypeTable
from vnclean.wordlists import folder, read_table

Ints = NDArray[Any]


class Speller:
    def __init__(self, model: NgramModel, prices: Prices, scale: float = 1.0, width: int = 12) -> None:
        self.model = model
        self.prices = prices
        self.lexicon = Lexicon(model.number_of)
        foreign = frozenset(row[0] for row in read_table("foreign.tsv"))
        self.channel = Channel(self.lexicon, foreign, prices)
        self.decoder = Decoder(model, prices.switch(), scale, width)
        self.types = TypeTable(self.channel, model.number_of)
        self.table = TokenTable(self.types.type_of)

    def edits(self, lines: Sequence[str]) -> list[list[Edit]]:
        stream = self.table.encode(lines)
        words = self.types.words[stream]
        roles = self.types.roles(stream)
        entries = self.types.entries(stream, roles)
        pool = self.types.pool
        line_of = np.repeat(np.arange(len(lines)), 1) if False else None
        # stretches: whole lines
        newline = self.types.type_of(Symbol(Kind.BREAK, "\n", 0, 0))
        # every line end is exactly one BREAK; find by counting symbols per line
        bounds = self._line_bounds(lines, stream)
        result: list[list[Edit]] = [[] for _ in lines]
        todo = [(k, a, b) for k, (a, b) in enumerate(zip(bounds, bounds[1:])) if b - a > 1]
        if not todo: return result
        for lo in range(0, len(todo), 512):
            part = todo[lo:lo+512]
            decoded = self.decoder.decode([entries[a:b] for _, a, b in part], pool)
            best = pool.word[decoded.item]; mode = pool.mode[decoded.item]
            at = 0
            for k, a, b in part:
                n = b - a
                changed = np.flatnonzero(best[at:at+n] != words[a:b])
                mis = []
                if len(changed):
                    syms = list(line_symbols(lines[k])); assert len(syms) == n - 1, (lines[k], len(syms), n)
                    for i in changed.tolist():
                        s = syms[i]
                        w = int(best[at+i])
                        if w == NOTHING or s.kind not in (Kind.WORD, Kind.GAP): continue
                        after = self.model.words[w]
                        if s.kind is Kind.GAP: after = " " + after if False else after
                        after = match_case(s.text, after)
                        result[k].append(Edit(s.start, s.end, s.text, after, Mode(int(mode[at+i])).name.lower(), float(decoded.confidence[at+i]), Mode(int(mode[at+i])).name.lower()))
                at += n
        return result

    def _line_bounds(self, lines, stream):
        counts = [sum(1 for _ in line_symbols(l)) + 1 for l in lines]
        return np.concatenate(([0], np.cumsum(counts)))
