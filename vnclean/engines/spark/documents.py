"""Whole jobs over text and JSON Lines: each file is a document, as for the command.

Spark reads lines as bytes, the three stages of `vnclean.engines.documents` do the rest, with two
exchanges between them, and Spark's committer decides which attempts count.  What the numbers say is
read from what was committed, so that it is exact whatever was tried twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from vnclean.batch.work import FAILED
from vnclean.engines.documents import (
    REPORT,
    STATUS,
    Job,
    Listed,
    answer,
    ask,
    rewrite,
    without_lines,
)
from vnclean.engines.spark.jobs import (
    MOST_TASKS,
    Order,
    Outcome,
    SettingsInUse,
    Staging,
    path_in,
    root_of,
    staged,
)
from vnclean.engines.spark.lines import read_lines
from vnclean.engines.spark.places import Places, escaped, path_of
from vnclean.engines.spark.progress import Progress
from vnclean.engines.spark.session import for_job, shipped
from vnclean.language import translated
from vnclean.settings.resolver import Settings

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark import Broadcast
    from pyspark.sql import DataFrame, SparkSession

#: About so many bytes of documents are a task; with fewer, a lost one costs less.
TASK: Final = 1 << 24
_UTF_8_MARK: Final = b"\xef\xbb\xbf"
#: What Spark takes the opening of a file to cost, in bytes.
_SMALL: Final = 1 << 22
_STAGE: Final = "number long, group long, place long, what string, data binary"
_OUTPUT: Final = "number long, group long, place long, data binary"


def clean_documents(order: Order, session: SparkSession, progress: Progress) -> Outcome:
    """Does a job over text or JSON Lines.

    Raises UsageError for a job that makes no sense, and what Spark raises.
    """
    job_session = for_job(session)
    with staged(order, session) as (staging, places):
        progress.step(translated("looking at the files"))
        listing = _Listing(order, job_session, places)
        if listing.documents:
            progress.step(translated("cleaning"))
            _write(order, job_session, listing, staging.raw)
        progress.step(translated("putting files into their places"))
        outcome = _placed(order, job_session, listing, staging, places)
        staging.place_report(list(_reports(staging, places)))
        staging.publish(outcome)
    return outcome


class _Listing:
    """The documents of a job, by the names that Spark has for them, and what is known of them."""

    def __init__(self, order: Order, session: SparkSession, places: Places) -> None:
        self.lines = read_lines(session, order.source)
        root = root_of(order.source, places)
        sizes = _sizes(self.lines)
        found = {path_of(uri) for uri in self.lines.inputFiles()}
        self.size: int = sum(size for size, _ in sizes.values())
        self.largest = max((size for size, _ in sizes.values()), default=0)
        self._cores: int = session.sparkContext.defaultParallelism
        in_use = SettingsInUse(order)
        self.settings: list[Settings] = in_use.all  #: that documents have the numbers of
        self.documents: dict[str, Listed] = {}
        self._task = max(TASK, self.size // MOST_TASKS)
        read = 0
        for number, path in enumerate(sorted(found, key=str.encode)):
            name = path[len(root) + 1 :]
            size, lines_size = sizes.get(path) or (places.size(path), 0)
            # Hadoop passes over a mark, and does not say whether the last line has an end.
            mark = _UTF_8_MARK if size > lines_size else b""
            called = path_in(order.source, name)
            self.documents[path] = Listed(
                number,
                called,
                f"{order.output.rstrip('/')}/{name}",
                group=read // self._task,
                mark=mark,
                newline=len(mark) + lines_size == size,
                settings=in_use.number(called),
            )
            read += size

    @property
    def tasks(self) -> int:
        """How many tasks share the work."""
        return max(2 * self._cores, self.size // self._task + 1)

    @property
    def groups(self) -> int:
        """How many tasks put it together."""
        return min(len(self.documents), self.tasks)


def _sizes(lines: DataFrame) -> dict[str, tuple[int, int]]:
    """Of each file that holds anything, its size, and that of its lines with their line feeds."""
    from pyspark.sql import functions as sql

    found = lines.groupBy("path").agg(
        sql.first("size"), sql.sum(sql.octet_length("value") + sql.lit(1))
    )
    return {path_of(path): (size, lines_size) for path, size, lines_size in found.collect()}


def _write(order: Order, session: SparkSession, listing: _Listing, raw: str) -> None:
    """Everything that is to be written, in folders by the numbers of documents."""
    from pyspark.sql import functions as sql

    _leave_files_whole(session, listing.largest)
    context = session.sparkContext
    job = Job(listing.settings, shipped(session, order.model))
    by_path = context.broadcast(listing.documents)
    by_number = context.broadcast({listed.number: listed for listed in listing.documents.values()})
    lines = listing.lines.select("path", "value").coalesce(listing.tasks)
    asked = lines.mapInArrow(partial(_ask, job=job, documents=by_path), _STAGE)
    answered = asked.repartition(listing.tasks, "number", "place").mapInArrow(
        partial(_answer, job=job, documents=by_number), _STAGE
    )
    together = answered.repartition(listing.groups, "group").sortWithinPartitions(
        "group", "number", "place"
    )
    written = together.mapInArrow(partial(_rewrite, job=job, documents=by_number), _OUTPUT)
    folder = ("number", "group")
    text = written.sortWithinPartitions(*folder, "place").select(
        *folder, sql.col("data").cast("string").alias("value")
    )
    text.write.partitionBy(*folder).option("lineSep", "\n").text(raw)
    by_path.unpersist()
    by_number.unpersist()


def _leave_files_whole(session: SparkSession, largest: int) -> None:
    """No file is shared by tasks that read: reading is the least of the work."""
    size = str(max(largest, _SMALL))
    session.conf.set("spark.sql.files.maxPartitionBytes", size)
    session.conf.set("spark.sql.files.openCostInBytes", size)


def _ask(
    batches: Iterable[pa.RecordBatch], job: Job, documents: Broadcast[dict[str, Listed]]
) -> Iterator[pa.RecordBatch]:
    return ask(batches, job, _ByUri(documents.value))


class _ByUri(dict[str, Listed]):
    """Documents by what Spark calls them in rows."""

    def __init__(self, documents: Mapping[str, Listed]) -> None:
        super().__init__()
        self._documents = documents

    def __missing__(self, uri: str) -> Listed:
        return self._documents[path_of(uri)]


def _answer(
    batches: Iterable[pa.RecordBatch], job: Job, documents: Broadcast[dict[int, Listed]]
) -> Iterator[pa.RecordBatch]:
    return answer(batches, job, documents.value)


def _rewrite(
    batches: Iterable[pa.RecordBatch], job: Job, documents: Broadcast[dict[int, Listed]]
) -> Iterator[pa.RecordBatch]:
    return rewrite(batches, job, documents.value)


def _placed(
    order: Order, session: SparkSession, listing: _Listing, staging: Staging, places: Places
) -> Outcome:
    """Gives files their names; says what became of them, in their order."""
    outcome = Outcome()
    found = {status["number"]: status for status in _statuses(session, staging, places)}
    job = Job(listing.settings)
    parts = {_number(part): part for part in places.below(staging.raw, "number=*/group=*/part-*")}
    for document in sorted(listing.documents.values(), key=lambda document: document.number):
        content, status = b"", found.get(document.number)
        if status is None:
            content, status = without_lines(document, job)
        outcome.add(document.path, status)
        if status["outcome"] != FAILED:
            target = staging.target(document.output[len(order.output.rstrip("/")) + 1 :])
            part = parts.get(document.number)
            if part is None:
                if status["sizes"][1] > len(content):
                    raise FileNotFoundError(f"{document.path}: what was written of it is missing")
                places.write(target, content)
            elif status["newline"]:
                places.move(part, target)
            else:  # Spark ends each file with a line feed
                places.copy_without_last_byte(part, target)
    return outcome


def _number(part: str) -> int:
    return int(part.rpartition("/number=")[2].partition("/")[0])


def _statuses(session: SparkSession, staging: Staging, places: Places) -> Iterator[dict[str, Any]]:
    folder = f"{staging.raw}/number={STATUS}"
    if places.exists(folder):
        for row in session.read.text(f"{escaped(folder)}/*/part-*").collect():
            yield json.loads(row.value)


def _reports(staging: Staging, places: Places) -> Iterator[str]:
    """The parts of the report, one of each group."""
    groups = places.below(staging.raw, f"number={REPORT}/group=*")
    for group in sorted(groups, key=lambda name: int(name.rpartition("=")[2])):
        [part] = places.below(group, "part-*")
        yield part
