"""What a report tells of which file, and where in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from vnclean.errors import InputError
from vnclean.language import translated
from vnclean.reports.reading import BadLines, told_lines
from vnclean.reports.written import Written


class Part(NamedTuple):
    """Lines that follow each other: from which byte to which, and the number of the first one."""

    start: int
    end: int
    number: int


@dataclass
class FileParts:
    """A file that a report tells of: where its lines are, and the last one."""

    path: str
    parts: list[Part] = field(default_factory=list)
    written: Written | None = None
    written_at: int = -1  #: the byte at which that line begins
    again: bool = False  #: there is more than one such line

    def add(self, part: Part) -> None:
        """Takes more lines, which come after those before."""
        if self.parts and self.parts[-1].end == part.start:
            self.parts[-1] = self.parts[-1]._replace(end=part.end)
        else:
            self.parts.append(part)


def files_of(name: str, report: BinaryIO) -> list[FileParts]:
    """The files that the report called ``name`` tells of, in the order of their last lines.

    Raises InputError if a line is none of a report.
    """
    bad = BadLines()
    index = _Index()
    for place, data, told in told_lines(report, bad):
        if isinstance(told, Written):
            index.end(told, place)
        elif told:
            index.add(told.path, Part(place, place + len(data), bad.number))
    if bad.count:
        raise InputError(
            translated(
                "{name}: {bad}; mend it, or take the report as it was written", name=name, bad=bad
            )
        )
    return list(index.finish())


class _Index:
    def __init__(self) -> None:
        self._files: dict[str, FileParts] = {}
        self._open: list[tuple[str, Part]] = []  # documents that no file has claimed yet

    def add(self, path: str, part: Part) -> None:
        """A line about the document ``path``."""
        if self._open and self._open[-1][0] == path and self._open[-1][1].end == part.start:
            part = self._open.pop()[1]._replace(end=part.end)
        self._open.append((path, part))

    def end(self, written: Written, place: int) -> None:
        """The line about a file, which claims what comes before it."""
        file = self._files.setdefault(written.path, FileParts(written.path))
        file.again = file.written is not None
        file.written, file.written_at = written, place
        rest = []
        for path, part in self._open:
            if is_in(path, file.path):
                file.add(part)
            else:
                rest.append((path, part))
        self._open = rest

    def finish(self) -> Iterator[FileParts]:
        """All files; what none has claimed is one of its own."""
        for path, part in self._open:
            known = (name for name in _above(path) if name in self._files)
            name = next(known, path)
            self._files.setdefault(name, FileParts(name)).add(part)
        for file in self._files.values():
            file.parts.sort()
            yield file


def is_in(path: str, file: str) -> bool:
    """Whether the document ``path`` is ``file``, or in it.

    >>> is_in("a.zip!b.txt", "a.zip"), is_in("a.zip", "a.zip"), is_in("a.zip.txt", "a.zip")
    (True, True, False)
    """
    return path == file or path.startswith(f"{file}!")


def _above(path: str) -> Iterator[str]:
    """The path, and those of all archives that it may be in."""
    while path:
        yield path
        path = path.rpartition("!")[0]
