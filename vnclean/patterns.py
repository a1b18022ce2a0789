"""Patterns of what is never changed: regular expressions, by the ten thousand.

They are those of the package regex.  To compile one takes a tenth of a millisecond, and to try one
on a line some microseconds, so neither is done with all of them: of each pattern it is known which
letters must be in a line that it matches (:mod:`vnclean.pattern_outline`), and only those are
compiled and tried whose letters are there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final

from vnclean.errors import InputError
from vnclean.language import translated
from vnclean.letter_index import LetterIndex
from vnclean.pattern_outline import Outline, outline

#: Seconds that one pattern may take on one line.
PATIENCE: Final = 1.0


class Patterns:
    """What patterns match in lines.

    >>> patterns = Patterns(["Mã số: [0-9]+", "kim"])
    >>> patterns.spans("kim kim, Mã số: 17"), patterns.spans("kiểm")
    ([(0, 3), (4, 7), (9, 18)], [])
    """

    def __init__(self, patterns: Sequence[str], patience: float = PATIENCE) -> None:
        """``patience``: seconds that one of them may take on one line."""
        self._patterns, self._patience = patterns, patience
        self._compiled: dict[int, Any] = {}

    @cached_property
    def _outlines(self) -> list[Outline | None]:
        return [outline(pattern) for pattern in self._patterns]

    @cached_property
    def _always(self) -> list[int]:
        """Numbers of those of which it is not known what a line must have."""
        return [n for n, one in enumerate(self._outlines) if one is None or not one.needs]

    @cached_property
    def _index(self) -> LetterIndex:
        return LetterIndex(
            (need.casefold(), number)
            for number, one in enumerate(self._outlines)
            if one is not None and one.needs
            for need in one.needs[0]
        )

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where any of them matches a line of ``text``, in order; never an empty match.

        Raises InputError if one takes too long.
        """
        found: list[tuple[int, int]] = []
        start = 0
        for line in text.split("\n"):
            folded = line.casefold()
            for number in self._index.numbers(folded).union(self._always):
                if not self._may_match(number, line, folded):
                    continue
                for first, last in self._matches(number, line.removesuffix("\r")):
                    found.append((start + first, start + last))
            start += len(line) + 1
        return sorted(found)

    def _may_match(self, number: int, line: str, folded: str) -> bool:
        """Whether a line has all that it must have."""
        known = self._outlines[number]
        if known is None:
            return True
        letters = folded if known.folded else line
        for needs in known.needs:  # any() and all() would take twice as long
            for need in needs:
                if need in letters:
                    break
            else:
                return False
        return True

    def _matches(self, number: int, line: str) -> Iterator[tuple[int, int]]:
        import regex

        known = self._outlines[number]
        if known and known.plain is not None:
            yield from _places(known.plain, line)
            return
        pattern = self._compiled.get(number)
        if pattern is None:
            pattern = self._compiled[number] = regex.compile(self._patterns[number])
        try:
            for match in pattern.finditer(line, timeout=self._patience):
                if match.end() > match.start():
                    yield match.span()
        except TimeoutError:
            raise InputError(
                translated(
                    "ignore pattern {pattern}: takes more than {seconds:g} s on a line of"
                    " {length:,} letters; make it simpler",
                    pattern=self._patterns[number],
                    seconds=self._patience,
                    length=len(line),
                )
            ) from None


def _places(word: str, line: str) -> Iterator[tuple[int, int]]:
    at = line.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = line.find(word, at + len(word))
