"""Spark does what the command does, record by record, whatever happens on the way."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from command import VNCLEAN
from spark_tools import (
    LINE,
    REPAIRED,
    done,
    missing,
    order,
    packed_package,
    write_documents,
    write_records,
)

from vnclean.config import Config
from vnclean.errors import UsageError
from vnclean.formats.kinds import Reading
from vnclean.settings.resolver import Resolver, Settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """On two cores of this machine."""
    from vnclean.engines.spark.session import start

    settings = {
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.files.maxPartitionBytes": "65536",
        "spark.sql.files.maxRecordsPerFile": "1000",  # of which vnclean makes nothing
    }
    found = start("local[2]", settings)
    yield found
    found.stop()


def clean(source: Path, output: Path, *options: str) -> list[dict[str, Any]]:
    """What the command makes of a folder; returns the lines of its report."""
    report = output.with_suffix(".jsonl")
    command = [VNCLEAN, "clean", "-o", output, "--report", report, "--quiet", *options]
    subprocess.run([*command, f"{source}/"], stderr=subprocess.DEVNULL, check=False)
    return report_lines(report)


def report_lines(*paths: Path) -> list[dict[str, Any]]:
    """The lines of reports, but for where outputs are, and versions."""
    lines = [json.loads(line) for path in paths for line in path.read_bytes().splitlines()]
    return [line | {"output": ""} for line in lines if line["kind"] != "report"]


def files_in(folder: Path) -> dict[str, bytes]:
    """All files but hidden ones, and what they hold."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not str(path.relative_to(folder)).startswith((".", "_"))
        and not path.name.startswith(".")
    }


def test_documents_come_out_as_of_the_command(tmp_path: Path, session: SparkSession) -> None:
    source = tmp_path / "in [1]"
    write_documents(source)
    wanted = clean(source, tmp_path / "local")
    outcome = done(order(source, tmp_path / "out [1]", "text"), session)
    assert files_in(tmp_path / "out [1]") == files_in(tmp_path / "local")
    report = tmp_path / "out [1].report"
    assert report_lines(*sorted(report.glob("part-*"))) == wanted
    assert outcome.summary.kinds.total() == sum(
        line["applied"] for line in wanted if line["kind"] not in ("encoding", "file")
    )
    assert outcome.outcomes == {"repaired": 11, "unchanged": 3, "not text": 2, "failed": 2}
    reasons = dict(outcome.failed)
    assert sorted(reasons) == [f"{source}/cut.txt.gz", f"{source}/damaged.txt.xz"]
    assert "truncated" in reasons[f"{source}/cut.txt.gz"]
    assert "damaged" in reasons[f"{source}/damaged.txt.xz"]
    told = json.loads((report / "_summary.json").read_bytes())
    assert told["lines"] == outcome.summary.lines
    assert (told["settings"]["fields"], told["settings"]["user_words"]) == (["text"], None)
    assert not list(tmp_path.glob("_*"))


def test_looking_across_lines_is_the_same_too(tmp_path: Path, session: SparkSession) -> None:
    source = tmp_path / "in"
    source.mkdir()
    lines = f"khoa h-\nọc và {LINE}" * 3000
    (source / "a.txt").write_text(lines, encoding="utf-8")
    wanted = clean(source, tmp_path / "local", "--join-lines")
    done(order(source, tmp_path / "out", "text", config=Config(join_lines=True)), session)
    assert files_in(tmp_path / "out") == files_in(tmp_path / "local")
    assert report_lines(*(tmp_path / "out.report").glob("part-*")) == wanted


def test_records_come_out_as_of_the_command(tmp_path: Path, session: SparkSession) -> None:
    source = tmp_path / "in"
    write_records(source)
    wanted = clean(source, tmp_path / "local", "--type", "jsonl")
    outcome = done(order(source, tmp_path / "out", "jsonl"), session)
    assert files_in(tmp_path / "out") == files_in(tmp_path / "local")
    assert outcome.failed == [
        (
            f"{source}/records",
            "line 2: is no JSON and was kept as it is (expecting value, column 1)",
        )
    ]
    assert report_lines(*sorted((tmp_path / "out.report").glob("part-*"))) == wanted


