"""SubRip and WebVTT: the text of cues; numbers, times, headers and notes stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Final

from vnclean.documents.passages import Passage, Spelled
from vnclean.documents.runs import literally
from vnclean.formats.markup import escape, spelling
from vnclean.formats.spans import SpanSplitter, line_end

_TIME: Final = re.compile(r"\s*(?:\d+:)?\d+:\d+(?:[.,:]\d+)?\s*-->\s*(?:\d+:)?\d+:\d+")
#: <i>, </v>, <v Nam>, <00:00:01.000>, {\an8}, {y:i}
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>\n]*>|<\d[\d:.]*>|\{\\[^{}\n]*\}|\{[a-zA-Z]:[^{}\n]*\}")
_LINE_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)


class SubtitleSplitter(SpanSplitter):
    """One passage for the lines of each cue.

    >>> cue = "1\\n00:00:01,000 --> 00:00:02,000\\n<i>Phòng\\nchống</i> dịch\\n"
    >>> SubtitleSplitter().feed(cue, final=True).texts
    ['Phòng', 'chống dịch']
    """

    def __init__(self, webvtt: bool = False, across_lines: bool = False) -> None:
        """``webvtt``: with references of HTML; only what follows a time at once is text."""
        super().__init__(across_lines)
        self._webvtt = webvtt
        self._in_cue = False

    def step(self, raw: str, at: int, final: bool) -> int | None:
        """Takes a line; for one that is a number the next one must be there."""
        end = line_end(raw, at, final)
        if end is None:
            return None
        line = raw[at:end].strip()
        if "-->" in line and _TIME.match(line):
            self.end_passage(raw)
            self._in_cue = True
        elif not line:
            self.end_passage(raw)
            # In SubRip text may go on after it: programs that make it do not look.
            self._in_cue = self._in_cue and not self._webvtt
        elif self._in_cue:
            if line.isdecimal():
                following = line_end(raw, end, final)
                if following is None:
                    return None
                if _TIME.match(raw, end, following):
                    return end
            self._add_cue_line(raw, at, end)
        else:
            self.note(raw, at, end)
        return end

    def _add_cue_line(self, raw: str, at: int, end: int) -> None:
        for tag in _TAG.finditer(raw, at, end):
            if at < tag.start():
                self.add(at, tag.start())
            if _LINE_BREAK.match(tag[0]):
                self.end_passage(raw)
            at = tag.end()
        self.add_line(raw, at, end)

    def passages_of(self, raw: str, spans: Sequence[tuple[int, int]]) -> Iterable[Passage]:
        """The lines of one cue."""
        parts = [raw[start:end] for start, end in spans]
        if self._webvtt:
            text = "".join(map(unescape, parts))
            yield Spelled(escape=escape, read=text, spans=spans, spelling=spelling)
        else:
            yield Spelled(read="".join(parts), spans=spans, spelling=literally)
