"""``vnclean completion``: what a shell needs to complete command lines."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from vnclean.cli.output import Stdout
from vnclean.cli.parsing import Parser
from vnclean.errors import UsageError
from vnclean.language import marked, translated

_DESCRIPTION: Final = marked(
    """\
Print a script by which a shell completes the command lines of vnclean.

SHELL is bash, zsh or fish.  Commands, options, their values and names of files
are completed when Tab is pressed."""
)
_EXAMPLES: Final = marked(
    """\
examples:
  bash, in ~/.bashrc:                   eval "$(vnclean completion bash)"
  zsh, in ~/.zshrc, after compinit:     eval "$(vnclean completion zsh)"
  fish, in ~/.config/fish/config.fish:  vnclean completion fish | source"""
)
#: Made by ``python tools/generate.py``.
_FOLDER: Final = Path(__file__).parents[1] / "completions"
SHELLS: Final = ("bash", "zsh", "fish")


def run(arguments: list[str]) -> int:
    """``vnclean completion``; returns the exit code."""
    shells = parser().parse(arguments, argparse.Namespace())
    if len(shells) != 1 or shells[0] not in SHELLS:
        raise UsageError(
            translated(
                "name one SHELL, {shells} or {last}; see vnclean completion --help",
                shells=", ".join(SHELLS[:-1]),
                last=SHELLS[-1],
            )
        )
    Stdout().write((_FOLDER / f"vnclean.{shells[0]}").read_bytes())
    return 0


def parser() -> Parser:
    """The options of ``vnclean completion``."""
    parser = Parser("vnclean completion", "SHELL", _DESCRIPTION)
    parser.epilog = translated(_EXAMPLES)
    return parser
