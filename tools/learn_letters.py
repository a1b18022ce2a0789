"""Rebuilds dictionaries/letters.tsv: how the words of dictionaries/foreign.tsv are spelt.

    python tools/learn_letters.py

To be run after tools/count_words.py has counted foreign.tsv anew.
"""

from __future__ import annotations

from vnclean.spelling.training.letters import letter_rows
from vnclean.wordlists import folder, read_table

HEADER = """\
# What letters follow each other in words that are no Vietnamese, and how likely
# Source: learned from the words of foreign.tsv, each counted once, abbreviations left out
# Licence: MIT, as the code
# Rebuild: python tools/learn_letters.py
# Columns: letters before (^: before the word, ∅: any), price in nats of going by one fewer of
#   them, letters that follow ($: the word ends), each with its price
# Entries: {entries}
"""


def main() -> None:
    table = read_table("foreign.tsv")
    rows = letter_rows(word for word, _, case in table if case != "upper")
    text = HEADER.format(entries=len(rows)) + "".join("\t".join(row) + "\n" for row in rows)
    (folder() / "letters.tsv").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
