"""Folders as Spark sees them: on HDFS, in an object store, or here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_PIECE: Final = 1 << 20


class Footer(NamedTuple):
    """Of a Parquet file: how many rows it has, its size in bytes, and its schema as text."""

    rows: int
    size: int
    schema: str


class Places:
    """What is done with files beside reading and writing data frames, by Hadoop's file systems."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session
        self._java: Any = session.sparkContext._jvm
        self._settings: Any = session.sparkContext._jsc.hadoopConfiguration()

    def _path(self, path: Any) -> Any:
        return self._java.org.apache.hadoop.fs.Path(path)

    def _system(self, path: str) -> Any:
        return self._path(path).getFileSystem(self._settings)

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder."""
        return bool(self._system(path).exists(self._path(path)))

    def is_folder(self, path: str) -> bool:
        """Whether that is a folder."""
        status = self._system(path).getFileStatus(self._path(path))
        return bool(status.isDirectory())

    def absolute(self, path: str) -> str:
        """With the file system and all folders named."""
        return str(self._system(path).makeQualified(self._path(path)).toString())

    def plain(self, path: str) -> str:
        """The path alone, from the root of its file system."""
        return str(self._path(self.absolute(path)).toUri().getPath())

    def unquoted(self, uri: str) -> str:
        """What a file is called that has a URI."""
        return str(self._path(self._java.java.net.URI(uri)).toString())

    def below(self, folder: str, pattern: str) -> list[str]:
        """Files and folders in a folder whose names match, as in a shell, in order."""
        found = self._system(folder).globStatus(self._path(f"{escaped(folder)}/{pattern}")) or []
        return [str(status.getPath().toString()) for status in found]

    def make_folder(self, path: str) -> None:
        """Makes a folder, and those above it, where there is none."""
        self._system(path).mkdirs(self._path(path))

    def move(self, path: str, target: str) -> None:
        """Renames a file or folder; raises OSError if that does not go."""
        if not self._system(path).rename(self._path(path), self._path(target)):
            raise OSError(0, f"cannot be renamed to {target}", path)

    def size(self, path: str) -> int:
        """Of a file, in bytes."""
        return int(self._system(path).getFileStatus(self._path(path)).getLen())

    def footer(self, uri: str) -> Footer:
        """What the end of a Parquet file says; raises Py4JJavaError if it cannot be read."""
        java = self._java.org.apache
        path = self._path(self._java.java.net.URI(uri))
        file = java.parquet.hadoop.util.HadoopInputFile.fromPath(path, self._settings)
        reader = java.parquet.hadoop.ParquetFileReader.open(file)
        try:
            schema = reader.getFileMetaData().getSchema().toString()
            return Footer(reader.getRecordCount(), file.getLength(), schema)
        finally:
            reader.close()

    def copy(self, path: str, target: str) -> None:
        """Copies a file."""
        ends = self._system(path), self._path(path), self._system(target), self._path(target)
        self._java.org.apache.hadoop.fs.FileUtil.copy(*ends, False, self._settings)

    def copy_without_last_byte(self, path: str, target: str) -> None:
        """Copies a file but for its last byte."""
        hadoop = self._java.org.apache.hadoop
        source = self._system(path).open(self._path(path))
        limited = hadoop.util.LimitInputStream(source, self.size(path) - 1)
        output = self._system(target).create(self._path(target))
        hadoop.io.IOUtils.copyBytes(limited, output, _PIECE, True)

    def write(self, path: str, data: bytes) -> None:
        """Writes a small file."""
        output = self._system(path).create(self._path(path))
        output.write(bytearray(data))
        output.close()

    def remove(self, path: str) -> None:
        """Takes a file away, or a folder with all that is in it, if it is there."""
        self._system(path).delete(self._path(path), True)


def path_of(uri: str) -> str:
    """The path in the URI of a file, as Spark names files.

    >>> path_of("file:///tmp/b%C3%A1o%20ch%C3%AD.txt"), path_of("file:/tmp/a%20b.txt")
    ('/tmp/báo chí.txt', '/tmp/a b.txt')
    """
    return unquote(urlsplit(uri).path)


def escaped(path: str) -> str:
    """A path as a pattern that matches only itself: Spark takes all it reads for patterns.

    >>> print(escaped("/tmp/a[1].txt"))
    /tmp/a\\[1\\].txt
    """
    return re.sub(r"[\\*?\[\]{}]", r"\\\g<0>", path)
