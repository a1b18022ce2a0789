"""The documents that a command names, one after the other, cleaned by one process or by several."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from vnclean.cli.streams import STDIN, display_name, open_source, open_text
from vnclean.documents.lines import Block
from vnclean.documents.passages import LongRecordError
from vnclean.documents.source import Source
from vnclean.documents.text import TextReader
from vnclean.errors import InputError
from vnclean.language import about, translated
from vnclean.pipeline import CleanedBlock, clean_blocks, configured
from vnclean.reports.origin import Origin, origin_of
from vnclean.settings.resolver import Settings

if TYPE_CHECKING:
    from vnclean.cleaner import Cleaner
    from vnclean.config import Config
    from vnclean.documents.checksums import CheckedSink, CheckedStream
    from vnclean.parallel import Workers
    from vnclean.rewriting import Clean


class Document:
    """One input, and what kept it from being read, if anything did."""

    def __init__(self, path: str, settings: Settings) -> None:
        self.path = path
        self.settings = settings
        self.opened: TextReader | None = None
        self.failure: InputError | None = None
        self.unwanted = False  #: need not be read any further
        self._blocks: Iterator[CleanedBlock] = iter(())
        #: What knows their checksums, if they are asked for: of what is read, of what it becomes.
        self.read: CheckedStream | None = None
        self.written: CheckedSink | None = None

    def reader(self) -> TextReader:
        """What reads it, for what is to be known beside its blocks.

        Raises InputError, with its name, if it could not be opened or is not text.
        """
        if self.opened is None:
            assert self.failure
            raise self.failure
        return self.opened

    def blocks(self) -> Iterator[CleanedBlock]:
        """Its blocks, once; raises InputError, with its name, if it cannot be read to the end."""
        return self._blocks

    def origin(self) -> Origin:
        """What it came in; final after its last block."""
        return origin_of(self.path, self.reader(), *self.digests())

    def digests(self) -> tuple[str, str]:
        """The checksums of what was read and of what it became, each empty if nobody asked."""
        read, written = self.read, self.written
        return read.digest() if read else "", written.digest() if written else ""

    def begin(self, rest: Iterator[_Item]) -> None:
        """Its blocks are what comes in ``rest`` before the document itself."""
        self._blocks = self._until_itself(rest)

    def _until_itself(self, rest: Iterator[_Item]) -> Iterator[CleanedBlock]:
        for item in rest:
            if isinstance(item, Document):
                break
            if isinstance(item, InputError):  # a block that could not be cleaned
                self.failure = self.failure or InputError(about(display_name(self.path), item))
                self.unwanted = True
            elif not self.unwanted:
                yield item
        if self.failure:
            raise self.failure

    def end(self) -> None:
        """Skips what nobody asked for."""
        self.unwanted = True
        with suppress(InputError):
            for _ in self._blocks:
                pass


#: What comes of inputs; an error in the place of a block that could not be cleaned.
_Item: TypeAlias = CleanedBlock | Document | InputError


def _itself(error: InputError) -> InputError:
    return error


class _Inputs:
    """Each document, then its blocks, then the document again; see `vnclean.parallel.Inputs`.

    Ahead of the text that is being cleaned, only regular files are read, and the next one only
    opened if it is another: a pipe may keep us waiting, and a file that is named twice may be
    written in between.
    """

    def __init__(
        self,
        paths: Sequence[str],
        settings: Callable[[str], Settings],
        common: Config,
        *,
        checked: bool,
    ) -> None:
        """``settings``: of each of ``paths``; ``common``: what the cleaner has."""
        self._paths = paths
        self._settings, self._common = settings, common
        self._checked = checked  # checksums are asked for
        self._seen: set[tuple[int, int]] = set()
        self._slow: Source | None = None  #: is being read, and may keep us waiting
        self._to_open: str | None = None  #: comes next
        self._items = self._read()

    def __iter__(self) -> Iterator[Block | Document]:
        return self._items

    def __next__(self) -> Block | Document:
        return next(self._items)

    def ready(self) -> bool:
        if self._slow:
            return self._slow.ready()
        return self._to_open is None or self._is_another_file(self._to_open)

    def fileno(self) -> int | None:
        return self._slow.fileno() if self._slow else None

    def _is_another_file(self, path: str) -> bool:
        if path == STDIN:
            return False
        try:
            status = Path(path).stat()
        except (OSError, ValueError):  # which opening it says at once
            return True
        return stat.S_ISREG(status.st_mode) and (status.st_dev, status.st_ino) not in self._seen

    def _read(self) -> Iterator[Block | Document]:
        for path, following in zip_longest(self._paths, self._paths[1:]):
            document = Document(path, self._settings(path))
            try:
                yield from self._read_one(document)
            except InputError as error:
                document.failure = error
                if document.opened is None:
                    yield document
            self._slow, self._to_open = None, following
            yield document

    def _read_one(self, document: Document) -> Iterator[Block | Document]:
        with open_source(document.path) as source:
            status = os.fstat(source.fileno())
            self._seen.add((status.st_dev, status.st_ino))
            if self._checked:
                from vnclean.documents.checksums import CheckedStream

                document.read = CheckedStream(source)
            reading, config = document.settings.reading, document.settings.config
            document.opened = open_text(document.path, document.read or source, reading)
            self._slow = None if stat.S_ISREG(status.st_mode) else source
            self._to_open = None
            yield document
            try:
                other = None if config == self._common else config
                for block in configured(document.opened, other):
                    if document.unwanted:
                        return
                    yield block
            except UnicodeDecodeError:  # nothing stands for what is no code point
                name, wanted = display_name(document.path), document.opened.encoding.name
                raise InputError(
                    translated(
                        "{path}: is not valid {encoding}; convert it to UTF-8",
                        path=name,
                        encoding=wanted,
                    )
                ) from None
            except LongRecordError as error:
                raise InputError(about(display_name(document.path), error)) from None


def _documents(items: Iterator[_Item]) -> Iterator[Document]:
    for item in items:
        assert isinstance(item, Document)
        item.begin(items)
        yield item
        item.end()


class Cleaning:
    """Cleans documents in this process, or has ``workers`` clean them; the result is the same.

    Most documents are cleaned with the settings of ``cleaner``.
    """

    def __init__(self, cleaner: Cleaner, workers: Workers | None = None) -> None:
        self._cleaner, self._workers = cleaner, workers

    def documents(
        self, paths: Sequence[str], settings: Callable[[str], Settings], *, checked: bool = False
    ) -> Iterator[Document]:
        """The documents called ``paths`` (``-`` is stdin), to be taken one after the other.

        ``settings``: says what holds for each.  ``checked``: the checksums of what is read are
        asked for.
        """
        inputs = _Inputs(paths, settings, self._cleaner.config, checked=checked)
        if self._workers:
            return _documents(self._workers.clean_blocks(inputs, _itself))
        return _documents(clean_blocks(inputs, self._cleaner, _itself))

    def at_hand(self, settings: Settings) -> Clean:
        """What cleans blocks that keep nobody waiting, of a document for which that holds."""
        own = None if settings.config == self._cleaner.config else settings.config

        def clean(blocks: Iterable[Block]) -> Iterator[CleanedBlock]:
            if self._workers:
                return self._workers.clean_at_hand(configured(blocks, own))
            return clean_blocks(configured(blocks, own), self._cleaner)

        return clean


@contextmanager
def cleaning(cleaner: Cleaner, jobs: int) -> Iterator[Cleaning]:
    """What cleans with so many processes; one is this process itself.

    Raises whatever :class:`~vnclean.parallel.Workers` raises.
    """
    if jobs == 1:
        yield Cleaning(cleaner)
        return
    from vnclean.parallel import Workers

    with Workers(cleaner, jobs) as workers:
        yield Cleaning(cleaner, workers)
