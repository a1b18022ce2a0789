"""A model adapted to a text: its probabilities against the formula, and the whole way to a file."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from command import DAMAGED, REPAIRED, VNCLEAN
from hypothesis import given
from hypothesis import strategies as st
from tiny_model import Sentence, as_text, sentences, trigrams

from vnclean.batch.manifest import model_digest
from vnclean.documents.lines import Block
from vnclean.errors import InputError, ModelError
from vnclean.learning.adapting import Adapter
from vnclean.learning.numbering import Numbering, as_model_words
from vnclean.learning.terms import Term
from vnclean.learning.text import LearnedText
from vnclean.pipeline import CleanedBlock
from vnclean.spelling.model_files import open_model, shipped_model
from vnclean.spelling.ngrams import BREAK, UNKNOWN, NgramModel, bigram_keys, write_model
from vnclean.spelling.training.build import stream_trigrams
from vnclean.spelling.training.mixing import Shares, best_weight

#: Half the distance between two neighbours in the code books, at its worst.
QUANTISED = 0.25
#: A text of other habits than the corpus of the tiny model; it says "zuvanex" again and again.
OWN: list[Sentence] = [*sentences(400, 77), *[("và", "của", "kiểm", "tra", "zuvanex")] * 40]

likelihoods = st.lists(st.tuples(st.floats(1e-6, 1), st.floats(1e-6, 1)), min_size=1, max_size=30)


@given(likelihoods, st.floats(0.05, 0.95))
def test_no_other_weight_makes_a_text_likelier(
    pairs: list[tuple[float, float]], most: float
) -> None:
    one, other = np.array(pairs).T
    found = best_weight(one, other, most)
    assert 0 <= found <= most

    def likelihood(weight: float) -> float:
        return float(np.log((1 - weight) * one + weight * other).sum())

    assert all(likelihood(found) >= likelihood(w) - 0.05 for w in np.linspace(0, most, 9))


@given(
    st.dictionaries(st.integers(0, 40), st.integers(1, 6), min_size=1),
    st.floats(0, 1),
)
def test_shares_and_what_they_leave_sum_to_one(counts: dict[int, int], weight: float) -> None:
    keys = np.array(sorted((k // 7) << 16 | k for k in counts), dtype=np.uint64)
    seen = np.array([counts[int(key) & 0xFFFF] for key in keys])
    shares = Shares.of(keys, seen, np.array([0.0, 0.6, 1.1, 1.4]), seen > 1).weighed(weight)
    for context, rest in zip(shares.contexts, shares.rest, strict=True):
        own = shares.share[shares.keys >> np.uint64(16) == context]
        assert own.sum() + rest == pytest.approx(1)
        assert rest >= 0


def learned(model: NgramModel, folder: Path) -> LearnedText:
    """The text, with every other half of it taken as it would be read."""
    text = LearnedText(Numbering(model), folder)
    lines = as_text(OWN).split("\n")
    for first in range(0, len(lines), 5):
        some = lines[first : first + 5]
        block = Block(some, ["\n"] * len(some), 1, 0, 0)
        text.take(f"{first}.txt", CleanedBlock(block, [[] for _ in some]))
    text.end_part()
    return text


@pytest.fixture(scope="module")
def adapter(tiny_model: NgramModel, tmp_path_factory: pytest.TempPathFactory) -> Adapter:
    text = learned(tiny_model, tmp_path_factory.mktemp("text"))
    return Adapter(tiny_model, text, [Term("Zuvanex", 40, 9, False, 0.0)], ["own.txt"], 0.5)


@pytest.fixture(scope="module")
def adapted(adapter: Adapter, tmp_path_factory: pytest.TempPathFactory) -> NgramModel:
    folder = tmp_path_factory.mktemp("adapted")
    stages: list[str] = []
    adapter.write(folder / "own.ngrams", folder, stages.append)
    assert len(stages) == len(set(stages)) > 1
    return NgramModel.open(folder / "own.ngrams")


def after(model: NgramModel, u: int, v: int) -> np.ndarray[Any, Any]:
    """P(w|u,v) of all words."""
    size = len(model.words)
    return np.exp(model.trigram(np.full(size, u), np.full(size, v), np.arange(size)))


def test_new_words_follow_the_old_ones(adapted: NgramModel, tiny_model: NgramModel) -> None:
    assert adapted.words == [*tiny_model.words, "zuvanex"]
    assert list(adapted.new_words) == ["zuvanex"]
    assert list(tiny_model.new_words) == []
    assert adapted.verify()
    assert adapted.header["adapted_from"] == tiny_model.header["crc32"]


def test_trigrams_are_mixed_as_the_formula_says(adapter: Adapter, adapted: NgramModel) -> None:
    """Against counts in dictionaries: rest · P + share, P being that of the file without shares."""
    below = NgramModel(adapted.header, {
        name: cells for name, cells in adapted.sections.items() if "adapted" not in name
    })  # fmt: skip
    final = np.array([*range(adapter.text.words.first), *(
        adapted.number_of.get(surface.lower(), UNKNOWN) for surface in adapter.text.words.surfaces
    )])  # fmt: skip
    seen: Counter[tuple[int, int, int]] = Counter()
    for stream in adapter.text.streams:
        for key in stream_trigrams(as_model_words(stream, final)).tolist():
            seen[key >> 32, key >> 16 & 0xFFFF, key & 0xFFFF] += 1
    of_counts = Counter(seen.values())
    n = [0, *(of_counts[count] for count in (1, 2, 3, 4))]
    y = n[1] / (n[1] + 2 * n[2])
    discounts = [0, 1 - 2 * y * n[2] / n[1], 2 - 3 * y * n[3] / n[2], 3 - 4 * y * n[4] / n[3]]
    weight = adapted.header["weights"]["trigrams"]
    checked = 0
    for (u, v), total in Counter({(u, v): 0 for u, v, _ in seen}).items():
        if (u, v) == (BREAK, BREAK):
            continue
        followers = {w: c for (a, b, w), c in seen.items() if (a, b) == (u, v)}
        total = sum(followers.values())
        share = np.zeros(len(adapted.words))
        for w, count in followers.items():
            if count > 1:
                share[w] = weight * (count - discounts[min(count, 3)]) / total
        expected = (1 - share.sum()) * after(below, u, v) + share
        assert np.abs(np.log(after(adapted, u, v)) - np.log(expected)).max() < QUANTISED
        checked += len(followers) > 1
    assert checked > 20


def test_what_the_text_says_is_likelier_than_before(
    adapted: NgramModel, tiny_model: NgramModel
) -> None:
    kiểm, tra, new = (adapted.number_of[word] for word in ("kiểm", "tra", "zuvanex"))
    assert after(adapted, kiểm, tra)[new] > 0.1
    held_out = [trigram for sentence in sentences(50, 78) for trigram in trigrams(sentence)]
    u, v, w = np.array(held_out).T
    assert adapted.trigram(u, v, w).mean() > tiny_model.trigram(u, v, w).mean() - 0.05


def test_bigrams_still_sum_to_one(adapted: NgramModel) -> None:
    size = len(adapted.words)
    for v in range(size):
        total = np.exp(adapted.bigram(np.full(size, v), np.arange(size))).sum()
        assert total == pytest.approx(1, abs=0.1)


def test_a_context_that_the_text_lacks_is_as_it_was(adapted: NgramModel) -> None:
    assert adapted._adaptation
    unseen = [
        (u, v)
        for u in range(3, len(adapted.words))
        for v in range(3, len(adapted.words))
        if not adapted._adaptation.contexts.lookup(bigram_keys(np.array([u]), np.array([v])))[0][0]
    ]
    assert unseen
    without = {name: cells for name, cells in adapted.sections.items() if "adapted" not in name}
    for u, v in unseen[:20]:
        assert np.array_equal(
            after(adapted, u, v), after(NgramModel(adapted.header, without), u, v)
        )


def test_no_text_at_all(tiny_model: NgramModel, tmp_path: Path) -> None:
    adapter = Adapter(tiny_model, LearnedText(Numbering(tiny_model), tmp_path), [], [], 0.5)
    with pytest.raises(InputError, match="no words in the text"):
        adapter.write(tmp_path / "own.ngrams", tmp_path, lambda stage: None)
    assert not (tmp_path / "own.ngrams").exists()


def test_a_model_made_for_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.ngrams"
    model = NgramModel.open(shipped_model())
    for origin, fits in ((model.header["crc32"], True), ("00000000", False)):
        with path.open("wb") as file:
            facts = {"functions": {}, "channel": "", "adapted_from": origin}
            write_model(file, facts, {"words": np.zeros(1, dtype=np.uint8)})
        if fits:
            assert open_model(path).header["adapted_from"] == origin
        else:
            with pytest.raises(ModelError, match=r"own\.ngrams: was made for another version"):
                open_model(path)


def test_a_run_that_goes_on_knows_its_model(tmp_path: Path) -> None:
    """Another model, or none, is another setting."""

    def digest(fill: int) -> str:
        path = tmp_path / "own.ngrams"
        with path.open("wb") as file:
            write_model(file, {}, {"words": np.full(9, fill, dtype=np.uint8)})
        return model_digest(path)

    assert len({model_digest(), digest(1), digest(2)}) == 3
    assert digest(1) == digest(1)


@pytest.mark.parametrize("options", [(), ("-j", "2")])
def test_a_named_model_is_used_in_every_process(options: tuple[str, ...]) -> None:
    command = [VNCLEAN, "clean", *options, "--model"]
    for model, status in ((str(shipped_model()), 0), ("missing.ngrams", 3)):
        done = subprocess.run([*command, model], input=DAMAGED, capture_output=True)
        assert (done.returncode, done.stdout) == (status, b"" if status else REPAIRED)
