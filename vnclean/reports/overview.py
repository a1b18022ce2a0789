"""What a report amounts to: the numbers that the terminal, ``--json`` and the page all show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from vnclean.config import Config
from vnclean.edits import Edit
from vnclean.kept_by import KEPT_BY, UNSURE
from vnclean.language import marked
from vnclean.reports.origin import PLAIN, Origin
from vnclean.reports.reading import Entry
from vnclean.reports.tally import Tally

#: Bars of the histogram of how sure repairs are.
BINS: Final = 20
#: Files and repairs that are named.
FILES: Final = 1000
REPAIRS: Final = 100
#: Letters of a repair by which it is counted.
_KEPT: Final = 200

MAY_STAND: Final = marked("it may be meant as it stands")
AS_LIKELY: Final = marked("another reading is nearly as likely")
ASKED: Final = marked("more was asked for than by default")
REASONS: Final = (UNSURE, MAY_STAND, AS_LIKELY, ASKED, *KEPT_BY.values())
_DEFAULTS: Final = Config()


def why_left_alone(edit: Edit) -> str:
    """What keeps an edit that was not applied, or what it lacked, as far as a report tells.

    >>> alternatives = (("kim", 0.4),)
    >>> why_left_alone(Edit(0, 3, "kim", "kiểm", "", 0.5, "typed", alternatives, applied=False))
    'it may be meant as it stands'
    """
    if edit.kept_by:
        return KEPT_BY[edit.kept_by]
    if edit.confidence >= _DEFAULTS.least(edit):
        return ASKED
    word, chance = max(edit.alternatives, key=lambda one: one[1], default=("", 0.0))
    if 2 * chance < edit.confidence:
        return UNSURE
    return MAY_STAND if word == edit.before else AS_LIKELY


class Overview:
    """Counts what comes by, in memory that does not grow with it."""

    def __init__(self) -> None:
        self.repairs = 0
        self.left_alone = 0
        self.kinds: Counter[str] = Counter()  #: of repairs
        self.kinds_left: Counter[str] = Counter()
        self.modes: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.sure = [0] * BINS  #: repairs by confidence
        self.unsure = [0] * BINS  #: what was left alone by confidence
        self.documents: Tally[str] = Tally()
        self.files: Tally[str] = Tally()  #: repairs of each
        self.files_left: Tally[str] = Tally()
        self.commonest: Tally[tuple[str, str]] = Tally()
        self.encodings: Counter[str] = Counter()
        self.kept_bytes = 0

    def counting(self, entries: Iterable[Entry | Origin]) -> Iterator[Entry | Origin]:
        """The same entries, each counted when it is asked for."""
        for entry in entries:
            self.add(entry)
            yield entry

    def add(self, entry: Entry | Origin) -> None:
        """Counts one line of a report."""
        self.documents.add(entry.path)
        if isinstance(entry, Origin):
            if entry.encoding != PLAIN:
                self.encodings[entry.conversion()] += 1
            self.kept_bytes += entry.kept_bytes
            return
        edit = entry.edit
        bar = min(int(edit.confidence * BINS), BINS - 1)
        if edit.applied:
            self.repairs += 1
            self.kinds[edit.kind] += 1
            self.modes[edit.mode] += 1
            self.sure[bar] += 1
            self.files.add(entry.path)
            self.commonest.add((edit.before[:_KEPT], edit.after[:_KEPT]))
        else:
            self.left_alone += 1
            self.kinds_left[edit.kind] += 1
            self.reasons[why_left_alone(edit)] += 1
            self.unsure[bar] += 1
            self.files_left.add(entry.path)

    def kinds_in_order(self) -> list[str]:
        """All kinds, that with most repairs first."""
        names = self.kinds | self.kinds_left
        return sorted(names, key=lambda kind: (-self.kinds[kind], -self.kinds_left[kind], kind))

    def paths_in_order(self, number: int) -> list[tuple[str, int, int]]:
        """The files with most repairs: repairs, and what was left alone."""
        left = dict(self.files_left.commonest())
        named = [(path, count, left.get(path, 0)) for path, count in self.files.commonest(number)]
        if len(named) < number:
            done = {path for path, _, _ in named}
            rest = [(path, 0, left.get(path, 0)) for path, _ in self.documents.commonest()]
            named += sorted(
                (one for one in rest if one[0] not in done), key=lambda one: (-one[2], one[0])
            )
        return named[:number]

    def figures(self) -> dict[str, Any]:
        """All of it, as JSON can hold it."""
        return {
            "version": 1,
            "documents": self.documents.distinct,
            "repairs": self.repairs,
            "left_alone": self.left_alone,
            "kinds": {
                kind: {"repairs": self.kinds[kind], "left_alone": self.kinds_left[kind]}
                for kind in self.kinds_in_order()
            },
            "modes": dict(self.modes.most_common()),
            "confidence": {"repairs": self.sure, "left_alone": self.unsure},
            "left_alone_because": dict(self.reasons.most_common()),
            "files": [
                {"path": path, "repairs": count, "left_alone": left}
                for path, count, left in self.paths_in_order(FILES)
            ],
            "commonest": [
                {"before": before, "after": after, "repairs": count}
                for (before, after), count in self.commonest.commonest(REPAIRS)
            ],
            "counts_too_low_by": max(self.files.missed, self.commonest.missed),
            "encodings": dict(self.encodings.most_common()),
            "kept_bytes": self.kept_bytes,
        }
