"""Which files the user has said to leave out: ``--exclude``, ``exclude`` in a configuration file,
and ``.vncleanignore`` in folders."""

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
    """``spec`` for names in the folder ``base`` (as in "a/b/", empty for the top).

    ``above``: what comes before the names there, if they are called from another folder.
    """

    base: str
    spec: GitIgnoreSpec
    above: str = ""


class Ignoring:
    """The rules that hold in one folder: those of the folders above it, and its own.

    ``first`` are asked before those ``nested`` in folders, ``last`` after them.

    >>> rules = Ignoring.of(["*.log", "!keep.log", "/drafts/"])
    >>> [rules.says_no(name) for name in ("a/x.log", "keep.log", "a/drafts/", "drafts/")]
    [True, False, False, True]
    """

    def __init__(
        self,
        first: Sequence[_Rules] = (),
        nested: Sequence[_Rules] = (),
        last: Sequence[_Rules] = (),
        configured: tuple[str, Sequence[str]] = ("", ()),
    ) -> None:
        self._first = first
        self._nested = nested
        self._last = last
        self._configured = configured

    @classmethod
    def of(
        cls, patterns: Sequence[str], configured: tuple[str, Sequence[str]] = ("", ())
    ) -> Ignoring:
        """``patterns``: those of the command line, which no file overrules.

        ``configured``: a folder, and patterns that count from there and overrule no file.
        Raises UsageError for what is no pattern.
        """
        first = [_Rules("", _spec(patterns, "--exclude"))] if patterns else []
        return cls(first, configured=configured)

    def below(self, top: str) -> Ignoring:
        """The same for names from the folder ``top``.

        >>> rules = Ignoring.of([], ("/a", ["/b/*.log"])).below("/a/b")
        >>> rules.says_no("x.log"), rules.says_no("c/x.log")
        (True, False)
        """
        base, patterns = self._configured
        if not patterns:
            return self
        above = os.path.relpath(top, base)
        rules = _Rules("", _spec(patterns, "exclude"), "" if above == os.curdir else f"{above}/")
        return Ignoring(self._first, self._nested, [rules])

    def within(self, folder: Path, base: str) -> Ignoring:
        """The rules in ``folder``, which is ``base`` from the top; they are read from its file.

        Raises ``OSError`` or UsageError if there is one that cannot be read.
        """
        try:
            lines = os.fsdecode((folder / IGNORE_FILE).read_bytes()).splitlines()
        except FileNotFoundError:
            return self
        rules = _Rules(base, _spec(lines, str(folder / IGNORE_FILE)))
        return Ignoring(self._first, [rules, *self._nested], self._last)

    def says_no(self, name: str) -> bool:
        """Whether what is called ``name`` from the top (a folder: with ``/`` at its end) stays out.

        The rule nearest to it counts.
        """
        for rules in (*self._first, *self._nested, *self._last):
            found = rules.spec.check_file(rules.above + name[len(rules.base) :]).include
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
