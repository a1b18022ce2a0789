"""Which edits of a report are gone over, and in which order."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import BinaryIO, Final, Literal

from vnclean.decisions import Subject
from vnclean.reports.reading import LONGEST, BadLines, Entry, parse, told_lines
from vnclean.review.verdicts import Verdict, Verdicts
from vnclean.user_words import key

#: A repair less sure than this is worth a look.
BELOW: Final = 0.9
#: How wide a band of confidence is within which the commonest repair comes first.
_BAND: Final = 0.2


@dataclass(frozen=True)
class Wanted:
    """Which edits: those left alone or less sure than ``below``, or all of them.

    What the user's own words or marks keep is decided on, and wanted only among all.
    ``kinds``, ``files``: only these, if there are any; files by patterns as in a shell.

    >>> from vnclean.edits import Edit
    >>> one = Entry("in/a.txt", 1, 1, Edit(0, 3, "kim", "kiểm", "mark", 0.8), "kim")
    >>> [Wanted(*given).has(one) for given in ((), (0.5,), (0.9, False, ("tone",)))]
    [True, False, False]
    >>> Wanted(files=("*.txt",)).has(one), Wanted(files=("b*",)).has(one)
    (True, False)
    """

    below: float = BELOW
    all: bool = False
    kinds: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    order: Literal["doubt", "file"] = "doubt"

    def has(self, entry: Entry) -> bool:
        """Whether it is one of them."""
        edit = entry.edit
        if self.kinds and edit.kind not in self.kinds:
            return False
        if self.files and not any(fnmatchcase(entry.path, pattern) for pattern in self.files):
            return False
        doubtful = not edit.applied or edit.confidence < self.below
        return self.all or (doubtful and not edit.kept_by)


@dataclass(slots=True)
class Group:
    """The same repair at all its places; ``total``: in the whole report, sure ones as well."""

    before: str
    after: str
    kept: bool = False  #: by what the user has said: no decision on all places is about them
    total: int = 0
    sureness: float = 0.0  #: the sum of the confidences
    members: array[int] = field(default_factory=lambda: array("q"))  #: where their lines begin
    decided: int = 0  #: members with a decision of their own
    settled: bool = False  #: whether a decision is about all of them

    @property
    def done(self) -> int:
        """How many members are decided on."""
        return len(self.members) if self.settled else self.decided


class Queue:
    """The edits to be gone over, each known by its number; only where they are is held in memory.

    ``file``: the report, which must allow to go back in it.  ``bad`` notes lines that are none.
    Raises ``OSError`` as ``file`` does.
    """

    def __init__(self, file: BinaryIO, wanted: Wanted, verdicts: Verdicts, bad: BadLines) -> None:
        self._file = file
        self._verdicts = verdicts
        self._by_place = set[int]()  # where lines begin whose edits have a decision of their own
        self.known: dict[Subject, int] = {}  #: to which edit a decision of before belongs
        self.decided = 0  #: how many edits are decided on
        self._alike = defaultdict[str, list[Group]](list)  #: those of one word
        found = self._read(wanted, bad)
        self._groups = sorted(found, key=_doubt) if wanted.order == "doubt" else found
        owned = [
            (place, number) for number, group in enumerate(self._groups) for place in group.members
        ]
        if wanted.order == "file":
            owned.sort()
        self._places = array("q", [place for place, _ in owned])
        self._owner = array("q", [number for _, number in owned])
        self._first = dict(zip(reversed(self._owner), reversed(range(len(owned))), strict=True))
        self._remember()

    def _read(self, wanted: Wanted, bad: BadLines) -> list[Group]:
        groups: dict[tuple[str, str, bool], Group] = {}
        totals = Counter[tuple[str, str, bool]]()
        self._starts: dict[Subject, int] = {}
        for start, entry in _entries(self._file, bad):
            edit = entry.edit
            alike = edit.before, edit.after, edit.kept_by != ""
            totals[alike] += 1
            if not wanted.has(entry):
                continue
            group = groups.setdefault(alike, Group(*alike))
            group.members.append(start)
            group.sureness += edit.confidence
            own = self._verdicts.of_place(entry)
            if own:
                self._by_place.add(start)
                self._starts[own.subject] = start
                group.decided += 1
        for alike, group in groups.items():
            group.total = totals[alike]
        return list(groups.values())

    def _remember(self) -> None:
        numbers = {place: number for number, place in enumerate(self._places)}
        for subject, start in self._starts.items():
            self.known[subject] = numbers[start]
        for number, group in enumerate(self._groups):
            self._alike[key(group.before)].append(group)
            verdict = self._verdict(group)
            if verdict:
                self.known.setdefault(verdict.subject, self._first[number])
                group.settled = True
            self.decided += group.done

    def __len__(self) -> int:
        return len(self._places)

    def entry(self, number: int) -> Entry:
        """The edit itself."""
        self._file.seek(self._places[number])
        entry = parse(self._file.readline(LONGEST))
        assert isinstance(entry, Entry)
        return entry

    def group(self, number: int) -> Group:
        """The repair that it is one of."""
        return self._groups[self._owner[number]]

    def note(self, number: int, *, decided: bool) -> None:
        """It has a decision of its own, or has one no more."""
        place, group = self._places[number], self.group(number)
        if (place in self._by_place) != decided:
            self._by_place ^= {place}
            self.decided -= group.done
            group.decided += 1 if decided else -1
            self.decided += group.done

    def note_all(self, before: str) -> None:
        """Something was decided, or is no more, on all repairs of a word."""
        for group in self._alike[key(before)]:
            self.decided -= group.done
            group.settled = self._verdict(group) is not None
            self.decided += group.done

    def _verdict(self, group: Group) -> Verdict | None:
        """What was decided on all of them at once."""
        return None if group.kept else self._verdicts.of_all(group.before, group.after)

    def undecided(self, number: int) -> bool:
        """Whether nothing was decided on it."""
        return self._places[number] not in self._by_place and not self.group(number).settled

    def next_undecided(self, number: int) -> int:
        """The first one from ``number`` on; how many there are altogether if there is none."""
        return next((n for n in range(number, len(self)) if self.undecided(n)), len(self))

    def left(self, group: Group) -> int:
        """How many edits of the group have no decision of their own, sure ones as well; what the
        user keeps is decided on one by one."""
        return 1 if group.kept else group.total - group.decided


def _entries(file: BinaryIO, bad: BadLines) -> Iterator[tuple[int, Entry]]:
    """The edits that a report tells of, and where their lines begin."""
    for start, _, told in told_lines(file, bad):
        if isinstance(told, Entry):
            yield start, told


def _doubt(group: Group) -> tuple[int, int, str, str]:
    """The most doubtful first, of those about as doubtful the commonest."""
    mean = group.sureness / len(group.members)
    return int(abs(mean - 0.5) / _BAND), -len(group.members), group.before, group.after
