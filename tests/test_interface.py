"""The Python interface: what the command does, called from programs."""

from __future__ import annotations

import io
import multiprocessing
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from command import VNCLEAN
from hypothesis import example, given, settings
from hypothesis import strategies as st
from own_sentences import DAMAGES, SOUND, damaged
from test_cleaner import same

import vnclean
from vnclean.cleaner import shared_cleaner
from vnclean.documents.text import TextReader
from vnclean.edits import apply
from vnclean.formats.kinds import Kind, Reading
from vnclean.pipeline import clean_blocks

FEWER = settings(max_examples=40)
NOISY = [
    damaged(line, damage, 0.3, seed)
    for seed, (line, damage) in enumerate(zip(SOUND * 2, list(DAMAGES.values()) * 9, strict=False))
]

line_texts = st.sampled_from([*NOISY, *SOUND, "", " ", "chng", "khoa h-", "Trang chủ | Liên hệ"])
ends = st.sampled_from(["\n", "\n", "\r\n"])
texts = st.builds(
    lambda pairs, last: "".join(line + end for line, end in pairs) + last,
    st.lists(st.tuples(line_texts, ends), max_size=6),
    line_texts,
)


def as_the_command(text: str, config: vnclean.Config = vnclean.Config()) -> str:
    """What ``vnclean clean`` makes of a file, by what it calls for that."""
    splitter = Reading(across_lines=config.across_lines).splitter(Kind())
    reader = TextReader(io.BytesIO(text.encode()), splitter=splitter)
    return "".join(cleaned.text() for cleaned in clean_blocks(reader, shared_cleaner(config)))


def lines_of(text: str) -> list[str]:
    """With their ends, as a file that is read without touching them gives them."""
    return list(io.StringIO(text, newline="\n"))


def test_the_command_itself_says_the_same(tmp_path: Path) -> None:
    text = "\r\n".join(NOISY) + "\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8", newline="")
    done = subprocess.run([VNCLEAN, "clean", tmp_path / "a.txt"], capture_output=True, check=True)
    expected = done.stdout.decode()
    assert vnclean.clean(text) == "".join(vnclean.clean_lines(lines_of(text))) == expected != text


@FEWER
@given(texts)
@example("chng\r\nchng")
def test_a_text_is_what_the_command_makes_of_it(text: str) -> None:
    result = vnclean.Cleaner().clean(text)
    assert vnclean.clean(text) == result.text == as_the_command(text)
    assert apply(text, result.edits) == result.text


@FEWER
@given(texts)
def test_line_ends_are_looked_at_if_asked_for(text: str) -> None:
    config = vnclean.Config(join_lines=True, drop_boilerplate=True)
    assert vnclean.clean(text, config) == as_the_command(text, config)


def test_a_line_longer_than_any_piece() -> None:
    text = " ".join(NOISY * 40)
    assert len(text) > 1 << 16
    assert vnclean.clean(text) == as_the_command(text) == next(vnclean.clean_lines([text]))


@FEWER
@given(texts, st.integers(1, 7))
def test_lines_as_they_come_are_what_the_command_makes_of_them(text: str, ahead: int) -> None:
    lines = lines_of(text)
    results = list(vnclean.Cleaner().clean_lines(lines, ahead=ahead))
    assert [apply(line, result.edits) for line, result in zip(lines, results, strict=True)] == [
        result.text for result in results
    ]
    assert "".join(result.text for result in results) == as_the_command(text)


@FEWER
@given(texts, st.integers(1, 7))
def test_lines_may_have_lost_their_ends(text: str, ahead: int) -> None:
    bare = [line.rstrip("\n") for line in lines_of(text)]
    made = list(vnclean.clean_lines(bare, ahead=ahead))
    assert "\n".join(made) == as_the_command(text).removesuffix("\n")
    assert len(made) == len(bare)


