"""Work shared out: what the cleaner would be asked is answered elsewhere, and put together here.

A document is read twice in the same way.  First with :class:`Asking` in the cleaner's place, which
only writes down each portion of lines, with the lines before it, that the cleaner would see.
Whoever has time answers them with :func:`answered`, in any order.  Then with :class:`Answered`,
which gives the answers in the order of the questions.  So one document may be cleaned by many,
and comes out as if it had been cleaned by one.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence

from vnclean.config import Config
from vnclean.edits import Edit
from vnclean.markers import Span
from vnclean.pipeline import Repairer


class Asking:
    """A :class:`~vnclean.pipeline.Repairer` that finds nothing and keeps what it was asked.

    >>> from vnclean.cleaner import Cleaner
    >>> asking = Asking()
    >>> asking.edits(["chng dch bnh"])
    [[]]
    >>> [question] = asking.taken()
    >>> found = Answered([answered(question, Cleaner())].pop).edits(["chng dch bnh"])
    >>> [edit.after for edit in found[0]]
    ['chống', 'dịch', 'bệnh']
    """

    def __init__(self) -> None:
        self._asked: list[bytes] = []

    def edits(
        self,
        lines: Sequence[str],
        before: Sequence[str] = (),
        begins: Sequence[int] = (),
        off: Sequence[Span] = (),
    ) -> list[list[Edit]]:
        question = list(lines), list(before), list(begins), list(off)
        self._asked.append(pickle.dumps(question, pickle.HIGHEST_PROTOCOL))
        return [[] for _ in lines]

    def with_config(self, config: Config) -> Asking:
        """Itself: whoever answers has the settings."""
        return self

    def taken(self) -> list[bytes]:
        """The questions since the last time, to be answered by :func:`answered`."""
        asked, self._asked = self._asked, []
        return asked


def answered(question: bytes, cleaner: Repairer) -> bytes:
    """The answer to a question; what the cleaner raises is one, too, for whoever needs it."""
    try:
        found: object = cleaner.edits(*pickle.loads(question))
    except Exception as error:
        found = error
    try:
        return pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
    except Exception:  # an error that holds what cannot be pickled
        return pickle.dumps(RuntimeError(repr(found)))


class Answered:
    """A :class:`~vnclean.pipeline.Repairer` that has been told the answers.

    ``next_answer``: gives them one by one.  Raises what was raised in finding one.
    """

    def __init__(self, next_answer: Callable[[], bytes]) -> None:
        self._next_answer = next_answer

    def edits(
        self,
        lines: Sequence[str],
        before: Sequence[str] = (),
        begins: Sequence[int] = (),
        off: Sequence[Span] = (),
    ) -> list[list[Edit]]:
        found: list[list[Edit]] | Exception = pickle.loads(self._next_answer())
        if isinstance(found, Exception):
            raise found
        if len(found) != len(lines):
            raise RuntimeError("an answer is to another question")
        return found

    def with_config(self, config: Config) -> Answered:
        """Itself: whoever answers has the settings."""
        return self
