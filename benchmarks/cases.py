"""What is measured, and the bar for each: a table to read and to add to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """What a figure must reach: at least ``value``, or at most for figures of harm."""

    figure: str
    value: float

    @property
    def most(self) -> bool:
        return self.figure in ("false_per_1000", "chars_changed")

    def holds(self, figures: dict[str, float | None]) -> bool:
        """Whether the figure is there and good enough."""
        found = figures.get(self.figure)
        if found is None:
            return False
        return found <= self.value if self.most else found >= self.value


@dataclass(frozen=True)
class Case:
    """A damaged text and what it should be; both are files of the data folder's ``dev/``.

    ``channel``: the damage that noise.py does to ``clean``; without one, ``noisy`` is a file.
    A ``noisy`` that ends in ``.jsonl`` holds records with marked errors and has no ``clean``.
    """

    name: str
    noisy: str = ""
    clean: str = ""
    channel: str = ""
    bars: tuple[Bar, ...] = ()
    quick: bool = False  #: part of ``--quick``


def _noise(channel: str, *bars: Bar, quick: bool = False) -> Case:
    return Case(f"news/{channel}", "", "news.clean.txt", channel, bars, quick)


def _elsewhere(channel: str, *bars: Bar) -> Iterator[Case]:
    """The same damage in laws and an encyclopaedia."""
    for text in "legal", "wiki":
        yield Case(f"{text}/{channel}", "", f"{text}.clean.txt", channel, bars)


def _coding(channel: str, *bars: Bar) -> Iterator[Case]:
    """Damage of the code of letters, done to every kind of text."""
    for text in "news", "legal", "wiki":
        yield Case(f"coding/{channel}/{text}", "", f"{text}.clean.txt", channel, bars)


def _restored(words: float, lines: float | None = None) -> tuple[Bar, ...]:
    bars = (Bar("word_accuracy_after", words),)
    return bars if lines is None else (*bars, Bar("line_exact_after", lines))


def _text(name: str, noisy: str, clean: str, *bars: Bar, quick: bool = False) -> Case:
    return Case(name, noisy, clean, "", bars, quick)


def _both(recall: float, precision: float) -> tuple[Bar, Bar]:
    return Bar("recall", recall), Bar("precision", precision)


def _harmless(words_per_1000: float) -> tuple[Bar, Bar]:
    return Bar("false_per_1000", words_per_1000), Bar("chars_changed", 0)


CASES = (
    _text("seed", "seed.noisy.txt", "seed.clean.txt", *_both(1, 1), Bar("exact", 1), quick=True),
    _noise("drop-line", *_both(0.985, 0.99), quick=True),
    _noise("drop-span", *_both(0.985, 0.99)),
    _noise("drop-word", *_both(0.97, 0.99)),
    _noise("strip", Bar("word_accuracy_after", 0.988)),
    _noise("strip-span"),
    _noise("swap", *_both(0.86, 0.98), quick=True),
    _noise("typo", *_both(0.80, 0.97)),
    *_elsewhere("drop-line", *_both(0.985, 0.99)),
    *_elsewhere("drop-span", *_both(0.985, 0.99)),
    *_elsewhere("drop-word"),
    *_elsewhere("strip"),
    *_elsewhere("swap"),
    *_elsewhere("typo"),
    _text("clean/news", "news.clean.txt", "news.clean.txt", *_harmless(0.1), quick=True),
    _text("clean/legal", "legal.clean.txt", "legal.clean.txt", *_harmless(0.05)),
    _text("clean/wiki", "wiki.clean.txt", "wiki.clean.txt", *_harmless(0.3)),
    _text("real/news", "news.real.txt", "news.clean.txt", *_both(0.85, 0.80)),
    _text("real/wiki", "wiki.real.txt", "wiki.clean.txt", *_both(0.85, 0.80)),
    _text("real/legal", "legal.real.txt", "legal.clean.txt"),
    Case(
        "viwiki",
        "viwiki_spelling.dev.jsonl",
        bars=(Bar("detection_precision", 0.85), Bar("f1", 0.66)),
        quick=True,
    ),
    _text("gov-typos", "gov_typos.dev.noisy.txt", "gov_typos.dev.clean.txt", Bar("recall", 0.9)),
    _text("ocr/vie", "ocr_vie.dev.noisy.txt", "ocr_vie.dev.clean.txt", *_both(0.75, 0.97)),
    _text("ocr/fra", "ocr_fra.dev.noisy.txt", "ocr_fra.dev.clean.txt", *_restored(0.90)),
    _text("ocr/books", "ocr_books.dev.noisy.txt", "ocr_books.dev.clean.txt", *_restored(0.94)),
    *_coding("nfd", *_restored(0.995, 0.97)),
    *_coding("invisible", *_restored(0.995, 0.97)),
    *_coding("homoglyph", *_restored(0.995, 0.97)),
    *_coding("entities", *_restored(0.995, 0.97)),
    *_coding("mojibake", *_restored(0.995, 0.97)),
    *_coding("mojibake1258", *_restored(0.995, 0.97)),
    *_coding("tcvn3", *_restored(0.995, 0.97)),
    *_coding("vni", *_restored(0.995, 0.97)),
    *_coding("viscii", *_restored(0.995, 0.97)),
    *_coding("tonepos", *_restored(0.995, 0.97)),
    *_coding("viqr", *_restored(0.98)),
    *_coding("vni-over", *_restored(0.97)),
    *_coding("question", *_restored(0.95)),
    *_coding("split", *_both(0.85, 0.95)),
    *_coding("glue", *_both(0.85, 0.95)),
    *_coding("telex", *_restored(0.98)),
)
