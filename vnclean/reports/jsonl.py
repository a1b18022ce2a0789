"""JSON Lines: one edit a line, complete enough to replay and to undo it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Final

from vnclean.documents.atomic import AtomicFile
from vnclean.errors import OutputError, naming
from vnclean.pipeline import Finding

_to_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def record(finding: Finding) -> dict[str, object]:
    """The fields of one line of a report, in their order."""
    edit = finding.edit
    return {
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


def encode(finding: Finding) -> bytes:
    """One line of a report.  Bytes that were not UTF-8 appear as ``\\udc80`` to ``\\udcff``.

    >>> from vnclean.edits import Edit
    >>> finding = Finding("-", 1, 1, Edit(0, 3, "kim", "kiểm", "lost", 0.98), "kim tra")
    >>> encode(finding).decode()[:56]
    '{"path": "-", "line": 1, "column": 1, "start": 0, "end":'
    """
    line = _to_json(record(finding)) + "\n"
    return line.encode("utf-8", "backslashreplace")


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

    def add(self, findings: Iterable[Finding]) -> None:
        """Writes findings that may still come to nothing."""
        with naming(self._path, OutputError):
            for finding in findings:
                self._file.write(encode(finding))

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
