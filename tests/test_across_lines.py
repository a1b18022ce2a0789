"""What looks across line ends: the same however the document arrives, and it can be undone."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from command import VNCLEAN, start
from hypothesis import given, settings
from hypothesis import strategies as st
from own_sentences import SOUND, damaged
from reference_groups import line_groups

from vnclean.cleaner import Cleaner
from vnclean.config import Config
from vnclean.documents.groups import GroupSplitter, LineGroups
from vnclean.documents.lines import LIMIT, LineSplitter, Place
from vnclean.documents.text import TextReader
from vnclean.edits import Edit, apply, invert
from vnclean.orthography import residue
from vnclean.pipeline import CleanedBlock, clean_blocks
from vnclean.reports import jsonl
from vnclean.reports.diff import unified_diff
from vnclean.reports.summary import Summary

CLEANER = Cleaner(Config(join_lines=True, drop_boilerplate=True))
JOINER = Cleaner(Config(join_lines=True))
FLAGS = "--join-lines", "--drop-boilerplate"


def grouped(text: str, cuts: list[int], limit: int) -> tuple[list[tuple[str, str]], list[Place]]:
    """Pieces and their places of a text that arrives cut in chunks."""
    splitter, groups = LineSplitter(limit), LineGroups(limit)
    ends = [*sorted(cut for cut in cuts if cut < len(text)), len(text)]
    blocks = [groups.feed(splitter.feed(text[a:b])) for a, b in pairwise([0, *ends])]
    blocks.append(groups.feed(splitter.feed("", final=True), final=True))
    pieces = [pair for block in blocks for pair in zip(block.texts, block.ends, strict=True)]
    return pieces, [place for block in blocks for place in block.places()]


some_lines = st.text("ab- \r\n", max_size=60)


@given(some_lines, st.lists(st.integers(0, 60)), st.integers(1, 12))
def test_groups_are_the_same_however_lines_arrive(text: str, cuts: list[int], limit: int) -> None:
    assert grouped(text, cuts, limit) == grouped(text, [], limit)


@given(some_lines, st.integers(1, 12))
def test_groups_make_up_the_text_and_stay_short(text: str, limit: int) -> None:
    pieces, places = grouped(text, [], limit)
    assert "".join(piece + end for piece, end in pieces) == text
    assert all(len(piece) <= 2 * (limit + 2) for piece, _ in pieces)
    for (piece, _), (line, column, place) in zip(pieces, places, strict=True):
        assert text.startswith(piece, place)
        assert text.count("\n", 0, place) + 1 == line
        assert place - (text.rfind("\n", 0, place) + 1) == column


@given(some_lines.map(lambda text: text.replace("\r", "")))
def test_the_groups_of_a_text_are_those_of_a_document(text: str) -> None:
    assert list(line_groups(text)) == [piece for piece, _ in grouped(text, [], LIMIT)[0]]


lines = st.one_of(
    st.sampled_from(
        [
            *SOUND[:3],
            damaged(SOUND[3], residue, 0.6, 1),
            "nghiên cứu khoa h-",
            "ọc ở Vi-",
            "ệt Nam",
            "Bà Rịa-",
            "Vũng Tàu",
            "Đăng nhập",
            "Dang nhap",
            "Đăng nh-",
            "ập",
            "Trang chủ > Thời sự",
            "Phòng chng dịch",
            "",
        ]
    ),
    st.text("aậh-\udcff\t ", max_size=6),
)
documents = st.tuples(st.lists(lines, max_size=8), st.sampled_from(["\n", "\r\n"])).map(
    lambda pair: pair[1].join(pair[0])
)


def cleaned(document: str, size: int = 1 << 20) -> list[CleanedBlock]:
    data = document.encode("utf-8", "surrogateescape")
    return list(clean_blocks(TextReader(io.BytesIO(data), size, splitter=GroupSplitter()), CLEANER))


def edits_of(blocks: list[CleanedBlock]) -> list[Edit]:
    return [found.edit for block in blocks for found in block.findings("-")]


@settings(max_examples=60)
@given(documents, st.integers(1, 50))
def test_replay_undo_and_blocks(document: str, size: int) -> None:
    whole = cleaned(document)
    output = "".join(block.text() for block in whole)
    edits = edits_of(whole)
    assert apply(document, edits) == output
    assert apply(output, invert(edits)) == document
    assert CLEANER.clean(document).text == output
    assert "".join(block.text() for block in cleaned(document, size)) == output
    told = [
        [(e.start, e.end, e.after) for e in some]
        for some in (edits, edits_of(cleaned(document, size)))
    ]
    assert told[0] == told[1]


@settings(max_examples=60)
@given(documents)
def test_places_and_contexts_are_those_of_the_document(document: str) -> None:
    for block in cleaned(document):
        for found in block.findings("-"):
            record = json.loads(jsonl.encode(found))
            rest = "\n".join(document.split("\n")[record["line"] - 1 :])
            assert rest.startswith(record["before"], record["column"] - 1)
            assert record["before"] in record["context"]
            assert record["context"] in rest


@settings(max_examples=60)
@given(documents)
def test_what_was_joined_has_nothing_to_join(document: str) -> None:
    again = JOINER.clean(JOINER.clean(document).text)
    assert [edit for edit in again.edits if edit.kind == "broken-word"] == []


PAGE = """\
Trang chủ > Thời sự > Xã hội
Đăng nhập

