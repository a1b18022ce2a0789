"""Patterns of what is never changed: regular expressions, by the ten thousand.

They are those of the package regex.  To compile one takes a tenth of a millisecond, and to try one
on a line some microseconds, so neither is done with all of them: of each pattern it is known which
letters must be in a line that it matches (:mod:`vnclean.pattern_outline`), and only those are
compiled and tried whose letters are there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final

from vnclean.errors import InputError, UsageError
from vnclean.language import translated
from vnclean.pattern_outline import Outline, outline

#: Seconds that one pattern may take on one line.
PATIENCE: Final = 1.0
#: Letters are looked up by so many at a time.
_GRAM: Final = 3


def check(patterns: Iterable[str]) -> None:
    """Raises UsageError for the first one that is no regular expression.

    >>> check(["Mã số: [0-9]+", "a(b"])
    Traceback (most recent call last):
        ...
    vnclean.errors.UsageError: ignore pattern a(b: missing ) at position 3; mend it
    """
    for pattern in patterns:
        if outline(pattern) is None:
            _compiled(pattern)


def _compiled(pattern: str) -> Any:
    import regex

    try:
        return regex.compile(pattern)
    except (regex.error, OverflowError, RecursionError, ValueError) as error:
        reason = str(error) or "is too large"
        raise UsageError(
            translated(
                "ignore pattern {pattern}: {reason}; mend it", pattern=pattern, reason=reason
            )
        ) from None


class Patterns:
    """What patterns match in lines.

    >>> patterns = Patterns(["Mã số: [0-9]+", "kim"])
    >>> patterns.spans("kim kim, Mã số: 17"), patterns.spans("kiểm")
    ([(0, 3), (4, 7), (9, 18)], [])
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = patterns
        self._compiled: dict[int, Any] = {}

    @cached_property
    def _outlines(self) -> list[Outline | None]:
        return [outline(pattern) for pattern in self._patterns]

    @cached_property
    def _always(self) -> list[int]:
        """Numbers of those of which it is not known what a line must have."""
        return [n for n, one in enumerate(self._outlines) if one is None or not one.needs]

    @cached_property
    def _exact(self) -> _Index:
        return self._index(folded=False)

    @cached_property
    def _folded(self) -> _Index:
        return self._index(folded=True)

    def _index(self, *, folded: bool) -> _Index:
        return _Index(
            (need, number)
            for number, one in enumerate(self._outlines)
            if one is not None and one.folded is folded
            for need in one.needs
        )

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where any of them matches a line of ``text``, in order; never an empty match.

        Raises InputError if one takes too long, UsageError if one cannot be compiled.
        """
        found: list[tuple[int, int]] = []
        start = 0
        for line in text.split("\n"):
            numbers = {*self._always, *self._exact.numbers(line)}
            if self._folded:
                numbers.update(self._folded.numbers(line.lower()))
            for number in numbers:
                for first, last in self._matches(number, line.removesuffix("\r")):
                    found.append((start + first, start + last))
            start += len(line) + 1
        return sorted(found)

    def _matches(self, number: int, line: str) -> Iterator[tuple[int, int]]:
        known = self._outlines[number]
        if known and known.plain is not None:
            yield from _places(known.plain, line)
            return
        pattern = self._compiled.get(number)
        if pattern is None:
            pattern = self._compiled[number] = _compiled(self._patterns[number])
        try:
            for match in pattern.finditer(line, timeout=PATIENCE):
                if match.end() > match.start():
                    yield match.span()
        except TimeoutError:
            raise InputError(
                translated(
                    "ignore pattern {pattern}: takes more than {seconds:g} s on a line of"
                    " {length:,} letters; make it simpler",
                    pattern=self._patterns[number],
                    seconds=PATIENCE,
                    length=len(line),
                )
            ) from None


def _places(word: str, line: str) -> Iterator[tuple[int, int]]:
    at = line.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = line.find(word, at + len(word))


class _Index:
    """Finds which of many letters in a row a line has, by three of them at a time."""

    def __init__(self, needs: Iterable[tuple[str, int]]) -> None:
        self._by_size: list[defaultdict[str, list[tuple[str, int]]]] = []
        self._by_size = [defaultdict(list) for _ in range(_GRAM)]
        for need, number in needs:
            size = min(len(need), _GRAM)
            grams = self._by_size[size - 1]
            rarest = min(_grams(need, size), key=lambda gram: len(grams.get(gram, ())))
            grams[rarest].append((need, number))

    def __bool__(self) -> bool:
        return any(self._by_size)

    def numbers(self, line: str) -> Iterator[int]:
        """The numbers of all letters that are in the line."""
        for size, grams in enumerate(self._by_size, 1):
            if grams:
                for gram in grams.keys() & _grams(line, size):
                    yield from (number for need, number in grams[gram] if need in line)


def _grams(text: str, size: int) -> set[str]:
    return {text[at : at + size] for at in range(len(text) - size + 1)}
