"""A rewriter whose cleaner is quick, and who hears what it tells."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from vnclean.documents.lines import Block
from vnclean.documents.text import ByteStream
from vnclean.edits import Edit
from vnclean.formats.kinds import Reading
from vnclean.markers import Span
from vnclean.pipeline import CleanedBlock, clean_blocks
from vnclean.reports.origin import Origin
from vnclean.rewriting import Rewriter

DAMAGED = "Phòng chng dịch bệnh.\n".encode()
REPAIRED = "Phòng chống dịch bệnh.\n".encode()
SOUND = "Họ trồng lúa và nuôi cá.\n".encode()


class OneWord:
    """Knows of one damaged word only; archives do not care which words are repaired."""

    def edits(
        self,
        lines: Sequence[str],
        before: Sequence[str] = (),
        begins: Sequence[int] = (),
        off: Sequence[Span] = (),
    ) -> list[list[Edit]]:
        """``chng`` is ``chống``."""
        return [
            [
                Edit(found.start(), found.end(), "chng", "chống", "lost-letters", 0.99)
                for found in re.finditer(r"\bchng\b", line)
            ]
            for line in lines
        ]


def clean(blocks: Iterable[Block]) -> Iterator[CleanedBlock]:
    """As `Rewriter.clean`."""
    return clean_blocks(blocks, OneWord())


@dataclass
class Heard:
    """What a `Told` hears."""

    edits: list[tuple[str, str]] = field(default_factory=list)
    ended_paths: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    skips: dict[str, str] = field(default_factory=dict)

    def cleaned(self, path: str, block: CleanedBlock) -> None:
        self.edits += [(path, found.edit.after) for found in block.findings(path)]

    def ended(self, origin: Origin) -> None:
        self.ended_paths.append(origin.path)

    def failed(self, path: str, reason: str) -> None:
        self.failures[path] = reason

    def skipped(self, path: str, reason: str) -> None:
        self.skips[path] = reason


@dataclass
class Rewritten:
    """What became of a file."""

    data: bytes
    changed: bool
    heard: Heard


def rewrite(name: str, data: bytes, reading: Reading = Reading(), **more: Any) -> Rewritten:
    """Rewrites a file called ``name``."""
    return rewrite_stream(name, io.BytesIO(data), reading, **more)


def rewrite_stream(
    name: str,
    stream: ByteStream,
    reading: Reading = Reading(),
    **more: Any,
) -> Rewritten:
    """The same for one that comes as a stream."""
    heard, sink = Heard(), io.BytesIO()
    changed = Rewriter(reading, clean, heard, **more).rewrite(name, stream, sink)
    return Rewritten(sink.getvalue(), changed, heard)


class Pipe:
    """A stream that comes in pieces and cannot be rewound."""

    def __init__(self, data: bytes, size: int = 7) -> None:
        self._file = io.BytesIO(data)
        self._size = size

    def read1(self, size: int, /) -> bytes:
        return self._file.read(min(size, self._size))

    def seekable(self) -> bool:
        return False
