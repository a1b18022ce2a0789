"""The lines of a report about one file, the last of them for whoever puts it back.

After the edits of a file stands how it was read and what became of it: checksums and the place of
the output.  Like the line about an encoding it is an edit of nothing with more fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vnclean.documents.checksums import Contents
from vnclean.formats.kinds import TEXT_FIELDS
from vnclean.pipeline import CleanedBlock
from vnclean.reports.jsonl import encode, encode_origin, encode_written
from vnclean.reports.origin import Origin


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was read, and what became of it.

    Digests are of whole files; ``content_digest`` is that of the documents in what was read of
    which the report tells, each by its path and what is in it: it is the same for a file that is
    packed in another way.
    """

    path: str
    input_digest: str
    content_digest: str
    output_digest: str
    output: str | None = None  #: where that is; None if it went to standard output, or with others
    backup: str | None = None  #: where the original was kept
    fields: tuple[str, ...] = TEXT_FIELDS  #: those that are text, of records


class FileLines:
    """The lines of a report about one file, as the file is read.

    >>> lines = FileLines()
    >>> list(lines.ended(Origin("a.txt", "UTF-16", "UTF-16", digest="3f")))[0][:28]
    b'{"path": "a.txt", "line": 1,'
    >>> lines.told
    True
    """

    def __init__(self) -> None:
        self.told = False  #: whether there is any line
        self._contents = Contents()
        self._document: str | None = None  # that has a line

    def cleaned(self, path: str, block: CleanedBlock) -> Iterator[bytes]:
        """The edits of a block of the document ``path``."""
        for finding in block.findings(path):
            self._document = path
            yield encode(finding)

    def ended(self, origin: Origin) -> Iterator[bytes]:
        """What a document came in, if that is to be told, or to be known to undo its edits."""
        edited = self._document == origin.path
        if origin.notable or (origin.bom and edited):
            self._document = origin.path
            yield encode_origin(origin)
        if self._document == origin.path:
            self.told = True
            self._contents.add(origin.path, origin.digest)
        self._document = None

    def written(
        self,
        path: str,
        digests: tuple[str, str],
        output: str | None,
        backup: str | None = None,
        fields: tuple[str, ...] = TEXT_FIELDS,
    ) -> Iterator[bytes]:
        """What became of the file, if there is any line about it.

        ``digests``: of what was read and of what was written.
        """
        if self.told:
            content = self._contents.digest()
            file = Written(path, digests[0], content, digests[1], output, backup, fields)
            yield encode_written(file)
