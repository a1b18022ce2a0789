"""What a document came in: said of it once, where that is not plain UTF-8."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vnclean.documents.encoding import name_of
from vnclean.language import about, translated

if TYPE_CHECKING:
    from vnclean.documents.text import TextReader

PLAIN: Final = "UTF-8"


@dataclass(frozen=True, slots=True)
class Origin:
    """The encoding a document was read in, the one it is written in, and what was no text.

    >>> str(Origin("a.txt", "TCVN3", "UTF-8"))
    'a.txt: TCVN3 → UTF-8'
    >>> str(Origin("b.txt", "UTF-8", "UTF-8", kept_bytes=3, first_line=2))
    'b.txt: UTF-8, bytes kept that are none of it: 3'
    """

    path: str
    encoding: str
    output_encoding: str
    kept_bytes: int = 0  #: that are not valid in the encoding, and come out as they were
    first_line: int = 0  #: of these bytes
    codec: str = "utf-8"  #: the encoding, as `vnclean.documents.encoding.named` knows it
    bom: bool = False  #: whether the document begins with a mark
    digest: str = ""  #: the checksum of all that was read of it
    output_digest: str = ""  #: and of all that it became

    @property
    def notable(self) -> bool:
        """Whether there is anything to say."""
        return self.encoding != PLAIN or self.kept_bytes > 0

    @property
    def converted(self) -> bool:
        """Whether what comes out is in another encoding."""
        return self.encoding != self.output_encoding

    def conversion(self) -> str:
        """The encodings, as they are named to people."""
        return f"{self.encoding} → {self.output_encoding}" if self.converted else self.encoding

    def __str__(self) -> str:
        told = about(self.path, self.conversion())
        if not self.kept_bytes:
            return told
        return translated(
            "{told}, bytes kept that are none of it: {count:,}", told=told, count=self.kept_bytes
        )


def origin_of(path: str, reader: TextReader, digest: str, output_digest: str) -> Origin:
    """What the document called ``path`` came in, once ``reader`` has read it to its end."""
    encoding = reader.encoding
    return Origin(
        path,
        encoding.name,
        encoding.output.upper() if encoding.output else encoding.name,
        reader.invalid_bytes,
        reader.invalid_line,
        name_of(encoding),
        encoding.bom != b"",
        digest,
        output_digest,
    )
