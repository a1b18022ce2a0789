"""The run over all files: shared out among workers, put in place, remembered.

The order is this, whatever ends the run: a worker writes the output into a temporary file; its
report lines are kept; the manifest says that the file is begun, with checksums of what was read and
of what comes out; all that is on the disk; the temporary file is renamed; the manifest says done.
So the next run finds either the old file, or the new one and who made it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from vnclean.batch.inputs import File, Identity, identity
from vnclean.batch.manifest import Manifest, Record
from vnclean.batch.plan import Plan
from vnclean.batch.work import (
    CHANGING,
    FAILED,
    STOPPED,
    FileResult,
    FileTask,
    FileWork,
    digest_of,
    do_file,
)
from vnclean.cleaner import Cleaner
from vnclean.documents.atomic import keep_original
from vnclean.documents.lines import Block
from vnclean.errors import OutputError, VncleanError, WorkerError, describe
from vnclean.formats.kinds import Reading
from vnclean.parallel import Task, Workers
from vnclean.pipeline import CleanedBlock

#: A file with more is shared out by blocks.  Bytes, as if unpacked.
LARGE: Final = 1 << 23
#: How many times its size what is packed may well have.
_PACKED: Final = 4
#: How long to wait before showing that time goes by, in seconds.
_TICK: Final = 0.25


class Watcher(Protocol):
    """Sees how far the run is."""

    def file(self, size: int, repairs: int) -> None:
        """A file of that size is done."""

    def within(self, size: int, repairs: int) -> None:
        """So much of a large file is done."""

    def tick(self) -> None:
        """Time goes by."""

    def say(self, message: str) -> None:
        """Something that the user should know."""


class Engine:
    """Does the files of a plan.  ``failed``: which could not be done, and why.

    ``looking``: nothing is to be written, not even into the manifest.
    """

    def __init__(
        self, plan: Plan, manifest: Manifest, watcher: Watcher, *, looking: bool = False
    ) -> None:
        self._looking = looking
        self._plan = plan
        self._manifest = manifest
        self.watcher = watcher
        self.failed: dict[str, str] = {}
        self._under_way: dict[int, tuple[Task, File, bool]] = {}
        self._folders: set[str] = set()

    def pending(self) -> list[File]:
        """The files that are to be done, the largest first: all that are not known to be done."""
        files = [file for file in self._plan.inputs.files if not self._is_done(file)]
        return sorted(files, key=lambda file: (-file.size, file.target))

    def _is_done(self, file: File) -> bool:
        key = self._plan.key(file)
        known = self._manifest.record(key)
        if not known:
            return False
        record, output = known
        if self._plan.output is None:
            return self._is_output(file.path, key, record, output, file.identity)
        if tuple(record["input"]) != file.identity:
            if file.size != record["input"][0] or _digest(file.path) != record["digest"]:
                return False
            record, output = record | {"input": file.identity}, None
        place = self._plan.place(file.target)
        try:
            now = identity(os.lstat(place))
        except OSError:
            return False
        return self._is_output(place, key, record, output, now)

    def _is_output(
        self, place: str, key: str, record: Record, known: Identity | None, now: Identity
    ) -> bool:
        """Whether what is in its place is what was made; notes how it looks now."""
        if known == now:
            return True
        if now[0] != record["size"] or _digest(place) != record["output_digest"]:
            return False
        if not self._looking:
            self._manifest.begin(key, {name: record[name] for name in record if name != "begun"})
            self._manifest.end(key, now)
        return True

    def run(self, files: Iterable[File], cleaner: Cleaner, reading: Reading, jobs: int) -> None:
        """Does ``files``; leaves no temporary file behind, whatever it raises.

        Raises OutputError if no output can be written any more, and what the workers raise.
        """
        scratch = self._plan.scratch
        shutil.rmtree(scratch, ignore_errors=True)
        try:
            scratch.mkdir(parents=True)
            for leftover in self._plan.inputs.leftovers:
                Path(leftover).unlink(missing_ok=True)
            with Workers(cleaner, jobs, FileWork(cleaner, reading)) as workers:
                for file in files:
                    if _is_large(file, reading):
                        self._do_large(file, reading, workers)
                        continue
                    while workers.unfinished >= 2 * jobs:
                        self._wait(workers)
                    self._submit(file, workers)
                while workers.unfinished or workers.finished:
                    self._wait(workers)
        finally:
            for _, file, _ in self._under_way.values():
                Path(self._plan.temporary(file)).unlink(missing_ok=True)
            shutil.rmtree(scratch, ignore_errors=True)

    def _task(self, file: File) -> FileTask:
        path = file.path if self._plan.output else file.target
        mirrored = self._plan.output is not None
        return FileTask(path, self._plan.temporary(file), str(self._plan.scratch), mirrored)

    def _submit(self, file: File, workers: Workers, *, again: bool = False) -> None:
        task = workers.submit(self._task(file))
        self._under_way[id(task)] = task, file, again

    def _wait(self, workers: Workers) -> None:
        """Puts into their places the files that are done by then."""
        if not workers.finished:
            workers.wait(_TICK)
        results = []
        while workers.finished:
            task = workers.finished.popleft()
            _, file, again = self._under_way.pop(id(task))
            result = _result_of(task)
            if not again and (isinstance(task.answer, WorkerError) or result.reason == CHANGING):
                self._submit(file, workers, again=True)
            else:
                results.append((file, result))
        self._settle(results)
        for file, result in results:
            self.watcher.file(file.size, _repairs(result))
        self.watcher.tick()

    def _do_large(self, file: File, reading: Reading, workers: Workers) -> None:
        def clean(blocks: Iterable[Block]) -> Iterator[CleanedBlock]:
            return workers.clean_blocks(_Ready(blocks))

        try:
            result = do_file(self._task(file), reading, clean, self.watcher.within)
        except WorkerError as error:
            result = FileResult(FAILED, str(error))
        self._settle([(file, result)])
        self.watcher.file(file.size, _repairs(result))

    def _settle(self, results: list[tuple[File, FileResult]]) -> None:
        """Puts outputs into their places, together, for waiting for the disk is slow."""
        ready = []
        for file, result in results:
            reason = result.reason or self._obstacle(file, result)
            if result.outcome == STOPPED:
                self.failed[file.path] = reason
                raise OutputError(f"{self._plan.place(file.target)}: {reason}")
            if reason:
                self._fail(file, result, reason)
                continue
            edits = self._manifest.add_edits(result.edits, result.edits_file)
            self._manifest.begin(self._plan.key(file), self._record(result, edits))
            ready.append((file, result))
        if not ready:
            return
        self._manifest.flush()
        for file, result in ready:
            try:
                self._manifest.end(self._plan.key(file), self._put(file, result))
            except OSError as error:
                self._fail(file, result, describe("", error).removeprefix(": "))
        self._manifest.flush(to_disk=False)

    def _record(self, result: FileResult, edits: tuple[int, int]) -> Record:
        record: Record = {
            "outcome": result.outcome,
            "input": result.identity,
            "digest": result.digest,
            "size": result.output_size,
            "output_digest": result.output_digest,
            "edits": edits,
            "counts": result.counts,
        }
        optional = {
            "failures": result.failures,
            "skipped": result.skipped,
            "backup": self._plan.backup,
        }
        return record | {name: value for name, value in optional.items() if value}

    def _fail(self, file: File, result: FileResult, reason: str) -> None:
        """Names a file that could not be done; what an earlier run made of it no longer holds."""
        self.failed[file.path] = reason
        self.watcher.say(f"{file.path}: {reason}")
        for temporary in self._plan.temporary(file), result.edits_file:
            if temporary:
                Path(temporary).unlink(missing_ok=True)
        key = self._plan.key(file)
        if self._plan.output and key in self._manifest:
            with suppress(OSError):
                Path(self._plan.place(file.target)).unlink(missing_ok=True)
        self._manifest.forget(key)

    def _obstacle(self, file: File, result: FileResult) -> str:
        """What keeps an output from its place; nothing if nothing does."""
        place, key = self._plan.place(file.target), self._plan.key(file)
        if self._plan.output:
            foreign = key not in self._manifest and not self._plan.force and os.path.lexists(place)
            return f"{place} exists already; move it away" if foreign else ""
        if _identity(place) != result.identity:
            return CHANGING
        if self._plan.backup and self._replaces(result):
            backup = place + self._plan.backup
            if os.path.lexists(backup) and not self._is_our_backup(key, backup, result):
                return f"{backup} exists already; move it away or choose another --backup"
        return ""

    def _is_our_backup(self, key: str, backup: str, result: FileResult) -> bool:
        """Whether a run was killed after it had kept the original, before it replaced it."""
        known = self._manifest.record(key, outdated=True)
        return bool(
            known
            and known[1] is None
            and known[0].get("backup") == self._plan.backup
            and known[0]["digest"] == result.digest == _digest(backup)
        )

    def _replaces(self, result: FileResult) -> bool:
        return self._plan.output is not None or result.digest != result.output_digest

    def _put(self, file: File, result: FileResult) -> Identity:
        """Renames the output; returns how it looks in its place.  Raises ``OSError``."""
        place = self._plan.place(file.target)
        if self._plan.output:
            self._make_folder(Path(place).parent)
        temporary = self._plan.temporary(file)
        if not self._replaces(result):
            Path(temporary).unlink(missing_ok=True)
            return identity(Path(place).stat())
        if self._plan.backup and not os.path.lexists(place + self._plan.backup):
            keep_original(Path(place), Path(place + self._plan.backup))
        Path(temporary).replace(place)
        return identity(Path(place).stat())

    def _make_folder(self, folder: Path) -> None:
        """Makes sure that there is a folder, and that it may be written to."""
        if str(folder) not in self._folders:
            folder.mkdir(parents=True, exist_ok=True)
            if not os.access(folder, os.W_OK | os.X_OK):
                folder.chmod(folder.stat().st_mode | 0o700)
            self._folders.add(str(folder))

    def finish(self) -> None:
        """Gives the folders of the output the modes and times of those they mirror."""
        if self._plan.output is None:
            return
        for folder in reversed(self._plan.inputs.folders):
            place = Path(self._plan.place(folder.target))
            try:
                like = Path(folder.path).stat()
                place.mkdir(parents=True, exist_ok=True)
                if folder.target:
                    place.chmod(like.st_mode & 0o777)
                os.utime(place, ns=(like.st_atime_ns, like.st_mtime_ns))
            except OSError as error:
                self.failed[folder.path] = describe("", error).removeprefix(": ")
                self.watcher.say(describe(folder.path, error))


class _Ready:
    """Blocks as `vnclean.parallel.Inputs`: of a file, which keeps nobody waiting."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._blocks = iter(blocks)

    def __iter__(self) -> Iterator[Block]:
        return self._blocks

    def __next__(self) -> Block:
        return next(self._blocks)

    def ready(self) -> bool:
        return True

    def fileno(self) -> int | None:
        return None


def _is_large(file: File, reading: Reading) -> bool:
    kind = reading.kind(file.path)
    packed = kind.packing is not None or kind.is_archive
    return file.size * (_PACKED if packed else 1) > LARGE


def _result_of(task: Task) -> FileResult:
    """What a worker says; raises what is nobody's fault but the settings'."""
    answer = task.answer
    if isinstance(answer, FileResult):
        return answer
    if isinstance(answer, WorkerError):
        return FileResult(FAILED, str(answer))
    if isinstance(answer, VncleanError):
        raise answer
    return FileResult(
        FAILED, f"internal error: {type(answer).__name__}: {answer}; please report it"
    )


def _repairs(result: FileResult) -> int:
    return sum(result.counts["kinds"].values()) if result.counts else 0


def _identity(path: str) -> Identity | None:
    try:
        return identity(os.lstat(path))
    except OSError:
        return None


def _digest(path: str) -> str | None:
    """The checksum of what is in a file; None if it cannot be read."""
    try:
        with Path(path).open("rb", buffering=0) as file:
            return digest_of(file.fileno())
    except OSError:
        return None
