"""The packed language model: what it says, and what it says about files that are none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_model import WORDS, Reference, build_tiny, counts

from vnclean.errors import ModelError
from vnclean.spelling.ngrams import (
    BREAK,
    MAGIC,
    NUMBER,
    UNKNOWN,
    NgramModel,
    bigram_keys,
    trigram_keys,
    write_model,
)

SIZE = len(WORDS)
ALL = np.arange(SIZE)
#: Every context there can be: after a BREAK, or after a BREAK and a word, or after two words.
CONTEXTS = [(u, v) for u in range(SIZE) for v in range(SIZE) if v != BREAK or u == BREAK]
#: Half the distance between two neighbours in the code books, at its worst.
QUANTISED = 0.25


def fill(value: int, size: int = SIZE) -> np.ndarray[Any, Any]:
    return np.full(size, value)


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference(counts(), SIZE)


def test_words_and_numbers(tiny_model: NgramModel) -> None:
    assert tiny_model.words == WORDS
    assert [tiny_model.number_of[word] for word in WORDS] == list(range(SIZE))
    assert (BREAK, UNKNOWN, NUMBER) == (0, 1, 2)


def test_header_says_what_is_inside(tiny_model: NgramModel) -> None:
    header = tiny_model.header
    seen = counts()
    assert header["version"] == 2
    assert header["words"] == SIZE
    # What opens a clause has no two words before it: its bigram says it all.
    within = {trigram: count for trigram, count in seen.items() if trigram[1] != BREAK}
    assert header["trigrams"] == sum(count > 1 for count in within.values())
    assert header["bigrams"] == len(Reference(seen, SIZE).pairs)
    assert [(part["name"], part["weight"]) for part in header["corpus"]] == [
        ("once.txt", 1),
        ("twice.txt", 2),
    ]


def test_unigrams_are_those_of_the_reference(tiny_model: NgramModel, reference: Reference) -> None:
    assert np.allclose(tiny_model.unigram, np.log(reference.unigram), atol=1e-5)
    assert np.isclose(np.exp(tiny_model.unigram).sum(), 1, atol=1e-5)


@pytest.mark.parametrize("v", range(SIZE))
def test_bigrams_are_those_of_the_reference(
    tiny_model: NgramModel, reference: Reference, v: int
) -> None:
    found = tiny_model.bigram(fill(v), ALL)
    expected = np.log([reference.bigram(v, w) for w in range(SIZE)])
    assert np.abs(found - expected).max() < QUANTISED
    assert np.isclose(np.exp(found).sum(), 1, atol=0.02)


def test_trigrams_are_those_of_the_reference(tiny_model: NgramModel, reference: Reference) -> None:
    """But for one in a thousand that is taken for another: fingerprints have ten bits."""
    wrong, odd_sums = 0, 0
    for u, v in CONTEXTS:
        found = tiny_model.trigram(fill(u), fill(v), ALL)
        expected = np.log([reference.trigram(u, v, w) for w in range(SIZE)])
        wrong += int((np.abs(found - expected) > QUANTISED).sum())
        odd_sums += bool(abs(np.exp(found).sum() - 1) > 0.05)
    assert wrong <= 3 * len(CONTEXTS) * SIZE / 1024
    assert odd_sums <= 3 * len(CONTEXTS) * SIZE / 1024


def test_trigrams_that_were_counted_are_never_mistaken(
    tiny_model: NgramModel, reference: Reference
) -> None:
    kept = [trigram for trigram, count in counts().items() if count > 1]
    u, v, w = np.array(kept).T
    expected = np.log([reference.trigram(*trigram) for trigram in kept])
    assert np.abs(tiny_model.trigram(u, v, w) - expected).max() < QUANTISED


def test_a_context_given_is_a_lookup_saved(tiny_model: NgramModel) -> None:
    u, v = np.array(CONTEXTS).T
    w = np.arange(len(u)) % SIZE
    plain = tiny_model.trigram(u, v, w)
    assert (tiny_model.trigram(u, v, w, tiny_model.context(u, v)) == plain).all()
    alone = [tiny_model.trigram(u[i : i + 1], v[i : i + 1], w[i : i + 1])[0] for i in range(99)]
    assert plain[:99].tolist() == alone


def test_unseen_contexts_fall_back(tmp_path: Path) -> None:
    path = build_tiny(tmp_path, ["quạ", "quắm"])  # two words that the corpus does not have
    model = NgramModel.open(path)
    size, unseen = SIZE + 2, SIZE + 1
    every = np.arange(size)
    assert np.allclose(model.bigram(fill(unseen, size), every), model.unigram, atol=1e-6)
    assert np.isnan(model.context(fill(unseen, 1), fill(4, 1))).all()
    for u, v in ((unseen, 4), (unseen, unseen), (4, unseen)):
        found = model.trigram(fill(u, size), fill(v, size), every)
        assert np.allclose(found, model.bigram(fill(v, size), every), atol=1e-6)
        assert np.isclose(np.exp(found).sum(), 1, atol=0.02)


def test_keys() -> None:
    u, v, w = np.array([65_535]), np.array([1]), np.array([65_534])
    assert bigram_keys(v, w).tolist() == [1 << 16 | 65_534]
    assert trigram_keys(u, v, w).tolist() == [65_535 << 32 | 1 << 16 | 65_534]


def test_building_twice_gives_the_same_sections(tmp_path: Path, tiny_model: NgramModel) -> None:
    again = NgramModel.open(build_tiny(tmp_path))
    assert again.header["crc32"] == tiny_model.header["crc32"]
    assert again.verify()


def test_sections_are_aligned(tiny_model: NgramModel) -> None:
    for place in tiny_model.header["sections"].values():
        assert place["offset"] % 64 == 0


@pytest.mark.parametrize("facts", [{}, {"note": "ờ" * 3_000}, {"note": "x" * 3_300}])
def test_headers_of_any_length(tmp_path: Path, facts: dict[str, Any]) -> None:
    path = tmp_path / "any.ngrams"
    parts: dict[str, np.ndarray[Any, Any]] = {
        "words": np.arange(100, dtype=np.uint8),
        "unigram": np.ones(7, dtype=np.float32),
    }
    with path.open("wb") as file:
        write_model(file, facts, parts)
    model = NgramModel.open(path)
    assert model.verify()
    assert {name: values.tolist() for name, values in model.sections.items()} == {
        name: values.tolist() for name, values in parts.items()
    }


def error_of(path: Path) -> str:
    with pytest.raises(ModelError) as caught:
        NgramModel.open(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    return message


def test_missing_file(tmp_path: Path) -> None:
    assert "No such file" in error_of(tmp_path / "none.ngrams")


def test_directory(tmp_path: Path) -> None:
    assert "cannot open" in error_of(tmp_path)


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.ngrams"
    path.touch()
    assert "empty" in error_of(path)


@pytest.mark.parametrize(
    "start", [b"kim tra\n", b"\0" * 99, b"VNCLEAN", b"VNCLEAN NGRAMS 1\n", b"VNCLEAN NGRAMS 20\n"]
)
def test_foreign_file_or_other_version(tmp_path: Path, tiny_path: Path, start: bytes) -> None:
    path = tmp_path / "other.ngrams"
    path.write_bytes(start + tiny_path.read_bytes()[len(MAGIC) :])
    assert "not a vnclean language model of version 2" in error_of(path)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.98])
def test_file_cut_short(tmp_path: Path, tiny_path: Path, share: float) -> None:
    data = tiny_path.read_bytes()
    path = tmp_path / "cut.ngrams"
    path.write_bytes(data[: len(MAGIC) + int(share * (len(data) - len(MAGIC)))])
    message = error_of(path)
    assert "cut short" in message or "damaged" in message
    assert "anew" in message


@pytest.mark.parametrize("place", [18, 20, 27, 30, 40, 100, 700])
def test_damaged_header(tmp_path: Path, tiny_path: Path, place: int) -> None:
    data = bytearray(tiny_path.read_bytes())
    data[place] ^= 0x01
    path = tmp_path / "damaged.ngrams"
    path.write_bytes(data)
    assert "damaged" in error_of(path)


def test_a_flipped_byte_is_found(tmp_path: Path, tiny_path: Path, tiny_model: NgramModel) -> None:
    assert tiny_model.verify()
    places = tiny_model.header["sections"].values()
    for place in places:
        data = bytearray(tiny_path.read_bytes())
        data[place["offset"]] ^= 0x80
        path = tmp_path / "flipped.ngrams"
        path.write_bytes(data)
        assert not NgramModel.open(path).verify()
