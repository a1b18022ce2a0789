"""What is done with one file: read, cleaned, written beside its place, and told in a few numbers.

This runs in a worker, or, for a file whose blocks are shared out among workers, beside them.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any, Final

from vnclean.batch.inputs import Identity, identity
from vnclean.batch.notes import Notes
from vnclean.cleaner import Cleaner
from vnclean.documents.checksums import digest_of, new_checksum
from vnclean.documents.encoding import BinaryInputError
from vnclean.documents.source import Source
from vnclean.errors import InputError, OutputError, reason_of
from vnclean.formats.kinds import Reading
from vnclean.language import altered, marked, translated
from vnclean.pipeline import clean_blocks, edits_of
from vnclean.rewriting import Clean, Rewriter
from vnclean.settings.resolver import Settings

#: What became of a file.
REPAIRED: Final = marked("repaired")
UNCHANGED: Final = marked("unchanged")
NOT_TEXT: Final = marked("not text")
FAILED: Final = "failed"
#: It failed in a way in which all others would.
STOPPED: Final = "stopped"
_SHARED_TROUBLE: Final = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class FileTask:
    """``path`` is to be read and the result written to ``temporary``.

    ``scratch``: the folder for whatever else must be written meanwhile.  ``mirrored``: there is to
    be a result even if nothing is repaired, with the times of the original.
    """

    path: str
    temporary: str
    scratch: str
    mirrored: bool
    place: str  #: where the result will be
    backup: str | None = None  #: and where the original, if it is replaced
    settings: Settings | None = None  #: what holds for it, if not what does for most


@dataclass(slots=True)
class FileResult:
    """What became of a file, and all that is to be remembered of it."""

    outcome: str
    reason: str = ""
    identity: Identity = (0, 0, 0, 0)  #: of the file as it was read
    digest: str = ""
    output_size: int = 0
    output_digest: str = ""
    counts: dict[str, Any] = field(default_factory=dict)  #: of `Summary.counts`
    failures: list[tuple[str, str]] = field(default_factory=list)  #: of parts of it
    skipped: list[tuple[str, str]] = field(default_factory=list)
    edits: bytes = b""  #: lines of the report
    edits_file: str = ""  #: where they are if they are many


class FileWork:
    """The handler of a worker: does files, and finds the edits of blocks."""

    def __init__(self, cleaner: Cleaner, settings: Settings) -> None:
        """``settings``: what holds for most files, and is set for ``cleaner``."""
        self._cleaner = cleaner
        self._settings = settings

    def __call__(self, *question: Any) -> Any:
        """Takes a :class:`FileTask`, or what :func:`~vnclean.pipeline.edits_of` takes."""
        if isinstance(question[0], FileTask):
            settings = question[0].settings or self._settings
            clean = partial(clean_blocks, cleaner=self._cleaner.with_config(settings.config))
            return do_file(question[0], settings.reading, clean)
        return edits_of(self._cleaner, *question)


def do_file(
    task: FileTask,
    reading: Reading,
    clean: Clean,
    watch: Callable[[int, int], None] | None = None,
) -> FileResult:
    """Reads, cleans and writes one file; never raises what is the file's or the disk's fault.

    ``watch``: is told now and then how many bytes were read and how many repairs made.
    """
    told = Notes(task.path, task.scratch)
    done = False
    try:
        result = _do_file(task, reading, clean, told, watch)
        done = result.outcome not in (FAILED, STOPPED)
        return result
    except OutputError as error:
        cause = error.__cause__
        shared = isinstance(cause, OSError) and cause.errno in _SHARED_TROUBLE
        return FileResult(STOPPED if shared else FAILED, str(error))
    except OSError as error:
        outcome = STOPPED if error.errno in (errno.ENOSPC, errno.EDQUOT) else FAILED
        return FileResult(outcome, reason_of(error))
    except InputError as error:
        start = f"{task.path}: "
        return FileResult(FAILED, altered(str(error), lambda text: text.removeprefix(start)))
    finally:
        if not done:
            told.discard()
            Path(task.temporary).unlink(missing_ok=True)


def _do_file(
    task: FileTask,
    reading: Reading,
    clean: Clean,
    told: Notes,
    watch: Callable[[int, int], None] | None,
) -> FileResult:
    with Path(task.path).open("rb", buffering=0) as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            return FileResult(FAILED, translated("is no regular file any more; run again"))
        digest = digest_of(file.fileno())
        told.watch = partial(_watch, file.fileno(), watch) if watch else None
        with _Output(task.temporary) as output:
            try:
                rewriter = Rewriter(reading, clean, told, Path(task.scratch))
                changed = rewriter.rewrite(task.path, Source(file.fileno()), output)
                outcome = REPAIRED if changed else UNCHANGED
            except BinaryInputError:
                outcome, changed = NOT_TEXT, False
            kept = changed or task.mirrored  # otherwise the file itself stays in its place
            if kept and not changed:
                output.copy(file.fileno())
            result = FileResult(outcome, "", identity(before), digest)
            if kept:
                result.output_size, result.output_digest = output.size, output.digest()
            else:
                result.output_size, result.output_digest = before.st_size, digest_of(file.fileno())
            if identity(os.fstat(file.fileno())) != result.identity or (
                not changed and result.output_digest != digest
            ):
                return FileResult(FAILED, translated(CHANGING))
            if kept:
                output.finish(before, times=task.mirrored)
    if not kept:
        Path(task.temporary).unlink()
    result.counts, result.failures, result.skipped = told.counts(), told.failures, told.skips
    backup = task.backup if changed else None
    told.written((digest, result.output_digest), task.place, backup, reading.fields)
    result.edits, result.edits_file = told.finish()
    return result


#: The one failure that is worth trying again at once.
CHANGING: Final = marked(
    "was changed while it was being read; run again with --resume once it is at rest"
)


def _watch(fileno: int, watch: Callable[[int, int], None], repairs: int) -> None:
    watch(os.lseek(fileno, 0, os.SEEK_CUR), repairs)


@contextmanager
def _written() -> Iterator[None]:
    """Turns an ``OSError`` into an OutputError: what goes wrong is the output's fault."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            translated("cannot be written: {reason}", reason=reason_of(error))
        ) from error


