"""The same as :func:`vnclean.pipeline.clean_blocks`, shared out among processes.

Each worker is a fresh interpreter, not a fork: it has no copies of our open files and threads,
and maps the model itself.  It is asked over a pipe, one block at a time; results are given out
in the order of the blocks.  One thread, here, waits for all: for answers, and for input.
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from select import select
from types import TracebackType
from typing import Any, Final, Protocol, TypeVar

from vnclean.documents.lines import Block
from vnclean.documents.passages import PassageBlock
from vnclean.edits import Edit
from vnclean.errors import WorkerError
from vnclean.pipeline import CleanedBlock, Repairer, edits_of

#: How many blocks (and what else comes between them) are under way for each worker.
_AHEAD: Final = 6
#: Before anything is imported, the worker gets the same places to import from.
_PROGRAM: Final = "import sys; sys.path = {path!r}; from vnclean.worker import serve; serve()"

M = TypeVar("M")
#: What answers the questions, in the worker.
Handler = Callable[..., Any]
Item = TypeVar("Item", covariant=True)


class Inputs(Protocol[Item]):
    """Items to be asked for only if they are there: nothing that is done has to wait for them."""

    def __next__(self) -> Item: ...

    def ready(self) -> bool:
        """Whether the next item can be had without waiting."""

    def fileno(self) -> int | None:
        """What to wait for if not: None means that all items so far must be done with."""


@dataclass(slots=True)
class _Task:
    block: Block
    answer: list[list[Edit]] | Exception | None = None

    def result(self) -> CleanedBlock:
        if isinstance(self.answer, Exception):
            raise self.answer
        assert self.answer is not None
        return CleanedBlock.of(self.block, self.answer)


class _Worker:
    """A process in a session of its own, so that Ctrl-C reaches only the one who waits for it."""

    def __init__(self, handler: Handler) -> None:
        command = [sys.executable, "-c", _PROGRAM.format(path=sys.path)]
        pipe = subprocess.PIPE
        try:
            process = subprocess.Popen(command, stdin=pipe, stdout=pipe, start_new_session=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise WorkerError(f"cannot start a worker: {reason}; use fewer --jobs") from error
        assert process.stdin and process.stdout
        self._process, self._questions, self._answers = process, process.stdin, process.stdout
        self._handler = handler
        self._task: _Task | None = None
        self.starting = True
        self.idle = False  #: waits for a question

    def fileno(self) -> int:
        """What to wait for unless it is idle."""
        return self._answers.fileno()

    def give(self, task: _Task) -> None:
        """Asks for the edits of a block."""
        self._task, self.idle = task, False
        try:
            question = task.block.texts, task.block.before, task.block.begins
            pickle.dump(question, self._questions, pickle.HIGHEST_PROTOCOL)
            self._questions.flush()
        except BrokenPipeError as error:
            raise self._death() from error

    def take(self) -> None:
        """Takes an answer, or the word that it has started."""
        try:
            answer = pickle.load(self._answers)
            if self.starting:
                pickle.dump(self._handler, self._questions, pickle.HIGHEST_PROTOCOL)
        except (EOFError, pickle.UnpicklingError, BrokenPipeError) as error:
            raise self._death() from error
        if self._task:
            self._task.answer = answer
        self._task, self.starting, self.idle = None, False, True

    def _death(self) -> WorkerError:
        code = self._process.wait()
        how = f"was killed ({signal.Signals(-code).name})" if code < 0 else f"ended ({code})"
        return WorkerError(f"a worker {how}; if memory is short, use fewer --jobs")

    def end(self) -> None:
        """Leaves no process behind."""
        self._process.kill()
        self._process.communicate()


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

    def __init__(self, cleaner: Repairer, count: int) -> None:
        """``cleaner`` is sent to each worker, so it must be picklable."""
        self._handler = partial(edits_of, cleaner)
        self._count = count
        self._workers: list[_Worker] = []
        self._unasked: deque[_Task] = deque()

    def clean_blocks(self, inputs: Inputs[Block | M]) -> Iterator[CleanedBlock | M]:
        """Finds the edits of every block that holds lines; what is no block keeps its place.

        Raises WorkerError if a worker dies, and in its place whatever the cleaner raises.
        """
        under_way: deque[_Task | M] = deque()
        ended = False
        while under_way or not ended:
            first = under_way[0] if under_way else None
            may_read = not ended and len(under_way) < _AHEAD * self._count
            if isinstance(first, _Task) and first.answer is not None:
                under_way.popleft()
                yield first.result()
            elif first is not None and not isinstance(first, _Task):
                under_way.popleft()
                yield first
            elif may_read and (first is None or inputs.ready()):
                item = next(inputs, None)
                if item is None:
                    ended = True
                elif not isinstance(item, Block):
                    under_way.append(item)
                elif item.texts or isinstance(item, PassageBlock):
                    task = _Task(item, None if item.texts else [])
                    under_way.append(task)
                    if item.texts:
                        self._unasked.append(task)
                        self._ask()
            else:
                self._wait(inputs.fileno() if may_read else None)

    def _ask(self) -> None:
        """Gives the blocks that are waiting to idle workers, and starts the workers they need."""
        for worker in self._workers:
            if worker.idle and self._unasked:
                worker.give(self._unasked.popleft())
        starting = sum(worker.starting for worker in self._workers)
        if len(self._unasked) > starting and len(self._workers) < self._count:
            self._workers.append(_Worker(self._handler))

    def _wait(self, fileno: int | None) -> None:
        """Waits for an answer, or for input at ``fileno``; takes the answers that there are."""
        busy = {worker.fileno(): worker for worker in self._workers if not worker.idle}
        readable, _, _ = select([*busy, *([] if fileno is None else [fileno])], [], [])
        for found in readable:
            if found in busy:
                busy[found].take()
        self._ask()

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
