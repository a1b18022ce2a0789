"""What ``vnclean check`` shows: each format by its own grammar, diffs by the real ``patch``."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tracemalloc
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from command import DAMAGED, REPAIRED, VNCLEAN, start
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from test_reports import cleaned_blocks, documents

from vnclean.edits import Edit
from vnclean.kinds import KINDS
from vnclean.pipeline import Finding
from vnclean.reports.listing import FORMATS, Listing, listing
from vnclean.reports.origin import Origin

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA)
paths = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12
).filter(lambda path: path != "-" and path.strip("./") != "")


def findings_of(document: str, path: str = "a.txt", size: int = 1 << 20) -> list[Finding]:
    return [found for block in cleaned_blocks(document, size) for found in block.findings(path)]


def shown(how: Listing, found: list[Finding], failed: list[str] = []) -> bytes:  # noqa: B006
    parts = [how.begin(), *map(how.finding, found)]
    parts += [how.failure(path, f"{path}: broken") for path in failed]
    parts.append(how.end(complete=not failed))
    return b"".join(parts)


def sarif_run(data: bytes) -> Any:
    """The one run of a log that is as the schema says."""
    log = json.loads(data.decode("utf-8"))
    assert [f"{list(error.path)}: {error.message}" for error in VALIDATOR.iter_errors(log)] == []
    [run] = log["runs"]
    return run


@given(documents, paths)
def test_sarif_is_as_its_schema_says(document: str, path: str) -> None:
    found = findings_of(document, path)
    run = sarif_run(shown(listing("sarif"), found, failed=[path]))
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result, finding in zip(run["results"], found, strict=True):
        assert result["ruleId"] == finding.edit.kind
        assert "ruleIndex" not in result or rules[result["ruleIndex"]] == finding.edit.kind
        assert result["level"] == ("warning" if finding.edit.applied else "note")
        place = result["locations"][0]["physicalLocation"]
        region, around = place["region"], place["contextRegion"]
        at = region["startColumn"] - around["startColumn"]
        assert around["snippet"]["text"][at:].startswith(region["snippet"]["text"])
        ends = [(one["endLine"], one["endColumn"]) for one in (region, around)]
        assert (around["startLine"], ends) == (region["startLine"], sorted(ends))
    [invocation] = run["invocations"]
    assert not invocation["executionSuccessful"]
    [told] = invocation["toolExecutionNotifications"]
    assert told["message"]["text"].endswith("broken")


@given(documents)
def test_the_fixes_of_sarif_make_the_output(document: str) -> None:
    document = document.replace("\udcff", "?")
    run = sarif_run(shown(listing("sarif"), findings_of(document)))
    lines = document.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    repaired = document
    for result in reversed(run["results"]):
        for fix in result.get("fixes", []):
            [change] = fix["artifactChanges"]
            [replacement] = change["replacements"]
            region = replacement["deletedRegion"]
            begin = starts[region["startLine"] - 1] + region["startColumn"] - 1
            end = starts[region["endLine"] - 1] + region["endColumn"] - 1
            assert (begin, end - begin) == (region["charOffset"], region["charLength"])
            repaired = repaired[:begin] + replacement["insertedContent"]["text"] + repaired[end:]
    assert repaired == "".join(block.text() for block in cleaned_blocks(document))


@given(documents, st.integers(0, 5))
def test_the_fingerprints_of_sarif_stay_when_lines_move(document: str, lines: int) -> None:
    def fingerprints(text: str) -> list[dict[str, str]]:
        run = sarif_run(shown(listing("sarif"), findings_of(text)))
        return [result["partialFingerprints"] for result in run["results"]]

    assert fingerprints("đầu\n" * lines + document) == fingerprints(document)


def test_fingerprints_tell_findings_from_each_other() -> None:
    found = findings_of("phòng chng dịch\nđã chng bệnh\nđế phòng\nđế chống")
    run = sarif_run(shown(listing("sarif"), found))
    assert len({str(result["partialFingerprints"]) for result in run["results"]}) == 4


@pytest.mark.parametrize("path", ["a b/ă%.txt", "./a:b.txt", "/data/a.txt", "../a.txt", "a\udcff"])
def test_the_locations_of_sarif_lead_to_the_file(path: str) -> None:
    run = sarif_run(shown(listing("sarif"), findings_of("chng", path)))
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    place = unquote(location["uri"], errors="surrogateescape").removeprefix("file://")
    assert os.path.normpath(place) == (
        os.path.normpath(path) if "uriBaseId" in location else os.path.realpath(path)
    )
    assert re.fullmatch(r"[A-Za-z0-9._~/%:-]+", location["uri"])


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_kept_of_what_was_shown(name: str) -> None:
    how = listing(name)
    how.begin()
    edit = Edit(0, 4, "chng", "chống", "lost-letters", 0.9, alternatives=(("chung", 0.05),))
    how.finding(Finding("a.txt", 1, 1, edit, "chng"))
    tracemalloc.start()
    for line in range(1, 5_000):
        how.finding(Finding("a.txt", line, 1, edit, f"câu số {line} chng dịch"))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 64 << 10


def github_command(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command, by a strict reading of its grammar."""
    match = re.fullmatch(r"::(error|warning|notice) ([^:\r\n]*)::([^\r\n]*)", line)
    assert match, line
    level, listed, message = match.groups()
    values = dict(pair.split("=", 1) for pair in listed.split(","))
    assert set(values) <= {"file", "line", "endLine", "col", "endColumn", "title"}
    for text in (message, *values.values()):
        assert re.fullmatch(r"([^%]|%(25|0A|0D|3A|2C))*", text), text
    return level, {name: unescaped(value) for name, value in values.items()}, unescaped(message)


