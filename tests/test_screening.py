"""What is worked out in bulk, or before, is what the slow way finds."""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from own_sentences import SOUND

from vnclean.orthography import residue, skeleton
from vnclean.spelling.channel import Channel, Role, digest
from vnclean.spelling.facts import WordFacts
from vnclean.spelling.known import FlatItems, KnownWords
from vnclean.spelling.lexicon import Lexicon
from vnclean.spelling.line import Line
from vnclean.spelling.model_files import shipped_model
from vnclean.spelling.modes import ModeChain
from vnclean.spelling.ngrams import NgramModel
from vnclean.spelling.prices import Mode, Prices
from vnclean.spelling.readings import Readings, ReadingsTable
from vnclean.spelling.rivals import gain_books
from vnclean.spelling.screening import Screen, Stream, _beside, _reached
from vnclean.spelling.slips import SlipTable
from vnclean.spelling.speller import Speller

MODEL_FILE = NgramModel.open(shipped_model())
FACTS = WordFacts.load()
CHANNEL = Channel(Lexicon(MODEL_FILE.number_of, FACTS.capital_share), FACTS, Prices())
KNOWN = KnownWords(CHANNEL, SlipTable.from_sections(MODEL_FILE.sections))
ROLES = [Role.PLAIN, Role.NAME, Role.CAPITALS, Role.OPENING]
SWITCH = Prices().switch()


@cache
def speller(open_slack: float = Screen.open_slack) -> Speller:
    return Speller(MODEL_FILE, FACTS, screen=Screen(open_slack=open_slack))


def test_the_model_was_packed_with_the_present_prices() -> None:
    """If not, build it anew: see dictionaries/README.md."""
    assert MODEL_FILE.header["channel"] == digest(Prices(), FACTS)


def rows(readings: Readings, entry: int) -> dict[int, list[float]]:
    first = readings.starts[entry]
    some = slice(first, first + readings.lengths[entry])
    costs = np.where(np.isinf(readings.cost[some]), 999.0, readings.cost[some])
    return dict(zip(readings.word[some].tolist(), costs.tolist(), strict=True))


covered = [
    word
    for number, word in enumerate(MODEL_FILE.words)
    if number > 2 and KNOWN.covers(word, number, Role.PLAIN)
]


@given(st.lists(st.tuples(st.sampled_from(covered), st.sampled_from(ROLES)), min_size=1))
def test_items_in_bulk_are_those_of_the_channel(some: list[tuple[str, Role]]) -> None:
    some = [(w, r) for w, r in some if KNOWN.covers(w, MODEL_FILE.number_of[w], r)]
    numbers = np.array([MODEL_FILE.number_of[word] for word, _ in some], dtype=np.int64)
    bulk, one_by_one = ReadingsTable(), ReadingsTable()
    words, roles = [word for word, _ in some], np.array([role for _, role in some], dtype=np.int64)
    if not some:
        return
    bulk.add(numbers, KNOWN.items(words, numbers, roles))
    items = [CHANNEL.items(word, MODEL_FILE.number_of[word], role) for word, role in some]
    one_by_one.add(numbers, FlatItems.of(items, 0))
    for entry in range(len(some)):
        found, expected = rows(bulk.readings, entry), rows(one_by_one.readings, entry)
        assert next(iter(found)) == numbers[entry]
        assert found.keys() == expected.keys()
        for word, costs in expected.items():
            assert found[word] == pytest.approx(costs, abs=1e-4)


weights = st.lists(st.floats(0.01, 1), min_size=len(Mode), max_size=len(Mode))


