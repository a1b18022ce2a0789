"""Are reports complete? Each is applied to its original and undone, and nothing may differ.

    python benchmarks/replay.py [--data DIR] [--only NAME ...] [--seed N] [--lines N] [--whole]

Every text of ``dev/`` is damaged in every way of ``cases.py``, and cleaned: as it stands in one file
(``--whole``: all of its lines), and ``--lines`` of them as every format and container of
``tree.py``.  Of each run in place the report must give the output, and undo must give back the
input; of what is packed, byte for byte all that is in it.  Everything is done by the installed
command.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from cases import CASES, Case
from common import (
    MissingError,
    case_parser,
    damage,
    fail,
    heading,
    installed_command,
    need,
    table,
)
from members import differences
from tree import KINDS

#: Options that have stages at work which otherwise rest, one set for each run.
_OPTIONS = ((), ("--join-lines", "--drop-boilerplate"), ("--tone-style", "new"))
#: What of the way a document is written by Python is put into files that are no UTF-8.
_ENCODINGS: dict[str, Callable[[str], bytes]] = {
    ".utf-16.txt": lambda text: text.encode("utf-16"),
    ".bom.txt": lambda text: text.encode("utf-8-sig"),
    ".crlf.txt": lambda text: text.replace("\n", "\r\n").encode() + b"\xff\xc3",
    ".1258.txt": lambda text: text.encode("cp1258", "ignore"),
}


def damaged(case: Case, data: Path, seed: int, scratch: Path) -> list[str]:
    """The lines of the text of a case."""
    noisy = data / "dev" / (case.noisy or case.clean)
    need(noisy, "the text", "--data")
    if case.channel:
        source, noisy = noisy, scratch / "noisy"
        damage(data, case.channel, source, noisy, "--seed", str(seed))
    text = noisy.read_text("utf-8", errors="replace")
    if noisy.suffix == ".jsonl":
        records = map(json.loads, text.splitlines())
        return [str(record.get("text", record)) for record in records]
    return text.split("\n")


def write_tree(folder: Path, name: str, lines: list[str], limit: int, *, whole: bool) -> None:
    """The text as one file, and some of its lines in everything that may hold them."""
    folder.mkdir(parents=True)
    start = zlib.crc32(name.encode()) % max(1, len(lines) - limit)
    some = lines[start : start + limit]
    if whole:
        (folder / f"{name}.all.txt").write_text("\n".join(lines), "utf-8", newline="")
    for end, make in KINDS.items():
        (folder / f"{name}{end}").write_bytes(make(some))
    for end, encode in _ENCODINGS.items():
        (folder / f"{name}{end}").write_bytes(encode("\n".join(some)))


class Replay:
    """Counts what was done, and what came out otherwise than it should."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._command = installed_command()[0]
        self.files = self.documents = self.edits = 0
        self.not_exact = 0  #: files that are packed in another way than they were
        self.different: list[str] = []

    def run(self, name: str, options: tuple[str, ...]) -> None:
        """Cleans, applies and undoes the tree ``before``."""
        here = self._scratch
        before = here / "before"
        shutil.copytree(before, here / "in")
        self._vnclean("clean", "-i", "in", "--report", "r.jsonl", "--quiet", *options, code=(0, 3))
        told = [json.loads(line) for line in (here / "r.jsonl").read_bytes().splitlines()]
        self.files += sum(path.is_file() for path in before.rglob("*"))
        self.documents += len({line["path"] for line in told if line["kind"] != "file"})
        self.edits += sum(
            line["applied"] and line["kind"] not in ("encoding", "file") for line in told
        )
        shutil.move(here / "in", here / "after")
        shutil.copytree(before, here / "in")
        self._vnclean("apply", "r.jsonl", "--report", "applied.jsonl")
        self._compare(f"{name}: applied", here / "after", here / "in")
        some = "--kind", "lost-letters", "--kind", "tone", "--kind", "entity"
        self._vnclean("undo", "r.jsonl", *some, code=(0, 3))
        self._vnclean("undo", "r.jsonl", code=(0, 3))
        self._compare(f"{name}: undone", before, here / "in", packed=True)
        for made in "in", "after":
            shutil.rmtree(here / made)

    def _vnclean(self, *args: str, code: tuple[int, ...] = (0,)) -> None:
        done = subprocess.run(
            [self._command, *args], cwd=self._scratch, capture_output=True, text=True
        )
        if done.returncode not in code:
            self.different.append(f"{args[0]} ended with {done.returncode}: {done.stderr[-500:]}")

    def _compare(self, what: str, wanted: Path, found: Path, *, packed: bool = False) -> None:
        """Notes files that differ; ``packed``: those in which something does."""
        names = sorted(str(path.relative_to(wanted)) for path in wanted.rglob("*"))
        for name in names:
            one, other = wanted / name, found / name
            if one.is_dir() or ".vnclean" in name or one.read_bytes() == other.read_bytes():
                continue
            if packed and not differs(one, other):
                self.not_exact += 1
            else:
                self.different.append(f"{what}: {name}")
