"""Parquet files: the cells of the columns asked for are repaired, all else is as it was."""

from __future__ import annotations

import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archive_files import make_tar, member, read_tar
from hypothesis import given, settings
from hypothesis import strategies as st
from rewriting_tools import (
    DAMAGED,
    REPAIRED,
    SOUND,
    Heard,
    OneWord,
    Pipe,
    clean,
    rewrite,
    rewrite_stream,
)

from vnclean.edits import Edit, apply, invert
from vnclean.errors import InputError
from vnclean.formats.kinds import Reading
from vnclean.pipeline import CleanedBlock, clean_blocks
from vnclean.reports.jsonl import record
from vnclean.reports.summary import Summary
from vnclean.rewriting import Rewriter

BAD, GOOD, SOUND_TEXT = (text.decode().strip() for text in (DAMAGED, REPAIRED, SOUND))
NESTED = pa.list_(pa.struct([("x", pa.list_(pa.large_string())), ("n", pa.int8())]))
FIELDS = ("text", "large", "coded", "page.a", "list", "deep.x", "pair", "a.b")


def table() -> pa.Table:
    """With text in every form, and nulls wherever they may be."""
    texts = [BAD, None, "", SOUND_TEXT, f"{BAD}\n{SOUND_TEXT}\r\n{BAD}", "x"]
    page = pa.struct([("a", pa.string()), ("n", pa.int8())])
    deep = [[{"x": [BAD], "n": 1}], None, [], [{"x": None}, None], [{"x": [SOUND_TEXT, BAD]}], []]
    columns = {
        "id": pa.array(range(6)),
        "text": pa.array(texts),
        "other": pa.array(texts),
        "large": pa.array(texts, pa.large_string()),
        "coded": pa.array([BAD, None, BAD, "", SOUND_TEXT, BAD]).dictionary_encode(),
        "page": pa.array(
            [{"a": BAD, "n": 1}, None, {"a": None}, {"a": ""}, {"a": BAD}, None], page
        ),
        "list": pa.array([[BAD, "x"], None, [], [None, BAD], [""], [BAD, BAD]]),
        "deep": pa.array(deep, NESTED),
        "pair": pa.array(
            [[BAD, "x"], None, [BAD, None], *[["", BAD]] * 3], pa.list_(pa.string(), 2)
        ),
        "a.b": pa.array(texts),
        "when": pa.array([1, 2, None, 4, 5, 6], pa.timestamp("us", "UTC")),
        "price": pa.array([1, None, 3, 4, 5, 6], pa.decimal128(12, 2)),
    }
    return pa.table(columns, metadata={"made by": "chng"})


def make(rows: pa.Table, **settings: Any) -> bytes:
    """A Parquet file."""
    file = io.BytesIO()
    pq.write_table(rows, file, **settings)
    return file.getvalue()


def repaired(value: Any, names: tuple[str, ...], name: str = "") -> Any:
    """``value`` with all texts repaired that are below one of the names."""
    if isinstance(value, dict):
        return {
            key: repaired(below, names, f"{name}.{key}" if name else key)
            for key, below in value.items()
        }
    if isinstance(value, list):
        return [repaired(below, names, name) for below in value]
    return value.replace("chng", "chống") if isinstance(value, str) and name in names else value


SETTINGS: list[dict[str, Any]] = [
    {},
    {"row_group_size": 4, "compression": {"id": "gzip", "text": "zstd", "large": "none"}},
    {"row_group_size": 1, "compression": "lz4", "use_dictionary": False},
    {"version": "1.0", "store_schema": False, "use_dictionary": ["text"]},
    {"write_statistics": False, "use_compliant_nested_type": False, "compression": "brotli"},
    {"use_deprecated_int96_timestamps": True, "write_page_index": True},
    {"store_decimal_as_integer": True, "sorting_columns": [pq.SortingColumn(0)]},
]


@pytest.mark.parametrize("how", SETTINGS)
def test_only_the_cells_asked_for_differ(how: dict[str, Any]) -> None:
    data = make(table(), **how)
    made = rewrite("a.parquet", data, Reading(fields=FIELDS))
    before, after = pq.ParquetFile(io.BytesIO(data)), pq.ParquetFile(io.BytesIO(made.data))
    assert made.changed
    old, new = before.read(), after.read()
    assert new.to_pylist() == [repaired(row, FIELDS) for row in old.to_pylist()]
    assert new.schema.equals(old.schema, check_metadata=True)
    assert after.schema.equals(before.schema)
    assert after.metadata.format_version == before.metadata.format_version
    assert after.metadata.num_row_groups == before.metadata.num_row_groups
    for number in range(before.num_row_groups):
        group, again = before.metadata.row_group(number), after.metadata.row_group(number)
        assert again.num_rows == group.num_rows
        assert again.sorting_columns == group.sorting_columns
        for column in range(group.num_columns):
            was, now = group.column(column), again.column(column)
            assert now.path_in_schema == was.path_in_schema
            assert now.compression == was.compression
            assert now.is_stats_set == was.is_stats_set
            assert now.has_column_index == was.has_column_index
            assert set(now.encodings) == set(was.encodings)
    again = rewrite("a.parquet", made.data, Reading(fields=FIELDS))
    assert not again.changed


