"""Which edits are made in what is read, and which are to be in what is written."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from vnclean.documents.encoding import named
from vnclean.reports.origin import Origin
from vnclean.reports.reading import Entry


class Line(NamedTuple):
    """A line of a report: its number, its fields, and what it says."""

    number: int
    fields: dict[str, Any]
    told: Entry | Origin


@dataclass(frozen=True)
class Choice:
    """Which edits are meant: those that fit each of the fields that is not empty.

    ``files``: paths or patterns, of a file or of a document in it.  ``numbers``: of lines.
    ``below``: the confidence must be lower.
    """

    kinds: frozenset[str] = frozenset()
    files: tuple[str, ...] = ()
    numbers: tuple[range, ...] = ()
    below: float | None = None

    @property
    def is_all(self) -> bool:
        """Whether every edit is meant."""
        return not (self.kinds or self.files or self.numbers) and self.below is None

    def meets(self, line: Line, file: str) -> bool:
        """Whether the edit of that line, about something in ``file``, is meant."""
        path, kind, confidence = (line.fields[name] for name in ("path", "kind", "confidence"))
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.files or any(_fits(name, path, file) for name in self.files))
            and (not self.numbers or any(line.number in some for some in self.numbers))
            and (self.below is None or confidence < self.below)
        )


def _fits(pattern: str, *paths: str) -> bool:
    return any(path == pattern or fnmatchcase(path, pattern) for path in paths)


class States(ABC):
    """Two states of one file: that in which it is read, and that in which it is written."""

    @abstractmethod
    def now(self, line: Line) -> bool:
        """Whether the edit is made in what is read."""

    @abstractmethod
    def then(self, line: Line) -> bool:
        """Whether it is to be in what is written."""

    @abstractmethod
    def conversion(self, origin: Line, edits: Edits) -> tuple[bool, bool]:
        """The same of the conversion into another encoding, of a document with such edits."""


@dataclass
class Edits:
    """What is to be known of all edits of a document before the first of them is made."""

    states: States
    now: bool = False  #: whether any is made now
    then: bool = False  #: whether any is then
    applied: bool = False  #: whether any is, by the report
    differ: int = 0  #: how many are not then what they are now
    origin: Line | None = None  #: the line about what it came in

    def add(self, line: Line) -> None:
        """Takes the next line about the document."""
        if isinstance(line.told, Origin):
            self.origin = line
            return
        now, then = self.states.now(line), self.states.then(line)
        self.now, self.then = self.now or now, self.then or then
        self.applied = self.applied or line.fields["applied"]
        self.differ += now != then

    def conversion(self) -> tuple[bool, bool]:
        """Whether it is converted into another encoding, now and then.

        Letters that are put in may be none of the old encoding, so it stays converted as long as
        there is any edit.
        """
        if not self.origin or not is_convertible(self.origin):
            return False, False
        now, then = self.states.conversion(self.origin, self)
        return now or self.now, then or self.then


def is_convertible(line: Line) -> bool:
    """Whether the document comes out in another encoding, if it is edited."""
    return isinstance(line.told, Origin) and named(line.told.codec).output is not None


@dataclass(frozen=True)
class Undoing(States):
    """What is applied now is not applied then, if it is meant."""

    meant: Callable[[Line], bool]

    def now(self, line: Line) -> bool:
        return bool(line.fields["applied"])

    def then(self, line: Line) -> bool:
        return self.now(line) and not self.meant(line)

    def conversion(self, origin: Line, edits: Edits) -> tuple[bool, bool]:
        undone = self.meant(origin) or (edits.applied and not edits.then)
        return self.now(origin), self.now(origin) and not undone


class Applying(States):
    """Nothing is applied now; what the report says is then."""

    def now(self, line: Line) -> bool:
        return False

    def then(self, line: Line) -> bool:
        return bool(line.fields["applied"])

    def conversion(self, origin: Line, edits: Edits) -> tuple[bool, bool]:
        return False, self.then(origin)


@dataclass(frozen=True)
class Restoring(States):
    """From what others have written back to what was read at first."""

    others: States

    def now(self, line: Line) -> bool:
        return self.others.then(line)

    def then(self, line: Line) -> bool:
        return False

    def conversion(self, origin: Line, edits: Edits) -> tuple[bool, bool]:
        return self.others.conversion(origin, replace(edits, then=edits.now))[1], False
