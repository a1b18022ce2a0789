"""A small made-up corpus, and the language model's probabilities worked out the slow way.

The corpus is random but always the same: sentences of words that follow one another by chance,
some of them far more often than others.  :class:`Reference` is interpolated modified Kneser–Ney
with the trigrams seen once left out, straight from the definitions, in dictionaries.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from vnclean.spelling.ngrams import BREAK, SPECIAL_WORDS
from vnclean.spelling.training.build import Source, build

_SYLLABLES = """
kiểm tra kim chống dịch bệnh khu vực vục triệt để đế tổ tố chức và của ở người dân covid
"""
VOCABULARY = _SYLLABLES.split()
WORDS = [*SPECIAL_WORDS, *VOCABULARY]
_NUMBER_OF = {word: number for number, word in enumerate(WORDS)}
_WRITTEN = {"<unknown>": ("xyzzy", "plugh"), "<number>": ("7", "2020")}

Sentence = tuple[str, ...]
Trigram = tuple[int, int, int]


def sentences(count: int, seed: int) -> list[Sentence]:
    """Sentences of model words; each word has three likely followers, and few begin most."""
    chance = random.Random(seed)
    speakable = [*WORDS[1:]]
    likely = {word: random.Random(word).sample(speakable, 3) for word in speakable}
    found = []
    for _ in range(count):
        sentence = [chance.choice(speakable[:4] if chance.random() < 0.6 else speakable)]
        while chance.random() < 0.85:
            usual = chance.random() < 0.7
            sentence.append(chance.choice(likely[sentence[-1]] if usual else speakable))
        found.append(tuple(sentence))
    return found


def as_text(corpus: Iterable[Sentence], seed: int = 0) -> str:
    """One or two sentences a line, with commas and capitals strewn in."""
    chance = random.Random(seed)
    text = []
    for sentence in corpus:
        words = [chance.choice(_WRITTEN.get(word, (word, word.title()))) for word in sentence]
        text.append(
            chance.choice((" ", " ", ", ")).join(words) + chance.choice((". ", "\n", ".\n"))
        )
    return "".join(text)


def trigrams(sentence: Sentence) -> list[Trigram]:
    """The trigrams of a sentence; before its first word, and after its last, is a break."""
    numbers = [BREAK, BREAK, *(_NUMBER_OF[word] for word in sentence), BREAK]
    return list(zip(numbers, numbers[1:], numbers[2:], strict=False))


def write_corpus(folder: Path) -> list[Source]:
    """Two files, the second of which counts twice."""
    once, twice = folder / "once.txt", folder / "twice.txt"
    once.write_text(as_text(sentences(700, 1)), encoding="utf-8")
    twice.write_text(as_text(sentences(60, 2)), encoding="utf-8")
    return [Source(once), Source(twice, 2)]


def counts() -> Counter[Trigram]:
    """How often each trigram stands in the corpus of :func:`write_corpus`."""
    corpus = [*sentences(700, 1), *sentences(60, 2), *sentences(60, 2)]
    return Counter(trigram for sentence in corpus for trigram in trigrams(sentence))


def build_tiny(folder: Path, more_words: Iterable[str] = ()) -> Path:
    """Builds the model of :func:`write_corpus`; nothing but trigrams seen once is pruned."""
    path, vocabulary = folder / "tiny.ngrams", [*VOCABULARY, *more_words]
    build(write_corpus(folder), path, vocabulary, trigrams=10**6, rarest_bigram=1)
    return path


def discounts(values: Iterable[int]) -> list[float]:
    """Chen and Goodman's D1, D2, D3+ (by count, 0 first)."""
    seen = Counter(values)
    n1, n2, n3, n4 = (max(seen[k], 1) for k in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    raw = [1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3]
    return [0.0] + [min(max(d, 0.0), k - 0.05) for k, d in enumerate(raw, 1)]


class Reference:
    """P(w | u, v) from counts of trigrams."""

    def __init__(self, seen: Counter[Trigram], words: int) -> None:
        self.seen = seen
        self.words = words

    @cached_property
    def pairs(self) -> Counter[tuple[int, int]]:
        """Distinct words before a pair; how often a word opens a sentence, after a break."""
        found: Counter[tuple[int, int]] = Counter()
        for (_, v, w), count in self.seen.items():
            found[v, w] += count if v == BREAK else 1
        return found

    @cached_property
    def unigram(self) -> list[float]:
        before = Counter(w for _, w in self.pairs)
        total = sum(before.values()) + 0.5 * self.words
        return [(before[w] + 0.5) / total for w in range(self.words)]

    @cached_property
    def _pair_discounts(self) -> list[float]:
        return discounts(self.pairs.values())

    @cached_property
    def _discounts(self) -> list[float]:
        return discounts(self.seen.values())

    @cached_property
    def _after_pair(self) -> dict[tuple[int, int], dict[int, int]]:
        found: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        for (u, v, w), count in self.seen.items():
            found[u, v][w] = count
        return found

    @cached_property
    def _after_word(self) -> dict[int, dict[int, int]]:
        found: dict[int, dict[int, int]] = defaultdict(dict)
        for (v, w), count in self.pairs.items():
            found[v][w] = count
        return found

    def bigram(self, v: int, w: int) -> float:
        """P(w | v)."""
        followers = self._after_word.get(v)
        if not followers:
            return self.unigram[w]
        return _interpolated(followers, w, self._pair_discounts, self.unigram[w])

    def trigram(self, u: int, v: int, w: int) -> float:
        """P(w | u, v) with the trigrams seen once left out and their share spread anew."""
        followers = self._after_pair.get((u, v), {})
        kept = [x for x, count in followers.items() if count > 1]
        full = {x: _interpolated(followers, x, self._discounts, self.bigram(v, x)) for x in kept}
        if w in full:
            return full[w]
        rest = (1 - sum(full.values())) / (1 - sum(self.bigram(v, x) for x in kept))
        return rest * self.bigram(v, w)


def _interpolated(followers: dict[int, int], w: int, d: list[float], lower: float) -> float:
    total = sum(followers.values())
    taken = sum(d[min(count, 3)] for count in followers.values())
    count = followers.get(w, 0)
    return (count - d[min(count, 3)]) / total + taken / total * lower
