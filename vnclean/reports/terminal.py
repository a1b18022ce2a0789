"""What a report amounts to, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from typing import TYPE_CHECKING, Final, TextIO

from vnclean.language import translated
from vnclean.reports.drawn import visible
from vnclean.reports.overview import BINS, Overview

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

#: Rows of a table that may get long, and the width of its longest bar.
NAMED: Final = 10
_BAR: Final = 24
_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_WIDEST: Final = 48


def overview_text(overview: Overview, title: str, file: TextIO) -> str:
    """The tables as ``file`` will have them: in colours if it is a terminal."""
    from rich.console import Console, Group
    from rich.text import Text

    parts: list[RenderableType] = []
    for name, table in _tables(overview, title):
        if table.rows:
            parts += Text(shown(name), style="bold"), table
    told = StringIO()
    terminal = file.isatty() or None
    console = Console(
        file=told, force_terminal=terminal, highlight=False, markup=False, emoji=False
    )
    console.print(Group(*parts))
    return told.getvalue()


def bar(part: int, most: int, width: int = _BAR) -> str:
    """A bar for ``part``, of ``width`` cells for ``most``; never nothing for something.

    >>> bar(3, 4, 2), bar(1, 1000, 2), bar(0, 4, 2)
    ('█▌', '▏', '')
    """
    eighths = max(round(part * width * 8 / most), 1) if part else 0
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def shown(text: str) -> str:
    """``text`` as it may stand in a table: in one line, not too long, no order to the terminal.

    >>> shown("kim tra"), shown("\\x1b[31m"), shown("")
    ('kim tra', '␛[31m', '∅')
    """
    return visible(text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…")


def _tables(overview: Overview, title: str) -> Iterable[tuple[str, Table]]:
    distinct = overview.documents.distinct
    by_file = translated("by file")
    if distinct is None or distinct > NAMED:
        by_file = translated("by file, the {count} with most repairs", count=NAMED)
    yield title, _totals(overview)
    yield translated("by kind"), _kinds(overview)
    yield translated("by confidence"), _confidence(overview)
    yield translated("left alone, and why"), _left_alone(overview)
    yield by_file, _files(overview)
    yield translated("commonest repairs"), _commonest(overview)


def _table(*columns: str) -> Table:
    """A table whose first column is text and whose last one, without a name, holds bars."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, name in enumerate(columns):
        if number == 0:
            table.add_column(name, max_width=_WIDEST, overflow="fold")
        elif name:
            table.add_column(name, justify="right", no_wrap=True)
        else:
            table.add_column(name, style="green", no_wrap=True)
    return table


def _totals(overview: Overview) -> Table:
    documents = overview.documents.distinct
    table = _table("", translated("edits"))
    table.add_row(translated("repairs"), f"{overview.repairs:,}", style="bold")
    table.add_row(translated("left alone"), f"{overview.left_alone:,}")
    table.add_row(
        translated("documents"), translated("very many") if documents is None else f"{documents:,}"
    )
    for name, count in overview.encodings.most_common():
        table.add_row(translated("documents in {name}", name=shown(name)), f"{count:,}")
    if overview.kept_bytes:
        table.add_row(translated("bytes that are no text: kept"), f"{overview.kept_bytes:,}")
    return table


def _kinds(overview: Overview) -> Table:
    kinds = overview.kinds_in_order()
    table = _table(translated("kind"), translated("repairs"), translated("left alone"), "")
    most = max(overview.kinds.values(), default=1)
    for kind in kinds:
        count, left = overview.kinds[kind], overview.kinds_left[kind]
        table.add_row(shown(kind), f"{count:,}", f"{left:,}", bar(count, most))
    return table


def _confidence(overview: Overview) -> Table:
    table = _table(translated("confidence"), translated("repairs"), translated("left alone"), "")
    pairs = list(zip(overview.sure, overview.unsure, strict=True))
    most = max(overview.sure) or 1
    for number, (count, left) in reversed(list(enumerate(pairs))):
        if count or left:
            name = translated(
                "{least:.2f} to {most:.2f}", least=number / BINS, most=(number + 1) / BINS
            )
            table.add_row(name, f"{count:,}", f"{left:,}", bar(count, most))
    return table


def _left_alone(overview: Overview) -> Table:
    table = _table("", translated("edits"))
    for reason, count in overview.reasons.most_common():
        table.add_row(translated(reason), f"{count:,}")
    return table


def _files(overview: Overview) -> Table:
    named = overview.paths_in_order(NAMED)
    table = _table(translated("file"), translated("repairs"), translated("left alone"), "")
    most = max((count for _, count, _ in named), default=1) or 1
    for path, count, left in named:
        table.add_row(shown(path), f"{count:,}", f"{left:,}", bar(count, most))
    return table


def _commonest(overview: Overview) -> Table:
    named = overview.commonest.commonest(NAMED)
    table = _table(translated("repair"), translated("times"), "")
    for (before, after), count in named:
        table.add_row(f"{shown(before)} → {shown(after)}", f"{count:,}", bar(count, named[0][1]))
    return table
