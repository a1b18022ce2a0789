"""What a document has said before counts, and counts the same however it is cut."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnclean.cleaner import Cleaner
from vnclean.config import Config
from vnclean.document import REACH, Document
from vnclean.documents.groups import GroupSplitter
from vnclean.documents.text import TextReader
from vnclean.edits import Edit
from vnclean.pipeline import CleanedBlock, Finding, clean_blocks
from vnclean.spelling.decoder import NOTHING
from vnclean.spelling.lattice import Posteriors
from vnclean.spelling.mentions import Mentions
from vnclean.spelling.prices import Mode

#: Sentences of which some lean on others: names, terms, a slip in one of them.
SENTENCES = (
    "Tổ máy số một đã chạy ổn định.",
    "Tố máy số ba sẽ dừng vào tháng sau.",
    "Món bính nướng ăn với cơm.",
    "Chợ quê bán món bính nướng.",
    "Nấm men bia lên men ở nhiệt độ thấp.",
    "Nắm men chết khi quá nóng.",
    "Kính gửi: các ðơn vị trực thuộc",  # repaired before it comes to words
    "công tác phòng, chng dch bnh",
    "",
)


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner()


def only(edits: list[Edit], before: str) -> float:
    """How sure the edit of a word is; 0 if there is none."""
    return max((edit.confidence for edit in edits if edit.before == before), default=0.0)


def rounded(edits: list[Edit]) -> list[Edit]:
    """Sums of other numbers of addends differ in their last digits."""
    return [replace(edit, confidence=round(edit.confidence, 6)) for edit in edits]


def test_what_is_written_properly_elsewhere_is_supported(cleaner: Cleaner) -> None:
    slip = "Tố máy số ba sẽ dừng vào tháng sau."
    alone = only(cleaner.edits([slip])[0], "Tố")
    together = only(cleaner.edits([slip], ["Tổ máy số một đã chạy ổn định."])[0], "Tố")
    assert alone < together


def test_what_is_spelt_so_throughout_is_kept(cleaner: Cleaner) -> None:
    name = "Khách gọi thêm món bính nướng."
    alone = only(cleaner.edits([name])[0], "bính")
    together = only(cleaner.edits([name], ["Chợ quê bán món bính nướng."] * 3)[0], "bính")
    assert together < alone


def test_what_comes_later_does_not_count(cleaner: Cleaner) -> None:
    slip, proper = "Tố máy số ba sẽ dừng vào tháng sau.", "Tổ máy số một đã chạy ổn định."
    assert cleaner.edits([slip, proper])[0] == cleaner.edits([slip])[0]


def test_what_is_too_far_back_does_not_count(cleaner: Cleaner) -> None:
    slip, proper = "Tố máy số ba sẽ dừng vào tháng sau.", "Tổ máy số một đã chạy ổn định."
    far = [proper, "và " * (REACH // 3)]
    assert cleaner.edits([slip], far) == cleaner.edits([slip])


@given(st.lists(st.text("ab", max_size=6)), st.integers(0, 30), st.data())
def test_the_reach_does_not_depend_on_the_cut(
    lines: list[str], reach: int, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(lines)))
    kept, first = Document(lines[cut:], lines[:cut]).reach(reach)
    whole = Document(lines).reach(reach)[1][cut:]
    assert [number + cut - len(kept) for number in first] == whole
    assert kept == lines[:cut][len(lines[:cut]) - len(kept) :]


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12),
    st.lists(st.integers(1, 12), max_size=6),
)
def test_blocks_do_not_matter(cleaner: Cleaner, lines: list[str], sizes: list[int]) -> None:
    cuts = sorted({0, len(lines), *(size for size in np.cumsum(sizes) if size < len(lines))})
    parts = [cleaner.edits(lines[a:b], lines[:a]) for a, b in pairwise(cuts)]
    cut = [rounded(edits) for part in parts for edits in part]
    assert cut == list(map(rounded, cleaner.edits(lines)))


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("size", [700, 5_000, 1 << 16])
def test_chunks_do_not_matter(across: bool, size: int) -> None:
    """Of a document longer than the reach, with broken words in it if these are joined."""
    cleaner = Cleaner(Config(join_lines=across))
    middle = "Đoạn này dài thêm và không có gì đặc biệt để\r\nnói cả, chỉ để cho khoa h-\r\nọc.\r\n"
    text = ("\r\n".join(SENTENCES) + "\r\n" + middle * 90) * 4
    assert len(text) > 1.5 * REACH

    def findings(block_size: int) -> list[Finding]:
        reader = TextReader(
            io.BytesIO(text.encode()), block_size, splitter=GroupSplitter() if across else None
        )
        cleaned = clean_blocks(iter(reader), cleaner)
        return [
            replace(found, edit=rounded([found.edit])[0])
            for block in cleaned
            if isinstance(block, CleanedBlock)
            for found in block.findings("-")
        ]

    assert findings(size) == findings(1 << 20)


def test_no_support_for_a_damaged_word_in_a_damaged_stretch() -> None:
    """Where every word of a stretch is damaged, the same damage comes again."""
    words = np.array([3, 4, 0, 3, 4, 0])
    said = Mentions(words, np.repeat([0, 1], 3), [0, 0], before=0)
    share = np.zeros((2, len(Mode)))
    share[:, Mode.LOST] = 0.5
    found = Posteriors(np.array([4]), np.array([2]), np.array([4, 5]), share, share)
    spoken = np.flatnonzero(words != NOTHING)
    same = said.support(found, words, spoken, np.array([1]), 1.0)
    assert same.share == pytest.approx(share)
    share[:] = 0
    share[:, Mode.TYPED] = 0.5
    kept = said.support(found, words, spoken, np.array([1]), 1.0)
    assert kept.share[0, Mode.TYPED] > 0.5
