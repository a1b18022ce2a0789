"""What ``vnclean check`` shows of each document that comes by, of files and of archives alike."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby
from typing import Final

from vnclean.archives.members import NO_TEXT
from vnclean.cli.output import Stdout, complain
from vnclean.cli.packed import rewrite_named
from vnclean.cli.reading import Cleaning, Document
from vnclean.cli.streams import Failures, faults_of, open_source, warn_of_invalid_bytes
from vnclean.documents.encoding import BinaryInputError
from vnclean.errors import InputError, OutputError
from vnclean.formats.kinds import Kind
from vnclean.language import about, in_english, marked, translated
from vnclean.pipeline import CleanedBlock
from vnclean.reports.encoded import encoded
from vnclean.reports.listing import Listing, listing
from vnclean.reports.origin import Origin
from vnclean.rewriting import Rewriter
from vnclean.settings.resolver import Settings

_AN_ARCHIVE: Final = marked("{path}: is an archive, which no patch can change; leave out --diff")
_PACKED: Final = marked("{path}: is packed, which no patch can change; leave out --diff")


class View:
    """What is shown of documents."""

    shows_packed = True  #: whether it has a form for what is in archives and packed files

    def begin(self) -> bytes:
        """What comes first."""
        return b""

    def document(self, document: Document, blocks: Iterable[CleanedBlock]) -> Iterator[bytes]:
        """A document whose blocks come by."""
        for cleaned in blocks:
            yield self.cleaned(document.path, cleaned)
        yield self.ended(document.origin())

    def cleaned(self, path: str, cleaned: CleanedBlock, *, packed: bool = False) -> bytes:
        """A block of the document called ``path``."""
        raise NotImplementedError

    def ended(self, origin: Origin) -> bytes:
        """What a document came in, after its last block."""
        raise NotImplementedError

    def failure(self, path: str, error: InputError) -> bytes:
        """One that could not be read to its end."""
        return b""

    def end(self, *, complete: bool) -> bytes:
        """What comes last."""
        return b""


class Diffs(View):
    """A unified diff of each file; of what is packed no patch could make use of one."""

    shows_packed = False

    def document(self, document: Document, blocks: Iterable[CleanedBlock]) -> Iterator[bytes]:
        """The diff, hunk by hunk."""
        from vnclean.reports.diff import unified_diff

        encoding = document.reader().encoding
        mark = encoding.bom.decode("utf-8") if encoding.name == "UTF-8" else ""
        for part in unified_diff(document.path, blocks, mark):
            yield encoded(part)


class Findings(View):
    """Each finding in one of the formats of `vnclean.reports.listing`."""

    def __init__(self, format_: str, show_all: bool) -> None:
        self._show_all = show_all
        terminal = sys.stdout is not None and sys.stdout.isatty()
        self._listing: Listing = listing(format_, terminal=terminal)

    def begin(self) -> bytes:
        """What the format begins with."""
        return self._listing.begin()

    def cleaned(self, path: str, cleaned: CleanedBlock, *, packed: bool = False) -> bytes:
        """The findings in a block."""
        encode, show_all = self._listing.finding, self._show_all
        wanted = (found for found in cleaned.findings(path) if show_all or found.edit.applied)
        return b"".join([encode(found, packed=packed) for found in wanted])

    def ended(self, origin: Origin) -> bytes:
        """The encoding, if it changes."""
        if origin.converted or (self._show_all and origin.notable):
            return self._listing.origin(origin)
        return b""

    def failure(self, path: str, error: InputError) -> bytes:
        """What the format says of a failure."""
        return self._listing.failure(path, in_english(error))

    def end(self, *, complete: bool) -> bytes:
        """What the format ends with."""
        return self._listing.end(complete=complete)


class Check:
    """One run: files in, what is shown of them out."""

    def __init__(
        self,
        view: View,
        settings: Callable[[str], Settings],
        cleaning: Cleaning,
        unnamed: Collection[str],
    ) -> None:
        """``settings``: says what holds for each file; ``unnamed``: files that nobody asked for by
        name, which need not be text.
        """
        self._view, self._settings, self._cleaning = view, settings, cleaning
        self._unnamed = unnamed
        self._failures = Failures()
        self._stdout = Stdout()
        self._found = False

    def run(self, names: Iterable[str], failed: Iterable[tuple[str, InputError]]) -> int:
        """Shows what ``failed`` and all files called ``names``; returns the exit code."""
        try:
            self._show(self._view.begin())
            try:
                for path, error in failed:
                    self._failed(path, error)
                self._all(names)
            except (BrokenPipeError, OutputError):
                raise
            except BaseException:  # interrupted: what was begun is closed, so that it can be read
                self._show(self._view.end(complete=False))
                raise
            self._show(self._view.end(complete=not self._failures.exit_code))
        except BrokenPipeError:
            pass
        return self._failures.exit_code or int(self._found)

    def _all(self, names: Iterable[str]) -> None:
        for packed, paths in groupby(names, lambda path: self._kind(path).is_packed):
            if packed:
                for path in paths:
                    self._packed(path)
            else:
                for document in self._cleaning.documents(list(paths), self._settings):
                    self._text(document)

    def _kind(self, path: str) -> Kind:
        return self._settings(path).reading.kind(path)

    def _text(self, document: Document) -> None:
        try:
            reader = document.reader()
            for shown in self._view.document(document, self._noting(document.blocks())):
                self._show(shown)
            self._found |= document.origin().converted
            warn_of_invalid_bytes(document.path, reader)
            for error in faults_of(document.path, reader):
                self._failed(document.path, error)
        except InputError as error:
            self._unreadable(document.path, error)

    def _noting(self, blocks: Iterable[CleanedBlock]) -> Iterator[CleanedBlock]:
        for cleaned in blocks:
            self._found |= cleaned.changed()
            yield cleaned

    def _packed(self, path: str) -> None:
        """Has an archive or a packed file rewritten into nothing, to hear what would be done."""
        if not self._view.shows_packed:
            self._leave_out(path)
            return
        try:
            with open_source(path) as source:
                settings = self._settings(path)
                rewriter = Rewriter(settings.reading, self._cleaning.at_hand(settings), self)
                rewrite_named(rewriter, path, source, _Nowhere())
        except InputError as error:
            self._unreadable(path, error)

    def _leave_out(self, path: str) -> None:
        message = _AN_ARCHIVE if self._kind(path).is_archive else _PACKED
        error = InputError(translated(message, path=path))
        if path in self._unnamed:
            complain(error)
        else:
            self._failed(path, error)

    def cleaned(self, path: str, block: CleanedBlock) -> None:
        """Something packed: see `vnclean.rewriting.Told`."""
        self._found |= block.changed()
        self._show(self._view.cleaned(path, block, packed=True))

    def ended(self, origin: Origin) -> None:
        """Something packed: see `vnclean.rewriting.Told`."""
        self._found |= origin.converted
        self._show(self._view.ended(origin))

    def failed(self, path: str, reason: str) -> None:
        """Something packed: see `vnclean.rewriting.Told`."""
        self._failed(path, InputError(about(path, reason)))

    def skipped(self, path: str, reason: str) -> None:
        """Something packed: see `vnclean.rewriting.Told`."""
        if in_english(reason) != NO_TEXT:  # which nobody asked for by name
            complain(translated("{path}: skipped: {reason}", path=path, reason=reason))

    def _unreadable(self, path: str, error: InputError) -> None:
        if not (isinstance(error, BinaryInputError) and path in self._unnamed):
            self._failed(path, error)

    def _failed(self, path: str, error: InputError) -> None:
        self._failures.add(error)
        self._show(self._view.failure(path, error))

    def _show(self, data: bytes) -> None:
        if data:
            self._stdout.write(data)


class _Nowhere:
    """Takes what nobody wants to read."""

    def write(self, data: bytes, /) -> int:
        """Forgets ``data``."""
        return len(data)