def tables(folder: Path) -> None:
    """Parquet files with text in some forms, and all else that must stay."""
    text = LINE.strip()
    rows = {
        "id": pa.array([6, 5, 4, 3, 2, 1]),
        "text": [text, None, "", f"{LINE}{text}", "x", REPAIRED * 3000 + text],
        "page": pa.array(
            [{"a": text, "n": 1}, None, {"a": None}, {"a": ""}, {"a": text, "n": 5}, None],
            pa.struct([("a", pa.string()), ("n", pa.int8())]),
        ),
        "list": pa.array([[text, "x"], None, [], [None, text], [""], [text]]),
        "when": pa.array([1, 2, None, 4, 5, 6], pa.timestamp("us", "UTC")),
        "price": pa.array([1, None, 3, 4, 5, 6], pa.decimal128(12, 2)),
    }
    table = pa.table(rows)
    (folder / "year=2019").mkdir(parents=True)
    pq.write_table(table, folder / "a.parquet", row_group_size=2)
    pq.write_table(table.slice(2), folder / "year=2019" / "b c.parquet")
    pq.write_table(table.slice(0, 0), folder / "empty.parquet")


@pytest.mark.parametrize(
    ("fields", "leave"),
    [(("text",), ()), (("page.a", "list"), ()), (("text",), ("lost-letters",))],
)
def test_tables_come_out_as_of_the_command(
    fields: tuple[str, ...], leave: tuple[str, ...], tmp_path: Path, session: SparkSession
) -> None:
    source = tmp_path / "in"
    tables(source)
    options = [option for name in fields for option in ("--column", name)]
    options += [option for kind in leave for option in ("--leave", kind)]
    wanted = clean(source, tmp_path / "local", *options)
    job = order(source, tmp_path / "out", "parquet", config=Config(leave=leave), fields=fields)
    outcome = done(job, session)
    for name in files_in(tmp_path / "local"):
        found, local = (pq.ParquetFile(tmp_path / top / name).read() for top in ("out", "local"))
        assert found.to_pylist() == local.to_pylist(), name
        assert found.schema.equals(local.schema), name
    edits = [line for line in wanted if line["kind"] != "file"]
    found = report_lines(*sorted((tmp_path / "out.report").glob("part-*")))
    by_place = ("path", "record", "field", "start")
    assert sorted(found, key=lambda line: [line[name] for name in by_place]) == sorted(
        edits, key=lambda line: [line[name] for name in by_place]
    )
    assert [(line["path"], line["record"]) for line in found] == sorted(
        (line["path"], line["record"]) for line in found
    )
    assert outcome.summary.kinds.total() == sum(line["applied"] for line in edits)
    repaired = len({line["path"] for line in edits if line["applied"]})
    assert repaired == (0 if leave else 2)
    counts = {"repaired": repaired, "unchanged": 3 - repaired}
    assert outcome.outcomes == {name: count for name, count in counts.items() if count}


def test_a_large_table_keeps_the_order_of_its_rows(tmp_path: Path, session: SparkSession) -> None:
    """Spark reads it in splits, of which each is cleaned by itself."""
    source = tmp_path / "in"
    source.mkdir()
    table = pa.table({"n": range(9000), "text": [f"chng dịch {n}" for n in range(9000)]})
    pq.write_table(table, source / "a.parquet", row_group_size=1500, compression="none")
    assert session.read.parquet(f"{source}").rdd.getNumPartitions() > 1
    done(order(source, tmp_path / "out", "parquet"), session)
    [path] = (tmp_path / "out").glob("*.parquet")
    rows = pq.ParquetFile(path).read().to_pylist()
    assert rows == [{"n": n, "text": f"chống dịch {n}"} for n in range(9000)]


