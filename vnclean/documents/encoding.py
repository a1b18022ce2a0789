"""Which bytes are text, in which encoding, and how every byte survives the way there and back."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from vnclean.errors import InputError

#: How far into a document a NUL makes it binary.
SNIFFED: Final = 8192


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec with the error handler that loses nothing, and the mark the document began with."""

    name: str  #: as people write it
    codec: str
    errors: str
    bom: bytes
    #: Characters that stand for bytes which are not valid, and the bytes each stands for.
    invalid: re.Pattern[str]
    width: int

    def encode(self, text: str) -> bytes:
        """The bytes of ``text``, without the mark; what was invalid comes out as it was.

        >>> detect(b"").encode("ti\\udcb1ng")
        b'ti\\xb1ng'
        """
        return text.encode(self.codec, self.errors)

    def decoder(self) -> codecs.IncrementalDecoder:
        """A decoder that is fed piece by piece."""
        return codecs.getincrementaldecoder(self.codec)(self.errors)


_ESCAPED_BYTE: Final = re.compile("[\udc80-\udcff]")
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_UTF_8: Final = Encoding("UTF-8", "utf-8", "surrogateescape", b"", _ESCAPED_BYTE, 1)
_MARKED: Final = (
    Encoding("UTF-8", "utf-8", "surrogateescape", codecs.BOM_UTF8, _ESCAPED_BYTE, 1),
    Encoding("UTF-16", "utf-16-le", "surrogatepass", codecs.BOM_UTF16_LE, _LONE_SURROGATE, 2),
    Encoding("UTF-16", "utf-16-be", "surrogatepass", codecs.BOM_UTF16_BE, _LONE_SURROGATE, 2),
)


class BinaryInputError(InputError):
    """The document is not text.  ``head`` is what was read of it to find out."""

    def __init__(self, reason: str, head: bytes) -> None:
        super().__init__(reason)
        self.head = head


def detect(head: bytes) -> Encoding:
    """The encoding of a document that begins with ``head``: UTF-8 unless a mark says UTF-16.

    Raises :class:`BinaryInputError` for what is not text.

    >>> detect("\\ufeffcửa".encode("utf-16-le")).name
    'UTF-16'
    """
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise BinaryInputError("is UTF-32; convert it first: iconv -f UTF-32 -t UTF-8", head)
    for encoding in _MARKED:
        if head.startswith(encoding.bom):
            return encoding
    if b"\0" in head[:SNIFFED]:
        raise BinaryInputError("is a binary file, not text; extract its text first", head)
    return _UTF_8