Trường mở lớp nghiên cứu khoa h-
ọc cho học sinh miền núi.
một
hai
ba
bốn
năm
sáu
bảy
tám
Tỉnh Bà Rịa-
Vũng Tàu cũng vậy.
In bài viết
Ông nói về Vi-
ệt Nam. Phòng chng dịch.
Chia sẻ Facebook Zalo"""
REPAIRED = """\

Trường mở lớp nghiên cứu khoa học
cho học sinh miền núi.
một
hai
ba
bốn
năm
sáu
bảy
tám
Tỉnh Bà Rịa-
Vũng Tàu cũng vậy.
Ông nói về Việt
Nam. Phòng chống dịch.
"""


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_patch_makes_the_output_of_a_diff(tmp_path: Path, end: str, mark: str) -> None:
    document = PAGE.replace("\n", end)
    file = tmp_path / "a.txt"
    file.write_bytes((mark + document).encode())
    git = shutil.which("git")
    assert git, "git is needed to check that diffs can be applied"
    command = [git, "apply", "-p0", "--whitespace=nowarn", "-"]
    diff = "".join(unified_diff("a.txt", cleaned(document), mark))
    subprocess.run(command, cwd=tmp_path, input=diff.encode(), check=True)
    assert file.read_bytes().decode() == mark + REPAIRED.replace("\n", end)


def test_a_diff_that_leaves_nothing(tmp_path: Path) -> None:
    diff = "".join(unified_diff("a.txt", cleaned("Đăng nhập\n")))
    assert diff == "--- a.txt\n+++ a.txt\n@@ -1 +0,0 @@\n-Đăng nhập\n"


def test_the_summary_counts_lines_as_they_were() -> None:
    summary = Summary()
    for block in cleaned(PAGE, 7):
        summary.add(block)
    assert (summary.documents, summary.lines) == (1, PAGE.count("\n") + 1)
    assert summary.kinds["broken-word"] == 2
    assert summary.kinds["boilerplate"] == 4


@pytest.mark.parametrize("jobs", ["1", "2", "3"])
def test_jobs_do_not_matter(tmp_path: Path, jobs: str) -> None:
    (tmp_path / "a.txt").write_text(f"{PAGE}\n" * 900, "utf-8")
    command = [VNCLEAN, "clean", *FLAGS, "-j", jobs, "--report", "r.jsonl", "a.txt"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode() == REPAIRED * 900
    assert done.stderr == b""
    assert (tmp_path / "r.jsonl").read_text("utf-8").count("\n") == 2 + 7 * 900


def test_lines_that_are_done_wait_for_nobody() -> None:
    with start("clean", *FLAGS) as process:
        assert process.stdin and process.stdout
        for given_, made in (
            ("Đăng nhập\nPhòng chng dịch.\n", "Phòng chống dịch.\n"),
            ("Một\nkhoa h-\n", "Một\n"),
            ("ọc là\n", "khoa học\n"),
        ):
            process.stdin.write(given_.encode())
            process.stdin.flush()
            assert process.stdout.readline().decode() == made
        process.stdin.close()
        assert process.stdout.read().decode() == "là\n"
    assert process.returncode == 0


def test_lines_that_all_break_off_need_little_memory() -> None:
    pieces, _ = grouped("h-\n" * LIMIT, [], LIMIT)
    assert max(len(piece) for piece, _ in pieces) <= LIMIT + 3
    assert len(pieces) == 3
