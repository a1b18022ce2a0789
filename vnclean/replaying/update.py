"""The report of what holds now: the same lines, but for what was undone or made anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import BinaryIO, Protocol

from vnclean.replaying.files import Done
from vnclean.replaying.index import FileParts
from vnclean.replaying.states import Edits, Line, States
from vnclean.reports.jsonl import encode_fields
from vnclean.reports.origin import Origin
from vnclean.reports.reading import BadLines, lines_of, told_by
from vnclean.reports.written import Written


class _Sink(Protocol):
    def write(self, data: bytes, /) -> int: ...


def write_updated(
    report: BinaryIO, files: Iterable[FileParts], done: Mapping[str, Done], sink: _Sink
) -> None:
    """Writes a report as it is after ``done``, which says by path what became of its files.

    Lines that stay the same stay byte for byte.
    """
    claims = sorted(
        [(part.start, part.end, file.path) for file in files for part in file.parts]
        + [(file.written_at, file.written_at + 1, file.path) for file in files]
    )
    counted, number = BadLines(), 0
    edits, path = None, ""
    report.seek(0)
    for place, data in lines_of(report, counted):
        while number < len(claims) and claims[number][1] <= place:
            number += 1
        file = claims[number][2] if number < len(claims) and claims[number][0] <= place else ""
        if file in done:
            fields = json.loads(data)
            told = told_by(fields)
            if edits is None or told.path != path:
                edits, path = Edits(done[file].states), told.path
            if isinstance(told, Written):
                changes = _of_file(done[file].written)
            else:
                changes = _of_document(Line(counted.number, fields, told), done[file].states, edits)
            if any(fields[name] != value for name, value in changes.items()):
                data = encode_fields(fields | changes)
        sink.write(data)


def _of_file(now: Written) -> dict[str, object]:
    """What the line about a file says now."""
    return {
        "applied": now.input_digest != now.output_digest,
        "content_digest": now.content_digest,
        "output_digest": now.output_digest,
        "output": now.output,
    }


def _of_document(line: Line, states: States, edits: Edits) -> dict[str, object]:
    """What a line of a document says now; ``edits`` has those before it."""
    edits.add(line)
    if not isinstance(line.told, Origin):
        return {"applied": states.then(line)}
    converted = edits.conversion()[1]
    name = "UTF-8" if converted else line.told.encoding
    return {"applied": converted, "output_encoding": name}
