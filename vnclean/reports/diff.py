"""A unified diff, made from the edits as they come by: nothing is compared, nothing is guessed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from vnclean.pipeline import CleanedBlock

#: Unchanged lines shown on either side of a change.
CONTEXT: Final = 3


@dataclass(slots=True)
class _Hunk:
    """Changes that are near each other, with the lines around them."""

    start: int
    rows: list[tuple[str, str]] = field(default_factory=list)  # before and after
    unchanged: int = 0  # rows at the end

    def __str__(self) -> str:
        spare = max(0, self.unchanged - CONTEXT)
        rows = self.rows[: len(self.rows) - spare]
        place = f"{self.start},{len(rows)}" if len(rows) != 1 else f"{self.start}"
        return f"@@ -{place} +{place} @@\n" + "".join(_body(rows))


def _body(rows: list[tuple[str, str]]) -> Iterator[str]:
    added: list[str] = []
    for before, after in rows:
        if before == after:
            yield from added
            added.clear()
            yield _marked(" ", before)
        else:
            yield _marked("-", before)
            added.append(_marked("+", after))
    yield from added


def _marked(sign: str, line: str) -> str:
    return sign + line if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"


def _rows(blocks: Iterable[CleanedBlock]) -> Iterator[tuple[str, str]]:
    """Whole lines with their ends, before and after; pieces of a long line are joined."""
    before: list[str] = []
    after: list[str] = []
    for cleaned in blocks:
        block = cleaned.block
        for old, new, end in zip(block.texts, cleaned.texts(), block.ends, strict=True):
            before += old, end
            after += new, end
            if end.endswith("\n"):
                yield "".join(before), "".join(after)
                before.clear()
                after.clear()
    if before:
        yield "".join(before), "".join(after)


def unified_diff(path: str, blocks: Iterable[CleanedBlock], mark: str = "") -> Iterator[str]:
    """The diff of a document in parts: nothing if nothing is repaired, else header and hunks.

    ``mark`` is what the document has before its first line (a byte order mark).

    >>> from vnclean.documents.lines import Block
    >>> from vnclean.edits import Edit
    >>> edits = [[Edit(0, 3, "kim", "kiểm", "lost", 0.98)], []]
    >>> block = CleanedBlock(Block(["kim tra", "xong"], ["\\n", ""], 1, 0, 0), edits)
    >>> print("".join(unified_diff("a.txt", [block])), end="")
    --- a.txt
    +++ a.txt
    @@ -1,2 +1,2 @@
    -kim tra
    +kiểm tra
     xong
    \\ No newline at end of file
    """
    name = f"{path}\t" if any(letter.isspace() for letter in path) else path
    header = f"--- {name}\n+++ {name}\n"
    recent: deque[tuple[str, str]] = deque(maxlen=CONTEXT)
    hunk: _Hunk | None = None
    for number, (old, new) in enumerate(_rows(blocks), 1):
        row = (mark + old, mark + new) if number == 1 else (old, new)
        if old != new:
            hunk = hunk or _Hunk(number - len(recent), list(recent))
            hunk.unchanged = 0
        elif hunk:
            hunk.unchanged += 1
        if hunk:
            hunk.rows.append(row)
        if hunk and hunk.unchanged > 2 * CONTEXT:
            yield header + str(hunk)
            header, hunk = "", None
        recent.append(row)
    if hunk:
        yield header + str(hunk)
