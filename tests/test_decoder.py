"""The decoder in bulk finds what trying every sequence finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reference_decoder import Item, ReferenceDecoder
from tiny_model import WORDS

from vnclean.spelling.decoder import NOTHING, Decoded, Decoder, ItemPool, Stretches
from vnclean.spelling.ngrams import BREAK, NgramModel
from vnclean.spelling.prices import Mode, Prices

SWITCH = Prices().switch()
same_model = settings(
    max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@dataclass(frozen=True)
class Position:
    """The readings of a word: without slips, and the slips that a suspect may be besides."""

    quiet: tuple[Item, ...]
    slips: tuple[Item, ...]
    suspect: bool

    @property
    def items(self) -> tuple[Item, ...]:
        return self.quiet + self.slips if self.suspect else self.quiet


@dataclass(frozen=True)
class Stretch:
    positions: tuple[Position, ...]
    context: tuple[int, int] = (BREAK, BREAK)


words = st.one_of(st.integers(0, len(WORDS) - 1), st.sampled_from([NOTHING, BREAK]))
items = st.builds(
    Item, words, st.integers(0, len(Mode) - 1), st.floats(0, 6, width=32, allow_nan=False)
)


def unlike(found: list[Item]) -> tuple[Item, ...]:
    """Only one item for a word in a mode, as the channel makes them."""
    return tuple({(item.word, item.mode): item for item in found}.values())


several = st.lists(items, min_size=1, max_size=3).map(unlike)
positions = st.builds(Position, several, several | st.just(()), st.booleans())
contexts = st.integers(0, len(WORDS) - 1).flatmap(
    lambda v: st.tuples(
        st.just(BREAK) if v == BREAK else st.integers(0, len(WORDS) - 1), st.just(v)
    )
)
stretches = st.builds(Stretch, st.lists(positions, min_size=1, max_size=4).map(tuple), contexts)


def in_bulk(
    decoder: Decoder, some: Sequence[Stretch]
) -> tuple[Decoded, list[list[Item]], list[list[float]]]:
    """What the decoder says of several stretches: its own answer, the items of each position,
    and the posteriors of these."""
    every = [position for stretch in some for position in stretch.positions]
    pool_items = [item for position in every for item in position.quiet + position.slips]
    lengths = np.array([len(position.quiet + position.slips) for position in every])
    starts = np.cumsum(lengths) - lengths
    pool = ItemPool(
        starts,
        lengths,
        np.array([len(position.quiet) for position in every]),
        np.array([item.word for item in pool_items]),
        np.array([item.mode for item in pool_items]),
        np.array([item.cost for item in pool_items], dtype=np.float32),
    )
    text = Stretches(
        np.arange(len(every)),
        np.array([position.suspect for position in every]),
        np.array([len(stretch.positions) for stretch in some]),
        (
            np.array([stretch.context[0] for stretch in some]),
            np.array([stretch.context[1] for stretch in some]),
        ),
    )
    decoded = decoder.decode(text, pool)
    shares = [[0.0] * len(position.items) for position in every]
    arcs = zip(decoded.arc_position, decoded.arc_item, decoded.arc_posterior, strict=True)
    for place, item, share in arcs:
        shares[place][item - starts[place]] += float(share)
    return decoded, [list(position.items) for position in every], shares


@pytest.fixture(scope="module")
def probability(tiny_model: NgramModel) -> Callable[[int, int, int], float]:
    @cache
    def log_probability(u: int, v: int, w: int) -> float:
        one = [np.array([number]) for number in (u, v, w)]
        return float(tiny_model.trigram(*one)[0])

    return log_probability


@same_model
@given(some=st.lists(stretches, min_size=1, max_size=4))
def test_likeliest_words_and_posteriors_are_those_of_the_reference(
    tiny_model: NgramModel,
    probability: Callable[[int, int, int], float],
    some: list[Stretch],
) -> None:
    reference = ReferenceDecoder(probability, SWITCH)
    decoder = Decoder(tiny_model, SWITCH, width=4096)
    decoded, of_place, shares = in_bulk(decoder, some)
    pool = [item for s in some for p in s.positions for item in p.quiet + p.slips]
    at = 0
    for stretch in some:
        count = len(stretch.positions)
        solution = reference.decode(of_place[at : at + count], stretch.context)
        chosen = [pool[k] for k in decoded.item[at : at + count]]
        for place in range(count):
            assert np.allclose(shares[at + place], solution.posteriors[place], atol=1e-3)
            expected = solution.of_word(place, of_place[at + place], chosen[place].word)
            assert abs(float(decoded.confidence[at + place]) - expected) < 1e-3
            every_word = {item.word for item in of_place[at + place]}
            rivals = (solution.of_word(place, of_place[at + place], w) for w in every_word)
            assert expected > max(rivals) - 1e-3
        at += count


@same_model
@given(some=st.lists(stretches, min_size=2, max_size=6), width=st.sampled_from([1, 3, 16]))
def test_stretches_do_not_influence_each_other(
    tiny_model: NgramModel, some: list[Stretch], width: int
) -> None:
    decoder = Decoder(tiny_model, SWITCH, width=width)
    together, _, shares = in_bulk(decoder, some)
    at = before = 0
    for stretch in some:
        alone, _, alone_shares = in_bulk(decoder, [stretch])
        count = len(stretch.positions)
        assert (together.item[at : at + count] - before).tolist() == alone.item.tolist()
        assert np.allclose(together.confidence[at : at + count], alone.confidence, atol=1e-5)
        for one, other in zip(shares[at : at + count], alone_shares, strict=True):
            assert np.allclose(one, other, atol=1e-5)
        before += sum(len(p.quiet + p.slips) for p in stretch.positions)
        at += count


@same_model
@given(some=st.lists(stretches, min_size=1, max_size=4), width=st.integers(1, 20))
def test_posteriors_of_a_position_sum_to_one(
    tiny_model: NgramModel, some: list[Stretch], width: int
) -> None:
    decoded, _, shares = in_bulk(Decoder(tiny_model, SWITCH, width=width), some)
    assert np.allclose([sum(of_place) for of_place in shares], 1, atol=1e-4)
    assert (decoded.confidence > 0).all()
    assert (decoded.confidence < 1 + 1e-4).all()


def single(word: str | int, mode: Mode = Mode.TYPED, cost: float = 0.0) -> Item:
    return Item(WORDS.index(word) if isinstance(word, str) else word, int(mode), cost)


def sure(word: str | int) -> Position:
    return Position((single(word),), (), suspect=False)


def test_context_decides(tiny_model: NgramModel) -> None:
    """Of two readings at one price, the one that the model expects after these words."""
    every = np.arange(3, len(WORDS))
    u, v = WORDS.index("kiểm"), WORDS.index("tra")
    scores = tiny_model.trigram(np.full(len(every), u), np.full(len(every), v), every)
    likely, unlikely = int(every[scores.argmax()]), int(every[scores.argmin()])
    either = Position((single(unlikely), single(likely)), (), suspect=False)
    decoded, _, _ = in_bulk(Decoder(tiny_model, SWITCH), [Stretch((either,), (u, v))])
    assert decoded.item.tolist() == [1]
    assert decoded.confidence[0] > 0.5
    dear = Position((single(unlikely), single(likely, cost=20.0)), (), suspect=False)
    decoded, _, _ = in_bulk(Decoder(tiny_model, SWITCH), [Stretch((dear,), (u, v))])
    assert decoded.item.tolist() == [0]


def test_slips_are_for_suspects(tiny_model: NgramModel) -> None:
    keep, slip = single("vục", cost=30.0), single("vực")
    for suspect, expected in ((False, 0), (True, 1)):
        position = Position((keep,), (slip,), suspect)
        decoded, _, _ = in_bulk(Decoder(tiny_model, SWITCH), [Stretch((sure("khu"), position))])
        assert decoded.item.tolist() == [0, 1 + expected]


def test_one_mode_for_a_run(tiny_model: NgramModel) -> None:
    """Entering LOST is dear, so that one word alone stays, and three in a row are repaired."""
    switch = [[0.0 if a == b else 9.0 for b in Mode] for a in Mode]
    keep = Position((single("kim", cost=4.0), single("kiểm", Mode.LOST)), (), suspect=False)
    decoder = Decoder(tiny_model, switch)
    modes = []
    for run in (1, 6):
        stretch = Stretch((sure(BREAK), *[keep] * run))
        decoded, _, _ = in_bulk(decoder, [stretch])
        modes.append([k % 2 for k in (decoded.item[1:] - 1).tolist()])
    assert modes == [[0], [1] * 6]


def test_a_break_forgets_and_nothing_passes_on(
    tiny_model: NgramModel, probability: Callable[[int, int, int], float]
) -> None:
    u, v, w = (WORDS.index(word) for word in ("triệt", "để", "kiểm"))
    decoder = Decoder(tiny_model, SWITCH)
    for between, context in ((BREAK, (BREAK, BREAK)), (NOTHING, (u, v))):
        stretch = Stretch((sure(u), sure(v), sure(between), sure(w)))
        decoded, _, _ = in_bulk(decoder, [stretch])
        last = decoded.arc_cost[decoded.arc_position == 3]
        assert np.allclose(last, -probability(*context, w), atol=1e-6)
