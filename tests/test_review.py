"""``vnclean review``: at a terminal, by lines, and the report that comes of it."""

from __future__ import annotations

import io
import json
import resource
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from command import VNCLEAN
from hypothesis import given
from hypothesis import strategies as st
from pseudo_terminal import DOWN, LEFT, RIGHT, UP, PseudoTerminal
from report_samples import entry, lines_of
from test_report_command import HOSTILE, VALIDATOR, hostile_report

from vnclean.decisions import Decision, Decisions, Place, Subject
from vnclean.edits import apply
from vnclean.reports.reading import BadLines, Entry, parse
from vnclean.review.reviewed import reviewed
from vnclean.review.verdicts import Verdicts

_TEXT = "Họp ban dan, phòng chng dịch, kim tra chng hạn.\n"
#: Of the most doubtful ones first: chng (twice), ban, kim; the last one is not doubtful.
_REPORT = lines_of(
    entry(before="ban", after="bàn", start=4, confidence=0.2, applied=False, column=5),
    entry(
        before="chng",
        after="chống",
        start=19,
        confidence=0.55,
        column=20,
        context="Họp ban dan, phòng chng dịch",
        alternatives=[["chng", 0.2], ["chứng", 0.15], ["chúng", 0.1]],
    ),
    entry(before="kim", after="kiểm", start=30, confidence=0.85, column=31),
    entry(before="chng", after="chống", start=38, confidence=0.5, column=39),
    entry(before="hạn", after="hạng", start=43, confidence=0.99, column=44),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "r.jsonl").write_bytes(_REPORT)
    (tmp_path / "a.txt").write_text(_TEXT, "utf-8")
    return tmp_path


def run(folder: Path, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [VNCLEAN, *args],
        cwd=folder,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        encoding="utf-8",
    )


