"""What a written word may have been, and which reading is dearer than which."""

from __future__ import annotations

from itertools import combinations_with_replacement
from string import ascii_lowercase

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from syllables import all_spellings

from vnclean.orthography import (
    fold,
    is_syllable,
    old_style,
    residue,
    same_but_for_style,
    skeleton,
    tone_misplaced,
)
from vnclean.spelling import distance
from vnclean.spelling.channel import Channel, Item, Role
from vnclean.spelling.decoder import NOTHING
from vnclean.spelling.facts import WordFacts
from vnclean.spelling.letters import LetterModel
from vnclean.spelling.lexicon import Lexicon, deletions
from vnclean.spelling.ngrams import SPECIAL_WORDS, UNKNOWN
from vnclean.spelling.prices import RUNS, Mode, Prices, near_keys
from vnclean.spelling.runs import over_converted
from vnclean.wordlists import read_table

WORDS = [
    *SPECIAL_WORDS,
    *(row[0] for row in read_table("syllables.tsv")),
    "đắk",
    "hđnd",
    "covid",
    "reuters",
]
NUMBER_OF = {word: number for number, word in enumerate(WORDS)}
LEXICON = Lexicon(NUMBER_OF, {word for word in WORDS if is_syllable(word)})
CONFUSIONS = WordFacts.load().confusions
FOREIGN = frozenset({"covid", "internet", "reuters"})
FACTS = WordFacts(
    foreign=FOREIGN,
    confusions=CONFUSIONS,
    letters=LetterModel.load(),
)
CHANNEL = Channel(LEXICON, FACTS, Prices())
INFINITE = float("inf")
#: As written in text, or damaged, or not Vietnamese at all.
written = st.one_of(
    st.sampled_from(WORDS[len(SPECIAL_WORDS) :]),
    st.sampled_from(WORDS[len(SPECIAL_WORDS) :]).map(residue),
    st.sampled_from(WORDS[len(SPECIAL_WORDS) :]).map(skeleton),
    st.sampled_from(all_spellings()),
    st.text(st.sampled_from("abcdđêiơkntưvyzảệ"), min_size=1, max_size=9),
).filter(bool)
roles = st.sampled_from(Role)
#: In which nothing but the exchange of the first two letters, or nothing at all, is a slip.
LEFT_ALONE = (Role.ABBREVIATION, Role.SHIFTED)


def number_of(word: str) -> int:
    return NUMBER_OF.get(fold(word), UNKNOWN)


def items(word: str, role: Role = Role.OPENING) -> list[Item]:
    found = CHANNEL.items(word, number_of(word), role)
    return [*found.quiet, *found.slips]


def price(written: str, meant: str, mode: Mode = Mode.TYPED, role: Role = Role.OPENING) -> float:
    """The price of a reading; infinite if it is none."""
    found = [i.cost for i in items(written, role) if (i.word, i.mode) == (number_of(meant), mode)]
    return min(found, default=INFINITE)


@given(written, roles)
def test_first_item_leaves_the_word_alone(word: str, role: Role) -> None:
    first = CHANNEL.items(word, number_of(word), role).quiet[0]
    assert (first.word, first.mode) == (number_of(word), Mode.TYPED)
    assert first.cost >= 0


@given(st.sampled_from(WORDS[len(SPECIAL_WORDS) :]), roles)
def test_a_known_word_is_kept_for_nothing(word: str, role: Role) -> None:
    if word not in ("đắk", "hđnd"):  # no syllables
        assert items(word, role)[0].cost == 0


@given(written, roles)
def test_no_word_is_offered_twice_in_a_mode(word: str, role: Role) -> None:
    places = [(item.word, item.mode) for item in items(word, role)]
    assert len(places) == len(set(places))


@given(written, roles)
def test_changing_is_never_free_outside_the_modes(word: str, role: Role) -> None:
    prices = Prices()
    for item in items(word, role):
        if item.word != number_of(word) and item.mode is Mode.TYPED:
            assert item.cost >= min(prices.lost_letter, *(c.price for c in CONFUSIONS))
        if item.word != number_of(word) and item.mode is Mode.SLIPS:
            assert item.cost > 0


@pytest.mark.parametrize(
    ("rest", "meant"), [("ho", "hoạ"), ("ha", "hoạ"), ("thu", "thuỷ"), ("thy", "thuỷ"), ("y", "uỷ")]
)
def test_lost_letters_of_either_tone_style(rest: str, meant: str) -> None:
    found = [item for item in items(rest, Role.PLAIN) if item.mode is Mode.LOST]
    assert NUMBER_OF[meant] in {item.word for item in found}


def test_what_either_tone_style_spares_may_be_in_a_lost_run() -> None:
    assert [i.cost for i in items("thuỳ", Role.PLAIN) if i.mode is Mode.LOST] == [0.0]  # thùy
    assert not [i for i in items("thuỷ", Role.PLAIN) if i.mode is Mode.LOST]


