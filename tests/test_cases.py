"""Cases from ``tests/cases``: what must be repaired, what must stay, what is not possible yet."""

from __future__ import annotations

import pytest
from case_files import cases, embedded

from vnclean.cleaner import Cleaner
from vnclean.edits import apply, invert


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner()


@pytest.mark.parametrize("case", cases("in_the_wild"))
def test_in_the_wild(cleaner: Cleaner, case: dict[str, str]) -> None:
    result = cleaner.clean(case["text"])
    assert result.text == case["expected"]
    assert apply(result.text, invert(result.edits)) == case["text"]


@pytest.mark.parametrize("case", cases("in_the_wild"))
def test_what_was_repaired_stays(cleaner: Cleaner, case: dict[str, str]) -> None:
    assert cleaner.clean(case["expected"]).text == case["expected"]


@pytest.mark.parametrize("case", cases("negative"))
def test_negative(cleaner: Cleaner, case: dict[str, str]) -> None:
    for text in (case["text"], embedded(case["text"])):
        assert cleaner.clean(text).text == text


def test_negative_cases_are_many() -> None:
    assert len(cases("negative")) >= 200


def test_wild_cases_are_many() -> None:
    assert len(cases("in_the_wild")) >= 150


@pytest.mark.xfail(reason="not possible yet", raises=AssertionError, strict=True)
@pytest.mark.parametrize("case", cases("known_failures"))
def test_known_failures(cleaner: Cleaner, case: dict[str, str]) -> None:
    assert cleaner.clean(case["text"]).text == case["expected"]


@pytest.mark.parametrize("name", ["in_the_wild", "negative", "known_failures"])
def test_cases_are_complete(name: str) -> None:
    fields = {"text", "kind", "seen"} | (set() if name == "negative" else {"expected"})
    found = [parameter.values[0] for parameter in cases(name)]
    assert [case for case in found if set(case) != fields or not case["seen"]] == []
    texts = [case["text"] for case in found]
    assert len(set(texts)) == len(texts)
    if name == "in_the_wild":
        assert [case for case in found if case["expected"] == case["text"]] == []