def review(folder: Path, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return run(folder, "review", "r.jsonl", *args, stdin=stdin)


def decided(folder: Path) -> list[tuple[str, ...]]:
    """What the file of decisions says: decision, scope, before and what is to stand there."""
    lines = (folder / "r.jsonl.decisions.jsonl").read_text("utf-8").splitlines()
    told = map(json.loads, lines)
    return [
        (one["decision"], one["scope"], one["before"], one.get("word", one.get("after", "")))
        for one in told
    ]


def after_review(folder: Path, name: str = "new.jsonl") -> str:
    """The text with the edits of a reviewed report made."""
    told = [parse(line) for line in (folder / name).read_bytes().splitlines()]
    return apply(_TEXT, [one.edit for one in told if isinstance(one, Entry)])


# ---------------------------------------------------------------- at a terminal


def test_keys_decide_and_the_reviewed_report_has_it(folder: Path) -> None:
    with PseudoTerminal(folder, "review", "r.jsonl", "--write", "new.jsonl") as terminal:
        shown = terminal.wait_for("1 of 4")
        for part in ("a.txt:1:20", "lost-letters · typed · 0.55", "phòng chng dịch", "2 places"):
            assert part in shown
        assert "1  chứng  0.15" in shown
        terminal.wait_for("2 of 4", "1")
        terminal.wait_for("3 of 4", "a")
        assert "bàn" in terminal.screen()
        terminal.wait_for("4 of 4", "a")
        terminal.wait_for("Nothing is left", "r")
        terminal.press("q")
        assert terminal.ended() == 0
        assert terminal.restored()
        assert "4 of 4 decided" in terminal.output
    assert after_review(folder) == "Họp bàn dan, phòng chứng dịch, kim tra chống hạng.\n"


def test_arrows_choose_go_on_and_go_back(folder: Path) -> None:
    with PseudoTerminal(folder, "review", "r.jsonl") as terminal:
        terminal.wait_for("1 of 4")
        assert "▸  2" in terminal.wait_for("+ Họp ban dan, phòng chúng", DOWN, DOWN)
        assert "▸  1" in terminal.wait_for("phòng chứng", UP)
        terminal.wait_for("2 of 4", "\r")
        terminal.wait_for("3 of 4", RIGHT)
        terminal.wait_for("2 of 4", LEFT)
        assert "taken back" in terminal.wait_for("1 of 4", LEFT)
        terminal.wait_for("first one", LEFT)
        terminal.press("\x04")
        assert terminal.ended() == 0
    assert decided(folder) == [
        ("other", "place", "chng", "chứng"),
        ("undecided", "place", "chng", "chống"),
    ]


def test_a_word_is_typed(folder: Path) -> None:
    with PseudoTerminal(folder, "review", "r.jsonl", "--write", "new.jsonl") as terminal:
        terminal.wait_for("1 of 4")
        terminal.wait_for("word: chiênx█", "o", "chiênx")
        terminal.wait_for("word: chiêng█", "\x7f", "g")
        terminal.wait_for("2 of 4", "\r")
        terminal.wait_for("word: x█", "o", "x")
        terminal.wait_for("2 of 4", "\x1b")
        terminal.wait_for("no word was given", "o", "\r")
        terminal.wait_for("may mean something else", "o", "<b>\r")
        terminal.press("q")
        assert terminal.ended() == 0
    assert after_review(folder) == "Họp ban dan, phòng chiêng dịch, kiểm tra chống hạng.\n"


def test_all_places_at_once(folder: Path) -> None:
    with PseudoTerminal(folder, "review", "r.jsonl", "--write", "new.jsonl") as terminal:
        terminal.wait_for("1 of 4")
        terminal.wait_for("about all 2 places", "*")
        assert "2 decided" in terminal.wait_for("3 of 4", "2")
        terminal.press("q")
        assert terminal.ended() == 0
    assert after_review(folder) == "Họp ban dan, phòng chúng dịch, kiểm tra chúng hạng.\n"


def test_the_window_changes_its_size(folder: Path) -> None:
    with PseudoTerminal(folder, "review", "r.jsonl") as terminal:
        assert max(map(len, terminal.wait_for("1 of 4").split("\n"))) == 80
        for columns, rows in (120, 40), (40, 12), (20, 5), (3, 2), (80, 24):
            terminal.output = ""
            terminal.resize(columns, rows)
            lines = terminal.wait_for("\n").split("\n")
            assert len(lines) == rows
            assert max(map(len, lines)) <= columns
        terminal.press("q")
        assert terminal.ended() == 0


def test_killed_in_the_middle_and_gone_on_with(folder: Path) -> None:
    with PseudoTerminal(folder, "review", "r.jsonl") as terminal:
        terminal.wait_for("1 of 4")
        terminal.wait_for("2 of 4", "a")
        terminal.wait_for("3 of 4", "r")
        terminal.process.send_signal(signal.SIGKILL)
        assert terminal.ended() == -signal.SIGKILL
    with PseudoTerminal(folder, "review", "r.jsonl") as terminal:
        assert "2 decided" in terminal.wait_for("3 of 4")
        terminal.wait_for("2 of 4", "b")
        terminal.press("q")
        assert terminal.ended() == 0
    assert [one[0] for one in decided(folder)] == ["accept", "reject", "undecided"]


@pytest.mark.parametrize(("how", "code"), [("\x03", 130), ("\x04", 0), ("q", 0)])
def test_each_way_out_keeps_what_was_decided(folder: Path, how: str, code: int) -> None:
    with PseudoTerminal(folder, "review", "r.jsonl", "--write", "new.jsonl") as terminal:
        terminal.wait_for("1 of 4")
        terminal.wait_for("2 of 4", "a")
        terminal.press(how)
        assert terminal.ended() == code
        assert terminal.restored()
        assert "\x1b[?1049l" in terminal.output
        assert "1 of 4 decided, kept in r.jsonl.decisions.jsonl" in terminal.output
    assert len(decided(folder)) == 1
    assert (folder / "new.jsonl").exists() == (code == 0)


def test_a_signal_leaves_the_terminal_as_it_was(folder: Path) -> None:
    with PseudoTerminal(folder, "review", "r.jsonl") as terminal:
        terminal.wait_for("1 of 4")
        terminal.process.terminate()
        assert terminal.ended() == 143
        assert terminal.restored()


def test_help_and_keys_that_mean_nothing(folder: Path) -> None:
    with PseudoTerminal(folder, "review", "r.jsonl") as terminal:
        terminal.wait_for("1 of 4")
        terminal.wait_for("never change this word", "?")
        terminal.wait_for("proposed", "a")
        terminal.wait_for("z: no such key", "z")
        terminal.wait_for("9: there is no such reading", "9")
        terminal.wait_for("1 of 4", "\x1b[15~", "\x1b[1;5P", "\x1bOR", "\x00", "đ")
        terminal.press("q")
        assert terminal.ended() == 0
    assert decided(folder) == []


def test_a_sequence_in_pieces_is_no_letter(folder: Path) -> None:
    with PseudoTerminal(folder, "review", "r.jsonl") as terminal:
        terminal.wait_for("1 of 4")
        assert "▸  1" in terminal.wait_for("phòng chứng", "\x1b" + DOWN)
        for pieces in ("\x1b", "[A"), ("\x1b[", "B"), ("\x1b[1;", "5A"), ("\x1b", "\x1b", "[B"):
            for piece in pieces:
                terminal.wait_for("1 of 4", piece) if piece == "\x1b" else terminal.press(piece)
                time.sleep(0.15)  # longer than a sequence is waited for
        terminal.press("q")
        assert terminal.ended() == 0
    assert decided(folder) == []


def test_what_was_skipped_comes_again(folder: Path) -> None:
    with PseudoTerminal(folder, "review", "r.jsonl") as terminal:
        terminal.wait_for("1 of 4")
        terminal.wait_for("4 skipped", "s", " ", RIGHT, "s")
        terminal.wait_for("there are no more", "a")
        terminal.wait_for("1 of 4 · 0 decided", "\r")
        terminal.press("q")
        assert terminal.ended() == 0


def test_colours_are_off_if_they_are_not_wanted(folder: Path) -> None:
    colours = []
    for wanted in "", "1":
        with PseudoTerminal(folder, "review", "r.jsonl", NO_COLOR=wanted) as terminal:
            terminal.wait_for("1 of 4")
            colours.append("\x1b[1;36m" in terminal.output)
    assert colours == [True, False]


def test_hostile_text_is_drawn_not_obeyed(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_bytes(hostile_report())
    count = len(HOSTILE)
    with PseudoTerminal(tmp_path, "review", "r.jsonl", "--all") as terminal:
        for number in range(1, count + 1):
            shown = terminal.wait_for(f"{number} of {count}", *(["s"] if number > 1 else []))
            assert all(letter.isprintable() for letter in shown.replace("\n", ""))
            assert "\x1b[31m[" not in terminal.output
            assert "\u202e" not in terminal.output
    done = review(tmp_path, "--all", stdin="s\n" * count)
    assert done.returncode == 0
    assert all(letter.isprintable() for letter in done.stdout.replace("\n", ""))


# ---------------------------------------------------------------- by lines


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("", "Họp ban dan, phòng chống dịch, kiểm tra chống hạng."),
        ("r\na\na\nr\n", "Họp bàn dan, phòng chng dịch, kim tra chống hạng."),
        ("*r\n", "Họp ban dan, phòng chng dịch, kiểm tra chng hạng."),
        ("R\nA", "Họp bàn dan, phòng chng dịch, kiểm tra chng hạng."),
        ("*o chẳng\no bản\n", "Họp bản dan, phòng chẳng dịch, kiểm tra chẳng hạng."),
        ("2\n*1\nq\nr\n", "Họp ban dan, phòng chúng dịch, kiểm tra chống hạng."),
        ("n\ny\nN\n", "Họp bàn dan, phòng chng dịch, kim tra chng hạng."),
        ("O chiêng\n?\nb\n\nb\n", None),
        ("r\n*a\n", "Họp ban dan, phòng chng dịch, kiểm tra chống hạng."),
        ("o chng\n", "Họp ban dan, phòng chng dịch, kiểm tra chống hạng."),
    ],
)
def test_lines_are_commands(folder: Path, lines: str, text: str | None) -> None:
    done = review(folder, "--write", "new.jsonl", stdin=lines)
    if text is None:
        assert done.returncode == 2
        assert "line 5: this is the first one; what was decided before it is kept" in done.stderr
        assert [one[0] for one in decided(folder)] == ["other", "undecided"]
        return
    if "*1" in lines:  # the second place has no other readings: nothing after it is done
        assert done.returncode == 2
        assert review(folder, "--write", "new.jsonl").returncode == 0
    else:
        assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    assert after_review(folder) == text + "\n"
    for line in (folder / "new.jsonl").read_bytes().splitlines():
        VALIDATOR.validate(json.loads(line))


