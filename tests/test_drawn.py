"""What cannot be seen is drawn by one rule; the page is held to the same samples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnclean.reports.drawn import drawn, visible

#: What a word is shown as.
SAMPLES = {
    "": "∅",
    " ": "␣",
    "   ": "␣␣␣",
    "kim tra": "kim tra",
    " ấy ": " ấy ",
    "h-\nọc": "h-⏎ọc",
    "h-\r\nọc": "h-⏎ọc",
    "h-\rọc": "h-␍ọc",
    "\r\n": "⏎",
    "a\tb": "a␉b",
    "\x00\x1b[2J\x7f": "␀␛[2J␡",
    "\x85\x9b": "⟨0085⟩⟨009B⟩",
    "10\u00a0km": "10⍽km",
    "\u00a0": "⍽",
    "a\u2009b\u3000c": "a⟨2009⟩b⟨3000⟩c",
    "a\u2028b\u2029c": "a⟨2028⟩b⟨2029⟩c",
    "so\u00adft": "so⟨00AD⟩ft",
    "a\u200bb\u200d\ufeff": "a⟨200B⟩b⟨200D⟩⟨FEFF⟩",
    "\u202etxt.exe\u2066": "⟨202E⟩txt.exe⟨2066⟩",
    "\uf0b7": "⟨F0B7⟩",
    "\U000e0041": "⟨E0041⟩",
    "\udc80\ud800": "⟨DC80⟩⟨D800⟩",
    "e\u0301 😀": "e\u0301 😀",
}


@pytest.mark.parametrize("text", SAMPLES)
def test_a_word_is_shown_as(text: str) -> None:
    assert visible(text) == SAMPLES[text]


@given(st.text() | st.text("\r\n\t \x1b\u00a0\u202e"))
def test_what_is_drawn_can_be_shown_anywhere(text: str) -> None:
    assert drawn(text).isprintable()
    assert drawn(drawn(text)) == drawn(text)
    assert visible(text).strip(" ")
