"""Formats of text: only what is to be read is changed, and nothing depends on how it arrives."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from format_samples import COMMON, SAMPLES, Sample
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_documents import Pipe
from word_rule import WordRule

from vnclean.documents.encoding import named
from vnclean.documents.lines import Block, Fault
from vnclean.documents.marked import Marked
from vnclean.documents.passages import PassageBlock
from vnclean.documents.text import Splitter, TextReader
from vnclean.edits import Edit, apply, invert
from vnclean.errors import InputError
from vnclean.formats.html import HtmlSplitter
from vnclean.formats.jsonl import JsonlSplitter
from vnclean.formats.kinds import TYPES, Reading, kind_of
from vnclean.formats.markdown import MarkdownSplitter
from vnclean.formats.passages import PASSAGE_LIMIT
from vnclean.formats.subtitles import SubtitleSplitter
from vnclean.formats.table import LINES_LIMIT, TableSplitter
from vnclean.pipeline import CleanedBlock, clean_blocks
from vnclean.reports.diff import unified_diff

NAMES = sorted(SAMPLES)


class Read(NamedTuple):
    """What comes of reading a document."""

    pieces: list[tuple[str, str, bool]]  #: with its end, and whether it begins a document
    raw: str
    output: str
    edits: list[Edit]
    faults: Sequence[Fault]
    withheld: int  #: edits that could not be written
    of_pieces: list[list[Edit]]  #: what was wanted in each piece


def blocks_of(splitter: Splitter, text: str, sizes: Sequence[int]) -> list[Block]:
    blocks, at = [], 0
    for size in sizes:
        blocks.append(splitter.feed(text[at : at + size]))
        at += size
    blocks.append(splitter.feed(text[at:], final=True))
    while splitter.pending:
        blocks.append(splitter.feed("", final=True))
    return blocks


def read(splitter: Splitter, text: str, sizes: Sequence[int] = ()) -> Read:
    pieces: list[tuple[str, str, bool]] = []
    cleaned: list[CleanedBlock] = []
    of_pieces: list[list[Edit]] = []
    wanted = 0
    marked = Marked()
    for block in map(marked.of, blocks_of(splitter, text, sizes)):
        begins = set(block.begins)
        rows = zip(block.texts, block.ends, strict=True)
        pieces += [(piece, end, number in begins) for number, (piece, end) in enumerate(rows)]
        cleaned += clean_blocks([block], WordRule())
        found = WordRule().edits(block.texts, off=block.off)
        of_pieces += found
        wanted += sum(edit.applied for edits in found for edit in edits)
    edits = [finding.edit for block in cleaned for finding in block.findings("-")]
    return Read(
        pieces,
        "".join(block.block.text() for block in cleaned),
        "".join(block.text() for block in cleaned),
        edits,
        list(splitter.faults),
        wanted - sum(edit.applied for edit in edits),
        of_pieces,
    )


def check(sample: Sample, text: str, sizes: Sequence[int], across: bool) -> None:
    """What holds for every format and every text."""
    found = read(sample.make(across), text)
    assert found.raw == text
    assert read(sample.make(across), text, sizes) == found
    assert apply(text, found.edits) == found.output
    assert apply(found.output, invert(found.edits)) == text
    if sample.escapes and not found.withheld and not found.faults:
        again = read(sample.make(across), found.output)
        repaired = [
            apply(piece, edits)
            for (piece, _, _), edits in zip(found.pieces, found.of_pieces, strict=True)
        ]
        found_again = [piece for piece, _, _ in again.pieces]
        assert [piece for piece in found_again if piece.strip()] == [
            piece for piece in repaired if piece.strip()
        ]


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_document_is_kept_and_read_alike(name: str, data: st.DataObject) -> None:
    sample = SAMPLES[name]
    pieces = data.draw(st.lists(st.sampled_from(sample.pieces * 3 + COMMON), max_size=12))
    sizes = data.draw(st.lists(st.integers(0, 9), max_size=40))
    across = data.draw(st.booleans())
    check(sample, sample.head * data.draw(st.booleans()) + "".join(pieces), sizes, across)


def test_no_quote_comes_to_begin_a_cell() -> None:
    check(SAMPLES["csv"], 'id,text\n,xx"', [], across=False)


@pytest.mark.parametrize("name", NAMES)
def test_damaged_documents_are_kept_and_read_alike(name: str) -> None:
    sample, chance = SAMPLES[name], random.Random(7)
    whole = sample.head + "".join(sample.pieces * 3)
    for _ in range(60):
        text = whole
        for _ in range(chance.randint(1, 6)):
            left, right = sorted(chance.choices(range(len(text) + 1), k=2))
            right = min(right, left + 40)
            part = chance.choice(["", text[left:right] * 2, chance.choice(sample.pieces + COMMON)])
            text = text[:left] + part + text[right:]
        sizes = [1] * len(text) if chance.random() < 0.3 else chance.choices(range(60), k=30)
        check(sample, text, sizes, chance.random() < 0.5)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60)
@given(data=st.data())
def test_any_bytes_come_back_or_are_refused(name: str, data: st.DataObject) -> None:
    sample = SAMPLES[name]
    fragments = [piece.encode("utf-8", "surrogateescape") for piece in [*sample.pieces, *COMMON]]
    some = st.one_of(st.sampled_from(fragments), st.binary(max_size=4))
    written = b"".join(data.draw(st.lists(some, max_size=12)))
    sizes = data.draw(st.lists(st.integers(1, 9), max_size=40))
    encoding = data.draw(st.sampled_from([None, named("utf-16-le"), named("tcvn3")]))
    try:
        reader = TextReader(Pipe(written, sizes), 7, encoding, sample.make(False))
        texts = [cleaned.block.text() for cleaned in clean_blocks(reader, WordRule())]
    except (InputError, UnicodeDecodeError):
        return
    if not reader.encoding.output:
        parts = [reader.encoding.bom, *map(reader.encoding.encode, texts), reader.tail]
        assert b"".join(parts) == written


def texts(splitter: Splitter, text: str) -> list[str]:
    return [piece for piece, _, _ in read(splitter, text).pieces]


def faults(splitter: Splitter, text: str) -> list[str]:
    return [str(fault) for fault in read(splitter, text).faults]


values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda some: (
        st.lists(some, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "a.b"]), some)
    ),
    max_leaves=8,
)


def strings(value: object, path: str) -> list[str]:
    """What a field is, said slowly: of each name the whole, or what stands before a dot."""
    if isinstance(value, list):
        return [text for one in value for text in strings(one, path)]
    if not path:
        return [value] if isinstance(value, str) else []
    if not isinstance(value, dict):
        return []
    return [
        text
        for key, one in value.items()
        if path == key or path.startswith(f"{key}.")
        for text in strings(one, path[len(key) + 1 :])
    ]


@given(
    st.lists(values, min_size=1, max_size=4), st.sampled_from(["a", "a.b", "a.a.b"]), st.booleans()
)
def test_json_fields_are_those_that_json_reads(
    records: list[object], field: str, ascii_only: bool
) -> None:
    text = "".join(json.dumps(record, ensure_ascii=ascii_only) + "\n" for record in records)
    wanted = [string for record in records for string in strings(record, field)]
    found: list[str] = []
    for piece, end, begins in read(JsonlSplitter([field]), text).pieces:
        found[len(found) if begins else len(found) - 1 :] = (
            [piece + end] if begins else [found[-1] + piece + end]
        )
    assert found == [string for string in wanted if string]


cells = st.text(st.sampled_from("ab \"',;\n\r\t|ệ"), max_size=8)


@given(
    st.lists(st.tuples(cells, cells, cells), max_size=5),
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_cells_are_those_that_were_written(
    rows: list[tuple[str, str, str]], delimiter: str, quoting: int
) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([("x", "text", "y"), *rows])
    found = read(TableSplitter(["text"]), file.getvalue())
    assert not found.faults
    whole = "".join(piece + end for piece, end, _ in found.pieces)
    assert whole == "".join(row[1] for row in rows)


class Letters(HTMLParser):
    """The text of a sound page, as the standard library reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("script", "style", "pre", "code"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside[-1:] == [tag]:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        self.text += "" if self.inside else data


pages = st.lists(
    st.sampled_from(
        "<p class='a>b'>Tiếng &lt;Việt&gt; |</p>|<b>|</b>|<br/>|a < b &amp; c|<!-- x > y -->"
        "|<script>a < '</b>'</script>|<code>x<i>y</i></code>|&ecirc;|&#7871;&#x1ebf;"
        '|<a href=x title="\'">|</a >|<!DOCTYPE html>|\n|&copy 2|<style>p > a {}</style>'
        "|<td\nwidth = '1'>|&notanentity;|<img alt='>'>|&".split("|")
    )
)


@given(pages)
def test_the_text_of_a_page_is_what_html_parser_reads(parts: list[str]) -> None:
    page = "".join(parts) + "<p>"
    parser = Letters()
    parser.feed(page)
    parser.close()
    found = "".join(piece + end for piece, end, _ in read(HtmlSplitter(), page).pieces)
    assert found.split() == parser.text.split() or "".join(found.split()) == "".join(
        parser.text.split()
    )


def test_nothing_is_lost_by_a_library_that_skips_or_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    page = "<p title='chng'>chng <b>chng</b>\n<!-- chng -->\n<script>chng</script>chng</p>\n" * 3
    sound = HTMLParser.goahead  # type: ignore[attr-defined]

    def skips(self: HTMLParser, end: bool) -> None:
        self.rawdata = self.rawdata[1:]  # type: ignore[attr-defined]
        sound(self, end)

    def fails(self: HTMLParser, end: bool) -> None:
        sound(self, end)
        raise AssertionError

    for broken in (skips, fails):
        monkeypatch.setattr(HTMLParser, "goahead", broken)
        found = read(HtmlSplitter(), page)
        assert found.raw == page
        assert found.output.replace("chống", "chng") == page
        assert read(HtmlSplitter(), page, [1] * len(page)) == found


def test_letters_are_written_as_the_record_writes_them() -> None:
    for written, repaired in (
        ('{"text": "d\\u1ecbch chng"}', '{"text": "d\\u1ecbch ch\\u1ed1ng"}'),
        ('{"text": "dịch chng"}', '{"text": "dịch chống"}'),
        ('{"text":"chng"}', '{"text":"chống"}'),
        ('{"text":"\\u1ecb"}\n{"text":"chng"}', '{"text":"\\u1ecb"}\n{"text":"ch\\u1ed1ng"}'),
    ):
        assert read(JsonlSplitter(["text"]), written).output == repaired
    assert read(HtmlSplitter(), "<p>d&#7883;ch chng").output == "<p>d&#7883;ch ch&#7889;ng"
    assert read(HtmlSplitter(), "<p>dịch chng").output == "<p>dịch chống"


def test_what_would_need_quotes_is_not_written() -> None:
    class Quoter(WordRule):
        def edits(self, lines: Sequence[str], *more: object) -> list[list[Edit]]:
            return [[Edit(0, 1, line[0], '",', "quote", 1.0)] for line in lines]

    for row, expected in (("1,ab\n", "1,ab\n"), ('1,"ab"\n', '1,""",b"\n')):
        blocks = blocks_of(TableSplitter(["text"]), "id,text\n" + row, ())
        [cleaned] = clean_blocks(blocks, Quoter())
        assert isinstance(cleaned, CleanedBlock)
        assert cleaned.text() == "id,text\n" + expected
        assert [edit.applied for edits in cleaned.edits for edit in edits] == [row != expected]


class Swap(WordRule):
    """Makes another word of each line."""

    def __init__(self, after: str) -> None:
        self._after = after

    def edits(self, lines: Sequence[str], *more: object) -> list[list[Edit]]:
        return [[Edit(0, len(line), line, self._after, "mark", 1.0)] for line in lines]


def test_letters_on_either_side_of_markup_are_exchanged() -> None:
    for after, expected in ("đạo", "<p><b>đ</b>ạo"), ("đường", "<p><b>d</b>ao"):
        [cleaned] = clean_blocks(blocks_of(HtmlSplitter(), "<p><b>d</b>ao", ()), Swap(after))
        assert isinstance(cleaned, CleanedBlock)
        assert cleaned.text() == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<i lang=en>x</i> a", [" a"]),
        ("<div lang=en>x<span lang=vi>a<span>b</span></span>y</div>c", ["ab", "c"]),
        ("<html lang=en><body lang=EN-US><p lang='vi-VN'>a<p>b", ["a", "b"]),
        ("<p lang=en>x<p>a", ["a"]),
        ("<div translate=NO>x<div lang=vi>y</div>z</div>a", ["a"]),
        ("<div lang=en><code>x</div>a", ["a"]),
        ("<code>x<code>y</code>z</code>a", ["a"]),
        ("<title>a</title><meta lang=en><option>b<option>c", ["a", "b", "c"]),
        ("<a hreflang=en title=' lang=en'>a</a>", ["a"]),
        ("<?xml version='1.0'?><script src='x'/><p>a", ["a"]),
        ("<textarea><p>x</textarea>a<TD>b", ["a", "b"]),
        ("a<!-- x -->b<?php if (1 > 0) ?>c", ["ab", "c"]),
        ("a<![x b>c<![if x]>d<![endif]>e&#f <b>g</b>", ["a", "c", "d", "e&#f g"]),
        ("a<script/>x</script>b", ["a", "b"]),
        ("a<script>x</script", ["a"]),
        ("a < b </> c&", ["a < b ", " c&"]),
    ],
)
def test_which_text_of_a_page_is_read(page: str, expected: list[str]) -> None:
    assert texts(HtmlSplitter(), page) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a `x` b ``y ` z`` c", ["a ", " b ", " c"]),
        ("a ``b` c", ["a ``b` c"]),
        ("````\nx\n```\ny\n````\na", ["a"]),
        ("> ```\n> x\na", ["a"]),
        ("- a\n\n      x\n\n  b\n", ["a", "b"]),
        ("a\n    b\n\n    x\n", ["a", "b"]),
        ("---\nx: y\n---\na", ["a"]),
        ("---\n\na\n\n---\n", ["a"]),
        ("*a* __b__ c_d_e ***f***", ["a b c_d_e f"]),
        ("[a](x 'y') ![b](<x y>) [c][x]\n\n[x]: y\n", ["a b c"]),
        ("$x$ giá 5$ và 10$, $$\ny\n$$ b", [" giá 5$ và 10$, ", " b"]),
        ("<http://x.vn> a <b>b</b><br>c http://x.vn/y.", [" a b", "c "]),
        ("<!-- x\n\ny -->\na\n\n<pre>\n\nx\n</pre>\nb", ["a", "b"]),
        ("Tên\n===\n> a\n> b\n", ["Tên", "a", "b"]),
        ("\\`a` \\*", ["\\`a` \\*"]),
    ],
)
def test_which_text_of_markdown_is_read(text: str, expected: list[str]) -> None:
    assert texts(MarkdownSplitter(), text) == expected