def test_an_initialism_in_small_letters_is_doubtful() -> None:
    facts = WordFacts(foreign={"gn", "if"}, initialisms={"gn", "if"})
    channel = Channel(LEXICON, facts, Prices())
    lower, upper = (channel.price_of_keeping("gn", 7, r) for r in (Role.PLAIN, Role.CAPITALS))
    assert lower > upper == 0
    assert channel.price_of_keeping("if", 7, Role.PLAIN) == 0  # what lost letters cannot leave


def test_lost_letters_here_and_there() -> None:
    typed, slips, lost = (
        {i.word: i.cost for i in items("tin", Role.PLAIN) if i.mode is mode}[NUMBER_OF["tiền"]]
        for mode in (Mode.TYPED, Mode.SLIPS, Mode.LOST)
    )
    assert lost < slips < typed


@given(written, roles)
def test_a_letter_of_the_upper_half_is_not_lost(word: str, role: Role) -> None:
    spellings = (fold(word), old_style(fold(word)))
    if all(residue(s) != s for s in spellings) and role not in LEFT_ALONE:
        assert [item for item in items(word, role) if item.mode is Mode.LOST] == []


@given(written, roles)
def test_a_diacritic_is_not_bare(word: str, role: Role) -> None:
    if skeleton(word) != word and role not in LEFT_ALONE:
        assert [item for item in items(word, role) if item.mode is Mode.BARE] == []


@given(written)
def test_modes_explain_their_own_damage_for_nothing(word: str) -> None:
    key = fold(word)
    for item in items(word):
        if item.word not in LEXICON.words or item.word == number_of(word):
            continue
        meant = LEXICON.words[item.word]
        if item.mode is Mode.LOST:
            assert key in (residue(meant), residue(old_style(meant))) and item.cost == 0
        if item.mode is Mode.BARE:
            assert (skeleton(meant), item.cost) == (key, 0)


@given(st.sampled_from(sorted(LEXICON.words)))
def test_whatever_was_lost_can_be_found_again(number: int) -> None:
    word = LEXICON.words[number]
    for mode, left in ((Mode.LOST, residue(word)), (Mode.BARE, skeleton(word))):
        if left:
            assert number in [item.word for item in items(left) if item.mode is mode]


@given(written, st.sampled_from([Role.PLAIN, Role.NAME, Role.CAPITALS]))
def test_i_for_y_is_never_proposed(word: str, role: Role) -> None:
    for item in items(word, role):
        if item.word in LEXICON.words:
            assert not same_but_for_style(word, LEXICON.words[item.word])


@given(written.filter(lambda word: not tone_misplaced(word)), roles)
def test_letter_case_and_tone_style_change_nothing(word: str, role: Role) -> None:
    assert items(word.upper(), role) == items(word, role) == items(fold(word), role)


@given(written, st.sampled_from([Role.OPENING, Role.CAPITALS]))
@example("chng", Role.OPENING)
def test_no_mode_is_a_refuge_for_what_is_no_word(word: str, role: Role) -> None:
    """A word that must pay to stay as it is must pay in every mode."""
    found = items(word, role)
    if found[0].cost > 0:
        assert [i for i in found if i.word == number_of(word) and i.cost == 0] == []


@given(written)
def test_abbreviations_have_only_themselves(word: str) -> None:
    for item in items(word, Role.ABBREVIATION):
        if item.word != number_of(word):
            assert item.mode is Mode.BARE
            assert skeleton(LEXICON.words[item.word]) == word
        else:
            assert item.cost == 0


@given(written)
def test_names_change_less_easily(word: str) -> None:
    plain = {(i.word, i.mode): i.cost for i in items(word) if i.mode is Mode.TYPED}
    for item in items(word, Role.NAME):
        if item.mode is Mode.TYPED and item.word in LEXICON.words and item.word != number_of(word):
            assert item.cost > plain[item.word, item.mode]


@pytest.mark.parametrize(
    ("word", "meant"),
    [("kim", "kiểm"), ("chng", "chống"), ("dch", "dịch"), ("bnh", "bệnh"), ("th", "thể"),
     ("ngưi", "người"), ("trưng", "trưởng"), ("vi", "với"), ("đưng", "đường"), ("t", "từ")],
)  # fmt: skip
def test_lost_letters(word: str, meant: str) -> None:
    assert price(word, meant, Mode.LOST) == 0
    assert 0 < price(word, meant) < INFINITE
    assert price(word, meant, Mode.BARE) == INFINITE


