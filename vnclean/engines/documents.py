"""Whole documents as record batches: asked about, answered, and written anew, by many at once.

Three functions from batches to batches, each for one stage of a job on an engine that knows how to
bring rows together:

1. :func:`ask` takes the lines of documents, as bytes, those of a document together and in order.
   It gives rows of the document's bytes and, between them, the questions that the cleaner is asked
   about them (`vnclean.engines.sharing`), numbered.
2. :func:`answer` puts answers in the place of questions.  Its rows may come in any order, from any
   document: here the work is done, and a large document is done by many.
3. :func:`rewrite` takes the rows of each document together and in order again, and does what the
   command does with a file, but that the answers are there already.

Nothing here knows of an engine.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, TypeAlias

from vnclean.batch.notes import Notes
from vnclean.batch.reasons import internal_error
from vnclean.batch.work import FAILED, NOT_TEXT, REPAIRED, UNCHANGED
from vnclean.cleaner import Cleaner, shared_cleaner
from vnclean.documents.checksums import CheckedSink, CheckedStream
from vnclean.documents.encoding import BinaryInputError
from vnclean.engines.rows import (
    ANSWER,
    BYTES,
    QUESTION,
    Played,
    Recorded,
    Row,
    in_batches,
    lines_of,
    output_schema,
    rows_of,
    stage_schema,
)
from vnclean.engines.sharing import Answered, Asking, answered
from vnclean.errors import InputError
from vnclean.formats.kinds import Reading
from vnclean.pipeline import clean_blocks
from vnclean.reports.jsonl import encode_version
from vnclean.reports.origin import Origin
from vnclean.rewriting import Rewriter
from vnclean.settings.resolver import Settings

if TYPE_CHECKING:
    import pyarrow as pa

    from vnclean.pipeline import CleanedBlock

#: Says where a worker has a language model of the user's.
Model: TypeAlias = Callable[[], Path]
#: Numbers of what is no document: lines of a report, and what became of documents.
REPORT: Final = -1
STATUS: Final = -2
#: What is read of a stream that nobody wants to read.
_PIECE: Final = 1 << 18
#: So much of a document is held in memory while it is written; the rest on the disk.
_HELD: Final = 1 << 26


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of a job.

    ``path``: what reports call it; ``output``: where they say it goes.  ``group``: those with the
    same come together in the end.  ``mark``, ``newline``: what lines do not tell of its very
    beginning and end.  ``settings``: the number of those that hold for it.
    """

    number: int
    path: str
    output: str
    group: int
    mark: bytes = b""
    newline: bool = True
    settings: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """What every stage must know; small, for it goes to all workers.

    ``settings``: all that occur, in the order of the numbers that documents have for them.
    """

    settings: Sequence[Settings] = (Settings(),)
    model: Model | None = None

    def cleaner(self, document: Listed) -> Cleaner:
        """The one for a document; all of a process have the same tables."""
        shared = shared_cleaner(model=self.model and self.model())
        return shared.with_config(self.settings[document.settings].config)

    def reading(self, document: Listed) -> Reading:
        """How a document is read."""
        return self.settings[document.settings].reading


def ask(
    batches: Iterable[pa.RecordBatch], job: Job, documents: Mapping[str, Listed]
) -> Iterator[pa.RecordBatch]:
    """The first stage.

    Rows are ``path``, a key of ``documents``, and ``value``, a line without its line feed; those of
    a document come one after the other.
    """
    return in_batches(_asked_rows(batches, job, documents), stage_schema())


def _asked_rows(
    batches: Iterable[pa.RecordBatch], job: Job, documents: Mapping[str, Listed]
) -> Iterator[Row]:
    for path, runs in groupby(_runs(batches), key=lambda run: run[0]):
        document = documents[path]
        pieces = _whole(document, (lines for _, lines in runs))
        for place, (what, data) in enumerate(_asked(document, job, Recorded(pieces))):
            yield document.number, document.group, place, what, data


def _runs(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[str, bytes]]:
    """Lines of one document that follow each other, joined, with their line feeds."""
    for batch in batches:
        paths, values = batch.column("path").to_pylist(), batch.column("value").to_pylist()
        for path, numbers in groupby(range(len(paths)), key=paths.__getitem__):
            yield path, b"".join([part for at in numbers for part in (values[at], b"\n")])


def _whole(document: Listed, lines: Iterable[bytes]) -> Iterator[bytes]:
    """All bytes of a document."""
    held = document.mark
    for data in lines:
        if held:
            yield held
        held = data
    yield held if document.newline else held[:-1]


def _asked(document: Listed, job: Job, stream: Recorded) -> Iterator[tuple[str, bytes]]:
    """What is in a document, and the questions about it, each after what it is about.

    Of an archive nothing is asked: the last stage does it alone.
    """
    asking, reading = Asking(), job.reading(document)
    kind = reading.kind(document.path)
    if not kind.is_archive:
        rewriter = Rewriter(reading, partial(clean_blocks, cleaner=asking), _Nobody())
        try:
            for _ in rewriter.edited(document.path, rewriter.open_unpacked(kind, stream)):
                yield from ((BYTES, data) for data in stream.taken())
                yield from ((QUESTION, question) for question in asking.taken())
        except (InputError, UnicodeDecodeError):
            pass  # as the last stage will see, and tell
    while stream.read1(_PIECE):
        yield from ((BYTES, data) for data in stream.taken())
    yield from ((BYTES, data) for data in stream.taken())


