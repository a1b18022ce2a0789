"""Are reports complete? Each is applied to its original and undone, and nothing may differ.

    python benchmarks/replay.py [--data DIR] [--only NAME ...] [--seed N] [--lines N] [--whole]
                                [--jobs N]

Every text of ``dev/``, damaged in every way of ``cases.py``: ``--lines`` lines of it, or with
``--whole`` all of it, in every format and container of ``tree.py`` and some encodings.  Each is
cleaned in place; the report must give the output, and undo, in two steps, the input; of what is
packed, byte for byte all that is in it.  Everything is done by the installed command.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
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
from contents import content
from tree import KINDS

#: Options that have stages at work which otherwise rest, one set for each run.
_OPTIONS = ((), ("--join-lines", "--drop-boilerplate"), ("--tone-style", "new"))
#: Other encodings, and bytes that are no text.
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


def some_of(lines: list[str], limit: int, name: str) -> list[str]:
    """So many lines, of texts called otherwise from other places."""
    start = zlib.crc32(name.encode()) % max(1, len(lines) - limit)
    return lines[start : start + limit]


def write_files(folder: Path, lines: list[str]) -> None:
    """The lines in everything that may hold them."""
    folder.mkdir(parents=True)
    for end, make in KINDS.items():
        (folder / f"a{end}").write_bytes(make(lines))
    for end, encode in _ENCODINGS.items():
        (folder / f"a{end}").write_bytes(encode("\n".join(lines)))


@dataclass
class Counts:
    """What was done, and what came out otherwise than it should."""

    files: int = 0
    bytes: int = 0
    documents: int = 0
    edits: int = 0
    packed_anew: int = 0  #: files that hold the same as before, but are other bytes
    seconds: Counter[str] = field(default_factory=Counter)  #: by command
    different: list[str] = field(default_factory=list)

    def add(self, other: Counts) -> None:
        """Adds what was counted elsewhere."""
        for name in ("files", "bytes", "documents", "edits", "packed_anew"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.seconds.update(other.seconds)
        self.different += other.different


class Replay:
    """One run over some files, in a folder of its own."""

    def __init__(self, scratch: Path, jobs: int) -> None:
        """``jobs``: processes that clean."""
        self._here = scratch
        self._jobs = str(jobs)
        self._command = installed_command()[0]
        self.counts = Counts()

    def run(self, options: Sequence[str]) -> None:
        """Cleans, applies and undoes the folder ``before``."""
        here = self._here
        before, now, after = here / "before", here / "in", here / "after"
        shutil.copytree(before, now)
        # Code 3: what is broken in a document is named, and stays.
        told = "--report", "r.jsonl", "--quiet", "-j", self._jobs
        self._vnclean("clean", "-i", "in", *told, *options, code=3)
        shutil.rmtree(now / ".vnclean", ignore_errors=True)
        self._count(before)
        shutil.move(now, after)
        shutil.copytree(before, now)
        self._vnclean("apply", "r.jsonl", "--report", "applied.jsonl")
        self._compare("applied", after, now)
        some = "--kind", "lost-letters", "--kind", "tone", "--kind", "no-diacritics"
        # Code 3: nothing is left to undo; whether that is so is seen from the files.
        self._vnclean("undo", "r.jsonl", *some, code=3)
        self._vnclean("undo", "r.jsonl", code=3)
        self._compare("undone", before, now, packed=True)
        for made in now, after, before:
            shutil.rmtree(made)

    def _count(self, before: Path) -> None:
        sizes = [path.stat().st_size for path in before.rglob("*") if path.is_file()]
        counts = self.counts
        counts.files, counts.bytes = counts.files + len(sizes), counts.bytes + sum(sizes)
        paths = set()
        with (self._here / "r.jsonl").open("rb") as report:
            for line in map(json.loads, report):
                if line["kind"] not in ("report", "file"):
                    paths.add(line["path"])
                    counts.edits += line["applied"] and line["kind"] != "encoding"
        counts.documents += len(paths)

    def _vnclean(self, *args: str, code: int = 0) -> None:
        began = time.perf_counter()
        done = subprocess.run(
            [self._command, *args], cwd=self._here, capture_output=True, text=True, check=False
        )
        self.counts.seconds[args[0]] += time.perf_counter() - began
        if done.returncode not in (0, code):
            said = done.stderr.strip()[-300:]
            self.counts.different.append(f"{args[0]} ended with {done.returncode}: {said}")

    def _compare(self, what: str, wanted: Path, found: Path, *, packed: bool = False) -> None:
        """Notes files that differ; if ``packed`` only those in which something does."""
        for path in sorted(path for path in wanted.rglob("*") if path.is_file()):
            name = path.relative_to(wanted)
            one, other = path.read_bytes(), (found / name).read_bytes()
            if one == other:
                continue
            if packed and content(path.name, one) == content(path.name, other):
                self.counts.packed_anew += 1
            else:
                self.counts.different.append(f"{what}: {name}")


def batches(cases: Sequence[Case], *, single: bool) -> Iterator[tuple[Sequence[str], list[Case]]]:
    """Options of ``clean`` and the texts that are cleaned with them, each on its own or all."""
    for number, options in enumerate(_OPTIONS):
        some = list(cases[number :: len(_OPTIONS)])
        yield from [(options, [case]) for case in some] if single else [(options, some)]


def replayed(options: Namespace, batch: tuple[Sequence[str], list[Case]]) -> Counts:
    """What becomes of a batch."""
    stages, cases = batch
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        replay = Replay(scratch, 0 if options.jobs == 1 else 1)
        for case in cases:
            lines = damaged(case, options.data, options.seed, scratch)
            if not options.whole:
                lines = some_of(lines, options.lines, case.name)
            write_files(scratch / "before" / case.name, lines)
        if cases:
            replay.run(stages)
        return replay.counts


def main() -> int:
    """Runs the benchmark; returns the exit code."""
    parser = case_parser(__doc__)
    parser.add_argument("--lines", type=int, default=24, help="of each text in each container")
    parser.add_argument("--whole", action="store_true", help="all of each text in each container")
    parser.add_argument("--jobs", type=int, default=1, help="texts at a time (default 1)")
    options = parser.parse_args()
    only = tuple(options.only)
    cases = [one for one in CASES if not only or one.name in only or one.name.split("/")[0] in only]
    single = options.whole or options.jobs > 1
    total, began = Counts(), time.perf_counter()
    try:
        with ThreadPoolExecutor(options.jobs) as pool:
            for counts in pool.map(partial(replayed, options), batches(cases, single=single)):
                total.add(counts)
    except MissingError as error:
        return fail(error)
    taken = [f"{name} {seconds:.0f} s" for name, seconds in total.seconds.items()]
    taken.append(f"all {time.perf_counter() - began:.0f} s")
    rows = [
        ["texts", "files", "MB", "documents", "edits", "packed anew", "differences"],
        [
            *(f"{number:,}" for number in (len(cases), total.files)),
            f"{total.bytes / 1e6:.1f}",
            *(f"{number:,}" for number in (total.documents, total.edits, total.packed_anew)),
            f"{len(total.different):,}",
        ],
    ]
    print(heading(), table(rows, markdown=False), ", ".join(taken), sep="\n\n")
    for difference in total.different[:50]:
        print(difference)
    return bool(total.different)


if __name__ == "__main__":
    sys.exit(main())