def test_a_column_of_a_frame(session: SparkSession) -> None:
    from pyspark.sql import functions as sql

    from vnclean.engines.batches import clean_batches
    from vnclean.engines.spark import clean_column

    texts = [LINE, None, "", REPAIRED, LINE * 40, "x", LINE * 40]
    rows = [(number, (text, number)) for number, text in enumerate(texts)]
    frame = session.createDataFrame(rows, "`a.b` int, page struct<text: string, n: int>")
    batch = pa.table({"text": texts}).to_batches()
    [local] = clean_batches(batch, edits="edits")
    for large in None, 1000, 1:
        made = clean_column(frame, "page.text", edits="edits", large=large)
        assert made.columns == ["a.b", "page", "edits"]
        found = made.orderBy("`a.b`").select("page.text", sql.col("edits")).collect()
        assert [row["text"] for row in found] == local["text"].to_pylist()
        told = [[edit.asDict(recursive=True) for edit in row["edits"]] for row in found]
        wanted = local["edits"].to_pylist()
        for edits in wanted:
            for edit in edits:
                edit["field"] = "page.text"
        assert told == wanted


def test_large_texts_in_several_columns_are_shared_out(session: SparkSession) -> None:
    from vnclean.engines.spark.columns import ColumnJob, cleaned_frame

    texts = [LINE, None, "", LINE * 40, None, LINE * 40]
    rows = [
        (number, text, ([other, LINE, None],), LINE)
        for number, (text, other) in enumerate(zip(texts, reversed(texts), strict=True))
    ]
    schema = "n int, `a.b` string, page struct<lines: array<string>>, rest string"
    frame = session.createDataFrame(rows, schema)
    job = ColumnJob(Config(), Reading(fields=("page.lines", "a.b")), edits="edits")
    whole, *shared = (
        [row.asDict(recursive=True) for row in made.orderBy("n").collect()]
        for made in (cleaned_frame(frame, job, large) for large in (None, 1000, 0))
    )
    assert shared == [whole, whole]
    assert [row["a.b"] for row in whole] == [
        text and text.replace(LINE, REPAIRED) for text in texts
    ]
    assert whole[0]["page"]["lines"] == [REPAIRED * 40, REPAIRED, None]
    assert {row["rest"] for row in whole} == {LINE}


def test_what_makes_no_sense_of_a_frame(session: SparkSession) -> None:
    from vnclean.engines.spark import clean_column

    frame = session.createDataFrame([(1, "x")], "n int, text string")
    with pytest.raises(UsageError, match="there is no 'words' with text, only text"):
        clean_column(frame, "words")
    with pytest.raises(UsageError, match="there is no 'n' with text"):
        clean_column(frame, "n")
    with pytest.raises(UsageError, match="there is a column of that name"):
        clean_column(frame, edits="n")


def test_nothing_is_replaced_and_nothing_lies_within(tmp_path: Path, session: SparkSession) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    write_records(source)
    output.mkdir()
    with pytest.raises(UsageError, match="out: exists already"):
        done(order(source, output, "jsonl"), session)
    with pytest.raises(UsageError, match="must lie apart"):
        done(order(source, source / "out", "jsonl", replace=True), session)
    with pytest.raises(UsageError, match="there is no such folder"):
        done(order(tmp_path / "nowhere", tmp_path / "new", "jsonl"), session)
    done(order(source, output, "jsonl", replace=True), session)
    assert sorted(files_in(output)) == ["packed.jsonl.gz", "records"]


