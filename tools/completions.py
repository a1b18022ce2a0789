"""The scripts by which shells complete command lines, made by shtab from the parsers."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, Final

import shtab

from vnclean.cli.completion import SHELLS
from vnclean.cli.main import COMMANDS
from vnclean.cli.parsers import all_parsers
from vnclean.cli.parsing import Parser
from vnclean.documents.encoding import ENCODING_NAMES
from vnclean.formats.kinds import TYPES
from vnclean.kinds import KINDS
from vnclean.language import LANGUAGES
from vnclean.reports.listing import FORMATS
from vnclean.topics import topics

#: What a value may be, by what it is called in the help: one of these words,
WORDS: Final[dict[str, Iterable[str]]] = {
    "ENCODING": ENCODING_NAMES,
    "FORMAT": FORMATS,
    "KIND": KINDS,
    "LANG": LANGUAGES,
    "NAME": (*topics(), *COMMANDS),
    "SHELL": SHELLS,
    "TYPE": TYPES,
}
#: the name of a file or folder, or of a folder,
FILES: Final = {"CORPUS", "FILE", "IN", "NEW", "OUT", "PATH", "REPORT"}
FOLDERS: Final = {"DIR"}
#: or something that only its author knows.
FREE: Final = {
    "ENTRY",
    "FIELD",
    "GLOB",
    "N",
    "P",
    "PATTERN",
    "REGEX",
    "SETTING",
    "SUFFIX",
    "TEXT",
    "URL",
}
_HEADER: Final = """\
# Made from the parsers of the commands by python tools/generate.py, with shtab 1.13
# (https://github.com/tqdm/shtab, Apache-2.0).  vnclean completion prints it.
"""
# shtab's own completers of names do not know how blanks in them are quoted.
_BASH_FILES: Final = r"""
_vnclean_files() {
  local word=$1
  [[ $word == [\"\']* ]] && word=${word:1}
  compgen -f -- "${word//\\/}"
}
"""
# To bash the sign in --type=html is a word of its own, which shtab's function takes for the value.
_BASH_END: Final = r"""
_vnclean() {
  local words=() word at=$COMP_CWORD
  for word in "${COMP_WORDS[@]:0:COMP_CWORD}"; do
    if [[ $word == "=" ]]; then ((at--)); else words+=("$word"); fi
  done
  word=${COMP_WORDS[COMP_CWORD]}
  local COMP_WORDS=("${words[@]}" "${word#=}") COMP_CWORD=$at
  _shtab_vnclean
}

complete -o bashdefault -F _vnclean vnclean
"""
_FILE: Final = shtab.FILE | {
    "bash": "_vnclean_files",
    "fish": "(__fish_complete_path (commandline -ct | string unescape))",
}


def scripts() -> dict[str, str]:
    """By the name of the shell."""
    return {shell: _script(shell) for shell in SHELLS}


def _script(shell: str) -> str:
    preamble = _BASH_FILES if shell == "bash" else ""
    made = shtab.complete(_tree(), shell, root_prefix="vnclean", preamble=preamble)
    if shell == "bash":
        made = made.partition("\ncomplete ")[0] + _BASH_END
    if shell == "zsh":  # have it know --type=html, too
        made = re.sub(r'(--[\w-]+)(}?"?)\[(?=.*\]:)', r"\1=\2[", made)
    # How to install it says vnclean completion --help.
    made = re.sub(r"^# AUTOMATICALLY GENERATED.*?\n\n", _HEADER + "\n", made, flags=re.M | re.S)
    return "".join(f"{line.rstrip()}\n" for line in made.splitlines())


def _tree() -> argparse.ArgumentParser:
    """One parser with all commands as its sub-commands, as argparse has them."""
    root = argparse.ArgumentParser("vnclean")
    root.add_argument("--version", action="store_true", help="show the version")
    groups = {"": root.add_subparsers()}
    for name, parser in all_parsers().items():
        before, _, last = name.rpartition(" ")
        made = groups[before].add_parser(
            last, help=parser.summary, parents=[parser], add_help=False
        )
        if parser.commands:
            groups[name] = made.add_subparsers()
        else:
            _add_operands(made, parser)
        for action in made._actions:
            _tell(action, action.metavar)
    return root


def _add_operands(made: argparse.ArgumentParser, parser: Parser) -> None:
    for name in re.findall("[A-Z]+", parser.operands)[:1]:
        made.add_argument("operands", metavar=name, nargs="*", help=name)


def _tell(action: Any, metavar: str | tuple[str, ...] | None) -> None:
    """Has shtab know what may stand for ``metavar``."""
    if metavar in WORDS:
        action.choices = list(WORDS[metavar])
    elif metavar in FILES:
        action.complete = _FILE
    elif metavar in FOLDERS:
        action.complete = shtab.DIRECTORY
