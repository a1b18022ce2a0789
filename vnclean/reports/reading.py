"""A report read back, a line at a time: what it holds is what ``schema/report.schema.json`` says.

Every line is looked at before it is believed, as reports are kept, cut off, joined and sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias

from vnclean.edits import Edit
from vnclean.formats.kinds import TEXT_FIELDS
from vnclean.language import counted, translated
from vnclean.reports.fields import FIELDS, MORE_FIELDS, NAMES, NEEDED
from vnclean.reports.jsonl import SCHEMA
from vnclean.reports.origin import Origin
from vnclean.reports.written import Written

#: The longest line of a report that is taken for one, in bytes.
LONGEST: Final = 1 << 24


@dataclass(frozen=True, slots=True)
class Entry:
    """An edit as a report tells of it: ``edit`` counts from the start of the document.

    ``field``: the field of a record, or the column; if there is a ``record`` too, that is the row,
    and ``edit`` counts from the start of that cell.
    """

    path: str
    line: int
    column: int
    edit: Edit
    context: str
    record: int | None = None
    field: str | None = None

    @property
    def cell(self) -> tuple[int | None, str | None]:
        """What ``edit`` counts from the start of; neither if that is the document."""
        return (None, None) if self.record is None else (self.record, self.field)


Told: TypeAlias = "Entry | Origin | Written"


class NoEntry(ValueError):
    """A line is none of a report; ``str()`` of it says why."""


class Lines(Protocol):
    """A file opened for its bytes."""

    def readline(self, size: int, /) -> bytes: ...


@dataclass(slots=True)
class BadLines:
    """The lines that are none of a report: the first one, and how many.

    >>> bad = BadLines()
    >>> bad.note(3, "is no JSON"), bad.note(5, "is no JSON"), str(bad)
    (None, None, 'line 3: is no JSON (1 more line like this left out)')
    """

    number: int = 0  #: of the line that was read last, from 1
    count: int = 0
    first: int = 0  #: the number of the first one
    reason: str = ""

    def note(self, number: int, reason: str) -> None:
        """Line ``number`` is none, for this ``reason``."""
        if not self.count:
            self.first, self.reason = number, reason
        self.count += 1

    def __str__(self) -> str:
        more = self.count - 1
        first = translated("line {line:,}: {reason}", line=self.first, reason=self.reason)
        if not more:
            return first
        return counted(
            "{first} ({count:,} more line like this left out)",
            "{first} ({count:,} more lines like this left out)",
            more,
            first=first,
        )


def read_report(file: Lines, bad: BadLines) -> Iterator[Entry | Origin]:
    """What the lines of a report say of documents, in their order; ``bad`` notes those that are
    none of a report.

    Raises ``OSError`` as ``file`` does.

    >>> import io
    >>> bad = BadLines()
    >>> list(read_report(io.BytesIO(b'\\n{"path": "a.txt"}\\n'), bad)), str(bad)
    ([], 'line 2: has no "line"')
    """
    for _, _, told in told_lines(file, bad):
        if told and not isinstance(told, Written):
            yield told


def told_lines(file: Lines, bad: BadLines) -> Iterator[tuple[int, bytes, Told | None]]:
    """The lines of a report, each with its place in ``file`` and what :func:`parse` says of it;
    ``bad`` notes those that are none, and counts along.

    Raises ``OSError`` as ``file`` does.
    """
    for place, data in lines_of(file, bad):
        try:
            told = parse(data)
        except NoEntry as reason:
            bad.note(bad.number, str(reason))
        else:
            yield place, data, told


def lines_of(file: Lines, bad: BadLines) -> Iterator[tuple[int, bytes]]:
    """The lines that hold anything, each with its place in ``file``; ``bad`` counts along.

    Raises ``OSError`` as ``file`` does.
    """
    place = 0
    while data := file.readline(LONGEST):
        bad.number += 1
        size = len(data)
        if len(data) == LONGEST and not data.endswith(b"\n"):
            bad.note(bad.number, translated("is longer than {limit} MiB", limit=LONGEST >> 20))
            while (data := file.readline(LONGEST)) and not data.endswith(b"\n"):
                size += len(data)
            size += len(data)
        elif data.strip():
            yield place, data
        place += size


def parse(data: bytes) -> Told | None:
    """What one line of a report says; None for the one that names its version.

    Raises NoEntry if it is none.

    >>> line = b'{"path": "-", "line": 1, "column": 1, "start": 0, "end": 3, "before": "kim",'
    >>> line += '"after": "kiểm", "kind": "lost-letters", "mode": "", "confidence": 0.98,'.encode()
    >>> line += b'"alternatives": [], "context": "kim tra", "applied": true}'
    >>> parse(line).edit.after
    'kiểm'
    >>> parse(line[:60])
    Traceback (most recent call last):
        ...
    vnclean.reports.reading.NoEntry: is no JSON, or cut off
    """
    fields = fields_of(data)
    return None if fields["kind"] == "report" else told_by(fields)


def fields_of(data: bytes) -> dict[str, Any]:
    """The fields of one line of a report; raises NoEntry if it is none."""
    try:
        fields = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise NoEntry(translated("is not UTF-8")) from None
    except (ValueError, RecursionError):
        raise NoEntry(translated("is no JSON, or cut off")) from None
    if not isinstance(fields, dict):
        raise NoEntry(translated("is no JSON object"))
    for name, (holds, what) in FIELDS.items():
        if name not in fields:
            raise NoEntry(translated('has no "{name}"', name=name))
        if not holds(fields[name]):
            raise NoEntry(translated('"{name}" must be {what}', name=name, what=translated(what)))
    for name, (holds, what) in MORE_FIELDS.items():
        if name in fields and not holds(fields[name]):
            must = translated(what, names=", ".join(NAMES.get(name, ())))
            raise NoEntry(translated('"{name}" must be {what}', name=name, what=must))
    if len(fields["before"]) != fields["end"] - fields["start"]:
        raise NoEntry(translated('"before" must be as long as from "start" to "end"'))
    if "record" in fields and "field" not in fields:
        raise NoEntry(translated('has no "{name}"', name="field"))
    for name in NEEDED.get(fields["kind"], ()):
        if name not in fields:
            raise NoEntry(translated('has no "{name}"', name=name))
    if fields["kind"] == "report" and fields.get("schema") != SCHEMA:
        raise NoEntry(
            translated(
                "is a report of another version; this vnclean reads version {version}",
                version=SCHEMA,
            )
        )
    return dict(fields)


def told_by(fields: dict[str, Any]) -> Told:
    """What a line with these fields, which are as they should be, says."""
    if fields["kind"] == "encoding":
        return _origin(fields)
    return _written(fields) if fields["kind"] == "file" else _entry(fields)


def _written(fields: dict[str, Any]) -> Written:
    return Written(
        fields["path"],
        fields["input_digest"],
        fields["content_digest"],
        fields["output_digest"],
        fields["output"],
        fields.get("backup"),
        tuple(fields.get("fields", TEXT_FIELDS)),
    )


def _origin(fields: dict[str, Any]) -> Origin:
    return Origin(
        fields["path"],
        fields["encoding"],
        fields["output_encoding"],
        fields["kept_bytes"],
        fields["line"] if fields["kept_bytes"] else 0,
        fields.get("codec", "utf-8"),
        fields.get("bom", False),
    )


def _entry(fields: dict[str, Any]) -> Entry:
    edit = Edit(
        fields["start"],
        fields["end"],
        fields["before"],
        fields["after"],
        fields["kind"],
        float(fields["confidence"]),
        fields["mode"],
        tuple((word, float(chance)) for word, chance in fields["alternatives"]),
        fields["applied"],
        "" if fields["applied"] else fields.get("kept_by", ""),  # one may be applied by hand
    )
    return Entry(
        fields["path"],
        fields["line"],
        fields["column"],
        edit,
        fields["context"],
        fields.get("record"),
        fields.get("field"),
    )
