"""Are reports complete? Each is applied to its original and undone, and nothing may differ.

    python benchmarks/replay.py [--data DIR] [--only NAME ...] [--seed N] [--lines N] [--whole]

Every text of ``dev/``, damaged in every way of ``cases.py``: ``--lines`` lines of it in every
format and container of ``tree.py`` and some encodings, and with ``--whole`` all of it as one file.
Each is cleaned in place; the report must give the output, and undo, in two steps, the input; of
what is packed, byte for byte all that is in it.  Everything is done by the installed command.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
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


def write_files(folder: Path, lines: list[str], limit: int, *, whole: bool) -> None:
    """Some lines in everything that may hold them, and, if ``whole``, all of them as one file."""
    folder.mkdir(parents=True)
    start = zlib.crc32(str(folder).encode()) % max(1, len(lines) - limit)
    some = lines[start : start + limit]
    if whole:
        (folder / "all.txt").write_text("\n".join(lines), "utf-8", newline="")
    for end, make in KINDS.items():
        (folder / f"a{end}").write_bytes(make(some))
    for end, encode in _ENCODINGS.items():
        (folder / f"a{end}").write_bytes(encode("\n".join(some)))


class Replay:
    """Counts what was done, and what came out otherwise than it should."""

    def __init__(self, scratch: Path) -> None:
        self._here = scratch
        self._command = installed_command()[0]
        self.files = self.documents = self.edits = self.bytes = 0
        self.packed_anew = 0  #: files that hold the same as before, but are other bytes
        self.seconds = dict.fromkeys(("clean", "apply", "undo"), 0.0)
        self.different: list[str] = []

    def run(self, options: Sequence[str]) -> None:
        """Cleans, applies and undoes the folder ``before``."""
        here = self._here
        before, now, after = here / "before", here / "in", here / "after"
        shutil.copytree(before, now)
        # Code 3: what is broken in a document is named, and stays.
        self._vnclean("clean", "-i", "in", "--report", "r.jsonl", "--quiet", *options, code=3)
        shutil.rmtree(now / ".vnclean", ignore_errors=True)
        self._count(before)
        shutil.move(now, after)
        shutil.copytree(before, now)
        self._vnclean("apply", "r.jsonl", "--report", "applied.jsonl")
        self._compare("applied", after, now)
        some = "--kind", "lost-letters", "--kind", "tone", "--kind", "no-diacritics"
        self._vnclean("undo", "r.jsonl", *some)
        self._vnclean("undo", "r.jsonl")
        self._compare("undone", before, now, packed=True)
        for made in now, after, before:
            shutil.rmtree(made)

    def _count(self, before: Path) -> None:
        sizes = [path.stat().st_size for path in before.rglob("*") if path.is_file()]
        self.files, self.bytes = self.files + len(sizes), self.bytes + sum(sizes)
        paths = set()
        with (self._here / "r.jsonl").open("rb") as report:
            for line in map(json.loads, report):
                if line["kind"] not in ("report", "file"):
                    paths.add(line["path"])
                    self.edits += line["applied"] and line["kind"] != "encoding"
        self.documents += len(paths)

    def _vnclean(self, *args: str, code: int = 0) -> None:
        began = time.perf_counter()
        done = subprocess.run(
            [self._command, *args], cwd=self._here, capture_output=True, text=True, check=False
        )
        self.seconds[args[0]] += time.perf_counter() - began
        if done.returncode not in (0, code):
            said = done.stderr.strip()[-300:]
            self.different.append(f"{args[0]} ended with {done.returncode}: {said}")

    def _compare(self, what: str, wanted: Path, found: Path, *, packed: bool = False) -> None:
        """Notes files that differ; if ``packed`` only those in which something does."""
        for path in sorted(path for path in wanted.rglob("*") if path.is_file()):
            name = path.relative_to(wanted)
            one, other = path.read_bytes(), (found / name).read_bytes()
            if one == other:
                continue
            if packed and content(path.name, one) == content(path.name, other):
                self.packed_anew += 1
            else:
                self.different.append(f"{what}: {name}")


def main() -> int:
    """Runs the benchmark; returns the exit code."""
    parser = case_parser(__doc__)
    parser.add_argument("--lines", type=int, default=24, help="of each text in each container")
    parser.add_argument("--whole", action="store_true", help="each text as one file, too")
    options = parser.parse_args()
    only = tuple(options.only)
    cases = [one for one in CASES if not only or one.name in only or one.name.split("/")[0] in only]
    try:
        with tempfile.TemporaryDirectory() as folder:
            scratch = Path(folder)
            replay = Replay(scratch)
            for number, stages in enumerate(_OPTIONS):
                for case in cases[number :: len(_OPTIONS)]:
                    lines = damaged(case, options.data, options.seed, scratch)
                    place = scratch / "before" / case.name
                    write_files(place, lines, options.lines, whole=options.whole)
                if (scratch / "before").exists():
                    replay.run(stages)
    except MissingError as error:
        return fail(error)
    taken = [f"{name} {seconds:.0f} s" for name, seconds in replay.seconds.items()]
    rows = [
        ["texts", "files", "MB", "documents", "edits", "packed anew", "differences"],
        [
            *(f"{number:,}" for number in (len(cases), replay.files)),
            f"{replay.bytes / 1e6:.1f}",
            *(f"{number:,}" for number in (replay.documents, replay.edits, replay.packed_anew)),
            f"{len(replay.different):,}",
        ],
    ]
    print(heading(), table(rows, markdown=False), ", ".join(taken), sep="\n\n")
    for difference in replay.different[:50]:
        print(difference)
    return bool(replay.different)


if __name__ == "__main__":
    sys.exit(main())
