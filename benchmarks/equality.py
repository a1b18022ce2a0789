"""How often the fast path decides as the decoder does when nothing is screened out.

    python benchmarks/equality.py [--lines N] [--only NAME...] [--list FILE] [--markdown]

A decision is what becomes of one word: it is kept, or another takes its place.  Compared word by
word over the texts of cases.py: ``Speller.edits``, which screens and decodes only what is suspect,
and ``Looks.posteriors``, which decodes whole lines.  Exits with 1 if the bar is missed, with 2 if
something is not there.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cases import CASES, Case
from common import DATA, MissingError, damage, fail, heading, need, table

from vnclean.cleaner import Cleaner
from vnclean.config import SURE_OF_A_SLIP
from vnclean.orthography import fold
from vnclean.spelling.decoder import NOTHING
from vnclean.spelling.line import Line
from vnclean.spelling.speller import Speller
from vnclean.spelling.tokens import Kind, line_symbols

#: Share of all decisions that must agree.
LEAST = 0.999
#: Lines given to the fast path at a time, differences shown, characters around each.
BATCH, SHOWN, AROUND = 200, 8, 25

Span = tuple[int, int]
Decisions = dict[Span, str]  #: what takes the place of each span that is not kept


@dataclass(frozen=True)
class Difference:
    """A word on which the two disagree."""

    case: str
    line: int
    span: Span
    written: str
    quick: str
    thorough: str
    context: str

    def row(self) -> list[str]:
        place = f"{self.line}:{self.span[0] + 1}"
        return [self.case, place, self.written, self.quick, self.thorough, self.context]


def quick(speller: Speller, lines: Sequence[str], least: float) -> list[Decisions]:
    """The decisions of the fast path for each line."""
    return [
        {
            (edit.start, edit.end): fold(edit.after)
            for edit in edits
            if edit.confidence >= least and fold(edit.after) != fold(edit.before)
        }
        for edits in speller.edits(lines)
    ]


def thorough(speller: Speller, text: str, least: float) -> Decisions:
    """The decisions for one line with all of it decoded."""
    line = Line(text)
    posteriors = speller.looks.posteriors(line.text)
    best = posteriors.best()
    words = posteriors.word[best].tolist()
    confidences = posteriors.share.sum(axis=1)[best].tolist()
    found = {}
    for position, word, confidence in zip(posteriors.at.tolist(), words, confidences, strict=True):
        if position >= len(line.symbols):  # the line's end
            continue
        symbol = line.symbols[position]
        after = fold(speller.write(word, symbol.text, line))
        if word != NOTHING and confidence >= least and after != fold(symbol.text):
            found[symbol.start, symbol.end] = after
    return found


def compared(
    speller: Speller, name: str, lines: Sequence[str], least: float
) -> tuple[int, list[Difference]]:
    """How many words there are, and those on which the two disagree."""
    words, differences = 0, []
    for first in range(0, len(lines), BATCH):
        batch = lines[first : first + BATCH]
        for number, line, fast in zip(
            range(first + 1, first + 1 + len(batch)),
            batch,
            quick(speller, batch, least),
            strict=True,
        ):
            words += sum(symbol.kind == Kind.WORD for symbol in line_symbols(line))
            slow = thorough(speller, line, least)
            for start, end in sorted(fast.keys() | slow.keys()):
                one, other = (found.get((start, end), "(kept)") for found in (fast, slow))
                if one != other:
                    around = line[max(0, start - AROUND) : end + AROUND].replace("\t", " ")
                    written = line[start:end]
                    differences.append(
                        Difference(name, number, (start, end), written, one, other, around)
                    )
    return words, differences


def damaged_lines(case: Case, data: Path, seed: int) -> Iterator[str]:
    """The lines that a case wants repaired."""
    noisy = data / "dev" / (case.noisy or case.clean)
    need(noisy, "the benchmark data", "--data")
    with tempfile.TemporaryDirectory() as scratch:
        if case.channel:
            clean, noisy = noisy, Path(scratch, "noisy.txt")
            damage(data, case.channel, clean, noisy, "--seed", str(seed))
        with noisy.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                text = line.rstrip("\n")
                yield from json.loads(text)["noisy"].split("\n") if not case.clean else [text]


def row(name: str, words: int, differences: Sequence[Difference]) -> list[str]:
    """A row of the table."""
    ours = sum(difference.thorough == "(kept)" for difference in differences)
    theirs = sum(difference.quick == "(kept)" for difference in differences)
    agree = 1 - len(differences) / max(1, words)
    another = len(differences) - ours - theirs
    return [
        name,
        f"{words:,}",
        f"{agree:.3%}",
        *map(str, (len(differences), ours, theirs, another)),
    ]


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add = parser.add_argument
    add("--data", type=Path, default=DATA, help="folder of noise.py and dev/")
    add("--only", nargs="+", metavar="NAME", default=[], help="these cases; news means news/*")
    add("--lines", type=int, help="of each case (default: all; decoding them takes minutes)")
    add("--seed", type=int, default=1, help="of the damage (default 1)")
    default = SURE_OF_A_SLIP
    add("--min-confidence", type=float, default=default, help=f"as of clean (default {default})")
    add("--list", type=Path, metavar="FILE", help="write all differences there, between tabs")
    add("--markdown", action="store_true", help="a table for RESULTS.md")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    args = options(arguments)
    speller = Cleaner()._tables.speller
    rows, total, differences = [], 0, []
    try:
        for case in CASES:
            if args.only and not {case.name, case.name.split("/")[0]} & set(args.only):
                continue
            lines = list(islice(damaged_lines(case, args.data, args.seed), args.lines))
            words, found = compared(speller, case.name, lines, args.min_confidence)
            rows.append(row(case.name, words, found))
            total += words
            differences += found
    except MissingError as error:
        return fail(error)
    if not rows:
        return fail("no case is called so; accuracy.py --help lists them")
    columns = ["", "words", "agree", "differ", "only fast", "only all decoded", "another word"]
    print(heading(), end="\n\n")
    print(table([columns, *rows, row("all", total, differences)], args.markdown), end="\n\n")
    listed = [["case", "place", "written", "fast", "all decoded", "context"]]
    listed += [difference.row() for difference in differences]
    if len(listed) > 1:
        print(table(listed[: SHOWN + 1], args.markdown), end="\n\n")
    if args.list:
        args.list.write_text("".join("\t".join(one) + "\n" for one in listed), "utf-8")
    agree = 1 - len(differences) / max(1, total)
    print(f"{'✓' if agree >= LEAST else '✗'} agree ≥ {LEAST:.1%}: {agree:.3%}")
    return int(agree < LEAST)


if __name__ == "__main__":
    sys.exit(main())
