"""One file in a worker: what can go wrong with it is its own failure, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from word_rule import WordRule

from vnclean.batch.work import FAILED, REPAIRED, UNCHANGED, FileTask, do_file
from vnclean.documents.lines import Block
from vnclean.formats.kinds import Reading
from vnclean.pipeline import CleanedBlock, clean_blocks


def task(here: Path, temporary: str = "new") -> FileTask:
    return FileTask(str(here / "a.txt"), str(here / temporary), str(here), mirrored=True)


def clean(blocks: Iterable[Block]) -> Iterator[CleanedBlock]:
    return clean_blocks(blocks, WordRule())


def meanwhile(event: Callable[[], object]) -> Callable[[Iterable[Block]], Iterator[CleanedBlock]]:
    """Cleans, and does something else to the file after the first block."""

    def cleaner(blocks: Iterable[Block]) -> Iterator[CleanedBlock]:
        found = clean(blocks)
        yield next(found)
        event()
        yield from found

    return cleaner


@pytest.mark.parametrize(
    ("data", "outcome", "output"),
    [
        (b"chng\n", REPAIRED, "chống\n".encode()),
        (b"\xff\r\nx", UNCHANGED, b"\xff\r\nx"),
        (b"", UNCHANGED, b""),
    ],
)
def test_what_comes_out(tmp_path: Path, data: bytes, outcome: str, output: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    result = do_file(task(tmp_path), Reading(), clean)
    assert (result.outcome, (tmp_path / "new").read_bytes()) == (outcome, output)
    assert result.output_size == len(output)


def test_a_file_that_grows_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"chng\n")
    grow = meanwhile(lambda: path.open("ab").write(b"more\n"))
    result = do_file(task(tmp_path), Reading(), grow)
    assert (result.outcome, "was changed while it was being read" in result.reason) == (
        FAILED,
        True,
    )
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    result = do_file(task(tmp_path), Reading(), clean)
    assert (result.outcome, result.reason) == (
        FAILED,
        "no such file or directory; check the name",
    )


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"chng\n")
    result = do_file(task(tmp_path, "nowhere/new"), Reading(), clean)
    assert (result.outcome, result.reason.partition(":")[0]) == (FAILED, "cannot be written")


def test_many_edits_go_into_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"chng\n" * 10_000)
    result = do_file(task(tmp_path), Reading(), clean)
    assert result.edits == b""
    assert Path(result.edits_file).read_bytes().count(b"\n") == 10_000
