"""HTML character references: those that are damage are resolved, those that are meant stay."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from html.entities import codepoint2name

import pytest
from case_files import cases, embedded
from hypothesis import given
from hypothesis import strategies as st
from own_sentences import SOUND

from vnclean.edits import apply, invert
from vnclean.stages.entities import Entities


def _by_name(character: str) -> str:
    name = codepoint2name.get(ord(character))
    return f"&{name};" if name else f"&#{ord(character)};"


WAYS: dict[str, Callable[[str], str]] = {
    "name": _by_name,
    "decimal": lambda character: f"&#{ord(character)};",
    "hexadecimal": lambda character: f"&#x{ord(character):x};",
    "HEXADECIMAL": lambda character: f"&#X{ord(character):X};",
}


def repaired(line: str) -> str:
    return apply(line, Entities().edits([line])[0])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("sentence", SOUND)
def test_escaped_once_or_twice(sentence: str, way: str) -> None:
    sentence = f"{sentence} <b>R&D</b> &c. 2 > 1"
    escaped = re.sub("[^\x00-\x7f]", lambda found: WAYS[way](found[0]), escape(sentence, False))
    assert repaired(escaped) == sentence
    assert repaired(escaped.replace("&", "&amp;")) == sentence


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("Ông nói: &quot;Tôi về&quot;&hellip;", 'Ông nói: "Tôi về"…'),
        ("Công ty R&amp;D và AT&amp;T", "Công ty R&D và AT&T"),
        ("Hà Nội,&nbsp;ngày 5&ndash;6", "Hà Nội,\xa0ngày 5–6"),
        ("<p>Ti&#7871;ng Vi&#7879;t&nbsp;</p>", "<p>Tiếng Việt&nbsp;</p>"),
        ("&amp;#272;&amp;#432;&amp;#7901;ng", "Đường"),
    ],
)
def test_damage(damaged: str, sound: str) -> None:
    assert repaired(damaged) == sound


@pytest.mark.parametrize(
    "text",
    [
        "Xem /tin?a=1&copy=2&amp;b=3 hoặc http://a.vn/?x=1&amp;y=2",
        "Viết &lt;b&gt; rồi &nbsp; để in đậm",
        "Ký tự “&nbsp;” là khoảng trắng",
        "Trong HTML, &agrave; là chữ à",
        "caf&eacute; au lait",
        'Mã của chữ ế là "&#7871;" trong bảng',
        "dòng một&#10;dòng hai",
        "Bộ TN&MT; Sở KH&ĐT; &khongco;",
    ],
)
def test_what_is_meant_stays(text: str) -> None:
    assert Entities().edits([text]) == [[]]


@pytest.mark.parametrize("case", cases("negative"))
def test_negative_cases_stay(case: dict[str, str]) -> None:
    for text in (case["text"], embedded(case["text"])):
        assert not any(Entities().edits(text.split("\n")))


def test_a_reference_escaped_without_end_takes_no_time() -> None:
    assert Entities().edits(["&" + "amp;" * 100_000 + "#7871;", "x" * 300_000 + "&quot;"])


@given(st.text('&;#ampltquogxai178379 <>=\u1ebf"', max_size=30))
def test_edits_of_any_text_can_be_made_and_undone(text: str) -> None:
    edits = Entities().edits([text])[0]
    assert apply(apply(text, edits), invert(edits)) == text
    assert all(edit.before != edit.after for edit in edits)
