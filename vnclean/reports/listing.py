"""What ``vnclean check`` shows of findings as they come by, in each of its formats."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final

from vnclean.edits import Edit
from vnclean.kept_by import KEPT_BY
from vnclean.pipeline import Finding
from vnclean.reports.drawn import drawn
from vnclean.reports.origin import Origin

#: Their names.
FORMATS: Final = ("text", "json", "github", "sarif")


class Listing(ABC):
    """Bytes to show, one finding after the other: nothing is kept of what was shown."""

    def begin(self) -> bytes:
        """What comes before everything."""
        return b""

    @abstractmethod
    def finding(self, finding: Finding, *, packed: bool = False) -> bytes:
        """One finding; ``packed``: of something packed, in which nobody can edit that place."""

    @abstractmethod
    def origin(self, origin: Origin) -> bytes:
        """What a document came in, after its findings."""

    def failure(self, path: str, reason: str) -> bytes:
        """A document that could not be read, or not to its end."""
        return b""

    def end(self, *, complete: bool) -> bytes:
        """What comes after everything; ``complete``: whether all that was named was read."""
        return b""


def field_of(name: str | None) -> str:
    """The field of a record, to stand before what is said of an edit in it; nothing elsewhere.

    >>> field_of("messages[2].content"), field_of(None)
    ('messages[2].content: ', '')
    """
    return "" if name is None else f"{drawn(name)}: "


def note_of(edit: Edit) -> str:
    """What is said behind its confidence of an edit that is not made, and of what keeps it.

    >>> note_of(Edit(0, 3, "kim", "kiểm", "mark", 0.9, applied=False, kept_by="word"))
    ', left alone: words of your own'
    """
    if edit.applied:
        return ""
    return f", left alone: {KEPT_BY[edit.kept_by]}" if edit.kept_by else ", left alone"


def listing(name: str, *, terminal: bool = False) -> Listing:
    """The format called ``name``, one of :data:`FORMATS`; ``terminal``: for people to look at.

    >>> listing("github").origin(Origin("a.txt", "TCVN3", "UTF-8")).split(b",")[0]
    b'::warning file=a.txt'
    """
    if name == "json":
        from vnclean.reports.jsonl import JsonListing

        return JsonListing()
    if name == "github":
        from vnclean.reports.github import GithubListing

        return GithubListing()
    if name == "sarif":
        from vnclean.reports.sarif import SarifListing

        return SarifListing()
    from vnclean.reports.text import PlainListing, TerminalListing

    return TerminalListing() if terminal else PlainListing()
