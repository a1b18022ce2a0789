"""SARIF 2.1.0, for code scanning and editors: one log, written as the findings come by.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from vnclean import __version__
from vnclean.documents.lines import place_after
from vnclean.edits import Edit
from vnclean.kinds import KINDS, description, title
from vnclean.language import in_english
from vnclean.pipeline import Finding
from vnclean.reports.drawn import visible
from vnclean.reports.encoded import encoded
from vnclean.reports.jsonl import place_in_records
from vnclean.reports.listing import Listing, field_of, note_of
from vnclean.reports.origin import Origin

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
#: Relative names count from here.
_BASE: Final = "%SRCROOT%"
_STDIN: Final = "-"
#: What a URI may hold as it is, of what is not a letter or digit: members are called ``a.zip!b``.
_SAFE: Final = "/!"
_to_json: Final = json.JSONEncoder(ensure_ascii=False).encode
_INDEX: Final = {kind: index for index, kind in enumerate(KINDS)}


class SarifListing(Listing):
    """A SARIF log; valid however far it came, once :meth:`end` has closed it."""

    def __init__(self) -> None:
        self._separator = ""
        self._notifications: list[dict[str, object]] = []

    def begin(self) -> bytes:
        """Everything up to the first result."""
        driver = {
            "name": "vnclean",
            "version": __version__,
            "semanticVersion": __version__,
            "rules": [_rule(kind) for kind in KINDS],
        }
        here = {_BASE: {"description": {"text": "the folder in which vnclean was started"}}}
        head = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": here,
        }
        opened = f'"version": "2.1.0",\n"runs": [{_to_json(head)[:-1]},\n"results": ['
        return f'{{"$schema": "{_SCHEMA}",\n{opened}'.encode()

    def finding(self, finding: Finding, *, packed: bool = False) -> bytes:
        """A result, with the repair as its fix if ``clean`` would make it and an editor can."""
        edit = finding.edit
        change = f"{field_of(finding.field)}“{_shown(edit.before)}” → “{_shown(edit.after)}”"
        note = note_of(edit)
        region = _region(finding)
        location = _location(finding.path)
        result: dict[str, object] = {
            **_told(edit, f"{change} ({edit.confidence:.2f}{note}). {title(edit.kind)}."),
            "locations": [
                _place(location, region | {"snippet": {"text": _text(edit.before)}}, finding)
            ],
            "rank": round(100 * edit.confidence, 2),
            "partialFingerprints": {"vncleanFinding/v1": _fingerprint(finding)},
            "properties": _properties(finding),
        }
        if edit.applied and not packed and edit.after == _text(edit.after):
            replacement = {"deletedRegion": region, "insertedContent": {"text": edit.after}}
            changed = {"artifactLocation": location, "replacements": [replacement]}
            described = {"text": f"Replace with “{_shown(edit.after)}”"}
            result["fixes"] = [{"description": described, "artifactChanges": [changed]}]
        return self._result(result)

    def origin(self, origin: Origin) -> bytes:
        """A result about a document as a whole."""
        edit = Edit(0, 0, "", "", "encoding", 1.0, applied=origin.converted)
        region = {"startLine": origin.first_line} if origin.first_line else {}
        told = _told(edit, f"{_text(in_english(origin))}. {title('encoding')}.")
        return self._result(told | {"locations": [_place(_location(origin.path), region)]})

    def failure(self, path: str, reason: str) -> bytes:
        """Kept for the end: it is told there of what was done."""
        message = {"text": _text(reason)}
        place = _place(_location(path), {})
        self._notifications.append({"level": "error", "message": message, "locations": [place]})
        return b""

    def end(self, *, complete: bool) -> bytes:
        """Everything after the last result."""
        invocation: dict[str, object] = {"executionSuccessful": complete}
        if self._notifications:
            invocation["toolExecutionNotifications"] = self._notifications
        return f'\n],\n"invocations": [{_to_json(invocation)}]}}]}}\n'.encode()

    def _result(self, result: dict[str, object]) -> bytes:
        separator, self._separator = self._separator, ","
        return f"{separator}\n{_to_json(result)}".encode()


def _rule(kind: str) -> dict[str, object]:
    return {
        "id": kind,
        "shortDescription": {"text": title(kind)},
        "fullDescription": {"text": description(kind)},
        "help": {"text": f"{description(kind)} vnclean clean makes the repair."},
        "defaultConfiguration": {"level": "warning"},
    }


def _told(edit: Edit, message: str) -> dict[str, object]:
    """What every result has."""
    rule = {"ruleIndex": _INDEX[edit.kind]} if edit.kind in _INDEX else {}
    level = "warning" if edit.applied else "note"
    return {"ruleId": edit.kind, **rule, "level": level, "message": {"text": message}}


def _place(
    location: dict[str, object], region: Mapping[str, object], finding: Finding | None = None
) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": location}
    if region:
        place["region"] = region
    if finding:
        place["contextRegion"] = _context_region(finding)
    return {"physicalLocation": place}


def _region(finding: Finding) -> dict[str, object]:
    line, column = finding.end()
    edit = finding.edit
    region: dict[str, object] = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": line,
        "endColumn": column,
    }
    if finding.record is None:  # with one, edits count from the start of their cell
        region |= {"charOffset": edit.start, "charLength": edit.end - edit.start}
    return region


def _context_region(finding: Finding) -> dict[str, object]:
    start = finding.column - finding.at
    line, column, _ = place_after((finding.line, start - 1, 0), finding.context)
    return {
        "startLine": finding.line,
        "startColumn": start,
        "endLine": line,
        "endColumn": column + 1,
        "snippet": {"text": _text(finding.context)},
    }


def _properties(finding: Finding) -> dict[str, object]:
    edit = finding.edit
    properties: dict[str, object] = {
        "confidence": round(edit.confidence, 4),
        "mode": edit.mode,
        "alternatives": [[_text(word), share] for word, share in edit.alternatives],
    }
    if edit.kept_by:
        properties["kept_by"] = edit.kept_by
    for name, value in place_in_records(finding).items():
        properties[name] = _text(value) if isinstance(value, str) else value
    return properties


def _location(path: str) -> dict[str, object]:
    """Where a document is.

    >>> _location("tin/a b.txt")
    {'uri': 'tin/a%20b.txt', 'uriBaseId': '%SRCROOT%'}
    >>> _location("/data/ă.txt"), _location("./a:b.txt")["uri"]
    ({'uri': 'file:///data/%C4%83.txt'}, 'a%3Ab.txt')
    """
    if path == _STDIN:
        return {"uri": _STDIN, "description": {"text": "standard input"}}
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if path.startswith("/") or ".." in parts:  # which nothing relative may hold
        absolute = os.fsencode(os.path.abspath(path))  # noqa: PTH100
        return {"uri": f"file://{quote(absolute, _SAFE)}"}
    return {"uri": quote(os.fsencode("/".join(parts)), _SAFE), "uriBaseId": _BASE}


def _fingerprint(finding: Finding) -> str:
    """What tells a finding from others, wherever its line has moved to."""
    edit = finding.edit
    told = "\0".join((edit.kind, edit.before, edit.after, finding.context))
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _shown(text: str) -> str:
    return _text(visible(text))


def _text(text: str) -> str:
    """``text`` without what is no code point: bytes that were no text are �.

    >>> _text("chng \\udcff")
    'chng �'
    """
    return encoded(text).decode("utf-8", "replace")
