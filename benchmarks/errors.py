"""Buckets what was missed, wrongly repaired and falsely altered by cause.

    python benchmarks/errors.py [--only CASE...] [--seed N] [--examples K] [--markdown]

The cases are those of accuracy.py, the alignment is judge.py's, the causes are told by what the
program itself says (causes.py).  ``--markdown`` prints the tables of docs/accuracy.md, in which
examples are pairs of words; otherwise each example has its line, and a few words around it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from accuracy import chosen
from causes import Testimony, cause_of
from common import MissingError, case_parser, fail, heading, table
from places import Place, load_judge, places, texts

from vnclean.cleaner import Cleaner
from vnclean.config import Config

#: Kinds of damage, by the beginning of a case's name, that share a column of the overview.
GROUPS = ("news/drop", "news/strip", "news/swap", "news/typo", "real", "viwiki", "gov", "ocr")
OUTCOMES = ("missed", "wrong", "false")


@dataclass
class Buckets:
    """The places of one case by cause."""

    name: str
    words: int = 0
    errors: int = 0
    found: dict[str, list[Place]] = field(default_factory=dict)

    def add(self, cause: str, place: Place) -> None:
        self.found.setdefault(cause, []).append(place)

    def count(self, cause: str, outcome: str) -> int:
        """Places of a cause that came out so."""
        return sum(place.outcome == outcome for place in self.found.get(cause, ()))

    def total(self, *outcomes: str) -> int:
        """Places of all causes that came out so."""
        return sum(self.count(cause, outcome) for cause in self.found for outcome in outcomes)

    def causes(self) -> list[str]:
        """The commonest first."""
        return sorted(self.found, key=lambda cause: (-len(self.found[cause]), cause))


def analysed(
    name: str, damaged: Sequence[str], clean: Sequence[str], cleaner: Cleaner, judge: object
) -> Buckets:
    """The buckets of one case."""
    told = Testimony(damaged, cleaner)
    buckets = Buckets(name, sum(len(line.split()) for line in clean))
    for place in places(damaged, clean, told.repaired, judge):
        buckets.errors += place.errors
        if place.outcome != "fixed":
            buckets.add(cause_of(place, told, cleaner._config), place)
    return buckets


def pair(place: Place) -> str:
    """``kim → kiểm``; of a wrong repair also what it should be."""
    read, became = " ".join(place.read) or "(nothing)", " ".join(place.became) or "(nothing)"
    meant = " ".join(place.meant) or "(nothing)"
    if place.outcome == "wrong":
        return f"{read} → {became}, not {meant}"
    return f"{read} → {meant if place.outcome == 'missed' else became}"


#: Longer examples would be sentences of texts that may not be passed on.
SHORT = 3


def pairs(found: Sequence[Place], most: int) -> list[str]:
    """The commonest short pairs of words."""
    count = Counter(pair(place) for place in found if len(place.read) < SHORT > len(place.meant))
    return [f"{one} ({n})" if n > 1 else one for one, n in count.most_common(most)]


def shown(buckets: Buckets, examples: int, markdown: bool) -> Iterator[str]:
    """A table of the causes of one case, and examples."""
    everything = buckets.total(*OUTCOMES)
    rows = [["cause", *OUTCOMES, "share", *(["for example"] if markdown else [])]]
    for cause in buckets.causes():
        found = buckets.found[cause]
        counts = [f"{buckets.count(cause, outcome):,}" for outcome in OUTCOMES]
        row = [cause, *counts, f"{len(found) / everything:.1%}"]
        rows.append([*row, "; ".join(pairs(found, examples))] if markdown else row)
    totals = ", ".join(f"{buckets.total(outcome):,} {outcome}" for outcome in OUTCOMES)
    title = f"{buckets.name}: {buckets.errors:,} errors in {buckets.words:,} words; {totals}"
    yield f"### {title}" if markdown else title
    yield ""
    if everything:
        yield table(rows, markdown) + "\n"
    if not markdown:
        for cause in buckets.causes():
            for place in buckets.found[cause][:examples]:
                where = f"line {place.line + 1}: {place.around}"
                yield f"{cause}: {place.outcome} {pair(place)}; {where}"
        yield ""


def overview(all_buckets: Sequence[Buckets], outcomes: Sequence[str]) -> list[list[str]]:
    """Cause by kind of damage: shares of what came out so."""
    columns = {
        group: [one for one in all_buckets if one.name.startswith(group)] for group in GROUPS
    }
    columns = {group: some for group, some in columns.items() if some}
    count = {
        group: Counter(
            {
                cause: sum(one.count(cause, outcome) for one in some for outcome in outcomes)
                for cause in {cause for one in some for cause in one.found}
            }
        )
        for group, some in columns.items()
    }
    total = Counter[str]()
    for some in count.values():
        total.update(some)
    rows = [[" + ".join(outcomes), *columns, "all"]]
    rows.append(["places", *(f"{some.total():,}" for some in count.values()), f"{total.total():,}"])
    for cause, number in total.most_common():
        shares = [_share(some[cause], some.total()) for some in [*count.values(), total]]
        if number > total.total() / 200:  # the rest are in the tables of the cases
            rows.append([cause, *shares])
    return rows


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if part else ""


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = case_parser(__doc__)
    add = parser.add_argument
    add("--examples", type=int, default=3, metavar="K", help="of each cause (default 3)")
    add("--min-confidence", type=float, help="as of clean")
    add("--markdown", action="store_true", help="tables for docs/accuracy.md")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    args = options(arguments)
    cleaner = Cleaner(Config(min_confidence=args.min_confidence))
    try:
        judge = load_judge(args.data)
        cases = [case for case in chosen(args.only, False) if args.only or ours(case.name)]
        found = []
        for case in cases:
            damaged, clean = texts(case, args.data, args.seed, judge)
            found.append(analysed(case.name, damaged, clean, cleaner, judge))
    except MissingError as error:
        return fail(error)
    print(heading(), end="\n\n")
    print(table(overview(found, ("missed", "wrong")), args.markdown), end="\n\n")
    print(table(overview(found, ("false",)), args.markdown), end="\n\n")
    for buckets in found:
        print("\n".join(shown(buckets, args.examples, args.markdown)))
    return 0


def ours(name: str) -> bool:
    """Whether a case is about words: those of coding are asked for by name."""
    return not name.startswith("coding/")


if __name__ == "__main__":
    sys.exit(main())
