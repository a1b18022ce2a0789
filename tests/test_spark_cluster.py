"""Spark with executors of their own, which may die, and the package as clusters ship it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from spark_tools import LINE, REPAIRED, done, executors, missing, order, packed_package

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """Two executors of one core each, which get the package packed."""
    from vnclean.engines.spark.session import start

    package = packed_package(tmp_path_factory.mktemp("package"))
    settings = {
        "spark.submit.pyFiles": str(package),
        "spark.executor.memory": "512m",
        "spark.sql.shuffle.partitions": "2",
        "spark.executorEnv.TMPDIR": str(tmp_path_factory.mktemp("temporary")),
    }
    found = start("local-cluster[2,1,512]", settings)
    yield found
    found.stop()


def test_a_killed_executor_costs_nothing(tmp_path: Path, session: SparkSession) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for number in range(6):
        lines = f'{{"text": "{REPAIRED.strip()} {LINE.strip()}"}}\n' * 300
        (source / f"{number}.jsonl").write_text(lines, encoding="utf-8")
    killed: list[int] = []

    def kill() -> None:
        """As soon as the first task of a stage of the work is done, and others are under way."""
        tracker, tasks = session.sparkContext.statusTracker(), 2 * 2
        while not killed:
            stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
            if any(one and one.numTasks == tasks and one.numCompletedTasks for one in stages):
                killed.extend(executors(os.getpid())[:1])
                os.kill(killed[0], signal.SIGKILL)
            time.sleep(0.02)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    outcome = done(order(source, tmp_path / "out", "jsonl"), session)
    thread.join(1)
    assert killed
    wanted = f'{{"text": "{REPAIRED.strip()} {REPAIRED.strip()}"}}\n' * 300
    for number in range(6):
        assert (tmp_path / "out" / f"{number}.jsonl").read_text(encoding="utf-8") == wanted
    assert outcome.summary.lines == 6 * 300
    assert outcome.summary.repairs["chng", "chống"] == 6 * 300
    assert outcome.summary.kinds.total() == 6 * 300 * 3
    report = b"".join(part.read_bytes() for part in (tmp_path / "out.report").glob("part-*"))
    assert report.count(b'"lost-letters"') == 6 * 300 * 3
    assert not outcome.failed


def test_workers_run_what_was_shipped(session: SparkSession) -> None:
    def where(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import vnclean

        for batch in batches:
            yield pa.record_batch({"place": [str(vnclean.__file__)] * batch.num_rows})

    places = session.range(4, numPartitions=2).mapInArrow(where, "place string").collect()
    assert all("vnclean.zip" in row.place for row in places)
    assert session.sparkContext.getConf().get("spark.submit.pyFiles")
    assert sys.modules["vnclean"].__file__ not in {row.place for row in places}
