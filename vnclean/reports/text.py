"""One line for people: ``path:line:column: before → after  [kind, 0.97]``."""

from __future__ import annotations

from vnclean.pipeline import CONTEXT, Finding
from vnclean.reports.drawn import drawn, visible
from vnclean.reports.encoded import encoded
from vnclean.reports.listing import Listing, field_of, note_of
from vnclean.reports.origin import Origin


def _parts(finding: Finding) -> list[tuple[str, str]]:
    """The pieces of the line, each with the style it has on a terminal."""
    edit = finding.edit
    note, field = note_of(edit), field_of(finding.field)
    return [
        (f"{drawn(finding.path)}:{finding.line}:{finding.column}: {field}", "dim"),
        (visible(edit.before), "red"),
        (" → ", ""),
        (visible(edit.after), "bold green" if edit.applied else "yellow"),
        (f"  [{edit.kind}, {edit.confidence:.2f}{note}]", "dim"),
    ]


def plain(finding: Finding) -> str:
    """The line without colours.

    >>> from vnclean.edits import Edit
    >>> plain(Finding("a.txt", 3, 8, Edit(50, 53, "kim", "kiểm", "lost", 0.978), ""))
    'a.txt:3:8: kim → kiểm  [lost, 0.98]'
    >>> cell = Finding("a.parquet", 3, 8, Edit(7, 10, "kim", "kiểm", "lost", 0.978), "", 3, "text")
    >>> plain(cell)
    'a.parquet:3:8: text: kim → kiểm  [lost, 0.98]'
    """
    return "".join(text for text, _ in _parts(finding))


class PlainListing(Listing):
    """A line a finding, for a pipe or a file."""

    def finding(self, finding: Finding, *, packed: bool = False) -> bytes:
        """See :func:`plain`."""
        return encoded(f"{plain(finding)}\n")

    def origin(self, origin: Origin) -> bytes:
        """The line about a document as a whole.

        >>> PlainListing().origin(Origin("a.txt", "UTF-16", "UTF-16")).decode()
        'a.txt: UTF-16  [encoding, left alone]\\n'
        """
        note = "" if origin.converted else ", left alone"
        return encoded(f"{drawn(str(origin))}  [encoding{note}]\n")


class TerminalListing(PlainListing):
    """The line in colours, as far as this terminal (and ``NO_COLOR``) will have them, and below
    it what stands around; without colours the change in it is marked as git marks words."""

    def __init__(self) -> None:
        from rich.console import Console

        self._console = Console(highlight=False)
        self._colours = self._console.color_system is not None and not self._console.no_color

    def finding(self, finding: Finding, *, packed: bool = False) -> bytes:
        """Two lines, or one if nothing stands around."""
        from rich.text import Text

        with self._console.capture() as shown:
            self._console.print(Text.assemble(*_parts(finding)), soft_wrap=True)
            if finding.context != finding.edit.before:
                context = Text.assemble("    ", *_context(finding, marked=not self._colours))
                self._console.print(context, soft_wrap=True)
        return encoded(shown.get())


def _context(finding: Finding, *, marked: bool) -> list[tuple[str, str]]:
    """What stands around, with the change in its place; ``marked``: not only by colours."""
    edit = finding.edit
    left = finding.context[: finding.at]
    right = finding.context[finding.at + len(edit.before) :]
    before, after = drawn(edit.before), drawn(edit.after) if edit.applied else ""
    if marked:
        before = f"[-{before}-]" if before and edit.applied else before
        after = f"{{+{after}+}}" if after else after
    return [
        ("…" * (len(left) >= CONTEXT) + drawn(left), ""),
        (before, "red strike" if edit.applied else "yellow"),
        (after, "bold green"),
        (drawn(right) + "…" * (len(right) >= CONTEXT), ""),
    ]
