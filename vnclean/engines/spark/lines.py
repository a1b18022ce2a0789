"""The lines of files as they are: nothing is unpacked on the way, whatever a file is called."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from vnclean.engines.spark.places import escaped, path_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Ends of the names of files that Hadoop would unpack, in any letter case.
_UNPACKED: Final = (".bz2", ".deflate", ".gz", ".lz4", ".snappy", ".zst")


def read_lines(session: SparkSession, source: str) -> DataFrame:
    """The lines of all files below a folder.

    Columns are ``path``, the URI of the file, ``value``, the line without its line feed, and
    ``size``, of the file, in bytes.
    """
    from pyspark.sql import functions as sql

    frame = _lines(session, source, {})
    found = [path_of(uri).lower() for uri in frame.inputFiles()]
    ends = [end for end in _UNPACKED if any(path.endswith(end) for path in found)]
    name = sql.lower("_metadata.file_name")
    plain = reduce(lambda left, end: left.where(~name.endswith(end)), ends, frame)
    packed = [_lines(session, source, _left_packed(session, end)) for end in ends]
    columns = (
        sql.col("_metadata.file_path").alias("path"),
        sql.col("value").cast("binary").alias("value"),
        sql.col("_metadata.file_size").alias("size"),
    )
    parts = [part.select(*columns) for part in (plain, *packed)]
    return reduce(lambda one, other: one.unionAll(other), parts)


def _lines(session: SparkSession, source: str, options: dict[str, str]) -> DataFrame:
    read = session.read.options(lineSep="\n", recursiveFileLookup="true", **options)
    return read.text(escaped(source))


def _left_packed(session: SparkSession, end: str) -> dict[str, str]:
    """What has Hadoop read the files whose names have that end, and these as they are."""
    java: Any = session.sparkContext._jvm
    codec = java.org.apache.hadoop.io.compress.PassthroughCodec
    return {
        "pathGlobFilter": "*" + "".join(f"[{one}{one.upper()}]" for one in end),
        "io.compression.codecs": codec.CLASSNAME,
        codec.OPT_EXTENSION: end,  # its name is another one where Hadoop comes with Spark
    }
