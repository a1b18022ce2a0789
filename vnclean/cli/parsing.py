"""Command lines taken apart by argparse, which starts in a tenth of the time of richer parsers."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import NoReturn

from vnclean.cli.languages import OPTION
from vnclean.errors import UsageError
from vnclean.language import translated


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help as it is written, always for 80 columns."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=80)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or translated("Usage: "))


class Parser(argparse.ArgumentParser):
    """The options of one command; what is no option may stand before, between and after them.

    >>> parser = Parser("vnclean copy", "[PATH]...", "Copy files.")
    >>> _ = parser.add_argument("-o", "--output")
    >>> options = argparse.Namespace()
    >>> parser.parse(["a.txt", "-o", "b.txt", "--", "-c.txt"], options), options.output
    (['a.txt', '-c.txt'], 'b.txt')
    """

    def __init__(self, prog: str, operands: str, description: str) -> None:
        """``operands``: what the usage says comes beside the options; ``description``: marked."""
        super().__init__(
            prog,
            f"{prog} [OPTION]... {operands}",
            translated(description),
            formatter_class=_Help,
            allow_abbrev=False,
        )
        self.add_argument(
            OPTION,
            metavar="LANG",
            help=translated("speak English (en) or Vietnamese (vi) (default: as the locale says)"),
        )

    def parse(self, arguments: list[str], options: argparse.Namespace) -> list[str]:
        """Sets the fields of ``options``; returns the operands.

        Everything after ``--`` is an operand.  Raises UsageError for what makes no sense;
        ``--help`` prints to stdout and raises SystemExit.
        """
        at = arguments.index("--") if "--" in arguments else len(arguments)
        _, rest = self.parse_known_args(arguments[:at], options)
        for argument in rest:
            if argument.startswith("-") and argument != "-":
                self.error(self._no_such(argument))
        return rest + arguments[at + 1 :]

    def error(self, message: str) -> NoReturn:
        """Raises UsageError."""
        raise UsageError(
            translated("{problem}; see {prog} --help", problem=message, prog=self.prog)
        )

    def _no_such(self, argument: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(argument, self._option_string_actions, 1)
        if not near:
            return translated("{option}: no such option", option=argument)
        return translated(
            "{option}: no such option, did you mean {near}?", option=argument, near=near[0]
        )


def probability(option: str, given: str) -> float:
    """The value of an option; raises UsageError if that is no number from 0 to 1.

    >>> probability("--below", "0.9")
    0.9
    """
    try:
        found = float(given)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise UsageError(
            translated("{option} {given}: must be a number from 0 to 1", option=option, given=given)
        )
    return found
