"""What a user has decided on the edits of a report: a file that only grows, one JSON object a line.

Each line is a decision, on the disk before the next one is asked for, so that whatever ends the
program, nothing that was decided is lost.  The last line about the same thing counts.

``{"decision": "accept", "scope": "place", "path": "a.txt", "start": 0, "end": 4, "before": "chng",
"after": "chống"}``
    One edit of the report; in a table with ``record`` and ``field`` as well.  Or ``reject``, or
    ``other``, with the ``word`` that is to stand there.
``{"decision": "accept", "scope": "report", "before": "chng", "after": "chống"}``
    The same for every edit of the report from ``before`` to ``after`` with no decision of its own.
``{"decision": "never", "scope": "repair", "before": "chng", "after": "chống"}``
    ``always`` or ``never``: this repair, in every text.
``{"decision": "never", "scope": "word", "before": "chng"}``
    This word is never changed.  Or ``other``: it is always changed to ``word``.
``{"decision": "undecided", …}``
    Takes back what was decided on the same thing.

The last two scopes are the user's own words (:mod:`vnclean.user_words`), which later runs obey;
the first two hold for the report alone.  A last line that was cut short says nothing.
"""

from __future__ import annotations

import fcntl
import json
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple

from vnclean.errors import InputError, OutputError, naming
from vnclean.language import translated
from vnclean.reports.jsonl import encode_fields
from vnclean.reports.reading import Entry
from vnclean.user_words import UserWords

UNDECIDED: Final = "undecided"
#: What may be decided in each scope.
SCOPES: Final = {
    "place": ("accept", "reject", "other", UNDECIDED),
    "report": ("accept", "reject", "other", UNDECIDED),
    "repair": ("always", "never", UNDECIDED),
    "word": ("never", "other", UNDECIDED),
}


class Place(NamedTuple):
    """Which edit of a report; ``record`` and ``field`` if it counts from the start of a cell."""

    path: str
    start: int
    end: int
    record: int | None = None
    field: str | None = None

    @classmethod
    def of(cls, entry: Entry) -> Place:
        """That of a line of a report."""
        return cls(entry.path, entry.edit.start, entry.edit.end, *entry.cell)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is decided on."""

    scope: str
    before: str
    after: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided; ``word``: what is to stand there, if it is ``other``.

    >>> line = Decision(Subject("word", "kim"), "other", "kìm").line()
    >>> line.decode()
    '{"decision": "other", "scope": "word", "before": "kim", "word": "kìm"}\\n'
    >>> parse(line).word
    'kìm'
    """

    subject: Subject
    what: str
    word: str = ""

    def line(self) -> bytes:
        """The line of a file that says so."""
        subject, place = self.subject, self.subject.place
        fields: dict[str, Any] = {"decision": self.what, "scope": subject.scope}
        if place:
            fields |= {"path": place.path, "start": place.start, "end": place.end}
            if place.field is not None:
                fields |= {"record": place.record, "field": place.field}
        fields["before"] = subject.before
        if subject.scope != "word":
            fields["after"] = subject.after
        if self.what == "other":
            fields["word"] = self.word
        return encode_fields(fields)


class NoDecision(ValueError):
    """A line is none; ``str()`` of it says why."""


def parse(line: bytes) -> Decision:
    """What a line of a file says; raises NoDecision if it is none.

    >>> parse(b'{"decision": "alwasy", "scope": "repair", "before": "kim", "after": ""}')
    Traceback (most recent call last):
        ...
    vnclean.decisions.NoDecision: "decision" must be always, never, undecided
    """
    try:
        fields = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise NoDecision(translated("is no JSON, or cut off")) from None
    if not isinstance(fields, dict):
        raise NoDecision(translated("is no JSON object"))
    scope, what = fields.get("scope"), fields.get("decision")
    if not isinstance(scope, str) or scope not in SCOPES:
        raise NoDecision(translated('"scope" must be {names}', names=", ".join(SCOPES)))
    if what not in SCOPES[scope]:
        raise NoDecision(translated('"decision" must be {names}', names=", ".join(SCOPES[scope])))
    wanted = ["before", *(["after"] if scope != "word" else ())]
    for name in (*wanted, *(["word"] if what == "other" else ())):
        if not isinstance(fields.get(name), str):
            raise NoDecision(translated('"{name}" must be text', name=name))
    place = _place(fields) if scope == "place" else None
    subject = Subject(scope, fields["before"], fields.get("after", ""), place)
    return Decision(subject, what, fields["word"] if what == "other" else "")


