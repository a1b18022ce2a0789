"""``vnclean dict``: the user's own dictionary."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterable
from typing import Final

from vnclean.cli.parsing import Parser
from vnclean.cli.subcommands import chosen
from vnclean.dictionary.entries import Entry, NoEntry, parse
from vnclean.dictionary.file import Dictionary, Line, read, unwritable, write
from vnclean.dictionary.place import NAME, find
from vnclean.errors import UsageError
from vnclean.language import about, marked, translated

_DESCRIPTION: Final = marked("Keep a dictionary of your own.")
_HELP: Final = marked(
    """\
Usage: vnclean dict COMMAND [OPTION]... [ARGUMENT]...

Keep a dictionary of your own: a text file, vnclean.words, one entry a line.

  Kpă                       is never changed
  kim tra -> kiểm tra       is always changed
  never: chng -> chiêng     this repair is never made
  always: dch -> dịch       this repair is always made if it is thought of
  ignore: MS-[0-9]+         what this regular expression matches is left alone

Commands:
  add      add entries
  remove   take entries out
  list     show the entries
  lint     name mistakes, contradictions and what has no effect
  import   add the words of other dictionaries and lists

vnclean dict COMMAND --help says more about each.
"""
)
_ADD: Final = marked(
    """\
Add entries.

An ENTRY is a word, or several in quotes, that is never changed, or, in quotes
too, "before -> after", which always is; before=after is the same.  An entry in
small letters holds for the word in any letter case, and for hòa and hoà alike."""
)
_REMOVE: Final = marked(
    """\
Take entries out.

An ENTRY is written as for add; a word alone takes out all that is said of it."""
)
_LIST: Final = marked("Show the entries, in the order in which they are written.")
_LINT: Final = marked(
    """\
Name what is wrong in each FILE: what makes no sense (an entry that contradicts
another, has no letter, or is corrected again), and what is there twice.

Exits with 1 if there is anything."""
)
_IMPORT: Final = marked(
    """\
Add the words of each FILE.

