"""Tokens of HTML: together they are the text, whatever it is and however it arrives."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from format_samples import COMMON, SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st

from vnclean.formats import tokens as module
from vnclean.formats.tokens import Part, Tokens

BROKEN = [
    "<![foo", "<![if a]>", "<![endif]>", "<!ELEMENT a (b)>", "<!-", "--!>", "</ p>", "</>", "<a/",
    "<a\x00b>", '<a b=="x', "<a 'b'>", "&#", "&#x;", "&notin", "<plaintext>", "<title>", "</title",
    "<script/>", "</script", "</SCRIPT >", "<style>p>a{}</style>", "<?xml version='1.0'?>", "<?php",
    "<xmp>", "<iframe src=a></iframe>", "<A HREF=a>", "\x00", "\f",
]  # fmt: skip
PIECES = [*SAMPLES["html"].pieces, *COMMON, *BROKEN]


def told(text: str, sizes: Sequence[int]) -> list[tuple[str, Part, str]]:
    """What the parts of a text are, up to the first one that is not known."""
    tokens, at, raw = Tokens(), 0, ""
    found: list[tuple[str, Part, str]] = []
    ends = [sum(sizes[:number]) for number in range(1, len(sizes) + 1)]
    for end in [end for end in ends if end < len(text)] + [len(text)]:
        raw = text[:end]
        final = end == len(text)
        while at < end and (some := tokens.read(raw, at, final=final)) is not None:
            for size, (part, name, _) in some:
                assert size > 0
                found.append((raw[at : at + size], part, name))
                at += size
            if not some:
                return [*found, (text[at:], "other", "?")]
    return found


def check(text: str, sizes: Sequence[int]) -> None:
    found = told(text, ())
    assert "".join(part for part, _, _ in found) == text
    assert told(text, sizes) == found
    for part, kind, name in found:
        if name not in ("", "?"):
            start = "</" if kind == "end" else "<"
            assert part.startswith(start) and part.endswith(">")
            assert part[len(start) :].lstrip().lower().startswith(name)


@settings(max_examples=300)
@given(st.data())
def test_tokens_are_the_text_without_gaps(data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(PIECES), max_size=14)))
    check(text, data.draw(st.lists(st.integers(1, 9), max_size=40)))


def test_tokens_of_noise_are_the_text_without_gaps() -> None:
    chance = random.Random(11)
    for _ in range(1500):
        text = "".join(chance.choices("<>/!-?[]&#;='\" \nabP\x00", k=chance.randint(1, 60)))
        check(text, chance.choices(range(1, 9), k=30))


def test_what_the_library_is_relied_on_for() -> None:
    page = "a &amp; b<p id='x>y' T=\"Ti&ecirc;n\">c <br/>\n<script>a<b</script ><!-- d > --></p\n>"
    assert told(page, [3] * 40) == [
        ("a &amp; b", "text", ""),
        ("<p id='x>y' T=\"Ti&ecirc;n\">", "start", "p"),
        ("c ", "text", ""),
        ("<br/>", "empty", "br"),
        ("\n", "text", ""),
        ("<script>", "start", "script"),
        ("a<b", "text", ""),
        ("</script >", "end", "script"),
        ("<!-- d > -->", "other", ""),
        ("</p\n>", "end", "p"),
    ]
    [token] = Tokens().read("<p id='x>y' T=\"Ti&ecirc;n\" b>", 0, final=True) or ()
    assert token[1][2] == [("id", "x>y"), ("t", "Tiên"), ("b", None)]


@pytest.mark.parametrize("opening", ["<!-- ", "<script>", "<p title='", "<?", "<textarea>", "<![x"])
def test_the_library_is_not_let_see_what_has_no_end(
    opening: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LONGEST", 5000)
    monkeypatch.setattr(module, "_PORTION", 700)
    text = opening + "a\n < b " * 2000
    sizes = [1000] * 20
    found = told(text, sizes)
    assert found == told(text, ())
    assert "".join(part for part, _, _ in found) == text
    assert found[-1][2] == "?" and len(found[-1][0]) > 13_000
