"""Reports made up for tests and benchmarks, and the data of a page read back."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

#: What was read, what it is taken for, and the kind of that.
_REPAIRS: Final = (
    ("nưc", "nước", "lost-letters"),
    ("mục", "mực", "mark"),
    ("quá", "quả", "tone"),
    ("nhnững", "những", "letters"),
    ("dich", "dịch", "no-diacritics"),
    ("TiÕng", "Tiếng", "tcvn3"),
)
_WORDS: Final = (
    "thông báo kết luận cuộc họp về việc bảo đảm nguồn nước sinh hoạt cho người dân trong mùa khô"
    " năm nay tại các huyện ven biển của tỉnh theo kế hoạch đã phê duyệt"
).split()
_LINES: Final = 2000  # of a document


def entry(**fields: Any) -> dict[str, Any]:
    """The fields of a line of a report, with these among them.

    >>> entry(before="kim", after="kiểm")["end"]
    3
    """
    before = fields.get("before", "chng")
    start = fields.get("start", 0)
    usual = {
        "path": "a.txt",
        "line": 1,
        "column": 1,
        "start": start,
        "end": start + len(before),
        "before": before,
        "after": "chống",
        "kind": "lost-letters",
        "mode": "typed",
        "confidence": 0.98,
        "alternatives": [],
        "context": before,
        "applied": True,
    }
    return usual | fields


def lines_of(*entries: dict[str, Any]) -> bytes:
    """A report of these."""
    told = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entries)
    return told.encode("utf-8", "backslashreplace")


def made_report(edits: int, seed: int = 5) -> Iterator[bytes]:
    """The lines of a report of so many edits, in documents that are nowhere."""
    chance = random.Random(seed)
    made, document = 0, 0
    while made < edits:
        document, start = document + 1, 0
        for line in range(1, _LINES + 1):
            words = chance.choices(_WORDS, k=30)
            places = sorted(chance.sample(range(30), chance.randint(1, 3)))
            repairs = [chance.choice(_REPAIRS) for _ in places]
            for place, repair in zip(places, repairs, strict=True):
                words[place] = repair[0]
            text = " ".join(words)
            for place, (before, after, kind) in zip(places, repairs, strict=True):
                at = len(" ".join([*words[:place], ""]))
                confidence = round(1 - chance.random() ** 3 * 0.7, 4)
                yield lines_of(
                    entry(
                        path=f"van-ban/2024/{document:03}.txt",
                        line=line,
                        column=at + 1,
                        start=start + at,
                        before=before,
                        after=after,
                        kind=kind,
                        confidence=confidence,
                        alternatives=[[before, round((1 - confidence) * 0.6, 4)]],
                        context=text[max(0, at - 30) : at + len(before) + 30],
                        applied=confidence > 0.5,
                    )
                )
                made += 1
                if made == edits:
                    return
            start += len(text) + 1


class _Data(HTMLParser):
    """The data of a page, as a browser finds it."""

    def __init__(self) -> None:
        super().__init__()
        self.name: str | None = None
        self.found: dict[str, list[Any]] = {"rows": [], "facts": []}
        self.elements: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.name = dict(attrs).get("class") if tag == "script" else None

    def handle_endtag(self, tag: str) -> None:
        self.name = None

    def handle_data(self, data: str) -> None:
        if self.name in self.found:
            told = json.loads(data)
            self.found[self.name] += told if self.name == "rows" else [told]


def data_of(page: Path) -> tuple[list[list[Any]], dict[str, Any], list[str]]:
    """The rows and the facts of a page, and the names of all its elements."""
    return data_in(page.read_text("utf-8"))


def data_in(page: str) -> tuple[list[list[Any]], dict[str, Any], list[str]]:
    """The same of what a page holds."""
    data = _Data()
    data.feed(page)
    return data.found["rows"], data.found["facts"][0], data.elements


def policy_of(page: Path) -> str:
    """The policy that a page sets itself."""
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page.read_text("utf-8"))
    return found[1] if found else ""