class _Output:
    """A new file, with its size and checksum.  Raises OutputError for what goes wrong in it."""

    def __init__(self, path: str) -> None:
        self.size = 0
        self._digest = new_checksum()
        with _written():
            self._file: IO[bytes] = Path(path).open("wb")  # noqa: SIM115 (closed on leaving)

    def write(self, data: bytes) -> int:
        """Adds ``data``."""
        with _written():
            self._file.write(data)
        self._digest.update(data)
        self.size += len(data)
        return len(data)

    def copy(self, fileno: int) -> None:
        """Instead of what was written, all that is in another file."""
        with _written():
            self._file.seek(0)
            self._file.truncate()
        self.size, self._digest = 0, new_checksum()
        while data := os.pread(fileno, _PIECE, self.size):
            self.write(data)

    def digest(self) -> str:
        """The checksum of what was written."""
        return self._digest.hexdigest()

    def finish(self, like: os.stat_result, *, times: bool) -> None:
        """Everything is on the disk, with mode and owner (and times) of another file."""
        fileno = self._file.fileno()
        with _written():
            self._file.flush()
            with suppress(OSError):  # only root may give files away
                os.fchown(fileno, like.st_uid, like.st_gid)
            os.fchmod(fileno, stat.S_IMODE(like.st_mode) & 0o777)
            if times:
                os.utime(fileno, ns=(like.st_atime_ns, like.st_mtime_ns))
            os.fsync(fileno)

    def __enter__(self) -> _Output:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # of a full disk, which has been told
            self._file.close()
