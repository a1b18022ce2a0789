"""Rows of record batches, and the bytes and answers in them as a stream.

Between the stages of `vnclean.engines.documents` a row is the ``number`` and ``group`` of a
document, its ``place`` there, ``what`` it is, and ``data``; in the end it is all but ``what``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    import pyarrow as pa

Row: TypeAlias = tuple[Any, ...]
#: What a row holds: bytes of a document, or what was asked about them, or the answer.
BYTES: Final = "bytes"
QUESTION: Final = "question"
ANSWER: Final = "answer"
#: At about so many bytes a batch is full, and so many are read of a file at a time.
_BATCH: Final = 1 << 22
_PIECE: Final = 1 << 20


class Recorded:
    """A :class:`~vnclean.documents.text.ByteStream` of pieces; keeps what was read of it.

    >>> stream = Recorded(iter([b"text"]))
    >>> stream.read1(3), stream.read1(3), stream.read1(3), stream.taken()
    (b'tex', b't', b'', [b'tex', b't'])
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = memoryview(b"")
        self._taken: list[bytes] = []

    def read1(self, size: int, /) -> bytes:
        if not self._piece:
            self._piece = memoryview(next(self._pieces, b""))
        data, self._piece = bytes(self._piece[:size]), self._piece[size:]
        if data:
            self._taken.append(data)
        return data

    def seekable(self) -> bool:
        return True

    def taken(self) -> list[bytes]:
        """What was read since the last time."""
        taken, self._taken = self._taken, []
        return taken


class Played:
    """A :class:`~vnclean.documents.text.ByteStream` of rows, with the answers between them.

    >>> stream = Played(iter([(BYTES, b"text"), (ANSWER, b"42")]))
    >>> stream.read1(1), stream.next_answer(), stream.size
    (b'text', b'42', 4)
    """

    def __init__(self, rows: Iterator[tuple[str, bytes]]) -> None:
        self._rows = rows
        self._bytes: deque[bytes] = deque()
        self._answers: deque[bytes] = deque()
        self.size = 0  #: of what was read

    def read1(self, size: int, /) -> bytes:
        """The next piece, as it was read when the questions were asked, whatever ``size``."""
        while not self._bytes and self._advance():
            pass
        data = self._bytes.popleft() if self._bytes else b""
        self.size += len(data)
        return data

    def seekable(self) -> bool:
        return True

    def next_answer(self) -> bytes:
        """The next answer; raises RuntimeError if there is none."""
        while not self._answers:
            if not self._advance():
                raise RuntimeError("a question has no answer")
        return self._answers.popleft()

    def _advance(self) -> bool:
        row = next(self._rows, None)
        if row is not None:
            what, data = row
            (self._answers if what == ANSWER else self._bytes).append(data)
        return row is not None


def lines_of(file: IO[bytes]) -> Iterator[tuple[bytes, bool]]:
    """What is between line feeds, many lines at a time, and whether a line feed follows.

    >>> import io
    >>> list(lines_of(io.BytesIO(b"one\\n\\ntwo"))), list(lines_of(io.BytesIO(b"\\n")))
    ([(b'one\\n', True), (b'two', False)], [(b'', True)])
    """
    parts: list[bytes] = []
    while data := file.read(_PIECE):
        whole, found, rest = data.rpartition(b"\n")
        if found:
            yield b"".join([*parts, whole]), True
            parts = []
        parts.append(rest)
    if any(parts):
        yield b"".join(parts), False


def stage_schema() -> pa.Schema:
    """Of rows between stages."""
    import pyarrow as pa

    numbers = [("number", pa.int64()), ("group", pa.int64()), ("place", pa.int64())]
    return pa.schema([*numbers, ("what", pa.string()), ("data", pa.binary())])


def output_schema() -> pa.Schema:
    """Of rows at the end."""
    schema = stage_schema()
    return schema.remove(schema.get_field_index("what"))


def rows_of(batches: Iterable[pa.RecordBatch]) -> Iterator[Row]:
    """The rows of batches between stages."""
    for batch in batches:
        columns = (batch.column(name).to_pylist() for name in stage_schema().names)
        yield from zip(*columns, strict=True)


def in_batches(rows: Iterable[Row], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Rows, the last field of which is bytes, in batches of not much more than some megabytes."""
    kept: list[Row] = []
    size = 0
    for row in rows:
        kept.append(row)
        size += len(row[-1])
        if size >= _BATCH:
            yield _batch(kept, schema)
            kept, size = [], 0
    if kept:
        yield _batch(kept, schema)


def _batch(rows: list[Row], schema: pa.Schema) -> pa.RecordBatch:
    import pyarrow as pa

    columns = zip(zip(*rows, strict=True), schema, strict=True)
    arrays = [pa.array(values, field.type) for values, field in columns]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
