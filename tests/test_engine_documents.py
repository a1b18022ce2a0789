"""A document cleaned by many, in any order, is the one that is cleaned by one."""

from __future__ import annotations

import gzip
import io
import json
import random
from functools import partial
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rewriting_tools import Heard

from vnclean.batch.work import FAILED
from vnclean.cleaner import shared_cleaner
from vnclean.config import Config
from vnclean.engines.documents import REPORT, STATUS, Job, Listed, answer, ask, rewrite
from vnclean.engines.rows import QUESTION, stage_schema
from vnclean.errors import InputError
from vnclean.formats.kinds import Reading
from vnclean.pipeline import clean_blocks
from vnclean.rewriting import Rewriter

WORDS = [
    "phòng",
    "chng",
    "dịch",
    "kim tra",
    "",
    "\r",
    "\n",
    "\n",
    '{"text": "chng dịch"}',
    "\udcff",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(
    lambda words: " ".join(words).encode("utf-8", "surrogateescape")
)
JOB = Job()


def by_one(name: str, content: bytes) -> bytes:
    """What the command makes of a document."""
    output = io.BytesIO()
    clean = partial(clean_blocks, cleaner=shared_cleaner(Config()))
    Rewriter(Reading(), clean, Heard()).rewrite(name, io.BytesIO(content), output)  # type: ignore[arg-type]
    return output.getvalue()


def packed(content: bytes) -> bytes:
    """In two members, of which the second is cut off now and then."""
    half = len(content) // 2
    first, second = (gzip.compress(part, mtime=0) for part in (content[:half], content[half:]))
    return first + (second[:-3] if len(content) % 3 == 0 else second)


def by_many(contents: dict[str, bytes], seed: int) -> list[dict[str, Any]]:
    """The rows of all three stages, what comes between them in an order that chance makes."""
    documents, paths, values = [], list[str](), list[bytes]()
    for number, (name, content) in enumerate(contents.items()):
        lines = content.split(b"\n")
        ended = lines[-1] == b""
        documents.append(Listed(number, name, name, number // 2, newline=ended))
        own = lines[:-1] if ended else lines
        paths += [name] * len(own)
        values += own
    chance = random.Random(seed)
    lines_batch = pa.record_batch({"path": paths, "value": pa.array(values, pa.binary())})
    rows = in_parts(lines_batch, chance)
    asked = [
        row
        for made in ask(rows, JOB, {document.path: document for document in documents})
        for row in made.to_pylist()
    ]
    chance.shuffle(asked)
    by_number = {document.number: document for document in documents}
    answered = [
        row for made in answer(batches(asked, chance), JOB, by_number) for row in made.to_pylist()
    ]
    assert not any(row["what"] == QUESTION for row in answered)
    answered.sort(key=lambda row: (row["group"], row["number"], row["place"]))
    return [
        row
        for made in rewrite(batches(answered, chance), JOB, by_number)
        for row in made.to_pylist()
    ]


def batches(rows: list[dict[str, Any]], chance: random.Random) -> list[pa.RecordBatch]:
    return in_parts(pa.RecordBatch.from_pylist(rows, stage_schema()), chance)


def in_parts(batch: pa.RecordBatch, chance: random.Random) -> list[pa.RecordBatch]:
    """The same rows in batches of some rows each."""
    size = chance.randrange(1, 5)
    return [batch.slice(start, size) for start in range(0, batch.num_rows, size)]


@settings(max_examples=60)
@given(st.lists(TEXTS, max_size=4), st.integers(0, 1 << 30))
def test_many_make_of_documents_what_one_does(contents: list[bytes], seed: int) -> None:
    ends = ("txt", "jsonl", "txt.gz")
    named = {
        f"{number}.{ends[number % 3]}": packed(content) if number % 3 == 2 else content
        for number, content in enumerate(contents)
        if content
    }
    rows = by_many(named, seed)
    status = {
        told["number"]: told
        for row in rows
        if row["number"] == STATUS
        for told in [json.loads(row["data"])]
    }
    for number, (name, content) in enumerate(named.items()):
        if status[number]["outcome"] == FAILED:
            with pytest.raises(InputError, match=status[number]["reason"]):
                by_one(name, content)
            continue
        lines = [row for row in rows if row["number"] == number]
        assert [row["place"] for row in lines] == sorted(row["place"] for row in lines)
        end = b"\n" if lines and status[number]["newline"] else b""
        assert b"\n".join(row["data"] for row in lines) + end == by_one(name, content)
    told = [
        json.loads(line)
        for row in rows
        if row["number"] == REPORT
        for line in row["data"].splitlines()
    ]
    repairs = sum(line["kind"] == "lost-letters" and line["applied"] for line in told)
    done = [one for one in status.values() if one["outcome"] != FAILED]
    assert repairs == sum(one["counts"]["kinds"].get("lost-letters", 0) for one in done)
