"""Rebuilds dictionaries/syllables.tsv and dictionaries/foreign.tsv from a corpus.

    python tools/count_words.py CORPUS...        (.txt or .txt.xz, one paragraph a line)

Only word forms and how often they were seen are written; no sentence leaves the corpus.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from vnclean.orthography import fold, is_syllable, skeleton
from vnclean.spelling.tokens import Kind, symbols
from vnclean.spelling.training.corpus import read_blocks

DICTIONARIES = Path(__file__).resolve().parent.parent / "dictionaries"
#: Raw tokens kept in memory at once; the rarest are forgotten beyond it.
MOST_TOKENS = 4_000_000
#: A syllable seen less often is more likely a slip of its authors than a word.
RAREST_SYLLABLE = 5
RAREST_FOREIGN = 8
#: How much commoner a Vietnamese syllable must be for a look-alike to be called a slip of it.
SLIP_RATIO = 300
#: How much commoner two syllables side by side must be by chance alone for what they make
#: together to be called a slip (measured: ``củacác`` 1,900 and ``làxã`` 94; ``bancông`` 25).
GLUED_RATIO = 50

HEADER = """\
# {title}
# Source: counted in the training corpus (news, government, laws, Wikipedia, health, books);
#   counts are facts about it, no sentence of it is kept.
# Licence: MIT, as the code
# Rebuild: python tools/count_words.py CORPUS...
# Columns: {columns}
# Entries: {entries}
"""


def count_raw_tokens(corpus: Iterable[Path]) -> Counter[str]:
    """Raw tokens of all files, the rarest dropped whenever there are too many."""
    counts: Counter[str] = Counter()
    for block in read_blocks(corpus):
        for line in block:
            counts.update(line.split())
        if len(counts) > MOST_TOKENS:
            counts = Counter({raw: n for raw, n in counts.items() if n > 1})
    return counts


def count_forms(raw_counts: Counter[str]) -> dict[str, Counter[str]]:
    """Folded word -> how often it was seen as lower, Capitalised or UPPER."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for raw, count in raw_counts.items():
        for symbol in symbols(raw):
            if symbol.kind is Kind.WORD:
                forms[fold(symbol.text)][letter_case(symbol.text)] += count
    return forms


def letter_case(word: str) -> str:
    if word.islower():
        return "lower"
    return "upper" if len(word) > 1 and word.isupper() else "name"


def one_edit_away(bare: str) -> Iterable[str]:
    """All strings one letter away from ``bare`` (loss, change, insertion, exchange)."""
    alphabet = "abcdeghiklmnopqrstuvxy"
    cuts = [(bare[:i], bare[i:]) for i in range(len(bare) + 1)]
    yield from (a + b[1:] for a, b in cuts if b)
    yield from (a + c + b[1:] for a, b in cuts if b for c in alphabet)
    yield from (a + c + b for a, b in cuts for c in alphabet)
    yield from (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)


def is_slip(word: str, forms: Counter[str], common: dict[str, int]) -> bool:
    """Whether a word that is no syllable looks like damage done to a far commoner syllable.

    ``nguoi``, ``phuơng``, ``dugc`` are; ``Messi``, ``km`` and ``ôtô`` are not.
    """
    total, bare = forms.total(), skeleton(word)
    same = common.get(bare, 0)
    if same > SLIP_RATIO * total or (same > total and forms["lower"] > forms["name"]):
        return True
    if forms["lower"] * 2 < total:
        return bare != word and same > total
    return max(common.get(near, 0) for near in one_edit_away(bare)) > SLIP_RATIO * total


def is_glued(word: str, count: int, common: dict[str, int]) -> bool:
    """Whether a word that is no syllable is rather two common ones with the blank lost.

    ``common``: how often each syllable was seen.  ``củacác`` is; ``bancông`` is a word, and what
    has no diacritics is mostly a name (``Tintin``).

    >>> is_glued("củacác", 8, {"của": 4000, "các": 5000, "là": 6000})
    True
    """
    total = sum(common.values())
    return not word.isascii() and any(
        common.get(word[:end], 0) * common.get(word[end:], 0) > GLUED_RATIO * count * total
        for end in range(2, len(word) - 1)
    )


def write(path: Path, title: str, columns: str, rows: list[tuple[str, ...]]) -> None:
    body = "".join("\t".join(row) + "\n" for row in sorted(rows))
    header = HEADER.format(title=title, columns=columns, entries=len(rows))
    path.write_text(header + body, encoding="utf-8")
    print(f"{path}: {len(rows)} entries", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="+", type=Path)
    forms = count_forms(count_raw_tokens(parser.parse_args().corpus))

    common: dict[str, int] = defaultdict(int)  # skeleton -> count of its commonest syllable
    syllables = {w: n for w, n in forms.items() if is_syllable(w) and n.total() >= RAREST_SYLLABLE}
    for word, seen in syllables.items():
        common[skeleton(word)] = max(common[skeleton(word)], seen.total())
    syllable_counts = {w: n.total() for w, n in syllables.items()}
    foreign = {
        w: n
        for w, n in forms.items()
        if not is_syllable(w)
        and n.total() >= RAREST_FOREIGN
        and len(w) <= 24
        and not is_slip(w, n, common)
        and not is_glued(w, n.total(), syllable_counts)
    }
    write(
        DICTIONARIES / "syllables.tsv",
        "Vietnamese syllables (tone in its new-style place) and how often they were seen",
        "syllable, count, how often with a capital first letter and small ones after it",
        [(w, str(n.total()), str(n["name"])) for w, n in syllables.items()],
    )
    write(
        DICTIONARIES / "foreign.tsv",
        "Words that are no Vietnamese syllables: names, loans, abbreviations, units",
        "word in lower case, count, its usual letter case (lower, name, upper)",
        [(w, str(n.total()), n.most_common(1)[0][0]) for w, n in foreign.items()],
    )


if __name__ == "__main__":
    main()