def unescaped(text: str) -> str:
    signs = {"%25": "%", "%0A": "\n", "%0D": "\r", "%3A": ":", "%2C": ","}
    return re.sub(r"%[0-9A-F]{2}", lambda match: signs[match[0]], text)


@given(documents, paths)
def test_github_commands_are_as_their_grammar_says(document: str, path: str) -> None:
    found = findings_of(document, path)
    data = shown(listing("github"), found, failed=[path])
    lines = data.decode("utf-8", "surrogateescape").removesuffix("\n").split("\n")
    *commands, (level, values, message) = map(github_command, lines)
    assert (level, values["file"], message) == ("error", path, f"{path}: broken")
    for (level, values, message), finding in zip(commands, found, strict=True):
        edit = finding.edit
        assert level == ("warning" if edit.applied else "notice")
        assert values["file"] == path
        assert int(values["line"]) == finding.line
        assert int(values["endColumn"]) - int(values["col"]) == max(0, len(edit.before) - 1)
        assert values["title"] == f"vnclean: {edit.kind}"
        assert f"({edit.confidence:.2f}" in message


def test_columns_are_left_out_where_lines_are_spanned() -> None:
    edit = Edit(5, 10, "h-\r\nọ", "họ", "broken-word", 1.0)
    [line] = listing("github").finding(Finding("a.txt", 3, 2, edit, "h-")).decode().splitlines()
    assert github_command(line)[1] | {"title": ""} == {
        **{"file": "a.txt", "line": "3", "endLine": "4", "title": ""}
    }


def test_every_kind_is_described() -> None:
    page = (Path(__file__).parents[1] / "docs/reports.md").read_text("utf-8")
    row = next(line for line in page.splitlines() if line.startswith("| `kind` |"))
    named = set(re.findall(r"`([a-z0-9_-]+)`", row)) - {"kind"}
    assert named - set(KINDS) == set()


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_document_came_in_is_shown(name: str) -> None:
    how = listing(name)
    parts = [how.begin(), how.origin(Origin("a.txt", "TCVN3", "UTF-8", 2, 7))]
    data = b"".join([*parts, how.end(complete=True)])
    assert b"TCVN3" in data
    if name == "sarif":
        [result] = sarif_run(data)["results"]
        place = result["locations"][0]["physicalLocation"]
        assert (result["ruleId"], place["region"]) == ("encoding", {"startLine": 7})


