"""The same as :func:`vnclean.pipeline.clean_blocks`, shared out among processes.

Each worker is a fresh interpreter, not a fork: it has no copies of our open files and threads,
and maps the model itself.  It is asked over a pipe, one block at a time; results are given out
in the order of the blocks.  One thread, here, waits for all: for answers, and for input.

Other questions may be asked beside those of blocks: :meth:`Workers.submit`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from select import select
from types import TracebackType
from typing import Any, Final, Protocol, TypeVar

from vnclean.documents.lines import Block
from vnclean.documents.passages import PassageBlock
from vnclean.errors import InputError, WorkerError
from vnclean.pipeline import CleanedBlock, Repairer, edits_of, question_of, raised
from vnclean.worker_process import Handler, Task, Worker

#: How many blocks (and what else comes between them) are under way for each worker.
_AHEAD: Final = 6

M = TypeVar("M")
Item = TypeVar("Item", covariant=True)


class Inputs(Protocol[Item]):
    """Items to be asked for only if they are there: nothing that is done has to wait for them."""

    def __next__(self) -> Item: ...

    def ready(self) -> bool:
        """Whether the next item can be had without waiting."""

    def fileno(self) -> int | None:
        """What to wait for if not: None means that all items so far must be done with."""


class _AtHand:
    """Blocks as :class:`Inputs`: of a file, which keeps nobody waiting."""

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


@dataclass(slots=True)
class _BlockTask:
    block: Block
    task: Task

    def result(self, failed: Callable[[InputError], M]) -> CleanedBlock | M:
        try:
            return CleanedBlock.of(self.block, self.task.result())
        except InputError as error:
            return failed(error)


class Workers:
    """Up to ``count`` processes, started as they are needed, gone when the ``with`` is left.

    >>> from vnclean.cleaner import Cleaner
    >>> class Given:
    ...     def __init__(self, *blocks): self._blocks = iter(blocks)
    ...     def __next__(self): return next(self._blocks)
    ...     def ready(self): return True
    ...     def fileno(self): return None
    >>> blocks = Given(Block(["kim tra dch bnh"], ["\\n"], line=1, column=0, start=0))
    >>> with Workers(Cleaner(), 2) as workers:
    ...     [cleaned.text() for cleaned in workers.clean_blocks(blocks)]
    ['kiểm tra dịch bệnh\\n']
    """

    def __init__(
        self,
        cleaner: Repairer,
        count: int,
        handler: Handler | None = None,
        inherited: Sequence[int] = (),
    ) -> None:
        """``cleaner`` is sent to each worker, so it must be picklable.

        ``handler``: answers all questions in its place, those of blocks as
        :func:`~vnclean.pipeline.edits_of` does and those of :meth:`submit`.

        ``inherited``: file descriptors that stay open as long as any worker lives.
        """
        self._handler = handler or partial(edits_of, cleaner)
        self._count = count
        self._inherited = inherited
        self._workers: list[Worker] = []
        self._unasked: deque[Task] = deque()
        self._pending = 0
        #: Submitted tasks that are done, in the order in which they were; to be taken away.
        self.finished: deque[Task] = deque()

    @property
    def unfinished(self) -> int:
        """How many submitted tasks are not done yet."""
        return self._pending

    def submit(self, *question: Any) -> Task:
        """Asks ``question``; the task comes in :attr:`finished`, whatever became of it."""
        task = Task(question, submitted=True)
        self._pending += 1
        self._unasked.append(task)
        self._ask()
        return task

    def wait(self, seconds: float) -> None:
        """Waits for an answer, not for ever."""
        self._wait(None, seconds)

    def clean_blocks(
        self, inputs: Inputs[Block | M], failed: Callable[[InputError], M] = raised
    ) -> Iterator[CleanedBlock | M]:
        """Finds the edits of every block that holds lines; what is no block keeps its place.

        ``failed``: makes what comes in the place of a block that cannot be cleaned.  Raises
        WorkerError if a worker dies, and in its place whatever else the cleaner raises.
        """
        under_way: deque[_BlockTask | M] = deque()
        try:
            yield from self._clean_blocks(inputs, under_way, failed)
        finally:  # nobody asks for the rest any more
            given_up = {id(item.task) for item in under_way if isinstance(item, _BlockTask)}
            self._unasked = deque(task for task in self._unasked if id(task) not in given_up)

    def clean_at_hand(self, blocks: Iterable[Block]) -> Iterator[CleanedBlock]:
        """The same for blocks that keep nobody waiting, as those of a file."""
        return self.clean_blocks(_AtHand(blocks))

    def _clean_blocks(
        self,
        inputs: Inputs[Block | M],
        under_way: deque[_BlockTask | M],
        failed: Callable[[InputError], M],
    ) -> Iterator[CleanedBlock | M]:
        ended = False
        while under_way or not ended:
            first = under_way[0] if under_way else None
            may_read = not ended and len(under_way) < _AHEAD * self._count
            if isinstance(first, _BlockTask) and first.task.done:
                under_way.popleft()
                yield first.result(failed)
            elif first is not None and not isinstance(first, _BlockTask):
                under_way.popleft()
                yield first
            elif may_read and (first is None or inputs.ready()):
                item = next(inputs, None)
                if item is None:
                    ended = True
                elif not isinstance(item, Block):
                    under_way.append(item)
                elif item.texts or isinstance(item, PassageBlock):
                    under_way.append(_BlockTask(item, self._asked_about(item)))
            else:
                self._wait(inputs.fileno() if may_read else None)

    def _asked_about(self, block: Block) -> Task:
        """The task of finding the edits of a block: done at once if there is nothing to read."""
        if not block.texts:
            return Task((), [], done=True)
        task = Task(question_of(block))
        self._unasked.append(task)
        self._ask()
        return task

    def _ask(self) -> None:
        """Gives the tasks that are waiting to idle workers, and starts the workers they need."""
        for worker in [worker for worker in self._workers if worker.idle]:
            if self._unasked:
                task = self._unasked.popleft()
                try:
                    worker.give(task)
                except WorkerError as error:
                    self._bury(worker, error)
        starting = sum(worker.starting for worker in self._workers)
        if len(self._unasked) > starting and len(self._workers) < self._count:
            self._workers.append(Worker(self._handler, self._inherited))

    def _wait(self, fileno: int | None, seconds: float | None = None) -> None:
        """Waits for an answer, or for input at ``fileno``; takes the answers that there are."""
        busy = {worker.fileno(): worker for worker in self._workers if not worker.idle}
        readable, _, _ = select([*busy, *([] if fileno is None else [fileno])], [], [], seconds)
        for found in readable:
            if found in busy:
                self._take(busy[found])
        self._ask()

    def _take(self, worker: Worker) -> None:
        try:
            task = worker.take()
        except WorkerError as error:
            if worker.task is None:  # it has not even started, and nor would another
                raise
            self._bury(worker, error)
        else:
            if task:
                self._finish(task)

    def _bury(self, worker: Worker, error: WorkerError) -> None:
        """Takes a dead worker away; what it was working on has failed."""
        self._workers.remove(worker)
        worker.end()
        if worker.task:
            worker.task.answer = error
            self._finish(worker.task)

    def _finish(self, task: Task) -> None:
        task.done = True
        if task.submitted:
            self._pending -= 1
            self.finished.append(task)

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.end()
