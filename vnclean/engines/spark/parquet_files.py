"""The Parquet files of a job: which can be read, and which are read together.

Files of one folder need not have the same columns, but rows of one data frame do.  So files are
read in groups, those with the same schema and the same settings in one.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from vnclean.archives.parquets import damaged
from vnclean.engines.spark.columns import quoted
from vnclean.engines.spark.jobs import Order, SettingsInUse, path_in, root_of
from vnclean.engines.spark.places import Footer, Places, escaped, path_of
from vnclean.language import translated
from vnclean.settings.resolver import Settings

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: Columns that come and go: the number of the file, and of the row there.
FILE: Final = "__vnclean_file"
ROW: Final = "__vnclean_row"
_PATH: Final = "__vnclean_path"
#: Scheme and host at the beginning of a URI.
_HOST: Final = "^[^/:]+:(//[^/]*)?"
#: So many footers are read at a time: where files are far away, most of it is waiting.
_AT_A_TIME: Final = 16


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file: its ``name`` below the folder that is read, and its ``path`` in reports."""

    number: int
    uri: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Group:
    """Files that are read together, and the settings that hold for them."""

    files: tuple[File, ...]
    settings: Settings


class ParquetFiles:
    """All ``files`` of a job; ``failed`` are those that cannot be cleaned, with the reasons."""

    def __init__(self, order: Order, session: SparkSession, places: Places) -> None:
        self.session = session
        self._places = places
        uris = _uris(session, order.source)
        root = root_of(order.source, places)
        names = [path_of(uri)[len(root) + 1 :] for uri in uris]
        paths = [path_in(order.source, name) for name in names]
        self.files = [File(*of) for of in zip(range(len(uris)), uris, names, paths, strict=True)]
        self.failed: dict[File, str] = {}
        self._footers = self._read_footers()
        self._settings = SettingsInUse(order)
        self._keys = {
            file: (footer.schema, self._settings.number(file.path))
            for file, footer in self._footers.items()
        }

    def _read_footers(self) -> dict[File, Footer]:
        from py4j.protocol import Py4JJavaError

        def footer(file: File) -> Footer | Py4JJavaError:
            try:
                return self._places.footer(file.uri)
            except Py4JJavaError as error:
                return error

        footers = {}
        with ThreadPoolExecutor(_AT_A_TIME) as pool:
            for file, found in zip(self.files, pool.map(footer, self.files), strict=True):
                if isinstance(found, Footer):
                    footers[file] = found
                else:
                    self.fail([file], damaged(str(found.java_exception.getMessage())))
        return footers

    def fail(self, files: Iterable[File], reason: str) -> None:
        """They cannot be cleaned."""
        self.failed |= dict.fromkeys(files, reason)

    @property
    def good(self) -> list[File]:
        """Those that have not failed."""
        return [file for file in self.files if file not in self.failed]

    def footer(self, file: File) -> Footer:
        """Of a file of which it could be read."""
        return self._footers[file]

    def groups(self) -> list[Group]:
        """Those that have not failed, in groups."""
        found: dict[tuple[str, int], list[File]] = {}
        for file in self.good:
            found.setdefault(self._keys[file], []).append(file)
        return [
            Group(tuple(files), self._settings.all[number]) for (_, number), files in found.items()
        ]

    def rows(self, group: Group, **options: str) -> DataFrame:
        """All rows of a group with their places.

        Raises AnalysisException if the files have types that Spark has not.
        """
        from pyspark.sql import functions as sql

        paths = [escaped(self._places.unquoted(file.uri)) for file in group.files]
        read = self.session.read.options(recursiveFileLookup="true", **options).parquet(*paths)
        places = (
            sql.regexp_replace("_metadata.file_path", _HOST, "").alias(_PATH),
            sql.col("_metadata.row_index").alias(ROW),
        )
        numbers = [(urlsplit(file.uri).path, file.number) for file in group.files]
        known = self.session.createDataFrame(numbers, f"{_PATH} string, {FILE} long")
        return read.select("*", *places).join(sql.broadcast(known), _PATH).drop(_PATH)

    def find_damaged(self) -> bool:
        """Whether there are, among those that have not failed, any that are damaged; they fail.

        All that can be read of all files is read, and counted.
        """
        from pyspark.sql import functions as sql

        found = False
        self.session.conf.set("spark.sql.legacy.allowHashOnMapType", "true")
        for group in self.groups():
            frame = self.rows(group, ignoreCorruptFiles="true")
            # A checksum of all columns, so that none of them is left unread.
            everything = sql.xxhash64(*[sql.col(quoted(name)) for name in frame.columns])
            counted = frame.groupBy(FILE).agg(sql.count("*"), sql.bit_xor(everything)).collect()
            counts = {number: count for number, count, _ in counted}
            for file in group.files:
                read, rows = counts.get(file.number, 0), self._footers[file].rows
                if read != rows:
                    found = True
                    told = translated("{read:,} of {rows:,} rows can be read", read=read, rows=rows)
                    self.fail([file], damaged(told))
        return found


def _uris(session: SparkSession, source: str) -> list[str]:
    """Of all files, whatever is in them."""
    read = session.read.format("binaryFile").option("recursiveFileLookup", "true")
    return sorted(read.load(escaped(source)).inputFiles(), key=lambda uri: path_of(uri).encode())
