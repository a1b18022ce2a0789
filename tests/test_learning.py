"""What is learned from a text: how it is read, which words are terms, which are damage."""

from __future__ import annotations

import gzip
import json
import subprocess
import unicodedata
import zipfile
from pathlib import Path

import numpy as np
import pytest
from command import VNCLEAN
from hypothesis import given
from hypothesis import strategies as st
from own_sentences import SOUND

from vnclean.batch.ignoring import Ignoring
from vnclean.cleaner import Cleaner
from vnclean.formats.kinds import Reading
from vnclean.learning.checking import damaged, known_trigrams, outcome, some_of
from vnclean.learning.numbering import Numbering, as_model_words
from vnclean.learning.reading import Tree
from vnclean.orthography import skeleton
from vnclean.pipeline import CleanedBlock
from vnclean.settings.resolver import Settings
from vnclean.spelling.model_files import open_model

#: Sentences about a company and a person that no dictionary has.
TERMS = [
    "Công ty Zuvanex sẽ đầu tư thêm hai nhà máy tại tỉnh Bắc Ninh.",
    "Sáng nay, ông Kpălênh đã đến thăm các gia đình có hoàn cảnh khó khăn.",
    "Đại diện Zuvanex cho biết giá xăng dầu trong nước tăng trở lại.",
    "Theo ông Kpălênh, người dân được hướng dẫn cách phòng chống dịch bệnh.",
]


def archive(lines: list[str], times: int = 12) -> str:
    """A long text: the sentences again and again, each time in another order."""
    turned = (lines[n % len(lines) :] + lines[: n % len(lines)] for n in range(times))
    return "".join(f"{line}\n" for some in turned for line in some)


def learn(folder: Path, *options: str, cwd: Path | None = None) -> dict[str, str]:
    """What ``vnclean learn`` says of each word in a folder."""
    command = [VNCLEAN, "learn", "--json", *options, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=cwd)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {row["word"]: row["verdict"] for row in rows}


def write(folder: Path, lines: list[str], parts: int = 4) -> Path:
    folder.mkdir()
    for number in range(parts):
        (folder / f"{number}.txt").write_text(archive(lines), encoding="utf-8")
    return folder


def test_names_are_proposed_and_common_words_are_not(tmp_path: Path) -> None:
    found = learn(write(tmp_path / "a", [*SOUND, *TERMS]))
    assert found.get("Zuvanex") == "proposed"
    assert found.get("Kpălênh") == "proposed"
    assert set(found) == {"Zuvanex", "Kpălênh"}


@pytest.mark.parametrize(
    ("sound", "broken"),
    [("kiểm tra", "kim tra"), ("tổ chức", "tố chức"), ("điều trị", "điêu trị"), ("được", "đuợc")],
)
def test_damage_throughout_is_not_proposed(tmp_path: Path, sound: str, broken: str) -> None:
    lines = [line.replace(sound, broken) for line in [*SOUND, *TERMS]]
    found = learn(write(tmp_path / "a", lines), "--min-count", "3")
    word = next(b for s, b in zip(sound.split(), broken.split(), strict=True) if s != b)
    assert found.get(word) in ("damage", None)
    assert found["Zuvanex"] == "proposed"


def test_damaged_parts_are_no_witnesses(tmp_path: Path) -> None:
    """An archive that has lost its letters has no terms at all, however often it says them."""
    lines = ["".join(c for c in line if not "\u1ea0" <= c <= "\u1ef9") for line in SOUND + TERMS]
    assert "proposed" not in learn(write(tmp_path / "a", lines)).values()


