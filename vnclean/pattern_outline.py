"""What a regular expression says at a glance: which letters a line must have for it to match.

Only what is understood for certain is told.  That is most of what people write: letters, classes,
quantifiers, groups and alternatives; all else (look-around, references, flags but a leading
``(?i)``, verbose or fuzzy patterns) is left to the package regex.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

#: Letters in a row; a line must have one of them.
Needs: TypeAlias = tuple[str, ...]

_TOKEN: Final = re.compile(
    r"""
      (?P<letters> [^\\.^$|?*+()\[\]{}]+ (?![?*+{]) )
    | (?P<letter> [^\\.^$|?*+()\[\]{}] | \\[^\w\s] )
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
_QUANTIFIES: Final = frozenset("?*+{")
_COUNTABLE: Final = ("letter", "any", "close")
_PLAIN: Final = re.compile(r"[^\\.^$|?*+()\[\]{}]+")
_IGNORE_CASE: Final = "(?i)"
#: What may stand for more than the letter in both cases, as k for the Kelvin sign: all but most
#: letters of Vietnamese, and the signs of ASCII.
_AMBIGUOUS: Final = re.compile("[iksIKSåÅß]|[^ -~À-ÿĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
_MOST: Final = 64


class Outline(NamedTuple):
    """``needs``: a line has one of each of these if the pattern matches; the rarest come first.
    They are in small letters if ``folded``.

    ``plain``: what it matches, if that is nothing but these letters.
    """

    needs: tuple[Needs, ...]
    folded: bool = False
    plain: str | None = None


@dataclass(slots=True)
class _Group:
    """What is known of an open group: of its alternatives, and of the one that is open."""

    alternatives: list[list[Needs]] = field(default_factory=list)
    needs: list[Needs] = field(default_factory=list)
    run: str = ""  #: letters that follow each other

    def end_run(self) -> None:
        if self.run:
            self.needs.append((self.run,))
            self.run = ""

    def end_alternative(self) -> None:
        self.end_run()
        self.alternatives.append(self.needs)
        self.needs = []

    def ended(self) -> list[Needs]:
        """What a line must have for the group to match."""
        self.end_alternative()
        if len(self.alternatives) == 1:
            return self.alternatives[0]
        if not all(self.alternatives):
            return []
        found = [need for needs in self.alternatives for need in _rarest(needs)]
        return [tuple(found)] if len(found) <= _MOST else []


def _rarest(needs: Sequence[Needs]) -> Needs:
    return max(needs, key=_rarity) if len(needs) > 1 else needs[0]


def _rarity(needs: Needs) -> int:
    """How seldom a line has one of these: long ones are, and digits, capitals and signs."""
    return min(map(_rarity_of_one, needs)) if len(needs) > 1 else _rarity_of_one(needs[0])


def _rarity_of_one(need: str) -> int:
    return 4 * len(need) - 3 * (sum(map(str.islower, need)) + need.count(" "))


@lru_cache(maxsize=1 << 15)
def outline(pattern: str) -> Outline | None:
    """What is understood of a pattern; None if that is not all of it: it may not even be one.

    >>> outline("Mã số")
    Outline(needs=(('Mã số',),), folded=False, plain='Mã số')
    >>> [outline(one).needs for one in ("(?i)Mã (?:lô|lot) [A-Z]{2}", "báo|đài +hình", "[0-9]+")]
    [(('mã ',), ('lô', 'lot'), (' ',)), (('báo', 'đài '),), ()]
    >>> outline("(?<=a)b") is None
    True
    """
    if _PLAIN.fullmatch(pattern):
        return Outline(((pattern,),), plain=pattern)
    folded = pattern.startswith(_IGNORE_CASE)
    at = len(_IGNORE_CASE) if folded else 0
    groups = [_Group()]
    while at < len(pattern):
        token = _TOKEN.match(pattern, at)
        if token is None:
            return None
        at = token.end()
        kind = token.lastgroup
        quantifier = None
        if pattern[at : at + 1] in _QUANTIFIES:
            quantifier = _QUANTIFIER.match(pattern, at)
            if not quantifier or kind not in _COUNTABLE or not _is_sound(quantifier):
                return None
            at = quantifier.end()
        if kind == "letters":
            _take_letters(groups[-1], token[0], folded=folded)
        elif kind == "open":
            groups.append(_Group())
        elif kind == "close":
            if len(groups) == 1:
                return None
            needs = groups.pop().ended()
            groups[-1].end_run()
            if _is_needed(quantifier):
                groups[-1].needs += needs
        else:
            _take(groups[-1], kind, token[0][-1], quantifier, folded=folded)
    if len(groups) > 1:
        return None
    needs = groups[0].ended()
    if len(needs) > 1:
        needs.sort(key=_rarity, reverse=True)
    return Outline(tuple(needs), folded)


def _take_letters(group: _Group, letters: str, *, folded: bool) -> None:
    """Letters of which each must come once."""
    if not folded:
        group.run += letters
        return
    first, *others = _AMBIGUOUS.split(letters)
    group.run += first.lower()
    for other in others:
        group.end_run()
        group.run = other.lower()


def _take(
    group: _Group, kind: str | None, letter: str, quantifier: re.Match[str] | None, *, folded: bool
) -> None:
    """A token that is no bracket."""
    if kind == "or":
        group.end_alternative()
    elif kind != "letter" or not _is_needed(quantifier):
        group.end_run()
    else:
        _take_letters(group, letter, folded=folded)
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