@pytest.mark.parametrize(
    ("word", "meant"),
    [("kiem", "kiểm"), ("chong", "chống"), ("duong", "đường"), ("dak", "đắk"), ("o", "ở")],
)
def test_bare_letters(word: str, meant: str) -> None:
    assert price(word, meant, Mode.BARE) == 0
    assert price(word, meant, Mode.LOST) == INFINITE


@pytest.mark.parametrize(
    ("word", "nearer", "farther"),
    [
        ("mã", "mả", "má"),  # hỏi for ngã: one sound to many
        ("đổ", "đỗ", "đố"),
        ("đế", "để", "đè"),  # a tone; a tone and a mark
        ("vục", "vực", "vược"),  # a mark; another letter
        ("tố", "tổ", "tơ"),
        ("chng", "chống", "thông"),
        ("kim", "kiểm", "kiểu"),
    ],
)
def test_nearer_is_cheaper(word: str, nearer: str, farther: str) -> None:
    assert 0 < price(word, nearer) < price(word, farther)


def test_hook_and_tilde_are_nearer_than_other_tones() -> None:
    for one, other, third in (("mã", "mả", "mạ"), ("nghỉ", "nghĩ", "nghị"), ("sửa", "sữa", "sứa")):
        assert max(price(one, other), price(other, one)) < price(one, third)


@pytest.mark.parametrize(
    ("word", "usual", "unusual"),
    [
        ("đế", "để", "đệ"),  # a hook is read, and written, as an acute
        ("đân", "dân", "đần"),  # a stroke too many: OCR
        ("xàm", "sàm", "làm"),  # northern speech
        ("các", "cát", "cách"),  # southern speech
    ],
)
def test_what_is_often_confused_is_cheaper(word: str, usual: str, unusual: str) -> None:
    assert price(word, usual) < price(word, unusual)


def test_a_second_change_is_cheaper_than_the_first() -> None:
    tone, mark, both = price("tô", "tố"), price("tô", "to"), price("tô", "tó")
    assert max(tone, mark) < both < tone + mark


def test_keys_side_by_side_are_nearer() -> None:
    assert price("tinm", "tin") == price("tin", "in") == Prices().letter  # one letter more, less
    assert price("nan", "ban") < price("nan", "gan")  # n and b are neighbours, n and g are not
    assert price("tra", "tar") == INFINITE
    assert price("nhaf", "nhà") < price("nhak", "nhà")  # f is a key of Telex
    assert price("nhak", "nhà") > price("nhà", "nhá")


def test_i_and_y_inside_a_word_are_two_words() -> None:
    assert price("thui", "thuy") < INFINITE
    assert price("lí", "lý") == price("quý", "quí") == price("kỷ", "kỉ") == INFINITE


def test_words_that_are_none_pay_to_stay() -> None:
    prices = Prices()
    kept = {word: items(word, Role.PLAIN)[0].cost for word in ("nhnững", "đãã", "guaido", "kyung")}
    assert min(kept["nhnững"], kept["đãã"]) > max(kept["guaido"], kept["kyung"])
    assert all(
        prices.least_no_syllable <= cost <= prices.most_no_syllable for cost in kept.values()
    )
    assert items("guaido", Role.NAME)[0].cost < kept["guaido"]
    assert items("nhnững", Role.CAPITALS)[0].cost == prices.most_capitals
    assert items("khuỵp")[0].cost == prices.unseen_syllable  # well-formed, but nobody writes it
    assert items("Internet", Role.NAME)[0].cost == items("internet", Role.PLAIN)[0].cost == 0
    assert items("x")[0].cost == 0


@pytest.mark.parametrize("word", ["haüy", "și", "kő"])
def test_letters_that_vietnamese_lacks_are_beyond_repair(word: str) -> None:
    assert {(item.word, item.cost) for item in items(word, Role.PLAIN)} == {(UNKNOWN, 0.0)}


def test_a_wellknown_name_may_be_meant() -> None:
    assert price("rueters", "reuters", role=Role.NAME) < INFINITE
    assert price("réuters", "reuters", role=Role.NAME) == INFINITE  # another way to spell it
    assert price("rueetrs", "reuters", role=Role.NAME) == INFINITE
    assert price("reuters", "covid", role=Role.NAME) == INFINITE


def test_a_capital_in_the_second_place() -> None:
    found = items("gnuyên", Role.SHIFTED)
    assert {i.word for i in found} == {UNKNOWN, NUMBER_OF["nguyên"]}
    assert price("gnuyên", "nguyên", role=Role.SHIFTED) == Prices().exchange
    assert found[0].cost > 0
    assert items("iphone", Role.SHIFTED)[0].cost == 0  # piphone is no word
    assert price("nguêyn", "nguyên", role=Role.SHIFTED) == INFINITE  # not the first two


def test_a_tone_that_wandered_may_be_letters_exchanged() -> None:
    assert price("caủ", "của") == Prices().exchange < price("cảu", "của")
    assert price("caủ", "cảu") == 0


