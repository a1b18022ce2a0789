"""What ``vnclean dict import`` takes of other dictionaries and lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from vnclean.dictionary.entries import Entry
from vnclean.dictionary.file import Dictionary
from vnclean.dictionary.importing import imported
from vnclean.dictionary.known import is_known
from vnclean.dictionary.lint import contradiction, mistake
from vnclean.language import joined, marked, translated

_TOLD: Final = {
    "added": marked("{count:,} added"),
    "there": marked("{count:,} there already"),
    "known": marked("{count:,} known to vnclean left out (--all takes them)"),
    "no_words": marked("{count:,} without a letter, or marked as no words, left out"),
    "refused": marked("{count:,} that contradict what is there left out"),
    "stems": marked("of {count:,} with affixes only the stem taken"),
}


def add_files(
    dictionary: Dictionary, files: Iterable[str], encoding: str | None, *, known: bool
) -> str:
    """Adds what is in ``files``; says, in one line, what was added and what was not.

    ``encoding``: of all of them, as :func:`~vnclean.dictionary.importing.imported` takes it, which
    also says what is raised.  ``known``: words that vnclean knows, too.
    """
    counts: defaultdict[str, int] = defaultdict(int)
    for file in files:
        found = imported(file, encoding)
        counts["no_words"] += found.no_words
        counts["stems"] += found.stems
        new = _new(found.entries, dictionary, counts, known=known)
        dictionary.extend(new)
        counts["added"] += len(new)
    told = [
        translated(text, count=counts[name])
        for name, text in _TOLD.items()
        if counts[name] or name == "added"
    ]
    return joined(", ", told)


def _new(
    entries: Iterable[Entry], dictionary: Dictionary, counts: dict[str, int], *, known: bool
) -> list[Entry]:
    """Those that are to be added; the others are counted.  ``known``: take known words, too."""
    by_subject: defaultdict[object, list[Entry]] = defaultdict(list)
    for entry in dictionary.entries():
        by_subject[entry.subject].append(entry)
    new = []
    for entry in entries:
        there = by_subject[entry.subject]
        if contradiction(entry, there) or mistake(entry):
            counts["refused"] += 1
        elif there:
            counts["there"] += 1
        elif not known and entry.kind == "word" and is_known(entry.before):
            counts["known"] += 1
        else:
            there.append(entry)
            new.append(entry)
    return new
