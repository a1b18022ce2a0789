"""Text in an old Vietnamese code page, shown as Latin letters: ``TiÕng ViÖt``, ``Tieáng Vieät``.

For each line the cheapest way through is looked for: every chunk is read in one code page or
left as it stands, and each change between the two costs something.  So whole lines are found,
and also runs inside a sound line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple, TypeAlias

from vnclean.edits import Edit
from vnclean.shown import shown
from vnclean.stages.gate import gated
from vnclean.stages.legacy_tables import NAMES
from vnclean.stages.legacy_words import NO_STOP, Reading, reading

#: What it costs to begin a run in a code page, or to end it; in points of `legacy_words`.
_BORDER: Final = 2.5
#: The same in a line that is surely in that page elsewhere.
_NEAR_BORDER: Final = 0.75
#: The same word again is less evidence, unless the line is surely in that page.
_AGAIN: Final = 0.25
#: Of the words that would change, so many must be Vietnamese words afterwards.
_MIN_SHARE: Final = 0.75
#: A run with that gain is surely in the code page: then names change too.
_SURE: Final = 10.0

#: How much more a word must be worth with a dot below for the dot to be no full stop: before a
#: capital, which may be a name, and at the end of the line.
_MAYBE_STOP: Final = 0.0
_LAST_STOP: Final = 0.25

#: No Vietnamese letter and no usual punctuation: text in any of the 8-bit code pages has some.
_STRANGE: Final = "\x80-\x9f¡-©ª¬-¾ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿŒœŠšŽžŸƒ†‡ˆ‰™"
#: Or a sign of VIQR after a letter: a question mark or full stop where no sentence ends.
_LETTER: Final = "[aeiouyAEIOUY^(+]"
#: Where word processors put the letters of a font that has a code of its own; by their bytes.
_FONT: Final = "\uf080-\uf0ff"
_FONT_TABLE: Final = {0xF000 + byte: shown(bytes([byte])) for byte in range(0x80, 0x100)}
#: Begins with one class of rare characters, so that sound text is passed over at once.
_GATE: Final = re.compile(
    rf"[{_STRANGE}{_FONT}\^(+`~'?.dD]"
    rf"(?:(?<=[{_STRANGE}{_FONT}])|(?<={_LETTER}[\^(+`~'])|(?<={_LETTER}\?)(?=\w| [a-z])"
    rf"|(?<={_LETTER}\.)(?=[A-Za-z])|(?<=[dD][dD]))"
)
_CHUNK: Final = re.compile(r"[^ \t]+")


class _Chunk(NamedTuple):
    start: int
    text: str
    stop: float  #: how likely a sentence ends with it; see `legacy_words.reading`


#: The name of a code page, and the first and last chunk in it.
_Run: TypeAlias = tuple[str, int, int]


class LegacyText:
    """Finds words written in TCVN3, VNI, VISCII, VPS, BK HCM 2 or VIQR.

    >>> line = "TiÕng ViÖt cã s¸u thanh ®iÖu."
    >>> [(edit.before, edit.after, edit.kind) for edit in LegacyText().edits([line])[0][:2]]
    [('TiÕng', 'Tiếng', 'tcvn3'), ('ViÖt', 'Việt', 'tcvn3')]
    """

    def edits(self, lines: Sequence[str]) -> list[list[Edit]]:
        """For each line its edits, from left to right, a word each; ``kind`` is the code page."""
        return gated(_GATE, lines, _line_edits)


def _line_edits(line: str) -> list[Edit]:
    in_latin = line.translate(_FONT_TABLE)
    edits = _latin_edits(in_latin)
    if in_latin == line:
        return edits
    return [replace(edit, before=line[edit.start : edit.end]) for edit in edits]


def _latin_edits(line: str) -> list[Edit]:
    chunks = _chunks(line)
    pages = [name for name in NAMES if any(_reading(name, chunk).gain > 0 for chunk in chunks)]
    if not pages:
        return []
    edits: list[Edit] = []
    done = 0
    runs = _runs(_path(chunks, dict.fromkeys(pages, _BORDER)))
    if sure := {run[0] for run in runs if _gain(run, chunks) >= _SURE}:
        borders = {name: _NEAR_BORDER if name in sure else _BORDER for name in pages}
        runs = _runs(_path(chunks, borders))
    for number, run in enumerate(runs):
        until = runs[number + 1][1] if number + 1 < len(runs) else len(chunks)
        name, first, last = _widened(run, chunks, done, until)
        edits += _run_edits(name, chunks[first:last])
        done = last
    return _in_capitals(line, edits)


def _chunks(line: str) -> list[_Chunk]:
    matches = list(_CHUNK.finditer(line))
    stops = [NO_STOP if match[0][0].islower() else _MAYBE_STOP for match in matches[1:]]
    return [
        _Chunk(match.start(), match[0], stop)
        for match, stop in zip(matches, [*stops, _LAST_STOP], strict=True)
    ]


def _reading(name: str, chunk: _Chunk) -> Reading:
    return reading(name, chunk.text, chunk.stop)


def _gain(run: _Run, chunks: Sequence[_Chunk]) -> float:
    name, first, last = run
    return sum(_reading(name, chunk).gain for chunk in chunks[first:last])


def _path(chunks: Sequence[_Chunk], borders: Mapping[str, float]) -> list[str]:
    """For each chunk the code page it is best read in, or nothing, as it stands.

    ``borders``: what it costs to begin or end a run in each page.
    """
    pages = list(borders)
    borders = {**borders, "": 0.0}
    best = {name: -border for name, border in borders.items()}
    steps: list[dict[str, str]] = []
    seen: set[str] = set()
    for chunk in chunks:
        step: dict[str, str] = {}
        after = _cheapest(best, borders)
        scores = {"": best[after] - borders[after]}
        step[""] = after
        for name in pages:
            stay = best[name] >= best[""] - borders[name]
            step[name] = name if stay else ""
            gain = _reading(name, chunk).gain
            if gain > 0 and borders[name] == _BORDER and chunk.text.lower() in seen:
                gain *= _AGAIN
            scores[name] = (best[name] if stay else best[""] - borders[name]) + gain
        seen.add(chunk.text.lower())
        steps.append(step)
        best = scores
    name = _cheapest(best, borders)
    path = []
    for step in reversed(steps):
        path.append(name)
        name = step[name]
    return path[::-1]


def _cheapest(best: Mapping[str, float], borders: Mapping[str, float]) -> str:
    """Where it is best to come from, if what follows stands as it is."""
    return max(best, key=lambda name: best[name] - borders[name])


def _runs(path: Sequence[str]) -> list[_Run]:
    """The runs of one code page: its name, where it begins and ends."""
    runs: list[_Run] = []
    for index, name in enumerate(path):
        if runs and runs[-1][0] == name and runs[-1][2] == index:
            runs[-1] = (name, runs[-1][1], index + 1)
        elif name:
            runs.append((name, index, index + 1))
    return runs


def _widened(run: _Run, chunks: Sequence[_Chunk], start: int, until: int) -> _Run:
    """A sure run, with what is between it and the next one (or the end of the line) on either
    side, if the page can have all of it.

    There the path leaves out words that mean something in both readings.
    """
    name, first, last = run
    if _gain(run, chunks) < _SURE:
        return run
    if all(_reading(name, chunk).possible for chunk in chunks[start:first]):
        first = start
    if all(_reading(name, chunk).possible for chunk in chunks[last:until]):
        last = until
    return name, first, last


def _run_edits(name: str, chunks: Sequence[_Chunk]) -> list[Edit]:
    readings = [_reading(name, chunk) for chunk in chunks]
    sound = [change.sound for found in readings for change in found.changes]
    gain = sum(found.gain for found in readings)
    share = sum(sound) / len(sound) if sound else 0.0
    if share < _MIN_SHARE:
        return []
    confidence = round(min(0.99, share * (1 - 2**-gain) if gain < _SURE else 0.9 + share / 10), 3)
    return [
        Edit(
            chunk.start + change.start,
            chunk.start + change.end,
            chunk.text[change.start : change.end],
            change.after,
            name,
            confidence,
        )
        for chunk, found in zip(chunks, readings, strict=True)
        for change in found.changes
        if change.sound or gain >= _SURE
    ]


def _in_capitals(line: str, edits: list[Edit]) -> list[Edit]:
    """A TCVN3 word whose only capital is the first is in capitals if its neighbours are."""
    return [
        replace(edit, after=edit.after.upper())
        if edit.kind == "tcvn3" and _between_capitals(line, edit)
        else edit
        for edit in edits
    ]


def _between_capitals(line: str, edit: Edit) -> bool:
    before, after = line[: edit.start].split()[-1:], line[edit.end :].split()[:1]
    letters = [re.sub("[^A-Za-z]", "", word) for word in before + after]
    long = [word for word in letters if len(word) > 1]
    rest = re.sub("[^A-Za-z]", "", edit.before)
    return bool(long) and all(word.isupper() for word in long) and not re.search("[a-z]", rest)
