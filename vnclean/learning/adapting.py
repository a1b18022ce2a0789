"""From a text that was read to a model file of the user's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.documents.atomic import AtomicFile
from vnclean.learning.checking import known_trigrams
from vnclean.learning.numbering import as_model_words
from vnclean.learning.terms import Term
from vnclean.learning.text import LearnedText
from vnclean.orthography import fold
from vnclean.spelling.ngrams import UNKNOWN, NgramModel, write_model
from vnclean.spelling.training.adapt import adapt
from vnclean.spelling.training.build import stream_trigrams
from vnclean.spelling.training.counting import KeyCounter

Ints = NDArray[Any]

#: The numbers of words have 16 bits.
_MOST_WORDS: Final = (1 << 16) - 1


@dataclass(frozen=True)
class Adapter:
    """Adapts ``base`` to ``text``; ``terms``: words that the model is to know afterwards.

    ``most``: how far the text is believed at most.  ``names``: what it is called in the header.
    """

    base: NgramModel
    text: LearnedText
    terms: Sequence[Term]
    names: Sequence[str]
    most: float

    def write(self, output: Path, scratch: Path, progress: Callable[[str], None]) -> dict[str, Any]:
        """Writes the model; returns its header's facts.

        Raises OSError if it cannot be written, InputError if there is too little text.
        """
        new_words = self._new_words()
        final = self._final_numbers(new_words)
        counter = KeyCounter(scratch, "trigrams")
        for stream in self.text.streams:
            counter.add(stream_trigrams(as_model_words(stream, final)))
        held_out = stream_trigrams(as_model_words(self.held_out(), final))
        made = adapt(self.base, new_words, counter, held_out, scratch, self.most, progress)
        facts = {
            "created": datetime.now(timezone.utc).isoformat(timespec="seconds"),
            "corpus": [{"name": name} for name in self.names],
            "adapted_from": self.base.header["crc32"],
            **made.facts,
        }
        with AtomicFile(output) as file:
            write_model(file, facts, made.sections)
            file.commit()
        return facts

    def held_out(self) -> Ints:
        """The word numbers of the text that is held out."""
        return self.text.words.encode(self.text.held_out())

    def known_trigrams(self) -> Ints:
        """The trigrams that are held out, as far as the words are known without the text, too."""
        final = np.arange(len(self.base.words) + len(self.text.words.surfaces))
        return known_trigrams(as_model_words(self.held_out(), final), len(self.base.words))

    def _new_words(self) -> list[str]:
        room = _MOST_WORDS - len(self.base.words)
        words = dict.fromkeys(fold(term.word) for term in self.terms if not term.known)
        return [word for word in words if word not in self.base.number_of][:room]

    def _final_numbers(self, new_words: Sequence[str]) -> Ints:
        """The number in the adapted model of each number of the text."""
        words, first = self.text.words, len(self.base.words)
        number_of = {word: number for number, word in enumerate(new_words, first)}
        of_surfaces = [number_of.get(fold(surface), UNKNOWN) for surface in words.surfaces]
        return np.concatenate((np.arange(first), np.array(of_surfaces, dtype=np.int64)))