def test_addresses_replay_and_undo() -> None:
    told: list[CleanedBlock] = []

    class Ears:
        def cleaned(self, path: str, block: CleanedBlock) -> None:
            told.append(block)

        ended = failed = skipped = lambda *_: None

    sink = io.BytesIO()
    data = make(table(), row_group_size=4)
    Rewriter(Reading(fields=FIELDS), clean, Ears()).rewrite("a.parquet", io.BytesIO(data), sink)
    lines = [
        json.loads(json.dumps(record(finding)))
        for block in told
        for finding in block.findings("a.parquet")
    ]
    assert {line["field"] for line in lines if line["record"] == 1} == {
        "text", "large", "coded", "page.a", "list[0]", "deep.x[0][0]", "pair[0]", "a.b"
    }  # fmt: skip
    before, after = table().to_pylist(), pq.read_table(io.BytesIO(sink.getvalue())).to_pylist()
    cells: dict[tuple[int, str], list[Edit]] = {}
    for line in lines:
        assert line["path"] == "a.parquet" and line["line"] == line["record"]
        assert line["column"] == line["start"] + 1
        edit = Edit(line["start"], line["end"], line["before"], line["after"], line["kind"], 1)
        cells.setdefault((line["record"], line["field"]), []).append(edit)
    text = [(row, edits) for (row, field), edits in cells.items() if field == "text"]
    assert [row for row, _ in text] == [1, 5]
    for row, edits in text:
        old, new = before[row - 1]["text"], after[row - 1]["text"]
        assert apply(old, edits) == new
        assert apply(new, invert(edits)) == old


def test_missing_column_names_those_there_are() -> None:
    for name in "body", "id", "page", "page.n", "text.x", "":
        with pytest.raises(InputError) as caught:
            rewrite("a.parquet", make(table()), Reading(fields=(name,)))
        assert str(caught.value) == (
            f"has no column {name!r} with text, only text, other, large, coded, page.a, list,"
            " deep.x, pair, a.b; choose one with --column"
        )


def test_every_cell_is_a_document_of_its_own() -> None:
    """Even many small ones, which come in one block."""
    asked: list[tuple[list[str], list[int]]] = []

    class Asked(OneWord):
        def edits(self, lines, before=(), begins=(), off=()):  # type: ignore[no-untyped-def]
            asked.append((list(lines), list(begins)))
            return super().edits(lines)

    rows = pa.table({"text": ["một\nhai", None, "ba", ""] * 2})
    rewriter = Rewriter(Reading(), lambda blocks: clean_blocks(blocks, Asked()), Heard())
    rewriter.rewrite("a.parquet", io.BytesIO(make(rows)), io.BytesIO())
    assert asked == [(["một", "hai", "ba", "một", "hai", "ba"], [0, 2, 3, 5])]


def test_summary_counts() -> None:
    summary = Summary()

    class Ears:
        def cleaned(self, path: str, block: CleanedBlock) -> None:
            summary.add(block)

        ended = failed = skipped = lambda *_: None

    rows = pa.table({"text": ["một\nhai", None, "ba chng", "bốn\n"] * 2})
    rewriter = Rewriter(Reading(), clean, Ears())
    rewriter.rewrite("a.parquet", io.BytesIO(make(rows, row_group_size=4)), io.BytesIO())
    assert (summary.documents, summary.lines, summary.words) == (1, 8, 10)


def test_bytes_that_are_no_utf_8_stay() -> None:
    raw = b"chng \xff\xfe"
    array = pa.array([raw, None, b"x"], pa.binary()).view(pa.string())
    made = rewrite("a.parquet", make(pa.table({"text": array})))
    column = pq.read_table(io.BytesIO(made.data)).column("text").chunk(0)
    assert column.view(pa.binary()).to_pylist() == ["chống ".encode() + b"\xff\xfe", None, b"x"]


@settings(max_examples=15)
@given(
    rows=st.lists(st.none() | st.lists(st.none() | st.sampled_from(["", "chng", "a\nchng", "b"]))),
    size=st.integers(1, 5),
)
def test_lists(rows: list[list[str | None] | None], size: int) -> None:
    data = make(pa.table({"text": pa.array(rows, pa.list_(pa.string()))}), row_group_size=size)
    made = rewrite("a.parquet", data)
    found = pq.read_table(io.BytesIO(made.data)).column("text").to_pylist()
    assert found == repaired(rows, ("",))


def test_no_rows() -> None:
    data = make(table().slice(0, 0))
    made = rewrite("a.parquet", data)
    assert not made.changed
    assert pq.read_table(io.BytesIO(made.data)).equals(table().slice(0, 0))


def test_truncated_and_damaged_anywhere() -> None:
    data = make(table(), compression="gzip")
    for size in range(0, len(data), 211):
        with pytest.raises(InputError, match="is no Parquet file, or damaged"):
            rewrite("a.parquet", data[:size])
    for at in range(4, len(data), 61):
        try:
            rewrite("a.parquet", data[:at] + bytes([data[at] ^ 0x5A]) + data[at + 1 :])
        except InputError as error:
            assert "\n" not in str(error)


def test_bomb() -> None:
    data = make(pa.table({"text": [" " * 5_000_000]}), use_dictionary=False, compression="gzip")
    with pytest.raises(InputError, match="more than 100 times"):
        rewrite("a.parquet", data, Reading(expansion=100), harmless=1 << 20)


def test_nested_and_piped() -> None:
    data = make(table())
    made = rewrite("a.tar", make_tar(member("b.parquet", data)))
    [(_, content)] = read_tar(made.data)
    assert content and pq.read_table(io.BytesIO(content)).column("text")[0].as_py() == GOOD
    piped = rewrite_stream("a.parquet", Pipe(data, 999))
    assert piped.changed
    assert piped.data == rewrite("a.parquet", data).data
