"""``vnclean report`` by the installed command, and what it is made of."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from command import VNCLEAN, run
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from report_samples import data_in, data_of, entry, lines_of, made_report, policy_of
from test_reports import cleaned_blocks, documents, report_of

from vnclean.reports.originals import Piece, pieces_of
from vnclean.reports.overview import BINS, Overview
from vnclean.reports.page import Shown, write_page
from vnclean.reports.reading import BadLines, Entry, NoEntry, parse, read_report
from vnclean.reports.rows import LONGEST, Row, rows_of

_TEXT = (
    "Phòng chng dịch bệnh trong mùa khô.\n"
    "\n"
    "Bà con nông dân yên tâm sản xuất.\n"
    "Người dân dùng nưc sạch, sử dụng có hiệu quá nguồn vốn.\n"
)
SCHEMA: dict[str, Any] = json.loads(
    (files("vnclean.reports") / "schema" / "report.schema.json").read_text("utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with documents, and ``edits.jsonl``, the report of a real run on them."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "a.txt").write_text(_TEXT, "utf-8")
    (folder / "b.txt").write_bytes(
        "TiÕng ViÖt giµu vµ ®Ñp.\nMét hai ba bèn n¨m.\n".encode("cp1252")
    )
    (folder / "c.txt").write_bytes("Phòng chng dịch \ud800.\n".encode("utf-8", "surrogatepass"))
    args = ("clean", "a.txt", "b.txt", "c.txt", "--report", "edits.jsonl")
    assert run(*args, cwd=folder).returncode == 0
    return folder


def records(report: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in report.splitlines()]


def test_a_summary_names_kinds_files_and_repairs(folder: Path) -> None:
    done = run("report", "edits.jsonl", cwd=folder)
    shown = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    for part in ("lost-letters", "a.txt", "nưc → nước", "0.95 to 1.00", "by kind", "documents"):
        assert part in shown


def test_json_has_the_numbers_of_the_report(folder: Path) -> None:
    found = json.loads(run("report", "edits.jsonl", "--json", cwd=folder).stdout)
    edits = [
        one
        for one in records((folder / "edits.jsonl").read_bytes())
        if one["kind"] not in ("encoding", "file", "report")
    ]
    applied = [one for one in edits if one["applied"]]
    assert found["repairs"] == len(applied) > 3
    assert found["left_alone"] == len(edits) - len(applied)
    assert found["documents"] == 3
    assert sum(one["repairs"] for one in found["files"]) == found["repairs"]
    assert sum(one["repairs"] for one in found["kinds"].values()) == found["repairs"]
    assert sum(found["confidence"]["repairs"]) == found["repairs"]
    assert found["encodings"] == {"TCVN3 → UTF-8": 1}
    assert {"before": "nưc", "after": "nước", "repairs": 1} in found["commonest"]


def test_reports_of_real_runs_are_as_the_schema_says(folder: Path) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    told = records((folder / "edits.jsonl").read_bytes())
    assert {one["kind"] for one in told} >= {"encoding", "file", "lost-letters"}
    for one in told:
        VALIDATOR.validate(one)


_values = st.sampled_from([None, True, 0, -1, 1, 0.5, 2, "", "a", [], ["a", 1], [["a", 0.5]], {}])


@given(st.dictionaries(st.sampled_from(sorted(SCHEMA["properties"])), _values, max_size=3))
def test_what_is_read_is_what_the_schema_says(changes: dict[str, Any]) -> None:
    told = entry() | changes
    told["end"] = told["end"] if isinstance(told["end"], str) else 4
    valid = VALIDATOR.is_valid(told)
    fits = valid and told["end"] - told["start"] == len(told["before"])
    try:
        parse(json.dumps(told).encode())
    except NoEntry:
        assert not fits
    else:
        assert valid


@given(st.binary(max_size=60))
def test_no_bytes_are_more_than_a_bad_line(data: bytes) -> None:
    bad = BadLines()
    found = list(read_report(io.BytesIO(lines_of(entry()) + data + b"\n" + lines_of(entry())), bad))
    assert len(found) == 2
    assert (bad.count == 0) == (not data.strip() or not data.split())


def test_a_bad_line_is_named_and_the_others_count(tmp_path: Path) -> None:
    good = lines_of(entry())
    (tmp_path / "r.jsonl").write_bytes(good + b'{"path": 3}\n' + good + good[:40])
    done = run("report", "r.jsonl", "--json", cwd=tmp_path)
    assert done.returncode == 3
    assert json.loads(done.stdout)["repairs"] == 2
    assert done.stderr.decode() == (
        'vnclean: r.jsonl: line 2: "path" must be text (1 more line like this left out);'
        " is it what vnclean clean --report wrote?\n"
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"confidence": 1.5}, '"confidence" must be a number from 0 to 1'),
        ({"line": 0}, '"line" must be a whole number, 1 or more'),
        ({"applied": 1}, '"applied" must be true or false'),
        ({"end": 3}, '"before" must be as long as from "start" to "end"'),
        ({"alternatives": [["a"]]}, '"alternatives" must be a list of readings'),
        ({"kind": "encoding"}, 'has no "encoding"'),
        ({"record": 3}, 'has no "field"'),
    ],
)
def test_what_is_wrong_with_a_line(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(NoEntry) as raised:
        parse(lines_of(entry(**changes)))
    assert str(raised.value).startswith(reason)


def test_a_line_without_end_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vnclean.reports.reading.LONGEST", 1 << 20)
    bad = BadLines()
    found = read_report(io.BytesIO(b"x" * (3 << 20) + b"\n" + lines_of(entry())), bad)
    assert [one.path for one in found] == ["a.txt"]
    assert str(bad) == "line 1: is longer than 1 MiB"


def test_one_report_is_missing_and_the_other_is_shown(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_bytes(lines_of(entry()))
    done = run("report", "none.jsonl", "r.jsonl", "--json", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["repairs"]) == (3, 1)
    told = b"vnclean: none.jsonl: no such file or directory; check the name\n"
    assert done.stderr == told


@pytest.mark.parametrize("report", [b"", b"\n"])
def test_nothing_repaired(tmp_path: Path, report: bytes) -> None:
    done = run("report", "--html", "out.html", input=report, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert data_of(tmp_path / "out.html")[0] == []
    assert run("report", input=report, cwd=tmp_path).returncode == 0


def test_of_no_report_nothing_is_shown_and_no_page_replaced(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(_TEXT, "utf-8")
    (tmp_path / "out.html").write_text("an older page", "utf-8")
    for name in "letter.txt", "nowhere.jsonl":
        for args in (), ("--html", "out.html"):
            done = run("report", *args, name, cwd=tmp_path)
            assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (3, b"", 1)
    assert (tmp_path / "out.html").read_text("utf-8") == "an older page"


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--html", "r.jsonl", "r.jsonl"], "r.jsonl: is both report and page"),
        (["--html", "-", "r.jsonl"], "--html '-': must be the name of a file"),
        (["--context-only", "r.jsonl"], "--context-only is for a page"),
        (["--htlm", "x"], "--htlm: no such option, did you mean --html?"),
    ],
)
def test_wrong_usage(tmp_path: Path, args: list[str], told: str) -> None:
    (tmp_path / "r.jsonl").write_bytes(lines_of(entry()))
    done = run("report", *args, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert (tmp_path / "r.jsonl").read_bytes() == lines_of(entry())


def test_a_page_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_bytes(lines_of(entry()))
    done = run("report", "r.jsonl", "--html", "none/out.html", cwd=tmp_path)
    assert (done.returncode, done.stderr.count(b"\n")) == (3, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["r.jsonl"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_full_disk_is_one_line(tmp_path: Path, options: list[str]) -> None:
    command = [VNCLEAN, "report", *options]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, input=lines_of(entry()), stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 3
    assert done.stderr.startswith(b"vnclean: standard output: no space left")
    assert done.stderr.count(b"\n") == 1


def test_the_page_has_the_text_of_the_documents(folder: Path) -> None:
    assert run("report", "edits.jsonl", "--html", "out.html", cwd=folder).returncode == 0
    rows, facts, _ = data_of(folder / "out.html")
    own = [row for row in rows if facts["paths"][row[0]] == "a.txt"]
    assert [row[3] for row in own] == [line for line in _TEXT.split("\n") if line]
    assert [[edit[2] for edit in row[4]] for row in own] == [["chống"], [], ["nước", "quả"]]
    policy = policy_of(folder / "out.html")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_context_only_leaves_the_documents_alone(folder: Path) -> None:
    run("report", "edits.jsonl", "--html", "context.html", "--context-only", cwd=folder)
    rows, facts, _ = data_of(folder / "context.html")
    own = [row[3] for row in rows if facts["paths"][row[0]] == "a.txt"]
    assert own == ["Phòng chng dịch bệnh trong mùa khô.", _TEXT.split("\n")[3]]


def test_the_figures_do_not_depend_on_the_order() -> None:
    told = [parse(line) for line in made_report(300)]
    figures = []
    for seed in range(3):
        overview = Overview()
        for one in random.Random(seed).sample(told, len(told)):
            overview.add(one)
        figures.append(json.dumps(overview.figures(), sort_keys=True))
    assert len(set(figures)) == 1


@pytest.mark.parametrize("bar", range(BINS))
def test_a_twentieth_belongs_to_the_bar_it_begins(bar: int) -> None:
    overview = Overview()
    overview.add(parse(lines_of(entry(confidence=round(bar / BINS, 4)))))
    assert overview.sure.index(1) == bar


def pieces(text: str) -> Iterable[Piece]:
    """A document at hand."""
    start = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        yield Piece(number, 0, start, line)
        start += len(line)


def rows(report: bytes, text: str, *, whole: bool = True) -> list[Row]:
    told = read_report(io.BytesIO(report), BadLines())
    entries = (one for one in told if isinstance(one, Entry))
    return list(rows_of(entries, pieces(text), lambda size: whole))


lines_only = documents.map(lambda text: text.replace("\r", ""))


@given(lines_only, st.booleans())
def test_each_edit_is_where_its_row_says(document: str, whole: bool) -> None:
    blocks = cleaned_blocks(document)
    report = report_of(blocks)
    output = "".join(block.text() for block in blocks)
    for text in document, output, "", document[1:], document.replace("chng", "chug"):
        found = rows(report, text, whole=whole)
        marks = [(mark.entry.edit, row.text, mark.offset) for row in found for mark in row.marks]
        assert [edit for edit, _, _ in marks] == [
            one.edit for one in map(parse, report.splitlines()) if isinstance(one, Entry)
        ]
        for edit, shown, offset in marks:
            assert shown.startswith(edit.before, offset)


@given(lines_only)
def test_a_document_is_shown_as_it_was_read(document: str) -> None:
    blocks = cleaned_blocks(document)
    report = report_of(blocks)
    lines = [line for line in document.split("\n") if line.strip()]
    if report:
        assert [row.text for row in rows(report, document)] == lines
    if any(block.changed() for block in blocks):
        output = "".join(block.text() for block in blocks)
        assert [row.text for row in rows(report, output)] == lines


def test_of_a_file_that_only_has_the_name_nothing_is_shown() -> None:
    report = report_of(cleaned_blocks("Đầu đề\nPhòng chng dịch\n"))
    assert [row.text for row in rows(report, "mật khẩu\nPhòng chưng dịch\n")] == ["Phòng chng dịch"]


def test_cells_of_a_table_are_rows_of_their_own(tmp_path: Path) -> None:
    cell = {"path": "t.parquet", "record": 7, "line": 7, "context": "phòng chng", "start": 6}
    told = lines_of(entry(**cell, column=7, field="title"), entry(**cell, column=7, field="text"))
    VALIDATOR.validate(records(told)[0])
    (tmp_path / "r.jsonl").write_bytes(told)
    assert run("report", "r.jsonl", "--html", "r.html", cwd=tmp_path).returncode == 0
    found = data_of(tmp_path / "r.html")[0]
    assert [(row[1], row[3], row[5]) for row in found] == [
        (7, "phòng chng", "title"),
        (7, "phòng chng", "text"),
    ]


def test_only_lines_with_repairs_and_around_where_there_is_no_room() -> None:
    text = "một\nhai\nba\nPhòng chng dịch\nbốn\nnăm\nsáu\n"
    report = report_of(cleaned_blocks(text))
    assert [row.text for row in rows(report, text, whole=False)] == ["ba", "Phòng chng dịch", "bốn"]


def test_long_lines_come_in_pieces() -> None:
    text = "Phòng chng dịch. " * 500
    found = rows(report_of(cleaned_blocks(text)), text)
    assert "".join(row.text for row in found) == text
    assert max(len(row.text) for row in found) <= LONGEST
    assert sum(len(row.marks) for row in found) == 500
    columns = [row.column for row in found]
    assert columns == sorted(set(columns))


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        ({"confidence": 0.5, "alternatives": [["chng", 0.4]]}, "it may be meant as it stands"),
        ({"confidence": 0.3, "alternatives": [["chứng", 0.2]]}, "another reading is nearly"),
        ({"confidence": 0.3, "alternatives": [["chứng", 0.1]]}, "not sure enough"),
        ({"confidence": 0.2}, "not sure enough"),
        ({"confidence": 0.9}, "more was asked for"),
        ({"confidence": 0.9, "kept_by": "word"}, "words of your own"),
        ({"confidence": 0.2, "kept_by": "kind"}, "kinds of repair to be left alone"),
    ],
)
def test_why_an_edit_was_left_alone(edit: dict[str, Any], reason: str) -> None:
    overview = Overview()
    overview.add(parse(lines_of(entry(applied=False, **edit))))
    assert [one.startswith(reason) for one in overview.reasons] == [True]


def test_what_was_applied_by_hand_is_kept_by_nothing() -> None:
    found = parse(lines_of(entry(applied=True, kept_by="word")))
    assert isinstance(found, Entry)
    assert (found.edit.applied, found.edit.kept_by) == (True, "")


@pytest.mark.parametrize("kept_by", ["", "words", None, 1, ["word"]])
def test_what_keeps_an_edit_is_one_of_some(kept_by: object) -> None:
    with pytest.raises(
        NoEntry, match='"kept_by" must be one of word, repair, kind, ignore, marker'
    ):
        parse(lines_of(entry(applied=False, kept_by=kept_by)))


@pytest.mark.parametrize("name", ["none.txt", "a.zip", "a.txt.gz", "folder", "pipe", "a\0b"])
def test_what_is_no_text_file_is_not_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for packed in "a.zip", "a.txt.gz":
        (tmp_path / packed).write_bytes(b"text\n")
    assert list(pieces_of(f"{tmp_path}/{name}")) == []


def test_a_page_shows_some_and_counts_all() -> None:
    parts: list[bytes] = []
    told = read_report(io.BytesIO(b"".join(made_report(50))), BadLines())
    overview = write_page(told, parts.append, Shown("made", most_edits=20))
    assert overview.repairs + overview.left_alone == 50
    assert b'"edits_shown":20' in b"".join(parts)


_letters = st.text("a ê😀\n\udc80<", max_size=6)
_entries = st.builds(
    lambda before, context, start, column, line, applied, path: entry(
        before=before,
        context=context,
        start=start,
        column=column,
        line=line,
        applied=applied,
        path=path,
    ),
    _letters,
    st.lists(_letters, max_size=12).map("".join),
    st.integers(0, 90),
    st.integers(1, 70),
    st.integers(1, 3),
    st.booleans(),
    st.sampled_from(["a.txt", "b.txt"]),
)


@given(st.lists(_entries, max_size=8))
def test_no_report_keeps_an_edit_from_its_place(entries: list[dict[str, Any]]) -> None:
    parts: list[bytes] = []
    told = read_report(io.BytesIO(lines_of(*entries)), BadLines())
    write_page(told, parts.append, Shown("made", context_only=True))
    rows, facts, _ = data_in(b"".join(parts).decode())
    found = []
    for row in rows:
        units = row[3].encode("utf-16-le", "surrogatepass")
        for offset, size, *_ in row[4]:
            shown = units[2 * offset : 2 * (offset + size)].decode("utf-16-le", "surrogatepass")
            found.append((facts["paths"][row[0]], row[1], shown))
    assert found == [(one["path"], one["line"], one["before"]) for one in entries]


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "</script><script>alert(3)</script>",
    "<!--<script>",
    "]]>\u2028\u2029",
    "\u202etxt.exe\u202c",
    "{script}{title}{style}",
    "\udc80\x00\x1b[31m",
    "'-alert(4)-'",
)


def hostile_report() -> bytes:
    """Every field of text is something that a browser must not take for anything else."""
    return lines_of(
        *(
            entry(
                path=text + ".txt",
                before=text,
                after=text[::-1],
                context=f"{text} và {text}",
                kind=text,
                mode=text,
                alternatives=[[text, 0.4]],
                applied=number % 2 == 0,
            )
            for number, text in enumerate(HOSTILE)
        )
    )


def test_a_hostile_report_is_nothing_but_data(tmp_path: Path) -> None:
    name = "<img onerror=1>.jsonl"
    (tmp_path / name).write_bytes(hostile_report())
    (tmp_path / "tame.jsonl").write_bytes(lines_of(entry()))
    for report, page in (name, "hostile.html"), ("tame.jsonl", "tame.html"):
        assert run("report", report, "--html", page, cwd=tmp_path).returncode == 0
    rows, facts, elements = data_of(tmp_path / "hostile.html")
    assert elements == data_of(tmp_path / "tame.html")[2]
    assert [path.removesuffix(".txt") for path in facts["paths"]] == list(HOSTILE)
    assert [row[4][0][2] for row in rows] == [text[::-1] for text in HOSTILE]
    shown = run("report", name, cwd=tmp_path)
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert all(letter.isprintable() for letter in shown.stdout.decode().replace("\n", ""))