def test_lines_tell_what_they_are_about(folder: Path) -> None:
    done = review(folder, stdin="1\n")
    first, context, readings = done.stdout.splitlines()[:3]
    assert first == "1 of 4  a.txt:1:20: chng → chống  [lost-letters, typed, 0.55, repaired]"
    assert context == "- Họp ban dan, phòng chng dịch"
    assert readings == "a chống 0.55  1 chứng 0.15  2 chúng 0.10  r chng 0.20  * 2 places"
    assert done.stdout.splitlines()[3] == "chng → chứng: made"


def test_lines_name_the_field_of_a_record(folder: Path) -> None:
    told = entry(before="chng", after="chống", start=19, confidence=0.5, field="a[1].b")
    (folder / "r.jsonl").write_bytes(lines_of(told))
    assert "a.txt:1:1: a[1].b: chng → chống" in review(folder, stdin="r\n").stdout
    [decided] = (folder / "r.jsonl.decisions.jsonl").read_text("utf-8").splitlines()
    assert '"start": 19, "end": 23, "before"' in decided


@pytest.mark.parametrize(
    ("args", "count"),
    [
        ((), 4),
        (("--below", "0.6"), 3),
        (("--below", "0"), 1),
        (("--all",), 5),
        (("--kind", "tone"), 0),
        (("--kind", "tone", "--kind", "lost-letters"), 4),
        (("--file", "*.txt"), 4),
        (("--file", "b*"), 0),
    ],
)
def test_which_edits_are_shown(folder: Path, args: tuple[str, ...], count: int) -> None:
    done = review(folder, *args)
    told = f"nothing was decided; edits that are left: {count}" if count else "nothing to review"
    assert (done.returncode, told in done.stderr) == (0, True)


