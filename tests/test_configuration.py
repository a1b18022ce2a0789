"""Configuration files: found, checked, and obeyed for each document."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command import VNCLEAN
from hypothesis import given
from hypothesis import strategies as st

from vnclean.settings.file import ConfigurationError
from vnclean.settings.lines import KeyLines
from vnclean.settings.resolver import Entry, Resolver
from vnclean.settings.types import shown

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

WRONG = Path(__file__).with_name("cases") / "wrong_configuration.toml"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without a configuration file."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def wrong_cases() -> list[Any]:
    cases = tomllib.loads(WRONG.read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["name"]) for case in cases]


@pytest.mark.parametrize("case", wrong_cases())
def test_a_mistake_is_named_by_file_line_and_key_with_its_remedy(
    case: dict[str, Any], here: Path
) -> None:
    data = bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode()
    (here / "a.jsonl").touch()
    (here / case.get("file", "vnclean.toml")).write_bytes(data)
    with pytest.raises(ConfigurationError) as caught:
        Resolver({}).of("texts/a.txt")
    assert str(caught.value).split("\n") == case["told"]


def test_the_nearest_file_upwards_counts_and_it_alone(here: Path) -> None:
    put(
        here,
        {
            "vnclean.toml": "min-confidence = 0.1\njoin-lines = true",
            "in/pyproject.toml": "[project]\nname = 'vnclean-texts'",
            "in/own/vnclean.toml": "min-confidence = 0.2",
            "in/own/pyproject.toml": "[tool.vnclean]\nmin-confidence = 0.3",
            "in/other/pyproject.toml": "[tool.vnclean]\nmin-confidence = 0.4",
        },
    )
    resolver = Resolver({})
    found = {
        path: resolver.of(path).config.min_confidence
        for path in ("-", "a.txt", "in/b.txt", "in/own/c.txt", "in/own/x/y/d.txt", "in/other/e.txt")
    }
    assert list(found.values()) == [0.1, 0.1, 0.1, 0.2, 0.2, 0.4]
    assert not resolver.of("in/own/c.txt").config.join_lines
    assert resolver.of(str(here / "in/own/c.txt")).config.min_confidence == 0.2


def test_a_table_without_keys_is_a_configuration_too(here: Path) -> None:
    put(
        here,
        {"vnclean.toml": "min-confidence = 0.1", "in/pyproject.toml": "[tool.vnclean]\n"},
    )
    assert Resolver({}).of("in/a.txt").config.min_confidence is None


def test_a_mark_of_windows_at_the_beginning_is_no_matter(here: Path) -> None:
    (here / "vnclean.toml").write_bytes(b"\xef\xbb\xbfmin-confidence = 0.1\r\njobs = 2\r\n")
    values = Resolver({}).values("a.txt")
    assert [str(values[name].sources[0]) for name in ("min-confidence", "jobs")] == [
        "vnclean.toml:1",
        "vnclean.toml:2",
    ]


def test_the_command_line_goes_before_overrides_and_they_before_the_file(here: Path) -> None:
    put(
        here,
        {
            "vnclean.toml": """
                min-confidence = 0.1
                tone-style = "old"
                words = ["An"]
                leave = ["tone"]
                [corrections]
                "vn" = "Việt Nam"
                "hn" = "Hà Nội"
                [[overrides]]
                files = ["ocr/**", "*.md"]
                min-confidence = 0.2
                words = ["Bình"]
                leave = []
                [[overrides]]
                files = ["/ocr/b.md"]
                min-confidence = 0.3
                words = ["vn"]
            """
        },
    )
    resolver = Resolver({"tone-style": Entry("new", ())})
    found = {path: resolver.of(path).config for path in ("a.txt", "ocr/a.txt", "ocr/b.md")}
    assert [config.min_confidence for config in found.values()] == [0.1, 0.2, 0.3]
    assert {config.tone_style for config in found.values()} == {"new"}
    assert [config.leave for config in found.values()] == [("tone",), (), ()]
    words = [config.user_words.words for config in found.values()]
    assert words == [("An",), ("An", "Bình"), ("An", "Bình", "vn")]
    both = (("hn", "Hà Nội"), ("vn", "Việt Nam"))
    corrections = [config.user_words.corrections for config in found.values()]
    assert corrections == [both, both, both[:1]]
    assert resolver.of("x/c.md").config.min_confidence == 0.2
    assert resolver.of("x/ocr/c.txt").config.min_confidence == 0.1


def test_names_of_files_count_from_the_folder_of_the_configuration(here: Path) -> None:
    decision = {"decision": "never", "scope": "word", "before": "chng"}
    put(
        here,
        {
            "in/vnclean.toml": 'decisions = ["d.jsonl"]\nreport = "r.jsonl"',
            "in/d.jsonl": json.dumps(decision) + "\n",
        },
    )
    resolver = Resolver({})
    assert resolver.of("in/deep/a.txt").config.user_words.words == ("chng",)
    assert resolver.of_run(["in/deep", "in"])["report"].value == "in/r.jsonl"
    assert resolver.of_run(["in", "a.txt"])["report"].value is None


def test_only_the_named_file_is_read_and_its_patterns_count_from_here(here: Path) -> None:
    text = 'min-confidence = 0.5\n[[overrides]]\nfiles = ["/ocr/"]\nmin-confidence = 0.6'
    put(here, {"vnclean.toml": "nonsense", "set/own.toml": text})
    resolver = Resolver({}, "set/own.toml")
    found = [resolver.of(path).config.min_confidence for path in ("a.txt", "ocr/a.txt")]
    assert found == [0.5, 0.6]


@pytest.mark.parametrize("name", ["vnclean.toml", "named.toml"])
def test_a_folder_is_no_configuration(here: Path, name: str) -> None:
    (here / name).mkdir()
    with pytest.raises(ConfigurationError, match=f"^{name}: is a directory; only a file"):
        Resolver({}, None if name == "vnclean.toml" else name).of("a.txt")


def test_a_named_file_must_be_there_and_have_the_table(here: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"^no\.toml: no such file"):
        Resolver({}, "no.toml")
    put(here, {"pyproject.toml": "[project]"})
    with pytest.raises(ConfigurationError, match=r"has no table \[tool\.vnclean\]; add it$"):
        Resolver({}, "pyproject.toml")


def test_nothing_is_read_if_isolated(here: Path) -> None:
    put(here, {"vnclean.toml": "nonsense"})
    assert Resolver({}, isolated=True).of("a.txt").config.min_confidence is None


NAMES = st.sampled_from(["a", "b c", '"', "é", "d.e", "["])
VALUES = st.recursive(
    st.integers() | st.text(max_size=3) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(st.tuples(st.integers(0, 2), NAMES, VALUES), unique_by=lambda one: one[1]))
def test_every_key_is_found_in_its_line(written: list[tuple[int, str, Any]]) -> None:
    lines, expected = ["[[x.y]]", "[[x.y]]"], {}
    for blank, name, value in written:
        lines += ["# [no] = table"] * blank
        expected[(name,)] = len(lines) + 1
        if isinstance(value, list):
            lines += [f"{shown(name)} = [ # of several lines"]
            for number, item in enumerate(value):
                expected[name, number] = len(lines) + 1
                lines += [f"{shown(item)},"]
            lines += ["]"]
        else:
            lines += [f"{shown(name)} = {shown(value)}"]
    found = KeyLines("\n".join(lines))
    assert {path: found.of("x", "y", 1, *path) for path in expected} == expected


SENTENCE = "Các đội phòng chng dch bnh; thầy Dch đến.\n"


def run(*args: str, cwd: Path, status: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([VNCLEAN, *args], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == status, done.stderr
    return done


@pytest.fixture
def tree(here: Path) -> Path:
    """Texts in folders that have settings of their own."""
    put(
        here,
        {
            "in/vnclean.toml": """
                corrections = { "đội" = "nhóm" }
                exclude = ["/left/"]
                [[overrides]]
                files = ["*.md"]
                leave = ["lost-letters"]
            """,
            "in/own/vnclean.toml": "min-confidence = 1",
            **{f"in/{name}": SENTENCE for name in ("a.txt", "b.md", "own/c.txt", "left/d.txt")},
        },
    )
    return here


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_file_of_a_run_has_its_own_settings(tree: Path, jobs: str) -> None:
    run("clean", "--quiet", "-j", jobs, "-o", "out", "in", cwd=tree)
    found = (path for path in (tree / "out").glob("**/[!.]*") if path.is_file())
    out = {str(path.relative_to(tree / "out")): path.read_text("utf-8") for path in found}
    out = {name: text for name, text in out.items() if not name.startswith(".vnclean")}
    assert out.keys() == {"a.txt", "b.md", "own/c.txt"}
    assert "nhóm phòng chống dịch bệnh" in out["a.txt"]
    assert "nhóm phòng chng dch bnh" in out["b.md"]
    assert "đội" in out["own/c.txt"]
    paths = ["in/a.txt", "in/b.md", "in/own/c.txt"]
    assert run("clean", "-j", jobs, *paths, cwd=tree).stdout == "".join(
        out[path.removeprefix("in/")] for path in paths
    )


def test_only_files_whose_settings_changed_are_done_anew(tree: Path) -> None:
    run("clean", "--quiet", "-o", "out", "in", cwd=tree)
    again = ("clean", "--resume", "--no-progress", "-o", "out", "in")
    assert "done anew" not in run(*again, cwd=tree).stderr
    config = tree / "in/vnclean.toml"
    config.write_text(config.read_text().replace('leave = ["lost-letters"]', 'words = ["dch"]'))
    before = {name: (tree / "out" / name).stat().st_mtime_ns for name in ("a.txt", "own/c.txt")}
    manifest = tree / "out/.vnclean/manifest.jsonl"
    size = manifest.stat().st_size
    done = run(*again, cwd=tree)
    assert "settings changed since the last run: done anew are 1 of 3 files" in done.stderr
    begun = [
        told["begun"]
        for told in map(json.loads, manifest.read_bytes()[size:].splitlines())
        if "begun" in told
    ]
    assert begun == ["b.md"]
    assert "chống dch" in (tree / "out/b.md").read_text()
    assert before == {name: (tree / "out" / name).stat().st_mtime_ns for name in before}


def test_a_wrong_file_deep_in_a_tree_ends_a_run_before_anything_is_written(tree: Path) -> None:
    put(tree, {"in/own/vnclean.toml": "job = 2"})
    done = run("clean", "-o", "out", "in", cwd=tree, status=2)
    assert done.stderr == "vnclean: in/own/vnclean.toml:1: job: no such key, did you mean jobs?\n"
    assert not (tree / "out").exists()
