"""Rebuilds dictionaries/confusions.tsv from texts with mistakes and what they should be.

    python tools/learn_confusions.py typed=FILE.jsonl typed=NOISY,CLEAN scanned=NOISY,CLEAN

Texts of one kind are counted together.  NOISY and CLEAN are text files of the same number of
lines; the records of a JSON Lines file have ``noisy`` and ``clean``.  Only which tones, marks and
letters were confused, and what that should cost, is written; no word leaves the files.
``--lines even`` or ``odd`` learns from every second line, so that the others can tell how well it
went.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from learning import options

from vnclean.spelling.prices import Prices
from vnclean.spelling.training.confusion import Counts, confusions
from vnclean.spelling.training.misreading import Pairs, word_pairs

TABLE = Path(__file__).resolve().parent.parent / "dictionaries" / "confusions.tsv"
HEADER = """\
# Tones, marks, onsets, codas and letters that are written for others, and what that costs
# Source: learned from real mistakes: typed (Viwiki-Spelling, CC BY 4.0; news, encyclopaedia and
#   official documents as they were published), and scanned (pages drawn and read by Tesseract
#   5.3 with its Vietnamese model); prices are facts about them, no word of them is kept.
# Licence: MIT, as the code
# Rebuild: python tools/learn_confusions.py typed=FILE.jsonl typed=NOISY,CLEAN scanned=NOISY,CLEAN
# Columns: part (tone; mark: a letter with its mark; onset, coda: matched whole; letter), what is
#   written, what is meant, price in nats.  What is not here costs what
#   vnclean/spelling/prices.py says.
# Entries: {entries}
"""


def read(files: str) -> tuple[list[str], list[str]]:
    """The noisy lines, and the clean ones."""
    if not files.endswith(".jsonl"):
        noisy, clean = (Path(name).read_text("utf-8").splitlines() for name in files.split(","))
        return noisy, clean
    with Path(files).open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    return [record["noisy"] for record in records], [record["clean"] for record in records]


def main() -> None:
    wanted = options(__doc__, "KIND=FILES", TABLE)
    pairs: dict[str, Pairs] = defaultdict(Pairs)
    for text in wanted.texts:
        kind, _, files = text.partition("=")
        noisy, clean = (lines[wanted.lines] for lines in read(files))
        pairs[kind].update(word_pairs(noisy, clean))
    found = confusions([Counts.of(of_kind) for of_kind in pairs.values()], Prices())
    rows = ["\t".join((*change, f"{price:.1f}")) + "\n" for change, price in found]
    text = HEADER.format(entries=len(rows)) + "".join(rows)
    wanted.table.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
