"""From a line of text to the symbols that the language model counts and the decoder repairs.

A line is first split at white space, because whole raw tokens (``dịch,``) can be looked up in
one cached table at the speed of ``str.split``; :func:`symbols` takes one raw token apart, once
per distinct token.  Commas, quotes, brackets and hyphens are transparent to the model (``phòng,
chống`` is still ``phòng chống``); what ends a sentence or clause breaks the context.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

import regex

from vnclean.spelling.runs import from_keys


class Kind(enum.IntEnum):
    """What a symbol is to the model."""

    WORD = 0  #: letters: may be repaired
    NUMBER = 1  #: digits: one class for all of them
    OPAQUE = 2  #: codes, addresses, file names: never touched, unknown to the model
    BREAK = 3  #: end of a sentence or clause: context does not reach across
    GAP = 4  #: a double blank between two words, where a word may have vanished


class Symbol(NamedTuple):
    """One symbol and its place in the text it came from (code points)."""

    kind: Kind
    text: str
    start: int
    end: int


_TOKEN: Final = regex.compile(
    r"""
      (?P<reference> & [A-Za-z]{2,8}+ ; )  # one of HTML that is meant so
    | (?P<tag>    < /?+ [A-Za-z] [A-Za-z\d]*+ (?= /?+ > | $ ) )  # markup that stayed in a text
    | (?P<code>   (?= [\p{L}\p{M}]*+ [\d_] ) (?= \d*+ [\p{L}_] )
                  (?! \p{Ll}\p{M}*+ \p{Ll} [\p{Ll}\p{M}]*+ \d{1,2}+ (?![\p{L}\d_]) )  # a footnote
                  [\p{L}\d_] [\p{L}\p{M}\d_]*+ )
    | (?P<unread> (?: \p{L}*+ [?\uFFFD□]++ (?=\p{L}) )++ \p{L}++ [\uFFFD□]*+
                | (?i: [bcdđghklmnpqrstvx]{1,3}+ u? ) [?\uFFFD□] (?!\p{L})  # no vowel is left
                | \p{L}++ [\uFFFD□]++ )
    | (?P<word>   (?:\p{L}\p{M}*+)++ )
    | (?P<number> \d++ (?: [.,:/-] \d++ )*+ )
    | (?P<break>  [.!?;:…]++ | [–—•|*=/\\]++ )
    """,
    regex.VERBOSE,
)
#: Raw tokens that are addresses, paths or file names as a whole, or hold what could not be read.
_OPAQUE: Final = regex.compile(
    r"""
      .*(?: :// | @ | \bwww\. | _ | \\ | [\uD800-\uDFFF] ).*+
    | [^\p{L}\d]*+ [A-Za-z0-9-]++ (?: \.(?=[a-z0-9]) [A-Za-z0-9-]++ )++
      (?: [/?\#] .*+ | [^\p{L}\d]*+ )
    """,
    regex.VERBOSE | regex.DOTALL,
)
#: The letter of an item of a list, which is no rest of a word.
_ENUMERATOR: Final = regex.compile(r"[a-zđ]\)")
#: What a break begins with after which a capital is due.
SENTENCE_ENDS: Final = frozenset(".!?…")
_HAS_LETTER: Final = regex.compile(r"\p{L}")
_ENDS: Final = frozenset(",.")
_JOINS: Final = frozenset("/.")
#: Two blanks between two words.  To ``str.split``, U+001C to U+001F are white space too.
GAP_PATTERN: Final = regex.compile(r"(?<=[^\s\x1c-\x1f]) {2}(?=[^\s\x1c-\x1f])")


def symbols(raw: str, offset: int = 0) -> list[Symbol]:
    """The symbols of one raw token (no white space in it), spans shifted by ``offset``.

    >>> [(s.kind.name, s.text) for s in symbols("(phòng,chống")]
    [('WORD', 'phòng'), ('WORD', 'chống')]
    >>> [(s.kind.name, s.text) for s in symbols("25/4/2020.")]
    [('NUMBER', '25/4/2020'), ('BREAK', '.')]
    >>> [(s.kind.name, s.text) for s in symbols("372_TB-VP.signed.pdf")]
    [('OPAQUE', '372_TB-VP.signed.pdf')]
    >>> [(s.kind.name, s.text) for s in (*symbols("b)"), *symbols("&lt;"))]
    [('OPAQUE', 'b)'), ('OPAQUE', '&lt;')]
    >>> [(s.kind.name, s.text) for s in symbols("<b>chng</b>")]
    [('WORD', 'chng')]
    """
    word = raw[:-1] if raw[-1:] in _ENDS else raw
    if word.isalpha():  # most of them
        end = offset + len(word)
        found = [Symbol(Kind.WORD, word, offset, end)]
        return found if raw[-1] != "." else [*found, Symbol(Kind.BREAK, ".", end, end + 1)]
    if (_OPAQUE.fullmatch(raw) and _HAS_LETTER.search(raw)) or _ENUMERATOR.fullmatch(raw):
        return [Symbol(Kind.OPAQUE, raw, offset, offset + len(raw))]
    found = []
    for match in _TOKEN.finditer(raw):
        if match["word"] or match["unread"]:
            kind = Kind.WORD
        elif match["number"]:
            kind = Kind.NUMBER
        elif match["reference"]:
            kind = Kind.OPAQUE
        elif match["code"]:
            kind = Kind.WORD if from_keys(match[0].lower()) else Kind.OPAQUE
        elif match["tag"] or _inside_word(raw, match):
            continue
        else:
            kind = Kind.BREAK
        found.append(Symbol(kind, match[0], offset + match.start(), offset + match.end()))
    return found


def _inside_word(raw: str, match: regex.Match[str]) -> bool:
    """``TP.HCM``, ``và/hoặc``: one sign between two letters does not end a clause."""
    start, end = match.span()
    return (
        match[0] in _JOINS
        and start > 0
        and end < len(raw)
        and raw[start - 1].isalpha()
        and raw[end].isalpha()
    )


#: The same tokens come again and again.
_symbols: Final = lru_cache(maxsize=1 << 15)(symbols)
_RAW: Final = regex.compile(r"[^\s\x1c-\x1f]++")


def line_symbols(line: str) -> Iterator[Symbol]:
    """All symbols of a line with their places, in the order in which the decoder sees them.

    >>> [(s.kind.name, s.start) for s in line_symbols("trong  nhà 12.")]
    [('WORD', 0), ('GAP', 6), ('WORD', 7), ('NUMBER', 11), ('BREAK', 13)]
    """
    gaps = [match.start() for match in GAP_PATTERN.finditer(line)][::-1] if "  " in line else []
    for match in _RAW.finditer(line):
        while gaps and gaps[-1] < match.start():
            at = gaps.pop()
            yield Symbol(Kind.GAP, "", at + 1, at + 1)
        start = match.start()
        for kind, text, first, last in _symbols(match[0]):
            yield Symbol(kind, text, start + first, start + last)
