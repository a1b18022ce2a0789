"""How words of other languages are spelt."""

from __future__ import annotations

from math import exp

import pytest

from vnclean.spelling.letters import LetterModel
from vnclean.spelling.training.letters import letter_rows
from vnclean.wordlists import read_table

MODEL = LetterModel.load()


@pytest.mark.parametrize("word", ["guaido", "reuters", "kyung", "mike", "moscow", "karaoke"])
def test_what_is_spelt_like_a_foreign_word_is_cheaper(word: str) -> None:
    damaged = ("nhnững", "đãã", "plháp", "cchiều", "hiẹn", "luạt", "mộy", "trưởngv")
    assert all(MODEL.price(word) < MODEL.price(other) for other in damaged)


def test_learned_prices_are_those_of_chances() -> None:
    words = ["kong", "kongo", "bong", "bonn", "nok"]
    model = LetterModel(letter_rows(words))
    total = sum(exp(-model.price(word)) for word in words)
    assert 0 < total < 1
    assert model.price("bongo") < model.price("gobon") < model.price("xyz")


def test_the_table_is_what_its_words_make_it() -> None:
    words = [word for word, _, case in read_table("foreign.tsv") if case != "upper"]
    assert letter_rows(words) == list(read_table("letters.tsv"))


def test_a_letter_that_no_word_has_has_a_price() -> None:
    assert MODEL.price("ꪹ") > MODEL.price("a")
    assert LetterModel(()).price("ab") == 3 * LetterModel(()).price("")
