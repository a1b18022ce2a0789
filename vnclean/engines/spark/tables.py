"""Whole jobs over Parquet: each row is a record.

Spark reads and writes the files; what it makes of types is its own business.  Each file comes out
under its name, or, if Spark has read it in several splits, as that many files with numbers.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from vnclean.batch.work import REPAIRED, UNCHANGED
from vnclean.engines.spark.columns import LARGE, ColumnJob, cleaned_frame
from vnclean.engines.spark.jobs import Order, Outcome, Staging, path_in, root_of, staged
from vnclean.engines.spark.places import Places, escaped, path_of
from vnclean.engines.spark.progress import Progress
from vnclean.engines.spark.session import for_job, shipped
from vnclean.language import translated
from vnclean.reports.jsonl import encode_fields, encode_version

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark import Broadcast
    from pyspark.sql import DataFrame, SparkSession

#: Columns that come and go: the number of the file, where in it the split begins, the row there.
_FILE: Final = "__vnclean_file"
_SPLIT: Final = "__vnclean_split"
_ROW: Final = "__vnclean_row"
_PATH: Final = "__vnclean_path"
_EDITS: Final = "__vnclean_edits"
_SIZE: Final = "__vnclean_size"
_COUNTS: Final = "__vnclean_counts"


def clean_tables(order: Order, session: SparkSession, progress: Progress) -> Outcome:
    """Does a job over Parquet.

    Raises UsageError for a job that makes no sense, and what Spark raises.
    """
    from pyspark import StorageLevel

    job_session = for_job(session)
    with staged(order, session) as (staging, places):
        progress.step(translated("looking at the files"))
        tables = _Tables(order, job_session, places)
        model = shipped(session, order.model)
        job = ColumnJob(order.config, order.reading, model, _EDITS, _COUNTS)
        cleaned = cleaned_frame(tables.frame, job, LARGE).persist(StorageLevel.DISK_ONLY)
        try:
            progress.step(translated("cleaning"))
            rows = cleaned.sortWithinPartitions(_FILE, _SPLIT, _ROW)
            written = rows.drop(_ROW, _EDITS, _COUNTS).write
            written.partitionBy(_FILE, _SPLIT).parquet(staging.raw)
            progress.step(translated("writing the report"))
            _write_report(cleaned, tables.paths, f"{staging.raw}.report")
            outcome = _outcome(cleaned, tables)
        finally:
            cleaned.unpersist()
        progress.step(translated("putting files into their places"))
        _place(tables, staging, places)
        staging.publish(outcome)
    return outcome


class _Tables:
    """The files of a job, by numbers, and as one data frame, each row with its place."""

    def __init__(self, order: Order, session: SparkSession, places: Places) -> None:
        from pyspark.sql import functions as sql

        read = session.read.option("recursiveFileLookup", "true").parquet(escaped(order.source))
        files = sorted((path_of(uri) for uri in read.inputFiles()), key=str.encode)
        root = root_of(order.source, places)
        self.names = [path[len(root) + 1 :] for path in files]  #: from the folder that is read
        self.paths = [path_in(order.source, name) for name in self.names]  #: in reports
        placed = read.select(
            "*",
            sql.col("_metadata.file_path").alias(_PATH),
            sql.col("_metadata.file_size").alias(_SIZE),
            sql.col("_metadata.file_block_start").alias(_SPLIT),
            sql.col("_metadata.row_index").alias(_ROW),
        )
        known = {path: number for number, path in enumerate(files)}
        found = placed.groupBy(_PATH).agg(sql.first(_SIZE)).collect()
        numbers = [(uri, known[path_of(uri)]) for uri, _ in found]
        self.sizes = {known[path_of(uri)]: size for uri, size in found}  #: of those that have rows
        by_uri = session.createDataFrame(numbers, f"{_PATH} string, {_FILE} long")
        #: All rows, those of a split together and in order.
        self.frame = placed.join(sql.broadcast(by_uri), _PATH).drop(_PATH, _SIZE)


def _write_report(cleaned: DataFrame, paths: list[str], folder: str) -> None:
    """Parts of the report, each a report of its own, in the order of what they tell of."""
    from pyspark.sql import functions as sql

    edits = cleaned.where(sql.size(_EDITS) > 0).select(_FILE, _ROW, _EDITS)
    names = cleaned.sparkSession.sparkContext.broadcast(paths)
    lines = edits.orderBy(_FILE, _ROW).mapInArrow(partial(_lines, paths=names), "value string")
    lines.write.option("lineSep", "\n").text(folder)


def _lines(
    batches: Iterable[pa.RecordBatch], paths: Broadcast[list[str]]
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    yield pa.record_batch({"value": [encode_version().decode().rstrip("\n")]})
    for batch in batches:
        lines = [
            _line(paths.value[row[_FILE]], row[_ROW] + 1, edit)
            for row in batch.to_pylist()
            for edit in row[_EDITS]
        ]
        yield pa.record_batch({"value": pa.array(lines, pa.string())})


def _line(path: str, row: int, edit: dict[str, Any]) -> str:
    """The line of a report on an edit, as `vnclean.reports.jsonl` has it of a Parquet file."""
    pairs = [[one["text"], one["probability"]] for one in edit["alternatives"]]
    place = {"path": path, "line": row, "column": edit["start"] + 1}
    said = edit if edit["kept_by"] else {name: edit[name] for name in edit if name != "kept_by"}
    fields = place | said | {"alternatives": pairs, "record": row}
    fields["field"] = fields.pop("field")  # which comes last
    return encode_fields(fields).decode().rstrip("\n")


def _outcome(cleaned: DataFrame, tables: _Tables) -> Outcome:
    """What became of the files, from what was written."""
    from pyspark.sql import functions as sql

    outcome = Outcome()
    for row in cleaned.where(sql.col(_COUNTS).isNotNull()).select(_COUNTS).collect():
        outcome.summary.include(json.loads(row[0]))
    edited = cleaned.where(sql.exists(_EDITS, lambda edit: edit.applied))
    repaired = edited.select(_FILE).distinct().count()
    outcome.outcomes = Counter({REPAIRED: repaired, UNCHANGED: len(tables.names) - repaired})
    outcome.summary.documents = len(tables.names)
    outcome.read = sum(tables.sizes.values())
    return outcome


def _place(tables: _Tables, staging: Staging, places: Places) -> None:
    """Gives files their names."""
    parts: dict[int, list[tuple[int, str]]] = {}
    for part in places.below(staging.raw, f"{_FILE}=*/{_SPLIT}=*/part-*"):
        file, split = (int(one.partition("=")[2]) for one in part.split("/")[-3:-1])
        parts.setdefault(file, []).append((split, part))
    for number, (name, path) in enumerate(zip(tables.names, tables.paths, strict=True)):
        target = f"{staging.output}/{name}"
        places.make_folder(target.rpartition("/")[0])
        found = sorted(parts.get(number, ()))
        if not found:
            if number in tables.sizes:
                raise FileNotFoundError(f"{path}: what was written of it is missing")
            places.copy(path, target)
        for count, (_, part) in enumerate(found, 1):
            places.move(part, target if len(found) == 1 else _numbered(target, count))
    places.make_folder(staging.report)
    for count, part in enumerate(places.below(f"{staging.raw}.report", "part-*")):
        places.move(part, f"{staging.report}/part-{count:05}.jsonl")


def _numbered(name: str, number: int) -> str:
    """The name of a part of a file.

    >>> _numbered("2019/news.parquet", 2)
    '2019/news-00002.parquet'
    """
    stem, dot, end = name.rpartition(".")
    return f"{stem}-{number:05}{dot}{end}" if dot and "/" not in end else f"{name}-{number:05}"
