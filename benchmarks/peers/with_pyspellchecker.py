"""pyspellchecker over stdin: each unknown word becomes its ``correction``, if there is one."""

from __future__ import annotations

import re

from filter import WORD, correct_lines, like, syllable_counts
from spellchecker import SpellChecker


def main() -> None:
    speller = SpellChecker(language=None)
    speller.word_frequency.load_json(syllable_counts())

    def correct(line: str) -> str:
        unknown = speller.unknown(WORD.findall(line))
        better = {word: speller.correction(word) or word for word in unknown}

        def best(word: re.Match[str]) -> str:
            written = word[0].lower()
            meant = better.get(written, written)
            return word[0] if meant == written else like(word[0], meant)

        return WORD.sub(best, line)

    correct_lines(correct)


if __name__ == "__main__":
    main()
