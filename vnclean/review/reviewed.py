"""The report as it was decided: the same lines, with ``applied`` and ``after`` as they are now."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from vnclean.reports.jsonl import encode_fields
from vnclean.reports.reading import BadLines, Entry, Lines, told_lines
from vnclean.review.verdicts import Verdict, Verdicts


@dataclass(slots=True)
class _Line:
    """A line of a report, and what was decided on its edit."""

    data: bytes
    entry: Entry
    verdict: Verdict | None

    @property
    def applied(self) -> bool:
        return self.verdict.applied if self.verdict else self.entry.edit.applied

    @property
    def rank(self) -> int:
        return self.verdict.rank if self.verdict else -1


def reviewed(
    report: Lines, verdicts: Verdicts, bad: BadLines, displaced: Callable[[], None] = lambda: None
) -> Iterator[bytes]:
    """The lines of the reviewed report; ``bad`` notes those that are none, which are left out.

    Lines on which nothing was decided come byte for byte.  Of edits that exclude each other the
    one that was decided on is applied, of two such the first; ``displaced`` is called for each
    that would be applied but for that.

    Raises ``OSError`` as ``report`` does.
    """
    held: list[_Line] = []  # in one document, each overlapping one of the others
    end = 0
    for _, data, told in told_lines(report, bad):
        line = data if data.endswith(b"\n") else data + b"\n"
        entry = told if isinstance(told, Entry) else None
        if held and not (entry and _follows(held[-1].entry, entry) and entry.edit.start < end):
            yield from _settled(held, displaced)
            held = []
        if entry is None:  # of a document or a file, not of an edit
            yield line
            continue
        end = max(end, entry.edit.end) if held else entry.edit.end
        held.append(_Line(line, entry, verdicts.of(entry)))
    yield from _settled(held, displaced)


def _follows(one: Entry, other: Entry) -> bool:
    """Whether ``other`` comes after ``one`` in the same document, or cell."""
    same = (one.path, one.cell) == (other.path, other.cell)
    return same and one.edit.start <= other.edit.start


def _settled(held: list[_Line], displaced: Callable[[], None]) -> Iterator[bytes]:
    chosen: list[_Line] = []
    for line in sorted(held, key=lambda line: -line.rank):  # of equals the first one first
        if line.applied:
            edit = line.entry.edit
            if any(
                edit.start < o.end and o.start < edit.end for o in (c.entry.edit for c in chosen)
            ):
                displaced()
            else:
                chosen.append(line)
    for line in held:
        made = any(line is one for one in chosen)
        after = line.verdict.after if line.verdict and made else line.entry.edit.after
        if (made, after) == (line.entry.edit.applied, line.entry.edit.after):
            yield line.data
        else:
            yield _changed(line.data, after, applied=made)


def _changed(data: bytes, after: str, *, applied: bool) -> bytes:
    """A line that says ``after`` instead, and whether it is applied; all else as it was.

    >>> line = b'{"after": "A", "confidence": 0.6, "alternatives": [["B", 0.3]], "applied": true}'
    >>> _changed(line, "B", applied=True)
    b'{"after": "B", "confidence": 0.3, "alternatives": [["A", 0.6]], "applied": true}\\n'
    """
    fields: dict[str, Any] = json.loads(data.decode("utf-8"))
    if after != fields["after"]:
        readings = dict(map(tuple, fields["alternatives"]))
        readings = {fields["after"]: fields["confidence"]} | readings
        fields |= {"after": after, "confidence": readings.pop(after, 0.0)}
        fields["alternatives"] = [[word, chance] for word, chance in readings.items()]
    fields["applied"] = applied
    fields.pop("kept_by", None)  # it is decided now, on this place
    return encode_fields(fields)