def words_of_markdown(text: str) -> list[str]:
    """The words outside of code, as another program reads them."""
    found = ""
    for token in MarkdownIt("commonmark").parse(text):
        for child in token.children or ():
            if child.type == "image":
                found += "".join(part.content for part in child.children or ())
            elif child.type == "text":
                found += child.content
            else:
                found += " " * (child.type in ("softbreak", "code_inline"))
        found += " "
    return re.findall(r"\w+", found)


def test_markdown_is_read_as_commonmark_says() -> None:
    parts = (
        "# Phòng *chng* dịch\n|Phòng **chng** `mã` dịch\nvà [chng](http://a.vn/c 'd') xx.\n|\n"
        "|> trích\n> ``mã ` nữa`` hết\n|```sh\nmã\n```\n|~~~~\nmã ```\n~~~\n~~~~~\n|    thụt\n"
        "|- mục một\n  tiếp\n|1. số\n\n   đoạn\n\n       mã\n|* * *\n|tên\n===\n|<b>đậm</b> hết\n"
        "|![ảnh](x.png) và [liên [kết]](y)\n|<!-- c\n\nd -->\n|- a\n  - b\n    - c\n\n      d\n"
        "|> - q\n>   r\n|<script>\nx\n\ny\n</script>\n|\\*sao\\* ba\n"
    ).split("|")
    chance = random.Random(3)
    for _ in range(400):
        text = "".join(chance.choices(parts, k=chance.randint(1, 4)))
        assert re.findall(r"\w+", " ".join(texts(MarkdownSplitter(), text))) == words_of_markdown(
            text
        ), text


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("html", "<a"), ("html", "<a b='"), ("html", "<!--"), ("html", "<p lang=en>"),
        ("csv", 'a,"\n'), ("csv", '"""\n'), ("jsonl", '{"text":"'), ("jsonl", "["),
        ("markdown", "<a"), ("markdown", "{{"), ("markdown", "` `` "), ("markdown", "]("),
    ],
)  # fmt: skip
def test_nothing_takes_time_beyond_measure(name: str, part: str) -> None:
    text = SAMPLES[name].head + part * (60_000 // len(part))
    assert read(SAMPLES[name].make(False), text, [1000] * 60).raw == text


def test_cues_are_read_and_nothing_else() -> None:
    cues = "1\n00:00:01,0 --> 00:00:02,0\n{\\an8}<i>a</i>\nb\n2\n00:00:03,0 --> 00:00:04,0\n"
    cues += "1999\n\nc\n"
    assert texts(SubtitleSplitter(), "x\n" + cues) == ["a", "b", "1999", "c"]
    web = "WEBVTT x\n\nNOTE x\n\nSTYLE\n::cue {}\n\nx\n01:02.000 --> 01:03.000 line:0\n"
    web += "<v A>a &amp; b\n\nx\n"
    assert texts(SubtitleSplitter(webvtt=True), web) == ["a & b"]


@pytest.mark.parametrize(
    ("splitter", "text", "expected"),
    [
        (
            JsonlSplitter(["text"]),
            '{"id": 1, "body": 2}\n\n{"id" 1}\n',
            [
                "line 3: is no JSON and was kept as it is (expecting ':' delimiter, column 7)",
                'no record has a field "text"; choose one with --field; there are: id, body',
            ],
        ),
        (JsonlSplitter(["text"]), '{"id": 1}\n{"text": 1}\n', []),
        (
            JsonlSplitter(["text"]),
            '{"text": ' + "[" * 100_000,
            ["line 1: is nested too deeply and was kept as it is"],
        ),
        (
            TableSplitter(["text"]),
            "id,body\n1,a\n",
            ['no column "text"; choose one with --column; there are: id, body'],
        ),
        (TableSplitter(["2"]), "id,body\n1,a\n", []),
        (
            TableSplitter(["text"]),
            'id,text\n1,"a"b\n2,"c\n3,d\n',
            [
                "line 2: letters follow a closing quote;"
                " kept as it is up to the next row that is sound"
            ],
        ),
        (
            JsonlSplitter(["text"]),
            '{"a": {"b": 1, "c": [{"d": "x"}, {"e": {}}]}, "f": [1], "": {"": 2}}\n',
            [
                'no record has a field "text"; choose one with --field;'
                " there are: a.b, a.c.d, a.c.e, f"
            ],
        ),
        (
            JsonlSplitter(["text"]),
            json.dumps({f"k{number}": number for number in range(30)}),
            [
                'no record has a field "text"; choose one with --field; there are: '
                + ", ".join(f"k{number}" for number in range(12))
                + ", …"
            ],
        ),
        (
            TableSplitter(["text"]),
            'id,text\n1,"a' + "\n" * LINES_LIMIT + '"\n1,"a' + "\n" * (LINES_LIMIT + 1) + '"\n',
            [
                f"line {LINES_LIMIT + 3:,}: a quote is not closed;"
                " kept as it is up to the next row that is sound"
            ],
        ),
        (
            HtmlSplitter(),
            "a\n<script>",
            ["line 2: <script> has no end; all after it was kept as it is"],
        ),
        (
            HtmlSplitter(),
            "a\n<!-- b\n",
            ["line 2: <!-- has no end; all after it was kept as it is"],
        ),
        (
            HtmlSplitter(),
            "a\n<p title='b>c",
            ["line 2: a tag has no end; the text that may be in it was kept as it is"],
        ),
    ],
)
def test_faults(splitter: Splitter, text: str, expected: list[str]) -> None:
    assert faults(splitter, text) == expected


def test_many_faults_are_counted() -> None:
    found = faults(JsonlSplitter(["text"]), "x\n" * 1000)
    assert len(found) == 101
    assert found[-1] == "line 100: 900 more like it after this line"


def test_rows_are_found_again_after_a_broken_one() -> None:
    table = 'id,text\n1,"a\n2,b\n3,c" d\n4,e\n5,"f"\n'
    assert texts(TableSplitter(["text"]), table) == ["b", 'c" d', "e", "f"]


def test_an_open_quote_holds_no_more_than_a_cell_may() -> None:
    splitter = TableSplitter(["text"])
    found = []
    for chunk in ['id,text\n1,"a\n', *["2,bệnh\n" * 1000] * 67]:
        found += splitter.feed(chunk).texts
    assert found == ["bệnh"] * 67_000


def test_lines_of_a_table_may_end_like_those_of_old() -> None:
    table = 'id;text\r1;"phòng\rchng"\r2;chng\r'
    found = read(TableSplitter(["text"]), table)
    assert found.output == table.replace("chng", "chống")
    assert not found.faults
    assert read(TableSplitter(["text"]), table, [1] * len(table)) == found
    many = "id;text\r" + "1;chng\r" * 10_000
    assert read(TableSplitter(["text"]), many, [999] * 200).output == many.replace("chng", "chống")


def test_a_table_may_say_what_parts_its_cells() -> None:
    for first in ("sep=;\n", '"SEP=;"\r\n'):
        table = first + "text;b,c,d\nphòng chng;chng\n"
        found = read(TableSplitter(["text"]), table)
        assert found.output == table.replace("phòng chng", "phòng chống")
        assert read(TableSplitter(["text"]), table, [1] * len(table)) == found


def test_quotes_of_tsv_need_not_mean_anything() -> None:
    table = 'text\tn\n"a\t1\nb\t2\n"c ""d"""\t3\n'
    assert texts(TableSplitter(["text"], "\t"), table) == ['"a', "b", 'c "d"']
    assert faults(TableSplitter(["text"], "\t"), table) == []


def test_a_quote_without_end_keeps_nothing_back() -> None:
    for delimiters, first in ("\t", ['"a']), (",", []):
        table = f'text{delimiters}n\n"a{delimiters}1\n' + f"bệnh{delimiters}2\n" * 20_000
        found = read(TableSplitter(["text"], delimiters), table)
        assert [piece for piece, _, _ in found.pieces] == first + ["bệnh"] * 20_000
        assert read(TableSplitter(["text"], delimiters), table, [5000] * 100) == found


def test_the_header_says_what_parts_the_cells() -> None:
    for delimiter in ",;\t|":
        assert texts(TableSplitter(["text"]), f"id{delimiter}text\n1{delimiter}a\n") == ["a"]
    assert texts(TableSplitter(["a,b"]), "id;a,b\n1;x\n") == ["x"]


def test_long_passages_are_cut_alike() -> None:
    line = "phòng chng dịch " + "bệnh ở xã " * 1100
    for text in ("\n".join([line] * 20), line * 20, f"<p>{line}<b>{line}</b>\n" * 10):
        for splitter in (lambda: HtmlSplitter(), lambda: MarkdownSplitter()):
            whole = read(splitter(), text)
            assert read(splitter(), text, [1000] * 2000) == whole
            assert max(len(piece) for piece, _, _ in whole.pieces) <= PASSAGE_LIMIT
            assert "chng" not in whole.output


def test_a_record_of_many_escapes_is_no_trouble() -> None:
    text = json.dumps({"text": "phòng chng dịch, " * 15_000}) + "\n"
    blocks = blocks_of(JsonlSplitter(["text"]), text, [4096] * 500)
    [cleaned] = clean_blocks(blocks, WordRule())
    assert isinstance(cleaned, CleanedBlock)
    assert json.loads(cleaned.text()) == {"text": "phòng chống dịch, " * 15_000}
    assert sum(1 for _ in cleaned.findings("-")) == 15_000


def test_a_diff_does_not_depend_on_where_blocks_end() -> None:
    page = "<p>a</p><p>phòng chng\ndịch</p>\n<b>chng</b>\n" * 6 + "chng"

    def diff(sizes: Sequence[int]) -> str:
        blocks = clean_blocks(blocks_of(HtmlSplitter(), page, sizes), WordRule())
        return "".join(unified_diff("a.html", [b for b in blocks if isinstance(b, CleanedBlock)]))

    assert diff([3] * 99) == diff([]) == diff([50] * 9)
    assert diff([]).count("\n-") == 13


def test_what_is_complete_comes_at_once() -> None:
    for splitter, chunks in (
        (JsonlSplitter(["text"]), ['{"text": "a"}\n', '{"text": "b"}\n']),
        (TableSplitter(["text"]), ["text\n", '"a\nb"\n', "c\n"]),
        (HtmlSplitter(), ["<p>a</p>\n", "<p>b</p>\n"]),
        (MarkdownSplitter(), ["a\n\n", "# b\n"]),
        (SubtitleSplitter(), ["1\n00:00:01,0 --> 00:00:02,0\na\n\n"]),
    ):
        for chunk in chunks:
            block = splitter.feed(chunk)
            assert isinstance(block, PassageBlock)
            assert block.raw and block.raw.text().strip() == chunk.strip()


def test_formats_go_by_the_name() -> None:
    for name, type_ in (("a.jsonl", "jsonl"), ("A.HTM.gz", "html"), ("a.md", "markdown")):
        assert kind_of(name).format == type_
    for type_ in TYPES:
        reading = Reading(type=type_)
        splitter = reading.splitter(reading.kind("x"))
        assert "".join(b.text() for b in blocks_of(splitter, "", ())) == ""


def test_a_page_that_says_what_it_no_longer_is() -> None:
    page = '<p>\n<meta charset="windows-1258"><p>Tiếng Việt có dấu\n'
    for encoding, count in ((named("windows-1258"), 1), (None, 0)):
        written = (
            page.encode()
            if not encoding
            else page.replace("ế", "ê").replace("ệ", "ê").replace("ấ", "â").encode("cp1258")
        )
        reader = TextReader(Pipe(written, []), encoding=encoding, splitter=HtmlSplitter())
        list(reader)
        assert [fault.line for fault in reader.faults] == [2] * count