def test_a_line_knows_what_its_document_has_said_and_a_text_of_its_own_does_not() -> None:
    said, asked = "Nấm men bia lên men.\n", "Nắm men chết khi quá nóng."
    [_, line] = vnclean.clean_lines([said, asked], ahead=1)
    assert line == vnclean.clean(said + asked).split("\n")[1] == "Nấm men chết khi quá nóng."
    assert vnclean.clean_all([said, asked]) == [said, asked] != [said, line]


def endless() -> Iterator[str]:
    return (f"{NOISY[number % len(NOISY)]}\n" for number in count())


@pytest.mark.parametrize("ahead", [1, 5])
def test_no_more_lines_are_asked_for_than_it_says(ahead: int) -> None:
    asked: list[str] = []
    lines = vnclean.clean_lines((asked.append(line) or line for line in endless()), ahead=ahead)
    for number, _ in enumerate(islice(lines, 20)):
        assert len(asked) == (number // ahead + 1) * ahead


def test_without_a_limit_a_stream_still_goes_on() -> None:
    assert next(vnclean.clean_lines(endless())).rstrip("\n") == vnclean.clean(NOISY[0])


@FEWER
@given(st.lists(texts, max_size=5))
def test_texts_together_are_as_one_by_one(some: list[str]) -> None:
    cleaner = vnclean.Cleaner()
    together, alone = cleaner.clean_all(some), [cleaner.clean(text) for text in some]
    assert [one.text for one in together] == [one.text for one in alone]
    assert same([one.edits for one in together], [one.edits for one in alone])
    assert vnclean.clean_all(some) == [as_the_command(text) for text in some]


def test_what_is_missing_stays_missing() -> None:
    assert vnclean.clean_all([None, "phòng chng dch", "", None]) == [
        None,
        "phòng chống dịch",
        "",
        None,
    ]
    assert vnclean.clean_all([]) == []
    assert list(vnclean.clean_lines([])) == []


def test_what_is_no_text_is_refused() -> None:
    wrong: Any
    for wrong in 3.5, b"chng", None:
        with pytest.raises(TypeError, match=r"item 1 is \w+, not str"):
            vnclean.Cleaner().clean_all(["chng", wrong])
        with pytest.raises(TypeError, match=r"item 1 is \w+, not str"):
            list(vnclean.clean_lines(["chng", wrong]))
    with pytest.raises(TypeError, match="item 0 is int, not str"):
        vnclean.clean(wrong := 3)
    with pytest.raises(TypeError, match="expected several texts, not one"):
        vnclean.clean_all("chng dch")
    with pytest.raises(TypeError, match="expected several lines, not one"):
        list(vnclean.clean_lines("chng dch"))


def test_settings_that_make_no_sense_are_refused_at_once() -> None:
    with pytest.raises(vnclean.UsageError, match="use clean for the settings join_lines"):
        vnclean.clean_lines([], vnclean.Config(join_lines=True))
    with pytest.raises(ValueError, match="ahead is 0"):
        list(vnclean.clean_lines([], ahead=0))


def test_settings_are_obeyed() -> None:
    words = vnclean.UserWords(words=("dch",))
    assert vnclean.clean("phòng chng dch", vnclean.Config(user_words=words)) == "phòng chống dch"
    assert vnclean.clean_all(["hòa"], vnclean.Config(tone_style="new")) == ["hoà"]


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(vnclean.ModelError, match=r"no\.ngrams") as caught:
        vnclean.Cleaner(model=tmp_path / "no.ngrams").clean("chng")
    assert isinstance(caught.value, vnclean.VncleanError)


def test_threads_get_what_one_alone_gets() -> None:
    """Even while the tables that they share are being built: each time in a new cleaner."""
    expected = [vnclean.clean(line) for line in NOISY]
    for _ in range(3):
        fresh = vnclean.Cleaner()
        with ThreadPoolExecutor(8) as pool:
            assert [one.text for one in pool.map(fresh.clean, NOISY)] == expected


def cleaned_in_a_child(answers: Any) -> None:
    answers.put(vnclean.clean("phòng chng dch"))


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is forked there")
def test_a_process_may_be_forked_while_a_thread_cleans() -> None:
    enough = Event()

    def clean() -> None:
        while not enough.is_set():
            vnclean.clean_all(NOISY)

    thread = Thread(target=clean)
    thread.start()
    context = multiprocessing.get_context("fork")
    try:
        for _ in range(5):
            answers = context.Queue()
            child = context.Process(target=cleaned_in_a_child, args=(answers,))
            child.start()
            assert answers.get(timeout=60) == "phòng chống dịch"
            child.join()
    finally:
        enough.set()
        thread.join()


def test_a_cleaner_is_pickled_as_its_settings() -> None:
    config = vnclean.Config(min_confidence=0.9)
    packed = pickle.dumps(vnclean.Cleaner(config))
    assert len(packed) < 1000
    assert pickle.loads(packed) is pickle.loads(packed) is shared_cleaner(config)
    result = vnclean.Cleaner(config).clean("phòng chng dch")
    assert pickle.loads(pickle.dumps(result)) == result


def python(program: str) -> str:
    """What a program prints in an interpreter of its own."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    return done.stdout.decode()


def test_nothing_is_imported_before_it_is_used() -> None:
    program = "import sys; had = set(sys.modules); import vnclean; print(set(sys.modules) - had)"
    assert python(program).strip() == "{'vnclean'}"
    assert python("import sys, vnclean; vnclean.Config; print('numpy' in sys.modules)") == "False\n"


def test_every_name_is_there() -> None:
    names = python("from vnclean import *; print(sorted(name for name in dir()))")
    assert [name for name in vnclean.__all__ if repr(name) not in names] == []
    assert sorted(vnclean.__all__) == vnclean.__all__
    assert set(vnclean.__all__) <= set(dir(vnclean))
    with pytest.raises(AttributeError, match="module 'vnclean' has no attribute 'cleen'"):
        print(vnclean.cleen)  # type: ignore[attr-defined]


PROGRAM = """
from collections.abc import Iterator

import vnclean
from vnclean import Cleaner, Config, Edit, Result, UserWords

config = Config(min_confidence=0.9, user_words=UserWords(words=("kim",)))
text: str = vnclean.clean("kim tra", config)
texts: list[str] = vnclean.clean_all(["kim tra"])
some: list[str | None] = vnclean.clean_all(["kim tra", None])
lines: Iterator[str] = vnclean.clean_lines(open("a.txt"), ahead=1)
result: Result = Cleaner(config).clean("kim tra")
edits: list[Edit] = result.edits
chances: list[float] = [edit.confidence for edit in edits if edit.applied]
results: list[Result] = Cleaner().clean_all(["kim tra"])
version: str = vnclean.__version__
try:
    made = list(vnclean.clean_batches([], ["title", "text"], edits="edits"))
except (vnclean.UsageError, vnclean.ModelError) as error:
    print(str(error), isinstance(error, vnclean.VncleanError))
"""
#: Lines that a type checker must complain of.
MISTAKES = """
import vnclean

vnclean.cleen("kim tra")
vnclean.clean(3)
vnclean.clean("kim tra").edits
vnclean.Cleaner("kim tra")
vnclean.Config(tone_style="modern")
vnclean.clean_all([b"kim tra"])
"""


def test_type_checkers_know_the_interface(tmp_path: Path) -> None:
    (tmp_path / "right.py").write_text(PROGRAM, "utf-8")
    (tmp_path / "wrong.py").write_text(MISTAKES, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    complaints = {tuple(line.split(":")[:2]) for line in done.stdout.splitlines()}
    wrong = range(4, MISTAKES.count("\n") + 1)
    assert complaints == {("wrong.py", str(line)) for line in wrong}, done.stdout + done.stderr
