"""The whole way from text files to a packed model file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.documents.atomic import AtomicFile
from vnclean.errors import InputError
from vnclean.language import marked, translated
from vnclean.orthography import fold
from vnclean.spelling.channel import digest
from vnclean.spelling.encoding import IntArray, TokenTable
from vnclean.spelling.facts import WordFacts
from vnclean.spelling.ngrams import (
    BREAK,
    NUMBER,
    SPECIAL_WORDS,
    UNKNOWN,
    trigram_keys,
    write_model,
)
from vnclean.spelling.prices import Prices
from vnclean.spelling.static_function import StaticFunction
from vnclean.spelling.tokens import Kind, Symbol
from vnclean.spelling.training.corpus import read_blocks
from vnclean.spelling.training.counting import KeyCounter
from vnclean.spelling.training.packing import (
    Lower,
    bigram_sections,
    channel_of,
    priced_sections,
    quantise,
)
from vnclean.spelling.training.smoothing import (
    Bigrams,
    KeptTrigrams,
    continuation,
    gain_threshold,
    prune,
    trigram_parts,
)
from vnclean.spelling.training.wide_context import Rivals, learn, shuffled

Progress = Callable[[str, int], None]
_MOST_TOKENS: Final = 1_000_000
_SKIP: Final = -1


@dataclass(frozen=True)
class Source:
    """One corpus file and how often each of its lines counts."""

    path: Path
    weight: int = 1

    @classmethod
    def parse(cls, text: str) -> Source:
        """``laws.txt.xz@2`` counts twice.

        >>> Source.parse("laws.txt@2").weight
        2
        """
        path, _, weight = text.rpartition("@")
        if path and weight.isdigit() and int(weight):
            return cls(Path(path), int(weight))
        return cls(Path(text))


def build(
    sources: Sequence[Source],
    output: Path,
    vocabulary: Sequence[str],
    *,
    trigrams: int,
    rarest_bigram: int = 2,
    wide_context: bool = False,
    progress: Progress = lambda stage, done: None,
) -> None:
    """Trains on ``sources`` and writes a model of about ``trigrams`` trigrams to ``output``.

    ``wide_context``: whether to train what words farther off say, too; it takes longer than all
    the rest.  ``progress`` hears the stage and how many bytes of the corpus (or, where vectors are
    trained, words) are done.
    Raises OSError when a file cannot be read or written, InputError when there is too little text,
    UsageError if what ``wide_context`` needs is not installed.
    """
    words = [*SPECIAL_WORDS, *vocabulary]
    with AtomicFile(output) as file, tempfile.TemporaryDirectory(prefix="vnclean-") as scratch:
        texts = Texts(Path(scratch)) if wide_context else None
        sections, facts = _train(
            sources, words, Path(scratch), trigrams, rarest_bigram, texts, progress
        )
        write_model(file, facts, sections)
        file.commit()


class Texts:
    """The word numbers of a corpus, kept on disk to be read again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: list[tuple[Path, int]] = []

    def add(self, stream: IntArray, weight: int) -> None:
        """Keeps a stream of word numbers, each below 65,536, that counts ``weight`` times."""
        path = self._folder / f"text{len(self._files)}.npy"
        np.save(path, stream.astype(np.uint16))
        self._files.append((path, weight))

    def streams(self) -> list[tuple[NDArray[np.uint16], int]]:
        """All of them, mapped into memory, and how often each counts."""
        return [(np.load(path, mmap_mode="r"), weight) for path, weight in self._files]


