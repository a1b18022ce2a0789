"""HTML and XHTML: the text between tags; markup, comments, scripts and code stay as they are.

A passage goes on across tags of inline elements (``<b>ki</b>m tra``) and ends at all others.  Text
is left alone where its author says that it is not to be translated, or in another language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import ClassVar, Final

from vnclean.documents.passages import Passage, Spelled
from vnclean.documents.runs import Escape
from vnclean.formats.markup import (
    CODE,
    INLINE,
    RAW,
    TAG,
    UNNESTED,
    VOID,
    ascii_escape,
    attributes,
    escape,
    spelling,
)
from vnclean.formats.passages import PASSAGE_LIMIT
from vnclean.formats.spans import SpanSplitter

#: The longest tag.
_TAG_LIMIT: Final = 1 << 22
#: So many elements within each other may change what is read; more are taken to be of no account.
_DEEPEST: Final = 256
#: A longer comment parts what stands before and after it.
_COMMENT_LIMIT: Final = 1 << 12
#: The most of a document, with all its markup, that one passage lies in.
_EXTENT: Final = 1 << 20
#: No end of a comment or script is longer; so much of it may have come.
_LONGEST_END: Final = 16
#: Of a whole page the language is often wrong: whoever made its frame, or a program, has set it.
_WHOLE: Final = frozenset(("html", "body"))
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_ANY_END: Final = re.compile(">")
_COMMENT_END: Final = re.compile("--!?>")
_CDATA_END: Final = re.compile("]]>")
_CODE_END: Final = re.compile(r"\?>")
_RAW_ENDS: Final = {
    name: re.compile("(?!)" if name == "plaintext" else rf"(?=</{name}[\s/>])", re.IGNORECASE)
    for name in RAW
}


@dataclass(frozen=True, slots=True)
class _State:
    """Why text is left alone: for any of these."""

    foreign: bool = False
    kept: bool = False  #: translate="no"
    code: bool = False

    @property
    def quiet(self) -> bool:
        return self.foreign or self.kept or self.code


@dataclass(slots=True)
class _Open:
    """An element that has changed the state: how many of its name are open within it."""

    name: str
    before: _State
    inner: int = 0


class HtmlSplitter(SpanSplitter):
    """One passage for each run of text that no block, cell or line break parts.

    >>> HtmlSplitter().feed("<p>Ti&ecirc;n <b>h</b>ọc<br>l&agrave;<pre>x</pre>", final=True).texts
    ['Tiên học', 'là']
    """

    completing: ClassVar[str] = ">\n"

    def __init__(self, across_lines: bool = False) -> None:
        """``across_lines``: whether the cleaner looks at line ends too."""
        super().__init__(across_lines)
        self._until: tuple[re.Pattern[str], str, int] | None = None  # end, what of, and its line
        self._state = _State()
        self._open: list[_Open] = []
        self._is_xml = False
        self._escape: Escape = escape

    def step(self, raw: str, at: int, final: bool) -> int | None:
        """Takes the text or the markup at ``at``."""
        if self._until:
            return self._skipped(raw, at, self._until[0], final)
        end = raw.find("<", at)
        if end == at:
            return self._markup(raw, at, final)
        return self._text(raw, at, end if end >= 0 else len(raw), end >= 0 or final)

    def _skipped(self, raw: str, at: int, end: re.Pattern[str], final: bool) -> int | None:
        """Leaves out what goes on until its own end, whatever it looks like."""
        found = end.search(raw, at)
        if found:
            self._until = None
            return found.end()
        if final:
            return len(raw)
        return len(raw) - _LONGEST_END if len(raw) - _LONGEST_END > at else None

    def _text(self, raw: str, start: int, end: int, complete: bool) -> int | None:
        if self._state.quiet:
            return end
        begin = start
        while self._size + end - start > PASSAGE_LIMIT:
            cut = _cut(raw, start + max(0, PASSAGE_LIMIT - self._size), end)
            if not cut:
                break
            self.add(start, cut)
            self.end_passage(raw)
            start = cut
        if complete:
            self.add(start, end)
            return end
        return start if start > begin else None

    def passages_of(self, raw: str, spans: Sequence[tuple[int, int]]) -> Iterable[Passage]:
        """All of it as one text, unless there is nothing but blanks."""
        written = [raw[start:end] for start, end in spans]
        text = "".join(map(unescape, written))
        if text and not text.isspace():
            put = self._escape_of("".join(written), text)
            yield Spelled(escape=put, read=text, spans=spans, spelling=spelling)

    def _escape_of(self, written: str, text: str) -> Escape:
        """How a passage writes letters that are not ASCII; like the last one if it has none."""
        if not written.isascii():
            self._escape = escape
        elif any(letter.isalpha() and not letter.isascii() for letter in text):
            self._escape = ascii_escape
        return self._escape

    def _markup(self, raw: str, at: int, final: bool) -> int | None:
        """Takes what begins with ``<``."""
        tag = TAG.match(raw, at, at + _TAG_LIMIT)
        if tag:
            self._tag(raw, tag)
            return tag.end()
        if not final and len(raw) - at < _LONGEST_END:
            return None
        if re.match("</?[a-zA-Z]", raw[at : at + 3]):
            return self._broken_tag(raw, at, final)
        if raw.startswith("<!--", at):
            return self._comment(raw, at, final)
        if raw.startswith("<![CDATA[", at):
            return self._begin_skipping(raw, at, _CDATA_END, "<![CDATA[")
        if raw.startswith(("<?php", "<?="), at):
            return self._begin_skipping(raw, at, _CODE_END, "<?")
        if raw.startswith(("<!", "<?", "</"), at):
            self._is_xml = self._is_xml or raw.startswith("<?xml ", at)
            return self._begin_skipping(raw, at, _ANY_END, raw[at : at + 2])
        if not self._state.quiet:
            self.add(at, at + 1)
        return at + 1

    def _broken_tag(self, raw: str, at: int, final: bool) -> int | None:
        """A tag of which the end is not there, or not where its quotes say."""
        if not final and len(raw) - at < _TAG_LIMIT:
            return None
        self.fault(
            "a tag has no end; the text that may be in it was kept as it is", self.line_at(raw, at)
        )
        self.end_passage(raw)
        return self._begin_skipping(raw, at, _ANY_END, "")

    def _comment(self, raw: str, at: int, final: bool) -> int | None:
        """A short comment parts no words."""
        found = _COMMENT_END.search(raw, at + 2, at + _COMMENT_LIMIT)
        if found:
            return found.end()
        if not final and len(raw) - at < _COMMENT_LIMIT:
            return None
        return self._begin_skipping(raw, at, _COMMENT_END, "<!--")

    def _begin_skipping(self, raw: str, at: int, end: re.Pattern[str], what: str) -> int:
        self.end_passage(raw)
        self._until = end, what, self.line_at(raw, at)
        return at + len(what)

    def _tag(self, raw: str, tag: re.Match[str]) -> None:
        name = tag[2].lower()
        if tag[1]:
            if name not in INLINE:
                self.end_passage(raw)
            self._close(name)
            return
        if self._open and self._open[-1].name == name and name in UNNESTED:
            self._close(name)
        state = self._state_in(name, tag)
        if name not in INLINE or (state is not self._state and state.quiet != self._state.quiet):
            self.end_passage(raw)
        if self._spans and tag.end() - self._spans[0][0] > _EXTENT:
            self.end_passage(raw)
        if name == "meta" and not self.declared and (told := _CHARSET.search(tag[0])):
            self.declared = told[1], self.line_at(raw, tag.start())
        if name in VOID or (self._is_xml and raw.startswith("/>", tag.end() - 2)):
            return
        if state is not self._state and state != self._state and len(self._open) < _DEEPEST:
            self._open.append(_Open(name, self._state))
            self._state = state
        elif self._open and (outer := self._nearest(name)) is not None:
            self._open[outer].inner += 1
        if name in RAW:
            self._begin_skipping(raw, tag.end(), _RAW_ENDS[name], f"<{name}>")

    def _close(self, name: str) -> None:
        """The end of an element; nothing happens unless it has changed the state."""
        if not self._open or (number := self._nearest(name)) is None:
            return
        if self._open[number].inner:
            self._open[number].inner -= 1
        else:
            self._state = self._open[number].before
            del self._open[number:]

    def _nearest(self, name: str) -> int | None:
        """The number of the innermost open element called ``name`` that has changed the state."""
        for number in range(len(self._open) - 1, -1, -1):
            if self._open[number].name == name:
                return number
        return None

    def _state_in(self, name: str, tag: re.Match[str]) -> _State:
        """What holds within an element."""
        state = self._state
        if name in CODE:
            state = replace(state, code=True)
        if tag.end() - tag.start() < len(name) + 7:  # of which the shortest is lang=a
            return state
        whole = tag[0].lower()
        if "lang" not in whole and "translate" not in whole:
            return state
        for attribute, value in attributes(whole, name):
            if attribute == "translate":
                state = replace(state, kept=value == "no")
            elif attribute in ("lang", "xml:lang") and name not in _WHOLE:
                state = replace(state, foreign=value.partition("-")[0] not in ("", "vi", "vie"))
        return state

    def ended(self) -> None:
        """Names what has no end."""
        if self._until and self._until[1]:
            _, what, line = self._until
            self.fault(f"{what} has no end; all after it was kept as it is", line=line)


def _cut(raw: str, least: int, end: int) -> int:
    """Where to cut text that is too long: after the next line, or blank if that is far; 0 if that
    has not come yet.
    """
    farthest = least + 3 * PASSAGE_LIMIT
    line = raw.find("\n", least, min(end, farthest))
    if line >= 0 or end < farthest:
        return line + 1
    return raw.find(" ", farthest, end) + 1
