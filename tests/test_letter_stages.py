"""The stages for letters and for the place of the tone."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable

import pytest
from syllables import STYLES, all_spellings, all_syllables, with_tone_anywhere

from vnclean.edits import Edit, apply
from vnclean.orthography import TONE_MARKS, ToneStyle
from vnclean.stages import Stage
from vnclean.stages.letters import Letters
from vnclean.stages.tone_position import TonePosition


def test_every_sound_syllable_keeps_its_tone() -> None:
    assert not any(TonePosition().edits(all_spellings()))


def test_every_misplaced_tone_is_put_right() -> None:
    sound = set(all_spellings())
    meant: dict[str, set[str]] = defaultdict(set)
    for syllable in all_syllables():
        for word in with_tone_anywhere(syllable.spell("new")):
            if word not in sound:
                meant[word] |= {syllable.spell(style) for style in STYLES}
    found = TonePosition().edits(list(meant))
    wrong = [w for w, edits in zip(meant, found, strict=True) if not _only(edits, meant[w])]
    assert len(meant) > 10_000
    assert wrong == []


def _only(edits: list[Edit], meant: set[str]) -> bool:
    return len(edits) == 1 and edits[0].after in meant


@pytest.mark.parametrize("style", STYLES)
def test_every_syllable_can_be_written_in_either_style(style: ToneStyle) -> None:
    stage = TonePosition(style)
    wanted = {s.spell(other): s.spell(style) for s in all_syllables() for other in STYLES}
    assert {word: applied(stage, word) for word in wanted} == wanted


def applied(stage: Stage, line: str) -> str:
    return apply(line, stage.edits([line])[0])


def tone_before_shape(word: str) -> str:
    """The marks of each letter in the order in which no keyboard should put them."""
    tones = [unicodedata.normalize("NFD", letter) for letter in word]
    return "".join(letter[0] + letter[:0:-1] for letter in tones)


def tone_apart(word: str) -> str:
    """The tone as a mark of its own, as windows-1258 has it."""
    apart = (unicodedata.normalize("NFD", letter) for letter in word)
    return "".join(
        unicodedata.normalize("NFC", "".join(c for c in letter if c not in TONE_MARKS.values()))
        + "".join(c for c in letter if c in TONE_MARKS.values())
        for letter in apart
    )


def old_marks(word: str) -> str:
    """With the grave and acute that Unicode has deprecated."""
    decomposed = unicodedata.normalize("NFD", word)
    return decomposed.replace("\u0300", "\u0340").replace("\u0301", "\u0341")


def hidden(word: str) -> str:
    return "\u200b".join(word)


@pytest.mark.parametrize("case", [str.lower, str.upper, str.title])
@pytest.mark.parametrize(
    "damage",
    [
        lambda word: unicodedata.normalize("NFD", word),
        tone_before_shape,
        tone_apart,
        old_marks,
        hidden,
    ],
    ids=["decomposed", "tone before shape", "tone apart", "deprecated marks", "zero width"],
)
def test_every_syllable_is_composed(
    damage: Callable[[str], str], case: Callable[[str], str]
) -> None:
    stage = Letters()
    words = [unicodedata.normalize("NFC", case(word)) for word in all_spellings()]
    wrong = [word for word in words if applied(stage, damage(word)) != word]
    assert wrong == []


@pytest.mark.parametrize(("letter", "like"), [("đ", "ð"), ("đ", "ɖ"), ("Đ", "Ð"), ("Đ", "Ɖ")])
def test_every_syllable_with_đ_is_read(letter: str, like: str) -> None:
    words = [word for word in all_spellings() if word[0] == "đ" and not word[1:].isascii()]
    written = [letter + word[1:] for word in words]
    stage = Letters()
    found = [applied(stage, f"{like}{word[1:]} của") for word in written]
    kept = [word for word, text in zip(written, found, strict=True) if text != f"{word} của"]
    assert kept == []


@pytest.mark.parametrize("text", ["Sigurðsson", "α, β, Δt", "Москва", "👨\u200d👩\u200d👧"])
def test_other_text_stays(text: str) -> None:
    assert Letters().edits([text]) == [[]]
