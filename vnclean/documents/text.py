"""Reads a text document, from a file or as it streams in, such that it can be written back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from vnclean.documents.encoding import SNIFFED, Encoding, detect
from vnclean.documents.lines import Block, LineSplitter

#: How many bytes to ask for at a time.  A pipe gives what it has.
BLOCK_SIZE: Final = 1 << 19


class ByteStream(Protocol):
    """What the reader needs of a binary file object."""

    def read1(self, size: int = ..., /) -> bytes: ...

    def seekable(self) -> bool: ...


class TextReader:
    """The lines of a document, in blocks, each as soon as it has arrived.

    ``encoding.bom``, then ``encoding.encode()`` of every block's pieces, then ``tail`` are the
    document, byte for byte.

    Raises :class:`~vnclean.documents.encoding.BinaryInputError` for what is not text: a NUL
    in the first 8 KiB, of a pipe in as much of that as arrives with the first line.

    >>> import io
    >>> reader = TextReader(io.BytesIO("cửa\\r\\nsổ".encode()))
    >>> [line for block in reader for line in zip(block.texts, block.ends)]
    [('cửa', '\\r\\n'), ('sổ', '')]
    """

    def __init__(self, stream: ByteStream, block_size: int = BLOCK_SIZE) -> None:
        self._stream = stream
        self._block_size = block_size
        self._ended = False  # a terminal that has ended must not be asked again: it would wait
        self._head = self._sniff()
        self.encoding: Encoding = detect(self._head)
        self.invalid_bytes = 0  #: that are not valid in the encoding; final after the last block
        self.invalid_line = 0  #: the line of the first of them
        self.tail = b""  #: what is left when the document ends within a character
        self._newlines = 0

    def _sniff(self) -> bytes:
        """Enough to tell the encoding, without waiting for more than a pipe's first line."""
        head = b""
        patient = self._stream.seekable()
        while len(head) < SNIFFED and (patient or b"\n" not in head):
            data = self._stream.read1(self._block_size)
            if not data:
                self._ended = True
                break
            head += data
        return head

    def _chunks(self) -> Iterator[bytes]:
        head, self._head = self._head[len(self.encoding.bom) :], b""
        if head:
            yield head
        while not self._ended and (data := self._stream.read1(self._block_size)):
            yield data

    def __iter__(self) -> Iterator[Block]:
        decoder = self.encoding.decoder()
        splitter = LineSplitter()
        for data in self._chunks():
            block = splitter.feed(self._checked(decoder.decode(data)))
            if block.texts:
                yield block
        block = splitter.feed(self._checked(self._last(decoder.getstate()[0])), final=True)
        if self.tail:
            self._note_invalid(len(self.tail), self._newlines + 1)
        if block.texts:
            yield block

    def _last(self, pending: bytes) -> str:
        """What the document ends with when that is no whole character."""
        whole = len(pending) - len(pending) % self.encoding.width
        self.tail = pending[whole:]
        return pending[:whole].decode(self.encoding.codec, self.encoding.errors)

    def _checked(self, text: str) -> str:
        """``text``; counts what is invalid in it."""
        first = self.encoding.invalid.search(text)
        if first:
            line = self._newlines + 1 + text.count("\n", 0, first.start())
            found = len(self.encoding.invalid.findall(text))
            self._note_invalid(found * self.encoding.width, line)
        self._newlines += text.count("\n")
        return text

    def _note_invalid(self, count: int, line: int) -> None:
        self.invalid_line = self.invalid_line or line
        self.invalid_bytes += count
