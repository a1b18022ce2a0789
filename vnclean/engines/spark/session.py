"""A session of Spark: what it needs, and what a job sets in it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vnclean.errors import UsageError, VncleanError
from vnclean.language import translated

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_LOGGING: Final = Path(__file__).with_name("log4j2.properties")
#: The oldest version of Java that Spark 4 runs on.
JAVA: Final = 17
#: Unless the user says otherwise: what is told is what vnclean tells, and no web server for a local
#: job.  What executors elsewhere log is for whoever looks after them.
_ALWAYS: Final = {"spark.ui.showConsoleProgress": "false"}
_LOCAL: Final = {"spark.ui.enabled": "false", "spark.driver.host": "localhost"}
_ELSEWHERE: Final = {"spark.log.level": "ERROR"}
#: Whether a batch of records is bounded in bytes, which Spark knows since 4.1.
_BYTES_PER_BATCH: Final = "spark.sql.execution.arrow.maxBytesPerBatch"
_RECORDS_PER_BATCH: Final = "spark.sql.execution.arrow.maxRecordsPerBatch"
#: If it is not, so many records are a batch.  They may be of megabytes.
_FEW: Final = "64"


def start(master: str | None, settings: Mapping[str, str]) -> SparkSession:
    """A session, or the one that there is already.

    ``master``: where it runs, as in ``spark-submit --master``; what Spark is told elsewhere if
    None, and if nothing is, all cores of this machine.  Raises UsageError if pyspark or Java is
    missing, VncleanError if Spark does not start.
    """
    require_pyspark()
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ  # by spark-submit: there is a Java already
    if not submitted:
        _require_java()
        master = master or os.environ.get("MASTER") or "local[*]"
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder.appName("vnclean")
    is_local = bool(master) and str(master).startswith("local")
    if is_local:  # workers are to be the same Python as this one
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    for name, value in {**_ALWAYS, **(_local() if is_local else _ELSEWHERE), **settings}.items():
        builder = builder.config(name, value)
    if master:
        builder = builder.master(master)
    try:
        session: SparkSession = builder.getOrCreate()
    except Exception as error:
        raise VncleanError(
            translated("Spark does not start: {reason}", reason=reason_of(error))
        ) from error
    return session


def _local() -> dict[str, str]:
    """Settings of a local job."""
    if not _LOGGING.is_file():  # but in a packed package
        return _LOCAL
    logging = f"-Dlog4j2.configurationFile={_LOGGING.resolve().as_uri()}"
    return _LOCAL | {"spark.driver.extraJavaOptions": logging}


def require_pyspark() -> None:
    """Raises UsageError, with what to do, if a package that Spark needs is missing."""
    for name in "pyspark", "pandas", "pyarrow":
        try:
            __import__(name)
        except ImportError:
            raise UsageError(
                translated(
                    "Spark needs {package}, which is missing; pip install 'vnclean[spark]'",
                    package=name,
                )
            ) from None


def _require_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    try:
        told = subprocess.run([java or "java", "-version"], capture_output=True, text=True)
    except OSError:
        raise UsageError(
            translated(
                "Spark needs Java {version} or newer, and there is none; install one"
                " (Debian: openjdk-17-jre-headless) or set JAVA_HOME",
                version=JAVA,
            )
        ) from None
    found = re.search(r'version "(\d+)', told.stderr)
    if found and int(found[1]) < JAVA:
        raise UsageError(
            translated(
                "Spark needs Java {version} or newer, but {java} is version {found}; install a"
                " newer one or set JAVA_HOME",
                version=JAVA,
                java=java,
                found=found[1],
            )
        )


def for_job(session: SparkSession) -> SparkSession:
    """A session with settings of its own, beside the one of the user."""
    job = session.newSession()
    job.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
    job.conf.set("spark.sql.files.maxRecordsPerFile", "0")  # what was one file stays one
    if job.conf.get(_BYTES_PER_BATCH, None) is None:
        job.conf.set(_RECORDS_PER_BATCH, _FEW)
    return job


def shipped(session: SparkSession, model: Path | None) -> Callable[[], Path] | None:
    """What tells workers where a language model is that is sent to all of them."""
    if model is None:
        return None
    session.sparkContext.addFile(str(model))
    return partial(_received, model.name)


def _received(name: str) -> Path:
    from pyspark import SparkFiles

    return Path(SparkFiles.get(name))


def reason_of(error: BaseException) -> str:
    """The line of an error of Spark's that says most.

    >>> reason_of(ValueError("Job aborted.\\n  at org.apache.spark.scheduler\\n"))
    'Job aborted.'
    """
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    causes = [line for line in lines if line.startswith("Caused by: ")]
    raised = [line for line in lines if re.match(r"(vnclean\.[\w.]+|\w+Error): ", line)]
    return (raised[-1:] or causes[-1:] or lines or [type(error).__name__])[0]
