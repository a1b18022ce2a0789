"""``vnclean help``, and what every ``--help`` must be like."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from command import VNCLEAN
from pseudo_terminal import PseudoTerminal

from vnclean.cli.main import COMMANDS
from vnclean.cli.parsers import all_parsers
from vnclean.config import SURE_IN_A_RUN, SURE_OF_A_SLIP
from vnclean.documents.encoding import ENCODING_NAMES
from vnclean.formats.kinds import FORMATS, PACKINGS
from vnclean.kinds import KINDS
from vnclean.language import LANGUAGES, VARIABLE
from vnclean.topics import text, topics

FOLDER = Path(__file__).parents[1] / "vnclean" / "help"
FILES = sorted(FOLDER.glob("*/*.txt"))


def shown(*args: str, **environment: str) -> str:
    done = subprocess.run(
        [VNCLEAN, *args],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def test_all_topics_and_commands_are_listed() -> None:
    listed = shown("help")
    for topic in topics():
        title = text(topic).partition("\n")[0]
        assert re.search(rf"^  {topic} +{re.escape(title)}$", listed, re.M)
    assert ", ".join(COMMANDS) in listed


@pytest.mark.parametrize("name", all_parsers())
def test_help_for_a_command_is_what_it_says_of_itself(name: str) -> None:
    said = shown(*name.split(), "--help")
    assert shown("help", *name.split()) == said
    assert said.startswith(f"Usage: vnclean {name} ")
    assert max(map(len, said.splitlines())) <= 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_there_in_every_language(language: str) -> None:
    assert sorted(file.stem for file in (FOLDER / language).glob("*")) == topics()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_is_shown_in_the_language_chosen(language: str) -> None:
    plain = (FOLDER / language / "kinds.txt").read_text("utf-8")
    assert shown("help", "kinds", "--lang", language) == plain
    assert plain.partition("\n")[0] in shown("help", **{VARIABLE: language})


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_form(file: Path) -> None:
    lines = file.read_text("utf-8").split("\n")
    assert max(map(len, lines)) <= 80
    assert lines[0] and not lines[0].endswith(".") and lines[1] == ""
    assert lines[-1] == "" and lines[-2]
    for line in lines:
        assert line == line.rstrip()
        assert not line.startswith(" ") or line.startswith("    ")


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_commands_and_options_in_it_exist(file: Path) -> None:
    """An option is one of some command; in a line with a command, of that."""
    plain = file.read_text("utf-8")
    everywhere = {option for of in all_parsers().values() for option in of._option_string_actions}
    for option in re.findall(r"(?<![\w-])--[a-z][\w-]+", plain):
        assert option in everywhere
    for name, rest in re.findall(r"^ .*?\bvnclean ([a-z]+(?: [a-z]+)?)(.*)$", plain, re.M):
        known = all_parsers()
        own = (known.get(name) or known[name.partition(" ")[0]])._option_string_actions
        for option in re.findall(r"(?<![\w-])--?[a-z][\w-]*", rest.partition("|")[0]):
            assert option in own or "&&" in rest


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing(language: str) -> None:
    def topic(name: str) -> str:
        return (FOLDER / language / f"{name}.txt").read_text("utf-8")

    assert re.findall(r"^    ([\w-]+)  +\S", topic("kinds"), re.M) == list(KINDS)
    listed = re.findall(r"^    ([\w-]+ [\w -]+)$", topic("encodings"), re.M)
    assert sorted(" ".join(listed).split()) == sorted(ENCODING_NAMES)
    assert re.findall(r"(?<= )\.\w+", topic("formats")) == list(FORMATS)
    assert all(packing in topic("archives") for packing in PACKINGS)
    for share in SURE_OF_A_SLIP, SURE_IN_A_RUN:
        assert f" {share:g}" in topic("confidence")


def test_what_nobody_knows_is_named() -> None:
    for names, said in (
        (["confidance"], "confidance: no such topic or command, did you mean confidence?"),
        (["frobnicate"], "frobnicate: no such topic or command"),
        (["kinds", "tone"], "kinds tone: no such topic or command, did you mean kinds?"),
    ):
        done = subprocess.run([VNCLEAN, "help", *names], capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"vnclean: {said}; vnclean help lists all\n"


@pytest.mark.parametrize(("rows", "paged"), [(20, True), (60, False)])
def test_the_pager_shows_what_is_longer_than_the_screen(
    tmp_path: Path, rows: int, paged: bool
) -> None:
    pager = "sed s/^/paged:/"
    with PseudoTerminal(tmp_path, "help", "kinds", size=(80, rows), PAGER=pager) as terminal:
        assert terminal.ended() == 0
    assert ("paged:What can be wrong with a word" in terminal.output) == paged
    assert "broken-word" in terminal.output
