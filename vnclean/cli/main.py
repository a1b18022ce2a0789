"""The ``vnclean`` command: finds the sub-command, turns every error into one line."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import Annotated, Any, Final

import typer

from vnclean.cli.check import check
from vnclean.cli.clean import clean
from vnclean.cli.explain import explain
from vnclean.cli.model import app as model_app
from vnclean.cli.streams import abandon_stdout, complain
from vnclean.errors import VncleanError

_HELP: Final = """Repair damaged Vietnamese text and report every change.

Lost diacritics, letters lost in PDF extraction, OCR and typing slips are repaired from the
words around them.  Everything else stays as it is, byte for byte.

\b
Examples:
  vnclean clean < article.txt > repaired.txt
  vnclean clean -i --backup .bak --report edits.jsonl *.txt
  vnclean check --diff article.txt
  vnclean explain "phòng, chng dch bnh"
"""
_EPILOG: Final = """\b
Exit codes:
  0    done; check: nothing to repair
  1    check found something to repair
  2    wrong usage
  3    some input could not be read or written; the rest was done
  130  interrupted
"""
#: What typer raises for a wrong command line; newer versions bring their own and do not name it.
_TYPER_USAGE_ERROR: Final[Any] = typer.BadParameter.__mro__[1]

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(clean)
app.command()(check)
app.command()(explain)
app.add_typer(model_app, name="model")


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"vnclean {version('vnclean')}")
        raise typer.Exit


@app.callback(invoke_without_command=True, help=_HELP, epilog=_EPILOG)
def _main(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(2)


def run() -> None:
    """Entry point of the command; ends the process with its exit code."""
    _prepare()
    try:
        code = _run()
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        abandon_stdout()
        code = 0
    sys.exit(code)


def _prepare() -> None:
    """Text is UTF-8 whatever the locale says; being told to stop cleans up like Ctrl-C does."""
    for stream in sys.stdout, sys.stderr:
        if stream is not None:
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
    for number in {signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


def _run() -> int:
    try:
        return app(prog_name="vnclean", standalone_mode=False) or 0
    except _TYPER_USAGE_ERROR as error:
        message = " ".join(error.format_message().split())
        complain(f"{message.rstrip('.')}; see {_command_path(error)} --help")
        return 2
    except VncleanError as error:
        complain(error)
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except Exception as error:
        if os.environ.get("VNCLEAN_DEBUG"):
            raise
        complain(
            f"internal error: {type(error).__name__}: {error}; please report it, with what"
            " VNCLEAN_DEBUG=1 shows"
        )
        return 3


def _command_path(error: BaseException) -> str:
    context = getattr(error, "ctx", None)
    return context.command_path if context else "vnclean"
