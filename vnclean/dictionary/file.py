"""A dictionary as a file: UTF-8, one entry a line, sorted, with comments that stay where they are.

``#`` begins a comment, after blanks in a line with an entry, too (but for patterns).  Blank lines
part sections.  In each section the entries are sorted; the comment that a section begins with is
its heading, any other one belongs to the entry below it and goes with that.  New entries go into
the last section.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from vnclean.dictionary.entries import Entry, NoEntry, parse
from vnclean.documents.atomic import AtomicFile
from vnclean.errors import InputError, OutputError, UsageError, naming
from vnclean.language import marked, translated

_COMMENT: Final = re.compile(r"(?:^|\s)#.*$")
#: In a pattern a # is just that.
_PATTERN: Final = re.compile(r"\s*ignore:")
_HEADING: Final = marked(
    "# Words that vnclean never changes (word), or always changes (before -> after)."
)


class Problem(NamedTuple):
    """What is wrong with a line, from 1."""

    line: int
    reason: str


@dataclass(slots=True)
class Line:
    """A line with an entry, as it is written, and the comments above it."""

    entry: Entry
    written: str
    number: int = 0  #: from 1; 0 if it is new
    above: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Section:
    heading: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    below: list[str] = field(default_factory=list)  #: comments after the last entry

    def text(self) -> Iterator[str]:
        yield from self.heading
        for line in sorted(self.lines, key=lambda line: line.entry.order):
            yield from (*line.above, line.written)
        yield from self.below


class Dictionary:
    """What a file says.

    >>> dictionary = Dictionary("# Mine\\n\\nvốn  # of a bank\\nkim\\n")
    >>> dictionary.add(Entry("word", "an")), dictionary.add(Entry("word", "kim"))
    (True, False)
    >>> print(dictionary.text(), end="")
    # Mine
    <BLANKLINE>
    an
    kim
    vốn  # of a bank
    """

    def __init__(self, text: str | None = None) -> None:
        """``text``: what the file holds, a mere heading if there is none yet."""
        if text is None:
            text = f"{translated(_HEADING)}\n\n"
        self.problems: list[Problem] = []  #: lines that are no entries, and stay as they are
        self._sections = [_Section()]
        comments: list[str] = []
        for number, written in enumerate(text.removesuffix("\n").split("\n"), 1):
            written = written.rstrip()
            bare = written
            if "#" in written and not _PATTERN.match(written):
                bare = _COMMENT.sub("", written)
            section = self._sections[-1]
            if bare and (entry := self._parsed(bare, number)):
                section.lines.append(Line(entry, written, number, comments))
                comments = []
            elif written:  # a comment, or what is no entry
                (comments if section.lines else section.heading).append(written)
            else:
                section.below, comments = comments, []
                if section.heading or section.lines:
                    self._sections.append(_Section())
        self._sections[-1].below += comments

    def _parsed(self, text: str, number: int) -> Entry | None:
        try:
            return parse(text)
        except NoEntry as reason:
            self.problems.append(Problem(number, f"{text}: {reason}"))
            return None

    @property
    def lines(self) -> list[Line]:
        """All entries, in the order in which they are written."""
        return [line for section in self._sections for line in section.lines]

    def entries(self) -> list[Entry]:
        """The same without what else is known of them."""
        return [line.entry for line in self.lines]

    def add(self, entry: Entry) -> bool:
        """Adds an entry; False if the same thing is said already."""
        if any(
            line.entry.subject == entry.subject and _same(line.entry, entry) for line in self.lines
        ):
            return False
        self.extend([entry])
        return True

    def extend(self, entries: Iterable[Entry]) -> None:
        """Adds entries that are not there yet."""
        self._sections[-1].lines += [Line(entry, str(entry)) for entry in entries]

    def remove(self, lines: Sequence[Line]) -> None:
        """Takes lines out, with the comments that belong to them."""
        gone = set(map(id, lines))
        for section in self._sections:
            section.lines = [line for line in section.lines if id(line) not in gone]

    def text(self) -> str:
        """The file as it is to be written."""
        filled = (section for section in self._sections if any(True for _ in section.text()))
        return "\n".join("".join(f"{line}\n" for line in section.text()) for section in filled)


def _same(one: Entry, other: Entry) -> bool:
    return one.kind == other.kind and (one.kind != "correction" or one.after == other.after)


def unwritable(entry: Entry) -> str:
    """Why an entry cannot stand in a line of a dictionary; empty if it can.

    >>> unwritable(Entry("word", "kim # of a bank")), unwritable(Entry("word", "C#"))
    ('a # begins a comment there; leave it out', '')
    """
    written = str(entry)
    if entry.kind != "ignore" and _COMMENT.search(written):
        return translated("a # begins a comment there; leave it out")
    try:
        written.encode("utf-8")
    except UnicodeEncodeError:
        return translated("is not UTF-8")
    return ""


def read(path: str) -> Dictionary:
    """The dictionary in a file; what is wrong with it is in its ``problems``.

    Raises InputError, with the name in it, if it cannot be read, UsageError if it is no text.
    """
    with naming(path, InputError):
        data = Path(path).read_bytes()
    try:
        return Dictionary(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(
            translated(
                "{path}:{line}: is not UTF-8; save it as UTF-8, or vnclean dict import it",
                path=path,
                line=line,
            )
        ) from None


def write(dictionary: Dictionary, path: str) -> None:
    """Puts a dictionary in the place of ``path``, as a whole.  Raises OutputError."""
    with naming(path, OutputError), AtomicFile(Path(path)) as file:
        file.write(dictionary.text().encode("utf-8"))
        file.commit()