FILE is a dictionary of hunspell (.dic, with its .aff beside it), what vnclean
review has decided (.jsonl), or a list, one word or entry a line.  Words that
vnclean knows already are left out: they would never be repaired any more, even
where another one is meant (mục for mực).  Of words with affixes only the stem
is taken."""
)
_ADDED: Final = marked("{path}: added: {entry}")
_THERE: Final = marked("{path}: is there already: {entry}")
_NOT_THERE: Final = 1
#: What is named after each command, and what it does.
_COMMANDS: Final = {
    "add": ("ENTRY...", _ADD),
    "remove": ("ENTRY...", _REMOVE),
    "list": ("", _LIST),
    "lint": ("[FILE]...", _LINT),
    "import": ("FILE...", _IMPORT),
}


class _Options(argparse.Namespace):
    file: str | None = None
    json: bool = False
    encoding: str | None = None
    all: bool = False


def run(arguments: list[str]) -> int:
    """``vnclean dict``; returns the exit code."""
    commands: dict[str, Callable[[list[str]], int]] = {
        "add": _add,
        "remove": _remove,
        "list": _list,
        "lint": _lint,
        "import": _import,
    }
    name = chosen(arguments, commands, "vnclean dict", _HELP)
    return commands[name](arguments[1:])


def parser() -> Parser:
    """The commands of ``vnclean dict``, each with its options."""
    parser = Parser("vnclean dict", "COMMAND", _DESCRIPTION)
    parser.commands = {name: _parser(name) for name in _COMMANDS}
    return parser


def _parser(name: str) -> Parser:
    parser = Parser(f"vnclean dict {name}", *_COMMANDS[name])
    parser.add_argument(
        "--file",
        metavar="FILE",
        help=translated("the dictionary (default: vnclean.words here or in a folder above)"),
    )
    if name == "list":
        parser.add_argument(
            "--json", action="store_true", help=translated("one JSON object an entry")
        )
    if name == "import":
        parser.add_argument(
            "--encoding", metavar="ENCODING", help=translated("what the FILEs are in")
        )
        parser.add_argument(
            "--all",
            action="store_true",
            help=translated("take words too that vnclean knows already"),
        )
    return parser


def _place(options: _Options) -> str:
    return options.file or find(".") or NAME


def _opened(path: str) -> Dictionary:
    """The dictionary there, an empty one if there is none yet."""
    return read(path) if os.path.lexists(path) else Dictionary()


def _entries(texts: Iterable[str]) -> list[Entry]:
    """The entries of a command line; raises UsageError for what is none."""
    found = []
    for text in texts:
        if text == "-":
            raise UsageError(
                translated('-: the shell took > for a file; write "before -> after" in quotes')
            )
        is_pair = "=" in text and "->" not in text and not text.startswith("ignore:")
        written = text.replace("=", "->", 1) if is_pair else text
        try:
            found.append(parse(written))
        except NoEntry as reason:
            raise UsageError(about(text, reason)) from None
    return found


def _asked(name: str, arguments: list[str], options: _Options) -> list[Entry]:
    """The entries that a command is given; raises UsageError if there are none."""
    parser = _parser(name)
    entries = _entries(parser.parse(arguments, options))
    if not entries:
        parser.error(translated("an ENTRY is needed"))
    return entries


def _add(arguments: list[str]) -> int:
    from vnclean.dictionary.lint import objection

    options = _Options()
    entries = _asked("add", arguments, options)
    path = _place(options)
    dictionary = _opened(path)
    said = []
    for entry in entries:
        if reason := unwritable(entry):
            raise UsageError(about(str(entry), reason))
        message = _ADDED if dictionary.add(entry) else _THERE
        said.append(translated(message, path=path, entry=entry))
    if reason := objection(dictionary, path):
        raise UsageError(reason)
    write(dictionary, path)
    print("\n".join(said))
    return 0


def _remove(arguments: list[str]) -> int:
    options = _Options()
    entries = _asked("remove", arguments, options)
    path = _place(options)
    dictionary = read(path)
    before = len(dictionary.lines)
    code = 0
    for entry in entries:
        gone = [line for line in dictionary.lines if _means(entry, line)]
        dictionary.remove(gone)
        for line in gone:
            print(translated("{path}: removed: {entry}", path=path, entry=line.entry))
        if not gone:
            print(translated("{path}: is not there: {entry}", path=path, entry=entry))
            code = _NOT_THERE
    if len(dictionary.lines) < before:
        write(dictionary, path)
    return code


def _means(entry: Entry, line: Line) -> bool:
    """Whether a line is what is to be removed: for a word alone, all that is said of it."""
    known = line.entry
    if entry.kind == "word":
        return known.subject[1] == entry.subject[1]
    return (known.kind, known.subject, known.after) == (entry.kind, entry.subject, entry.after)


def _list(arguments: list[str]) -> int:
    parser, options = _parser("list"), _Options()
    if extra := parser.parse(arguments, options):
        parser.error(translated("{name}: nothing is to be named", name=extra[0]))
    for line in read(_place(options)).lines:
        entry = line.entry
        if options.json:
            fields = {"kind": entry.kind, "before": entry.before, "after": entry.after or None}
            print(json.dumps({**fields, "line": line.number}, ensure_ascii=False))
        else:
            print(entry)
    return 0


def _lint(arguments: list[str]) -> int:
    from vnclean.dictionary.lint import errors, warnings

    parser, options = _parser("lint"), _Options()
    paths = parser.parse(arguments, options) or [_place(options)]
    code = 0
    for path in paths:
        dictionary = read(path)
        for problem in sorted([*errors(dictionary), *warnings(dictionary)]):
            print(about(f"{path}:{problem.line}", problem.reason))
            code = 1
    return code


def _import(arguments: list[str]) -> int:
    parser, options = _parser("import"), _Options()
    files = parser.parse(arguments, options)
    if not files:
        parser.error(translated("a FILE is needed"))
    from vnclean.cli.importing import add_files

    path = _place(options)
    dictionary = _opened(path)
    told = add_files(dictionary, files, options.encoding, known=options.all)
    write(dictionary, path)
    print(about(path, told))
    return 0
