"""A review without a terminal: a line is a command, so that programs can give them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vnclean.errors import UsageError
from vnclean.language import translated
from vnclean.reports.drawn import drawn, visible
from vnclean.reports.listing import field_of
from vnclean.review.commands import HELP, QUIT, perform
from vnclean.review.screen import HELP as ALL_KEYS
from vnclean.review.screen import about, choices, in_context
from vnclean.review.session import Refused, Session


def run_lines(session: Session, lines: Iterable[str], show: Callable[[str], None]) -> None:
    """Does what ``lines`` say until they, or the edits, come to an end.

    Raises UsageError for a line that makes no sense: what follows it was meant for another edit.
    """
    _show(session, show)
    for number, line in enumerate(lines, 1):
        command = line.strip()
        if not command:
            continue
        if command == QUIT:
            return
        if command == HELP:
            show(f"{translated(ALL_KEYS)}\n")
            continue
        try:
            show(f"{drawn(perform(session, command))}\n\n")
        except Refused as reason:
            raise UsageError(
                translated(
                    "standard input: line {number:,}: {reason}; what was decided before it is kept",
                    number=number,
                    reason=drawn(str(reason)),
                )
            ) from None
        _show(session, show)


def _show(session: Session, show: Callable[[str], None]) -> None:
    """Tells of the edit that the session is at."""
    queue = session.queue
    if session.at_end:
        count = translated(
            "{decided:,} of {total:,} decided", decided=queue.decided, total=len(queue)
        )
        show(f"{count}\n")
        return
    entry = session.entry()
    edit = entry.edit
    readings = "  ".join(
        f"{row.key} {visible(row.text)}" + ("" if row.chance is None else f" {row.chance:.2f}")
        for row in choices(session)
    )
    left = queue.left(queue.group(session.number))
    where = f"{drawn(entry.path)}:{entry.line}:{entry.column}: {field_of(entry.field)}"
    same = translated("  * {left:,} places", left=left) if left > 1 else ""
    count = translated("{number:,} of {total:,}", number=session.number + 1, total=len(queue))
    show(
        f"{count}  {where}{visible(edit.before)} → {visible(edit.after)}"
        f"  [{about(edit, ', ')}]\n"
        f"{in_context(entry, None).plain}\n{readings}{same}\n"
    )
