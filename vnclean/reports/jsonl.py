"""JSON Lines: one edit a line, complete enough to replay and to undo it.

What a document came in, and what became of a file, is told in lines after their edits, as edits
of nothing with more fields: whoever replays the lines, or counts their kinds, need not know of
them.  The same goes for the first line of a report, which says what version of its fields it has.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from vnclean import __version__
from vnclean.documents.atomic import AtomicFile
from vnclean.edits import Edit
from vnclean.errors import OutputError, naming
from vnclean.formats.kinds import TEXT_FIELDS
from vnclean.pipeline import Finding
from vnclean.reports.listing import Listing
from vnclean.reports.origin import Origin

if TYPE_CHECKING:
    from vnclean.reports.written import Written

#: Version of the fields: a greater one if any has gone or means something else; new fields may
#: come within a version.
SCHEMA: Final = 1
_to_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def record(finding: Finding) -> dict[str, object]:
    """The fields of one line of a report, in their order; the last ones only where they apply."""
    edit = finding.edit
    fields: dict[str, object] = {
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "start": edit.start,
        "end": edit.end,
        "before": edit.before,
        "after": edit.after,
        "kind": edit.kind,
        "mode": edit.mode,
        "confidence": round(edit.confidence, 4),
        "alternatives": [[word, round(chance, 4)] for word, chance in edit.alternatives],
        "context": finding.context,
        "applied": edit.applied,
    }
    if edit.kept_by:
        fields["kept_by"] = edit.kept_by
    return fields | place_in_records(finding)


def place_in_records(finding: Finding) -> dict[str, object]:
    """The fields that tell of a record, as far as there is one."""
    fields = {"record": finding.record, "field": finding.field}
    return {name: value for name, value in fields.items() if value is not None}


def encode(finding: Finding) -> bytes:
    """One line of a report.  Bytes that were not UTF-8 appear as ``\\udc80`` to ``\\udcff``.

    >>> from vnclean.edits import Edit
    >>> finding = Finding("-", 1, 1, Edit(0, 3, "kim", "kiểm", "lost", 0.98), "kim tra")
    >>> encode(finding).decode()[:56]
    '{"path": "-", "line": 1, "column": 1, "start": 0, "end":'
    """
    return encode_fields(record(finding))


def encode_version() -> bytes:
    """The first line of a report: kind ``report``, never applied, about no document.

    >>> told = json.loads(encode_version())
    >>> told["kind"], told["applied"], told["path"], told["schema"]
    ('report', False, '', 1)
    """
    edit = Edit(0, 0, "", "", "report", 1.0, "", applied=False)
    return encode_fields(
        record(Finding("", 1, 1, edit, "")) | {"schema": SCHEMA, "vnclean": __version__}
    )


def encode_origin(origin: Origin) -> bytes:
    """The line about a document: kind ``encoding``, applied if it comes out in another one.

    >>> told = json.loads(encode_origin(Origin("a.txt", "TCVN3", "UTF-8")))
    >>> told["kind"], told["applied"], told["encoding"], told["output_encoding"]
    ('encoding', True, 'TCVN3', 'UTF-8')
    """
    edit = Edit(0, 0, "", "", "encoding", 1.0, "", applied=origin.converted)
    return encode_fields(
        record(Finding(origin.path, origin.first_line or 1, 1, edit, ""))
        | {
            "encoding": origin.encoding,
            "output_encoding": origin.output_encoding,
            "kept_bytes": origin.kept_bytes,
            "codec": origin.codec,
            "bom": origin.bom,
        }
    )


def encode_written(file: Written) -> bytes:
    """The line about a file: kind ``file``, applied if it comes out as another one."""
    edit = Edit(0, 0, "", "", "file", 1.0, "", applied=file.input_digest != file.output_digest)
    fields = record(Finding(file.path, 1, 1, edit, ""))
    fields |= {
        "input_digest": file.input_digest,
        "content_digest": file.content_digest,
        "output_digest": file.output_digest,
        "output": file.output,
    }
    if file.backup is not None:
        fields["backup"] = file.backup
    if file.fields != TEXT_FIELDS:
        fields["fields"] = list(file.fields)
    return encode_fields(fields)


def encode_fields(fields: Mapping[str, object]) -> bytes:
    """One line of a report that has these fields."""
    return (_to_json(fields) + "\n").encode("utf-8", "backslashreplace")


class JsonListing(Listing):
    """The lines of a report, without its first: nothing is shown if nothing is found."""

    def finding(self, finding: Finding, *, packed: bool = False) -> bytes:
        """See :func:`encode`."""
        return encode(finding)

    def origin(self, origin: Origin) -> bytes:
        """See :func:`encode_origin`."""
        return encode_origin(origin)


class JsonlReport:
    """A report file that only ever tells of what really was written.

    What :meth:`add` takes counts once :meth:`keep` says that the output it describes is in
    place.  On leaving, what was kept appears as a whole; without any :meth:`keep` nothing does.

    Raises OutputError, at once if ``path`` cannot be written.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._kept: int | None = None
        with naming(path, OutputError):
            self._file = AtomicFile(Path(path))
            self._file.write(encode_version())

    def add(self, lines: Iterable[bytes]) -> None:
        """Writes lines that may still come to nothing."""
        with naming(self._path, OutputError):
            for line in lines:
                self._file.write(line)

    def keep(self) -> None:
        """Everything added so far holds."""
        self._kept = self._file.tell()

    def position(self) -> int:
        """A place to return to with :meth:`drop`."""
        return self._file.tell()

    def drop(self, position: int) -> None:
        """What was added since ``position`` does not hold."""
        with naming(self._path, OutputError):
            self._file.truncate(position)

    def __enter__(self) -> JsonlReport:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with self._file, naming(self._path, OutputError):
            if self._kept is not None:
                self._file.truncate(self._kept)
                self._file.commit()
