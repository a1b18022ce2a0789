"""From a wrong repair in a report to none, by the installed command: word, pattern, mark, kind."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from command import VNCLEAN

TEXT = "Phòng chng dịch ở xã.\nMã chng-17: phòng chng dịch.\n"


def vnclean(folder: Path, *arguments: str) -> str:
    done = subprocess.run([VNCLEAN, *arguments], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def repairs(folder: Path) -> list[tuple[str, str, int]]:
    """Cleans the folder, and reads what the report says was changed."""
    vnclean(folder, "clean", "-o", "out", "--force", "--report", "edits.jsonl", "-j", "2", "news")
    lines = map(json.loads, (folder / "edits.jsonl").read_text("utf-8").splitlines())
    edits = [line for line in lines if line["before"] and line["applied"]]
    return [(line["path"], line["before"], line["line"]) for line in edits]


def test_a_wrong_repair_is_gone_once_it_is_said(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for name in "a.txt", "b.md":
        (news / name).write_text(TEXT, "utf-8")
    of_a, of_b = "news/a.txt", "news/b.md"
    first = [(path, "chng", line) for path in (of_a, of_b) for line in (1, 2)]
    assert sorted(repairs(tmp_path)) == first

    vnclean(tmp_path, "dict", "add", "ignore: phòng ch.g")
    assert sorted(repairs(tmp_path)) == [one for one in first if one[2] == 1]

    marked = TEXT.replace("xã.", "xã. <!-- vnclean:ignore-line -->")
    (news / "b.md").write_text(marked, "utf-8")
    assert repairs(tmp_path) == [first[0]]
    assert (tmp_path / "out" / "b.md").read_text("utf-8") == marked

    assert vnclean(tmp_path, "dict", "add", "chng") == "vnclean.words: added: chng\n"
    assert repairs(tmp_path) == []
    assert (tmp_path / "out" / "a.txt").read_text("utf-8") == TEXT

    vnclean(tmp_path, "dict", "remove", "chng")
    vnclean(tmp_path, "dict", "remove", "ignore: phòng ch.g")
    assert vnclean(tmp_path, "dict", "list") == ""
    assert len(repairs(tmp_path)) == 3

    (tmp_path / "vnclean.toml").write_text('leave = ["lost-letters"]\n', "utf-8")
    assert repairs(tmp_path) == []
    assert (tmp_path / "out" / "a.txt").read_text("utf-8") == TEXT
