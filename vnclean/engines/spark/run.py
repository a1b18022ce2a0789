"""A whole job, from the order to what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from vnclean.engines.spark.jobs import Order, Outcome
from vnclean.engines.spark.progress import Progress
from vnclean.engines.spark.session import reason_of, start
from vnclean.errors import VncleanError
from vnclean.language import translated

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def run_job(
    order: Order, master: str | None, settings: Mapping[str, str], *, shown: bool
) -> Outcome:
    """Starts Spark, does the job, and stops Spark.

    ``master``, ``settings``: as `vnclean.engines.spark.session.start` takes them.  ``shown``:
    whether progress is told on stderr.  Raises UsageError for a job that makes no sense, and
    VncleanError, in one line, for whatever Spark fails of; nothing is to be seen then.
    """
    session = start(master, settings)
    try:
        with Progress(session, shown=shown) as progress:
            return do_job(order, session, progress)
    except VncleanError:
        raise
    except Exception as error:
        raise VncleanError(
            translated("the job has failed, nothing was written: {reason}", reason=reason_of(error))
        ) from error
    finally:
        session.stop()


def do_job(order: Order, session: SparkSession, progress: Progress) -> Outcome:
    """The same on a session that there is, which goes on."""
    if order.format == "parquet":
        from vnclean.engines.spark.tables import clean_tables

        return clean_tables(order, session, progress)
    from vnclean.engines.spark.documents import clean_documents

    return clean_documents(order, session, progress)