def test_a_job_that_fails_leaves_nothing(tmp_path: Path, session: SparkSession) -> None:
    source = tmp_path / "in"
    write_records(source)
    before = sorted(path.name for path in tmp_path.iterdir())

    def nothing(_: str) -> Settings:
        raise OSError("there is no configuration")

    with pytest.raises(OSError, match="no configuration"):
        done(order(source, tmp_path / "out", "jsonl", settings_of=nothing), session)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_damaged_table_is_named_and_the_rest_is_done(
    tmp_path: Path, session: SparkSession
) -> None:
    source = tmp_path / "in"
    tables(source)
    (source / "no text.parquet").write_bytes(b"a letter\n")
    whole = (source / "a.parquet").read_bytes()
    (source / "cut.parquet").write_bytes(whole[:-9])
    table = pa.table({"n": range(3000), "text": [f"chng dịch {n}" for n in range(3000)]})
    pq.write_table(table, source / "page.parquet", row_group_size=1000, compression="gzip")
    page = bytearray((source / "page.parquet").read_bytes())
    page[-3000:-2900] = bytes(100)  # of text, in the last row group
    (source / "page.parquet").write_bytes(page)
    wanted = clean(source, tmp_path / "local")
    outcome = done(order(source, tmp_path / "out", "parquet"), session)
    assert list(files_in(tmp_path / "out")) == list(files_in(tmp_path / "local"))
    assert [path for path, _ in outcome.failed] == [
        f"{source}/{name}.parquet" for name in ("cut", "no text", "page")
    ]
    assert all("is no Parquet file, or damaged" in reason for _, reason in outcome.failed)
    assert outcome.failed[-1][1].endswith("(2,000 of 3,000 rows can be read)")
    assert outcome.outcomes == {"repaired": 2, "unchanged": 1, "failed": 3}
    edits = [line for line in wanted if line["kind"] != "file"]
    found = report_lines(*sorted((tmp_path / "out.report").glob("part-*")))
    assert len(found) == len(edits)
    assert outcome.summary.kinds.total() == sum(line["applied"] for line in edits)


def test_tables_need_not_have_the_same_columns(tmp_path: Path, session: SparkSession) -> None:
    """Spark would take the columns of one of them for all."""
    source = tmp_path / "in"
    source.mkdir()
    made = {
        "a": pa.table({"text": [LINE], "n": [1]}),
        "b": pa.table({"more": ["chng"], "n": ["x"], "text": [LINE]}),
        "c": pa.table({"n": [2], "words": [LINE]}),
        "d": pa.table({"text": [LINE * 2], "n": [4]}),
        "e": pa.table({"text": [LINE], "when": pa.array([5], pa.timestamp("ns"))}),
    }
    for name, table in made.items():
        pq.write_table(table, source / f"{name}.parquet")
    outcome = done(order(source, tmp_path / "out", "parquet"), session)
    clean(source, tmp_path / "local")
    for name in "abd":
        found, local = (
            pq.ParquetFile(tmp_path / top / f"{name}.parquet").read() for top in ("out", "local")
        )
        assert found.to_pylist() == local.to_pylist()
        assert found.schema.equals(local.schema)
    assert not (tmp_path / "out" / "c.parquet").exists()
    reason = "has no column 'text' with text, only words; choose one with --column"
    [c, (path, unknown)] = outcome.failed
    assert c == (f"{source}/c.parquet", reason)
    assert path == f"{source}/e.parquet"
    assert unknown.startswith("has columns of a type that Spark has not; use vnclean clean (")
    found = report_lines(*sorted((tmp_path / "out.report").glob("part-*")))
    assert [line["path"][-9] for line in found] == [*"aaabbbdddddd"]


def test_what_is_set_for_some_files_holds_for_them(tmp_path: Path, session: SparkSession) -> None:
    source = tmp_path / "in"
    (source / "letters").mkdir(parents=True)
    for name in "a.txt", "b.txt", "c.jsonl":
        content = json.dumps({"body": LINE}) if name == "c.jsonl" else LINE
        (source / "letters" / name).write_text(content, encoding="utf-8")
    settings = """\
        leave = ["lost-letters"]
        [[overrides]]
        files = ["a.txt"]
        leave = []
        [[overrides]]
        files = ["*.jsonl"]
        leave = []
        field = ["body"]
        [[overrides]]
        files = ["b.parquet"]
        leave = []
        field = ["other"]
        """
    (tmp_path / "vnclean.toml").write_text(dedent(settings), encoding="utf-8")
    wanted = clean(source, tmp_path / "local")
    done(order(source, tmp_path / "out", "text", settings_of=Resolver({}).of), session)
    assert files_in(tmp_path / "out") == files_in(tmp_path / "local")
    assert "chống" in (tmp_path / "out/letters/a.txt").read_text("utf-8")
    assert "chng" in (tmp_path / "out/letters/b.txt").read_text("utf-8")
    assert report_lines(*sorted((tmp_path / "out.report").glob("part-*"))) == wanted
    tables = tmp_path / "tables"
    tables.mkdir()
    for name in "ab":
        table = pa.table({"text": [LINE], "other": ["chng dịch"]})
        pq.write_table(table, tables / f"{name}.parquet")
    job = order(tables, tmp_path / "cleaned", "parquet", settings_of=Resolver({}).of)
    outcome = done(job, session)
    rows = [pq.read_table(tmp_path / f"cleaned/{name}.parquet").to_pylist() for name in "ab"]
    assert rows == [
        [{"text": LINE, "other": "chng dịch"}],
        [{"text": LINE, "other": "chống dịch"}],
    ]
    assert outcome.outcomes == {"repaired": 1, "unchanged": 1}