suspects = st.lists(
    st.tuples(weights, st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=3
).filter(lambda some: len(some) + sum(gap for _, _, gap in some) <= 6)  # 6 ** 6 sequences


@settings(deadline=None)
@given(suspects)
def test_messages_are_sums_over_all_sequences_of_modes(
    some: list[tuple[list[float], int, int]],
) -> None:
    """``some``: weights, the kind of the run of sound words before, and its length."""
    emission = np.array([weight for weight, _, _ in some])
    first = np.zeros(len(some), dtype=np.bool_)
    first[0] = True
    kinds, gaps = np.array([k for _, k, _ in some]), np.array([g for _, _, g in some])
    found = ModeChain(SWITCH).messages(emission, first, kinds, gaps)
    posterior = found.before * emission * found.after
    posterior /= posterior.sum(axis=1, keepdims=True)
    chain: list[tuple[list[float], int | None]] = []
    for number, (weight, kind, gap) in enumerate(some):
        barred = ({Mode.LOST} if kind & 1 else set()) | ({Mode.BARE} if kind & 2 else set())
        sound = [0.0 if mode in barred else 1.0 for mode in Mode]
        chain += [(sound, None)] * gap + [(weight, number)]
    expected = np.zeros_like(posterior)
    step = np.exp(-np.array(SWITCH)).tolist()
    for modes in product(Mode, repeat=len(chain)):
        before, total = Mode.TYPED, 1.0
        for (weight, _), mode in zip(chain, modes, strict=True):
            total *= weight[mode] * step[before][mode]
            before = mode
        for (_, suspect), mode in zip(chain, modes, strict=True):
            if suspect is not None:
                expected[suspect, mode] += total
    expected /= expected.sum(axis=1, keepdims=True)
    assert posterior == pytest.approx(expected, abs=1e-9)


def test_the_bound_holds_for_every_rival() -> None:
    """What the model file says of a pair is no less than any rival gains, but for rounding."""
    lines = list(SOUND)
    types = speller()._table.encode(lines)
    words = speller()._types.words.take(types)
    stream = Stream.of(words, MODEL_FILE)
    bound = stream.bound()
    checked = 0
    for at in np.flatnonzero(np.isfinite(bound) & (words > 2)).tolist():
        word = MODEL_FILE.words[words[at]]
        table = ReadingsTable()
        items = CHANNEL.items(word, int(words[at]), Role.OPENING)
        table.add(words[at : at + 1], FlatItems.of([items], 0))
        readings = table.readings
        rival, price = readings.word[1:], readings.price[1:]
        pairs = stream.pairs.score
        before, after = np.full(len(rival), stream.words[at + 1]), stream.words[at + 3]
        gain = MODEL_FILE.bigram(before, rival) - pairs[at + 2] - price
        if after:
            gain += MODEL_FILE.bigram(rival, np.full(len(rival), after)) - pairs[at + 3]
        if len(rival) and gain.max() > -16:
            assert gain.max() <= bound[at] + 1e-3
            checked += 1
    assert checked > 100


def test_codes_of_gains_round_up() -> None:
    left, right = gain_books()
    assert np.isinf(left[-1]) and np.isinf(right[-1])
    assert (np.diff(left[:: 1 << 4]) > 0).all() and (np.diff(right[:16]) > 0).all()


def damaged(line: str, how: str) -> str:
    words = line.split(" ")
    if how == "lost":
        return residue(line)
    if how == "bare":
        return skeleton(line)
    step = 3 if how == "third word bare" else 5
    return " ".join(
        skeleton(word) if number % step == 1 else word for number, word in enumerate(words)
    )


def test_screened_and_exhaustive_decisions_agree() -> None:
    """At least 99.5 % here; benchmarks/equality.py measures it on more text."""
    words = differing = 0
    for sentence, how in product(
        SOUND, ("clean", "lost", "bare", "third word bare", "fifth word bare")
    ):
        text = sentence if how == "clean" else damaged(sentence, how)
        line = Line(text)
        edits = {edit.start: edit.after for edit in speller().edits([text])[0]}
        every = speller().looks.posteriors(text)
        for symbol, slot in zip(line.symbols, every.best().tolist(), strict=False):
            expected = speller().write(int(every.word[slot]), symbol.text, line)
            found = edits.get(symbol.start, symbol.text)
            words += 1
            differing += found.lower() != expected.lower()
    assert words > 1000
    assert differing / words < 0.005


def test_suspects_of_another_line_do_not_matter() -> None:
    line = np.array([0, 0, 0, 1, 1, 1])
    flags = np.array([False, False, True, False, False, False])
    places = np.arange(6)
    assert _reached(flags, places, line).tolist() == [True] * 3 + [False] * 3
    assert _beside(flags, places, line).tolist() == [True, True] + [False] * 4
