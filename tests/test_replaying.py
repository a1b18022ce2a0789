"""Reports undone and made again, in every format and container, whatever found the edits."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archive_files import BINARY, PACK, UNPACK, make_tar, make_zip, member, read_tar, read_zip
from format_samples import COMMON, SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st
from replaying_tools import PUT_IN, Cleaned, cleaned, edits_of, randomly
from rewriting_tools import DAMAGED, REPAIRED, SOUND
from test_archives_warc import bodies
from test_archives_warc import make as make_warc

from vnclean.cli.undo import run as run_undo
from vnclean.documents.encoding import named
from vnclean.documents.lines import Block
from vnclean.edits import Edit
from vnclean.errors import InputError, UsageError
from vnclean.formats.kinds import Reading
from vnclean.pipeline import CleanedBlock

TEXT = DAMAGED * 2 + SOUND + DAMAGED
#: Bytes that are no text alone, and are some together.
STRAY = ("\udce1", "\udcba", "\udca3", "\udcc3", "\udca9")
ENDS = {"text": "txt", "markdown": "md"}


@pytest.fixture(autouse=True)
def no_remains() -> Iterator[None]:
    """Removes the folders that were made."""
    yield
    for made in Cleaned.made:
        shutil.rmtree(made, ignore_errors=True)
    Cleaned.made.clear()


def encoded(text: str, encoding: str) -> bytes:
    if encoding == "utf-8":
        return text.encode(encoding, "surrogateescape")
    text = "".join(letter if letter not in STRAY else "\ud83d" for letter in text)
    if encoding == "utf-8-sig":
        return text.encode(encoding, "surrogatepass")
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b"\xfe\xff"
    return mark + text.encode(encoding, "surrogatepass")


def comes_back(made: Cleaned) -> None:
    """The report gives the output, and undoing it, in two steps, the input."""
    if not made.lines:
        assert made.after == made.before
        return
    assert made.applied() == made.after
    assert [line["applied"] for line in made.read()] == [line["applied"] for line in made.lines]
    for options in (["--kind", "tone", "--below", "0.7"], []):
        with unless_there_is_nothing():
            made.undo(*options)
    assert made.output.read_bytes() == made.before
    assert not any(line["applied"] for line in made.read())


@contextmanager
def unless_there_is_nothing() -> Iterator[None]:
    """Lets pass that there was nothing to undo."""
    try:
        yield
    except InputError as error:
        if not re.search("no edit that is applied fits|nothing to undo", str(error)):
            raise


@pytest.mark.parametrize("kind", ["text", *SAMPLES])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "vni"])
@settings(max_examples=5)
@given(data=st.data())
def test_documents_come_back(kind: str, encoding: str, data: st.DataObject) -> None:
    sample = SAMPLES.get(kind)
    pieces = [*(sample.pieces if sample else ()), *COMMON, *STRAY, "\u200b", "\ufeff"]
    drawn = data.draw(st.lists(st.sampled_from(pieces), max_size=20))
    text = (sample.head if sample else "") + "".join(drawn)
    forced = named(encoding) if encoding == "vni" else None
    content = encoded(text, "utf-8" if forced else encoding)
    put_in = [one for one in PUT_IN if encoding == "utf-8" or one != "\udce1"]
    clean = randomly(data.draw(st.integers(0, 99)), put_in=put_in)
    reading = Reading(forced, None, ("text", "a.b"), data.draw(st.booleans()))
    comes_back(cleaned(f"a.{ENDS.get(kind, kind)}", content, clean, reading))


@settings(max_examples=30)
@given(st.text("ab\n\r \udcc3\udca9\udce1\udcba\udca3é😀\ufeff"), st.integers(0, 9))
def test_texts_come_back(text: str, seed: int) -> None:
    comes_back(cleaned("a.txt", text.encode("utf-8", "surrogateescape"), randomly(seed)))


def without_dashes(blocks: Iterable[Block]) -> Iterator[CleanedBlock]:
    """As `Rewriter.clean`; takes out every dash."""
    for block in blocks:
        found = [[found.span() for found in re.finditer("-", text)] for text in block.texts]
        yield CleanedBlock.of(
            block,
            [[Edit(*span, "-", "", "invisible", 1.0) for span in spans] for spans in found],
        )


@settings(max_examples=60)
@given(st.text("--a\n\udcc3\udca9\udce1\udcba\udca3", max_size=12))
def test_bytes_that_would_become_text_together_are_kept_apart(text: str) -> None:
    comes_back(cleaned("a.txt", text.encode("utf-8", "surrogateescape"), without_dashes))
    made = cleaned("a.txt", b"\xc3-\xa9 a-b", without_dashes)
    assert made.after == b"\xc3-\xa9 ab"


def test_long_documents_come_back() -> None:
    words = "phòng chng dịch " * 3 + "x" * 50_000 + " "
    content = (words * 12 + "\r\n" + words * 2).encode()
    comes_back(cleaned("a.txt", content, randomly(3, 0.02)))


def parquet(rows: list[str | None]) -> bytes:
    file = io.BytesIO()
    columns = {"id": pa.array(range(len(rows))), "text": rows, "page": [{"a": one} for one in rows]}
    pq.write_table(pa.table(columns), file, row_group_size=3)
    return file.getvalue()


def cells(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = pq.read_table(io.BytesIO(data)).to_pydict()
    return found


def zipped(data: bytes) -> dict[str, bytes]:
    archive = read_zip(data)
    return {info.filename: archive.read(info) for info in archive.infolist()}


def tarred(data: bytes) -> list[tuple[str, bytes | None]]:
    return [(info.name, content) for info, content in read_tar(data)]


TWICE = member("b.txt", TEXT), member("b.txt", SOUND), member("b.txt", TEXT + SOUND)
MANY = member("a/b.jsonl", b'{"text": "ph\\u00f2ng chng"}\n'), member("c.bin", BINARY), *TWICE
#: Each file, and how to see what is in it.
CONTAINERS: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    **{f"a.txt.{end}": (pack(TEXT), UNPACK[end]) for end, pack in PACK.items()},
    "a.zip": (
        make_zip(
            ("a.txt", TEXT), ("b.bin", BINARY), ("c.md", TEXT), ("d.txt.gz", PACK["gz"](TEXT))
        ),
        zipped,
    ),
    "stored.zip": (make_zip(("a.txt", TEXT), ("b.csv", b"text\nchng\n"), method=0), zipped),
    "a.tar": (make_tar(*MANY), tarred),
    "gnu.tar": (make_tar(member("x" * 150, TEXT), form=tarfile.GNU_FORMAT), tarred),
    "a.tgz": (gzip.compress(make_tar(*MANY)), lambda data: tarred(gzip.decompress(data))),
    "nested.zip": (
        make_zip(("a.tar", make_tar(*MANY)), ("b.zip", make_zip(("c.txt", TEXT)))),
        lambda data: (tarred(zipped(data)["a.tar"]), zipped(zipped(data)["b.zip"])),
    ),
    "a.warc": (make_warc(("response", TEXT), ("resource", TEXT, "text/plain")), bodies),
    "a.warc.gz": (make_warc(("response", TEXT), ("conversion", SOUND), packed=True), bodies),
    "a.parquet": (
        parquet([TEXT.decode(), None, "", "chng", "chng", SOUND.decode(), "chng\r\n\nchng"]),
        cells,
    ),
}


@pytest.mark.parametrize("name", CONTAINERS)
@pytest.mark.parametrize("seed", [None, 1, 4])
def test_containers_come_back(name: str, seed: int | None) -> None:
    data, content = CONTAINERS[name]
    reading = Reading(fields=("text", "page.a") if name == "a.parquet" else ("text",))
    options = {} if seed is None else {"clean": randomly(seed, 0.9, ["", "ế", "x  "])}
    made = cleaned(name, data, reading=reading, **options)
    assert edits_of(made.lines)
    assert made.applied() == made.after
    made.original.unlink()  # which undo would take instead, if it has to pack anew
    if seed is not None:
        assert made.undo("--below", "0.5") == 0
    assert content(made.undone()) == content(data)
    assert not any(line["applied"] for line in made.read()[:-1])


def test_archives_come_back_byte_for_byte_where_nothing_is_packed() -> None:
    for name in "a.tar", "gnu.tar", "a.warc":
        data, _ = CONTAINERS[name]
        made = cleaned(name, data)
        made.original.unlink()
        assert made.undone() == data


def test_the_original_is_taken_where_packing_anew_differs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = gzip.compress(TEXT, 1)
    made = cleaned("a.txt.gz", data)
    assert made.undone() == data
    made = cleaned("a.txt.gz", data)
    made.original.unlink()
    assert UNPACK["gz"](made.undone()) == TEXT
    assert "it is packed anew" in capsys.readouterr().err
    assert (
        made.undo_fails()
        == f"{made.report}: there is nothing to undo; all is as it was before already"
    )


def test_what_became_empty_comes_back() -> None:
    files = {
        "a.zip": make_zip(("a.txt", b"chng"), ("b.txt", TEXT)),
        "a.tar": make_tar(member("a.txt", b"chng"), member("b.txt", TEXT)),
        "a.warc": make_warc(("response", b"chng"), ("response", TEXT)),
        "a.parquet": parquet(["chng", "x chng", None]),
        "a.txt": b"chng",
    }
    for name, data in files.items():
        made = cleaned(name, data, emptied)
        made.original.unlink()
        back = made.undone()
        see = CONTAINERS.get(name, (b"", bytes))[1]
        assert see(back) == see(data), name


def emptied(blocks: Iterable[Block]) -> Iterator[CleanedBlock]:
    """As `Rewriter.clean`; takes everything out."""
    for block in blocks:
        edits = [
            [Edit(0, len(text), text, "", "boilerplate", 1.0)] * (text != "")
            for text in block.texts
        ]
        yield CleanedBlock.of(block, edits)


def test_a_page_in_another_encoding_comes_back_with_its_headers() -> None:
    page = "Phòng chng dịch và đường".encode("cp1258", "ignore")
    data = make_warc(("response", page, "text/html; charset=windows-1258"))
    made = cleaned("a.warc", data)
    assert b"charset=utf-8" in made.after
    made.original.unlink()
    assert made.undone() == data


# What is refused.


def test_a_file_that_changed_is_left_alone() -> None:
    made = cleaned("a.txt", TEXT)
    made.output.write_bytes(made.after + b"!")
    assert "out/a.txt: has changed since" in made.undo_fails()
    assert "out/a.txt: has changed since" in made.undo_fails("--dry-run")
    assert made.output.read_bytes() == made.after + b"!"
    assert made.read() == made.lines


def test_a_report_that_does_not_fit_is_refused() -> None:
    made = cleaned("a.txt", TEXT)
    first, second, *rest = made.lines

    def refused(*lines: dict[str, Any]) -> str:
        made.write(list(lines))
        message = made.undo_fails()
        assert made.output.read_bytes() == made.after
        assert made.read() == list(lines)
        return message

    assert "does not lead back" in refused(first, second, rest[-1])
    assert "where line 1 of the report has 'chống'" in refused(second, first, *rest)
    assert "out of order: line 2 " in refused(first, first, *rest)
    assert "'chống' where line 1 of the report has 'chung'" in refused(
        first | {"after": "chung"}, second, *rest
    )
    assert "lacks its line of kind file" in refused(first, second)
    assert "tells of it twice" in refused(*made.lines, rest[-1])
    assert "has nothing where line 2 of the report belongs" in refused(
        first, second | {"start": 900, "end": 904}, rest[-1]
    )
    other = first | {"path": str(made.original) + "!b.txt"}
    assert f"has no {made.original}!b.txt, of which line 1 tells" in refused(other, *made.lines)
    assert 'line 1: "start" must be a whole number' in refused(first | {"start": -1})


def test_lines_in_another_order_of_files() -> None:
    made, other = cleaned("a.txt", TEXT), cleaned("b.txt", TEXT)
    *edits, last = made.lines
    made.write([last, *other.lines, *edits])
    assert made.undone() == TEXT
    assert other.output.read_bytes() == TEXT


# What was looked through.


def test_reviewed_reports_are_applied_and_can_be_undone() -> None:
    made = cleaned("a.zip", make_zip(("a.txt", TEXT), ("b.txt", TEXT)))
    *edits, last = made.lines
    edits[1] |= {"applied": False}
    edits[2] |= {"after": "trống"}
    del edits[3:]
    made.write([*edits, last])
    found = zipped(made.applied())
    line, other = DAMAGED, DAMAGED.replace(b"chng", "trống".encode())
    assert found == {"a.txt": REPAIRED + line + SOUND + other, "b.txt": TEXT}
    assert zipped(made.undone()) == {"a.txt": TEXT, "b.txt": TEXT}


def test_edits_that_were_left_alone_are_applied() -> None:
    made = cleaned("a.txt", "chng\nphòng chng dịch\n".encode(), randomly(8, 1.0))
    made.write([line | {"applied": True} for line in made.lines])
    assert any("kept_by" in line for line in made.lines)
    made.applied()
    assert len(edits_of(made.read())) > len(edits_of(made.lines))
    assert made.undone() == made.before


def test_all_taken_out_of_a_report() -> None:
    made = cleaned("a.txt", TEXT)
    made.write(made.lines[-1:])
    assert made.applied() == TEXT


def test_what_cannot_be_written_is_refused() -> None:
    made = cleaned("a.txt", TEXT)
    made.write([made.lines[0] | {"after": "\ud83d"}, *made.lines[1:]])
    assert "cannot hold '\\ud83d', which the report puts in" in made.apply_fails()
    made.write([made.lines[0] | {"start": 0, "end": 4, "before": "Phòn"}, *made.lines[1:]])
    made.applied()
    assert made.undone() == TEXT


# Which edits.


def marked(made: Cleaned) -> list[bool]:
    return [line["applied"] for line in made.read()]


def test_choices() -> None:
    made = cleaned("a.zip", make_zip(("a.txt", TEXT), ("b.txt", TEXT)))
    assert [line["path"][-5:] for line in made.lines] == ["a.txt"] * 3 + ["b.txt"] * 3 + ["a.zip"]
    line = DAMAGED
    made.undone("--edit", "2", "--edit", "5-6")
    assert marked(made) == [True, False, True, True, False, False, True]
    found = zipped(made.output.read_bytes())
    assert found["a.txt"] == REPAIRED + line + SOUND + REPAIRED
    assert found["b.txt"] == REPAIRED + line + SOUND + line
    made.undone("--file", "*!b.*")
    assert zipped(made.output.read_bytes())["b.txt"] == TEXT
    assert "no edit that is applied fits" in made.undo_fails("--below", "0.5")
    assert zipped(made.undone("--below", "1", "--kind", "lost-letters"))["a.txt"] == TEXT
    assert not any(marked(made))


@pytest.mark.parametrize(
    ("option", "value"), [("--edit", "x"), ("--edit", "5-3"), ("--edit", ""), ("--below", "2")]
)
def test_wrong_choices(option: str, value: str) -> None:
    made = cleaned("a.txt", TEXT)
    with pytest.raises(UsageError, match=f"{option} {value}: must be"):
        run_undo([str(made.report), option, value])


def test_a_code_page_comes_back_with_the_last_of_its_edits() -> None:
    data = b"\xd0\xe1 chng \x8d chng\n"
    made = cleaned("a.txt", data, reading=Reading(named("windows-1258")))
    *edits, origin, _ = made.lines
    assert [origin[name] for name in ("applied", "codec", "bom")] == [True, "windows-1258", False]
    partly = made.undone("--edit", "1")
    assert partly == "Đá chng ".encode() + b"\x8d" + " chống\n".encode()
    assert made.read()[-2]["output_encoding"] == "UTF-8"
    assert made.undone() == data
    assert made.read()[-2]["output_encoding"] == "windows-1258"
    assert len(edits) == 2


def test_undoing_goes_on_where_it_was_stopped() -> None:
    made = cleaned("a.txt", TEXT)
    told = made.report.read_bytes()
    made.undone("--edit", "1")
    made.report.write_bytes(told)  # as if the run was killed before it could write the report
    assert "that is undone in it already" in made.undo_fails("--edit", "1")
    assert marked(made) == [False, True, True, True]
    assert made.undone() == TEXT
    made.report.write_bytes(told)
    assert "is as it was before already" in made.undo_fails()
    assert not any(marked(made))


def test_members_of_one_name_are_told_apart() -> None:
    made = cleaned("a.tar", make_tar(*TWICE))
    paths = [line["path"].partition("!")[2] for line in made.lines]
    assert paths == ["b.txt"] * 3 + ["b.txt#3"] * 3 + [""]
    made.undone("--file", "*#3")
    assert [content for _, content in tarred(made.output.read_bytes())] == [
        REPAIRED * 2 + SOUND + REPAIRED,
        SOUND,
        TEXT + SOUND,
    ]


def test_reports_hold_what_the_schema_says() -> None:
    place = files("vnclean.reports") / "schema" / "report.schema.json"
    schema = json.loads(place.read_text("utf-8"))
    made_up = cleaned("b.txt", "chng\nphòng chng dịch\n".encode(), randomly(8, 1.0))
    assert any("kept_by" in line for line in made_up.lines)
    real = cleaned("a.txt", b"\xef\xbb\xbf" + TEXT), cleaned("a.tgz", CONTAINERS["a.tgz"][0])
    for made in (made_up, *real):
        for line in made.lines:
            jsonschema.validate(line, schema)
