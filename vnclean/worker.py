"""What a worker process does: a handler comes in, then questions; for each its answer goes out."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from contextlib import suppress
from typing import BinaryIO, Final

from vnclean.garbage import collect_seldom
from vnclean.language import inherit

#: Of Linux: which signal a process gets when the one that started it is gone.
_PR_SET_PDEATHSIG: Final = 1


def serve() -> None:
    """Answers on stdout what is asked on stdin, both pickled; ends when nobody asks any more.

    The first answer is None: whoever asks need not wait while this process starts.  What a
    cleaner raises is an answer, too.
    """
    _die_with_parent()
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    collect_seldom()
    inherit()
    sys.stdout = sys.stderr  # nothing else may get between the answers
    with suppress(EOFError, BrokenPipeError):
        _answer(None, answers)
        handler = pickle.load(asked)
        while True:
            question = pickle.load(asked)
            try:
                answer = handler(*question)
            except Exception as error:
                answer = error
            _answer(answer, answers)
    os._exit(0)  # there is nothing to tidy up, and nobody to hear of a pipe that is closed


def _die_with_parent() -> None:
    """Where the system can do it: at once, even in the middle of a question."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _answer(answer: object, answers: BinaryIO) -> None:
    try:
        data = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except Exception:  # an error that holds what cannot be pickled
        data = pickle.dumps(RuntimeError(repr(answer)))
    answers.write(data)
    answers.flush()
