"""The decoder in bulk finds what trying every sequence finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from reference_decoder import Item, ReferenceDecoder
from tiny_model import WORDS

from vnclean.spelling.decoder import NOTHING, Decoder, Slots, Stretches
from vnclean.spelling.ngrams import BREAK, NgramModel
from vnclean.spelling.prices import Mode, Prices

SWITCH = Prices().switch()
same_model = settings(
    max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@dataclass(frozen=True)
class Stretch:
    positions: tuple[tuple[Item, ...], ...]
    context: tuple[int, int] = (BREAK, BREAK)


words = st.one_of(st.integers(0, len(WORDS) - 1), st.sampled_from([NOTHING, BREAK]))
items = st.builds(
    Item, words, st.integers(0, len(Mode) - 1), st.floats(0, 6, width=32, allow_nan=False)
)


def unlike(found: list[Item]) -> tuple[Item, ...]:
    """Only one item for a word in a mode, as the channel makes them."""
    return tuple({(item.word, item.mode): item for item in found}.values())


positions = st.lists(items, min_size=1, max_size=5).map(unlike)
contexts = st.integers(0, len(WORDS) - 1).flatmap(
    lambda v: st.tuples(
        st.just(BREAK) if v == BREAK else st.integers(0, len(WORDS) - 1), st.just(v)
    )
)
stretches = st.builds(Stretch, st.lists(positions, min_size=1, max_size=4).map(tuple), contexts)


@dataclass(frozen=True)
class Decoded:
    """For each position the posterior of each (word, mode)."""

    shares: list[dict[tuple[int, int], float]]

    def of_words(self, place: int) -> dict[int, float]:
        totals: dict[int, float] = {}
        for (word, _), share in self.shares[place].items():
            totals[word] = totals.get(word, 0.0) + share
        return totals

    def likeliest(self, place: int) -> int:
        totals = self.of_words(place)
        return max(totals, key=totals.__getitem__)


def in_bulk(decoder: Decoder, some: Sequence[Stretch], **around: NDArray[np.float64]) -> Decoded:
    """What the decoder says of several stretches laid end to end."""
    every = [position for stretch in some for position in stretch.positions]
    slots = [list(dict.fromkeys(item.word for item in position)) for position in every]
    cost = np.full((sum(map(len, slots)), len(Mode)), np.inf, dtype=np.float32)
    place = {}
    for number, of_position in enumerate(slots):
        for word in of_position:
            place[number, word] = len(place)
        for item in every[number]:
            cost[place[number, item.word], item.mode] = item.cost
    text = Stretches(
        Slots(np.array([word for of_position in slots for word in of_position]), cost),
        np.array([len(of_position) for of_position in slots]),
        np.array([len(stretch.positions) for stretch in some]),
        (
            np.array([stretch.context[0] for stretch in some]),
            np.array([stretch.context[1] for stretch in some]),
        ),
        **around,
    )
    share = decoder.decode(text)
    found: list[dict[tuple[int, int], float]] = [{} for _ in every]
    for (number, word), slot in place.items():
        for mode in Mode:
            found[number][word, int(mode)] = float(share[slot, mode])
    return Decoded(found)


@pytest.fixture(scope="module")
def probability(tiny_model: NgramModel) -> Callable[[int, int, int], float]:
    @cache
    def log_probability(u: int, v: int, w: int) -> float:
        one = [np.array([number]) for number in (u, v, w)]
        return float(tiny_model.trigram(*one)[0])

    return log_probability


@same_model
@given(some=st.lists(stretches, min_size=1, max_size=4))
def test_posteriors_are_those_of_the_reference(
    tiny_model: NgramModel,
    probability: Callable[[int, int, int], float],
    some: list[Stretch],
) -> None:
    reference = ReferenceDecoder(probability, SWITCH)
    decoded = in_bulk(Decoder(tiny_model, SWITCH, width=4096, hopeless=0.0), some)
    at = 0
    for stretch in some:
        solution = reference.decode(stretch.positions, stretch.context)
        for place, position in enumerate(stretch.positions):
            for item, expected in zip(position, solution.posteriors[place], strict=True):
                found = decoded.shares[at][item.word, item.mode]
                assert found == pytest.approx(expected, abs=1e-3)
            at += 1


@same_model
@given(some=st.lists(stretches, min_size=2, max_size=6), width=st.sampled_from([1, 3, 16]))
def test_stretches_do_not_influence_each_other(
    tiny_model: NgramModel, some: list[Stretch], width: int
) -> None:
    decoder = Decoder(tiny_model, SWITCH, width=width)
    together = in_bulk(decoder, some)
    alone = [share for stretch in some for share in in_bulk(decoder, [stretch]).shares]
    for one, other in zip(together.shares, alone, strict=True):
        assert one == pytest.approx(other, abs=1e-5)


@same_model
@given(some=st.lists(stretches, min_size=1, max_size=4), width=st.integers(1, 20))
def test_posteriors_of_a_position_sum_to_one(
    tiny_model: NgramModel, some: list[Stretch], width: int
) -> None:
    decoded = in_bulk(Decoder(tiny_model, SWITCH, width=width), some)
    assert np.allclose([sum(of_place.values()) for of_place in decoded.shares], 1, atol=1e-6)


def single(word: str | int, mode: Mode = Mode.TYPED, cost: float = 0.0) -> Item:
    return Item(WORDS.index(word) if isinstance(word, str) else word, int(mode), cost)


def sure(word: str | int) -> tuple[Item, ...]:
    return (single(word),)


def test_context_decides(tiny_model: NgramModel) -> None:
    """Of two readings at one price, the one that the model expects after these words."""
    every = np.arange(3, len(WORDS))
    u, v = WORDS.index("kiểm"), WORDS.index("tra")
    scores = tiny_model.trigram(np.full(len(every), u), np.full(len(every), v), every)
    likely, unlikely = int(every[scores.argmax()]), int(every[scores.argmin()])
    for price, expected in ((0.0, likely), (20.0, unlikely)):
        either = (single(unlikely), single(likely, cost=price))
        decoded = in_bulk(Decoder(tiny_model, SWITCH), [Stretch((either,), (u, v))])
        assert decoded.likeliest(0) == expected
        assert decoded.of_words(0)[expected] > 0.5


def test_one_mode_for_a_run(tiny_model: NgramModel) -> None:
    """Entering LOST is dear, so that one word alone stays, and three in a row are repaired."""
    switch = [[0.0 if a == b else 9.0 for b in Mode] for a in Mode]
    keep = (single("kim", cost=4.0), single("kiểm", Mode.LOST))
    for run, expected in ((1, "kim"), (6, "kiểm")):
        stretch = Stretch((sure(BREAK), *[keep] * run))
        decoded = in_bulk(Decoder(tiny_model, switch), [stretch])
        found = [WORDS[decoded.likeliest(place)] for place in range(1, run + 1)]
        assert found == [expected] * run


def test_modes_around_a_stretch_count(tiny_model: NgramModel) -> None:
    keep = (single("kim", cost=4.0), single("kiểm", Mode.LOST))
    switch = [[0.0 if a == b else 9.0 for b in Mode] for a in Mode]
    lost = np.zeros((1, len(Mode)))
    lost[0, Mode.LOST] = 1.0
    decoder, stretch = Decoder(tiny_model, switch), Stretch((keep,))
    assert WORDS[in_bulk(decoder, [stretch]).likeliest(0)] == "kim"
    assert WORDS[in_bulk(decoder, [stretch], before=lost).likeliest(0)] == "kiểm"
    assert WORDS[in_bulk(decoder, [stretch], after=lost).likeliest(0)] == "kiểm"


def test_a_break_forgets_and_nothing_passes_on(
    tiny_model: NgramModel, probability: Callable[[int, int, int], float]
) -> None:
    u, v = (WORDS.index(word) for word in ("triệt", "để"))
    pair = tuple(WORDS.index(word) for word in ("kiểm", "chống"))
    decoder = Decoder(tiny_model, SWITCH)
    for between, context in ((BREAK, (BREAK, BREAK)), (NOTHING, (u, v))):
        either = tuple(single(word) for word in pair)
        decoded = in_bulk(decoder, [Stretch((sure(u), sure(v), sure(between), either))])
        found = decoded.of_words(3)
        odds = probability(*context, pair[0]) - probability(*context, pair[1])
        assert np.log(found[pair[0]] / found[pair[1]]) == pytest.approx(odds, abs=1e-4)
