"""One review: which edit it is at, and what the commands do.  Knows nothing of keys or screens."""

from __future__ import annotations

import unicodedata
from typing import Final

from vnclean.decisions import UNDECIDED, Decision, DecisionFile, Place, Subject
from vnclean.edits import Edit
from vnclean.language import counted, marked, translated
from vnclean.reports.reading import Entry
from vnclean.review.queue import Queue
from vnclean.review.verdicts import Verdicts

#: How many readings have a number.
NUMBERED: Final = 9
#: What means something in one format or another: a word may have it where it had it before.
_SIGNS: Final = frozenset("<>&\"'\\,;|*_`[]{}")


#: What was decided, in words.
_DONE: Final = {
    "accept": marked("{before} → {after}: made"),
    "other": marked("{before} → {after}: made"),
    "reject": marked("{before} → {after}: not made"),
    "always": marked("{before} → {after}: always"),
    "never": marked("{before} → {after}: never"),
}


class Refused(ValueError):
    """A command makes no sense here; ``str()`` of it says why."""


class Session:
    """Goes over a queue; each decision is in the file before the next edit is shown.

    ``number``: the edit it is at, ``len(queue)`` at the end.
    """

    def __init__(self, queue: Queue, file: DecisionFile, verdicts: Verdicts) -> None:
        self.queue = queue
        self._file = file
        self._verdicts = verdicts
        self.everywhere = False  #: the next decision is about all places with the same repair
        self.made = 0  #: decisions since the beginning
        #: What was decided (None: skipped) and at which edit, so that it can be taken back.
        self._trail: list[tuple[Subject | None, int]] = [
            (one.subject, queue.known[one.subject])
            for one in file.decisions
            if one.subject in queue.known
        ]
        self.number = queue.next_undecided(0)

    @property
    def at_end(self) -> bool:
        """Whether no edit is left."""
        return self.number >= len(self.queue)

    def entry(self) -> Entry:
        """The edit it is at; raises Refused at the end."""
        if self.at_end:
            raise Refused(translated("there are no more edits; b goes back, q quits"))
        return self.queue.entry(self.number)

    def readings(self) -> list[tuple[str, float]]:
        """What else was thought of, as numbered from 1."""
        edit = self.entry().edit
        others = [one for one in edit.alternatives if one[0] not in (edit.before, edit.after)]
        return others[:NUMBERED]

    def accept(self) -> str:
        """The repair is made."""
        return self._decide_here("accept")

    def reject(self) -> str:
        """What was read stays."""
        return self._decide_here("reject")

    def choose(self, number: int) -> str:
        """The reading with this number is what was meant; raises Refused if there is none."""
        readings = self.readings()
        if not 1 <= number <= len(readings):
            raise Refused(translated("{number}: there is no such reading", number=number))
        return self._decide_here("other", readings[number - 1][0])

    def other(self, word: str) -> str:
        """Another word was meant; raises Refused for what is none."""
        word = self._checked(word)
        edit = self.entry().edit
        if word == edit.after:
            return self.accept()
        if word == edit.before:
            return self.reject()
        return self._decide_here("other", word)

    def always(self) -> str:
        """This repair is always made, in every text."""
        edit = self._word_like()
        return self._decide(Subject("repair", edit.before, edit.after), "always")

    def never(self) -> str:
        """This repair is never made, in any text."""
        edit = self._word_like()
        return self._decide(Subject("repair", edit.before, edit.after), "never")

    def never_word(self) -> str:
        """The word that was read is never changed, in any text."""
        return self._decide(Subject("word", self._word_like().before), "never")

    def always_other(self, word: str) -> str:
        """The word that was read is always changed to another one; raises Refused if it is none."""
        word = self._checked(word)
        before = self._word_like().before
        if word == before:
            return self.never_word()
        return self._decide(Subject("word", before), "other", word)

    def skip(self) -> str:
        """Nothing is decided; the edit comes again in the next review."""
        self.entry()
        self._trail.append((None, self.number))
        self.number = self.queue.next_undecided(self.number + 1)
        self.everywhere = False
        return translated("skipped")

    def back(self) -> str:
        """To the edit before; what was decided there is taken back.

        Raises Refused at the start.
        """
        if not self._trail:
            raise Refused(translated("this is the first one"))
        subject, self.number = self._trail.pop()
        self.everywhere = False
        if subject is None:
            return translated("back")
        self._add(Decision(subject, UNDECIDED))
        return translated("taken back")

    def again(self) -> str:
        """From the end to the first edit that is undecided."""
        self.number = self.queue.next_undecided(0)
        return ""

    def toggle_everywhere(self) -> str:
        """The next decision is about all places, or about this one again.

        Raises Refused for one that the user's own words or marks keep.
        """
        if self.entry().edit.kept_by:
            raise Refused(translated("you have said to keep this one; decide on it alone"))
        self.everywhere = not self.everywhere
        return ""

    def _word_like(self) -> Edit:
        edit = self.entry().edit
        if "\n" in edit.before or not any(map(str.isalnum, edit.before)):
            raise Refused(
                translated("what was read is no word; that can be decided only here, or for all *")
            )
        return edit

    def _checked(self, word: str) -> str:
        edit = self.entry().edit
        word = unicodedata.normalize("NFC", word.strip())
        if not word:
            raise Refused(translated("no word was given"))
        if not word.isprintable():
            raise Refused(translated("the word holds what cannot be seen"))
        signs = set(word) & _SIGNS - set(edit.before + edit.after)
        if signs:
            raise Refused(
                translated(
                    "{sign} may mean something else in the file; leave it out", sign=min(signs)
                )
            )
        return word

    def _decide_here(self, what: str, word: str = "") -> str:
        entry = self.entry()
        edit = entry.edit
        if self.everywhere:
            return self._decide(Subject("report", edit.before, edit.after), what, word)
        subject = Subject("place", edit.before, edit.after, Place.of(entry))
        return self._decide(subject, what, word)

    def _decide(self, subject: Subject, what: str, word: str = "") -> str:
        left = self.queue.left(self.queue.group(self.number))
        self._add(Decision(subject, what, word))
        self._trail.append((subject, self.number))
        self.everywhere = False
        self.number = self.queue.next_undecided(self.number + 1)
        return _told(subject, what, word, left)

    def _add(self, decision: Decision) -> None:
        self._file.add(decision)
        self._verdicts.learn(decision)
        if decision.subject.scope == "place":
            self.queue.note(self.number, decided=decision.what != UNDECIDED)
        else:
            self.queue.note_all(decision.subject.before)
        self.made += decision.what != UNDECIDED


def _told(subject: Subject, what: str, word: str, left: int) -> str:
    """What was decided, in words."""
    before, after = subject.before, word or subject.after
    if subject.scope == "word":
        if what == "never":
            return translated("{before}: never changed", before=before)
        return translated("{before} → {after}: always", before=before, after=after)
    done = translated(_DONE[what], before=before, after=after)
    if subject.scope != "report":
        return done
    return counted("{done}, {count:,} place", "{done}, {count:,} places", left, done=done)
