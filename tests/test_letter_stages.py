"""The stages for letters and for the place of the tone."""

from __future__ import annotations

import unicodedata

import pytest
from syllables import all_spellings, all_syllables, with_tone_anywhere

from vnclean.stages.letters import Letters
from vnclean.stages.tone_position import TonePosition


def test_every_sound_syllable_keeps_its_tone() -> None:
    assert not any(TonePosition().edits(all_spellings()))


def test_every_misplaced_tone_is_put_right() -> None:
    stage = TonePosition("old")
    for syllable in all_syllables()[::7]:
        meant = syllable.spell("old")
        for [edits] in (stage.edits([w]) for w in with_tone_anywhere(meant) if w != meant):
            assert [e.after for e in edits] in ([meant], [])


def test_decomposed_syllables_are_composed() -> None:
    spellings = [s for s in all_spellings() if s != unicodedata.normalize("NFD", s)][::7]
    decomposed = [unicodedata.normalize("NFD", s) for s in spellings]
    assert [e[0].after for e in Letters().edits(decomposed)] == spellings


@pytest.mark.parametrize("text", ["Sigurðsson", "α, β, Δt", "Москва", "👨\u200d👩\u200d👧"])
def test_other_text_stays(text: str) -> None:
    assert Letters().edits([text]) == [[]]
