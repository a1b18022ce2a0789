"""Which sub-command a command line asks for."""

from __future__ import annotations

import sys
from collections.abc import Collection

from vnclean.errors import UsageError
from vnclean.language import marked, translated
from vnclean.nearest import nearest


def chosen(arguments: list[str], known: Collection[str], prog: str, text: str) -> str:
    """The name, one of ``known``, that ``arguments`` begin with.

    Prints ``text``, the help of ``prog``, and raises SystemExit if that is asked for or there is
    nothing at all; raises UsageError for what is no sub-command.

    >>> chosen(["check", "a.txt"], ["clean", "check"], "vnclean", "Usage: ...")
    'check'
    >>> chosen(["chekc"], ["clean", "check"], "vnclean", "Usage: ...")
    Traceback (most recent call last):
        ...
    vnclean.errors.UsageError: chekc: no such command, did you mean check?; see vnclean --help
    """
    if not arguments:
        print(translated(text), end="", file=sys.stderr)
        raise SystemExit(2)
    name = arguments[0]
    if name in ("-h", "--help"):
        print(translated(text), end="")
        raise SystemExit(0)
    if name not in known:
        from vnclean.cli.streams import is_file

        near = nearest(name, known)
        message = marked("{name}: no such command, only {known}; see {prog} --help")
        if name.startswith("-"):
            message = marked("{name}: no such option; see {prog} --help")
        elif is_file(name):
            message = marked("{name}: is a file, no command; for example: {prog} {first} {name}")
        elif near:
            message = marked("{name}: no such command, did you mean {near}?; see {prog} --help")
        values = {"name": name, "known": ", ".join(known), "near": near, "first": next(iter(known))}
        raise UsageError(translated(message, prog=prog, **values))
    return name
