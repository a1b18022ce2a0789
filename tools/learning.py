"""What the tools that learn tables from damaged lines and sound ones share: their command line."""

from __future__ import annotations

import argparse
from pathlib import Path

#: Learn from one half of the lines and judge on the other: figures are honest only so.
HALVES = {"all": slice(None), "even": slice(0, None, 2), "odd": slice(1, None, 2)}


def options(doc: str | None, texts: str, table: Path) -> argparse.Namespace:
    """``texts``, how a text is named on the command line; ``lines``, a slice; ``table``, where to
    write.
    """
    parser = argparse.ArgumentParser(description=(doc or "").split("\n")[0])
    parser.add_argument("texts", nargs="+", metavar=texts)
    parser.add_argument("--lines", choices=HALVES, default="all")
    parser.add_argument("--table", type=Path, default=table, help="where to write")
    wanted = parser.parse_args()
    wanted.lines = HALVES[wanted.lines]
    return wanted
