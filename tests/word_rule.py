"""A repairer of three rules, for tests of what surrounds the cleaner: no model, any text."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from vnclean.edits import Edit
from vnclean.markers import Span
from vnclean.protection import Protection

_FOUND = regex.compile(r"(?P<word>\bchng\b)|(?P<gap>(?<=\w)  (?=\w))|(?P<double>xx)|(?P<unsure>đế)")
_AFTER = {"word": "chống", "gap": " ở ", "double": "", "unsure": "để"}


class WordRule:
    """Makes some words longer, deletes some, and leaves some alone."""

    def edits(
        self,
        lines: Sequence[str],
        before: Sequence[str] = (),
        begins: Sequence[int] = (),
        off: Sequence[Span] = (),
    ) -> list[list[Edit]]:
        protection = Protection(lines, off)
        return [
            protection.kept(number, [_edit(match) for match in _FOUND.finditer(line)], [])
            for number, line in enumerate(lines)
        ]


def _edit(match: regex.Match[str]) -> Edit:
    kind = match.lastgroup
    assert kind is not None
    return Edit(
        *match.span(), match[0], _AFTER[kind], kind, 0.9, "typed", (), applied=kind != "unsure"
    )
