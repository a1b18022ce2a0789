"""Text to symbols: by the slow way with places, and by the fast way with a table."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vnclean.spelling.encoding import TokenTable
from vnclean.spelling.tokens import Kind, Symbol, line_symbols, symbols

#: White space of every sort, marks, control and unreadable characters, words and signs.
_PIECES = [
    " ", "  ", "   ", "\t", "\u00a0", "\u2028", "\u2029", "\u0085", "\u3000", "\u180e", "\u200b",
    "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f", "\x00", "\r", "\udc80", "\udcff",
    "\u0301", "\u0323", "\u031b", "nhà", "nha\u0300", "Kim", "TP", "đ", "7", "2020", "F0", "_",
    ".", ",", "/", ":", "://", "@", "www.", "-", "–", "…", "?", "(", ")", "\\", "|", "vn", "�",
    "😀", "ж", "α", "الف", "ไทย", "中", "²", "٣", "½", "ǅ", "ﬁ",
]  # fmt: skip
texts = st.one_of(
    st.lists(st.sampled_from(_PIECES), max_size=14).map("".join),
    st.text(st.characters(exclude_categories=(), exclude_characters="\n"), max_size=30),
    st.text(st.sampled_from("ab7 .\x1c\x1f\t\u00a0\u2003\udc80\u0301_/@"), max_size=20),
)


def kinds_and_texts(found: list[Symbol]) -> list[tuple[Kind, str]]:
    return [(symbol.kind, symbol.text) for symbol in found]


class Numbering:
    """Gives symbols numbers that tell kind and text."""

    def __init__(self) -> None:
        self.seen: list[tuple[Kind, str]] = []

    def __call__(self, symbol: Symbol) -> int:
        key = (symbol.kind, symbol.text)
        if key not in self.seen:
            self.seen.append(key)
        return self.seen.index(key)


def encoded(lines: list[str]) -> list[list[tuple[Kind, str]]]:
    """The symbols of each line as :class:`TokenTable` sees them, the line ends checked."""
    numbering = Numbering()
    found: list[list[tuple[Kind, str]]] = [[]]
    for number in TokenTable(numbering).encode(lines).tolist():
        if numbering.seen[number] == (Kind.BREAK, "\n"):
            found.append([])
        else:
            found[-1].append(numbering.seen[number])
    assert found.pop() == []
    return found


@settings(max_examples=600)
@given(texts)
@example("a\x1cb@c")
@example("a  \x1c")
@example("\x1f  a")
@example("a  b  c   d  ")
@example("  a\u00a0\u00a0b\u2028 c\x00d")
@example("a\udc80  b")
def test_fast_and_slow_way_agree(text: str) -> None:
    assert encoded([text]) == [kinds_and_texts(list(line_symbols(text)))]


@given(st.lists(texts, max_size=5))
def test_lines_are_encoded_one_by_one(lines: list[str]) -> None:
    assert encoded(lines) == [encoded([line])[0] for line in lines]


@given(texts)
def test_symbols_stand_where_they_say(text: str) -> None:
    end = 0
    for symbol in line_symbols(text):
        assert symbol.start >= end
        assert text[symbol.start : symbol.end] == symbol.text
        assert bool(symbol.text) != (symbol.kind is Kind.GAP)
        assert not any(char.isspace() for char in symbol.text)
        end = symbol.end


@given(texts)
def test_a_gap_is_exactly_two_blanks_between_words(text: str) -> None:
    gaps = [symbol.start for symbol in line_symbols(text) if symbol.kind is Kind.GAP]
    expected = [
        i + 1
        for i in range(1, len(text) - 2)
        if text[i : i + 2] == "  " and not text[i - 1].isspace() and not text[i + 2].isspace()
    ]
    assert gaps == expected


@given(st.text(max_size=20), st.integers(0, 99))
def test_offset_moves_the_places_only(raw: str, offset: int) -> None:
    for symbol, moved in zip(symbols(raw), symbols(raw, offset), strict=True):
        assert moved == symbol._replace(start=symbol.start + offset, end=symbol.end + offset)


@given(st.lists(texts, min_size=1, max_size=4))
def test_every_letter_and_digit_belongs_to_a_symbol(lines: list[str]) -> None:
    for line in lines:
        left = set(range(len(line)))
        for symbol in line_symbols(line):
            left -= set(range(symbol.start, symbol.end))
        assert [line[i] for i in sorted(left) if line[i].isalpha() or line[i].isdecimal()] == []


@pytest.mark.parametrize("raw", ["thu\ufffdc", "t?nh", "?y", "l□i", "b?", "Vie65t"])
def test_unread_letters_and_keys_are_part_of_the_word(raw: str) -> None:
    assert kinds_and_texts(symbols(raw)) == [(Kind.WORD, raw)]


@pytest.mark.parametrize(
    "raw",
    [
        "https://baochinhphu.vn/tin?id=7&q=a,b", "http://a.vn", "(https://vnexpress.net).",
        "www.quochoi.vn", "ftp://may-chu/tep", "lan.anh@ubnd.gov.vn", "<a@b.vn>,", "@nguyenvana",
        "372_TB-VP.signed.pdf", "bao_cao.docx", "báo_cáo", "setup.py", "index.html",
        "vnexpress.net/thoi-su?a=1", "C:\\Users\\Lan", "a.b.c", "F0", "H5N1", "4G", "5G",
        "QL1A", "Tr\udc80ng",
    ],
)  # fmt: skip
def test_opaque(raw: str) -> None:
    assert kinds_and_texts(symbols(raw)) in (
        [(Kind.OPAQUE, raw)],
        [(Kind.OPAQUE, raw.strip("(),.<>"))],
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("dịch,", ["WORD dịch"]),
        ("“dịch”…", ["WORD dịch", "BREAK …"]),
        ("(phòng,chống)", ["WORD phòng", "WORD chống"]),
        ("v/v", ["WORD v", "WORD v"]),
        ("km/h", ["WORD km", "WORD h"]),
        ("và/hoặc", ["WORD và", "WORD hoặc"]),
        ("TP.HCM", ["WORD TP", "WORD HCM"]),
        ("TP.Hồ", ["WORD TP", "WORD Hồ"]),
        ("TP.", ["WORD TP", "BREAK ."]),
        ("25/4/2020", ["NUMBER 25/4/2020"]),
        ("25/4/2020.", ["NUMBER 25/4/2020", "BREAK ."]),
        ("1.500.000,5", ["NUMBER 1.500.000,5"]),
        ("10:30", ["NUMBER 10:30"]),
        ("10:", ["NUMBER 10", "BREAK :"]),
        ("Covid-19", ["WORD Covid", "NUMBER 19"]),
        ("F0,F1", ["OPAQUE F0", "OPAQUE F1"]),
        ("16/CT-TTg", ["NUMBER 16", "BREAK /", "WORD CT", "WORD TTg"]),
        ("100%", ["NUMBER 100"]),
        ("25km", ["OPAQUE 25km"]),
        ("dịch1", ["WORD dịch", "NUMBER 1"]),
        ("a…b", ["WORD a", "BREAK …", "WORD b"]),
        ("nha\u0300", ["WORD nha\u0300"]),
        ("a=b", ["WORD a", "BREAK =", "WORD b"]),
        ("–", ["BREAK –"]),
        ("-", []),
        ("“”(),-", []),
        ("😀", []),
        ("?!", ["BREAK ?!"]),
        ("...", ["BREAK ..."]),
        ("", []),
    ],
)
def test_taken_apart(raw: str, expected: list[str]) -> None:
    assert [f"{s.kind.name} {s.text}" for s in symbols(raw)] == expected


@pytest.mark.parametrize(
    ("line", "gaps"),
    [
        ("trong  nhà", 1), ("trong   nhà", 0), ("trong    nhà", 0), ("  trong nhà", 0),
        ("trong nhà  ", 0), ("trong  nhà  ta", 2), ("trong\t\tnhà", 0), ("trong \tnhà", 0),
        ("a  b", 1), ("  ", 0), ("", 0), ("trong\u00a0\u00a0nhà", 0), ("12  ,  .", 2),
    ],
)  # fmt: skip
def test_gaps(line: str, gaps: int) -> None:
    assert sum(symbol.kind is Kind.GAP for symbol in line_symbols(line)) == gaps


def test_every_distinct_token_is_numbered_once() -> None:
    calls: list[str] = []

    def number(symbol: Symbol) -> int:
        calls.append(symbol.text)
        return len(calls) - 1

    table = TokenTable(number)
    assert table.encode(["ta về ta", "về ta"]).tolist() == [2, 3, 2, 1, 3, 2, 1]
    assert table.encode(["ta đi"]).tolist() == [2, 4, 1]
    assert calls == ["", "\n", "ta", "về", "đi"]


def test_nothing_at_all() -> None:
    assert TokenTable(Numbering()).encode([]).tolist() == []
    assert encoded([""]) == [[]]
