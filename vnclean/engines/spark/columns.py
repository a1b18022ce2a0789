"""A column of text in a data frame of Spark, repaired by `vnclean.engines.batches`.

A row with megabytes of text would keep one task busy while the others are long done.  Such texts
are cut into portions beforehand, which all tasks answer (`vnclean.engines.sharing`); when their row
comes by, the answers are there.  What they belong to is told by a checksum of the texts, so that
nothing depends on where a row is.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial, reduce
from operator import add
from typing import TYPE_CHECKING, Final

from vnclean.cleaner import shared_cleaner
from vnclean.config import Config
from vnclean.engines.batches import batches_by, check_free, column_of, edits_type
from vnclean.engines.documents import Model
from vnclean.engines.sharing import Answered, Asking, answered
from vnclean.engines.spark.types import spark_field, text_schema
from vnclean.formats.kinds import Reading
from vnclean.reports.summary import Summary

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import Column, DataFrame
    from pyspark.sql.types import StructType

#: With more bytes than that the texts of a row are shared out.
LARGE: Final = 1 << 22
#: How many tasks for each core share it.
_TASKS: Final = 2
#: Columns that come and go.
_KEY: Final = "__vnclean_key"
_ANSWERS: Final = "__vnclean_answers"
_QUESTIONS: Final = f"{_KEY} string, number long, data binary"


@dataclass(frozen=True, slots=True)
class ColumnJob:
    """What every task must know.

    ``edits``, ``counts``: names of columns that are added, if any: the edits of each row, and, in
    one row of each batch, what :meth:`vnclean.reports.summary.Summary.counts` says of the batch.
    """

    config: Config
    reading: Reading
    model: Model | None = None
    edits: str | None = None
    counts: str | None = None


def clean_column(
    frame: DataFrame,
    column: str = "text",
    config: Config | None = None,
    *,
    edits: str | None = None,
    large: int | None = LARGE,
) -> DataFrame:
    """``frame`` with the text in ``column`` repaired; all else, and the order of rows, stays.

    Every value is a document of its own; ``a.b`` is ``b`` within ``a``, and lists are gone through.

    ``edits``: the name of a column to be added, an array of structs with the edits of each row, in
    the fields of :func:`vnclean.engines.batches.edits_type`.

    ``large``: what has more bytes is shared out among all tasks, for which ``frame`` is read once
    more: None if that costs more than it brings.

    Raises UsageError if there is no such column with text, or one called ``edits`` already.
    """
    settings = config or Config()
    reading = Reading(fields=(column,), across_lines=settings.across_lines)
    return cleaned_frame(frame, ColumnJob(settings, reading, edits=edits), large)


def cleaned_frame(frame: DataFrame, job: ColumnJob, large: int | None) -> DataFrame:
    """The same for all columns of a job, the texts of which count together."""
    from pyspark.sql import functions as sql

    schema = _schema(frame, job)
    if large is not None:
        sizes, sums = zip(*_measured(frame, job), strict=True)
        is_large = reduce(add, sizes) > sql.lit(large)
        frame = frame.withColumn(_KEY, sql.when(is_large, sql.concat(*sums)))
        rest = [sql.col(quoted(name)) for name in frame.columns if name != _KEY]
        frame = frame.join(sql.broadcast(_answers(frame, job)), _KEY, "left")
        frame = frame.select(*rest, _ANSWERS)
    return _mapped(frame, job, schema)


def _mapped(frame: DataFrame, job: ColumnJob, schema: StructType) -> DataFrame:
    """What :func:`_cleaned` makes of a frame.

    Columns go there without their names: ``mapInArrow`` takes none that has a dot in it.
    """
    from pyspark.sql.types import StructField, StructType

    fields = [
        StructField(f"_{number}", field.dataType, field.nullable)
        for number, field in enumerate(schema.fields)
    ]
    given = frame.toDF(*[f"_{number}" for number in range(len(frame.columns))])
    clean = partial(_cleaned, job=job, names=frame.columns)
    return given.mapInArrow(clean, StructType(fields)).toDF(*schema.names)


def _schema(frame: DataFrame, job: ColumnJob) -> StructType:
    """With the columns to be added; raises UsageError as `clean_column` does."""
    import pyarrow as pa
    from pyspark.sql.types import StructType

    schema = text_schema(frame.schema)
    for name in job.reading.fields:
        column_of(schema, name)
    fields = list(frame.schema.fields)
    if job.edits is not None:
        check_free(schema, job.edits)
        fields.append(spark_field(job.edits, edits_type()))
    if job.counts is not None:
        fields.append(spark_field(job.counts, pa.string()))
    return StructType(fields)


def _measured(frame: DataFrame, job: ColumnJob) -> Iterator[tuple[Column, Column]]:
    """Of each column of text, how many bytes it has in a row, and a checksum of them."""
    from pyspark.sql import functions as sql

    for name in _columns(frame, job):
        value = sql.col(quoted(name))
        is_text = frame.schema[name].dataType.typeName() == "string"
        as_text = value if is_text else sql.to_json(sql.struct(value))
        size = sql.coalesce(sql.octet_length(as_text), sql.lit(0))
        found = sql.coalesce(sql.sha2(as_text.cast("binary"), 256), sql.lit("none"))
        yield size, found


def _columns(frame: DataFrame, job: ColumnJob) -> list[str]:
    """The columns of a frame that hold the texts of a job, each once."""
    schema = text_schema(frame.schema)
    found = [frame.columns[column_of(schema, name).number] for name in job.reading.fields]
    return list(dict.fromkeys(found))


def quoted(name: str) -> str:
    """The name of a column as Spark has it in expressions.

    >>> quoted("a.b")
    '`a.b`'
    """
    return "`" + name.replace("`", "``") + "`"


def _answers(frame: DataFrame, job: ColumnJob) -> DataFrame:
    """Of each row with a key, by that, the answers to all that the cleaner is asked about it."""
    from pyspark.sql import functions as sql

    tasks = _TASKS * frame.sparkSession.sparkContext.defaultParallelism
    names = _columns(frame, job)
    texts = [sql.col(quoted(name)).alias(f"_{number}") for number, name in enumerate(names)]
    large = frame.where(sql.col(_KEY).isNotNull()).select(_KEY, *texts)
    ask = partial(_asked, job=job, names=names)
    asked = large.dropDuplicates([_KEY]).mapInArrow(ask, _QUESTIONS)
    answers = asked.repartition(tasks, _KEY, "number").mapInArrow(
        partial(_answered, job=job), _QUESTIONS
    )
    in_order = sql.sort_array(sql.collect_list(sql.struct("number", "data")))
    return answers.groupBy(_KEY).agg(in_order.alias(_ANSWERS))


def _asked(
    batches: Iterable[pa.RecordBatch], job: ColumnJob, names: list[str]
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    for row in _single_rows(batches):
        asking = Asking()
        texts = row.drop_columns([_KEY]).rename_columns(names)
        for _ in batches_by(asking, [texts], job.reading):
            questions = asking.taken()
            key = row.column(_KEY)[0].as_py()
            yield pa.record_batch(
                {
                    _KEY: pa.array([key] * len(questions), pa.string()),
                    "number": pa.array(range(len(questions)), pa.int64()),
                    "data": pa.array(questions, pa.binary()),
                }
            )


def _answered(batches: Iterable[pa.RecordBatch], job: ColumnJob) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    cleaner = shared_cleaner(job.config, job.model and job.model())
    for batch in batches:
        questions = (question.as_py() for question in batch.column("data"))
        answers = pa.array([answered(question, cleaner) for question in questions], pa.binary())
        yield batch.set_column(batch.schema.get_field_index("data"), "data", answers)


def _single_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        for row in range(batch.num_rows):
            yield batch.slice(row, 1)


def _cleaned(
    batches: Iterable[pa.RecordBatch], job: ColumnJob, names: list[str]
) -> Iterator[pa.RecordBatch]:
    cleaner = shared_cleaner(job.config, job.model and job.model())
    for batch in batches:
        for part, answers in _parts(batch.rename_columns(names)):
            by = cleaner if answers is None else Answered(answers.popleft)
            summary = Summary()
            [made] = batches_by(by, [part], job.reading, edits=job.edits, heard=summary.add)
            if job.counts is not None:
                made = _with_counts(made, job.counts, summary)
            yield made.rename_columns([f"_{number}" for number in range(made.num_columns)])


def _parts(batch: pa.RecordBatch) -> Iterator[tuple[pa.RecordBatch, deque[bytes] | None]]:
    """Rows that follow each other, and each that is answered already alone with the answers."""
    if _ANSWERS not in batch.schema.names:
        yield batch, None
        return
    answers = batch.column(_ANSWERS)
    rest = batch.drop_columns([_ANSWERS])
    start = 0
    for row in [*_there(answers), batch.num_rows]:
        if row > start:
            yield rest.slice(start, row - start), None
        if row < batch.num_rows:
            yield rest.slice(row, 1), deque(one["data"] for one in answers[row].as_py())
        start = row + 1


def _there(array: pa.Array) -> list[int]:
    """The numbers of what is not null."""
    return [number for number, there in enumerate(array.is_valid().to_pylist()) if there]


def _with_counts(batch: pa.RecordBatch, name: str, summary: Summary) -> pa.RecordBatch:
    """The batch with a column of which the first row holds what was counted."""
    import pyarrow as pa

    counts = [json.dumps(summary.counts()), *[None] * (batch.num_rows - 1)][: batch.num_rows]
    return batch.append_column(pa.field(name, pa.string()), pa.array(counts, pa.string()))
