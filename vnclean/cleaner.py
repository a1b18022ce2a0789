"""The cleaner: finds and makes repairs, for whoever asks and in whatever thread."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Final

from vnclean.config import Config
from vnclean.document import Document
from vnclean.edits import Edit
from vnclean.errors import UsageError
from vnclean.garbage import collecting_seldom
from vnclean.language import translated
from vnclean.markers import Span
from vnclean.stage_order import StageOrder
from vnclean.tables import Tables

if TYPE_CHECKING:
    from vnclean.spelling.explanation import WordExplanation

#: So many cleaners are kept for all who ask for one with the same settings.
_KEPT: Final = 4
#: So many lines are taken together if nobody says otherwise: with twice as many it is no faster.
LINES_AHEAD: Final = 1000

#: Threads take turns, for the tables that all cleaners have in common grow with what is read.
_turn: Final = RLock()
if hasattr(os, "register_at_fork"):  # a process is not forked while another thread is at work
    os.register_at_fork(
        before=_turn.acquire, after_in_parent=_turn.release, after_in_child=_turn.release
    )


@dataclass(frozen=True)
class Result:
    """A repaired text and the edits that made it (those left alone among them)."""

    text: str
    edits: list[Edit]


class Cleaner:
    """Finds and makes repairs; costly tables are built when first needed.

    May be used by several threads, which then take turns, before and after a fork, and may be
    pickled, which costs little.

    >>> Cleaner().clean("công tác phòng, chng dch bnh").text
    'công tác phòng, chống dịch bệnh'
    """

    def __init__(self, config: Config = Config(), model: Path | None = None) -> None:
        """``model``: a file that ``vnclean model build`` made; the one that ships if None."""
        self._config = config
        self._tables = Tables(model)
        #: The cleaners that have these tables, by their settings.
        self._siblings = {config: self}

    @property
    def config(self) -> Config:
        """The settings."""
        return self._config

    def __reduce__(self) -> tuple[object, tuple[Config, Path | None]]:
        """Pickled as its settings: whoever unpickles it gets the one that its process has."""
        return shared_cleaner, (self._config, self._tables.model_path)

    def with_config(self, config: Config) -> Cleaner:
        """The cleaner with other settings; it has the same tables, which are costly.

        >>> Cleaner().with_config(Config(leave=("lost-letters",))).clean("phòng, chng dịch").text
        'phòng, chng dịch'
        """
        if config not in self._siblings:
            sibling = Cleaner(config)
            sibling._tables, sibling._siblings = self._tables, self._siblings
            self._siblings[config] = sibling
        return self._siblings[config]

    @cached_property
    def _stages(self) -> StageOrder:
        return StageOrder(self._config, self._tables)

    def edits(
        self,
        lines: Sequence[str],
        before: Sequence[str] = (),
        begins: Sequence[int] = (),
        off: Sequence[Span] = (),
    ) -> list[list[Edit]]:
        """The edits of each line, spans in code points of that line.

        ``lines`` follow each other in a document, and ``before`` are the last ones before them
        (as many as :data:`~vnclean.document.REACH` says; more do not matter): words are likelier
        to be meant where they were said before.  They have no line ends in them, unless the
        settings look ``across_lines``: then they are those of
        :class:`~vnclean.documents.groups.LineGroups`.  ``begins``: numbers of the lines, in order,
        with which another document begins.  ``off``: what marks in the text leave alone, as
        :meth:`Markers.spans() <vnclean.markers.Markers.spans>` says it; no edit that touches it is
        applied.

        An edit less sure than the settings ask for is not applied.  Raises ModelError if the model
        cannot be opened.
        """
        with _turn, collecting_seldom():
            return self._stages.edits(lines, before, begins, off)

    def clean(self, text: str) -> Result:
        """Repairs a text of any number of lines, as the command repairs a file that holds it.

        Spans of edits count from its start.  Raises ModelError if the model cannot be opened.
        """
        return self.clean_all([text])[0]

    def clean_all(self, texts: Iterable[str]) -> list[Result]:
        """Repairs texts, each a document of its own: many short ones far faster than one by one.

        Raises TypeError if one of them is no text, or all of them are one.

        >>> [result.text for result in Cleaner().clean_all(["phòng dch", ""])]
        ['phòng dịch', '']
        """
        from vnclean.texts import cleaned_texts  # which is above the cleaner: see architecture.md

        return cleaned_texts(texts, self, self._config)

    def clean_lines(self, lines: Iterable[str], *, ahead: int = LINES_AHEAD) -> Iterator[Result]:
        """Repairs the lines of one document as they come, each with or without its line end.

        What is made of a line is what the command makes of it, with the lines before it in mind,
        in bounded memory.  ``ahead``: so many lines are taken together, before the first of them
        is given out; many are faster, with 1 no line waits for the next.  Raises UsageError for
        settings that look across line ends, ValueError if ``ahead`` is less than 1, and else what
        :meth:`clean_all` does.

        >>> lines = "công tác phòng,\\n", "chng dch bnh\\n"
        >>> [result.text for result in Cleaner().clean_lines(lines)]
        ['công tác phòng,\\n', 'chống dịch bệnh\\n']
        """
        from vnclean.texts import cleaned_lines

        if self._config.across_lines:
            raise UsageError(
                translated(
                    "clean_lines takes one line at a time: use clean for the settings join_lines"
                    " and drop_boilerplate"
                )
            )
        return cleaned_lines(lines, self, ahead, markers=self._config.markers)

    def explain(
        self,
        lines: Sequence[str],
        before: Sequence[str] = (),
        begins: Sequence[int] = (),
        off: Sequence[Span] = (),
    ) -> list[list[WordExplanation]]:
        """For each line, its words and the edits of :meth:`edits`, with what speaks for them.

        Takes what :meth:`edits` takes; no settings that look across lines.
        """
        from vnclean.line_explanation import explained

        with _turn:
            steps, total = self._stages.steps(lines, before, begins, off)
            document = Document(lines, before, begins)
            return explained(self._tables.speller, self._config, document, steps, total)


def shared_cleaner(config: Config | None = None, model: Path | None = None) -> Cleaner:
    """The cleaner with these settings that all of a process share: its tables are built once.

    >>> shared_cleaner() is shared_cleaner(Config())
    True
    """
    return _shared(config or Config(), model)


_shared: Final = lru_cache(maxsize=_KEPT)(Cleaner)