def test_what_the_dictionary_has_is_not_proposed_again(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", [*SOUND, *TERMS])
    (tmp_path / "vnclean.words").write_text("Zuvanex\n", encoding="utf-8")
    assert learn(folder, cwd=tmp_path) == {"Kpălênh": "proposed"}


def test_rare_words_are_not_proposed(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", SOUND)
    (folder / "0.txt").write_text(TERMS[0] + "\n" + archive(SOUND), encoding="utf-8")
    assert learn(folder) == {}


def test_a_proposed_dictionary_is_written_but_not_obeyed(tmp_path: Path) -> None:
    folder, output = write(tmp_path / "a", [*SOUND, *TERMS]), tmp_path / "proposed.words"
    done = subprocess.run([VNCLEAN, "learn", "-o", str(output), str(folder)], capture_output=True)
    assert (done.returncode, done.stdout) == (0, b"")
    lines = output.read_text("utf-8").splitlines()
    entries = [line.split("#")[0].strip() for line in lines if not line.startswith("#")]
    assert sorted(filter(None, entries)) == ["Kpălênh", "Zuvanex"]
    evidence = [line.split("#")[1] for line in lines if line.startswith(("Kp", "Zu"))]
    assert all(text.startswith(" 96 times in ") for text in evidence)
    again = subprocess.run(
        [VNCLEAN, "learn", "-o", str(tmp_path / "vnclean.words"), str(folder)],
        capture_output=True,
        text=True,
    )
    assert again.returncode == 2
    assert "would be obeyed at once" in again.stderr


def read(*paths: Path, fields: tuple[str, ...] = ("text",)) -> tuple[list[str], Tree]:
    lines: list[str] = []

    def take(path: str, cleaned: CleanedBlock) -> None:
        lines.extend(line for line in cleaned.block.texts if line)

    settings = Settings(reading=Reading(fields=fields))
    tree = Tree([str(path) for path in paths], Ignoring.of([]), lambda path: settings)
    done: list[int] = []
    tree.read(Cleaner(), 1, take, done.append)
    assert done == sorted(done)
    assert not done or done[-1] == tree.size
    return lines, tree


def test_every_kind_of_file_is_read_alike(tmp_path: Path) -> None:
    text = "\n".join(SOUND)
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(text.encode()))
    (tmp_path / "a.jsonl").write_text(
        "".join(json.dumps({"body": line}) + "\n" for line in SOUND), encoding="utf-8"
    )
    (tmp_path / "a.html").write_text("".join(f"<p>{line}</p>\n" for line in SOUND), "utf-8")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("in/a.txt", text)
    for path in tmp_path.iterdir():
        before = path.read_bytes()
        lines, tree = read(path, fields=("body",))
        assert [line for line in lines if line.strip()] == SOUND, path.name
        assert not tree.heard.failed_parts
        assert path.read_bytes() == before


def test_what_is_no_text_is_named_only_if_asked_for(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\0\0\0")
    (tmp_path / "a.txt").write_text(SOUND[0], encoding="utf-8")
    lines, tree = read(tmp_path)
    assert (lines, tree.heard.failed_parts) == ([SOUND[0]], [])
    _, tree = read(tmp_path / "picture.png", tmp_path / "missing.txt")
    assert [Path(path).name for path, _ in tree.heard.failed_parts] == [
        "missing.txt",
        "picture.png",
    ]


@given(st.sampled_from(SOUND) | st.text(max_size=60))
def test_damage_is_where_it_says_and_always_the_same(line: str) -> None:
    text, places = damaged(line)
    assert damaged(line) == (text, places)
    assert unicodedata.is_normalized("NFC", text) or not unicodedata.is_normalized("NFC", line)
    whole, done = "", 0
    for start, end, meant in places:
        assert text[start:end] != meant
        whole += text[done:start] + meant
        done = end
    assert whole + text[done:] == line


def test_a_wrong_tone_is_one_letter_for_another() -> None:
    """Whatever mark the letter has, and wherever that stands when it is taken apart."""
    for word in ("ậy", "chặt", "được", "ủy", "hoạt", "Ắc"):
        pairs = [damaged(f"{word} " * 40 + f"{n}") for n in range(12)]
        found = [text[p.start : p.end] for text, places in pairs for p in places]
        toned = [other for other in found if len(other) == len(word)]
        assert toned
        assert all(skeleton(other) == skeleton(word) for other in toned)
        assert all(other == unicodedata.normalize("NFC", other) for other in toned)


def test_the_check_counts_repairs() -> None:
    cleaner, model = Cleaner(), open_model()
    words = Numbering(model)
    final = np.arange(len(model.words) + 100)
    trigrams = known_trigrams(as_model_words(words.encode(SOUND), final), len(model.words))
    found = outcome(cleaner, model, SOUND, trigrams)
    assert found.damaged == sum(len(damaged(line)[1]) for line in SOUND) > 10
    assert 0.8 * found.damaged < found.repaired <= found.damaged
    assert found.harmed <= 1
    assert 1 < found.perplexity < 200


def test_a_long_text_is_checked_in_part() -> None:
    lines = SOUND * 1000
    some = some_of(lines)
    assert sum(len(line.split()) for line in some) <= 60_000 < sum(len(x.split()) for x in lines)
    assert set(some) <= set(SOUND)