_KEPT = entry(before="kim", after="kiểm", start=60, column=61, applied=False, kept_by="word")


def test_what_the_user_keeps_is_asked_about_only_among_all(folder: Path) -> None:
    other = entry(before="dich", after="dịch", start=70, applied=False, kept_by="marker")
    (folder / "r.jsonl").write_bytes(_REPORT + lines_of(_KEPT, other))
    assert "edits that are left: 4" in review(folder).stderr
    assert "edits that are left: 7" in review(folder, "--all").stderr
    done = review(folder, "--all", "--order", "file", stdin="s\n" * 5)
    assert "left alone: words of your own]" in done.stdout
    assert "r kim  *" not in done.stdout  # it is not one of the places of the other kim


def test_a_decision_on_all_places_is_not_about_what_the_user_keeps(folder: Path) -> None:
    (folder / "r.jsonl").write_bytes(_REPORT + lines_of(_KEPT))
    done = review(folder, "--kind", "lost-letters", "--write", "new.jsonl", stdin="s\ns\n*a\ny\n")
    assert done.returncode == 0, done.stderr
    assert (folder / "new.jsonl").read_bytes().splitlines()[-1] == lines_of(_KEPT).strip()
    args = ("--all", "--order", "file", "--write", "new.jsonl")
    done = review(folder, *args, stdin="s\n" * 3 + "*a\n")
    assert done.returncode == 2
    assert "you have said to keep this one; decide on it alone" in done.stderr
    assert review(folder, *args, stdin="s\n" * 3 + "a\n").returncode == 0
    made = json.loads((folder / "new.jsonl").read_bytes().splitlines()[-1])
    assert (made["applied"], "kept_by" in made) == (True, False)


def test_what_is_no_report_is_named_and_no_more(folder: Path) -> None:
    (folder / "letter.txt").write_bytes(b"mot\nhai\n")
    command = [VNCLEAN, "review", "letter.txt"]
    done = subprocess.run(command, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 3
    assert done.stderr.startswith(b"vnclean: letter.txt: line 1: is no JSON")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("order", "words"), [("doubt", "chng chng ban kim"), ("file", "ban chng kim chng")]
)
def test_in_which_order(folder: Path, order: str, words: str) -> None:
    done = review(folder, "--order", order, stdin="s\n" * 4)
    shown = [
        line.split(" → ")[0].split()[-1] for line in done.stdout.splitlines() if " of " in line
    ]
    assert shown[:4] == words.split()


@pytest.mark.parametrize("torn", ['{"decision": "never", "sco', "{", "\udcc3", '{"decision"'])
def test_a_last_line_cut_short_is_survived(folder: Path, torn: str) -> None:
    review(folder, stdin="r\n")
    decisions = folder / "r.jsonl.decisions.jsonl"
    with decisions.open("ab") as file:
        file.write(torn.encode("utf-8", "surrogateescape"))
    assert run(folder, "clean", "--decisions", decisions.name, "a.txt").returncode == 0
    assert "2 of 4  a.txt:1:39" in review(folder, stdin="r\n").stdout
    assert [one[0] for one in decided(folder)] == ["reject", "reject"]


