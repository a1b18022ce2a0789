"""What a message says of its payload: of what type it is, in which charset, how it is packed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from vnclean.formats.kinds import TEXT, Kind

_KINDS: Final = {
    "text/html": Kind(format="html"),
    "application/xhtml+xml": Kind(format="html"),
    "text/plain": Kind(format=TEXT),
}
#: Of text that is read; any other would be written into in the wrong one.
_CHARSETS: Final = {"", "utf-8", "utf8", "us-ascii", "ascii", "windows-1258", "cp1258", "utf-16"}
#: Names of encodings that payloads come out in, or are put back into.
_NAMES: Final = {"utf-8": "utf-8", "cp1258": "windows-1258"}
#: By the names of HTTP.
_PACKINGS: Final = {
    "gzip": "gzip",
    "x-gzip": "gzip",
    "deflate": "deflate",
    "zstd": "zstandard",
}
_CHARSET: Final = re.compile(r"(;\s*charset\s*=\s*)(\"?)([^\s\";]*)(\"?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ContentType:
    """A media type, as it is written.

    >>> page = ContentType("text/html; charset=windows-1258")
    >>> page.kind, page.charset, page.converted("UTF-8").written
    (Kind(packing=None, format='html'), 'windows-1258', 'text/html; charset=utf-8')
    """

    written: str

    @property
    def kind(self) -> Kind | None:
        """What the payload is, None if it is not to be read."""
        return _KINDS.get(self.written.partition(";")[0].strip().lower())

    @property
    def charset(self) -> str:
        """In lower case, empty if it is not said."""
        found = _CHARSET.search(self.written)
        return found[3].lower() if found else ""

    @property
    def is_readable(self) -> bool:
        """Whether text in its charset can be written."""
        return self.charset in _CHARSETS

    def converted(self, encoding: str) -> ContentType:
        """The same in another encoding, which it says: the page itself may name another charset.

        What HTTP has no name for is not said.

        >>> ContentType("text/html").converted("UTF-8").written
        'text/html; charset=utf-8'
        """
        name = _NAMES.get(encoding.lower())
        if name is None:
            return self
        if _CHARSET.search(self.written):
            return ContentType(_CHARSET.sub(rf"\1\2{name}\4", self.written))
        return ContentType(f"{self.written}; charset={name}")


def packing_of(content_encoding: str | None) -> str | None:
    """How a payload is packed, None if not at all; raises ``KeyError`` if that is not known.

    >>> packing_of("GZIP"), packing_of("identity")
    ('gzip', None)
    """
    name = (content_encoding or "identity").lower()
    return None if name == "identity" else _PACKINGS[name]
