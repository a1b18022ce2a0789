"""Which files the user has said to leave out: ``--exclude``, and ``.vncleanignore`` in folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vnclean.errors import UsageError
from vnclean.language import translated

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

#: Patterns as in ``.gitignore``, for the folder it is in and all below.
IGNORE_FILE: Final = ".vncleanignore"


@dataclass(frozen=True, slots=True)
class _Rules:
    """``spec`` for names in the folder ``base`` (as in "a/b/", empty for the top)."""

    base: str
    spec: GitIgnoreSpec


class Ignoring:
    """The rules that hold in one folder: those of the folders above it, and its own.

    >>> rules = Ignoring.of(["*.log", "!keep.log", "/drafts/"])
    >>> [rules.says_no(name) for name in ("a/x.log", "keep.log", "a/drafts/", "drafts/")]
    [True, False, False, True]
    """

    def __init__(self, first: Sequence[_Rules] = (), nested: Sequence[_Rules] = ()) -> None:
        self._first = first
        self._nested = nested

    @classmethod
    def of(cls, patterns: Sequence[str]) -> Ignoring:
        """``patterns``: those of the command line, which no file overrules.

        Raises UsageError for what is no pattern.
        """
        return cls([_Rules("", _spec(patterns, "--exclude"))]) if patterns else cls()

    def within(self, folder: Path, base: str) -> Ignoring:
        """The rules in ``folder``, which is ``base`` from the top; they are read from its file.

        Raises ``OSError`` or UsageError if there is one that cannot be read.
        """
        try:
            lines = os.fsdecode((folder / IGNORE_FILE).read_bytes()).splitlines()
        except FileNotFoundError:
            return self
        rules = _Rules(base, _spec(lines, str(folder / IGNORE_FILE)))
        return Ignoring(self._first, [rules, *self._nested])

    def says_no(self, name: str) -> bool:
        """Whether what is called ``name`` from the top (a folder: with ``/`` at its end) stays out.

        The rule nearest to it counts.
        """
        for rules in (*self._first, *self._nested):
            found = rules.spec.check_file(name[len(rules.base) :]).include
            if found is not None:
                return found
        return False


def _spec(lines: Iterable[str], where: str) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError as error:
        raise UsageError(
            translated("{where}: {error}; see man gitignore for patterns", where=where, error=error)
        ) from error
