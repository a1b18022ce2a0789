"""Which key does what: the same for a terminal and for lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from vnclean.language import translated
from vnclean.review.session import Refused, Session

#: Keys that say it all.
_SIMPLE: Final[dict[str, Callable[[Session], str]]] = {
    "a": Session.accept,
    "r": Session.reject,
    "y": Session.always,
    "n": Session.never,
    "N": Session.never_word,
    "s": Session.skip,
    "b": Session.back,
    "*": Session.toggle_everywhere,
}
#: Keys after which a word is given.
WITH_WORD: Final[dict[str, Callable[[Session, str], str]]] = {
    "o": Session.other,
    "O": Session.always_other,
}
#: Keys that stand for two.
_SHORT: Final = {"A": "*a", "R": "*r"}
QUIT: Final = "q"
HELP: Final = "?"


def perform(session: Session, command: str) -> str:
    """Does what a key says, or several: ``*`` before it, a word after it; returns what was done.

    Raises Refused for what is no command, or makes no sense here.
    """
    command = _SHORT.get(command, command)
    key, rest = command[:1], command[1:].strip()
    if key == "*" and rest:
        if rest[:1] not in "ar123456789o":
            raise Refused(
                translated("{rest}: is for no single place anyway; leave out the *", rest=rest)
            )
        if not session.everywhere:
            session.toggle_everywhere()
        try:
            return perform(session, rest)
        except Refused:
            session.everywhere = False
            raise
    if key in WITH_WORD:
        return WITH_WORD[key](session, rest)
    if not rest and key in _SIMPLE:
        return _SIMPLE[key](session)
    if not rest and key.isascii() and key.isdecimal():
        return session.choose(int(key))
    raise Refused(translated("{command}: no such key; ? shows them", command=command))
