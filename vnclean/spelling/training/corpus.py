"""Reading training text: plain or .xz files, block by block."""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path

#: Characters a block holds, about; bounds the memory of all that read a corpus.
BLOCK = 1 << 24


def read_blocks(corpus: Iterable[Path], block: int = BLOCK) -> Iterator[list[str]]:
    """Lists of lines of all files in turn; bytes that are no UTF-8 become U+FFFD.

    Raises OSError if a file cannot be read, lzma.LZMAError if an .xz file is damaged.
    """
    for path in corpus:
        opened = lzma.open if path.suffix == ".xz" else open
        with opened(path, "rt", encoding="utf-8", errors="replace") as lines:
            while some := lines.readlines(block):
                yield some
