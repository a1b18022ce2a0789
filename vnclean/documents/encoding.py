"""Which bytes are text, in which encoding, and how every byte survives the way there and back."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from vnclean.errors import InputError
from vnclean.language import translated
from vnclean.shown import shown

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

#: A document in an old code page shows that many Vietnamese words that are not ASCII, and that
#: many times those of any other reading.
LEAST_WORDS: Final = 3
MARGIN: Final = 2
#: How far into a document a NUL makes it binary, and how much of it tells the encoding.
SNIFFED: Final = 8192
#: How much of a line before its first byte that is not ASCII.
BEFORE: Final = SNIFFED // 2
_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]")


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
    #: What it is written in, if not in the same: an old code page has no room for every letter.
    output: str | None = None

    def encode(self, text: str) -> bytes:
        """The bytes of ``text``, without the mark; what was invalid comes out as it was.

        >>> detect(b"").encode("ti\\udcb1ng")
        b'ti\\xb1ng'
        """
        codec = self.output or self.codec
        if codec == SHOWN:
            return codecs.charmap_encode(text, self.errors, _SHOWN_BYTES)[0]
        return text.encode(codec, self.errors)

    def decode(self, data: bytes) -> str:
        """The text of ``data``, all of it."""
        return self.decoder().decode(data, True)

    def decoder(self) -> codecs.IncrementalDecoder:
        """A decoder that is fed piece by piece."""
        if self.codec == SHOWN:
            return _ShownDecoder(self.errors)
        return codecs.getincrementaldecoder(self.codec)(self.errors)


#: Bytes as windows-1252 shows them, and as Latin-1 where it shows none: one character each.
SHOWN: Final = "shown"
_SHOWN_TABLE: Final = shown(bytes(range(256)))
_SHOWN_BYTES: Final = codecs.charmap_build(_SHOWN_TABLE)


class _ShownDecoder(codecs.IncrementalDecoder):
    def decode(self, data: ReadableBuffer, final: bool = False) -> str:
        return codecs.charmap_decode(data, "strict", _SHOWN_TABLE)[0]


_ESCAPED_BYTE: Final = re.compile("[\udc80-\udcff]")
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_UTF_8: Final = Encoding("UTF-8", "utf-8", "surrogateescape", b"", _ESCAPED_BYTE, 1)
_MARKED: Final = (
    Encoding("UTF-8", "utf-8", "surrogateescape", codecs.BOM_UTF8, _ESCAPED_BYTE, 1),
    # The mark of UTF-32 begins with that of UTF-16.
    Encoding("UTF-32", "utf-32-le", "surrogatepass", codecs.BOM_UTF32_LE, _LONE_SURROGATE, 4),
    Encoding("UTF-32", "utf-32-be", "surrogatepass", codecs.BOM_UTF32_BE, _LONE_SURROGATE, 4),
    Encoding("UTF-16", "utf-16-le", "surrogatepass", codecs.BOM_UTF16_LE, _LONE_SURROGATE, 2),
    Encoding("UTF-16", "utf-16-be", "surrogatepass", codecs.BOM_UTF16_BE, _LONE_SURROGATE, 2),
)


def _eight_bit(name: str, codec: str) -> Encoding:
    return Encoding(name, codec, "surrogateescape", b"", _ESCAPED_BYTE, 1, "utf-8")


_WINDOWS_1258: Final = _eight_bit("windows-1258", "cp1258")
#: By the name of their table.
_CODE_PAGES: Final = {
    "tcvn3": _eight_bit("TCVN3", SHOWN),
    "vni": _eight_bit("VNI", SHOWN),
    "viscii": _eight_bit("VISCII", SHOWN),
    "vps": _eight_bit("VPS", SHOWN),
    "bkhcm2": _eight_bit("BK HCM 2", SHOWN),
}
_BY_NAME: Final = (
    {"utf-8": _UTF_8}
    | {encoding.codec: replace(encoding, bom=b"") for encoding in _MARKED[1:]}
    | {"windows-1258": _WINDOWS_1258}
    | _CODE_PAGES
)
#: What :func:`named` knows.
ENCODING_NAMES: Final = tuple(_BY_NAME)


class BinaryInputError(InputError):
    """The document is not text.  ``head`` is what was read of it to find out."""

    def __init__(self, reason: str, head: bytes) -> None:
        super().__init__(reason)
        self.head = head


def named(name: str) -> Encoding:
    """The encoding called ``name``, one of :data:`ENCODING_NAMES` in any letter case.

    Raises ``KeyError`` for any other.

    >>> named("Windows-1258").output
    'utf-8'
    """
    return _BY_NAME[name.lower()]


def name_of(encoding: Encoding) -> str:
    """What :func:`named` knows an encoding by.

    >>> name_of(detect(b"\\xfe\\xffx")), name_of(named("TCVN3"))
    ('utf-16-be', 'tcvn3')
    """
    for name, known in _BY_NAME.items():
        if (known.name, known.codec) == (encoding.name, encoding.codec):
            return name
    raise KeyError(encoding.name)


def marked(encoding: Encoding) -> Encoding:
    """The same with the mark that documents in it may begin with; itself if there is none."""
    known = (other for other in _MARKED if other.codec == encoding.codec)
    return next(known, encoding)


def rewritten(read: Encoding, written: Encoding) -> Encoding:
    """``read``, for a document that is written in ``written`` again.

    >>> back = rewritten(named("utf-8"), named("tcvn3"))
    >>> back.encode(back.decode("TiÕng".encode())).hex(" ")
    '54 69 d5 6e 67'
    """
    same = (read.codec, read.bom) == (written.codec, written.bom)
    return replace(read, output=None if same else written.codec)


def forced(encoding: Encoding, head: bytes) -> Encoding:
    """``encoding`` with the mark that a document in it, which begins with ``head``, has."""
    known = marked(encoding)
    return known if head.startswith(known.bom) else encoding


def detect(head: bytes) -> Encoding:
    """The encoding of a document that begins with ``head``.

    A mark says UTF-8, UTF-16 or UTF-32; all else is as :func:`by_bytes` says.

    Raises :class:`BinaryInputError` for what is not text.

    >>> detect("\\ufeffcửa".encode("utf-16-le")).name
    'UTF-16'
    >>> detect(bytes.fromhex("5469D56E67205669D674 2063E3 2073B875 207468616E68")).name
    'TCVN3'
    """
    for encoding in _MARKED:
        if head.startswith(encoding.bom):
            return encoding
    if b"\0" in head[:SNIFFED]:
        raise BinaryInputError(
            translated("is a binary file, not text; extract its text first"), head
        )
    return by_bytes(head)


def by_bytes(data: bytes) -> Encoding:
    """The encoding of a document without a mark, by its first line that is not ASCII.

    If that line is no UTF-8, the document is in an 8-bit code page if that makes Vietnamese of
    what follows; everything else counts as UTF-8.
    """
    telling = _telling(data)
    line, end, _ = telling.partition(b"\n")
    if _is_utf_8(line + end):
        return _UTF_8
    return _by_words(telling) or _UTF_8


def is_told(data: bytes) -> bool:
    """Whether what comes after ``data`` cannot change what :func:`by_bytes` says of it.

    >>> [is_told(data) for data in (b"Ti", b"Ti\\xd5ng", b"Ti\\xd5ng\\n", "Tiếng\\n".encode())]
    [False, False, False, True]
    """
    telling = _telling(data)
    line, end, _ = telling.partition(b"\n")
    return len(telling) == SNIFFED or (bool(end) and _is_utf_8(line + end))


def _telling(data: bytes) -> bytes:
    """The first line that is not ASCII, from its start if that is near, and what follows."""
    found = _NOT_ASCII.search(data)
    if not found:
        return b""
    start = max(data.rfind(b"\n", 0, found.start()) + 1, found.start() - BEFORE)
    return data[start : start + SNIFFED]


def _is_utf_8(data: bytes) -> bool:
    """Whether it is, but for a character that the end of ``data`` cuts."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _by_words(head: bytes) -> Encoding | None:
    """The 8-bit encoding that makes clearly more Vietnamese of ``head`` than any other."""
    from vnclean.documents.vietnamese import vietnamese_words
    from vnclean.stages.legacy_tables import load

    text = shown(head)
    readings = {name: load(name).read(text) for name in _CODE_PAGES}
    readings["windows-1258"] = head.decode("cp1258", "replace")
    readings["utf-8"] = head.decode("utf-8", "replace")
    scores = {name: vietnamese_words(reading) for name, reading in readings.items()}
    best, second = sorted(scores, key=lambda name: scores[name], reverse=True)[:2]
    if scores[best] < LEAST_WORDS or scores[best] < MARGIN * scores[second]:
        return None
    return _BY_NAME[best]
