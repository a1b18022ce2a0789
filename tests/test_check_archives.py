"""``vnclean check`` of archives and packed files: what ``clean`` would do to them, and no more."""

from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Callable
from itertools import starmap
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import warc_files
from archive_files import BINARY, PACK, make_tar, make_zip, member
from command import DAMAGED, VNCLEAN
from test_archives_parquet import make as make_parquet
from test_findings import sarif_run

RECORDS = '{"id": 1, "text": "Phòng chng dịch."}\n'.encode()
MEMBERS = (
    ("b.txt", DAMAGED),
    ("sub/c.jsonl", RECORDS),
    ("b.txt.gz", gzip.compress(DAMAGED)),
    ("picture.png", BINARY),
    ("in.zip", make_zip(("d.txt", DAMAGED + DAMAGED))),
    ("sound.txt", b"mot hai\n"),
)
#: Every kind of file that is packed or holds others.
FILES: dict[str, Callable[[], bytes]] = {
    **{f"a.txt.{end}": lambda pack=pack: pack(DAMAGED) for end, pack in PACK.items()},
    "a.jsonl.gz": lambda: gzip.compress(RECORDS),
    "a.zip": lambda: make_zip(*MEMBERS),
    "a.tar": lambda: make_tar(*starmap(member, MEMBERS)),
    "a.tar.xz": lambda: PACK["xz"](make_tar(*starmap(member, MEMBERS))),
    "a.warc": lambda: warc_files.make(("response", b"<p>" + DAMAGED)),
    "a.warc.gz": lambda: warc_files.make(("response", b"<p>" + DAMAGED), packed=True),
    "a.parquet": lambda: make_parquet(pa.table({"text": ["sound", DAMAGED.decode(), None]})),
}


def check(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, output and messages."""
    command = [VNCLEAN, "check", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=120)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all kinds of files, and the report of what ``clean`` makes of them."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "in").mkdir()
    for name, made in FILES.items():
        (folder / "in" / name).write_bytes(made())
    command = [VNCLEAN, "clean", "-o", "out", "--report", "r.jsonl", "--quiet", "-j1", "in"]
    subprocess.run(command, cwd=folder, check=True, timeout=120)
    return folder


def edits(lines: str) -> list[dict[str, Any]]:
    told = map(json.loads, lines.splitlines())
    return [line for line in told if line["kind"] not in ("report", "file", "encoding")]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_it_finds_what_clean_repairs(files: Path, jobs: str) -> None:
    before = {path: path.read_bytes() for path in (files / "in").iterdir()}
    code, told, said = check(files, "--format", "json", "-j", jobs, "in")
    assert (code, said) == (1, "")
    assert edits(told) == edits((files / "r.jsonl").read_text("utf-8"))
    found = {line["path"].removeprefix("in/").partition("!")[0] for line in edits(told)}
    assert found == FILES.keys()
    assert {path: path.read_bytes() for path in (files / "in").iterdir()} == before


def test_members_and_fields_are_named(files: Path) -> None:
    code, told, _ = check(files, "in/a.zip", "in/a.parquet")
    places = [line.split(" → ")[0] for line in told.splitlines()]
    assert places == [
        "in/a.zip!b.txt:1:7: chng",
        "in/a.zip!sub/c.jsonl:1:26: text: chng",
        "in/a.zip!b.txt.gz:1:7: chng",
        "in/a.zip!in.zip!d.txt:1:7: chng",
        "in/a.zip!in.zip!d.txt:2:7: chng",
        "in/a.parquet:2:7: text: chng",
    ]
    assert code == 1


def test_github_is_told_of_them(files: Path) -> None:
    _, told, _ = check(files, "--format", "github", "in/a.tar", "in/a.parquet")
    records = [line for line in told.splitlines() if "file=in/a.tar!sub/c.jsonl,line=1," in line]
    assert ["::text: chng → chống" in line for line in records] == [True]
    assert told.startswith("::warning file=in/a.tar!b.txt,line=1,endLine=1,col=7,endColumn=10,")
    assert "file=in/a.parquet,line=2," in told
    assert "::text: chng → chống" in told


def test_sarif_has_no_fixes_where_nobody_could_make_them(files: Path) -> None:
    (files / "plain.txt").write_bytes(DAMAGED)
    names = "plain.txt", "in/a.zip", "in/a.txt.gz", "in/a.parquet"
    _, told, _ = check(files, "--format", "sarif", *names)
    results = sarif_run(told.encode())["results"]
    found = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]: result
        for result in results
    }
    assert [uri for uri, result in found.items() if "fixes" in result] == ["plain.txt"]
    cell, field = found["in/a.parquet"], found["in/a.zip!sub/c.jsonl"]
    assert (cell["properties"]["record"], cell["properties"]["field"]) == (2, "text")
    assert "charOffset" not in cell["locations"][0]["physicalLocation"]["region"]
    assert (field["properties"]["field"], "record" in field["properties"]) == ("text", False)
    assert field["message"]["text"].startswith("text: “chng”")
    assert field["locations"][0]["physicalLocation"]["region"]["charOffset"] == 25


def test_a_corrupt_member_is_named_and_the_rest_is_done(tmp_path: Path) -> None:
    data = make_zip(("bad.txt", DAMAGED * 9), ("good.txt", DAMAGED))
    at = data.index(b"bad.txt") + len("bad.txt") + 3
    (tmp_path / "a.zip").write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
    (tmp_path / "b.zip").write_bytes(data[:-30])
    (tmp_path / "c.txt").write_bytes(DAMAGED)
    code, told, said = check(tmp_path, "--format", "sarif", "-j", "2", ".")
    assert code == 3
    run = sarif_run(told.encode())
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run["results"]
    ]
    assert uris == ["a.zip!good.txt", "c.txt"]
    [invocation] = run["invocations"]
    messages = [one["message"]["text"] for one in invocation["toolExecutionNotifications"]]
    assert [message.split(": ")[0] for message in messages] == ["./a.zip!bad.txt", "./b.zip"]
    assert said == "".join(f"vnclean: {message}\n" for message in messages)


def test_what_is_packed_is_no_text_for_a_patch(files: Path) -> None:
    code, told, said = check(files, "--diff", "in/a.zip", "in/a.txt.gz")
    assert (code, told) == (3, "")
    assert said == (
        "vnclean: in/a.zip: is an archive, which no patch can change; leave out --diff\n"
        "vnclean: in/a.txt.gz: is packed, which no patch can change; leave out --diff\n"
    )


def test_in_a_folder_diffs_leave_it_out(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(make_zip(("b.txt", DAMAGED)))
    (tmp_path / "c.txt").write_bytes(DAMAGED)
    code, told, said = check(tmp_path, "--diff", "-j", "1", "../" + tmp_path.name)
    assert (code, said.count("\n")) == (1, 1)
    assert [line for line in told.splitlines() if line.startswith("---")] == [
        f"--- ../{tmp_path.name}/c.txt"
    ]


def test_no_member_gives_orders_to_a_terminal(tmp_path: Path) -> None:
    name = "\x1b[2J\n::error::\u202e.txt"
    (tmp_path / "a.zip").write_bytes(make_zip((name, DAMAGED)))
    for options in (), ("--format", "github"):
        _, told, _ = check(tmp_path, *options, "a.zip")
        assert told.count("\n") == 1
    assert check(tmp_path, "a.zip")[1].startswith("a.zip!␛[2J⏎::error::⟨202E⟩.txt:1:7: chng")


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b" \n" * (33 << 20)))
    code, told, said = check(tmp_path, "a.txt.gz")
    assert (code, told, "raise --expansion" in said) == (3, "", True)
