"""Edits of what is read, brought back to where it is written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vnclean.documents.lines import Block
from vnclean.documents.passages import Passage, Run, Spelled, passage_block
from vnclean.edits import Edit, apply

#: Letters as themselves, in brackets (another way to write them), and markup between them.
parts = st.lists(
    st.one_of(
        st.text("abc", min_size=1, max_size=4),
        st.text("abc", min_size=1, max_size=2).map(lambda text: f"[{text}]"),
        st.just("|"),
    ),
    min_size=1,
    max_size=8,
)


def written(some: list[str]) -> tuple[str, list[Run]]:
    raw, runs = "", []
    for part in some:
        start, raw = len(raw), raw + part
        if part != "|":
            runs.append(Run(part.strip("[]"), start, len(raw), not part.startswith("[")))
    return raw, runs


def read(raw: str) -> str:
    return "".join(letter for letter in raw if letter not in "[]|")


@given(parts, st.data())
def test_an_edit_changes_what_is_read_as_it_says(some: list[str], data: st.DataObject) -> None:
    raw, runs = written(some)
    text = read(raw)
    if not text:
        return
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    edit = Edit(start, end, text[start:end], data.draw(st.text("abc", max_size=4)), "", 1.0)
    [made] = Passage(runs).written(raw, [edit])
    assert raw[made.start : made.end] == made.before
    if made.applied:
        changed = apply(raw, [made])
        assert read(changed) == apply(text, [edit])
        assert changed.count("|") == raw.count("|")
    else:
        assert "|" in made.before


@given(parts, st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3), st.text("xy", max_size=3))))
def test_edits_of_a_block_never_overlap(
    some: list[str], places: list[tuple[int, int, str]]
) -> None:
    raw, runs = written(some)
    text, edits, done = read(raw), [], 0
    for start, size, after in sorted(places):
        end = min(start + size, len(text))
        if done <= start <= end and text:
            edits.append(Edit(start, end, text[start:end], after, "", 1.0))
            done = end + 1
    document = Block([raw], [""], 1, 0, 0)
    block = passage_block(document, [Passage(runs)], lambda text: Block([text], [""], 1, 0, 0))
    found, [made], _ = block.written([edits] * len(block.texts))
    assert found is document
    apply(raw, made)  # which raises ValueError if two overlap
    assert len(made) == len(edits)


def test_runs_are_asked_for_only_if_there_are_edits() -> None:
    asked: list[tuple[int, int]] = []

    def spelling(raw: str, start: int, end: int) -> list[Run]:
        asked.append((start, end))
        return [Run(raw[start:end], start, end)]

    passages = [Spelled(read="ab", spans=((1, 3),), spelling=spelling) for _ in range(3)]
    document = Block(["<ab>"], [""], 1, 0, 0)
    block = passage_block(document, passages, lambda text: Block([text], [""], 1, 0, 0))
    _, [edits], _ = block.written([[], [Edit(1, 2, "b", "c", "", 1.0)], []])
    assert asked == [(1, 3)]
    assert apply("<ab>", edits) == "<ac>"
