"""The cleaner: the one place that knows the stages and their order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vnclean.broken_lines import line_groups
from vnclean.config import Config
from vnclean.document import Document
from vnclean.edits import Edit, apply, compose, invert, shift
from vnclean.markers import SIGN, Markers, Span
from vnclean.protection import Protection
from vnclean.stages import Stage, Step
from vnclean.stages.entities import Entities
from vnclean.stages.mojibake import Mojibake
from vnclean.wordlists import folder

if TYPE_CHECKING:
    from vnclean.patterns import Patterns
    from vnclean.spelling.explanation import WordExplanation
    from vnclean.spelling.facts import WordFacts
    from vnclean.spelling.ngrams import NgramModel
    from vnclean.spelling.speller import Speller
    from vnclean.stages.charset import LegacyText
    from vnclean.stages.letters import Letters
    from vnclean.stages.misread import Misread
    from vnclean.stages.spacing import Spacing
    from vnclean.stages.user_words import UserWordsStage

MODEL: Final = "vi.ngrams"


@dataclass(frozen=True)
class Result:
    """A repaired text and the edits that made it (those left alone among them)."""

    text: str
    edits: list[Edit]


class Cleaner:
    """Finds and makes repairs; costly tables are built when first needed.

    >>> Cleaner().clean("công tác phòng, chng dch bnh").text
    'công tác phòng, chống dịch bệnh'
    """

    def __init__(self, config: Config = Config(), model: Path | None = None) -> None:  # noqa: B008
        """``model``: a language model file, the one that ships with vnclean if None."""
        self._config = config
        self._model_path = model

    def __reduce__(self) -> tuple[type[Cleaner], tuple[Config, Path | None]]:
        """Pickled as its settings: whoever unpickles it maps the model anew."""
        return Cleaner, (self._config, self._model_path)

    @cached_property
    def _model(self) -> NgramModel:
        from vnclean.spelling.ngrams import NgramModel

        return NgramModel.open(self._model_path or folder() / MODEL)

    @cached_property
    def _facts(self) -> WordFacts:
        from vnclean.spelling.facts import WordFacts

        return WordFacts.load()

    @cached_property
    def _spacing(self) -> Spacing:
        from vnclean.stages.spacing import Spacing

        return Spacing(self._speller, self._model, self._facts)

    @cached_property
    def _misread(self) -> Misread:
        from vnclean.stages.misread import Misread

        return Misread(self._model, self._facts, self._legacy_text)

    @cached_property
    def _speller(self) -> Speller:
        from vnclean.spelling.speller import Speller

        return Speller(self._model, self._facts)

    @cached_property
    def _legacy_text(self) -> LegacyText:
        from vnclean.stages.charset import LegacyText

        return LegacyText()

    @cached_property
    def _letters(self) -> Letters:
        from vnclean.stages.letters import Letters

        return Letters()

    @cached_property
    def _user_words(self) -> UserWordsStage | None:
        """Only if the user has any."""
        if not self._config.user_words:
            return None
        from vnclean.stages.user_words import UserWordsStage

        return UserWordsStage(self._config, self._speller)

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

        ``before``, ``begins``: of the texts that they are for, as in :meth:`edits`.
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
        letters = (Entities(), Mojibake(), self._misread, self._legacy_text, self._letters)
        own = (
            (self._user_words,) if self._user_words and self._config.user_words.corrections else ()
        )
        return (*letters, *self._tone_position, *own, self._spacing, self._speller)

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
        :func:`~vnclean.broken_lines.line_groups`.  ``begins``: numbers of the lines, in order,
        with which another document begins.  ``off``: what marks in the text leave alone, as
        :meth:`Markers.spans() <vnclean.markers.Markers.spans>` says it; no edit that touches it is
        applied.

        An edit less sure than the settings ask for is not applied.  Raises ModelError if the model
        cannot be opened.
        """
        protection = self._protection(lines, off)
        return self._made(lines, self._stages(before, begins), before, begins, protection)

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
            if stage is self._speller:
                found = self._speller.edits(current, document)
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
        if self._user_words:
            edits = self._user_words.judged(text, edits, invert(done))
        least = self._config.least
        return [
            edit if edit.confidence >= least(edit) else replace(edit, applied=False)
            for edit in edits
        ]

    def clean(self, text: str) -> Result:
        """Repairs a text of any number of lines; spans count from its start."""
        found, start = [], 0
        across = self._config.across_lines
        lines = list(line_groups(text)) if across else text.split("\n")
        off = Markers().spans(lines) if self._config.markers and SIGN in text else []
        for line, edits in zip(lines, self.edits(lines, off=off), strict=True):
            found += [shift(edit, start) for edit in edits]
            start += len(line) + (not across)
        return Result(apply(text, found), found)

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

        steps: list[Step] = []
        protection = self._protection(lines, off)
        total = self._made(lines, self._line_stages, before, begins, protection, steps)
        document = Document(lines, before, begins)
        return explained(self._speller, self._config, document, steps, total)
