"""A report is enough to replay and to undo what was done, byte for byte."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_rule import WordRule

from vnclean.documents.text import TextReader
from vnclean.edits import Edit, apply, invert
from vnclean.pipeline import CleanedBlock, clean_blocks
from vnclean.reports import jsonl, text
from vnclean.reports.diff import unified_diff
from vnclean.reports.summary import Summary

words = st.sampled_from(["chng", "phòng", "đế", "xx", "a  b", " ", "\n", "\r\n", "\udcff", "😀"])
documents = st.lists(words, max_size=60).map(lambda parts: " ".join(parts))


def cleaned_blocks(document: str, size: int = 1 << 20) -> list[CleanedBlock]:
    """The document as it is cleaned in blocks of ``size`` bytes."""
    data = document.encode("utf-8", "surrogateescape")
    return list(clean_blocks(TextReader(io.BytesIO(data), size), WordRule()))


def report_of(blocks: list[CleanedBlock]) -> bytes:
    return b"".join(jsonl.encode(found) for block in blocks for found in block.findings("-"))


def edits_of(report: bytes) -> list[Edit]:
    """What anyone can read back from a report."""
    records = [json.loads(line) for line in report.decode().splitlines()]
    names = "start", "end", "before", "after", "kind", "confidence", "mode"
    return [
        Edit(*(record[name] for name in names), applied=record["applied"]) for record in records
    ]


@given(documents, st.integers(1, 50))
def test_replay_gives_the_output_and_undo_the_input(document: str, size: int) -> None:
    blocks = cleaned_blocks(document, size)
    output = "".join(block.text() for block in blocks)
    edits = edits_of(report_of(blocks))
    assert apply(document, edits) == output
    assert apply(output, invert(edits)) == document


@given(documents, st.integers(1, 50))
def test_the_report_does_not_depend_on_the_block_size(document: str, size: int) -> None:
    assert report_of(cleaned_blocks(document, size)) == report_of(cleaned_blocks(document))


@given(documents)
def test_line_column_and_context_are_those_of_the_document(document: str) -> None:
    for line in report_of(cleaned_blocks(document)).decode().splitlines():
        record = json.loads(line)
        whole = document.split("\n")[record["line"] - 1]
        assert whole.startswith(record["before"], record["column"] - 1)
        assert record["before"] in record["context"]
        assert record["context"] in whole


def test_the_fields_of_a_report() -> None:
    report = report_of(cleaned_blocks("Tin\r\nPhòng chng dịch\r\n"))
    assert json.loads(report) == {
        "path": "-",
        "line": 2,
        "column": 7,
        "start": 11,
        "end": 15,
        "before": "chng",
        "after": "chống",
        "kind": "word",
        "mode": "typed",
        "confidence": 0.9,
        "alternatives": [],
        "context": "Phòng chng dịch",
        "applied": True,
    }


def test_bad_bytes_appear_as_escapes_that_json_knows() -> None:
    report = report_of(cleaned_blocks("\udce1 chng"))
    assert b'"context": "\\udce1 chng"' in report
    assert json.loads(report)["context"] == "\udce1 chng"


def diff_of(document: str) -> str:
    return "".join(unified_diff("some/a.txt", cleaned_blocks(document, 7)))


@given(documents)
def test_there_is_a_diff_only_if_something_is_repaired(document: str) -> None:
    output = "".join(block.text() for block in cleaned_blocks(document))
    assert bool(diff_of(document)) == (output != document)


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
@pytest.mark.parametrize("gap", [0, 1, 5, 6, 7, 8, 20])
def test_patch_makes_the_output_of_a_diff(tmp_path: Path, gap: int, end: str) -> None:
    document = "chng\n".join(["đầu\n" * gap, "giữa\r\n" * gap, "cuối\n" * gap, f"chng{end}"])
    (tmp_path / "some").mkdir()
    file = tmp_path / "some" / "a.txt"
    file.write_bytes(document.encode())
    git = shutil.which("git")
    assert git, "git is needed to check that diffs can be applied"
    command = [git, "apply", "-p0", "--whitespace=nowarn", "-"]
    subprocess.run(command, cwd=tmp_path, input=diff_of(document).encode(), check=True)
    assert file.read_bytes().decode() == document.replace("chng", "chống")


def test_the_summary_counts_what_came_by() -> None:
    summary = Summary()
    for block in cleaned_blocks("chng a  b\nchng đế chng\n\nhết", 3):
        summary.add(block)
    counts = summary.documents, summary.lines, summary.words, summary.left_alone
    assert counts == (1, 4, 7, 1)
    assert summary.kinds == {"word": 3, "gap": 1}
    shown = io.StringIO()
    summary.print(shown)
    assert "chng → chống" in shown.getvalue()
    assert "×3" in shown.getvalue()


def test_a_line_to_read() -> None:
    found = [found for block in cleaned_blocks("đế a  b") for found in block.findings("a.txt")]
    assert [text.plain(one) for one in found] == [
        "a.txt:1:1: đế → để  [unsure, 0.90, left alone]",
        "a.txt:1:5: ␣␣ →  ở   [gap, 0.90]",
    ]
