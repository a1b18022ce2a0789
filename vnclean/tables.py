"""What cleaners with different settings have in common: the model and what is built on it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vnclean.spelling.facts import WordFacts
    from vnclean.spelling.ngrams import NgramModel
    from vnclean.spelling.speller import Speller
    from vnclean.stages.charset import LegacyText
    from vnclean.stages.letters import Letters
    from vnclean.stages.misread import Misread
    from vnclean.stages.spacing import Spacing


class Tables:
    """The stages that no settings concern; each is built when it is first needed.

    ``model_path``: a file that ``vnclean model build`` made; the one that ships if None.  Whoever
    needs the model gets a ModelError if it cannot be opened.
    """

    def __init__(self, model_path: Path | None = None) -> None:
        self.model_path = model_path

    @cached_property
    def _model(self) -> NgramModel:
        from vnclean.spelling.model_files import open_model

        return open_model(self.model_path)

    @cached_property
    def _facts(self) -> WordFacts:
        from vnclean.spelling.facts import WordFacts

        return WordFacts.load().knowing(self._model.new_words)

    @cached_property
    def spacing(self) -> Spacing:
        """Blanks inside words, and words written as one."""
        from vnclean.stages.spacing import Spacing

        return Spacing(self.speller, self._model, self._facts)

    @cached_property
    def misread(self) -> Misread:
        """What OCR without Vietnamese has read."""
        from vnclean.stages.misread import Misread

        return Misread(self._model, self._facts, self.legacy_text)

    @cached_property
    def speller(self) -> Speller:
        """What finds misspelt words."""
        from vnclean.spelling.speller import Speller

        return Speller(self._model, self._facts)

    @cached_property
    def legacy_text(self) -> LegacyText:
        """Old code pages that are shown as Latin letters."""
        from vnclean.stages.charset import LegacyText

        return LegacyText()

    @cached_property
    def letters(self) -> Letters:
        """Composition, invisible characters, look-alikes."""
        from vnclean.stages.letters import Letters

        return Letters()
