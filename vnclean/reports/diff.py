"""A unified diff, made from the edits as they come by: nothing is compared, nothing is guessed."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from vnclean.pipeline import CleanedBlock

#: Unchanged lines shown on either side of a change.
CONTEXT: Final = 3
#: As in C; other control characters by their octal numbers.
_ESCAPES: Final = str.maketrans(
    {chr(code): f"\\{code:03o}" for code in (*range(0x20), 0x7F)}
    | {"\t": r"\t", "\n": r"\n", "\r": r"\r", '"': r"\"", "\\": r"\\"}
)
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")


#: Lines before and after; what did not change is one line, the same in both.
_Row: TypeAlias = tuple[list[str], list[str]]


@dataclass(slots=True)
class _Hunk:
    """Changes that are near each other, with the lines around them."""

    old: int  #: the numbers of its first line, before and after
    new: int
    rows: list[_Row] = field(default_factory=list)
    unchanged: int = 0  # rows at the end

    def __str__(self) -> str:
        spare = max(0, self.unchanged - CONTEXT)
        rows = self.rows[: len(self.rows) - spare]
        before = _place(self.old, sum(len(old) for old, _ in rows))
        after = _place(self.new, sum(len(new) for _, new in rows))
        return f"@@ -{before} +{after} @@\n" + "".join(_body(rows))


def _place(line: int, size: int) -> str:
    """Where a hunk is; one without lines is after the line before it."""
    return f"{line}" if size == 1 else f"{line},{size}" if size else f"{line - 1},0"


def _body(rows: list[_Row]) -> Iterator[str]:
    added: list[str] = []
    for before, after in rows:
        if before == after:
            yield from added
            added.clear()
            yield from (_marked(" ", line) for line in before)
        else:
            yield from (_marked("-", line) for line in before)
            added += (_marked("+", line) for line in after)
    yield from added


def _marked(sign: str, line: str) -> str:
    return sign + line if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"


def _rows(blocks: Iterable[CleanedBlock], mark: str) -> Iterator[_Row]:
    """Whole lines with their ends, before and after; pieces of a long line are joined."""
    before, after = mark, mark
    for cleaned in blocks:
        block = cleaned.block
        for old, new, end in zip(block.texts, cleaned.texts(), block.ends, strict=True):
            before += old + end
            after += new + end
            if before.endswith("\n") and (after.endswith("\n") or not after):
                yield from _lines(before, after)
                before, after = "", ""
            elif "\n" in old and before.count("\n") == after.count("\n"):
                # Markup goes on within its line: what is before that is done with.
                line, other = before.rfind("\n") + 1, after.rfind("\n") + 1
                yield from _lines(before[:line], after[:other])
                before, after = before[line:], after[other:]
    yield from _lines(before, after)


def _lines(before: str, after: str) -> Iterator[_Row]:
    old, new = _LINE.findall(before), _LINE.findall(after)
    if len(old) == len(new):
        yield from (([one], [other]) for one, other in zip(old, new, strict=True))
    else:
        yield old, new


def _quoted(path: str) -> str:
    """A name as patch and git read it.

    >>> _quoted("a.txt"), _quoted("a b.txt"), _quoted('a"b\\n')
    ('a.txt', 'a b.txt\\t', '"a\\\\"b\\\\n"')
    """
    quoted = path.translate(_ESCAPES)
    if quoted != path:
        return f'"{quoted}"'
    return f"{path}\t" if " " in path else path


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
    name = _quoted(path)
    header = f"--- {name}\n+++ {name}\n"
    recent: deque[_Row] = deque(maxlen=CONTEXT)
    hunk: _Hunk | None = None
    old = new = 1  #: numbers of the next lines
    for row in _rows(blocks, mark):
        before, after = row
        if before != after:
            hunk = hunk or _Hunk(old - len(recent), new - len(recent), list(recent))
            hunk.unchanged = 0
        elif hunk:
            hunk.unchanged += 1
        if hunk:
            hunk.rows.append(row)
        if hunk and hunk.unchanged > 2 * CONTEXT:
            yield header + str(hunk)
            header, hunk = "", None
        recent.append(row)
        old, new = old + len(before), new + len(after)
    if hunk:
        yield header + str(hunk)
