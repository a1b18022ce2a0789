"""One document in another: what is told of it counts only once it is read to its end."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vnclean.archives.spools import spool
from vnclean.documents.encoding import BinaryInputError, detect
from vnclean.documents.lines import Block
from vnclean.documents.text import ByteStream
from vnclean.errors import InputError
from vnclean.formats.kinds import Kind
from vnclean.language import marked, translated
from vnclean.pipeline import CleanedBlock
from vnclean.reports.origin import Origin

if TYPE_CHECKING:
    from vnclean.archives.expansion import Expansion
    from vnclean.rewriting import Rewriter, Sink, Told

#: So many archives, or packed files, may lie in each other.
DEEPEST: Final = 2
NESTED: Final = marked("nested too deep")
NO_TEXT: Final = marked("not text")


class Staged:
    """Keeps what it is told until it is known to hold; a :class:`~vnclean.rewriting.Told`."""

    def __init__(self, scratch: Path | None) -> None:
        self._file = spool(scratch)
        self.converted: str | None = None  #: the other encoding that a document comes out in

    def cleaned(self, path: str, block: CleanedBlock) -> None:
        """A block is done."""
        self._keep("cleaned", path, _bare(block))

    def ended(self, origin: Origin) -> None:
        """A document is done: what it came in."""
        if origin.converted:
            self.converted = origin.output_encoding
        self._keep("ended", origin)

    def failed(self, path: str, reason: str) -> None:
        """Something could not be read as what it should be, and is as it was."""
        self._keep("failed", path, reason)

    def skipped(self, path: str, reason: str) -> None:
        """Something is not meant to be read, and is as it was."""
        self._keep("skipped", path, reason)

    def _keep(self, *event: object) -> None:
        pickle.dump(event, self._file, pickle.HIGHEST_PROTOCOL)

    def pass_on(self, told: Told) -> None:
        """It holds: ``told`` hears all of it, in the same order."""
        size = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < size:
            name, *arguments = pickle.load(self._file)
            getattr(told, name)(*arguments)

    def __enter__(self) -> Staged:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _bare(cleaned: CleanedBlock) -> CleanedBlock:
    """The same for whoever hears of it, without what it took to read it."""
    read = cleaned.read
    if read is not None:
        read = Block(read.texts, read.ends, read.line, read.column, read.start, begins=read.begins)
    return replace(cleaned, block=replace(cleaned.block, before=()), read=read)


def member_path(path: str, name: str) -> str:
    """What a member called ``name`` of the archive ``path`` is called."""
    return f"{path}!{name}"


class MemberPaths:
    """What the members of one archive are called.

    A name that comes again has a number: reports tell the two apart, and so does whoever reads
    them.  Names are remembered in bounded memory: of more than ``room``, none of the first ones.

    >>> paths = MemberPaths("a.tar")
    >>> [paths.of(name) for name in ("b.txt", "c.txt", "b.txt")]
    ['a.tar!b.txt', 'a.tar!c.txt', 'a.tar!b.txt#2']
    """

    def __init__(self, path: str, room: int = 1 << 17) -> None:
        self._path = path
        self._room = room
        self._times: dict[str, int] = {}

    def of(self, name: str) -> str:
        """The path of the next member, which is called ``name``."""
        if len(self._times) == self._room:
            self._times.clear()
        times = self._times[name] = self._times.get(name, 0) + 1
        return member_path(self._path, name if times == 1 else f"{name}#{times}")


def shown_name(name: bytes) -> str:
    """The name of a member; what is no UTF-8 in it stands for its bytes.

    >>> shown_name("cửa.txt".encode()), shown_name(b"c\\xeda.txt")
    ('cửa.txt', 'c\\udceda.txt')
    """
    return name.decode("utf-8", "surrogateescape")


def reason_to_skip(rewriter: Rewriter, kind: Kind, head: bytes = b"") -> str:
    """Why a member that begins with ``head`` need not be looked at; empty if it must be."""
    if kind.is_packed:
        return translated(NESTED) if rewriter.depth + 1 >= DEEPEST else ""
    if rewriter.reading.encoding is None:
        try:
            detect(head)
        except BinaryInputError:
            return translated(NO_TEXT)
    return ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a member: if nothing differs, it is to be copied."""

    changed: bool = False
    converted: str | None = None  #: the encoding it comes out in, if that is another


def attempt(
    rewriter: Rewriter,
    kind: Kind,
    path: str,
    stream: ByteStream,
    sink: Sink,
    expansion: Expansion | None = None,
) -> Outcome:
    """Rewrites one member of what ``rewriter`` is at, and tells of it.

    Whether there is a :func:`reason_to_skip` it is not asked here.  If nothing differs, what
    ``sink`` got is worth nothing.  ``expansion``: counts what the member unpacks to.
    """
    with Staged(rewriter.scratch) as staged:
        inner = replace(
            rewriter,
            told=staged,
            depth=rewriter.depth + 1,
            expansion=expansion or rewriter.expansion,
        )
        try:
            changed = inner.rewrite_as(kind, path, stream, sink)
        except BinaryInputError:
            rewriter.told.skipped(path, translated(NO_TEXT))
            return Outcome()
        except InputError as error:
            rewriter.told.failed(path, str(error))
            return Outcome()
        staged.pass_on(rewriter.told)
        return Outcome(changed, staged.converted)
