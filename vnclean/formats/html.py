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
from vnclean.formats.markup import CODE, INLINE, RAW, UNNESTED, VOID, ascii_escape, escape, spelling
from vnclean.formats.passages import PASSAGE_LIMIT
from vnclean.formats.spans import SpanSplitter
from vnclean.formats.tokens import LONGEST, Attributes, Tokens
from vnclean.language import translated

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
_TAG_BEGINS: Final = re.compile("</?[a-zA-Z]")
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
        self._tokens = Tokens()
        self._raw_element: tuple[str, int] | None = None  # in which all is left out, and its line
        self._until: tuple[re.Pattern[str], str, int] | None = None  # end, what of, and its line
        self._state = _State()
        self._open: list[_Open] = []
        self._escape: Escape = escape

    def step(self, raw: str, at: int, final: bool) -> int | None:
        """Takes the text and the markup at ``at``, as far as they are complete."""
        if self._until:
            return self._skipped(raw, at, self._until[0], final)
        tokens = self._tokens.read(raw, at, final=final)
        if tokens is None:
            return None
        if not tokens:
            self._tokens.restart()
            return self._unknown(raw, at)
        for size, (part, name, attributes) in tokens:
            end = at + size
            if part == "text" and (size == 1 or raw[at] != "<"):
                self._text(raw, at, end)
            elif part == "end":
                self._end(raw, name)
            elif self._raw_element:
                pass
            elif part == "start" or part == "empty":
                self._start(raw, at, end, name)
                if not (name in VOID or (part == "empty" and self._tokens.is_xml)):
                    self._enter(raw, at, name, attributes)
            elif raw.startswith(("<?php", "<?="), at):
                self._tokens.restart()
                return self._begin_skipping(raw, at, _CODE_END, "<?")
            elif raw.startswith("<!--", at):
                self.note(raw, at, end)
                if size > _COMMENT_LIMIT:
                    self.end_passage(raw)
            else:
                self.end_passage(raw)
            at = end
        return at

    def _text(self, raw: str, start: int, end: int) -> None:
        """Adds text, cut where the passage is too long: after the next line, or blank if that is
        far.
        """
        if self._state.quiet or self._raw_element:
            return
        if not self._spans and raw[start:end].isspace():
            if "\n" in raw[start:end]:
                self.end_passage(raw)  # comments so far stand on lines of their own
            return
        while self._length + end - start > PASSAGE_LIMIT:
            least = start + max(0, PASSAGE_LIMIT - self._length)
            farthest = start + max(0, 4 * PASSAGE_LIMIT - self._length)
            cut = raw.find("\n", least, min(farthest, end)) + 1
            cut = cut or raw.find(" ", farthest, end) + 1
            if not cut:
                break
            self.add(start, cut)
            self.end_passage(raw)
            start = cut
        if start < end:
            self.add(start, end)

    def passages_of(self, raw: str, spans: Sequence[tuple[int, int]]) -> Iterable[Passage]:
        """All of it as one text, unless there is nothing but blanks."""
        written = [raw[start:end] for start, end in spans]
        text = "".join(map(unescape, written))
        if text and not text.isspace():  # &#1; is nothing
            put = self._escape_of("".join(written), text)
            yield Spelled(escape=put, read=text, spans=spans, spelling=spelling)

    def _escape_of(self, written: str, text: str) -> Escape:
        """How a passage writes letters that are not ASCII; like the last one if it has none."""
        if not written.isascii():
            self._escape = escape
        elif any(letter.isalpha() and not letter.isascii() for letter in text):
            self._escape = ascii_escape
        return self._escape

    def _unknown(self, raw: str, at: int) -> int:
        """Takes what the library does not know, or does not see the end of."""
        if self._raw_element:
            name, line = self._raw_element
            if not _RAW_ENDS[name].match(raw, at):
                self._until = _RAW_ENDS[name], f"<{name}>", line
                return at
            self._raw_element = None
        if raw.startswith("<!--", at):
            return self._begin_skipping(raw, at, _COMMENT_END, "<!--")
        if raw.startswith("<![CDATA[", at):
            return self._begin_skipping(raw, at, _CDATA_END, "<![CDATA[")
        if raw.startswith(("<?php", "<?="), at):
            return self._begin_skipping(raw, at, _CODE_END, "<?")
        if _TAG_BEGINS.match(raw, at):
            reason = translated("a tag has no end; the text that may be in it was kept as it is")
            self.fault(reason, self.line_at(raw, at))
            return self._begin_skipping(raw, at, _ANY_END, "")
        if raw.startswith(("<!", "<?", "</"), at):
            return self._begin_skipping(raw, at, _ANY_END, raw[at : at + 2])
        end = raw.find("<", at + 1, at + LONGEST)
        end = end if end >= 0 else min(len(raw), at + LONGEST)
        self._text(raw, at, end)
        return end

    def _skipped(self, raw: str, at: int, end: re.Pattern[str], final: bool) -> int | None:
        """Leaves out what goes on until its own end, whatever it looks like."""
        found = end.search(raw, at)
        if found:
            self._until = None
            return found.end()
        if final:
            return len(raw)
        return len(raw) - _LONGEST_END if len(raw) - _LONGEST_END > at else None

    def _begin_skipping(self, raw: str, at: int, end: re.Pattern[str], what: str) -> int:
        self.end_passage(raw)
        self._until = end, what, self.line_at(raw, at)
        return at + len(what[:2])  # <!--> is whole

    def _start(self, raw: str, at: int, end: int, name: str) -> None:
        """Ends the passage if a start tag parts words."""
        if self._open and self._open[-1].name == name and name in UNNESTED:
            self._close(name)
        if name not in INLINE or (self._spans and end - self._spans[0][0] > _EXTENT):
            self.end_passage(raw)
        if name == "meta" and not self.declared and (told := _CHARSET.search(raw, at, end)):
            self.declared = told[1], self.line_at(raw, at)

    def _enter(self, raw: str, at: int, name: str, attributes: Attributes) -> None:
        """What comes next is in an element called ``name``."""
        if name in RAW:
            self._raw_element = name, self.line_at(raw, at)
            return
        if not self._open and not attributes and name not in CODE:
            return
        state = self._state_in(name, attributes)
        if state.quiet != self._state.quiet:
            self.end_passage(raw)
        if state != self._state and len(self._open) < _DEEPEST:
            self._open.append(_Open(name, self._state))
            self._state = state
        elif self._open and (outer := self._nearest(name)) is not None:
            self._open[outer].inner += 1

    def _end(self, raw: str, name: str) -> None:
        """An end tag."""
        if self._raw_element:
            if name == self._raw_element[0]:
                self._raw_element = None
            return
        if name not in INLINE:
            self.end_passage(raw)
        self._close(name)

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

    def _state_in(self, name: str, attributes: Attributes) -> _State:
        """What holds within an element."""
        state = self._state
        if name in CODE and not state.code:
            state = replace(state, code=True)
        for attribute, value in attributes:
            if attribute == "translate":
                state = replace(state, kept=value is not None and value.lower() == "no")
            elif attribute in ("lang", "xml:lang") and name not in _WHOLE:
                language = (value or "").lower().partition("-")[0]
                state = replace(state, foreign=language not in ("", "vi", "vie"))
        return state

    def ended(self) -> None:
        """Names what has no end."""
        if self._until and self._until[1]:
            _, what, line = self._until
        elif self._raw_element:
            what, line = f"<{self._raw_element[0]}>", self._raw_element[1]
        else:
            return
        self.fault(translated("{what} has no end; all after it was kept as it is", what=what), line)