def test_a_last_line_without_its_end_counts(folder: Path) -> None:
    review(folder, stdin="r\n")
    decisions = folder / "r.jsonl.decisions.jsonl"
    decisions.write_bytes(decisions.read_bytes()[:-1])
    review(folder, stdin="a\n")
    assert [one[0] for one in decided(folder)] == ["reject", "accept"]


def test_any_other_bad_line_is_named(folder: Path) -> None:
    decisions = folder / "r.jsonl.decisions.jsonl"
    decisions.write_bytes(b"{}\n")
    for args in ("review", "r.jsonl"), ("clean", "--decisions", decisions.name, "a.txt"):
        done = run(folder, *args)
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr == (
            'vnclean: r.jsonl.decisions.jsonl: line 1: "scope" must be place, report, repair,'
            " word; mend the line or take it out\n"
        )


def test_one_review_at_a_time(folder: Path) -> None:
    with PseudoTerminal(folder, "review", "r.jsonl") as terminal:
        terminal.wait_for("1 of 4")
        done = review(folder)
        assert (done.returncode, "another vnclean review" in done.stderr) == (3, True)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ((), "name one REPORT"),
        (("r.jsonl", "r.jsonl"), "name one REPORT"),
        (("-",), "name one REPORT"),
        (("r.jsonl", "--below", "2"), "--below 2: must be a number from 0 to 1"),
        (("r.jsonl", "--below", "nan"), "--below nan: must be a number from 0 to 1"),
        (("r.jsonl", "--write", "r.jsonl"), "is the report itself"),
        (("r.jsonl", "--decisions", "r.jsonl"), "is both report and --decisions"),
        (("r.jsonl", "--write", "d", "--decisions", "d"), "is both reviewed report and"),
    ],
)
def test_wrong_usage(folder: Path, args: tuple[str, ...], told: str) -> None:
    done = run(folder, "review", *args)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert told in done.stderr
    assert (folder / "r.jsonl").read_bytes() == _REPORT


def test_what_cannot_be_read_or_written(folder: Path) -> None:
    assert run(folder, "review", "none.jsonl").returncode == 3
    assert "is no regular file" in run(folder, "review", "/dev/null").stderr
    done = review(folder, "--decisions", "none/d")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    done = review(folder, "--write", "none/new", stdin="a\n")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert len(decided(folder)) == 1


def test_what_is_no_file_is_not_read_for_decisions(folder: Path) -> None:
    for name in "/dev/zero", ".":
        done = review(folder, "--decisions", name, stdin="a\n")
        assert (done.returncode, done.stderr.count("\n")) == (3, 1)
        assert "is no regular file" in done.stderr


def test_a_full_disk_loses_only_what_could_not_be_written(folder: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))

    command = [VNCLEAN, "review", "r.jsonl"]
    done = subprocess.run(
        command, cwd=folder, input=b"a\nr\n", capture_output=True, check=False, preexec_fn=limit
    )
    assert (done.returncode, done.stderr.count(b"\n")) == (3, 1)
    assert b"only a part could be written; is the disk full?" in done.stderr
    assert "2 of 4  a.txt:1:39" in review(folder, stdin="r\n").stdout
    assert [one[0] for one in decided(folder)] == ["accept", "reject"]


def test_bad_lines_of_a_report_are_named_and_left_out(folder: Path) -> None:
    (folder / "r.jsonl").write_bytes(b"{}\n" + _REPORT)
    done = review(folder, "--write", "new.jsonl")
    assert done.returncode == 3
    assert "r.jsonl: line 1: has no" in done.stderr
    assert (folder / "new.jsonl").read_bytes() == _REPORT


# ---------------------------------------------------------------- the reviewed report


