"""What works on lines, for texts with line ends in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from vnclean.edits import Edit, shift


def each_line(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text without their ends, each with where it begins.

    >>> list(each_line("ab\\r\\ncd"))
    [(0, 'ab'), (4, 'cd')]
    """
    start = 0
    for line in text.split("\n"):
        yield start, line.removesuffix("\r")
        start += len(line) + 1


class EachLine:
    """A `vnclean.stages.Stage` for texts of several lines, of what works on single ones.

    >>> def first(lines, owner):
    ...     return [[Edit(0, 1, line[0], "!", "first", 1.0)] for line in lines if line]
    >>> [edit.start for edit in EachLine(first).edits(["ab\\r\\ncd"])[0]]
    [0, 4]
    """

    def __init__(self, edits: Callable[[Sequence[str], Sequence[int]], list[list[Edit]]]) -> None:
        """``edits``: from lines (no line ends in them), and the number of the text that each is
        of, to the edits of each."""
        self._edits = edits

    def edits(self, texts: Sequence[str]) -> list[list[Edit]]:
        """For each text the edits of its lines."""
        lines: list[str] = []
        owner: list[int] = []  #: the number of the text that each is of
        starts: list[int] = []  #: where it begins in that
        for number, text in enumerate(texts):
            for start, line in each_line(text):
                lines.append(line)
                owner.append(number)
                starts.append(start)
        found: list[list[Edit]] = [[] for _ in texts]
        for number, start, edits in zip(owner, starts, self._edits(lines, owner), strict=True):
            found[number] += [shift(edit, start) for edit in edits]
        return found
