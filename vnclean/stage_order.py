"""The stages that settings ask for: the one place that knows them and their order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from vnclean.config import Config
from vnclean.document import Document
from vnclean.edits import Edit, apply, compose, invert
from vnclean.kept_by import KIND
from vnclean.markers import Span
from vnclean.protection import Protection
from vnclean.stages import Stage, Step
from vnclean.stages.entities import Entities
from vnclean.stages.mojibake import Mojibake
from vnclean.tables import Tables

if TYPE_CHECKING:
    from vnclean.patterns import Patterns
    from vnclean.stages.user_words import UserWordsStage


class StageOrder:
    """What the stages make of lines, one after the other.

    All methods take what :meth:`vnclean.cleaner.Cleaner.edits` takes.
    """

    def __init__(self, config: Config, tables: Tables) -> None:
        self._config, self._tables = config, tables

    def edits(
        self,
        lines: Sequence[str],
        before: Sequence[str],
        begins: Sequence[int],
        off: Sequence[Span],
    ) -> list[list[Edit]]:
        """The edits of each line, composed of those of all stages."""
        stages = self._stages(before, begins)
        return self._made(lines, stages, before, begins, self._protection(lines, off))

    def steps(
        self,
        lines: Sequence[str],
        before: Sequence[str],
        begins: Sequence[int],
        off: Sequence[Span],
    ) -> tuple[list[Step], list[list[Edit]]]:
        """What each stage that works on lines does, the speller last; and what they make."""
        steps: list[Step] = []
        protection = self._protection(lines, off)
        total = self._made(lines, self._line_stages, before, begins, protection, steps)
        return steps, total

    @cached_property
    def _user_words(self) -> UserWordsStage | None:
        """Only if the user has any."""
        if not self._config.user_words:
            return None
        from vnclean.stages.user_words import UserWordsStage

        return UserWordsStage(self._config, self._tables.speller)

    @cached_property
    def _ignored(self) -> Patterns | None:
        """Only if there are any."""
        if not self._config.user_words.ignore:
            return None
        from vnclean.patterns import Patterns

        return Patterns(self._config.user_words.ignore)

    def _protection(self, lines: Sequence[str], off: Sequence[Span]) -> Protection | None:
        """What no edit of ``lines`` may touch, if there is anything."""
        if not off and not self._ignored:
            return None
        return Protection(lines, off, self._ignored)

    @property
    def _tone_position(self) -> tuple[Stage, ...]:
        """Only if a style is asked for: misplaced tones are the speller's as well."""
        if self._config.tone_style == "keep":
            return ()
        from vnclean.stages.tone_position import TonePosition

        return (TonePosition(self._config.tone_style),)

    def _stages(self, before: Sequence[str], begins: Sequence[int]) -> tuple[Stage, ...]:
        """All of them; those that work on lines are one among those that look across line ends.

        ``before``, ``begins``: of the texts that they are for.
        """
        if not self._config.across_lines:
            return self._line_stages
        from vnclean.stages.boilerplate import Boilerplate
        from vnclean.stages.broken_words import BrokenWords
        from vnclean.stages.each_line import EachLine, each_line

        broken = (BrokenWords(),) if self._config.join_lines else ()
        furniture = (Boilerplate(),) if self._config.drop_boilerplate else ()
        joined = map(apply, before, self._made(before, broken, ()))
        earlier = [line for text in joined for _, line in each_line(text)]

        def made(lines: Sequence[str], owner: Sequence[int]) -> list[list[Edit]]:
            firsts = [bisect_left(owner, text) for text in begins]
            return self._made(lines, self._line_stages, earlier, firsts)

        lines = EachLine(made)
        return (*broken, lines, *furniture)

    @cached_property
    def _line_stages(self) -> tuple[Stage, ...]:
        """In the order in which they run: letters before the words they make up."""
        letters = (
            Entities(),
            Mojibake(),
            self._tables.misread,
            self._tables.legacy_text,
            self._tables.letters,
        )
        own: tuple[Stage, ...] = ()
        if self._user_words and self._config.user_words.corrections:
            own = (self._user_words,)
        return (*letters, *self._tone_position, *own, self._tables.spacing, self._tables.speller)

    def _made(
        self,
        lines: Sequence[str],
        stages: Sequence[Stage],
        before: Sequence[str],
        begins: Sequence[int] = (),
        protection: Protection | None = None,
        steps: list[Step] | None = None,
    ) -> list[list[Edit]]:
        """The edits that ``stages`` make one after the other; each is told to ``steps``, if any."""
        current, total = lines, [list[Edit]() for _ in lines]
        document = Document(lines, before, begins)
        for stage in stages:
            if stage is self._tables.speller:
                found = self._tables.speller.edits(current, document)
            else:
                found = stage.edits(current)
            if any(found):
                found = [
                    self._decided(text, edits, done) if edits else edits
                    for text, edits, done in zip(current, found, total, strict=True)
                ]
                if protection:
                    found = [
                        protection.kept(number, edits, total[number]) if edits else edits
                        for number, edits in enumerate(found)
                    ]
            if steps is not None:
                steps.append(Step(current, list(total), found))
            touched = [number for number, edits in enumerate(found) if edits]
            if not touched:
                continue
            for number in touched:
                total[number] = compose(lines[number], total[number], found[number])
            current = list(current)
            for number in touched:
                current[number] = apply(lines[number], total[number])
        return total

    def _decided(self, text: str, edits: list[Edit], done: list[Edit]) -> list[Edit]:
        """Edits of ``text`` that are not sure enough are not applied; the user's word comes first.

        ``done``: the edits that have made ``text``.
        """
        leave = self._config.leave
        if leave:
            edits = [
                replace(edit, applied=False, kept_by=KIND) if edit.kind in leave else edit
                for edit in edits
            ]
        if self._user_words:
            edits = self._user_words.judged(text, edits, invert(done))
        least = self._config.least
        return [
            edit if edit.confidence >= least(edit) else replace(edit, applied=False)
            for edit in edits
        ]
