"""Engines of data frames call one function: Dask here, without a cluster."""

from __future__ import annotations

from functools import partial

import pyarrow as pa
import pytest

from vnclean.engines.batches import clean_batches


@pytest.mark.parametrize("scheduler", ["sync", "processes"])
def test_dask_cleans_partitions_of_batches(scheduler: str) -> None:
    """As docs/spark.md shows it."""
    bag = pytest.importorskip("dask.bag", reason="dask is not installed: pip install dask")
    table = pa.table({"id": range(4), "text": ["kim tra dch bnh", None, "", "phòng chng dịch"]})
    batches = bag.from_sequence(table.to_batches(max_chunksize=1), npartitions=2)
    cleaned = batches.map_partitions(partial(clean_batches, columns="text", edits="edits"))
    made = pa.Table.from_batches(cleaned.compute(scheduler=scheduler, num_workers=2))
    assert made["id"].to_pylist() == [0, 1, 2, 3]
    texts = ["kiểm tra dịch bệnh", None, "", "phòng chống dịch"]
    assert made["text"].to_pylist() == texts
    assert [len(edits) for edits in made["edits"].to_pylist()] == [3, 0, 0, 1]
