"""Placeholder: one rule, so that what surrounds the cleaner can be tested."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vnclean.config import Config
from vnclean.edits import Edit, apply
from vnclean.spelling.explanation import Candidate, WordExplanation


@dataclass(frozen=True)
class Result:
    """A repaired text and the edits that made it."""

    text: str
    edits: list[Edit]


class Cleaner:
    """Repairs ``chng``."""

    def __init__(self, config: Config = Config()) -> None:  # noqa: B008
        self._config = config

    def edits(self, lines: Sequence[str]) -> list[list[Edit]]:
        return [
            [
                Edit(
                    m.start(),
                    m.end(),
                    "chng",
                    "chống",
                    "lost",
                    0.9,
                    "lost",
                    (("chẳng", 0.05),),
                    self._config.min_confidence <= 0.9,
                )
                for m in re.finditer(r"\bchng\b", line)
            ]
            if "chng" in line
            else []
            for line in lines
        ]

    def clean(self, text: str) -> Result:
        edits = self.edits([text])[0]
        return Result(apply(text, edits), edits)

    def explain(self, line: str) -> list[WordExplanation]:
        return [
            WordExplanation(
                word,
                "chống" if word == "chng" else word,
                "context prefers it" if word == "chng" else "nothing fits better",
                (
                    Candidate("chống", "lost", 2.0, 3.0, 5.0, 0.9),
                    Candidate("chng", "typed", 0.0, 12.0, 12.0, 0.1),
                )
                if word == "chng"
                else (),
            )
            for word in line.split()
        ]