def test_from_a_real_report_to_the_next_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Phòng chng dịch bệnh, chi phí kim soát.\n", "utf-8")
    (tmp_path / "b.txt").write_bytes(
        "TiÕng ViÖt giµu vµ ®Ñp.\nMét hai ba bèn n¨m.\n".encode("cp1252")
    )
    assert run(tmp_path, "clean", "a.txt", "b.txt", "--report", "r.jsonl").returncode == 0
    args = ("--all", "--order", "file", "--write", "new.jsonl")
    done = review(tmp_path, *args, stdin="r\nO kìm\ns\n*r\n")
    assert done.returncode == 0, done.stderr
    old, new = ((tmp_path / name).read_bytes().splitlines() for name in ("r.jsonl", "new.jsonl"))
    changed = [json.loads(line) for was, line in zip(old, new, strict=True) if was != line]
    assert [(one["before"], one["after"], one["applied"]) for one in changed][:2] == [
        ("chng", "chống", False),
        ("kim", "kìm", True),
    ]
    assert len(changed) == 3
    for line in new:
        VALIDATOR.validate(json.loads(line))
    shown = run(tmp_path, "report", "new.jsonl", "--json")
    assert (shown.returncode, json.loads(shown.stdout)["left_alone"]) == (0, 2)
    decisions = ("--decisions", "r.jsonl.decisions.jsonl")
    done = run(tmp_path, "clean", *decisions, stdin="Kim và kìm, phòng chng dịch.\n")
    assert done.stdout == "Kìm và kìm, phòng chống dịch.\n"


def test_cells_of_a_table_are_places_of_their_own(tmp_path: Path) -> None:
    cells = [entry(record=row, line=row, field="text", applied=False) for row in (1, 2, 3)]
    (tmp_path / "r.jsonl").write_bytes(lines_of(*cells))
    assert review(tmp_path, "--write", "new.jsonl", stdin="s\na\n").returncode == 0
    told = [json.loads(line) for line in (tmp_path / "new.jsonl").read_bytes().splitlines()]
    assert [one["applied"] for one in told] == [False, True, False]
    assert "1 of 3" in review(tmp_path, stdin="a\n").stdout
    assert "2 of 3 decided" in review(tmp_path).stderr


def made(report: bytes, *decisions: Decision) -> tuple[list[dict[str, Any]], int]:
    """The reviewed report, and how many edits were displaced."""
    known, displaced = Decisions(), list[int]()
    for decision in decisions:
        known.add(decision)
    lines = reviewed(io.BytesIO(report), Verdicts(known), BadLines(), lambda: displaced.append(1))
    return [json.loads(line) for line in lines], len(displaced)


def test_what_was_decided_displaces_what_was_not() -> None:
    report = lines_of(
        entry(before="a&#32;b", after="a b", start=0),
        entry(before="a&#32;b c", after="ab c", start=0, applied=False),
        entry(before="c", after="d", start=8),
    )
    subject = Subject("place", "a&#32;b c", "ab c", Place("a.txt", 0, 9))
    found, displaced = made(report, Decision(subject, "accept"))
    assert [one["applied"] for one in found] == [False, True, False]
    assert displaced == 2
    assert made(report) == ([json.loads(line) for line in report.splitlines()], 0)


_words = st.sampled_from(["a", "b", "ab"])
_edits = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 3), _words, st.booleans()), max_size=6
)


@given(_edits, st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["accept", "reject"]))))
def test_a_reviewed_report_can_be_made(
    edits: list[tuple[int, int, str, bool]], choices: list[tuple[int, str]]
) -> None:
    text = "0123456789"
    told, end = [], 0
    for start, size, after, applied in sorted(edits):
        told.append(
            entry(start=start, before=text[start : start + size], after=after)
            | {"applied": applied and start >= end}
        )
        end = max(end, start + size if told[-1]["applied"] else 0)
    decisions = [
        Decision(
            Subject(
                "place",
                told[number]["before"],
                told[number]["after"],
                Place("a.txt", told[number]["start"], told[number]["end"]),
            ),
            what,
        )
        for number, what in choices
        if number < len(told)
    ]
    found, _ = made(lines_of(*told), *decisions)
    assert [one | {"applied": 0} for one in found] == [one | {"applied": 0} for one in told]
    apply(text, [parse(lines_of(one)).edit for one in found])  # type: ignore[union-attr]
    for decision in decisions:
        rejected = decision.subject.place and decision.what == "reject"
        last = [one for one in decisions if one.subject == decision.subject][-1]
        if rejected and last is decision:
            assert not any(
                one["applied"]
                for one in found
                if Subject(
                    "place", one["before"], one["after"], Place("a.txt", one["start"], one["end"])
                )
                == decision.subject
            )
