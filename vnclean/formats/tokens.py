"""What HTML is made of, told by html.parser of the standard library, piece by piece as it comes.

The library says what stands there (a tag, its name and attributes, text, anything else), and its
``updatepos`` how far that goes.  What it makes of broken markup (``<a b=="x y>z">``) depends on
what it is fed at once.  So that this depends on the text alone, never on the chunks in which that
arrives, it is fed line by line.

This relies on no more than:

- the handlers ``handle_starttag``, ``handle_startendtag``, ``handle_endtag``, ``handle_data`` and
  ``handle_pi``, and ``reset`` and ``feed``, as they are documented;
- ``updatepos(i, j)`` being called after the handler for each part of the text, "for each piece of
  data exactly once, in order", as _markupbase.py says; with ``i`` counted from the start of what
  was not done before ``feed``;
- ``rawdata`` being what it holds, to check that;
- ``set_cdata_mode(name)`` making text of all up to the end tag.

So it is in the sources of Python 3.10 to 3.14.  Were it not, the text would still be kept: where
the library leaves something out, raises AssertionError, or comes to no end in `LONGEST`
characters, it is said not to know (see `Tokens.read`).  ``convert_charrefs`` is on, though nobody
looks at the result: without it a lone ``&#`` holds back all that follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Final, Literal, TypeAlias

from vnclean.formats.markup import RAW

#: The longest tag, comment or script that the library is let see.
LONGEST: Final = 1 << 22
#: Longer lines are fed in such portions.
_PORTION: Final = 1 << 16

Attributes: TypeAlias = Sequence[tuple[str, str | None]]
#: What a token is.  "empty": a start tag with a slash at its end.  "other": a comment, declaration,
#: processing instruction, or what is nothing at all.
Part: TypeAlias = Literal["text", "start", "empty", "end", "other"]
#: What it is, and of tags the name in small letters, and attributes.
_Found: TypeAlias = tuple[Part, str, Attributes]
#: How many characters it takes in the text, and what it is.
Token: TypeAlias = tuple[int, _Found]
_TEXT: Final[_Found] = ("text", "", ())
_OTHER: Final[_Found] = ("other", "", ())


class _Parser(HTMLParser):
    """Notes what is found, instead of doing anything with it."""

    def __init__(self) -> None:
        self.is_xml = False
        self.tokens: list[Token] = []
        self.done = 0  # characters of what it holds that are in tokens
        self.sound = True  # whether they followed each other
        self._found = _OTHER
        super().__init__(convert_charrefs=True)

    def updatepos(self, i: int, j: int) -> int:
        """Notes the end of what a handler was called for."""
        if i < j:
            if i != self.done:
                self.sound = False
            self.done = j
            self.tokens.append((j - i, self._found))
            self._found = _OTHER
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._found = "start", tag, attrs
        if tag in RAW:
            self.set_cdata_mode(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.is_xml:  # where such a slash means nothing
            self.handle_starttag(tag, attrs)
        self._found = "empty", tag, attrs

    def handle_endtag(self, tag: str) -> None:
        self._found = "end", tag, ()

    def handle_data(self, data: str) -> None:
        self._found = _TEXT

    def handle_pi(self, data: str) -> None:
        self.is_xml = self.is_xml or data.startswith("xml ")


class Tokens:
    """Tokens of a text that grows.

    >>> Tokens().read("a <b id=x>", 0, final=True)[1]
    (8, ('start', 'b', [('id', 'x')]))
    """

    def __init__(self) -> None:
        self._parser = _Parser()
        self._held = 0  # characters that the library has, and has not come to an end with

    @property
    def is_xml(self) -> bool:
        """Whether the text has said so."""
        return self._parser.is_xml

    def restart(self) -> None:
        """What comes next has nothing to do with what came before."""
        self._parser.reset()
        self._parser.done = self._held = 0
        self._parser.sound = True

    def read(self, raw: str, at: int, *, final: bool) -> Sequence[Token] | None:
        """The next tokens of ``raw``, the first of which begins at ``at``.

        None if more of the text must come first; no token if it cannot be told what begins there:
        whoever asks has to find its end, and to :meth:`restart` after that.
        """
        while self._held < LONGEST:
            start = at + self._held
            end = _portion_end(raw, start, self._held, final)
            if end is None:
                return None
            if end == start:
                break
            tokens = self._fed(raw[start:end])
            self._held = end - at - self._parser.done
            if not self._parser.sound or len(self._parser.rawdata) != self._held:
                return ()
            if tokens:
                return tokens
        return ()

    def _fed(self, text: str) -> Sequence[Token]:
        parser = self._parser
        parser.tokens, parser.done = [], 0
        try:
            parser.feed(text)
        except AssertionError:  # a declaration that is none; what it has noted last may be half
            parser.sound = False
            return ()
        return parser.tokens


def tag_at(text: str, at: int, limit: int) -> tuple[int, str] | None:
    """Where the tag ends that begins at ``at``, and its name; None if there is none, or none
    that is at most ``limit`` long.

    >>> tag_at("a </b > c", 2, 100)
    (7, 'b')
    """
    for size, (_, name, _) in Tokens().read(text[at : at + limit], 0, final=True) or ():
        return (at + size, name) if name else None
    return None


def _portion_end(raw: str, start: int, held: int, final: bool) -> int | None:
    """Where to end what the library is fed next; None if that has not come yet.

    The more it holds, the more it is given, as it looks at all of that again.
    """
    farthest = start + max(held, _PORTION)
    end = raw.find("\n", start + held // 4, farthest) + 1
    if end:
        return end
    if farthest <= len(raw):
        return farthest
    return len(raw) if final else None
