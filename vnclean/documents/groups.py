"""Blocks for what looks across line ends: ends are part of the text, broken words are whole.

A line that breaks off with a hyphen comes with the next one, as one piece.  Which lines come
together depends on the lines alone, never on the blocks they came in; and no piece grows beyond
:data:`~vnclean.documents.lines.LIMIT` and a line.
"""

from __future__ import annotations

from vnclean.broken_lines import breaks_off
from vnclean.documents.lines import LIMIT, Block, LineSplitter, Place, place_after


class LineGroups:
    """Takes blocks of lines in their order, gives blocks of groups, keeps an open one back.

    >>> from vnclean.documents.lines import LineSplitter
    >>> splitter, groups = LineSplitter(), LineGroups()
    >>> groups.feed(splitter.feed("và\\nkhoa h-\\n")).texts
    ['và\\n']
    >>> groups.feed(splitter.feed("ọc", final=True), final=True).texts
    ['khoa h-\\nọc']
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._open = ""  #: a group that goes on with the next line
        self._place: Place = (1, 0, 0)  #: where it begins

    def feed(self, block: Block, *, final: bool = False) -> Block:
        """The groups that ``block`` completes; everything there is if ``final``."""
        line, column, start = self._place
        texts: list[str] = []
        ends: list[str] = []
        group = self._open
        for text, end in zip(block.texts, block.ends, strict=True):
            if end.endswith("\n"):
                group += text + end
                if breaks_off(text) and len(group) < self._limit:
                    continue
                end = ""
            else:
                group += text
            texts.append(group)
            ends.append(end)
            group = ""
        if final and group:
            texts.append(group)
            ends.append("")
            group = ""
        self._open = group
        grouped = Block(texts, ends, line, column, start)
        self._place = place_after(self._place, grouped.text())
        return grouped


class GroupSplitter(LineSplitter):
    """The :class:`~vnclean.documents.text.Splitter` of plain text whose line ends are looked at.

    >>> GroupSplitter().feed("và\\nkhoa h-\\nọc", final=True).texts
    ['và\\n', 'khoa h-\\nọc']
    """

    def __init__(self, limit: int = LIMIT) -> None:
        super().__init__(limit)
        self._groups = LineGroups(limit)

    def feed(self, chunk: str, *, final: bool = False) -> Block:
        """The block of groups that ``chunk`` completes; everything there is if ``final``."""
        return self._groups.feed(super().feed(chunk, final=final), final=final)
