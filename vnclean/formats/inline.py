"""What is text in the lines of a paragraph of Markdown."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from vnclean.formats.markup import INLINE
from vnclean.formats.tokens import tag_at

#: No tag in a paragraph is longer.
_TAG_LIMIT: Final = 1 << 12
_FOUND: Final = re.compile(
    r"""
      (?P<text> \\[!-/:-@\[-`{-~] )
    | (?P<code> `+ )
    | (?P<address> <[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*> | <[\w.+-]{1,64}@[\w.-]+> )
    | (?P<comment> <!--.*?--> )
    | (?P<tag> </?[a-zA-Z] )
    | (?P<target> \]\(\s*(?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)
        (?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\) | \]\[[^\[\]\n]*\] )
    | (?P<formula> \$\$.+?\$\$ | \$(?![\s$])[^$\n]+(?<![\s\\])\$(?![\d$]) )
    | (?P<template> \{\{[^{}]*\}\} | \{%[^{}]*%\} | \{[\#.:][^{}\n]*\} )
    | (?P<mark> !?\[(?=[^\[\]]{0,500}\][(\[])
        | \*+(?=\S) | (?<=\S)\*+ | (?<!\w)_+(?=\S) | (?<=[^\s_])_+(?!\w) )
    """,
    re.VERBOSE | re.DOTALL,
)
#: What any of these begins with.
_SPECIAL: Final = re.compile(r"[\\`<!\[\]${*_]")
_ADDRESS: Final = re.compile(r"""\b(?:(?:https?|ftp)://|www\.)[^\s<>()\[\]"'*|]+""")
_TICKS: Final = re.compile("`+")
#: What parts no words.
_INVISIBLE: Final = frozenset(("comment", "target", "mark"))


def visible_spans(
    raw: str, lines: Sequence[tuple[int, int]]
) -> Iterator[Sequence[tuple[int, int]]]:
    """What is read of the lines of a paragraph, in runs that no code, formula or address parts.

    >>> [list(spans) for spans in visible_spans("*ba* `x` hai", [(0, 12)])]
    [[(1, 3), (4, 5)], [(8, 12)]]
    """
    begin, stop = lines[0][0], lines[-1][1]
    holes = [(begin + start, begin + end, part) for start, end, part, _ in _holes(raw[begin:stop])]
    if not holes:
        yield lines
        return
    some: list[tuple[int, int]] = []
    number, at = 0, begin
    for start, end, part in [*holes, (stop, stop, True)]:
        while number < len(lines) and lines[number][0] < start:
            left, right = max(at, lines[number][0]), min(start, lines[number][1])
            if left < right:
                some.append((left, right))
            if lines[number][1] > start:
                break
            number += 1
        at = end
        if part and some:
            yield some
            some = []


def comments(raw: str, lines: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where comments stand in the lines of a paragraph.

    >>> list(comments("ba <!-- hai --> `<!-- x -->`", [(0, 28)]))
    [(3, 15)]
    """
    begin, stop = lines[0][0], lines[-1][1]
    for start, end, _, kind in _holes(raw[begin:stop]):
        if kind == "comment":
            yield begin + start, begin + end


def _holes(text: str) -> Iterator[tuple[int, int, bool, str | None]]:
    """What is not read of a paragraph: start, end, whether it parts what is, and what it is."""
    address = _ADDRESS.search(text) if "://" in text or "www." in text else None
    places: dict[int, list[int]] | None = None  # of runs of backticks, by their length
    at = 0
    while (special := _SPECIAL.search(text, at)) or address:
        if address and address.start() < at:
            address = _ADDRESS.search(text, at)
            continue
        if address and (not special or address.start() < special.start()):
            at = address.end()
            yield address.start(), at, True, "address"
            continue
        assert special
        found = _FOUND.match(text, special.start())
        if not found:
            at = special.end()
            continue
        start, at = found.span()
        kind = found.lastgroup
        part = kind not in _INVISIBLE
        if kind == "text":
            continue
        if kind == "code":
            places = places or _ticks(text)
            same = places.get(at - start, [])
            closing = bisect_right(same, start)
            if closing == len(same):
                continue
            at = same[closing] + at - start
        elif kind == "tag":
            if text.find(">", start, start + _TAG_LIMIT) < 0:  # the usual case
                continue
            tag = tag_at(text, start, _TAG_LIMIT)
            if not tag:
                continue
            at, name = tag
            part = name not in INLINE
        yield start, at, part, kind


def _ticks(text: str) -> dict[int, list[int]]:
    """Where runs of backticks begin, by their length."""
    places: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text):
        places.setdefault(len(run[0]), []).append(run.start())
    return places
