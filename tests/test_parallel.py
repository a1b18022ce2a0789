"""Workers do what one process does, in the same order, whatever comes when."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_rule import WordRule

from vnclean.cleaner import Cleaner
from vnclean.config import Config
from vnclean.documents.lines import Block, LineSplitter
from vnclean.edits import Edit
from vnclean.errors import InputError, ModelError, WorkerError
from vnclean.markers import Span
from vnclean.parallel import Workers
from vnclean.pipeline import CleanedBlock, clean_blocks


class Given:
    """Inputs that are ready or not, in turns; nobody may ask for what is not, but at the end."""

    def __init__(self, items: Sequence[Block | str], turns: Sequence[bool] = (True,)) -> None:
        self._items = iter(items)
        self._turns = turns
        self._asked = 0

    def __next__(self) -> Block | str:
        return next(self._items)

    def ready(self) -> bool:
        self._asked += 1
        return self._turns[self._asked % len(self._turns)]

    def fileno(self) -> int | None:
        return None


class Breaks:
    """A repairer that some lines are too much for."""

    def edits(
        self,
        lines: Sequence[str],
        before: Sequence[str] = (),
        begins: Sequence[int] = (),
        off: Sequence[Span] = (),
    ) -> list[list[Edit]]:
        if "die" in lines:
            os._exit(7)
        if "refuse" in lines:
            raise InputError("refuse")
        if "raise" in lines:
            raise LookupError(lines)
        if "raise what cannot be sent" in lines:
            raise LookupError(lambda: None)
        return WordRule().edits(lines)

    def with_config(self, config: Config) -> Breaks:
        """It breaks on the same lines whatever is set."""
        return self


def blocks(*texts: str) -> list[Block]:
    splitter = LineSplitter()
    return [splitter.feed(text) for text in texts]


@pytest.fixture(scope="module", params=[1, 2, 3])
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    with Workers(WordRule(), request.param) as some:
        yield some


words = st.lists(st.sampled_from(["chng", "dịch", "đế", "  ", "\n", "\r\n", "axxb", "\udc80", ""]))
texts = words.map(" ".join)
marks = st.sampled_from(["<a>", "<b>"])
items = st.lists(st.one_of(texts, marks), max_size=30).map(
    lambda some: [item if item in ("<a>", "<b>") else blocks(item + "\n")[0] for item in some]
)


@settings(deadline=None)
@given(items=items, turns=st.lists(st.booleans(), min_size=1, max_size=5))
def test_the_order_is_kept_and_nothing_is_lost(
    workers: Workers, items: list[Block | str], turns: list[bool]
) -> None:
    assert list(workers.clean_blocks(Given(items, turns))) == list(clean_blocks(items, WordRule()))


def test_a_large_block_comes_through(workers: Workers) -> None:
    large = blocks("chng đế  a xx\n" * 20_000, "chng " * 50_000)
    assert list(workers.clean_blocks(Given(large))) == list(clean_blocks(large, WordRule()))


def test_what_the_cleaner_raises_comes_in_its_place() -> None:
    with Workers(Breaks(), 2) as some:
        found = some.clean_blocks(Given(blocks("chng\n", "raise\n", "chng\n")))
        first = next(found)
        assert isinstance(first, CleanedBlock) and first.text() == "chống\n"
        with pytest.raises(LookupError, match="raise"):
            next(found)


def test_what_is_wrong_with_a_document_may_be_told_in_its_place() -> None:
    given = blocks("chng\n", "refuse\n", "chng\n")
    with Workers(Breaks(), 2) as some:
        shared = list(some.clean_blocks(Given(given), str))
    alone = list(clean_blocks(given, Breaks(), str))
    for found in shared, alone:
        told = [one if isinstance(one, str) else one.text() for one in found]
        assert told == ["chống\n", "refuse", "chống\n"]


def test_an_error_that_cannot_be_sent_is_told_all_the_same() -> None:
    with Workers(Breaks(), 1) as some, pytest.raises(RuntimeError, match="LookupError"):
        list(some.clean_blocks(Given(blocks("raise what cannot be sent\n"))))


def test_a_worker_that_dies_is_an_error() -> None:
    with Workers(Breaks(), 2) as some, pytest.raises(WorkerError, match=r"ended \(7\)"):
        list(some.clean_blocks(Given(blocks("chng\n", "die\n"))))


def test_the_model_is_opened_by_the_workers(tmp_path: Path) -> None:
    cleaner = Cleaner(model=tmp_path / "no.ngrams")
    with Workers(cleaner, 1) as some, pytest.raises(ModelError, match=r"no\.ngrams"):
        list(some.clean_blocks(Given(blocks("chng\n"))))
