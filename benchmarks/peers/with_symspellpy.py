"""symspellpy over stdin: each word becomes the best suggestion within two edits.

With ``--remember`` each distinct word is looked up once.
"""

from __future__ import annotations

import re
import sys
from functools import cache

from filter import SYLLABLES, WORD, correct_lines
from symspellpy import SymSpell, Verbosity


def main() -> None:
    speller = SymSpell(max_dictionary_edit_distance=2)
    speller.load_dictionary(SYLLABLES, 0, 1, separator="\t", encoding="utf-8")

    def best(word: str) -> str:
        found = speller.lookup(word, Verbosity.TOP, max_edit_distance=2, transfer_casing=True)
        return str(found[0].term) if found else word

    look = cache(best) if "--remember" in sys.argv else best

    def replaced(word: re.Match[str]) -> str:
        return look(word[0])

    correct_lines(lambda line: WORD.sub(replaced, line))


if __name__ == "__main__":
    main()
