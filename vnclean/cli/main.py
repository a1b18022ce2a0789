"""The ``vnclean`` command: finds the sub-command, turns every error into one line.

Nothing is imported before it is needed: an article takes little longer than the imports.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Final

from vnclean import __version__
from vnclean.cli.languages import choose_language, without_language
from vnclean.cli.output import abandon_stdout, complain
from vnclean.cli.subcommands import chosen
from vnclean.errors import VncleanError
from vnclean.garbage import collect_seldom
from vnclean.language import marked, translated

_HELP: Final = marked(
    """\
Usage: vnclean COMMAND [OPTION]... [ARGUMENT]...

Repair damaged Vietnamese text and report every change.

Lost diacritics, letters lost in PDF extraction, OCR and typing slips are
repaired from the words around them.  Everything else stays as it is, byte for
byte.

Commands:
  clean        repair text
  check        say what clean would repair; change nothing
  report       show what a report amounts to, on the terminal or as a page
  review       decide on the doubtful edits of a report, one by one
  undo         take back what a report tells of, all or some
  apply        make the edits of a report that was looked through
  dict         keep a dictionary of your own: words never, or always, changed
  explain      say why each word is changed, or not, and what else was weighed
  learn        propose names and terms of your texts for that dictionary
  model        adapt the language model to your texts, inspect it
  spark        repair whole folders on Apache Spark
  config       show what is set and where, begin a configuration file
  help         explain a topic (pipelines, reports, confidence ...) or a command
  completion   have bash, zsh or fish complete command lines

vnclean COMMAND --help says more about each, vnclean help lists the topics.

Options:
  -h, --help   show this help
  --lang LANG  speak English (en) or Vietnamese (vi); VNCLEAN_LANG does the same
  --version    show the version

Examples:
  vnclean clean < article.txt > repaired.txt
  vnclean clean -i --backup .bak --report edits.jsonl *.txt
  vnclean check --diff article.txt
  vnclean report edits.jsonl --html edits.html
  vnclean review edits.jsonl --write reviewed.jsonl
  vnclean undo edits.jsonl --kind tone
  vnclean dict add Kpă "kim tra -> kiểm tra"
  vnclean explain "phòng, chng dch bnh"

Exit codes:
  0    done; check: nothing to repair
  1    check found something to repair
  2    wrong usage or configuration
  3    some input could not be read or written; the rest was done
  130  interrupted
"""
)
#: Each is a module of its own here, with a function ``run`` that returns the exit code, and one,
#: ``parser``, that returns its options.
COMMANDS: Final = (
    *("clean", "check", "report", "review", "undo", "apply", "dict", "explain", "learn", "model"),
    *("spark", "config", "help", "completion"),
)


def run() -> None:
    """Entry point of the command; ends the process with its exit code."""
    for stream in sys.stdout, sys.stderr:  # text is UTF-8 whatever the locale says
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    collect_seldom()
    try:
        code = _run(sys.argv[1:])
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        abandon_stdout()
        code = 0
    sys.exit(code)


def _code_of(ending: KeyboardInterrupt | SystemExit) -> int:
    """Of Ctrl-C; or help was shown, or another signal came."""
    return 130 if isinstance(ending, KeyboardInterrupt) else int(ending.code or 0)


def _run(arguments: list[str]) -> int:
    try:
        return _dispatch(arguments)
    except VncleanError as error:
        complain(error)
        return error.exit_code
    except (KeyboardInterrupt, SystemExit) as ending:
        return _code_of(ending)
    except BrokenPipeError:
        raise
    except Exception as error:
        if isinstance(error.__cause__, (KeyboardInterrupt, SystemExit)):
            return _code_of(error.__cause__)  # it came while a class was made
        if os.environ.get("VNCLEAN_DEBUG"):
            raise
        complain(
            translated(
                "internal error: {name}: {error}; please report it, with what "
                "VNCLEAN_DEBUG=1 shows",
                name=type(error).__name__,
                error=error,
            )
        )
        return 3


def _dispatch(arguments: list[str]) -> int:
    """Runs the sub-command; returns its exit code."""
    language, arguments = without_language(arguments)
    choose_language(language)
    if arguments[:1] == ["--version"]:
        print(f"vnclean {__version__}")
        return 0
    name = chosen(arguments, COMMANDS, "vnclean", _HELP)
    from vnclean.cli.signals import obey_signals

    obey_signals()
    code: int = import_module(f"vnclean.cli.{name}").run(arguments[1:])
    return code