def test_a_lone_vowel_may_have_lost_its_consonant() -> None:
    assert price("ố", "số", role=Role.PLAIN) == Prices().letter
    assert price("ố", "số", role=Role.NAME) == INFINITE
    assert price("v", "và", role=Role.PLAIN) == INFINITE


def test_long_words_are_left_alone() -> None:
    word = "donaudampfschiff"
    assert {item.word for item in items(word)} == {UNKNOWN}
    assert len({item.cost for item in items(word)}) == 1
    assert {item.mode for item in items(word)} == set(Mode)


def test_words_that_vanished() -> None:
    found = CHANNEL.gap_items(NOTHING)
    assert found.slips == []
    lost = [item for item in found.quiet if item.mode is Mode.LOST]
    others = [item for item in found.quiet if item.mode is not Mode.LOST]
    assert {item.word for item in others} == {NOTHING}
    assert {item.cost for item in others} == {0.0}
    assert NUMBER_OF["ở"] in {item.word for item in lost}
    assert all(residue(LEXICON.words[i.word]) == "" for i in lost if i.word != NOTHING)
    assert min(i.cost for i in lost) < min(i.cost for i in lost if i.word == NOTHING)


def test_double_blanks_that_are_usual_hide_few_words() -> None:
    def least(*, usual: bool) -> float:
        lost = [i for i in CHANNEL.gap_items(NOTHING, usual).quiet if i.mode is Mode.LOST]
        words, nothing = ([i.cost for i in lost if (i.word == NOTHING) == n] for n in (False, True))
        return min(words) - nothing[0]

    assert least(usual=True) > least(usual=False)


def test_switching_modes() -> None:
    table = Prices().switch()
    assert [table[mode][mode] for mode in Mode] == [0] * len(Mode)
    for mode in (Mode.SLIPS, *RUNS):
        assert table[Mode.TYPED][mode] > table[mode][Mode.TYPED] > 0
        for other in (Mode.SLIPS, *RUNS):
            if other is not mode:  # as dear as by way of TYPED
                assert table[mode][other] == table[mode][Mode.TYPED] + table[Mode.TYPED][other]


def test_neighbouring_keys() -> None:
    for a, b in combinations_with_replacement(ascii_lowercase, 2):
        assert near_keys(a, b) is near_keys(b, a)
        assert a != b or near_keys(a, b)
    assert near_keys("a", "s")
    assert near_keys("a", "q")
    assert near_keys("n", "h")
    assert not near_keys("a", "p")
    assert not near_keys("a", "m")
    assert not near_keys("a", "ă")
    assert not near_keys("", "a")


@given(st.sampled_from(sorted(LEXICON.words)))
def test_lexicon_finds_a_word_by_what_is_left(number: int) -> None:
    word = LEXICON.words[number]
    assert number in LEXICON.with_skeleton(skeleton(word))
    assert number in LEXICON.with_residue(residue(word))
    assert number not in LEXICON.near(skeleton(word))
    for cut in deletions(skeleton(word)):
        assert number in LEXICON.near(cut)


def test_letter_case_is_evidence_in_the_modes() -> None:
    shares = {"võ": 0.9, "vợ": 0.01, "vo": 0.3}
    channel = Channel(LEXICON, WordFacts(foreign=FOREIGN, capital_share=shares), Prices())

    def costs(word: str, mode: Mode, role: Role) -> dict[int, float]:
        found = channel.items(word, number_of(word), role).quiet
        return {item.word: item.cost for item in found if item.mode is mode}

    name, plain = costs("vo", Mode.BARE, Role.NAME), costs("vo", Mode.BARE, Role.PLAIN)
    opening = costs("vo", Mode.BARE, Role.OPENING)
    surname, wife = NUMBER_OF["võ"], NUMBER_OF["vợ"]
    assert name[surname] < name[wife]
    assert plain[surname] > plain[wife]
    assert opening[surname] == opening[wife] == 0


def test_what_a_conversion_too_many_leaves_is_found_back() -> None:
    left: dict[str, set[int]] = {}
    for number, word in LEXICON.words.items():
        for rest in over_converted(word):
            left.setdefault(rest, set()).add(number)
    assert {rest: set(LEXICON.of_rest(Mode.OVER, rest)) for rest in left} == left


@given(st.text("aăâonhmơ", max_size=6), st.text("aăâonhmơ", max_size=6))
@example("nhân", "nhhaâ")
def test_common_ends_change_no_distance(written: str, meant: str) -> None:
    priced = distance.SpellingDistance(Prices())
    fast = priced.several_edits(written, meant)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distance, "_less_common_ends", lambda left, right: (left, right))
        assert priced.several_edits(written, meant) == pytest.approx(fast)
