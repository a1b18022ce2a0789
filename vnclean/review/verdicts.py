"""What the decisions made so far say of an edit of a report."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from vnclean.decisions import UNDECIDED, Decision, Decisions, Place, Subject
from vnclean.reports.reading import Entry
from vnclean.user_words import key, put, speaks_of

_RANK: Final = {"repair": 0, "word": 1, "report": 2, "place": 3}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an edit is made, and what then stands there; ``subject``: by what decision."""

    applied: bool
    after: str
    subject: Subject

    @property
    def rank(self) -> int:
        """How much the decision was about this one edit: of two that exclude each other the
        higher one is made."""
        return _RANK[self.subject.scope]


class Verdicts:
    """Looks them up: what was decided on one place goes before what was decided on all of them,
    and that before what holds for every text.

    >>> decisions = Decisions()
    >>> verdicts = Verdicts(decisions)
    >>> verdicts.of_all("Kim", "Kiểm") is None
    True
    >>> kim = Decision(Subject("word", "kim"), "other", "kìm")
    >>> decisions.add(kim), verdicts.learn(kim)
    (None, None)
    >>> verdicts.of_all("Kim", "Kiểm").after
    'Kìm'
    """

    def __init__(self, decisions: Decisions) -> None:
        self._decisions = decisions
        self._everywhere: defaultdict[str, list[Decision]] = defaultdict(list)
        for decision in decisions:
            self.learn(decision)

    def learn(self, decision: Decision) -> None:
        """One more decision, which was added to the others."""
        subject = decision.subject
        if subject.scope not in ("repair", "word"):
            return
        known = self._everywhere[key(subject.before)]
        known[:] = [one for one in known if one.subject != subject]
        if decision.what != UNDECIDED:
            known.append(decision)

    def of(self, entry: Entry) -> Verdict | None:
        """What was decided on an edit; None if nothing was.

        What the user has said to keep stays so whatever is decided on all places.
        """
        edit = entry.edit
        everywhere = None if edit.kept_by else self.of_all(edit.before, edit.after)
        return self.of_place(entry) or everywhere

    def of_place(self, entry: Entry) -> Verdict | None:
        """What was decided on this one edit."""
        edit = entry.edit
        return self._exact(Subject("place", edit.before, edit.after, Place.of(entry)))

    def of_all(self, before: str, after: str) -> Verdict | None:
        """What was decided on all edits from ``before`` to ``after``."""
        exact = self._exact(Subject("report", before, after))
        if exact:
            return exact
        found = [one for one in self._everywhere.get(key(before), ()) if _about(one, before, after)]
        if not found:
            return None
        decision = min(found, key=_order)
        made = decision.what in ("other", "always")
        word = put(decision.subject.before, decision.word, before) if decision.word else after
        return Verdict(made, word, decision.subject)

    def _exact(self, subject: Subject) -> Verdict | None:
        decision = self._decisions.get(subject)
        if decision is None:
            return None
        word = decision.word if decision.what == "other" else subject.after
        return Verdict(decision.what != "reject", word, subject)


def _about(decision: Decision, before: str, after: str) -> bool:
    subject = decision.subject
    same = subject.scope == "word" or key(subject.after) == key(after)
    return same and speaks_of(subject.before, before)


def _order(decision: Decision) -> int:
    """As the cleaner does: corrections come first, and what is never done before what always is."""
    return ["other", "never", "always"].index(decision.what)
