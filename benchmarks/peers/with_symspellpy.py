"""symspellpy over stdin: each word becomes the best suggestion within two edits."""

from __future__ import annotations

import re

from filter import SYLLABLES, WORD, correct_lines
from symspellpy import SymSpell, Verbosity


def main() -> None:
    speller = SymSpell(max_dictionary_edit_distance=2)
    speller.load_dictionary(SYLLABLES, 0, 1, separator="\t", encoding="utf-8")

    def best(word: re.Match[str]) -> str:
        found = speller.lookup(word[0], Verbosity.TOP, max_edit_distance=2, transfer_casing=True)
        return str(found[0].term) if found else word[0]

    correct_lines(lambda line: WORD.sub(best, line))


if __name__ == "__main__":
    main()