class _Nobody:
    """Hears nothing: see `vnclean.rewriting.Told`."""

    def cleaned(self, path: str, block: CleanedBlock) -> None: ...

    def ended(self, origin: Origin) -> None: ...

    def failed(self, path: str, reason: str) -> None: ...

    def skipped(self, path: str, reason: str) -> None: ...


def answer(
    batches: Iterable[pa.RecordBatch], job: Job, documents: Mapping[int, Listed]
) -> Iterator[pa.RecordBatch]:
    """The second stage: the same rows with answers in the place of questions.

    ``documents`` are those of the job by their numbers.
    """
    rows = (
        (*row[:3], ANSWER, answered(row[4], job.cleaner(documents[row[0]])))
        if row[3] == QUESTION
        else row
        for row in rows_of(batches)
    )
    return in_batches(rows, stage_schema())


def rewrite(
    batches: Iterable[pa.RecordBatch], job: Job, documents: Mapping[int, Listed]
) -> Iterator[pa.RecordBatch]:
    """The last stage; ``documents`` are those of the job by their numbers.

    Rows have no ``what`` any more.  Those with the ``number`` of a document are its text, in the
    order of ``place``: what is between line feeds, many lines at a time; whether a line feed
    follows the last one, the status says.  Those with the number :data:`REPORT` are lines of a
    report, a report for each ``group``; those with the number :data:`STATUS` say what became of
    documents: see :func:`without_lines`.
    """
    return in_batches(_rewritten_rows(batches, job, documents), output_schema())


def _rewritten_rows(
    batches: Iterable[pa.RecordBatch], job: Job, documents: Mapping[int, Listed]
) -> Iterator[Row]:
    group, place = None, 0
    for number, rows in groupby(rows_of(batches), key=lambda row: row[0]):
        document = documents[number]
        if document.group != group:
            group, place = document.group, 1
            yield REPORT, group, 0, encode_version()[:-1]
        written = _written(document, job, Played((row[3], row[4]) for row in rows))
        for target, data in written:
            yield target, group, place, data
            place += 1


def _written(document: Listed, job: Job, played: Played) -> Iterator[tuple[int, bytes]]:
    """The number and data of rows."""
    with (
        tempfile.TemporaryDirectory(prefix="vnclean-") as scratch,
        tempfile.SpooledTemporaryFile(_HELD, dir=scratch) as output,
    ):
        told = Notes(document.path, scratch)
        status = _rewritten(document, job, played, output, told, Path(scratch))
        if status["outcome"] != FAILED:  # otherwise what was told on the way is worth nothing
            lines, spilled = told.finish()
            status |= {"newline": True, "failures": told.failures, "skipped": told.skips}
            status["counts"] = told.counts()
            output.seek(0)
            for line, ended in lines_of(output):
                yield document.number, line
                status["newline"] = ended
            with Path(spilled).open("rb") if spilled else io.BytesIO(lines) as report:
                yield from ((REPORT, line) for line, _ in lines_of(report))
        yield STATUS, json.dumps(status).encode()


def without_lines(document: Listed, job: Job) -> tuple[bytes, dict[str, Any]]:
    """What becomes of a document that has no lines: its bytes, and what a row of status says.

    Fields of a status: ``number``; ``outcome``, as of a file in `vnclean.batch.work`, and the
    ``reason`` if it failed; ``sizes`` of what was read and written.  If it has not failed, too:
    ``counts``, as of `Summary.counts`; ``newline``: whether it ends with one; ``failures`` in it
    and what was ``skipped``, each by its path and reason.
    """
    *_, (_, data) = _written(document, job, Played(iter([(BYTES, document.mark)])))
    return document.mark, json.loads(data)


def _rewritten(
    document: Listed, job: Job, played: Played, output: IO[bytes], told: Notes, scratch: Path
) -> dict[str, Any]:
    """Writes a document, as `vnclean.batch.work` does; says what became of it."""
    stream, sink = CheckedStream(played), CheckedSink(output)
    reading, reason = job.reading(document), ""
    is_archive = reading.kind(document.path).is_archive
    by = job.cleaner(document) if is_archive else Answered(played.next_answer)
    try:
        rewriter = Rewriter(reading, partial(clean_blocks, cleaner=by), told, scratch)
        changed = rewriter.rewrite(document.path, stream, sink)
        outcome = REPAIRED if changed else UNCHANGED
        told.written((stream.digest(), sink.digest()), document.output, None, reading.fields)
    except BinaryInputError as error:
        outcome = NOT_TEXT
        output.write(error.head)
        while data := played.read1(_PIECE):
            output.write(data)
    except InputError as error:
        outcome, reason = FAILED, str(error)
    except Exception as error:
        outcome, reason = FAILED, internal_error(error)
    return {
        "number": document.number,
        "outcome": outcome,
        "reason": reason,
        "sizes": [played.size, output.tell()],
    }
