"""A review at a terminal: a key is a command, and the screen shows one edit."""

from __future__ import annotations

from typing import Final

import regex

from vnclean.review.commands import HELP, QUIT, WITH_WORD, perform
from vnclean.review.keys import Keys
from vnclean.review.screen import View, choices, screen
from vnclean.review.session import Refused, Session

#: Other keys that do the same.
_SAME: Final = {" ": "s", "right": "s", "left": "b", "end": QUIT}
_LAST_LETTER: Final = regex.compile(r"\X\Z")


class Interactive:
    """Runs a session at the terminal of ``keys``; see :meth:`run`."""

    def __init__(self, session: Session, keys: Keys, title: str) -> None:
        self._session = session
        self._keys = keys
        self._view = View(title)

    def run(self) -> bool:
        """Until the user quits; whether it was by Ctrl-C.

        Raises OutputError if a decision cannot be written.
        """
        while True:
            key = self._next_key()
            if key == "interrupt":
                return True
            key = _SAME.get(key, key)
            if key == QUIT:
                return False
            self._do(key)

    def _next_key(self) -> str:
        """The next key that is for the review; on the way the screen is kept as it should be."""
        while True:
            self._keys.write(screen(self._session, self._view, *self._keys.size()))
            key = self._keys.key()
            if key == "suspend":
                self._keys.suspend()
            elif key != "resize":
                return key

    def _do(self, key: str) -> None:
        view, session = self._view, self._session
        self._view = view._replace(message="", help=False)
        if view.help:
            return
        if key == HELP:
            self._view = self._view._replace(help=True)
        elif session.at_end and key == "enter":
            session.again()
            self._view = self._view._replace(selected=0)
        elif key in ("up", "down") and not session.at_end:
            step = 1 if key == "down" else -1
            selected = (view.selected + step) % len(choices(session))
            self._view = self._view._replace(selected=selected)
        elif key == "enter":
            self._perform(choices(session)[view.selected].key)
        elif key in WITH_WORD:
            word = self._word()
            if word is not None:
                self._perform(f"{key} {word}")
        elif len(key) == 1:
            self._perform(key)

    def _perform(self, command: str) -> None:
        number = self._session.number
        try:
            message = perform(self._session, command)
        except Refused as reason:
            message = str(reason)
        selected = self._view.selected if self._session.number == number else 0
        self._view = self._view._replace(message=message, selected=selected)

    def _word(self) -> str | None:
        """What the user types; None if he would rather not.  Ctrl-C and Ctrl-D are no words."""
        if self._session.at_end:
            return None
        typed = ""
        while True:
            self._view = self._view._replace(typed=typed)
            key = self._next_key()
            if key in ("enter", "escape", "interrupt", "end"):
                self._view = self._view._replace(typed=None)
                return typed if key == "enter" else None
            if key == "backspace":
                typed = _LAST_LETTER.sub("", typed)
            elif key == "clear":
                typed = ""
            elif len(key) == 1:
                typed += key
