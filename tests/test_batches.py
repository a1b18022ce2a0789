"""Record batches: what the command makes of a Parquet file, for engines of data frames."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from command import VNCLEAN
from hypothesis import given, settings
from hypothesis import strategies as st
from own_sentences import SOUND, damaged, wrong_tone
from rewriting_tools import Heard

import vnclean
from vnclean.cleaner import Cleaner
from vnclean.edits import Edit, apply
from vnclean.formats.kinds import Reading
from vnclean.orthography import residue
from vnclean.pipeline import clean_blocks
from vnclean.rewriting import Rewriter

FEWER = settings(max_examples=30)
NOISY = [damaged(line, residue, 0.3, number) for number, line in enumerate(SOUND)]
NOISY += [damaged(line, wrong_tone, 0.5, number) for number, line in enumerate(SOUND)]

values = st.none() | st.sampled_from(
    [*NOISY, *SOUND[:3], "", "chng", f"{NOISY[0]}\n{NOISY[1]}\r\n"]
)
columns = st.lists(values, max_size=8)
#: Ways in which Arrow holds text.
TYPES: dict[str, Callable[[list[str | None]], pa.Array]] = {
    "string": lambda texts: pa.array(texts, pa.string()),
    "large": lambda texts: pa.array(texts, pa.large_string()),
    "view": lambda texts: pa.array(texts, pa.string_view()),
    "coded": lambda texts: pa.array(texts, pa.string()).dictionary_encode(),
    "coded in bytes": lambda texts: pa.array(texts, pa.dictionary(pa.int8(), pa.large_string())),
}
METADATA = {"made by": "chng"}


def batch_of(texts: list[str | None], kind: str = "string") -> pa.RecordBatch:
    """With a column of text, another one with the same text, and numbers."""
    array = TYPES[kind](texts)
    fields = [
        pa.field("id", pa.int32(), nullable=False),
        pa.field("text", array.type, metadata=METADATA),
        pa.field("other", array.type),
    ]
    arrays = [pa.array(range(len(texts)), pa.int32()), array, array]
    return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields, metadata=METADATA))


def by_the_command(batch: pa.RecordBatch, *names: str) -> list[dict[str, Any]]:
    """What ``vnclean clean`` makes of a Parquet file with these rows, by what it calls for that."""
    file, sink = io.BytesIO(), io.BytesIO()
    pq.write_table(pa.Table.from_batches([batch]), file)
    file.seek(0)
    clean = partial(clean_blocks, cleaner=Cleaner())
    Rewriter(Reading(fields=names), clean, Heard()).rewrite("a.parquet", file, sink)
    rows: list[dict[str, Any]] = pq.read_table(io.BytesIO(sink.getvalue())).to_pylist()
    return rows


@FEWER
@given(columns, st.sampled_from(sorted(TYPES)), st.integers(1, 4))
def test_rows_are_what_the_command_makes_of_them(
    texts: list[str | None], kind: str, size: int
) -> None:
    whole = batch_of(texts, kind)
    parts = [whole.slice(first, size) for first in range(0, len(texts), size)]
    made = list(vnclean.clean_batches(iter(parts)))
    assert [batch.num_rows for batch in made] == [batch.num_rows for batch in parts]
    assert [row for batch in made for row in batch.to_pylist()] == by_the_command(whole, "text")
    for batch in made:
        batch.validate(full=True)
        assert batch.schema.equals(whole.schema, check_metadata=True)


@FEWER
@given(columns)
def test_each_value_is_a_document_of_its_own(texts: list[str | None]) -> None:
    [made] = vnclean.clean_batches([batch_of(texts)])
    assert made["text"].to_pylist() == vnclean.clean_all(texts)
    assert made["other"].to_pylist() == texts


@FEWER
@given(columns, st.sampled_from(sorted(TYPES)))
def test_edits_make_of_each_value_what_comes_out(texts: list[str | None], kind: str) -> None:
    batch = batch_of(texts, kind)
    [made] = vnclean.clean_batches([batch], ["other", "text"], edits="edits")
    assert made.schema.names == [*batch.schema.names, "edits"]
    for before, after in zip(batch.to_pylist(), made.to_pylist(), strict=True):
        for name in "text", "other":
            found = [
                Edit(*(told[key] for key in ("start", "end", "before", "after", "kind")), 1.0)
                for told in after["edits"]
                if told["field"] == name and told["applied"]
            ]
            assert after[name] == (before[name] and apply(before[name], found))


def test_the_command_itself_says_the_same_in_file_and_report(tmp_path: Path) -> None:
    texts = [*NOISY, None, "", f"{NOISY[2]}\n{NOISY[3]}"]
    batch = batch_of(texts)
    page = pa.array([[{"body": text}, None] for text in texts])
    batch = batch.append_column("pages", page)
    pq.write_table(pa.Table.from_batches([batch]), tmp_path / "a.parquet")
    command = [VNCLEAN, "clean", "a.parquet", "-o", "b.parquet", "--report", "edits.jsonl"]
    names = ["text", "pages.body"]
    subprocess.run([*command, *(f"--column={name}" for name in names)], cwd=tmp_path, check=True)
    [made] = vnclean.clean_batches([batch], names, edits="edits")
    expected = pq.read_table(tmp_path / "b.parquet").to_pylist()
    assert made.drop_columns(["edits"]).to_pylist() == expected != batch.to_pylist()
    lines = map(json.loads, (tmp_path / "edits.jsonl").read_text("utf-8").splitlines())
    told = [line for line in lines if "record" in line]
    rows = [
        edit | {"record": row, "alternatives": [[*pair.values()] for pair in edit["alternatives"]]}
        for row, edits in enumerate(made["edits"].to_pylist(), 1)
        for edit in edits
    ]
    place = ("record", "field", "start")
    assert sorted(rows, key=lambda row: [row[key] for key in place]) == sorted(
        ({key: line.get(key, "") for key in rows[0]} for line in told),
        key=lambda row: [row[key] for key in place],
    )
    assert any(row["alternatives"] for row in rows)


def test_settings_are_obeyed() -> None:
    config = vnclean.Config(join_lines=True, user_words=vnclean.UserWords(words=("dch",)))
    [made] = vnclean.clean_batches([batch_of(["khoa h-\nọc", "phòng chng dch"])], "text", config)
    assert made["text"].to_pylist() == ["khoa học", "phòng chống dch"]


def test_the_column_of_edits_says_what_keeps_them() -> None:
    config = vnclean.Config(user_words=vnclean.UserWords(words=("dch",)))
    [made] = vnclean.clean_batches([batch_of(["phòng chng dch"])], "text", config, edits="edits")
    [edits] = made["edits"].to_pylist()
    assert [(edit["before"], edit["applied"], edit["kept_by"]) for edit in edits] == [
        ("chng", True, ""),
        ("dch", False, "word"),
    ]


def test_batches_are_taken_as_they_are_asked_for() -> None:
    asked: list[int] = []

    def batches() -> Iterator[pa.RecordBatch]:
        for number in range(3):
            asked.append(number)
            yield batch_of(["phòng chng dch"])

    made = vnclean.clean_batches(batches())
    assert asked == []
    assert next(made)["text"].to_pylist() == ["phòng chống dịch"]
    assert asked == [0]


def test_nothing_in_nothing_out() -> None:
    assert list(vnclean.clean_batches([])) == []
    empty = batch_of([])
    [made] = vnclean.clean_batches([empty], edits="edits")
    assert made.num_rows == 0
    assert made.schema.names == [*empty.schema.names, "edits"]
    reader = pa.RecordBatchReader.from_batches(empty.schema, [])
    assert list(vnclean.clean_batches(reader)) == []


def test_bytes_that_are_no_utf_8_stay() -> None:
    array = pa.array(["phòng chng ".encode() + b"\xff\xfe", b"\xe2\x80\x8b\xff"], pa.binary())
    for type_, binary in (pa.string(), pa.binary()), (pa.string_view(), pa.binary_view()):
        batch = pa.record_batch({"text": array.cast(binary).view(type_)})
        [made] = vnclean.clean_batches([batch], edits="edits")
        assert made["text"].view(binary).to_pylist() == [
            "phòng chống ".encode() + b"\xff\xfe",
            array[1].as_py(),
        ]
        assert [edit["after"] for edit in made["edits"].to_pylist()[0]] == ["chống"]


@pytest.mark.parametrize("name", ["body", "id", "text.x", ""])
def test_a_column_without_text_is_named(name: str) -> None:
    made = vnclean.clean_batches([batch_of(["chng"])], name)
    with pytest.raises(vnclean.UsageError) as caught:
        next(made)
    assert str(caught.value) == (
        f"columns: there is no {name!r} with text, only text, other; choose one of them"
    )


def test_a_column_that_is_there_is_not_written_over() -> None:
    with pytest.raises(vnclean.UsageError, match="edits='other': there is a column of that name"):
        next(vnclean.clean_batches([batch_of(["chng"])], edits="other"))


def test_without_pyarrow_it_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['pyarrow'] = None; import vnclean\n"
        "try: vnclean.clean_batches([])\n"
        "except vnclean.UsageError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8")
    assert done.stdout == "clean_batches needs pyarrow; pip install 'vnclean[arrow]'\n"
    assert done.stderr == ""
