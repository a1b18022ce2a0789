"""Which sub-command a command line asks for."""

from __future__ import annotations

import sys
from collections.abc import Collection

from vnclean.errors import UsageError


def chosen(arguments: list[str], known: Collection[str], prog: str, text: str) -> str:
    """The name, one of ``known``, that ``arguments`` begin with.

    Prints ``text``, the help of ``prog``, and raises SystemExit if that is asked for or there is
    nothing at all; raises UsageError for what is no sub-command.

    >>> chosen(["check", "a.txt"], ["clean", "check"], "vnclean", "Usage: ...")
    'check'
    >>> chosen(["chekc"], ["clean", "check"], "vnclean", "Usage: ...")
    Traceback (most recent call last):
        ...
    vnclean.errors.UsageError: chekc: no such command, only clean, check; see vnclean --help
    """
    if not arguments:
        print(text, end="", file=sys.stderr)
        raise SystemExit(2)
    name = arguments[0]
    if name in ("-h", "--help"):
        print(text, end="")
        raise SystemExit(0)
    if name not in known:
        kind = "option" if name.startswith("-") else f"command, only {', '.join(known)}"
        raise UsageError(f"{name}: no such {kind}; see {prog} --help")
    return name
