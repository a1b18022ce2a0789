"""Which tones, marks and letters are learned to be confused."""

from __future__ import annotations

import pytest

from vnclean.spelling.prices import Prices
from vnclean.spelling.training.confusion import Change, Counts, confusions

RIGHT = {("nghĩ", "nghĩ"): 500, ("sàm", "sàm"): 500, ("dân", "dân"): 500, ("hoà", "hoà"): 500}


@pytest.mark.parametrize(
    ("meant", "written", "change"),
    [
        ("nghĩ", "nghỉ", Change("tone", "hỏi", "ngã")),
        ("dân", "đân", Change("mark", "đ", "d")),
        ("sàm", "xàm", Change("onset", "x", "s")),
        ("cát", "các", Change("coda", "c", "t")),
        ("tạo", "tạc", Change("coda", "c", "o")),
        ("chê", "chô", Change("letter", "ô", "ê")),
    ],
)
def test_what_was_changed(meant: str, written: str, change: Change) -> None:
    assert Counts.of({(meant, written): 3}).changed == {change: 3}


@pytest.mark.parametrize(
    ("meant", "written"),
    [("hoà", "hòa"), ("lý", "lí"), ("nghĩ", "ngỉ"), ("kiểm", "kim"), ("sàm", "tràng")],
)
def test_what_is_no_confusion(meant: str, written: str) -> None:
    assert Counts.of({(meant, written): 3}).changed == {}


def learned(*kinds: dict[tuple[str, str], int]) -> dict[Change, float]:
    return dict(confusions([Counts.of(kind) for kind in kinds], Prices()))


def test_what_is_often_confused_gets_cheap() -> None:
    prices = learned({**RIGHT, ("nghĩ", "nghỉ"): 20, ("sàm", "làm"): 20, ("hoà", "hoá"): 1})
    tone = Prices().tone
    assert prices[Change("tone", "hỏi", "ngã")] < tone < prices[Change("tone", "nặng", "ngã")]
    assert prices[Change("onset", "l", "s")] < Prices().letter
    assert prices[Change("mark", "đ", "d")] > Prices().mark - 1


def test_a_kind_with_many_mistakes_does_not_outweigh_another() -> None:
    few = {**RIGHT, ("nghĩ", "nghỉ"): 2}
    many = {pair: 1000 * count for pair, count in few.items()}
    twice, mixed = learned(few, few), learned(few, many)
    change = Change("tone", "hỏi", "ngã")
    assert mixed[change] == pytest.approx(twice[change], abs=0.5)


def test_what_was_seen_once_is_not_worth_a_row() -> None:
    assert Change("onset", "l", "s") not in learned({**RIGHT, ("sàm", "làm"): 1, ("dân", "dấn"): 9})
