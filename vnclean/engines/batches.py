"""Record batches of Arrow: the one function that engines of data frames call.

A batch is a part of a table, and its cells go the way of those of a Parquet file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from vnclean.archives.columns import Column, ColumnRewriter, find_column, told_columns
from vnclean.cleaner import shared_cleaner
from vnclean.config import Config
from vnclean.errors import UsageError
from vnclean.formats.kinds import TEXT_FIELDS, Reading
from vnclean.garbage import collecting_seldom
from vnclean.language import translated
from vnclean.pipeline import CleanedBlock, Finding, Repairer, clean_blocks
from vnclean.reports.jsonl import record
from vnclean.reports.origin import Origin
from vnclean.rewriting import Rewriter

if TYPE_CHECKING:
    import pyarrow as pa


def clean_batches(
    batches: Iterable[pa.RecordBatch],
    columns: str | Sequence[str] = TEXT_FIELDS,
    config: Config | None = None,
    *,
    edits: str | None = None,
) -> Iterator[pa.RecordBatch]:
    """Each batch with the text in ``columns`` repaired, as it comes; all else is as it was.

    Every value is a document of its own, as in the Parquet files of the command.  It may be a
    string of any kind (dictionary-encoded, large, a view), ``a.b`` is ``b`` within ``a``, and
    lists are gone through.  Nulls, order, schema and metadata stay.

    ``edits``: the name of a column to be added, with the edits of each row, of type
    :func:`edits_type`.

    Raises UsageError at once if pyarrow is missing; with the batch if it has no such columns, or
    has one called ``edits`` already.

    >>> import pyarrow as pa
    >>> batch = pa.record_batch({"id": [1, 2], "text": ["chng dch bnh", None]})
    >>> [made] = clean_batches([batch], edits="edits")
    >>> made["text"].to_pylist()
    ['chống dịch bệnh', None]
    >>> [[(edit["before"], edit["after"]) for edit in row] for row in made["edits"].to_pylist()]
    [[('chng', 'chống'), ('dch', 'dịch'), ('bnh', 'bệnh')], []]
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise UsageError(
            translated("clean_batches needs pyarrow; pip install 'vnclean[arrow]'")
        ) from None
    names = (columns,) if isinstance(columns, str) else tuple(dict.fromkeys(columns))
    settings = config or Config()
    reading = Reading(fields=names, across_lines=settings.across_lines)
    return batches_by(shared_cleaner(settings), batches, reading, edits=edits)


def batches_by(
    cleaner: Repairer,
    batches: Iterable[pa.RecordBatch],
    reading: Reading,
    *,
    edits: str | None = None,
    heard: Callable[[CleanedBlock], None] | None = None,
) -> Iterator[pa.RecordBatch]:
    """The same by any ``cleaner``, of the columns that ``reading.fields`` names.

    ``heard``: is told what was cleaned, before the batch that it is of.
    """
    return map(_Batches(cleaner, reading, edits, heard).cleaned, batches)


def edits_type() -> pa.DataType:
    """Of the column with the edits: lists of the fields that a line of a report has of them.

    ``field`` is the column the edit is in, with the numbers of items of lists in brackets;
    ``start`` and ``end`` are code points of that value.
    """
    import pyarrow as pa

    alternative = pa.struct([("text", pa.string()), ("probability", pa.float64())])
    fields = {
        "field": pa.string(),
        "start": pa.int64(),
        "end": pa.int64(),
        "before": pa.string(),
        "after": pa.string(),
        "kind": pa.string(),
        "mode": pa.string(),
        "confidence": pa.float64(),
        "alternatives": pa.list_(alternative),
        "context": pa.string(),
        "applied": pa.bool_(),
        "kept_by": pa.string(),
    }
    return pa.list_(pa.struct(list(fields.items())))


class _Batches:
    """Rewrites batches one by one."""

    def __init__(
        self,
        cleaner: Repairer,
        reading: Reading,
        edits: str | None,
        heard: Callable[[CleanedBlock], None] | None,
    ) -> None:
        self._edits = edits
        self._reading = reading
        self._clean = partial(clean_blocks, cleaner=cleaner)
        self._heard = heard

    def cleaned(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with its text repaired, and a column of edits if one is asked for."""
        if self._edits is not None:
            check_free(batch.schema, self._edits)
        told = _Told(batch.num_rows, self._heard, wanted=self._edits is not None)
        with collecting_seldom():
            repaired = self._repaired(batch, told)
        return repaired if self._edits is None else told.added_to(repaired, self._edits)

    def _repaired(self, batch: pa.RecordBatch, told: _Told) -> pa.RecordBatch:
        import pyarrow as pa

        columns = [column_of(batch.schema, name) for name in self._reading.fields]
        if not batch.num_rows:
            return batch
        table = pa.Table.from_batches([batch])
        rewriter = ColumnRewriter(Rewriter(self._reading, self._clean, told), path="")
        for column in columns:
            table = rewriter.rewrite(table, column)
        arrays = [column.chunk(0) for column in table.columns]
        return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)


def column_of(schema: pa.Schema, name: str) -> Column:
    """The column of text called ``name``; raises UsageError if there is none."""
    try:
        return find_column(schema, name)
    except KeyError:
        raise UsageError(
            translated(
                "columns: there is no {name!r} with text, only {known}; choose one of them",
                name=name,
                known=told_columns(schema),
            )
        ) from None


def check_free(schema: pa.Schema, name: str) -> None:
    """Raises UsageError if there is a column called ``name`` already."""
    if name in schema.names:
        raise UsageError(
            translated(
                "edits={name!r}: there is a column of that name; choose another one", name=name
            )
        )


class _Told:
    """Keeps the edits of each row of a batch, if they are wanted."""

    def __init__(
        self, rows: int, heard: Callable[[CleanedBlock], None] | None, *, wanted: bool
    ) -> None:
        self._rows: list[list[dict[str, Any]]] = [[] for _ in range(rows)]
        self._heard = heard
        self._wanted = wanted

    def cleaned(self, path: str, block: CleanedBlock) -> None:
        if self._heard:
            self._heard(block)
        if self._wanted:
            for finding in block.findings(path):
                assert finding.record is not None
                self._rows[finding.record - 1].append(_fields(finding))

    def ended(self, origin: Origin) -> None:
        """Arrow holds nothing but UTF-8."""

    def failed(self, path: str, reason: str) -> None:
        """All values are what they should be."""

    def skipped(self, path: str, reason: str) -> None:
        """Nothing is."""

    def added_to(self, batch: pa.RecordBatch, name: str) -> pa.RecordBatch:
        """The batch with a column called ``name`` of what was kept."""
        import pyarrow as pa

        field = pa.field(name, edits_type())
        arrays = [*batch.columns, pa.array(self._rows, field.type)]
        return pa.RecordBatch.from_arrays(arrays, schema=batch.schema.append(field))


def _fields(finding: Finding) -> dict[str, Any]:
    """Those of :func:`edits_type`; bytes that are no text appear as they do in a report."""
    told: dict[str, Any] = record(finding)
    pairs = [{"text": _encodable(word), "probability": p} for word, p in told["alternatives"]]
    words = {name: _encodable(told[name]) for name in ("before", "after", "context")}
    return told | words | {"alternatives": pairs, "kept_by": finding.edit.kept_by}


def _encodable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
