"""Lines read by a program without Vietnamese, and lines that only look like it."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from own_sentences import SOUND

from vnclean.edits import Edit, apply, invert
from vnclean.orthography import residue, skeleton
from vnclean.spelling.facts import WordFacts
from vnclean.spelling.misread_words import MisreadWords
from vnclean.spelling.misreadings import Misreadings, all_bare, upper_half_lost
from vnclean.spelling.model_files import shipped_model
from vnclean.spelling.ngrams import NgramModel
from vnclean.stages.charset import LegacyText
from vnclean.stages.legacy_tables import load
from vnclean.stages.misread import Misread

PROGRAMS = sorted(Misreadings.load())
FOREIGN = [
    "Le petit chat est tombé dans la rivière où il dormait, ça va.",
    "Où que tu ailles, là-bas ou ici, je serai là.",
    "Não há razão para não fazer isso; a mãe é boa e o pão é bom.",
    "O céu é azul e o mar é só teu.",
    "¿Qué tal está tu mamá? Él no sabía que yo sé más.",
    "Så hvad gør du på øen? Må jeg få én øl til?",
    "Én is láttam őt, de ő nem látott engem.",
    "Já to vím, ale ty to nevíš; má žena se na to ptá.",
    "Bu akşam ne yapıyorsun? Ben de çok iyiyim, sağ ol.",
    "Grüße aus München: Öl, Käse und süße Äpfel für dich.",
    "Nǐ hǎo ma? Wǒ hěn hǎo, xièxie, nín ne?",
    "Namo tassa bhagavato arahato sammāsambuddhassa.",
    "Città, perché, più, così: là c'è il papà di Nicolò.",
]
#: Sound Vietnamese that happens to have none of the letters which only Vietnamese has.
PLAIN = [
    "Ông cho hay, anh trai ra sân bay.",
    "Cây cau cao hai mét, lá xanh quanh nhà, hoa thì màu vàng.",
    "Theo báo Lao Công, bà Xoan có ba con trai.",
    "Khi nào em xong thì nhà mình cùng ra quán nha!",
]


@cache
def opened() -> Misread:
    return Misread(NgramModel.open(shipped_model()), WordFacts.load(), LegacyText())


@pytest.fixture(scope="module")
def stage() -> Misread:
    return opened()


def misread(sentence: str, program: str, seed: int) -> str:
    """The sentence as a program would read it: letters drawn as its table says."""
    table, chance = Misreadings.load()[program].of, random.Random(seed)
    read = []
    for letter in sentence:
        known = table.get(letter.lower())
        found = chance.choices(list(known), list(known.values()))[0] if known else letter
        read.append(found.capitalize() if letter.isupper() else found)
    return "".join(read)


def told(edits: list[Edit]) -> list[tuple[int, int, str, str]]:
    return [(edit.start, edit.end, edit.before, edit.after) for edit in edits]


@pytest.mark.parametrize("program", PROGRAMS)
def test_most_words_come_back(stage: Misread, program: str) -> None:
    right = words = 0
    for seed, sentence in enumerate(SOUND):
        line = misread(sentence, program, seed)
        repaired = apply(line, stage.edits([line])[0])
        pairs = list(zip(repaired.split(), sentence.split(), strict=False))
        right += sum(a.lower() == b.lower() for a, b in pairs)
        words += len(pairs)
    assert right >= 0.85 * words


damage = st.builds(misread, st.sampled_from(SOUND), st.sampled_from(PROGRAMS), st.integers(0, 999))


@settings(max_examples=30, deadline=None)
@given(st.lists(damage | st.sampled_from([*SOUND, *FOREIGN, *PLAIN]), min_size=1, max_size=4))
def test_edits_can_be_made_and_undone_and_depend_on_their_line_alone(lines: list[str]) -> None:
    found = opened().edits(lines)
    for line, edits in zip(lines, found, strict=True):
        repaired = apply(line, edits)
        assert apply(repaired, invert(edits)) == line
        assert all(0 < edit.confidence <= 1 and edit.before != edit.after for edit in edits)
        assert told(opened().edits([line])[0]) == told(edits)


@settings(max_examples=30, deadline=None)
@given(damage)
def test_what_was_repaired_stays(line: str) -> None:
    repaired = apply(line, opened().edits([line])[0])
    assert opened().edits([repaired]) == [[]]


@pytest.mark.parametrize("line", [*SOUND, *FOREIGN, *PLAIN, "", "é", "2,5 × 3 = 7½"])
def test_sound_lines_stay(stage: Misread, line: str) -> None:
    assert stage.edits([line]) == [[]]


@pytest.mark.parametrize("sentence", SOUND)
def test_other_damage_is_left_to_others(stage: Misread, sentence: str) -> None:
    others = [residue(sentence), skeleton(sentence), f"{skeleton(sentence)} à"]
    others += [load(name).spelled(sentence) for name in ("tcvn3", "vni", "viscii")]
    assert [line for line, edits in zip(others, stage.edits(others), strict=True) if edits] == []


def test_exact_tables_allow_one_thing_only() -> None:
    words = MisreadWords({"kiểm": 1, "kim": 2, "tra": 3}, [upper_half_lost(), all_bare()])
    kim, tra = words.meant(["kim", "trà"])
    prices = dict(zip(kim.word.tolist(), kim.price.tolist(), strict=True))
    assert prices[1][0] == 0 and prices[1][1] >= 20  # lost, but not bare: a letter is missing
    assert prices[2] == [0, 0]
    assert (tra.price >= 20).all()
