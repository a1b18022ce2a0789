"""Parquet files: the cells of some columns are rewritten, row group by row group."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any, Final

from vnclean.archives.columns import Column, ColumnRewriter, find_column, told_columns
from vnclean.archives.spools import seekable_file
from vnclean.documents.text import ByteStream
from vnclean.errors import InputError
from vnclean.language import translated
from vnclean.reports.origin import PLAIN, Origin

if TYPE_CHECKING:
    import pyarrow as pa

    from vnclean.rewriting import Rewriter, Sink

#: Says that the file has the schema as Arrow knows it, too.
_ARROW_SCHEMA: Final = b"ARROW:schema"
_DICTIONARIES: Final = {"RLE_DICTIONARY", "PLAIN_DICTIONARY"}


def damaged(reason: str) -> str:
    """What to say of a file of which it is told in so many words why it cannot be read."""
    first = reason.partition("\n")[0].rstrip(".") or translated("not readable")
    return translated("is no Parquet file, or damaged, get it anew ({reason})", reason=first)


def no_column(name: str, schema: pa.Schema) -> str:
    """What to say of a file that has no such column of text."""
    return translated(
        "has no column {name!r} with text, only {names}; choose one with --column",
        name=name,
        names=told_columns(schema),
    )


def rewrite_parquet(rewriter: Rewriter, path: str, stream: ByteStream, sink: Sink) -> bool:
    """Rewrites a Parquet file; returns whether any cell differs.

    Raises InputError if it is damaged, if it has no such columns as `Reading.fields` names, or if
    what it holds cannot be written as it was.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise InputError(
            translated("is a Parquet file; to read it, pip install 'vnclean[parquet]'")
        ) from None
    try:
        with seekable_file(stream, rewriter.scratch) as file:
            return _Parquet(rewriter, path, file).rewrite(sink)
    finally:  # a worker goes on to other files
        pyarrow.default_memory_pool().release_unused()


class _Parquet:
    def __init__(self, rewriter: Rewriter, path: str, file: IO[bytes]) -> None:
        import pyarrow.parquet as parquet

        with _reading():
            self._file = parquet.ParquetFile(file)
            self._schema = self._file.schema_arrow
            self._metadata = self._file.metadata
            self._columns = [self._column(name) for name in rewriter.reading.fields]
        self._rewriter = rewriter
        self._path = path

    def _column(self, name: str) -> Column:
        try:
            return find_column(self._schema, name)
        except KeyError:
            raise InputError(no_column(name, self._schema)) from None

    def rewrite(self, sink: Sink) -> bool:
        import pyarrow.parquet as parquet

        settings = self._settings()
        self._check(settings)
        columns = ColumnRewriter(self._rewriter, self._path)
        output = _Output(sink)
        with parquet.ParquetWriter(output, self._schema, **settings) as writer:
            for number in range(self._metadata.num_row_groups):
                group = self._metadata.row_group(number)
                self._refuse_bomb(group)
                with _reading():
                    table = self._file.read_row_group(number, use_threads=False)
                for column in self._columns:
                    table = columns.rewrite(table, column)
                columns.first_row += table.num_rows
                writer.write_table(table, row_group_size=max(1, table.num_rows))
        origin = Origin(self._path, PLAIN, PLAIN, columns.invalid_bytes, columns.invalid_row)
        digests = columns.read.hexdigest(), columns.written.hexdigest()
        self._rewriter.told.ended(replace(origin, digest=digests[0], output_digest=digests[1]))
        return columns.changed

    def _refuse_bomb(self, group: Any) -> None:
        columns = [group.column(number) for number in range(group.num_columns)]
        unpacked = sum(column.total_uncompressed_size for column in columns)
        packed = sum(column.total_compressed_size for column in columns)
        self._rewriter.new_expansion().promised(unpacked, packed)

    def _settings(self) -> dict[str, Any]:
        """What has the file written as it was."""
        metadata = self._metadata
        settings: dict[str, Any] = {
            "version": metadata.format_version,
            "store_schema": _ARROW_SCHEMA in (metadata.metadata or {}),
            "use_compliant_nested_type": True,
        }
        if not metadata.num_row_groups:
            return settings
        group = metadata.row_group(0)
        columns = [group.column(number) for number in range(metadata.num_columns)]
        settings["compression"] = {
            column.path_in_schema: column.compression.replace("UNCOMPRESSED", "NONE")
            for column in columns
        }
        settings["use_dictionary"] = [
            column.path_in_schema for column in columns if _DICTIONARIES & set(column.encodings)
        ]
        types = {column.physical_type for column in columns}
        settings["use_deprecated_int96_timestamps"] = "INT96" in types
        schema = self._file.schema
        settings["store_decimal_as_integer"] = any(
            schema.column(number).logical_type.type == "DECIMAL"
            and schema.column(number).physical_type in ("INT32", "INT64")
            for number in range(metadata.num_columns)
        )
        settings["write_statistics"] = [
            column.path_in_schema for column in columns if column.is_stats_set
        ]
        settings["write_page_index"] = any(column.has_column_index for column in columns)
        settings["use_compliant_nested_type"] = not any(
            ".list.item" in column.path_in_schema for column in columns
        )
        settings["sorting_columns"] = group.sorting_columns or None
        return settings

    def _check(self, settings: dict[str, Any]) -> None:
        """Raises InputError if the columns would come out as others."""
        import pyarrow.parquet as parquet

        probe = io.BytesIO()
        with _reading():
            with parquet.ParquetWriter(probe, self._schema, **settings):
                pass
            probe.seek(0)
            written = parquet.ParquetFile(probe)
            if not written.schema.equals(self._file.schema):
                raise InputError(
                    translated(
                        "has columns that cannot be written as they are; convert it with what made "
                        "it"
                    )
                )


class _Output:
    """A sink as a file."""

    closed = False

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._written = 0

    def write(self, data: bytes) -> int:
        self._sink.write(bytes(data))
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """The sink is closed by whoever opened it."""


@contextmanager
def _reading() -> Iterator[None]:
    """Turns what is raised about a damaged file into one InputError."""
    import pyarrow

    try:
        yield
    except (pyarrow.ArrowException, ValueError, TypeError, LookupError, MemoryError) as error:
        reason = str(error)
    except OSError as error:
        if error.errno is not None:
            raise
        reason = str(error)
    else:
        return
    raise InputError(damaged(reason))
