"""What a regular expression says at a glance: which letters a line must have for it to match.

Only what is understood for certain is told.  That is most of what people write: letters, classes,
quantifiers, groups and alternatives; all else (look-around, references, flags but a leading
``(?i)``, verbose or fuzzy patterns) is left to the package regex.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

#: A line must have one of these; if there are none, it is not known what it must have.
Needs: TypeAlias = tuple[str, ...]

_TOKEN: Final = re.compile(
    r"""
      (?P<letter> [^\\.^$|?*+()\[\]{}] | \\[^\w\s] )
    | (?P<any> \. | \\[dDwWsS] | \\[pP]\{(?:L|Lu|Ll|M|N|Nd|P|S)\}
        | \[ \^? (?: a-z | A-Z | 0-9 | \\[dws] | \\[^\w\s] | [^\\\[\]^&|~-] )+ \] )
    | (?P<place> [\^$] | \\b )
    | (?P<open> \( (?:\?:)? (?![?*]) )
    | (?P<close> \) )
    | (?P<or> \| )
    """,
    re.VERBOSE,
)
_QUANTIFIER: Final = re.compile(r"(?:([?*])|\+|\{(\d{1,3})(?:(,)(\d{1,3})?)?\})[?+]?")
_PLAIN: Final = re.compile(r"[^\\.^$|?*+()\[\]{}]+")
_IGNORE_CASE: Final = "(?i)"
#: In any letter case these also stand for letters of other alphabets (the Kelvin sign, the long s).
_AMBIGUOUS: Final = frozenset("iksIKSåÅµßΩω")
_MOST: Final = 64


class Outline(NamedTuple):
    """``needs``: in small letters if ``folded``; a line has one of them if the pattern matches.

    ``plain``: what it matches, if that is nothing but these letters.
    """

    needs: Needs
    folded: bool = False
    plain: str | None = None


@dataclass(slots=True)
class _Group:
    """What is known of an open group: of its alternatives, and of the one that is open."""

    alternatives: list[Needs] = field(default_factory=list)
    best: Needs = ()
    run: str = ""  #: letters that follow each other

    def end_run(self) -> None:
        self.take((self.run,) if self.run else ())
        self.run = ""

    def take(self, needs: Needs) -> None:
        """All that is open must have one of these as well."""
        if min(map(len, needs), default=0) > min(map(len, self.best), default=0):
            self.best = needs

    def end_alternative(self) -> None:
        self.end_run()
        self.alternatives.append(self.best)
        self.best = ()

    def needs(self) -> Needs:
        self.end_alternative()
        found = tuple(need for needs in self.alternatives for need in needs)
        return found if all(self.alternatives) and len(found) <= _MOST else ()


def outline(pattern: str) -> Outline | None:
    """What is understood of a pattern; None if that is not all of it: it may not even be one.

    >>> outline("Mã số")
    Outline(needs=('Mã số',), folded=False, plain='Mã số')
    >>> [outline(one).needs for one in ("(?i)Mã (?:lô|lot) [A-Z]{2}", "báo|đài +hình", "[0-9]+")]
    [('mã ',), ('báo', 'đài '), ()]
    >>> outline("(?<=a)b") is None
    True
    """
    if _PLAIN.fullmatch(pattern):
        return Outline((pattern,), plain=pattern)
    folded = pattern.startswith(_IGNORE_CASE)
    at = len(_IGNORE_CASE) if folded else 0
    groups = [_Group()]
    while at < len(pattern):
        token = _TOKEN.match(pattern, at)
        if token is None:
            return None
        at = token.end()
        kind = token.lastgroup
        quantifier = _QUANTIFIER.match(pattern, at)
        if quantifier:
            if kind not in ("letter", "any", "close") or not _is_sound(quantifier):
                return None
            at = quantifier.end()
        if kind == "open":
            groups.append(_Group())
        elif kind == "close":
            if len(groups) == 1:
                return None
            needs = groups.pop().needs()
            groups[-1].end_run()
            groups[-1].take(needs if _is_needed(quantifier) else ())
        else:
            _take(groups[-1], kind, token[0][-1], quantifier, folded=folded)
    return Outline(groups[0].needs(), folded) if len(groups) == 1 else None


def _take(
    group: _Group, kind: str | None, letter: str, quantifier: re.Match[str] | None, *, folded: bool
) -> None:
    """A token that is no bracket."""
    if kind == "or":
        group.end_alternative()
    elif kind != "letter" or not _is_needed(quantifier) or (folded and not _folds(letter)):
        group.end_run()
    else:
        group.run += letter.lower() if folded else letter
        if quantifier:
            group.end_run()


def _is_sound(quantifier: re.Match[str]) -> bool:
    least, most = quantifier[2], quantifier[4]
    return most is None or int(least) <= int(most)


def _is_needed(quantifier: re.Match[str] | None) -> bool:
    """Whether what it stands behind must come at least once."""
    if quantifier is None:
        return True
    return not quantifier[1] and (quantifier[2] is None or int(quantifier[2]) > 0)


def _folds(letter: str) -> bool:
    """Whether its other letter case is all that it stands for in any case."""
    return letter not in _AMBIGUOUS and (letter.isascii() or "À" <= letter <= "ỹ")
