"""What came of a run, and of those before that it went on with: numbers, names, and the report.

All of it is read from the manifest, so that it is the same however often a run was interrupted.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TextIO

from vnclean.batch.inputs import File, Named
from vnclean.batch.manifest import Manifest, Record
from vnclean.batch.plan import Plan
from vnclean.batch.reasons import told_in
from vnclean.batch.work import NOT_TEXT, REPAIRED, UNCHANGED
from vnclean.documents.atomic import AtomicFile
from vnclean.errors import OutputError, naming
from vnclean.language import in_english, marked, translated
from vnclean.reports.drawn import visible
from vnclean.reports.jsonl import encode_version
from vnclean.reports.summary import Summary

#: How many of the commonest repairs are named.
_NAMED: Final = 20
_COPIED: Final = marked("not text: copied as it is")
_LEFT: Final = marked("not text: left as it is")


class Totals:
    """The numbers; ``failed`` and ``skipped`` name everything that is not as it should be."""

    def __init__(self, plan: Plan, manifest: Manifest, failed: dict[str, str]) -> None:
        """``failed``: files and folders that could not be done in this run."""
        self.outcomes: Counter[str] = Counter()
        self.summary = Summary()
        self.read = self.written = 0
        self.failed = sorted({*map(Named._make, failed.items()), *plan.inputs.failed})
        self.skipped = list(plan.inputs.skipped)
        self.copied: list[Named] = []  #: what is not text
        self.missing = 0  #: files that are neither done nor failed: the run was stopped
        for file, record in done_files(plan, manifest):
            if record is None:
                self.missing += file.path not in failed
                continue
            self.outcomes[record["outcome"]] += 1
            self.summary.include(record["counts"])
            self.read += record["input"][0]
            self.written += record["size"]
            self.failed += told_in(record, "failures")
            self.skipped += told_in(record, "skipped")
            if record["outcome"] == NOT_TEXT:
                reason = translated(_COPIED if plan.output else _LEFT)
                self.copied.append(Named(file.path, reason))

    @property
    def done(self) -> int:
        """How many files are in their places."""
        return self.outcomes.total()

    def print(self, file: TextIO) -> None:
        """Shows the table on ``file``."""
        rows: list[tuple[str, str]] = [(translated("files"), f"{self.done:,}")]
        for name in (REPAIRED, UNCHANGED, NOT_TEXT):
            rows.append((f"  {translated(name)}", f"{self.outcomes[name]:,}"))
        rows.append((translated("megabytes"), f"{self.read / 1e6:,.1f}"))
        if self.skipped:
            rows.append((translated("skipped"), f"{len(self.skipped):,}"))
            for reason, count in self.reasons():
                rows.append((f"  {reason}", f"{count:,}"))
        rows.append((translated("failed"), f"{len(self.failed):,}"))
        print_summary(self.summary, rows, file)

    def reasons(self) -> list[tuple[str, int]]:
        """Why things were skipped, and how many were, the commonest first."""
        found = Counter(named.reason for named in self.skipped)
        return sorted(found.items(), key=lambda item: (-item[1], item[0]))

    def as_json(self) -> dict[str, Any]:
        """Everything, for programs."""
        counts = self.summary.counts()
        return {
            "files": {
                "done": self.done,
                "repaired": self.outcomes[REPAIRED],
                "unchanged": self.outcomes[UNCHANGED],
                "not_text": self.outcomes[NOT_TEXT],
                "skipped": len(self.skipped),
                "failed": len(self.failed),
                "not_done_yet": self.missing,
            },
            "bytes": {"read": self.read, "written": self.written},
            "documents": counts["documents"],
            "members": counts["members"],
            "lines": counts["lines"],
            "words": counts["words"],
            "repairs": dict(self.summary.kinds.most_common()),
            "left_alone": counts["left_alone"],
            "kept_by": counts["kept_by"],
            "commonest_repairs": commonest_repairs(self.summary),
            "encodings": counts["encodings"],
            "kept_bytes": counts["kept_bytes"],
            "skipped": [_as_json(named) for named in (*self.skipped, *self.copied)],
            "failed": [_as_json(named) for named in self.failed],
        }

    def write_json(self, path: str, plan: Plan) -> None:
        """Writes it into a file; raises OutputError if that cannot be."""
        text = json.dumps(self.as_json(), ensure_ascii=False, indent=1) + "\n"
        with naming(path, OutputError), AtomicFile(Path(path), plan.beside(path)) as file:
            file.write(text.encode("utf-8", "backslashreplace"))
            file.commit()


def print_summary(summary: Summary, first: Sequence[tuple[str, str]], file: TextIO) -> None:
    """Shows a table on ``file``: ``first``, then what was counted, and the commonest repairs."""
    from rich.console import Console

    table = summary.table(first)
    for before, after, count in summary.commonest(_NAMED):
        table.add_row(f"{visible(before)} → {visible(after)}", f"×{count:,}")
    Console(file=file, highlight=False, markup=False, emoji=False).print(table)


def commonest_repairs(summary: Summary) -> list[dict[str, str | int]]:
    """The same repairs for programs."""
    return [
        {"before": before, "after": after, "count": count}
        for before, after, count in summary.commonest(_NAMED)
    ]


def _as_json(named: Named) -> dict[str, str]:
    return {"path": named.path, "reason": in_english(named.reason)}


def done_files(plan: Plan, manifest: Manifest) -> Iterator[tuple[File, Record | None]]:
    """All files, in the order of their names, each with what is known if it is in its place."""
    for file in sorted(plan.inputs.files, key=lambda file: os.fsencode(file.target)):
        known = manifest.record(plan.key(file), plan.settings(file.path).digest)
        yield file, known[0] if known and known[1] else None


def write_report(path: str, plan: Plan, manifest: Manifest) -> None:
    """Writes every edit of the files that are in their places; raises OutputError."""
    with naming(path, OutputError), AtomicFile(Path(path), plan.beside(path)) as report:
        report.write(encode_version())
        for _, record in done_files(plan, manifest):
            if record:
                for data in manifest.edits(*record["edits"]):
                    report.write(data)
        report.commit()
