"""The run over the files that are not done yet, shared out among workers."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from vnclean.batch.inputs import File
from vnclean.batch.manifest import Manifest
from vnclean.batch.placing import Placing, Watcher
from vnclean.batch.plan import Plan
from vnclean.batch.reasons import internal_error
from vnclean.batch.work import (
    CHANGING,
    FAILED,
    FileResult,
    FileTask,
    FileWork,
    do_file,
)
from vnclean.cleaner import Cleaner
from vnclean.documents.lines import Block
from vnclean.errors import OutputError, VncleanError, WorkerError, naming
from vnclean.formats.kinds import Reading
from vnclean.language import in_english
from vnclean.parallel import Workers
from vnclean.pipeline import CleanedBlock, configured
from vnclean.settings.resolver import Settings
from vnclean.worker_process import Task

#: A file with more is shared out by blocks.  Bytes, as if unpacked.
LARGE: Final = 1 << 23
#: How many times its size what is packed may well have.
_PACKED: Final = 4
#: How long to wait before showing that time goes by, in seconds.
_TICK: Final = 0.25
#: So many files are put into their places together.
_TOGETHER: Final = 64


class Engine:
    """Does the files of a plan."""

    def __init__(self, plan: Plan, manifest: Manifest, watcher: Watcher) -> None:
        self._plan = plan
        self._manifest = manifest
        self._watcher = watcher
        self._placing = Placing(plan, manifest, watcher)
        self._under_way: dict[int, tuple[Task, File, bool]] = {}
        self._settled = time.monotonic()
        self._common = Settings()  #: what holds for most files

    @property
    def failed(self) -> dict[str, str]:
        """Which files could not be done, and why."""
        return self._placing.failed

    def run(self, files: Sequence[File], cleaner: Cleaner, jobs: int) -> None:
        """Does ``files``; leaves no temporary file behind, whatever it raises.

        Raises OutputError if no output can be written any more, and what the workers raise.
        """
        try:
            with naming(str(self._plan.scratch), OutputError):
                self._plan.scratch.mkdir(parents=True)
            self._common = self._plan.settings(files[0].path)
            cleaner = cleaner.with_config(self._common.config)
            work, lock = FileWork(cleaner, self._common), self._manifest.lock()
            with Workers(cleaner, jobs, work, inherited=(lock,)) as workers:
                for file in files:
                    if _is_large(file, self._plan.settings(file.path).reading):
                        self._do_large(file, workers)
                        continue
                    while workers.unfinished >= 2 * jobs:
                        self._wait(workers)
                    self._submit(file, workers)
                while workers.unfinished or workers.finished:
                    self._wait(workers)
        finally:
            for _, file, _ in self._under_way.values():
                Path(self._plan.temporary(file)).unlink(missing_ok=True)
            shutil.rmtree(self._plan.scratch.parent, ignore_errors=True)

    def _task(self, file: File) -> FileTask:
        plan = self._plan
        place = plan.place(file.target) if plan.output else file.path
        return FileTask(
            file.path,
            plan.temporary(file),
            str(plan.scratch),
            mirrored=plan.output is not None,
            place=place,
            backup=None if plan.backup is None else place + plan.backup,
            settings=self._own_settings(file),
        )

    def _own_settings(self, file: File) -> Settings | None:
        """What holds for a file, if it is not what holds for most: that the workers know."""
        settings = self._plan.settings(file.path)
        return None if settings == self._common else settings

    def _submit(self, file: File, workers: Workers, *, again: bool = False) -> None:
        task = workers.submit(self._task(file))
        self._under_way[id(task)] = task, file, again

    def _wait(self, workers: Workers) -> None:
        """Waits for workers; puts what is done into its place, if enough is or it is time to.

        Several files together wait for the disk as long as one.
        """
        if workers.unfinished:
            workers.wait(_TICK)
        late = time.monotonic() - self._settled > _TICK
        if late or not workers.unfinished or len(workers.finished) >= _TOGETHER:
            self._settle(workers)
            self._settled = time.monotonic()
        self._watcher.tick()

    def _settle(self, workers: Workers) -> None:
        results = []
        settled = list(workers.finished)
        for task in settled:
            _, file, again = self._under_way[id(task)]
            result = _result_of(task)
            if not again and (
                isinstance(task.answer, WorkerError) or in_english(result.reason) == CHANGING
            ):
                self._submit(file, workers, again=True)
            else:
                results.append((file, result))
        self._placing.settle(results)
        for task in settled:
            workers.finished.remove(task)
            del self._under_way[id(task)]
        for file, result in results:
            self._watcher.file(file.size, _repairs(result))

    def _do_large(self, file: File, workers: Workers) -> None:
        own = self._own_settings(file)

        def clean(blocks: Iterable[Block]) -> Iterator[CleanedBlock]:
            return workers.clean_at_hand(configured(blocks, own.config if own else None))

        try:
            reading = self._plan.settings(file.path).reading
            result = do_file(self._task(file), reading, clean, self._watcher.within)
        except WorkerError as error:
            result = FileResult(FAILED, str(error))
        self._placing.settle([(file, result)])
        self._watcher.file(file.size, _repairs(result))

    def finish(self) -> None:
        """What comes last, when all files are done."""
        self._placing.finish()


def tidy(plan: Plan) -> None:
    """Takes away what a run that was killed has left half done."""
    shutil.rmtree(plan.scratch.parent, ignore_errors=True)
    for leftover in plan.inputs.leftovers:
        with suppress(OSError):
            Path(leftover).unlink()


def _is_large(file: File, reading: Reading) -> bool:
    kind = reading.kind(file.path)
    return file.size * (_PACKED if kind.is_packed else 1) > LARGE


def _result_of(task: Task) -> FileResult:
    """What a worker says; raises what is nobody's fault but the settings'."""
    answer = task.answer
    if isinstance(answer, FileResult):
        return answer
    if isinstance(answer, WorkerError):
        return FileResult(FAILED, str(answer))
    if isinstance(answer, VncleanError):
        raise answer
    return FileResult(FAILED, internal_error(answer))


def _repairs(result: FileResult) -> int:
    return sum(result.counts["kinds"].values()) if result.counts else 0
