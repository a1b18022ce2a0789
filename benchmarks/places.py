"""Where damaged, repaired and clean lines differ: judge.py's own alignment, place by place.

What errors.py and calibration.py share.  judge.py of the data folder is imported as a module, so
that a place counted here is a place counted there.
"""

from __future__ import annotations

import importlib.util
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from cases import Case
from common import damage, need

from vnclean.edits import Edit

Span = tuple[int, int]


@dataclass(frozen=True)
class Place:
    """A stretch of words of one line in which something was, or became, wrong.

    ``outcome``: fixed, missed, wrong (an error, changed into something else) or false (sound
    words that were changed).  ``at``: code points of the damaged line.
    """

    outcome: str
    errors: int  #: how many of judge.py's errors lie in it; 0 if it is false
    line: int  #: from 0
    at: Span
    read: tuple[str, ...]  #: the words as read,
    meant: tuple[str, ...]  #: as they should be,
    became: tuple[str, ...]  #: and as repaired
    around: str


def load_judge(data: Path) -> ModuleType:
    """judge.py of the data folder as a module."""
    path = need(data / "judge.py", "the judge", "--data")
    spec = importlib.util.spec_from_file_location("judge", path)
    assert spec and spec.loader
    judge = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(judge)
    return judge


def texts(case: Case, data: Path, seed: int, judge: ModuleType) -> tuple[list[str], list[str]]:
    """The damaged lines of a case and what each should be.

    Of records with marked errors, the clean side is the text with all marks put right.
    """
    noisy = need(data / "dev" / (case.noisy or case.clean), "the benchmark data", "--data")
    if not case.clean:
        records = [json.loads(line) for line in noisy.read_text("utf-8").splitlines() if line]
        damaged = [record["noisy"].replace("\n", " ") for record in records]
        return damaged, [_put_right(record, judge) for record in records]
    clean = data / "dev" / case.clean
    with tempfile.TemporaryDirectory() as scratch:
        if case.channel:
            noisy = Path(scratch, "noisy.txt")
            damage(data, case.channel, clean, noisy, "--seed", str(seed))
        damaged = judge.read_lines(noisy)
    return damaged, judge.read_lines(clean)


def _put_right(record: dict[str, Any], judge: ModuleType) -> str:
    """A record's text with its marks put right; those that are labels stay as they are."""
    text, parts, done = record["noisy"], [], 0
    marks = [(wrong, [to] if isinstance(to, str) else to) for wrong, to in record["edits"]]
    for start, end, rights in judge._placed(text, record.get("clean"), marks)[0]:
        spelt = [right for right in rights if not judge.LABEL.fullmatch(right.strip())]
        parts += text[done:start], spelt[0] if spelt else text[start:end]
        done = end
    return "".join([*parts, text[done:]]).replace("\n", " ")


def places(
    damaged: Sequence[str], clean: Sequence[str], repaired: Sequence[str], judge: ModuleType
) -> Iterator[Place]:
    """Every place that judge.py counts as an error or as a false alteration."""
    same = judge.Same()
    for number, (n, c, o) in enumerate(zip(damaged, clean, repaired, strict=True)):
        if not n == c == o:
            lines = [judge.Line(text, same) for text in (n, c, o)]
            yield from _places(number, *lines, judge)


def _places(number: int, noisy: Any, clean: Any, output: Any, judge: ModuleType) -> Iterator[Place]:
    """As ``score`` of judge.py goes through a line."""
    seen_n = seen_o = 0
    pairs = judge.pair(clean, noisy), judge.pair(clean, output)
    for c0, c1, read, became in judge.segments(*pairs, len(clean.spans)):
        n, o = judge._range(read, seen_n), judge._range(became, seen_o)
        seen_n, seen_o = max(seen_n, n[1]), max(seen_o, o[1])
        errors = good = 0
        for a, b, x, y in read:
            if clean.keys[a:b] == noisy.keys[x:y]:
                good += sum(clean.real[a:b])
            elif any(clean.real[a:b]) or any(noisy.real[x:y]):
                errors += 1
        if not errors and not good and not any(output.real[o[0] : o[1]]):
            continue  # numbers only: judge.py counts them as characters
        meant, as_read, as_became = clean.keys[c0:c1], noisy.keys[slice(*n)], output.keys[slice(*o)]
        outcomes = []
        if as_became == meant:
            outcomes += ["fixed"] * bool(errors)
        elif as_became == as_read:
            outcomes += ["missed"] * bool(errors)
        else:
            outcomes += ["wrong"] * bool(errors) + ["false"] * (good > 0 or not errors)
        for outcome in outcomes:
            yield Place(
                outcome,
                errors if outcome != "false" else 0,
                number,
                _span(noisy, n),
                tuple(as_read),
                tuple(meant),
                tuple(as_became),
                judge._show(noisy, n),
            )


def _span(line: Any, words: Span) -> Span:
    """Code points of some words of a line; of none, what lies between its neighbours."""
    first, last = words
    if first < last:
        return line.spans[first][0], line.spans[last - 1][1]
    start = line.spans[first - 1][1] if first else 0
    return start, line.spans[first][0] if first < len(line.spans) else len(line.text)


def judged_edits(
    text: str, clean: str, edits: Sequence[Edit], judge: ModuleType, same: Any
) -> Iterator[tuple[Edit, bool]]:
    """Each edit of a line that changes a word for judge.py, and whether it comes out right.

    Looked at is the group of words that the alignment of the damaged and the clean line puts the
    edit in, with the applied ones of the other edits made.
    """
    noisy, wanted = judge.Line(text, same), judge.Line(clean, same)
    groups = judge.pair(wanted, noisy)
    for edit in edits:
        near = [g for g in groups if _touches(noisy, g, edit)]
        if not near:
            continue
        span = _span(noisy, (near[0][2], near[-1][3]))
        span = min(span[0], edit.start), max(span[1], edit.end)
        made, done = [], span[0]
        for other in edits:
            inside = span[0] <= other.start and other.end <= span[1]
            if inside and other.start >= done and (other is edit or other.applied):
                made += text[done : other.start], other.after
                done = other.end
        got = [same.of(word) for word in judge.WORD.findall("".join(made) + text[done : span[1]])]
        was = noisy.keys[near[0][2] : near[-1][3]]
        if got != was:
            yield edit, got == wanted.keys[near[0][0] : near[-1][1]]


def _touches(noisy: Any, group: tuple[int, int, int, int], edit: Edit) -> bool:
    start, end = _span(noisy, (group[2], group[3]))
    if edit.start == edit.end:  # a word put where there was none
        return group[2] == group[3] and start <= edit.start <= end
    return group[2] < group[3] and start < edit.end and edit.start < end
