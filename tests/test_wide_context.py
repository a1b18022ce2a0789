"""What words farther off say: the formula, its packing, its training, and who believes it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from vnclean.spelling.decoder import NOTHING
from vnclean.spelling.lattice import Posteriors
from vnclean.spelling.ngrams import BREAK, UNKNOWN
from vnclean.spelling.second_look import SecondLook
from vnclean.spelling.training.smoothing import Bigrams
from vnclean.spelling.training.wide_context import Rivals, learn, pair_table, shuffled
from vnclean.spelling.wide_context import REACH, WideContext, groups

WORDS, SIZE, PLACES = 12, 4, 2 * REACH + 1


def made(seed: int = 0) -> WideContext:
    chance = np.random.default_rng(seed)
    inward, outward = (chance.normal(0, 1, (WORDS, SIZE)).astype(np.float32) for _ in range(2))
    near = chance.normal(0, 1, (int(groups().max()) + 1, SIZE)).astype(np.float32)
    return WideContext.pack(inward, outward, chance.normal(0, 1, WORDS).astype(np.float32), near)


def told(context: WideContext, around: list[int], word: int) -> float:
    """The formula of the module, word by word."""
    inward = context.inward * context.inward_scale[:, None].astype(float)
    outward = context.outward * context.outward_scale[:, None].astype(float)
    total = np.zeros(SIZE)
    for offset, other in enumerate(around):
        if offset != REACH and other > UNKNOWN:
            total += context.near[offset] * inward[other]
    return float(context.bias[word] + outward[word] @ total)


windows = st.lists(st.integers(-1, WORDS - 1), min_size=PLACES, max_size=PLACES)
slots = st.lists(st.integers(0, WORDS - 1), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(windows, slots), min_size=1, max_size=5), st.integers(0, 9))
def test_fit_is_the_formula(places: list[tuple[list[int], list[int]]], seed: int) -> None:
    context = made(seed)
    around = np.array([window for window, _ in places])
    count = np.array([len(words) for _, words in places])
    fits = context.fit(around, count, np.array([word for _, words in places for word in words]))
    wanted = [told(context, window, word) for window, words in places for word in words]
    np.testing.assert_allclose(fits, wanted, rtol=1e-3, atol=1e-3)


def test_many_places_at_once() -> None:
    context, chance = made(), np.random.default_rng(1)
    around = chance.integers(-1, WORDS, (1000, PLACES))
    count = chance.integers(1, 4, 1000)
    word = chance.integers(0, WORDS, count.sum())
    whole = context.fit(around.copy(), count, word)
    ends = np.cumsum(count)
    for place in (0, 255, 256, 999):
        some = slice(ends[place] - count[place], ends[place])
        alone = context.fit(around[place : place + 1].copy(), count[place : place + 1], word[some])
        np.testing.assert_allclose(whole[some], alone, rtol=1e-4, atol=1e-4)


def test_vectors_keep_to_a_step_of_their_scale() -> None:
    vectors = np.random.default_rng(2).normal(0, 3, (WORDS, SIZE)).astype(np.float32)
    vectors[3] = 0
    packed = WideContext.pack(
        vectors, vectors, np.zeros(WORDS, np.float32), np.ones((16, SIZE), np.float32)
    )
    off = np.abs(packed.inward * packed.inward_scale[:, None] - vectors)
    assert (off <= packed.inward_scale[:, None] * 0.501).all()
    assert not packed.inward[3].any()


def test_a_model_without_it_has_none_and_sections_bring_it_back() -> None:
    assert WideContext.from_sections({}) is None
    context = made()
    again = WideContext.from_sections(context.sections())
    assert again is not None
    np.testing.assert_array_equal(again.near, context.near)


# Training: the bigrams say nothing of 10 and 11, but a 4 far off goes with 10, a 5 with 11.
def text(sentences: int, seed: int) -> NDArray[np.uint16]:
    chance = np.random.default_rng(seed)
    words: list[int] = []
    for _ in range(sentences):
        topic = int(chance.integers(0, 2))
        words += [4 + topic, *chance.integers(6, 9, 3), 9, 10 + topic, 9, *chance.integers(6, 9, 9)]
        words += [BREAK] * REACH
    return np.array(words, dtype=np.uint16)


def bigrams(stream: NDArray[np.uint16]) -> Bigrams:
    keys = stream[:-1].astype(np.uint64) << np.uint64(16) | stream[1:].astype(np.uint64)
    distinct, counts = np.unique(keys, return_counts=True)
    return Bigrams.estimate(distinct, counts, WORDS)


def rivals() -> Rivals:
    word, count = np.zeros((WORDS, 4), np.int32), np.zeros(WORDS, np.int32)
    word[10, :2], word[11, :2], count[10], count[11] = [10, 11], [11, 10], 2, 2
    return Rivals(word, count)


def test_what_stands_far_off_is_learned() -> None:
    stream = text(1500, 0)
    context = learn(stream, rivals(), bigrams(stream), size=8)
    unseen = text(100, 1)
    places = np.flatnonzero(unseen >= 10)
    around = unseen.astype(np.int64)[
        np.clip(places[:, None] + np.arange(-REACH, REACH + 1), 0, len(unseen) - 1)
    ]
    fits = context.fit(around, np.full(len(places), 2), np.tile([10, 11], len(places)))
    right = fits.reshape(-1, 2).argmax(axis=1) == unseen[places] - 10
    assert right.mean() > 0.98
    assert np.isnan(context.bias[:10]).all()  # no one's rivals


def test_the_same_text_gives_the_same_model() -> None:
    stream = text(50, 3)
    one, two = (learn(stream, rivals(), bigrams(stream), size=8) for _ in range(2))
    for name, values in one.sections().items():
        np.testing.assert_array_equal(values, two.sections()[name], err_msg=name)


def test_pairs_are_kept_to_a_step() -> None:
    some = bigrams(text(50, 4))
    table = pair_table(some) * (20 / 255) - 20  # steps of 20/255 nats, from -20
    first, second = (some.keys >> np.uint64(16)), some.keys & np.uint64(0xFFFF)
    off = table[first.astype(int), second.astype(int)] - np.log(some.probability)
    assert np.abs(off).max() <= 10 / 255 + 1e-4
    assert np.exp(table.astype(float)).sum(axis=1) == pytest.approx(1, abs=0.05)


def test_stretches_are_mixed_and_none_is_lost() -> None:
    one, two = np.arange(5000, dtype=np.uint16), np.arange(5000, 5100, dtype=np.uint16)
    mixed = shuffled([(one, 1), (two, 3)])
    assert sorted(mixed.tolist()) == sorted([*one.tolist(), *two.tolist() * 3])


# The second look.
def found(at: list[int], words: list[list[int]], shares: list[list[float]]) -> Posteriors:
    flat = [share for some in shares for share in some]
    return Posteriors(
        np.array(at),
        np.array([len(some) for some in words]),
        np.array([word for some in words for word in some]),
        np.zeros((len(flat), 2), np.float32),
        np.array([[share * 0.75, share * 0.25] for share in flat]),
    )


KNOWN = [4, 5, 6]


def context_of(*unknown: int) -> WideContext:
    context = made(7)
    context.bias[list(unknown)] = math.nan
    return context


LINE = np.array([0] * 6 + [1] * 3)
STREAM = np.array([4, 5, 6, 7, 8, BREAK, 9, 10, BREAK])


def test_shares_stay_shares_and_follow_the_fit() -> None:
    context = context_of()
    look = SecondLook(context, weight=1.0)
    [after] = look.weighed([found([2], [[6, 7, 8]], [[0.5, 0.3, 0.2]])], STREAM, LINE)
    assert after.share.sum() == pytest.approx(1)
    around = [-1] * PLACES
    around[REACH - 2 : REACH + 4] = STREAM[:6].tolist()
    weights = [
        share * math.exp(told(context, around, word))
        for share, word in zip([0.5, 0.3, 0.2], [6, 7, 8], strict=True)
    ]
    wanted = np.array(weights) / sum(weights)
    np.testing.assert_allclose(after.share.sum(axis=1), wanted, rtol=1e-3)
    np.testing.assert_allclose(after.share[:, 0], 0.75 * wanted, rtol=1e-3)  # modes as they were


def test_unknown_words_keep_their_share() -> None:
    look = SecondLook(context_of(7), weight=1.0)
    [after] = look.weighed([found([2], [[6, 7, 8]], [[0.5, 0.3, 0.2]])], STREAM, LINE)
    assert after.share[1].sum() == pytest.approx(0.3)
    assert after.share.sum() == pytest.approx(1)


def test_what_is_sure_and_gaps_stay() -> None:
    sure = found([1], [[5, 6]], [[0.9999, 0.0001]])
    gap = found([2], [[NOTHING, 6]], [[0.6, 0.4]])
    stream = STREAM.copy()
    stream[2] = NOTHING
    weighed = SecondLook(made()).weighed([sure, gap], stream, LINE)
    for some, after in zip([sure, gap], weighed, strict=True):
        np.testing.assert_array_equal(some.share, after.share)


def test_other_lines_do_not_matter() -> None:
    look, some = SecondLook(made()), found([2], [[6, 7]], [[0.6, 0.4]])
    other = STREAM.copy()
    other[6:8] = [4, 4]
    [one], [two] = (look.weighed([some], stream, LINE) for stream in (STREAM, other))
    np.testing.assert_array_equal(one.share, two.share)


def test_the_likeliest_words_around_count_not_the_written_ones() -> None:
    look = SecondLook(made(), weight=1.0)
    neighbour = found([3], [[7, 9]], [[0.0001, 0.9999]])
    doubtful = found([2], [[6, 8]], [[0.6, 0.4]])
    read = STREAM.copy()
    read[3] = 9
    _, one = look.weighed([neighbour, doubtful], STREAM, LINE)
    [two] = look.weighed([doubtful], read, LINE)
    np.testing.assert_allclose(one.share, two.share)
