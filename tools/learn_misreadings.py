"""Rebuilds dictionaries/misreadings.tsv from scans' readings and what they should be.

    python tools/learn_misreadings.py books=NOISY,CLEAN french=NOISY,CLEAN

NOISY and CLEAN are text files of the same number of lines.  Only what letters were read as, and
how often, is written; no word leaves the files.

The table that ships is learned from all lines, so what ``benchmarks/accuracy.py`` says of
``ocr/books`` and ``ocr/fra`` is said of lines that were learned from.  Honest figures: learn from
every second line (``--lines even``), judge on the others, then the other way round (``odd``), each
time with the shipped table put back afterwards (``git checkout dictionaries/misreadings.tsv``).
"""

from __future__ import annotations

from pathlib import Path

from learning import options

from vnclean.spelling.misreadings import MISSED
from vnclean.spelling.training.misreading import misreadings, word_pairs

TABLE = Path(__file__).resolve().parent.parent / "dictionaries" / "misreadings.tsv"
HEADER = """\
# What programs that do not know Vietnamese read its letters as
# Source: letters aligned by expectation maximisation in lines that such programs read: of books
#   (a course project of HCMUS) and of pages drawn and read by Tesseract 5.3 (its French model);
#   counts are facts about them, no word of them is kept.
# Licence: MIT, as the code
# Rebuild: python tools/learn_misreadings.py books=NOISY,CLEAN french=NOISY,CLEAN
# Columns: program, letter or two that were meant, what was read ({missed}: nothing), how often,
#   of how many (counts of an expectation are no whole numbers)
# Entries: {entries}
"""


def main() -> None:
    wanted = options(__doc__, "PROGRAM=NOISY,CLEAN", TABLE)
    entries = []
    for text in wanted.texts:
        program, _, files = text.partition("=")
        noisy, clean = (
            Path(name).read_text("utf-8").splitlines()[wanted.lines] for name in files.split(",")
        )
        for meant, read, count, total in misreadings(word_pairs(noisy, clean)):
            entries.append(f"{program}\t{meant}\t{read or MISSED}\t{count:.1f}\t{total:.1f}\n")
    header = HEADER.format(missed=MISSED, entries=len(entries))
    wanted.table.write_text(header + "".join(sorted(entries)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
