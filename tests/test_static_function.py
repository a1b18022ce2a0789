"""The static function: exact for its keys, and mostly silent about others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnclean.spelling.static_function import StaticFunction


def random_keys(count: int, seed: int = 7) -> np.ndarray[Any, np.dtype[np.uint64]]:
    keys = np.random.default_rng(seed).integers(0, 1 << 48, 2 * count + 8, dtype=np.uint64)
    distinct = np.unique(keys)
    np.random.default_rng(seed + 1).shuffle(distinct)
    return distinct[:count]


@pytest.mark.parametrize("count", [1, 2, 3, 10, 100, 1000, 20_000, 100_000])
@pytest.mark.parametrize(("bits", "dtype"), [(6, np.uint16), (16, np.uint32)])
def test_stored_keys_have_their_values(count: int, bits: int, dtype: type[Any]) -> None:
    keys = random_keys(count)
    values = np.random.default_rng(3).integers(0, 1 << bits, count)
    function = StaticFunction.build(keys, values, bits, dtype)
    found, value = function.lookup(keys)
    assert found.all()
    assert (value == values).all()


@settings(max_examples=60)
@given(st.dictionaries(st.integers(0, (1 << 64) - 1), st.integers(0, 63), min_size=1, max_size=90))
def test_any_keys_are_stored(table: dict[int, int]) -> None:
    keys = np.array(list(table), dtype=np.uint64)
    values = np.array(list(table.values()))
    found, value = StaticFunction.build(keys, values, 6, np.uint16).lookup(keys)
    assert found.all()
    assert value.tolist() == values.tolist()


def test_neighbouring_keys_are_no_harder() -> None:
    keys = np.arange(50_000, dtype=np.uint64) << np.uint64(16)
    values = np.arange(50_000) % 64
    found, value = StaticFunction.build(keys, values, 6, np.uint16).lookup(keys)
    assert found.all()
    assert (value == values).all()


@pytest.mark.parametrize(("bits", "dtype", "fingerprint"), [(6, np.uint16, 10), (8, np.uint16, 8)])
def test_other_keys_are_rarely_taken_for_stored(
    bits: int, dtype: type[Any], fingerprint: int
) -> None:
    keys = random_keys(30_000)
    function = StaticFunction.build(keys, np.zeros(len(keys), dtype=np.int64), bits, dtype)
    others = np.setdiff1d(random_keys(200_000, seed=99), keys)
    rate = function.lookup(others)[0].mean()
    expected = 2.0**-fingerprint
    spread = (expected / len(others)) ** 0.5
    assert abs(rate - expected) < 6 * spread


def test_long_fingerprints_hardly_ever_err() -> None:
    keys = random_keys(30_000)
    function = StaticFunction.build(keys, np.zeros(len(keys), dtype=np.int64), 8, np.uint32)
    others = np.setdiff1d(random_keys(200_000, seed=99), keys)
    assert function.lookup(others)[0].sum() <= 2


def test_large_functions_take_little_more_than_a_cell_a_key() -> None:
    keys = random_keys(200_000)
    function = StaticFunction.build(keys, np.zeros(len(keys), dtype=np.int64), 6, np.uint16)
    assert len(function.cells) < 1.25 * len(keys)


def test_it_survives_being_written_and_read() -> None:
    keys = random_keys(500)
    values = np.arange(500) % 64
    built = StaticFunction.build(keys, values, 6, np.uint16)
    cells = np.frombuffer(built.cells.tobytes(), dtype=np.uint16)
    again = StaticFunction(cells, 6, built.seed, built.segment)
    assert again.lookup(keys)[1].tolist() == values.tolist()


def test_looking_up_changes_nothing() -> None:
    keys = random_keys(100)
    function = StaticFunction.build(keys, np.arange(100) % 64, 6, np.uint16)
    before, asked = function.cells.copy(), keys.copy()
    first = function.lookup(keys)[1]
    assert (function.lookup(keys)[1] == first).all()
    assert (function.cells == before).all()
    assert (keys == asked).all()


def test_no_key_asked_no_answer() -> None:
    function = StaticFunction.build(random_keys(10), np.arange(10), 6, np.uint16)
    found, value = function.lookup(np.array([], dtype=np.uint64))
    assert (len(found), len(value)) == (0, 0)


def test_doubled_keys_are_refused() -> None:
    keys = np.array([5, 6, 5], dtype=np.uint64)
    with pytest.raises(RuntimeError, match="duplicate"):
        StaticFunction.build(keys, np.array([1, 2, 3]), 6, np.uint16)
