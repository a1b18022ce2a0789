"""One packed file or archive, to standard output or into a file of its own: the same kind again."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from vnclean.cleaner import Cleaner
from vnclean.cli.cleaning import Log
from vnclean.cli.output import Stdout, complain
from vnclean.cli.reading import cleaning
from vnclean.cli.streams import Failures, open_source
from vnclean.documents.atomic import AtomicFile
from vnclean.documents.checksums import CheckedSink, CheckedStream, digest_of
from vnclean.documents.encoding import BinaryInputError
from vnclean.documents.source import Source
from vnclean.documents.text import ByteStream
from vnclean.errors import InputError, OutputError, naming
from vnclean.language import about, translated
from vnclean.pipeline import CleanedBlock
from vnclean.reports.origin import Origin
from vnclean.rewriting import Rewriter, Sink
from vnclean.settings.resolver import Settings

_PIECE: Final = 1 << 20


def rewrite_packed(
    path: str, output: str | None, log: Log, cleaner: Cleaner, jobs: int, settings: Settings
) -> int:
    """Cleans what is in the file called ``path`` into one of the same kind; returns the exit code.

    ``output``: the name of that, standard output if None.  It appears when all is done.
    """
    failures, fields = Failures(), settings.reading.fields
    with ExitStack() as stack:
        opened = stack.enter_context(cleaning(cleaner, jobs))
        try:
            source = stack.enter_context(open_source(path))
            rewriter = Rewriter(settings.reading, opened.at_hand(settings), _Told(log, failures))
            if output is None:
                log.add_written(path, _to_stdout(path, source, rewriter), fields)
            else:
                with naming(output, OutputError), AtomicFile(Path(output)) as file:
                    digests = _rewrite(path, source, rewriter, file)
                    log.add_written(path, digests, fields, output)
                    file.commit()
            log.keep()
        except InputError as error:
            failures.add(error)
    return failures.exit_code


def _to_stdout(path: str, source: Source, rewriter: Rewriter) -> tuple[str, str]:
    """Writes nothing before it is known that all can be read; returns as :func:`_rewrite`."""
    stdout = Stdout()
    with TemporaryFile() as file:
        digests = _rewrite(path, source, rewriter, file)
        file.seek(0)
        while data := file.read(_PIECE):
            stdout.write(data)
        return digests


class _Told:
    """Passes on what is heard of the file: see `vnclean.rewriting.Told`."""

    def __init__(self, log: Log, failures: Failures) -> None:
        self._log = log
        self._failures = failures

    def cleaned(self, path: str, block: CleanedBlock) -> None:
        self._log.add(path, block)

    def ended(self, origin: Origin) -> None:
        self._log.add_origin(origin)

    def failed(self, path: str, reason: str) -> None:
        self._failures.add(InputError(about(path, reason)))

    def skipped(self, path: str, reason: str) -> None:
        complain(translated("{path}: skipped: {reason}", path=path, reason=reason))


def rewrite_named(rewriter: Rewriter, path: str, stream: ByteStream, sink: Sink) -> None:
    """As `Rewriter.rewrite`, but the errors name ``path``."""
    try:
        rewriter.rewrite(path, stream, sink)
    except BinaryInputError as error:
        told = translated("{path}: what is in it {reason}", path=path, reason=error)
        raise BinaryInputError(told, error.head) from error
    except InputError as error:
        raise InputError(about(path, error)) from error


def _rewrite(
    path: str, source: Source, rewriter: Rewriter, sink: Sink | IO[bytes]
) -> tuple[str, str]:
    """Rewrites a file; returns the checksums of what was read and written."""
    stream: Source | CheckedStream = source
    if source.seekable():  # and so may be read anywhere
        digest = digest_of(source.fileno())
    else:
        stream = CheckedStream(source)
    written = CheckedSink(sink)
    rewrite_named(rewriter, path, stream, written)
    if isinstance(stream, CheckedStream):
        digest = stream.digest()
    return digest, written.digest()
