"""What is wrong with a dictionary: what makes no sense, and what has no effect."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from vnclean.dictionary.entries import Entry
from vnclean.dictionary.file import Dictionary, Line, Problem
from vnclean.language import marked, translated
from vnclean.user_words import key, put
from vnclean.word_finder import WordFinder

_CONTRADICTS: Final = marked("{entry}: contradicts line {line} ({other}); take one of them out")
_CHANGES_AGAIN: Final = marked(
    "{entry}: line {line} changes that again ({other}); write what is to come out in the end"
)


def errors(dictionary: Dictionary) -> list[Problem]:
    """What makes no sense, so that nobody can tell what is meant, in the order of the lines.

    >>> errors(Dictionary("kim\\nkim -> kìm\\n"))
    [Problem(line=2, reason='kim -> kìm: contradicts line 1 (kim); take one of them out')]
    """
    lines = dictionary.lines
    found = [
        *dictionary.problems,
        *_problems(_CONTRADICTS, _contradicting(lines)),
        *_without_effect(lines),
        *_problems(_CHANGES_AGAIN, _chained(lines)),
    ]
    return sorted(found)


def warnings(dictionary: Dictionary) -> list[Problem]:
    """What is there twice.

    >>> warnings(Dictionary("hoà\\n\\nkim\\nhòa\\n"))
    [Problem(line=4, reason='hòa: is there twice, see line 1; take one out')]
    """
    first: dict[tuple[object, ...], int] = {}
    found = []
    for line in dictionary.lines:
        entry = line.entry
        known = first.setdefault((entry.kind, entry.subject, entry.after), line.number)
        if known != line.number:
            reason = translated(
                "{entry}: is there twice, see line {line}; take one out", entry=entry, line=known
            )
            found.append(Problem(line.number, reason))
    return found


def objection(dictionary: Dictionary, path: str) -> str:
    """Why what was added to the dictionary of ``path`` makes no sense; empty if all of it does.

    What is wrong with the file as it is has nothing to do with that.

    >>> dictionary = Dictionary("kim\\n")
    >>> dictionary.add(Entry("correction", "kim", "kìm"))
    True
    >>> objection(dictionary, "a.words")
    'kim -> kìm: contradicts a.words:1 (kim); take one of them out'
    """
    return next(_objections(dictionary.lines, path), "")


def _objections(lines: Sequence[Line], path: str) -> Iterator[str]:
    new = [line for line in lines if not line.number]
    yield from filter(None, (mistake(line.entry) for line in new))
    for line, other in _contradicting(lines):
        if not (line.number and other.number):
            added, there = (other, line) if line.number else (line, other)
            yield translated(
                "{entry}: contradicts {other}; take one of them out",
                entry=added.entry,
                other=_named(there, path),
            )
    for line, after in _chained(lines):
        if not line.number:
            yield translated(
                "{entry}: {other} changes that again; write what is to come out in the end",
                entry=line.entry,
                other=_named(after, path),
            )
        elif not after.number:
            yield translated(
                "{entry}: changes again what {other} puts there; write there what is to come out"
                " in the end",
                entry=after.entry,
                other=_named(line, path),
            )


def _named(line: Line, path: str) -> str:
    """An entry, and where it is if it is in the file already."""
    return f"{path}:{line.number} ({line.entry})" if line.number else str(line.entry)


def contradiction(entry: Entry, others: Iterable[Entry]) -> Entry | None:
    """The first of ``others`` that says something else of the same thing."""
    return next((other for other in others if _contradict(entry, other)), None)


def _contradict(one: Entry, other: Entry) -> bool:
    if one.subject != other.subject:
        return False
    if one.kind == other.kind == "correction":
        return one.after != other.after
    return one.kind != other.kind


def _problems(message: str, pairs: Iterable[tuple[Line, Line]]) -> Iterator[Problem]:
    """What is wrong with lines because of others, one problem for each pair."""
    for line, other in pairs:
        reason = translated(message, entry=line.entry, line=other.number, other=other.entry)
        yield Problem(line.number, reason)


def _contradicting(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Lines with the first one before them that says something else of the same thing."""
    if {line.entry.kind for line in lines} <= {"word", "ignore"}:
        return
    known: defaultdict[object, list[Line]] = defaultdict(list)
    for line in lines:
        if line.entry.kind == "ignore":
            continue
        there = known[line.entry.subject]
        for other in there:
            if _contradict(line.entry, other.entry):
                yield line, other
                break
        there.append(line)


def mistake(entry: Entry) -> str:
    """Why an entry can have no effect, whatever the others say; empty if it can."""
    if entry.kind != "ignore" and unicodedata.combining(entry.before[0]):
        return translated(
            "{entry}: begins with an accent without a letter; take it out", entry=entry
        )
    if entry.after and _changes_nothing(entry):
        return translated(
            "{entry}: changes nothing: what is put there has the letter case and tone style of"
            " what was there; take it out",
            entry=entry,
        )
    return ""


def _without_effect(lines: Sequence[Line]) -> Iterator[Problem]:
    for line in lines:
        if reason := mistake(line.entry):
            yield Problem(line.number, reason)


def _changes_nothing(entry: Entry) -> bool:
    """Whether the word of a correction or repair comes out as it was."""
    before, after = entry.before, entry.after
    if entry.kind != "correction" or _caseless(before) != _caseless(after):  # most of them
        return before == after
    return put(before, after, before) == before


def _caseless(text: str) -> str:
    """What all forms of a word have in common, whichever letters stand for its capitals."""
    return key(text).upper().casefold()


def _chained(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Corrections whose result would be corrected again, by the next run, and the one that does."""
    corrections = {line.entry.before: line for line in lines if line.entry.kind == "correction"}
    finder = WordFinder(corrections)
    for line in corrections.values():
        if not finder.any_in(line.entry.after):
            continue
        for _, _, found in finder.find(line.entry.after):
            other = corrections[found]
            if other is line:  # it is not made where what it puts is there already
                continue
            yield line, other
            break
