"""Whole jobs over Parquet: each row is a record.

Spark reads and writes the files; what it makes of types is its own business.  A file is cleaned in
as many splits as Spark reads it in, and put together again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial, reduce
from typing import TYPE_CHECKING, Any, Final

from vnclean.archives.columns import find_column
from vnclean.archives.parquets import no_column
from vnclean.batch.work import FAILED, REPAIRED, UNCHANGED
from vnclean.engines.spark.columns import LARGE, ColumnJob, cleaned_frame
from vnclean.engines.spark.jobs import MOST_TASKS, Order, Outcome, Staging, staged
from vnclean.engines.spark.parquet_files import FILE, ROW, Group, ParquetFiles
from vnclean.engines.spark.places import Places
from vnclean.engines.spark.progress import Progress
from vnclean.engines.spark.session import for_job, reason_of, shipped
from vnclean.engines.spark.types import text_schema
from vnclean.language import translated
from vnclean.reports.jsonl import encode_fields, encode_version

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark import Broadcast
    from pyspark.sql import DataFrame, SparkSession

#: Columns that come and go, beside those of `ParquetFiles.rows`.
_EDITS: Final = "__vnclean_edits"
_COUNTS: Final = "__vnclean_counts"


def clean_tables(order: Order, session: SparkSession, progress: Progress) -> Outcome:
    """Does a job over Parquet.

    Raises UsageError for a job that makes no sense, and what Spark raises.
    """
    job_session = for_job(session)
    with staged(order, session) as (staging, places):
        progress.step(translated("looking at the files"))
        files = ParquetFiles(order, job_session, places)
        while True:
            try:
                outcome = _cleaned(order, files, staging, progress)
                break
            except Exception:
                progress.step(translated("looking for damaged files"))
                if not _damaged_found(files):
                    raise
                places.remove(staging.raw)  # and again, without them
        progress.step(translated("putting files into their places"))
        outcome.written = _place(files, staging, places)
        staging.place_report(places.below(_report_in(staging), "part-*"))
        staging.publish(outcome)
    return outcome


def _damaged_found(files: ParquetFiles) -> bool:
    """Whether damaged files are the reason for what went wrong."""
    try:
        return files.find_damaged()
    except Exception:  # Spark is in trouble: what it said first is what counts
        return False


def _cleaned(order: Order, files: ParquetFiles, staging: Staging, progress: Progress) -> Outcome:
    """Writes all files that can be read, and the report; says what became of them."""
    from pyspark import StorageLevel

    progress.step(translated("cleaning"))
    model = shipped(files.session, order.model)
    kept: list[DataFrame] = []
    try:
        for number, group in enumerate(files.groups()):
            settings = group.settings
            rows = _rows(files, group)
            if rows is not None:
                job = ColumnJob(settings.config, settings.reading, model, _EDITS, _COUNTS)
                cleaned = cleaned_frame(rows, job, LARGE).persist(StorageLevel.DISK_ONLY)
                kept.append(cleaned)
                tasks = min(len(group.files), MOST_TASKS)
                together = cleaned.drop(_EDITS, _COUNTS).repartition(tasks, FILE)
                in_order = together.sortWithinPartitions(FILE, ROW).drop(ROW)
                in_order.write.partitionBy(FILE).parquet(f"{staging.raw}/{number}")
        progress.step(translated("writing the report"))
        told = [cleaned.select(FILE, ROW, _EDITS, _COUNTS) for cleaned in kept]
        of_all = reduce(lambda one, other: one.unionAll(other), told) if told else None
        if of_all is not None:
            _write_report(of_all, files, _report_in(staging))
        return _outcome(of_all, files)
    finally:
        for cleaned in kept:
            cleaned.unpersist()


def _rows(files: ParquetFiles, group: Group) -> DataFrame | None:
    """The rows of a group; if they cannot be cleaned, none, and its files have failed."""
    from pyspark.errors import AnalysisException

    try:
        frame = files.rows(group)
    except AnalysisException as error:
        told = translated(
            "has columns of a type that Spark has not; use vnclean clean ({reason})",
            reason=reason_of(error),
        )
        files.fail(group.files, told)
        return None
    schema = text_schema(frame.schema)
    for name in group.settings.reading.fields:
        try:
            find_column(schema, name)
        except KeyError:
            files.fail(group.files, no_column(name, schema))
            return None
    return frame


def _report_in(staging: Staging) -> str:
    return f"{staging.raw}/report"


def _write_report(cleaned: DataFrame, files: ParquetFiles, folder: str) -> None:
    """Parts of the report, each a report of its own, in the order of what they tell of."""
    from pyspark.sql import functions as sql

    edits = cleaned.where(sql.size(_EDITS) > 0).select(FILE, ROW, _EDITS)
    paths = [file.path for file in files.files]
    names = cleaned.sparkSession.sparkContext.broadcast(paths)
    lines = edits.orderBy(FILE, ROW).mapInArrow(partial(_lines, paths=names), "value string")
    lines.write.option("lineSep", "\n").text(folder)


def _lines(
    batches: Iterable[pa.RecordBatch], paths: Broadcast[list[str]]
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    yield pa.record_batch({"value": [encode_version().decode().rstrip("\n")]})
    for batch in batches:
        lines = [
            _line(paths.value[row[FILE]], row[ROW] + 1, edit)
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


def _outcome(cleaned: DataFrame | None, files: ParquetFiles) -> Outcome:
    """What became of the files; ``cleaned`` are the edits and counts, if there are any."""
    from pyspark.sql import functions as sql

    outcome, repaired = Outcome(), 0
    if cleaned is not None:
        for row in cleaned.where(sql.col(_COUNTS).isNotNull()).select(_COUNTS).collect():
            outcome.summary.include(json.loads(row[0]))
        edited = cleaned.where(sql.exists(_EDITS, lambda edit: edit.applied))
        repaired = edited.select(FILE).distinct().count()
    done = files.good
    counts = {REPAIRED: repaired, UNCHANGED: len(done) - repaired, FAILED: len(files.failed)}
    outcome.outcomes = +Counter(counts)
    outcome.failed = [(file.path, files.failed[file]) for file in sorted(files.failed)]
    outcome.summary.documents = len(done)
    outcome.read = sum(files.footer(file).size for file in done)
    return outcome


def _place(files: ParquetFiles, staging: Staging, places: Places) -> int:
    """Gives files their names; returns how many bytes they have."""
    parts = {
        int(part.split("/")[-2].partition("=")[2]): part
        for part in places.below(staging.raw, f"*/{FILE}=*/part-*")
    }
    written = 0
    for file in files.good:
        target = staging.target(file.name)
        part = parts.get(file.number)
        if part is not None:
            places.move(part, target)
        elif not files.footer(file).rows:
            places.copy(places.unquoted(file.uri), target)
        else:
            raise FileNotFoundError(f"{file.path}: what was written of it is missing")
        written += places.size(target)
    return written
