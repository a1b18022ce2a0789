"""From the files of dictionaries to the user's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from vnclean.dictionary.entries import Entry, Kind
from vnclean.dictionary.file import read
from vnclean.dictionary.lint import errors
from vnclean.errors import UsageError
from vnclean.language import about, joined
from vnclean.user_words import UserWords


def load(paths: Iterable[str]) -> UserWords:
    """What all of the files say; a later one goes before.

    Raises InputError for one that cannot be read, UsageError, one line a mistake, for what makes
    no sense.
    """
    words = UserWords()
    for path in paths:
        dictionary = read(path)
        if found := errors(dictionary):
            lines = (about(f"{path}:{problem.line}", problem.reason) for problem in found)
            raise UsageError(joined("\n", lines))
        words = words.joined(words_of(dictionary.entries()))
    return words


def words_of(entries: Iterable[Entry]) -> UserWords:
    """What entries say.

    >>> words_of([Entry("word", "an"), Entry("never", "chng", "chiêng")])
    UserWords(words=('an',), corrections=(), always=(), never=(('chng', 'chiêng'),), ignore=())
    """
    of: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        of[entry.kind].append(entry)

    def pairs(kind: Kind) -> tuple[tuple[str, str], ...]:
        return tuple((entry.before, entry.after) for entry in of[kind])

    return UserWords(
        tuple(entry.before for entry in of["word"]),
        pairs("correction"),
        pairs("always"),
        pairs("never"),
        tuple(entry.before for entry in of["ignore"]),
    )
