"""``vnclean check``: says what would be repaired, changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Final

from vnclean.cli.checking import Check, Diffs, Findings
from vnclean.cli.given import (
    load_cleaner,
    make_jobs,
    make_model,
    make_resolver,
    run_values,
)
from vnclean.cli.options import (
    CleanerOptions,
    add_cleaner_options,
    add_exclude_option,
    add_expansion_option,
)
from vnclean.cli.parsing import Parser
from vnclean.cli.reading import cleaning
from vnclean.cli.streams import STDIN, expanded, is_folder, tell_of_terminal
from vnclean.config import Config
from vnclean.errors import InputError, UsageError
from vnclean.language import about, marked, translated
from vnclean.reports.listing import FORMATS
from vnclean.settings.resolver import Resolver

if TYPE_CHECKING:
    from vnclean.batch.ignoring import Ignoring

_DESCRIPTION: Final = marked(
    """\
Say what clean would repair; change nothing.

Reads each PATH, or standard input if there is none or it is -; of a folder or
an archive, all text in it.  Exits with 1 if there is anything to repair."""
)

_EXAMPLES: Final = marked(
    """\
examples:
  vnclean check article.txt
  vnclean check --diff article.txt | patch -p0
  vnclean check --format github --exclude '*.log' docs/ letters.zip"""
)


class _Options(CleanerOptions):
    format: str | None
    diff: bool
    show_all: bool
    exclude: list[str]


def run(arguments: list[str]) -> int:
    """``vnclean check``; returns the exit code."""
    options = _Options()
    paths = [name for path in parser().parse(arguments, options) for name in expanded(path)]
    settings = make_resolver(options)
    values = run_values(settings, paths)
    jobs = make_jobs(values, default=0 if any(map(is_folder, paths)) else 1)
    format_ = options.format or values["format"].value
    if format_ not in FORMATS:
        names = translated("{names} or {last}", names=", ".join(FORMATS[:-1]), last=FORMATS[-1])
        raise UsageError(
            translated("--format {format}: must be {names}", format=format_, names=names)
        )
    if options.diff and (options.show_all or (options.format or "text") != "text"):
        raise UsageError(
            translated("--diff shows only repairs, as a diff; leave out --all and --format")
        )
    if not paths:
        tell_of_terminal("check")
    inputs = _Names(paths or [STDIN], partial(_ignoring, options.exclude, settings, paths))
    for name in inputs.all:
        settings.of(name)  # wrong ones are named before anything is done
    view = Diffs() if options.diff else Findings(format_, options.show_all)
    with cleaning(load_cleaner(Config(), jobs, make_model(values)), jobs) as opened:
        return Check(view, settings.of, opened, inputs.of_folders).run(inputs.all, inputs.failed)


def parser() -> Parser:
    """The options of ``vnclean check``."""
    parser = Parser("vnclean check", "[PATH]...", _DESCRIPTION)
    parser.epilog = translated(_EXAMPLES)
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        help=translated(
            "text: lines to read (the default); json: JSON Lines, as in a report; "
            "github: annotations of GitHub Actions; sarif: SARIF 2.1.0"
        ),
    )
    parser.add_argument(
        "--diff", action="store_true", help=translated("show a unified diff, fit for patch -p0")
    )
    parser.add_argument(
        "--all",
        dest="show_all",
        action="store_true",
        help=translated("also list what clean would leave alone"),
    )
    add_exclude_option(parser)
    add_expansion_option(parser)
    add_cleaner_options(parser.add_argument_group(translated("cleaning")))
    return parser


def _ignoring(exclude: list[str], settings: Resolver, paths: list[str]) -> Ignoring:
    from vnclean.batch.ignoring import Ignoring

    return Ignoring.of(exclude, settings.exclusions(paths))


class _Names:
    """The names of what is to be read: those given, and those of what is in folders."""

    def __init__(self, paths: Iterable[str], ignoring: Callable[[], Ignoring]) -> None:
        """``ignoring``: gives what is left out of folders, if there are any."""
        self.all: list[str] = []
        self.of_folders: set[str] = set()
        self.failed: list[tuple[str, InputError]] = []  #: what kept from listing a folder
        for path in paths:
            if path == STDIN or not is_folder(path):
                self.all.append(path)
            else:
                self._walk(path, ignoring())

    def _walk(self, folder: str, ignoring: Ignoring) -> None:
        from vnclean.batch.inputs import Inputs

        inputs = Inputs(ignoring)
        inputs.add(folder, "")
        for path, reason in inputs.failed:
            self.failed.append((path, InputError(about(path, reason))))
        found = [file.path for file in inputs.files]
        self.all += found
        self.of_folders.update(found)