NAMES = ["a.txt", "in/a b.txt", "in sub/đ ẵ.txt", 'q"uo\\te.txt', "tab\there.txt"]
TEXTS = [
    DAMAGED * 2,
    b"\xef\xbb\xbf" + DAMAGED.replace(b"\n", b"\r\n") + b"H\xe1\xba\xbft",
    b"mot\n" * 9 + DAMAGED.rstrip() + b"\n\n" + DAMAGED.rstrip(),
    "đầu\r\n".encode() * 9 + DAMAGED + b"\xff\xfe b\xe1\n" + DAMAGED.replace(b"\n", b"\r\n"),
]


def test_patch_makes_of_the_files_what_clean_makes(tmp_path: Path) -> None:
    patch = shutil.which("patch")
    assert patch, "patch is needed to check that diffs can be applied"
    names = [f"{number}{name}" for name in NAMES for number in range(len(TEXTS))]
    for name, text in zip(names, TEXTS * len(NAMES), strict=True):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_bytes(text)
    done = subprocess.run([VNCLEAN, "check", "--diff", *names], cwd=tmp_path, capture_output=True)
    assert done.returncode == 1
    applied = subprocess.run(
        [patch, "-p0", "--batch"], cwd=tmp_path, input=done.stdout, capture_output=True
    )
    assert (applied.returncode, applied.stderr) == (0, b"")
    for name, text in zip(names, TEXTS * len(NAMES), strict=True):
        expected = text.replace(DAMAGED.rstrip(), REPAIRED.rstrip())
        assert (tmp_path / name).read_bytes() == expected, name


def test_an_interrupted_log_can_be_read() -> None:
    with start("check", "--format", "sarif") as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(DAMAGED)
        process.stdin.flush()
        data = b""
        while b'"ruleId"' not in data:
            data += os.read(process.stdout.fileno(), 1 << 16)
        process.send_signal(signal.SIGINT)
        data += process.stdout.read()
        assert process.stderr.read() == b""
    assert process.returncode == 130
    run = sarif_run(data)
    assert len(run["results"]) == 1
    assert run["invocations"] == [{"executionSuccessful": False}]


@pytest.mark.parametrize("options", [[], ["--format=github"], ["--format=sarif"], ["--diff"]])
def test_half_a_character_of_utf_16_is_no_trouble(options: list[str], tmp_path: Path) -> None:
    text = "\ufeffPhòng chng dịch \ud800.\n"
    (tmp_path / "a.txt").write_bytes(text.encode("utf-16-le", "surrogatepass"))
    command = [VNCLEAN, "check", *options, "a.txt"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True)
    assert done.returncode == 1, done.stderr
    assert "chống".encode() in done.stdout


@pytest.mark.parametrize(
    ("terminal", "applied", "shown"),
    [
        ({"TERM": "xterm"}, True, "phòng chngchống dịch"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, True, "phòng [-chng-]{+chống+} dịch"),
        ({"TERM": "dumb"}, True, "phòng [-chng-]{+chống+} dịch"),
        ({"TERM": "dumb"}, False, "phòng chng dịch"),
    ],
)
def test_a_change_can_be_told_from_what_was_there(
    terminal: dict[str, str], applied: bool, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in (terminal | {"FORCE_COLOR": "1"}).items():
        monkeypatch.setenv(name, value)
    edit = Edit(6, 10, "chng", "chống", "lost-letters", 0.9, applied=applied)
    told = listing("text", terminal=True).finding(
        Finding("a.txt", 1, 7, edit, "phòng chng dịch", at=6)
    )
    plain = re.sub(r"\x1b\[[0-9;]*m", "", told.decode())
    assert plain.splitlines()[1].strip() == shown
