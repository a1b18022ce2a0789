"""The records of a WARC file, as warcio reads them: where each lies, its headers, its block."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from typing import IO, Any, Final

from warcio.archiveiterator import WARCIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser

from vnclean.archives.expansion import Expansion
from vnclean.archives.spools import PORTION
from vnclean.errors import InputError
from vnclean.language import marked, translated

#: The longest headers, in bytes: those of a record and of the message in it.
_LONGEST: Final = 1 << 20
#: In which bytes warcio reads headers; which of them it was, it does not say.
_ENCODINGS: Final = ("utf-8", "iso-8859-1")
_TRUNCATED: Final = marked("ends in the middle of a record, or is damaged there; get it anew")


class SeveralInOneError(InputError):
    """A gzip member holds more than one record, so that none can be copied by itself."""

    def __init__(self) -> None:
        super().__init__(
            translated("has several records in one gzip member; warcio recompress mends it")
        )


@contextmanager
def _reading() -> Iterator[None]:
    """What warcio says on stderr is told by exceptions here, all of them InputErrors."""
    try:
        with redirect_stderr(io.StringIO()):
            yield
    except (ArchiveLoadFailed, EOFError, ValueError, zlib.error) as error:
        raise InputError(
            translated("is no WARC file, or damaged: it has no record where one should be")
        ) from error


class _Window:
    """A file from which others read as well."""

    def __init__(self, file: IO[bytes], expansion: Expansion) -> None:
        self._file = file
        self._expansion = expansion
        self._at = 0

    def tell(self) -> int:
        return self._at

    def read(self, size: int) -> bytes:
        self._file.seek(self._at)
        data = self._file.read(size)
        self._at += len(data)
        self._expansion.fed(len(data))
        return data


class _Reader:
    """A reader of warcio that remembers lines, and has an end to them and to what it unpacks."""

    def __init__(self, reader: Any, expansion: Expansion) -> None:
        self._reader = reader
        self._expansion = expansion
        self._lines: list[bytes] = []
        self._size = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def read(self, length: int) -> bytes:
        data: bytes = self._reader.read(length)
        self._expansion.came(len(data))
        return data

    def readline(self, length: int = _LONGEST) -> bytes:
        line: bytes = self._reader.readline(min(length, _LONGEST - self._size))
        self._expansion.came(len(line))
        self._lines.append(line)
        self._size += len(line)
        return line

    def taken_lines(self) -> bytes:
        """The lines that were read since this was asked for; InputError if they have no end."""
        lines, size = b"".join(self._lines), self._size
        self._lines.clear()
        self._size = 0
        if size >= _LONGEST:
            raise InputError(translated("is no WARC file, or damaged: it has headers without end"))
        return lines


class Headers:
    """Headers as warcio reads them.

    >>> headers = Headers.of_message(b"HTTP/1.1 200 OK\\r\\nAge: 1\\r\\n\\r\\n")
    >>> headers.set("age", "2")
    >>> headers.get("AGE"), bytes(headers), headers.as_written
    ('2', b'HTTP/1.1 200 OK\\r\\nAge: 2\\r\\n\\r\\n', True)
    >>> Headers.of_message(b"HTTP/1.1 200 OK\\nAge:1\\n\\n").as_written
    False
    """

    def __init__(self, parsed: Any, data: bytes) -> None:
        self._parsed = parsed
        fitting = [name for name in _ENCODINGS if self._encoded(name) == data]
        self._encoding = fitting[0] if fitting else _ENCODINGS[0]
        #: Whether warcio gives them back as they were written.
        self.as_written = bool(fitting)

    @classmethod
    def of_record(cls, data: bytes) -> Headers:
        """Those of a WARC record."""
        parser = StatusAndHeadersParser(ArcWarcRecordLoader.WARC_TYPES)
        return cls(parser.parse(io.BytesIO(data)), data)

    @classmethod
    def of_message(cls, data: bytes) -> Headers:
        """Those of an HTTP message, of any version."""
        return cls(StatusAndHeadersParser([], verify=False).parse(io.BytesIO(data)), data)

    def _encoded(self, encoding: str) -> bytes | None:
        try:
            data: bytes = self._parsed.to_bytes(encoding=encoding)
        except UnicodeEncodeError:
            return None
        return data

    def get(self, name: str) -> str | None:
        """The first value of a field, None if there is none."""
        value: str | None = self._parsed.get_header(name)
        return value

    def count(self, name: str) -> int:
        """How often a field is there."""
        return sum(name.lower() == each.lower() for each, _ in self._parsed.headers)

    def set(self, name: str, value: str) -> None:
        """Changes a field, or adds it."""
        self._parsed.replace_header(name, value)

    def drop(self, name: str) -> None:
        """Takes a field out."""
        while self._parsed.remove_header(name):
            pass

    def __bytes__(self) -> bytes:
        return self._encoded(self._encoding) or b""


@dataclass(frozen=True)
class Record:
    """One record, to be read before the next one; its block is a ``ByteStream``."""

    start: int  #: where it begins in the file
    packed: bool  #: as a gzip member of its own
    headers: Headers
    _stream: Any
    _reader: _Reader

    @property
    def left(self) -> int:
        """How many bytes of its block were not read."""
        left: int = self._stream.limit
        return left

    def read1(self, size: int, /) -> bytes:
        """Up to ``size`` bytes of its block; nothing at the end, or where the file breaks off."""
        with _reading():
            data: bytes = self._stream.read(size)
        return data

    def seekable(self) -> bool:
        """It is there as a whole."""
        return True

    def message(self) -> Headers:
        """The headers of the HTTP message that its block is; raises InputError if endless."""
        with _reading():
            while self._stream.readline().strip():
                pass
            return Headers.of_message(self._reader.taken_lines())


class Records:
    r"""The records of a file, one after the other.  Raises InputError where there is none.

    >>> data = b"WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 4\r\n\r\ntext\r\n\r\n"
    >>> records = Records(io.BytesIO(data), Expansion(times=200))
    >>> record = records.next()
    >>> record.start, record.headers.get("WARC-Type"), record.read1(100)
    (0, 'metadata', b'text')
    >>> records.end(record), records.next()
    (56, None)
    """

    def __init__(self, file: IO[bytes], expansion: Expansion) -> None:
        window = _Window(file, expansion)
        self._size = file.seek(0, 2)
        self._reader = _Reader(DecompressingBufferedReader(window), expansion)
        # HTTP is parsed by Record: the iterator would stop for good at what it takes offence at.
        self._iterator = WARCIterator(window, no_record_parse=True)
        self._iterator.reader = self._reader
        self._end = 0
        self._packed = False

    def next(self) -> Record | None:
        """The next record, None after the last one; :meth:`end` must have been asked for."""
        start = self._iterator.offset
        with _reading():
            found = next(self._iterator, None)
        head = self._reader.taken_lines().lstrip()
        if found is None:
            if self._end < self._size and (self._packed or not self._end):
                raise InputError(translated(_TRUNCATED))
            return None
        with _reading():
            headers = Headers.of_record(head)
        length = headers.get("Content-Length") or ""
        if not (length.isascii() and length.isdigit() and found.length == int(length)):
            raise InputError(
                translated("is damaged: it has a record that does not say how long it is")
            )
        self._packed = self._reader.decompressor is not None
        return Record(start, self._packed, headers, found.raw_stream, self._reader)

    def end(self, record: Record) -> int:
        """Reads what is left of a record; returns where it ends."""
        while record.read1(PORTION):
            pass
        self._reader.taken_lines()
        if record.left:
            raise InputError(translated(_TRUNCATED))
        with _reading():
            self._end = record.start + self._iterator.get_record_length()
        if self._iterator.err_count:
            raise InputError(translated("is damaged: it has something between its records"))
        decompressor = self._reader.decompressor
        if decompressor is not None and self._iterator.next_line:
            raise SeveralInOneError
        if decompressor is not None and not decompressor.eof:
            raise InputError(translated(_TRUNCATED))
        return self._end


def several_in_one(file: IO[bytes], expansion: Expansion) -> bool:
    """Whether the first gzip member of a file has more than one record."""
    records = Records(file, expansion)
    record = records.next()
    try:
        if record:
            records.end(record)
    except SeveralInOneError:
        return True
    return False
