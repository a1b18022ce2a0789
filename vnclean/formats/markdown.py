"""Markdown: the text of paragraphs, headings, lists, quotes and tables, line by line.

This follows CommonMark for what is to be left alone: fences (a closing one is at least as long),
indented code, front matter, raw HTML, definitions of references.  What stands in the lines of a
paragraph is in inline.py.  markdown-it-py is not asked: it wants the whole document at once, and
knows of lines only, not of the places in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from vnclean.documents.passages import Passage, Spelled
from vnclean.formats.inline import comments, visible_spans
from vnclean.formats.spans import SpanSplitter, line_end
from vnclean.markers import SIGN

#: Front matter is no longer.
_FRONT_LIMIT: Final = 1 << 16
_FRONT_ENDS: Final = {
    "---": re.compile(r"\n(?:---|\.\.\.)[ \t]*\r?\n"),
    "+++": re.compile(r"\n\+\+\+[ \t]*\r?\n"),
}
_QUOTE: Final = re.compile(r"(?: {0,3}>[ \t]?)*")
_MARKER: Final = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?=\s)[ \t]*")
_RULE: Final = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|=+|-+)\s*$")
_FENCE: Final = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_HEADING: Final = re.compile(r"#{1,6}[ \t]")
_DEFINITION: Final = re.compile(r"\[(?!\^)[^\]\n]+\]:")
_FOOTNOTE: Final = re.compile(r"\[\^[^\]\n]+\]:[ \t]*")
_COMMENT: Final = "<!--"
#: How HTML begins that goes on over blank lines, and how it ends.
_HTML: Final = (
    (
        re.compile(r"<(?:script|pre|style|textarea)(?=[\s>])", re.IGNORECASE),
        re.compile("</(?:script|pre|style|textarea)>", re.IGNORECASE),
    ),
    (re.compile(_COMMENT), re.compile("-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<!\[CDATA\["), re.compile("]]>")),
)


class MarkdownSplitter(SpanSplitter):
    """One passage for each run of text in a paragraph that no code, formula or address parts.

    >>> text = "# Phòng *chống*\\n\\n    code\\n\\n- dịch [bệnh](b.html) `x` ở xã\\n"
    >>> MarkdownSplitter().feed(text, final=True).texts
    ['Phòng chống', 'dịch bệnh ', ' ở xã']
    """

    def __init__(self, across_lines: bool = False) -> None:
        """``across_lines``: whether the cleaner looks at line ends too."""
        super().__init__(across_lines)
        self._began = False
        self._fence: tuple[str, bool] | None = None  # how it began, and whether in a quote
        self._html_end: re.Pattern[str] | None = None
        self._in_comment = False  # the last HTML that began so is one
        self._lists: list[int] = []  # the columns in which the text of open list items begins

    def step(self, raw: str, at: int, final: bool) -> int | None:
        """Takes a line, or the front matter."""
        end = line_end(raw, at, final)
        if end is None:
            return None
        if not self._began:
            front = _front_matter(raw, end, final)
            if front is None:
                return None
            self._began = True
            if front:
                return front
        line = raw[at:end]
        if self._is_plain(line) and not self._fence and not self._html_end:
            self.add_line(raw, at, end)
            return end
        quote = _QUOTE.match(line)
        body = quote.end() if quote else 0
        if not self._goes_on(raw, at, line, body):
            self._take_line(raw, at, line, body)
        return end

    def _goes_on(self, raw: str, at: int, line: str, body: int) -> bool:
        """Whether a line belongs to a fence or to HTML that began before it."""
        if self._html_end:
            self._note_comment(raw, at, line)
            if self._html_end.search(line):
                self._html_end = None
            return True
        if not self._fence:
            return False
        mark, quoted = self._fence
        if quoted and not body:  # the quote has ended, and so has what is in it
            self._fence = None
            return False
        text = line[body:].strip()
        if len(text) >= len(mark) and text == mark[0] * len(text):
            self._fence = None
        return True

    def _is_plain(self, line: str) -> bool:
        """Whether it is nothing but a line of a paragraph that is not in a list or quote."""
        return line[:1].isalpha() and (bool(self._spans) or not self._lists)

    def _take_line(self, raw: str, at: int, line: str, body: int) -> None:
        """A line, of which the text begins at ``body``: before that are the marks of quotes."""
        text = line[body:].lstrip(" \t")
        start = len(line) - len(text)
        if not text.strip():
            self.end_passage(raw)
            return
        column = _width(line[body:start])
        if not self._spans:
            self._leave_lists(column)
            if column >= (self._lists[-1] if self._lists else 0) + 4:
                return  # indented code
        if text[0] in "*-_=" and _RULE.match(text):
            self.end_passage(raw)
            self._leave_lists(column)
            return
        while (marker := _MARKER.match(line, start)) and not self._is_number(marker[0]):
            self.end_passage(raw)
            self._leave_lists(column)
            start = marker.end()
            column += _width(marker[0]) if marker[0].strip() != line[body:].strip() else 2
            self._lists.append(column)
        self._take_text(raw, at + start, at + len(line), bool(body))
        if not self._spans:
            self._leave_lists(column)

    def _leave_lists(self, column: int) -> None:
        """What begins in a column that is left of the text of list items belongs to none."""
        while self._lists and column < self._lists[-1]:
            self._lists.pop()

    def _is_number(self, marker: str) -> bool:
        """Whether it only looks like a list item: just 1 may begin a list within a paragraph."""
        digits = marker.rstrip(" \t.)")
        return bool(self._spans) and not self._lists and digits.isdecimal() and digits != "1"

    def _take_text(self, raw: str, start: int, end: int, quoted: bool) -> None:
        """What a line holds after all marks of quotes and lists."""
        text = raw[start:end]
        if fence := _FENCE.match(text):
            self.end_passage(raw)
            self._fence = fence[1] or fence[2], quoted
        elif self._is_html(text):
            self.end_passage(raw)
            self._note_comment(raw, start, text)
        elif heading := _HEADING.match(text):
            self.end_passage(raw)
            self.add(start + heading.end(), end)
            self.end_passage(raw)
        elif not self._spans and _DEFINITION.match(text):
            pass
        else:
            if footnote := _FOOTNOTE.match(text):
                self.end_passage(raw)
                start += footnote.end()
            self.add_line(raw, start, end)

    def _is_html(self, text: str) -> bool:
        """Whether HTML begins that goes on, whatever is in it, until it is closed."""
        for begin, end in _HTML if text.startswith("<") else ():
            if found := begin.match(text):
                self._html_end = None if end.search(text, found.end()) else end
                self._in_comment = found[0] == _COMMENT
                return True
        return False

    def _note_comment(self, raw: str, at: int, line: str) -> None:
        if self._in_comment:
            self.note(raw, at, at + len(line))
            self.end_passage(raw)  # it stands on lines of its own

    def passages_of(self, raw: str, spans: Sequence[tuple[int, int]]) -> Iterable[Passage]:
        """The text of a paragraph without code, formulas and marks."""
        if raw.find(SIGN, spans[0][0], spans[-1][1]) >= 0:
            for start, end in comments(raw, spans):
                self.note(raw, start, end)
        for parts in visible_spans(raw, spans):
            text = "".join([raw[start:end] for start, end in parts])
            if not text.isspace():
                yield Spelled(read=text, spans=parts)


def _width(blanks: str) -> int:
    return len(blanks.expandtabs(4))


def _front_matter(raw: str, line_end: int, final: bool) -> int | None:
    """Where the front matter ends of a document whose first line ends at ``line_end``: 0 if it
    has none, None if that cannot be told yet.
    """
    pattern = _FRONT_ENDS.get(raw[:line_end].rstrip())
    if not pattern:
        return 0
    text = raw[:_FRONT_LIMIT]
    if final and len(raw) < _FRONT_LIMIT:
        text += "\n"
    found = pattern.search(text, line_end - 1)
    if found:
        second = text[line_end : text.find("\n", line_end)]
        return min(found.end(), len(raw)) if second.strip() else 0
    return 0 if final or len(raw) >= _FRONT_LIMIT else None
