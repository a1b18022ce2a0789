"""Which sub-command a command line asks for."""

from __future__ import annotations

import sys
from collections.abc import Collection

from vnclean.errors import UsageError
from vnclean.language import translated


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
        print(text, end="", file=sys.stderr)
        raise SystemExit(2)
    name = arguments[0]
    if name in ("-h", "--help"):
        print(text, end="")
        raise SystemExit(0)
    if name not in known:
        if name.startswith("-"):
            raise UsageError(
                translated("{name}: no such option; see {prog} --help", name=name, prog=prog)
            )
        from vnclean.cli.streams import is_file

        if is_file(name):
            first = next(iter(known))
            raise UsageError(
                translated(
                    "{name}: is a file, no command; for example: {prog} {first} {name}",
                    name=name,
                    prog=prog,
                    first=first,
                )
            )
        only = translated(", only {names}", names=", ".join(known))
        raise UsageError(
            translated(
                "{name}: no such command{suggestion}; see {prog} --help",
                name=name,
                suggestion=suggestion(name, known) or only,
                prog=prog,
            )
        )
    return name


def suggestion(name: str, known: Collection[str]) -> str:
    """What ends a message about a name that nobody knows: the one that it is near to, if any.

    >>> suggestion("chekc", ["clean", "check"]), suggestion("frobnicate", ["clean", "check"])
    (', did you mean check?', '')
    """
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return translated(", did you mean {name}?", name=near[0]) if near else ""