def _place(fields: dict[str, Any]) -> Place:
    path, start, end = (fields.get(name) for name in ("path", "start", "end"))
    if not (isinstance(path, str) and type(start) is int and type(end) is int):
        raise NoDecision(translated('"path", "start" and "end" must say where'))
    record, field = fields.get("record"), fields.get("field")
    if (record, field) != (None, None) and not (type(record) is int and isinstance(field, str)):
        raise NoDecision(translated('"record" and "field" must come together'))
    return Place(path, start, end, record, field)


class Decisions:
    """All that was decided: the last word on each subject counts, and is the latest.

    >>> kim = Subject("word", "kim")
    >>> decisions = Decisions()
    >>> decisions.add(Decision(kim, "never")), decisions.user_words().words
    (None, ('kim',))
    >>> decisions.add(Decision(kim, "undecided")), decisions.user_words().words
    (None, ())
    """

    def __init__(self) -> None:
        self._known: dict[Subject, Decision] = {}

    def add(self, decision: Decision) -> None:
        """A decision that goes before those made so far."""
        self._known.pop(decision.subject, None)
        if decision.what != UNDECIDED:
            self._known[decision.subject] = decision

    def get(self, subject: Subject) -> Decision | None:
        """What was decided on it."""
        return self._known.get(subject)

    def __iter__(self) -> Iterator[Decision]:
        """From the first to the latest."""
        return iter(self._known.values())

    def __len__(self) -> int:
        return len(self._known)

    def user_words(self) -> UserWords:
        """What holds for every text."""
        found: dict[str, list[Any]] = {"words": [], "corrections": [], "always": [], "never": []}
        for decision in self:
            subject = decision.subject
            before, after = _composed(subject.before), _composed(subject.after)
            if subject.scope == "repair":
                found[decision.what].append((before, after))
            elif subject.scope == "word":
                if decision.what == "never":
                    found["words"].append(before)
                else:
                    found["corrections"].append((before, _composed(decision.word)))
        return UserWords(**{name: tuple(some) for name, some in found.items()})


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def read_decisions(path: str) -> Decisions:
    """What a file of decisions says.

    Raises InputError, with the name in it, if it cannot be read or has a line that is no decision:
    who leaves one out may change what is never to be changed.
    """
    decisions = Decisions()
    with naming(path, InputError):
        data = Path(path).read_bytes()
    complete, _ = _without_torn_line(data)
    for number, line in enumerate(complete.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            decisions.add(parse(line))
        except NoDecision as reason:
            raise InputError(
                translated(
                    "{path}: line {number:,}: {reason}; mend the line or take it out",
                    path=path,
                    number=number,
                    reason=reason,
                )
            ) from None
    return decisions


def _without_torn_line(data: bytes) -> tuple[bytes, bool]:
    """What is whole lines, and whether the last of them lacks only its end."""
    end = data.rfind(b"\n") + 1
    try:
        parse(data[end:])
    except NoDecision:
        return data[:end], False
    return data, True


class DecisionFile:
    """A file of decisions that is added to; a context that keeps all others from doing so.

    Raises InputError for what :func:`read_decisions` does, and OutputError if the file cannot be
    written or another program is adding to it.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for what in "never", "undecided":
    ...         with DecisionFile(f"{folder}/d.jsonl") as file:
    ...             file.add(Decision(Subject("word", "kim"), what))
    ...     len(file.decisions), len(Path(folder, "d.jsonl").read_bytes().splitlines())
    (0, 2)
    """

    def __init__(self, path: str) -> None:
        self._path = path
        with naming(path, OutputError):
            if Path(path).exists() and not Path(path).is_file():
                raise OutputError(
                    translated("{path}: is no regular file; choose another one", path=path)
                )
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
            self._file = os.fdopen(descriptor, "r+b", buffering=0)
        try:
            self._lock()
            self.decisions = read_decisions(path)
            self._mend()
        except BaseException:
            self._file.close()
            raise

    def _lock(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputError(
                translated(
                    "{path}: another vnclean review is at work there; end it first", path=self._path
                )
            ) from None

    def _mend(self) -> None:
        """Takes off a last line that was cut short, so that the next one begins a line."""
        with naming(self._path, OutputError):
            data = Path(self._path).read_bytes()
            complete, lacks_end = _without_torn_line(data)
            self._file.truncate(len(complete))
            if lacks_end:
                self._file.write(b"\n")

    def add(self, decision: Decision) -> None:
        """Adds a decision; it is on the disk when this returns.  Raises OutputError."""
        with naming(self._path, OutputError):
            line = decision.line()
            if self._file.write(line) != len(line):
                raise OSError(translated("only a part could be written; is the disk full?"))
            os.fsync(self._file.fileno())
        self.decisions.add(decision)

    def __enter__(self) -> DecisionFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()
