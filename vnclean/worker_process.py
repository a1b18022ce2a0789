"""A worker process from outside: it is started, asked, and heard; what it does is in `worker`."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vnclean.errors import WorkerError
from vnclean.language import translated

#: Before anything is imported, the worker gets the same places to import from.
_PROGRAM: Final = "import sys; sys.path = {path!r}; from vnclean.worker import serve; serve()"

#: What answers the questions, in the worker.
Handler = Callable[..., Any]


@dataclass(slots=True, eq=False)
class Task:
    """A question and, once it is ``done``, the answer: an exception if that was raised."""

    question: tuple[Any, ...]
    answer: Any = None
    done: bool = False
    submitted: bool = False  #: the answer is waited for in ``Workers.finished``

    def result(self) -> Any:
        """The answer; raises what was raised in finding it, WorkerError if the worker died."""
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Worker:
    """A process in a session of its own, so that Ctrl-C reaches only the one who waits for it."""

    def __init__(self, handler: Handler, inherited: Sequence[int] = ()) -> None:
        command = [sys.executable, "-c", _PROGRAM.format(path=sys.path)]
        pipe = subprocess.PIPE
        try:
            process = subprocess.Popen(
                command, stdin=pipe, stdout=pipe, start_new_session=True, pass_fds=inherited
            )
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise WorkerError(
                translated("cannot start a worker: {reason}; use fewer --jobs", reason=reason)
            ) from error
        assert process.stdin and process.stdout
        self._process, self._questions, self._answers = process, process.stdin, process.stdout
        self._handler = handler
        self.task: Task | None = None  #: it is working on
        self.starting = True
        self.idle = False  #: waits for a question

    def fileno(self) -> int:
        """What to wait for unless it is idle."""
        return self._answers.fileno()

    def give(self, task: Task) -> None:
        """Asks a question."""
        self.task, self.idle = task, False
        try:
            pickle.dump(task.question, self._questions, pickle.HIGHEST_PROTOCOL)
            self._questions.flush()
        except BrokenPipeError as error:
            raise self._death() from error

    def take(self) -> Task | None:
        """Takes an answer to the task it gives back, or the word that it has started."""
        try:
            answer = pickle.load(self._answers)
            if self.starting:
                pickle.dump(self._handler, self._questions, pickle.HIGHEST_PROTOCOL)
        except (EOFError, pickle.UnpicklingError, BrokenPipeError) as error:
            raise self._death() from error
        task, self.task = self.task, None
        self.starting, self.idle = False, True
        if task:
            task.answer = answer
        return task

    def _death(self) -> WorkerError:
        code = self._process.wait()
        if code < 0:
            signal_name = signal.Signals(-code).name
            return WorkerError(
                translated(
                    "a worker was killed ({name}); if memory is short, use fewer --jobs",
                    name=signal_name,
                )
            )
        return WorkerError(
            translated("a worker ended ({code}); if memory is short, use fewer --jobs", code=code)
        )

    def end(self) -> None:
        """Leaves no process behind."""
        self._process.kill()
        self._process.communicate()
