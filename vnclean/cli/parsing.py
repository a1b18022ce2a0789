"""Command lines taken apart by argparse, which starts in a tenth of the time of richer parsers."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any, NoReturn

from vnclean.cli.languages import OPTION
from vnclean.errors import UsageError
from vnclean.language import translated
from vnclean.nearest import nearest


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
        """``operands``: what the usage says comes beside the options; ``description``: marked.

        The names in ``operands``, and those of options' values (``metavar``), say what may stand
        there, also to shells that complete it: see ``tools/completions.py``.
        """
        super().__init__(
            prog,
            f"{prog} [OPTION]... {operands}",
            translated(description),
            formatter_class=_Help,
            allow_abbrev=False,
        )
        self.operands = operands
        #: Those of the commands that this one consists of, by name, if it does.
        self.commands: dict[str, Parser] = {}
        self.add_argument(
            OPTION,
            metavar="LANG",
            help=translated("speak English (en) or Vietnamese (vi) (default: as the locale says)"),
        )

    @property
    def summary(self) -> str:
        """The first sentence of the description.

        >>> Parser("vnclean copy", "[PATH]...", "Copy\\nfiles.  Not\\nfolders.").summary
        'Copy files'
        """
        return " ".join((self.description or "").split()).partition(".")[0]

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

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            raise UsageError(
                translated(
                    "{option} {value}: must be one of {choices}",
                    option=_name(action),
                    value=value,
                    choices=", ".join(action.choices),
                )
            )

    def _match_argument(self, action: argparse.Action, arg_strings_pattern: str) -> int:
        try:
            return super()._match_argument(action, arg_strings_pattern)
        except argparse.ArgumentError:
            self.error(
                translated(
                    "{option}: needs a value ({value})",
                    option=_name(action),
                    value=action.metavar or ", ".join(action.choices or ()),
                )
            )

    def error(self, message: str) -> NoReturn:
        """Raises UsageError."""
        raise UsageError(
            translated("{problem}; see {prog} --help", problem=message, prog=self.prog)
        )

    def _no_such(self, argument: str) -> str:
        near = nearest(argument, self._option_string_actions)
        if not near:
            return translated("{option}: no such option", option=argument)
        return translated(
            "{option}: no such option, did you mean {near}?", option=argument, near=near
        )


def _name(action: argparse.Action) -> str:
    """What an option is called; the long name if it has a short one, too."""
    return next((name for name in action.option_strings if name.startswith("--")), "")


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
