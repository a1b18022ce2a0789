"""Counting, and building a model, whatever the text and however little memory there is."""

from __future__ import annotations

import lzma
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_model import VOCABULARY, WORDS, counts, write_corpus

from vnclean.spelling.ngrams import NgramModel, trigram_keys
from vnclean.spelling.training import corpus as reading
from vnclean.spelling.training.build import Source, build, count_trigrams
from vnclean.spelling.training.corpus import read_blocks
from vnclean.spelling.training.counting import KeyCounter, sum_by_key
from vnclean.spelling.training.packing import quantise

keys = st.integers(0, (1 << 48) - 1) | st.integers(0, 30) | st.sampled_from([7 << 16, 9 << 32])
additions = st.lists(st.tuples(st.lists(keys, min_size=1, max_size=20), st.integers(1, 3)))


def merged(counter: KeyCounter, shift: int, parts: int = 24) -> list[tuple[list[int], list[int]]]:
    return [(k.tolist(), c.tolist()) for k, c in counter.merged(shift, parts)]


@settings(max_examples=150)
@given(additions, st.integers(1, 40), st.sampled_from([0, 8, 16, 32]), st.integers(1, 24))
def test_counts_are_those_of_a_counter(
    parts: list[tuple[list[int], int]], buffer: int, shift: int, ranges: int
) -> None:
    expected: Counter[int] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        counter = KeyCounter(Path(folder), "test", buffer)
        for some, weight in parts:
            counter.add(np.array(some, dtype=np.uint64), weight)
            expected.update({key: some.count(key) * weight for key in set(some)})
        found = merged(counter, shift, ranges)
    flat = [key for some, _ in found for key in some]
    assert flat == sorted(expected)
    assert [count for _, some in found for count in some] == [expected[key] for key in flat]
    heads = [{key >> shift for key in some} for some, _ in found]
    assert sum(map(len, heads)) == len(set().union(*heads))  # no head is in two ranges


def test_counts_can_be_read_again_and_added_to(tmp_path: Path) -> None:
    counter = KeyCounter(tmp_path, "test", buffer=4)
    counter.add(np.array([5, 5, 1], dtype=np.uint64))
    first = merged(counter, 0)
    assert merged(counter, 0) == first
    counter.add(np.array([5], dtype=np.uint64), 10)
    pairs = {k: c for some, n in merged(counter, 0) for k, c in zip(some, n, strict=True)}
    assert pairs == {1: 1, 5: 12}


def test_nothing_counted(tmp_path: Path) -> None:
    assert merged(KeyCounter(tmp_path, "test"), 16) == []


def test_sum_by_key() -> None:
    distinct, total = sum_by_key(np.array([9, 2, 9], dtype=np.uint64), np.array([1, 5, 10]))
    assert (distinct.tolist(), total.tolist()) == ([2, 9], [5, 11])


def test_trigrams_of_a_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However small the blocks, the same trigrams as the reference counts."""
    monkeypatch.setattr(reading.read_blocks, "__defaults__", (200,))
    heard: list[tuple[str, int]] = []
    counter = KeyCounter(tmp_path, "test", buffer=500)
    sources = write_corpus(tmp_path)
    count_trigrams(sources, WORDS, counter, lambda stage, done: heard.append((stage, done)))
    found = {k: c for some, n in merged(counter, 32) for k, c in zip(some, n, strict=True)}
    u, v, w = np.array(list(counts())).T
    assert found == dict(zip(trigram_keys(u, v, w).tolist(), counts().values(), strict=True))
    assert [stage for stage, _ in heard] == ["counting"] * len(heard)
    assert [done for _, done in heard] == sorted(done for _, done in heard)
    assert len(heard) > 10


@pytest.mark.parametrize(
    ("text", "path", "weight"),
    [
        ("laws.txt.xz", "laws.txt.xz", 1), ("laws.txt.xz@2", "laws.txt.xz", 2),
        ("a@b/laws.txt", "a@b/laws.txt", 1), ("a@b/laws.txt@12", "a@b/laws.txt", 12),
        ("laws@x", "laws@x", 1), ("laws@", "laws@", 1), ("laws@0", "laws@0", 1),
        ("laws@-1", "laws@-1", 1), ("laws@1.5", "laws@1.5", 1), ("@3", "@3", 1),
        ("laws@2@3", "laws@2", 3),
    ],
)  # fmt: skip
def test_sources_are_parsed(text: str, path: str, weight: int) -> None:
    assert Source.parse(text) == Source(Path(path), weight)


def test_plain_and_packed_files_are_read_alike(tmp_path: Path) -> None:
    data = "một dòng\nhai dòng\n".encode() + b"h\xffng\ncu\xe1\xbb\x91i"
    plain, packed = tmp_path / "a.txt", tmp_path / "a.txt.xz"
    plain.write_bytes(data)
    packed.write_bytes(lzma.compress(data))
    expected = ["một dòng\n", "hai dòng\n", "h\ufffdng\n", "cuối"]
    for path in (plain, packed):
        assert [line for block in read_blocks([path]) for line in block] == expected
    assert len(list(read_blocks([plain, packed], block=5))) > 2


def test_weights_count_lines_again(tmp_path: Path) -> None:
    once, doubled = tmp_path / "once.txt", tmp_path / "doubled.txt"
    text = "kiểm tra khu vực.\nkhu vực của người dân.\nkiểm tra dịch bệnh.\n" * 2
    once.write_text(text, encoding="utf-8")
    doubled.write_text(text * 2, encoding="utf-8")
    models = []
    for number, source in enumerate((Source(once, 2), Source(doubled))):
        path = tmp_path / f"{number}.ngrams"
        build([source], path, VOCABULARY, trigrams=100, rarest_bigram=1)
        models.append(NgramModel.open(path))
    names = ("unigram", "bigrams", "trigrams", "trigram_codes")
    for name in names:
        assert models[0].sections[name].tolist() == models[1].sections[name].tolist()


def test_fewer_trigrams_are_kept_when_asked(tmp_path: Path) -> None:
    sources = write_corpus(tmp_path)
    kept = []
    for wanted in (50, 200, 600):
        path = tmp_path / "some.ngrams"
        build(sources, path, VOCABULARY, trigrams=wanted, rarest_bigram=2)
        kept.append(NgramModel.open(path).header["trigrams"])
        assert 0.8 * wanted <= kept[-1] <= wanted
    assert kept == sorted(kept)


def test_a_pruned_model_still_sums_to_one(tmp_path: Path) -> None:
    path = tmp_path / "pruned.ngrams"
    build(write_corpus(tmp_path), path, VOCABULARY, trigrams=100, rarest_bigram=3)
    model = NgramModel.open(path)
    every = np.arange(len(WORDS))
    for v in every.tolist():
        assert np.isclose(np.exp(model.bigram(np.full(len(every), v), every)).sum(), 1, atol=0.03)


def test_quantised_values_are_near() -> None:
    values = np.random.default_rng(5).normal(-4, 2, 20_000)
    book, codes = quantise(values, 64)
    assert len(book) == 64
    assert codes.min() >= 0
    assert codes.max() < 64
    assert (np.abs(book[codes] - values) <= np.abs(book[:, None] - values).min(axis=0) + 1e-5).all()
    assert np.abs(book[codes] - values).mean() < 0.07


@pytest.mark.parametrize("values", [[-1.5], [-1.5, -1.5], [-3.0, -1.0, 0.0], [*range(40)]])
def test_few_values_are_quantised_exactly(values: list[float]) -> None:
    book, codes = quantise(np.array(values), 64)
    assert np.allclose(book[codes], values, atol=0.03)
