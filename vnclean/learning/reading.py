"""Reading whole trees of text of any kind, with what the cleaner finds in it; nothing is written.

This is a :class:`~vnclean.rewriting.Rewriter` whose output goes nowhere, so that every format,
encoding and archive is read by the same code as when it is cleaned.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from vnclean.batch.ignoring import Ignoring
from vnclean.batch.inputs import File, Inputs, Named
from vnclean.cleaner import Cleaner
from vnclean.documents.encoding import BinaryInputError
from vnclean.documents.lines import Block
from vnclean.documents.source import Source
from vnclean.errors import InputError, naming
from vnclean.language import marked, translated
from vnclean.parallel import Workers
from vnclean.pipeline import CleanedBlock, clean_blocks
from vnclean.reports.origin import Origin
from vnclean.rewriting import Clean, Rewriter
from vnclean.settings.resolver import Settings

#: Hears of each document, by its path, some lines with the edits found in them.
Take = Callable[[str, CleanedBlock], None]
_NOT_TEXT: Final = marked("not text")


@dataclass(frozen=True)
class Reader(Rewriter):
    """Reads files as a rewriter does, and hands on what it reads."""

    take: Take = field(kw_only=True)

    def edited(self, path: str, blocks: Iterable[Block]) -> Iterator[CleanedBlock]:
        """The blocks as they were; ``take`` gets their lines, whatever these are written in."""
        read: deque[Block] = deque()
        for cleaned in self.clean(_plain(blocks, read)):
            self.take(path, cleaned)
            block = read.popleft()
            yield CleanedBlock.of(block, [[] for _ in block.texts])


def _plain(blocks: Iterable[Block], read: deque[Block]) -> Iterator[Block]:
    """Blocks of lines, without what they are written in; ``read`` gets those they are of."""
    for block in blocks:
        if block.texts:
            read.append(block)
            before, begins = block.before, block.begins
            yield Block(block.texts, block.ends, 1, 0, 0, before=before, begins=begins)


class _Nowhere:
    """Where the output goes."""

    def write(self, data: bytes, /) -> int:
        """Nothing is kept."""
        return len(data)


@dataclass
class Heard:
    """What went wrong on the way; a :class:`~vnclean.rewriting.Told`."""

    failed_parts: list[Named] = field(default_factory=list)
    skipped_parts: list[Named] = field(default_factory=list)

    def cleaned(self, path: str, block: CleanedBlock) -> None:
        """A block is done."""

    def ended(self, origin: Origin) -> None:
        """A document is done."""

    def failed(self, path: str, reason: str) -> None:
        """Something could not be read."""
        self.failed_parts.append(Named(path, reason))

    def skipped(self, path: str, reason: str) -> None:
        """Something is not meant to be read."""
        self.skipped_parts.append(Named(path, reason))


class Tree:
    """Everything that is to be read under some names."""

    def __init__(
        self, paths: Sequence[str], ignoring: Ignoring, settings: Callable[[str], Settings]
    ) -> None:
        """``settings``: says how each file is to be read."""
        self._settings = settings
        self._inputs = Inputs(ignoring)
        for path in paths:
            self._inputs.add(path, "")
        self._named = frozenset(paths)
        self.heard = Heard(list(self._inputs.failed))

    @property
    def size(self) -> int:
        """How many bytes there are, as they lie."""
        return sum(file.size for file in self._inputs.files)

    def read(self, cleaner: Cleaner, jobs: int, take: Take, watch: Callable[[int], None]) -> None:
        """Reads everything; ``watch`` hears how many bytes are done.

        What cannot be read is told of in ``heard``.  Raises what the cleaner or workers raise.
        """
        with ExitStack() as stack:
            clean: Clean = partial(clean_blocks, cleaner=cleaner)
            if jobs > 1:
                clean = stack.enter_context(Workers(cleaner, jobs)).clean_at_hand
            done = 0
            for file in self._inputs.files:
                self._read_file(file, clean, take, partial(_within, watch, done))
                done += file.size
                watch(done)

    def _read_file(
        self, file: File, clean: Clean, take: Take, watch: Callable[[int], None]
    ) -> None:
        path = file.path
        try:
            with naming(path, InputError), Path(path).open("rb", buffering=0) as stream:

                def watched(name: str, cleaned: CleanedBlock) -> None:
                    take(name, cleaned)
                    watch(os.lseek(stream.fileno(), 0, os.SEEK_CUR))

                reader = Reader(self._settings(path).reading, clean, self.heard, take=watched)
                reader.rewrite(path, Source(stream.fileno()), _Nowhere())
        except BinaryInputError as error:
            if path in self._named:
                self.heard.failed(path, str(error))
            else:
                self.heard.skipped(path, translated(_NOT_TEXT))
        except InputError as error:
            self.heard.failed(path, str(error).removeprefix(f"{path}: "))
        except UnicodeDecodeError as error:
            reason = translated(
                "is not valid {encoding}; convert it to UTF-8", encoding=error.encoding.upper()
            )
            self.heard.failed(path, reason)


def _within(watch: Callable[[int], None], done: int, more: int) -> None:
    watch(done + more)
