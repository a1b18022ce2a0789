"""A page or a text in a WARC record: whether and how it is read, and what is said of it then."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Final

from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader

from vnclean.archives.content_types import ContentType, packing_of
from vnclean.archives.spools import PORTION, FileStream, copy, spool
from vnclean.archives.warc_digests import Digest
from vnclean.archives.warc_records import Headers, Record
from vnclean.errors import InputError
from vnclean.formats.kinds import Kind
from vnclean.language import translated

_BLOCK: Final = "WARC-Block-Digest"
_PAYLOAD: Final = "WARC-Payload-Digest"
_LENGTH: Final = "Content-Length"
_TYPE: Final = "Content-Type"
_TRANSFER: Final = "Transfer-Encoding"
_ENCODING: Final = "Content-Encoding"
#: Types of records that hold what is read.
_READ: Final = ("response", "resource", "conversion")
#: Records in parts, or cut off, cannot be read as what they are.
_IN_PARTS: Final = ("WARC-Segment-Number", "WARC-Truncated")
#: The longest payload in chunks: warcio has each chunk in memory, and one may be all of it.
_LONGEST_IN_CHUNKS: Final = 16 << 20


class Page:
    """The payload of a record, and the headers that tell of it.

    If it has a ``kind`` and is not ``unreadable``, ``read_into`` gives the payload, still packed
    as ``packing`` says; ``mend`` takes another one, and ``head`` then tells of that.
    """

    def __init__(self, record: Record, *, skips_empty: bool = True) -> None:
        """``skips_empty``: whether an empty one is not to be read.

        Raises InputError if the headers of its message have no end.
        """
        self._record = record
        self._headers = record.headers
        self._http: Headers | None = None
        #: What it is, None if it is not to be read.
        self.kind: Kind | None = None
        if self._headers.get("WARC-Type") not in _READ or (skips_empty and not record.left):
            return
        if (self._headers.get(_TYPE) or "").startswith("application/http"):
            if self._headers.get("WARC-Type") != "response":
                return
            self._http = record.message()
        if record.left or not skips_empty:
            self.kind = self.content_type.kind

    @property
    def _content(self) -> Headers:
        """The headers that say of what type the payload is."""
        return self._http or self._headers

    @property
    def content_type(self) -> ContentType:
        """Of its payload."""
        return ContentType(self._content.get(_TYPE) or "")

    @property
    def packing(self) -> str | None:
        """How the payload is packed."""
        return packing_of(self._http.get(_ENCODING)) if self._http else None

    @property
    def _in_chunks(self) -> bool:
        return self._http is not None and self._http.get(_TRANSFER) is not None

    def head(self) -> bytes:
        """The headers, as they are now."""
        return bytes(self._headers) + self._message_head()

    def _message_head(self) -> bytes:
        return bytes(self._http) if self._http else b""

    def unreadable(self) -> str:
        """Why it cannot be read, or not be written; empty if it can."""
        if any(self._headers.get(name) for name in _IN_PARTS):
            return translated("only a part")
        if not self.content_type.is_readable:
            return translated("in {charset}", charset=self.content_type.charset)
        for name in _BLOCK, _PAYLOAD:
            written = self._headers.get(name)
            try:
                self._digest(name)
            except ValueError:
                return translated("its digest is not known ({written})", written=written)
        return (self._unreadable_message() if self._http else "") or self._not_to_be_written()

    def _unreadable_message(self) -> str:
        assert self._http
        transfer = self._http.get(_TRANSFER) or "chunked"
        if transfer.lower() not in ("chunked", "identity"):
            return translated("its transfer encoding is not known ({transfer})", transfer=transfer)
        try:
            packing_of(self._http.get(_ENCODING))
        except KeyError:
            return translated(
                "its content encoding is not known ({encoding})", encoding=self._http.get(_ENCODING)
            )
        if self._in_chunks and self._record.left > _LONGEST_IN_CHUNKS:
            return translated(
                "in chunks and longer than {limit} MiB: left as it is",
                limit=_LONGEST_IN_CHUNKS >> 20,
            )
        return ""

    def _not_to_be_written(self) -> str:
        for headers in filter(None, (self._headers, self._http)):
            for name in _BLOCK, _PAYLOAD, _LENGTH, _TYPE, _TRANSFER, _ENCODING:
                if headers.count(name) > 1:
                    return translated("says {name} twice", name=name)
            if not headers.as_written:
                return translated("its headers would not come out as they are written")
        return ""

    def _digest(self, name: str) -> Digest | None:
        written = self._headers.get(name)
        return Digest(written) if written else None

    def read_into(self, payload: IO[bytes], scratch: Path | None) -> None:
        """Writes the payload, out of its chunks.  Raises InputError if it is damaged."""
        self._digests: dict[str, Digest] = {}
        if not self._in_chunks:
            copy(self._record, payload)
            self._check(payload, payload)
            return
        with spool(scratch) as chunked:
            copy(self._record, chunked)
            _join_chunks(chunked, payload)
            self._check(chunked, payload)

    def _check(self, sent: IO[bytes], payload: IO[bytes]) -> None:
        """Whether the digests are right; that of the payload may be of its chunks, too."""
        if digest := self._digest(_BLOCK):
            self._digests[_BLOCK] = digest
            if not digest.is_of(chain([self._message_head()], _parts(sent))):
                raise InputError(translated("is damaged: its {name} is wrong", name=_BLOCK))
        if digest := self._digest(_PAYLOAD):
            self._digests[_PAYLOAD] = digest
            if not (digest.is_of(_parts(sent)) or digest.is_of(_parts(payload))):
                raise InputError(translated("is damaged: its {name} is wrong", name=_PAYLOAD))

    def mend(self, payload: IO[bytes], converted: str | None) -> None:
        """Has the headers tell of another payload, which is not in chunks.

        ``converted``: the encoding it now is in, if that is another.
        """
        size = payload.seek(0, 2)
        if converted:
            self._content.set(_TYPE, self.content_type.converted(converted).written)
        if self._http:
            if self._in_chunks or self._http.get(_LENGTH) is not None:
                self._http.set(_LENGTH, str(size))
            self._http.drop(_TRANSFER)
        head = self._message_head()
        self._headers.set(_LENGTH, str(len(head) + size))
        for name, digest in self._digests.items():
            before = [head] if name == _BLOCK else []
            self._headers.set(name, digest.made_of(chain(before, _parts(payload))))


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while data := file.read(PORTION):
        yield data


def _join_chunks(chunked: IO[bytes], payload: IO[bytes]) -> None:
    """Writes what is in chunks as a whole; as it is, if it begins with none.

    Archives may have joined them without saying so.  Raises InputError if chunks are broken.
    """
    chunked.seek(0)
    reader = ChunkedDataReader(chunked, raise_exceptions=True)
    try:
        while data := reader.read(PORTION):
            payload.write(data)
    except ChunkedDataException as error:
        if reader.num_read or error.data:
            raise InputError(translated("is damaged: its chunks are broken")) from error
        chunked.seek(0)
        copy(FileStream(chunked), payload)
        return
    if chunked.read(1):
        raise InputError(translated("has something after its last chunk"))
