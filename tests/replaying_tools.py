"""Files cleaned with a report, by whatever finds edits; and the commands that go on with it."""

from __future__ import annotations

import io
import json
import random
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from rewriting_tools import clean

from vnclean.batch.work import REPAIRED, UNCHANGED, FileTask, do_file
from vnclean.cli import apply, undo
from vnclean.documents.lines import Block
from vnclean.edits import Edit
from vnclean.errors import InputError
from vnclean.formats.kinds import Reading
from vnclean.kept_by import KEPT_BY
from vnclean.markers import Span
from vnclean.pipeline import CleanedBlock, clean_blocks

Clean = Callable[[Iterable[Block]], Iterator[CleanedBlock]]
#: What random edits put in: letters of all lengths, marks of bytes that are no text, nothing.
PUT_IN = ("", "", "ế", "x", "nước ", "\n", "\r\n", "😀", "\ufeff", "&", '"', "e\u0301", "\udce1")


class Random:
    """Finds edits anywhere, the same in the same line."""

    def __init__(self, seed: int, share: float, put_in: Sequence[str]) -> None:
        self._seed, self._share, self._put_in = seed, share, put_in

    def edits(
        self,
        lines: Sequence[str],
        before: Sequence[str] = (),
        begins: Sequence[int] = (),
        off: Sequence[Span] = (),
    ) -> list[list[Edit]]:
        """Some of each line, applied or not."""
        return [list(self._of_line(line)) for line in lines]

    def _of_line(self, line: str) -> Iterator[Edit]:
        chance = random.Random(f"{self._seed} {line!r}")
        at = 0
        while at <= len(line):
            at += chance.choice((0, 1, 1, 2, 5, 30))
            end = at + chance.choice((0, 1, 1, 2, 4))
            if end <= len(line) and chance.random() < self._share:
                after = chance.choice(self._put_in)
                kind = chance.choice(("tone", "mark", "letters"))
                applied = chance.random() < 0.8
                sure = round(chance.random(), 4)
                if after != line[at:end]:
                    kept_by = "" if applied else chance.choice(("", *KEPT_BY))
                    yield Edit(at, end, line[at:end], after, kind, sure, "", (), applied, kept_by)
            at = end + chance.choice((0, 0, 1))
            if end > len(line):
                return


def randomly(seed: int, share: float = 0.5, put_in: Sequence[str] = PUT_IN) -> Clean:
    """As `Rewriter.clean`, with random edits."""
    return lambda blocks: clean_blocks(blocks, Random(seed, share, put_in))


@dataclass
class Cleaned:
    """One file before and after, in a folder of its own, with the report in ``report``."""

    folder: Path
    name: str
    before: bytes
    after: bytes
    lines: list[dict[str, Any]]
    made: ClassVar[list[Path]] = []  #: folders to be removed

    @property
    def report(self) -> Path:
        return self.folder / "report.jsonl"

    @property
    def original(self) -> Path:
        return self.folder / self.name

    @property
    def output(self) -> Path:
        return self.folder / "out" / self.name

    def write(self, lines: list[dict[str, Any]]) -> None:
        """Another report."""
        told = "".join(json.dumps(line) + "\n" for line in lines)
        self.report.write_text(told, "ascii")

    def read(self) -> list[dict[str, Any]]:
        """The report as it now is."""
        return [json.loads(line) for line in self.report.read_bytes().splitlines()]

    def undo(self, *options: str) -> int:
        """``vnclean undo`` in the folder of the output."""
        return undo.run([str(self.report), *options])

    def undone(self, *options: str) -> bytes:
        """The file after ``vnclean undo``, which must do what it is asked."""
        assert self.undo(*options) == 0
        return self.output.read_bytes()

    def undo_fails(self, *options: str) -> str:
        """What ``vnclean undo`` says if it cannot do it."""
        return _failure(undo.run, [str(self.report), *options])

    def apply_fails(self, *options: str) -> str:
        """What ``vnclean apply`` says if it cannot do it."""
        return _failure(apply.run, [str(self.report), *options])

    def applied(self, *options: str) -> bytes:
        """The file that ``vnclean apply`` makes of the original."""
        assert apply.run([str(self.report), *options]) == 0
        return self.output.read_bytes()


def _failure(run: Callable[[list[str]], int], arguments: list[str]) -> str:
    told = io.StringIO()
    try:
        with redirect_stderr(told):
            assert run(arguments) == 3
    except InputError as error:
        return str(error)
    return told.getvalue()


def cleaned(
    name: str,
    data: bytes,
    clean: Clean = clean,
    reading: Reading = Reading(),
) -> Cleaned:
    """Cleans a file called ``name``, as one of a tree is."""
    folder = Path(tempfile.mkdtemp(prefix="vnclean-test-"))
    Cleaned.made.append(folder)
    (folder / "out").mkdir()
    original, output = folder / name, folder / "out" / name
    original.write_bytes(data)
    task = FileTask(str(original), str(output), str(folder), True, str(output))
    result = do_file(task, reading, clean)
    assert result.outcome in (REPAIRED, UNCHANGED), result
    lines = result.edits
    if result.edits_file:
        lines = Path(result.edits_file).read_bytes()
    made = Cleaned(folder, name, data, output.read_bytes(), [])
    made.report.write_bytes(lines)
    made.lines = made.read()
    return made


def edits_of(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that are applied edits of text."""
    return [line for line in lines if line["applied"] and line["kind"] not in ("encoding", "file")]
