"""One line for people: ``path:line:column: before → after  [kind, 0.97]``."""

from __future__ import annotations

from collections.abc import Callable

from vnclean.pipeline import Finding
from vnclean.reports.origin import Origin
from vnclean.reports.summary import visible


def _parts(finding: Finding) -> list[tuple[str, str]]:
    """The pieces of the line, each with the style it has on a terminal."""
    edit = finding.edit
    note = "" if edit.applied else ", left alone"
    field = "" if finding.field is None else f"{finding.field}: "
    return [
        (f"{finding.path}:{finding.line}:{finding.column}: {field}", "dim"),
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


def plain_origin(origin: Origin) -> str:
    """The line about what a document came in.

    >>> plain_origin(Origin("a.txt", "UTF-16", "UTF-16"))
    'a.txt: UTF-16  [encoding, left alone]'
    """
    return f"{origin}  [encoding{'' if origin.converted else ', left alone'}]"


def terminal_encoder() -> Callable[[Finding], bytes]:
    """The line in colours, as far as this terminal (and ``NO_COLOR``) will have them."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)

    def encode(finding: Finding) -> bytes:
        with console.capture() as shown:
            console.print(Text.assemble(*_parts(finding)), soft_wrap=True)
        return shown.get().encode("utf-8", "surrogateescape")

    return encode