def test_the_package_works_packed(tmp_path: Path) -> None:
    package = packed_package(tmp_path)
    (temporary := tmp_path / "temporary").mkdir()
    program = "import vnclean; print(vnclean.__file__); print(vnclean.clean('kim tra dch bnh'))"
    for _ in range(2):
        told = subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONPATH": str(package), "TMPDIR": str(temporary)},
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        place, text = told.stdout.decode().splitlines()
        assert place.startswith(f"{package}/")
        assert text == "kiểm tra dịch bệnh"
        assert len(list(temporary.iterdir())) == 1


def run_command(
    *arguments: str, cwd: Path, program: list[str] | None = None, **environment: str
) -> tuple[int, str]:
    """``vnclean spark``: its exit code, and what it says."""
    command = [*(program or [VNCLEAN]), "spark", *arguments]
    done = subprocess.run(
        command, cwd=cwd, env=os.environ | environment, capture_output=True, check=False
    )
    assert not done.stdout
    return done.returncode, done.stderr.decode()


def test_the_command_tells_what_it_did(tmp_path: Path) -> None:
    write_records(tmp_path / "in")
    options = ("--format", "jsonl", "--master", "local[1]", "--no-progress")
    status, told = run_command("in", "out", *options, cwd=tmp_path)
    assert status == 3
    reason = "line 2: is no JSON and was kept as it is (expecting value, column 1)"
    assert f"vnclean: in/records: {reason}\n" in told
    assert "│ chng → chống" in told
    assert re.fullmatch(r"(WARNING: Using incubator.*\n)?vnclean: in/records: .*", told, re.DOTALL)
    summary = json.loads((tmp_path / "out.report" / "_summary.json").read_bytes())
    assert summary["failed"] == [{"path": "in/records", "reason": reason}]
    assert (tmp_path / "out" / "_SUCCESS").exists()


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["in"], "a folder to read and one to write must be named; see vnclean spark --help"),
        (["in", "out"], "--format is missing: text, jsonl or parquet"),
        (
            ["in", "out", "--format", "text", "--conf", "x"],
            "--conf x: must be a name, = and a value",
        ),
        (
            ["in", "out", "--format", "text"],
            "Spark needs Java 17 or newer, and there is none; install one (Debian:"
            " openjdk-17-jre-headless) or set JAVA_HOME",
        ),
    ],
)
def test_what_is_wrong_is_one_line(arguments: list[str], wanted: str, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere")
    found = run_command(*arguments, cwd=tmp_path, JAVA_HOME=nowhere)
    assert found == (2, f"vnclean: {wanted}\n")


def test_pyspark_that_is_missing_is_one_line(tmp_path: Path) -> None:
    program = "import sys; sys.modules['pyspark'] = None; from vnclean.cli.main import run; run()"
    found = run_command(
        *("in", "out", "--format", "text"), cwd=tmp_path, program=[sys.executable, "-c", program]
    )
    reason = "Spark needs pyspark, which is missing; pip install 'vnclean[spark]'"
    assert found == (2, f"vnclean: {reason}\n")
