"""What the commands share: documents by name, one line per failure."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from vnclean.cli.output import complain
from vnclean.documents.encoding import BinaryInputError
from vnclean.documents.source import Source
from vnclean.documents.text import ByteStream, TextReader
from vnclean.errors import InputError, VncleanError, naming
from vnclean.formats.kinds import Reading
from vnclean.language import about, counted, marked, translated

#: The name of standard input, and of standard output, on the command line.
STDIN = "-"


class Failures:
    """Names the inputs that could not be done, so that the others still are."""

    def __init__(self) -> None:
        self.exit_code = 0

    def add(self, error: VncleanError) -> None:
        """Shows ``error`` and remembers its exit code."""
        complain(error)
        self.exit_code = error.exit_code


def is_folder(path: str) -> bool:
    """Whether there is a folder called ``path``, as far as that can be seen."""
    return stat.S_ISDIR(_mode(path))


def is_file(path: str) -> bool:
    """Whether there is a regular file called ``path``, as far as that can be seen."""
    return stat.S_ISREG(_mode(path))


def _mode(path: str) -> int:
    """What the file system says of ``path``; 0 if it knows nothing of it."""
    try:
        return Path(path).stat().st_mode if path else 0
    except (OSError, ValueError):
        return 0


def expanded(name: str) -> list[str]:
    """The files that a pattern names which no shell has expanded; itself if there are none.

    >>> expanded("no-such-folder/*.txt"), expanded("a.txt")
    (['no-such-folder/*.txt'], ['a.txt'])
    """
    if name == STDIN or not any(sign in name for sign in "*?[") or os.path.lexists(name):
        return [name]
    from glob import glob

    return sorted(glob(name, recursive=True), key=os.fsencode) or [name]  # noqa: PTH207 (Path would drop "./")


def display_name(path: str) -> str:
    """What to call ``path`` in a message."""
    return translated("standard input") if path == STDIN else path


def tell_of_terminal(command: str) -> None:
    """Says what ``command`` waits for if standard input is a terminal, where nobody may notice."""
    if sys.stdin is not None and sys.stdin.isatty():
        complain(
            translated(
                "reading from the terminal; end with Ctrl-D, or see vnclean {command} --help",
                command=command,
            )
        )


class _Named(Source):
    """A source whose read errors name the document."""

    def __init__(self, path: str, fileno: int) -> None:
        super().__init__(fileno)
        self._path = path

    def read1(self, size: int) -> bytes:
        with naming(display_name(self._path), InputError):
            return super().read1(size)


@contextmanager
def open_document(
    path: str,
    reading: Reading = Reading(),
) -> Iterator[TextReader]:
    """Opens ``path`` (``-`` is stdin) for reading.

    Raises InputError, with the name in it, if it cannot be read or is not text.
    """
    with open_source(path) as source:
        yield open_text(path, source, reading)


def open_text(
    path: str,
    source: ByteStream,
    reading: Reading = Reading(),
) -> TextReader:
    """The reader of an opened document.

    Raises InputError, with the name in it, if it cannot be read or is not text.
    """
    kind = reading.kind(path)
    if kind.is_packed:
        message = marked("{path}: is packed; clean it alone, or use -o DIR or -i")
        if kind.is_archive:
            message = marked("{path}: is an archive; clean it alone, or use -o DIR or -i")
        raise InputError(translated(message, path=path))
    try:
        splitter = reading.splitter(kind)
        return TextReader(
            source, encoding=reading.encoding, splitter=splitter, markers=reading.markers
        )
    except BinaryInputError as error:
        raise BinaryInputError(about(display_name(path), error), error.head) from error


@contextmanager
def open_source(path: str) -> Iterator[Source]:
    """Opens ``path`` (``-`` is stdin) for its bytes; raises InputError, with the name in it."""
    if path == STDIN:
        if sys.stdin is None:
            raise InputError(
                translated("standard input: is closed; name a file or pipe some text in")
            )
        yield _Named(path, sys.stdin.fileno())
        return
    if not path:
        raise InputError(translated("a PATH is empty; check the names"))
    with ExitStack() as stack:
        with naming(path, InputError):
            stream = stack.enter_context(Path(path).open("rb", buffering=0))
        if _is_stdout(os.fstat(stream.fileno())):
            raise InputError(
                translated(
                    "{path}: is also where stdout goes; use --in-place to repair a file", path=path
                )
            )
        yield _Named(path, stream.fileno())


def _is_stdout(status: os.stat_result) -> bool:
    """Whether stdout writes to the same regular file."""
    if sys.stdout is None:
        return False
    try:
        ours = os.fstat(sys.stdout.fileno())
    except OSError:
        return False
    return os.path.samestat(ours, status) and stat.S_ISREG(status.st_mode)


def faults_of(path: str, reader: TextReader) -> list[InputError]:
    """What was found to be wrong in a document that was read, and so was kept as it is."""
    return [InputError(about(display_name(path), fault)) for fault in reader.faults]


def warn_of_invalid_bytes(path: str, reader: TextReader) -> None:
    """Says how many bytes of a document that was read were no text."""
    count = reader.invalid_bytes
    if count:
        complain(
            counted(
                "{path}: {count:,} byte that is not {encoding} (first: line {line:,})"
                " was kept as it is",
                "{path}: {count:,} bytes that are not {encoding} (first: line {line:,})"
                " were kept as they are",
                count,
                path=display_name(path),
                encoding=reader.encoding.name,
                line=reader.invalid_line,
            )
        )
