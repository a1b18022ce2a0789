"""Reads a text document, from a file or as it streams in, such that it can be written back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from vnclean.documents.encoding import BEFORE, SNIFFED, Encoding, by_bytes, detect, forced, is_told
from vnclean.documents.lines import Block, Fault, LineSplitter
from vnclean.documents.marked import Marked
from vnclean.documents.preceding import Preceding
from vnclean.language import translated

#: How many bytes to ask for at a time: few enough to share a document out among workers.
BLOCK_SIZE: Final = 1 << 18


class ByteStream(Protocol):
    """What the reader needs of :class:`~vnclean.documents.source.Source`."""

    def read1(self, size: int, /) -> bytes: ...

    def seekable(self) -> bool: ...


class Splitter(Protocol):
    """What makes blocks of decoded text: plain lines, or one of `vnclean.formats`.

    All text comes out again, in the order in which it came in.
    """

    @property
    def line(self) -> int:
        """The line, from 1, of the next character fed."""

    @property
    def faults(self) -> Sequence[Fault]:
        """What was found to be wrong so far."""

    @property
    def declared(self) -> tuple[str, int] | None:
        """The encoding that the document itself says it is in, and the line where it does."""

    @property
    def pending(self) -> bool:
        """Whether some of what was fed has not come out yet."""

    def feed(self, chunk: str, *, final: bool = False) -> Block:
        """The block that ``chunk`` completes; if ``final``, everything there is, or a part of that
        while there is more ``pending``.
        """


class TextReader:
    """The lines of a document, in blocks, each as soon as it has arrived.

    ``encoding.bom``, then ``encoding.encode()`` of every block's text, then ``tail`` are the
    document, byte for byte, unless the encoding has another ``output``.

    Raises :class:`~vnclean.documents.encoding.BinaryInputError` for what is not text: a NUL
    in the first 8 KiB, of a pipe in as much of that as arrives with the first line.

    >>> import io
    >>> reader = TextReader(io.BytesIO("cửa\\r\\nsổ".encode()))
    >>> [line for block in reader for line in zip(block.texts, block.ends)]
    [('cửa', '\\r\\n'), ('sổ', '')]
    """

    def __init__(
        self,
        stream: ByteStream,
        block_size: int = BLOCK_SIZE,
        encoding: Encoding | None = None,
        splitter: Splitter | None = None,
        *,
        exactly: bool = False,
        markers: bool = True,
    ) -> None:
        """``encoding``: what the document is in; found out if None.  ``splitter``: what makes
        blocks of its text; plain lines if None.  ``exactly``: the document begins with the mark
        of ``encoding`` if that has one; it is not looked whether it does.  ``markers``: marks in
        the text say what of it is left alone.
        """
        self._stream = stream
        self._block_size = block_size
        self._line = b""  # that has begun, all of it ASCII
        self._head = self._sniff()
        #: While all is ASCII, which any would read alike, UTF-8.
        if encoding and exactly:
            self.encoding = encoding
        else:
            self.encoding = forced(encoding, self._head) if encoding else detect(self._head)
        self._told = encoding is not None or self.encoding.bom != b""
        self.invalid_bytes = 0  #: that are not valid in the encoding; final after the last block
        self.invalid_line = 0  #: the line of the first of them
        self.tail = b""  #: what is left when the document ends within a character
        self._decoder = self.encoding.decoder()
        self._splitter = splitter or LineSplitter()
        self._preceding = Preceding()
        self._marked = Marked() if markers else None

    def _sniff(self) -> bytes:
        """Enough to tell text, without waiting for more than a pipe's first line."""
        head = b""
        patient = self._stream.seekable()
        while len(head) < SNIFFED and (patient or b"\n" not in head):
            data = self._stream.read1(self._block_size)
            if not data:
                break
            head += data
        return head

    def _chunks(self) -> Iterator[bytes]:
        data, self._head = self._head[len(self.encoding.bom) :], b""
        while data or (data := self._stream.read1(self._block_size)):
            yield data if self._told else self._tell(data)
            data = b""

    def _tell(self, data: bytes) -> bytes:
        """``data``, and as much as must follow it to tell the encoding, which then is told."""
        if data.isascii():
            self._line = (self._line + data).rpartition(b"\n")[2][-BEFORE:]
            return data
        while not is_told(self._line + data) and (more := self._stream.read1(self._block_size)):
            data += more
        self.encoding = by_bytes(self._line + data)
        self._decoder = self.encoding.decoder()
        self._told, self._line = True, b""
        return data

    def __iter__(self) -> Iterator[Block]:
        """A block for each piece that arrives, without any line if it completes none."""
        for data in self._chunks():
            yield self._block(self._decode(data))
        yield self._block(self._last(self._decoder.getstate()[0]), final=True)
        while self._splitter.pending:
            yield self._block("", final=True)
        if self.tail:
            self._note_invalid(len(self.tail), self._splitter.line)

    def _block(self, text: str, *, final: bool = False) -> Block:
        """The block that ``text`` completes."""
        block = self._preceding.of(self._splitter.feed(text, final=final))
        return self._marked.of(block) if self._marked else block

    @property
    def faults(self) -> Sequence[Fault]:
        """What was found to be wrong in what was read so far, and kept as it is."""
        declared, output = self._splitter.declared, self.encoding.output
        if not declared or not output or declared[0].lower() == output:
            return self._splitter.faults
        name, line = declared
        reason = translated(
            "says that it is in {name}, but what comes out is {output}; mend that",
            name=name,
            output=output.upper(),
        )
        return [*self._splitter.faults, Fault(line, reason)]

    def _decode(self, data: bytes) -> str:
        """The text of ``data``; counts what is invalid in it."""
        state = self._decoder.getstate()
        self._decoder.errors = "strict"
        try:  # sound text, the usual case, need not be searched for what is invalid
            return self._decoder.decode(data)
        except UnicodeDecodeError:
            self._decoder.errors = self.encoding.errors
            self._decoder.setstate(state)
            return self._checked(self._decoder.decode(data))

    def _last(self, pending: bytes) -> str:
        """What the document ends with when that is no whole character."""
        whole = len(pending) - len(pending) % self.encoding.width
        self.tail = pending[whole:]
        return self._checked(self.encoding.decode(pending[:whole]))

    def _checked(self, text: str) -> str:
        """``text``; counts what is invalid in it."""
        first = self.encoding.invalid.search(text)
        if first:
            line = self._splitter.line + text.count("\n", 0, first.start())
            found = len(self.encoding.invalid.findall(text))
            self._note_invalid(found * self.encoding.width, line)
        return text

    def _note_invalid(self, count: int, line: int) -> None:
        self.invalid_line = self.invalid_line or line
        self.invalid_bytes += count
