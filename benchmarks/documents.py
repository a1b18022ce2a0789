"""What it brings to look at the rest of the document: pairs of words it has said before.

    python benchmarks/documents.py [--corpus FILE] [--documents N] [--channels NAME...] [--markdown]

Documents are consecutive lines of a corpus file that the model was not built from, damaged by
noise.py; each is cleaned with what it says as evidence, and without.  The file has mistakes of its
own, and what is repaired of these counts as false.
"""

from __future__ import annotations

import argparse
import lzma
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from common import CORPUS, DATA, MissingError, damage, fail, heading, need, table
from places import load_judge

from vnclean.cleaner import Cleaner
from vnclean.edits import apply
from vnclean.spelling.prices import Prices
from vnclean.spelling.speller import Speller

UNSEEN = CORPUS.parent / "more_misc.txt.xz"
CHANNELS = ("clean", "swap", "typo", "drop-word", "drop-span", "drop-line")
#: Lines of a document.
LINES = 40
FIGURES = ("recall", "precision", "false_alterations")

Documents = list[list[str]]


def chosen(corpus: Path, count: int, seed: int) -> Documents:
    """Some documents of a corpus."""
    with lzma.open(corpus, "rt", encoding="utf-8", newline="\n") as file:
        lines = [line.rstrip("\n") for line in file]
    starts = random.Random(seed).sample(range(0, len(lines) - LINES, LINES), count)
    return [lines[start : start + LINES] for start in starts]


def damaged(documents: Documents, channel: str, data: Path, seed: int) -> Documents:
    """The same documents, damaged."""
    if channel == "clean":
        return documents
    with tempfile.TemporaryDirectory() as scratch:
        clean, noisy = Path(scratch, "clean.txt"), Path(scratch, "noisy.txt")
        text = "".join(line + "\n" for document in documents for line in document)
        clean.write_text(text, encoding="utf-8", newline="\n")
        damage(data, channel, clean, noisy, "--seed", str(seed))
        lines = noisy.read_text("utf-8").split("\n")
    return [lines[first : first + LINES] for first in range(0, len(documents) * LINES, LINES)]


def judged(noisy: Documents, clean: Documents, cleaner: Cleaner, judge: ModuleType) -> list[str]:
    """The figures."""
    repaired = []
    for document in noisy:
        repaired += map(apply, document, cleaner.edits(document))
    sides = ([line for document in side for line in document] for side in (noisy, clean))
    figures, _ = judge.score(*sides, repaired, judge.Same())
    found = [figures[name] if figures["errors"] or "false" in name else None for name in FIGURES]
    return ["-" if n is None else f"{n:.3f}" if isinstance(n, float) else f"{n:,}" for n in found]


def forgetful() -> Cleaner:
    """A cleaner to which what a document has said is worth nothing."""
    cleaner = Cleaner()
    tables = cleaner._tables
    vars(tables)["speller"] = Speller(tables._model, tables._facts, Prices(mention=0.0))
    return cleaner


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add = parser.add_argument
    add("--data", type=Path, default=DATA, help="folder of judge.py and noise.py")
    add("--corpus", type=Path, default=UNSEEN, help="an .xz of consecutive lines")
    add("--documents", type=int, default=45, help=f"of {LINES} lines (default 45)")
    add("--channels", nargs="+", choices=CHANNELS, default=CHANNELS, metavar="NAME")
    add("--seed", type=int, default=7, help="of the choice and of the damage (default 7)")
    add("--markdown", action="store_true", help="a table for docs/accuracy.md")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    args = options(arguments)
    try:
        judge = load_judge(args.data)
        need(args.corpus, "the corpus", "--corpus")
        documents = chosen(args.corpus, args.documents, args.seed)
        cleaners = {"without": forgetful(), "with": Cleaner()}
        rows = [["", "", "recall", "precision", "false"]]
        for channel in args.channels:
            noisy = damaged(documents, channel, args.data, args.seed)
            for name, cleaner in cleaners.items():
                rows.append([channel, name, *judged(noisy, documents, cleaner, judge)])
    except MissingError as error:
        return fail(error)
    print(heading(), end="\n\n")
    print(table(rows, args.markdown))
    return 0


if __name__ == "__main__":
    sys.exit(main())