def _train(
    sources: Sequence[Source],
    words: Sequence[str],
    scratch: Path,
    trigrams: int,
    rarest_bigram: int,
    texts: Texts | None,
    progress: Progress,
) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The sections of the model, and the facts of its header."""
    counter = KeyCounter(scratch, "trigrams")
    count_trigrams(sources, words, counter, progress, texts)
    progress(marked("smoothing"), 0)
    pairs = KeyCounter(scratch, "bigrams")
    discounts = continuation(counter, pairs).discounts()
    merged = list(pairs.merged(16))
    if not merged:
        raise InputError(
            translated("the corpus has no words; give text files of one paragraph a line")
        )
    bigrams = Bigrams.estimate(
        np.concatenate([keys for keys, _ in merged]),
        np.concatenate([counts for _, counts in merged]),
        len(words),
    )
    progress(marked("pruning"), 0)
    threshold = gain_threshold(trigram_parts(counter, bigrams, discounts), trigrams)
    kept = prune(trigram_parts(counter, bigrams, discounts), threshold)
    progress(marked("packing"), 0)
    sections, functions = _pack(words, bigrams, kept, rarest_bigram)
    if texts is not None:
        sections |= _wide_context(words, bigrams, texts, progress)
    facts: dict[str, Any] = {
        "created": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "corpus": [{"name": s.path.name, "weight": s.weight} for s in sources],
        "words": len(words),
        "bigrams": functions.pop("bigram_count"),
        "trigrams": len(kept.keys),
        "channel": functions.pop("channel"),
        "functions": functions,
    }
    return sections, facts


def _wide_context(
    words: Sequence[str], bigrams: Bigrams, texts: Texts, progress: Progress
) -> dict[str, NDArray[Any]]:
    """The sections of what words farther off say."""
    rivals = Rivals.of(words, channel_of(words, WordFacts.load(), Prices()), bigrams.unigram)
    text = shuffled(texts.streams())
    trained = learn(text, rivals, bigrams, lambda done: progress(marked("wide context"), done))
    return trained.sections()


def count_trigrams(
    sources: Sequence[Source],
    words: Sequence[str],
    into: KeyCounter,
    progress: Progress,
    texts: Texts | None = None,
) -> None:
    """Adds every trigram of every source to ``into``, and its words to ``texts``."""
    number_of = {word: number for number, word in enumerate(words)}

    def number(symbol: Symbol) -> int:
        if symbol.kind is Kind.WORD:
            return number_of.get(fold(symbol.text), UNKNOWN)
        return {Kind.NUMBER: NUMBER, Kind.OPAQUE: UNKNOWN, Kind.BREAK: BREAK}.get(
            symbol.kind, _SKIP
        )

    table = TokenTable(number)
    done = 0
    for source in sources:
        for lines in read_blocks([source.path]):
            if len(table) > _MOST_TOKENS:
                table = TokenTable(number)
            stream = spoken(table.encode(lines))
            into.add(stream_trigrams(stream), source.weight)
            if texts is not None:
                texts.add(stream, source.weight)
            done += sum(map(len, lines))
            progress(marked("counting"), done)


def spoken(stream: IntArray) -> IntArray:
    """A stream of word numbers without what is no word, one BREAK where there are several."""
    stream = stream[stream != _SKIP]
    return stream[np.concatenate(([True], (stream[1:] != BREAK) | (stream[:-1] != BREAK)))]


def stream_trigrams(stream: IntArray) -> NDArray[np.uint64]:
    """Keys of all trigrams of a stream of word numbers; context ends at a BREAK."""
    previous = np.concatenate(([BREAK], stream[:-1]))
    before = np.concatenate(([BREAK, BREAK], stream[:-2]))[: len(stream)]
    return trigram_keys(np.where(previous == BREAK, BREAK, before), previous, stream)


def _pack(
    words: Sequence[str], bigrams: Bigrams, kept: KeptTrigrams, rarest_bigram: int
) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The sections of the file, and the shapes of its two static functions."""
    suffixes = kept.keys & np.uint64(0xFFFFFFFF)
    needed = np.unique(np.concatenate((kept.contexts, suffixes)))
    keys, probability, backoff = bigrams.keep(needed, rarest_bigram)
    weights = np.ones(len(keys))
    weights[np.searchsorted(keys, kept.contexts)] = kept.weights
    lower = Lower(bigrams.unigram, backoff, keys, probability, weights)
    sections, pair = bigram_sections(words, lower)
    trigram_codes, trigram_code = quantise(np.log(kept.probability), 64)
    three = StaticFunction.build(kept.keys, trigram_code, 6, np.uint16)
    sections |= {"trigram_codes": trigram_codes, "trigrams": three.cells}
    functions = {
        "bigrams": {"seed": pair.seed, "segment": pair.segment},
        "trigrams": {"seed": three.seed, "segment": three.segment},
        "bigram_count": len(keys),
    }
    facts, prices = WordFacts.load(), Prices()
    channel = channel_of(words, facts, prices)
    sections |= priced_sections(words, channel, sections, functions, keys)
    return sections, {**functions, "channel": digest(prices, facts)}
