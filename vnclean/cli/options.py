"""Options that several commands have."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, Literal

from vnclean.cli.parsing import Parser
from vnclean.cli.signals import signals_wait
from vnclean.config import SURE_IN_A_RUN, SURE_OF_A_SLIP, Config
from vnclean.documents.encoding import ENCODING_NAMES, Encoding, named
from vnclean.errors import UsageError
from vnclean.formats.kinds import TYPES, Reading
from vnclean.user_words import UserWords

if TYPE_CHECKING:
    from vnclean.cleaner import Cleaner


class OwnOptions(argparse.Namespace):
    """What :func:`add_own_options` reads, as it was written."""

    decisions: str | None = None
    dictionary: list[str] | None = None
    ignore: list[str] | None = None
    markers: bool = True


class CleanerOptions(OwnOptions):
    """What :func:`add_cleaner_options` reads, as it was written."""

    min_confidence: str | None
    jobs: str | None
    expansion: str | None = None
    encoding: str | None = None
    type: str | None = None
    field: list[str] | None = None
    tone_style: Literal["keep", "old", "new"] = "keep"
    join_lines: bool = False
    drop_boilerplate: bool = False


def add_cleaner_options(parser: Parser) -> None:
    """The options that say how to clean documents, and on how many cores."""
    add_confidence_option(parser)
    parser.add_argument(
        "--tone-style",
        choices=("keep", "old", "new"),
        default="keep",
        help="write the tone of hòa or hoà the old way, the new way, or as it is"
        " (default: %(default)s)",
    )
    parser.add_argument(
        "--join-lines",
        action="store_true",
        help="put words together that a hyphen breaks at the end of a line (khoa h-, ọc)",
    )
    parser.add_argument(
        "--drop-boilerplate",
        action="store_true",
        help="leave out lines that are only a web page's menus, buttons and notices, with"
        " their line ends",
    )
    add_own_options(parser)
    parser.add_argument(
        "-j",
        "--jobs",
        metavar="N",
        help="clean on so many cores, 0 for all there are; the result is the same"
        " (default: 1, and all for folders)",
    )
    parser.add_argument(
        "--encoding",
        metavar="NAME",
        help="take the input to be in this encoding, for example tcvn3, vni or windows-1258,"
        " instead of finding it out",
    )
    parser.add_argument(
        "--type",
        metavar="NAME",
        help=f"take the input to be {', '.join(TYPES[:-1])} or {TYPES[-1]}, whatever its name",
    )
    parser.add_argument(
        "--field",
        "--column",
        dest="field",
        action="append",
        metavar="NAME",
        help="the field or column that is text, in records (default: text); may be given again;"
        " a.b is b within a",
    )


def add_own_options(parser: Parser) -> None:
    """What the user has decided on words and parts of texts."""
    parser.add_argument(
        "--dictionary",
        action="append",
        metavar="FILE",
        help="obey a dictionary of your own: words that are never or always changed (see vnclean"
        " dict; may be given again; default: vnclean.words here or in a folder above)",
    )
    parser.add_argument(
        "--decisions",
        metavar="FILE",
        help="obey what vnclean review has put there: words that are never changed, repairs that"
        " are always made or never",
    )
    parser.add_argument(
        "--ignore",
        action="append",
        metavar="REGEX",
        help="leave alone whatever matches in a line; may be given again",
    )
    parser.add_argument(
        "--no-markers",
        dest="markers",
        action="store_false",
        help="clean what vnclean:off … vnclean:on and vnclean:ignore-line in a text leave alone",
    )


def add_confidence_option(parser: Parser) -> None:
    """How sure a repair must be."""
    parser.add_argument(
        "--min-confidence",
        metavar="P",
        help="apply a repair if it is right with at least this probability, from 0 to 1"
        f" (default: {SURE_OF_A_SLIP:g}, and {SURE_IN_A_RUN:g} where a whole stretch is damaged)",
    )


def make_config(options: CleanerOptions) -> Config:
    """The settings that the options name; raises UsageError if they make no sense.

    Raises InputError if a file that they name cannot be read.

    >>> make_config(CleanerOptions(min_confidence="0.9")).min_confidence
    0.9
    """
    given = options.min_confidence
    own = _user_words(options)
    try:
        return Config(
            None if given is None else float(given),
            options.tone_style,
            options.join_lines,
            options.drop_boilerplate,
            own,
            markers=options.markers,
        )
    except ValueError:
        raise UsageError(
            f"--min-confidence {given}: must be a number from 0 (apply every repair"
            " found) to 1 (apply only what is certain)"
        ) from None


def _user_words(options: OwnOptions) -> UserWords:
    own = UserWords()
    paths = default_dictionaries() if options.dictionary is None else options.dictionary
    if paths:
        from vnclean.dictionary.load import load

        own = load(paths)
    if options.decisions is not None:
        from vnclean.decisions import read_decisions

        own = own.joined(read_decisions(options.decisions).user_words())
    if options.ignore:
        from vnclean.pattern_checks import check

        check(options.ignore)
        own = own.joined(UserWords(ignore=tuple(options.ignore)))
    return own


def default_dictionaries() -> list[str]:
    """The user's dictionary, if there is one here or in a folder above."""
    from vnclean.dictionary.place import find

    found = find(".")
    return [] if found is None else [found]


def make_jobs(options: CleanerOptions, default: int = 1) -> int:
    """How many processes are to clean; raises UsageError for what is no such number.

    ``default``: what counts if nothing is given.

    >>> make_jobs(CleanerOptions(jobs="2"))
    2
    """
    if options.jobs is None:
        return default or _cores()
    if not (options.jobs.isascii() and options.jobs.isdecimal()):
        raise UsageError(
            f"--jobs {options.jobs}: must be a whole number, 1 or more, or 0 for all cores"
        )
    return int(options.jobs) or _cores()


def make_reading(options: CleanerOptions) -> Reading:
    """How the input is to be read; raises UsageError if that makes no sense.

    >>> make_reading(CleanerOptions(encoding="VNI")).encoding.name
    'VNI'
    """
    return Reading(
        encoding=_encoding(options),
        type=_type(options),
        fields=tuple(dict.fromkeys(options.field or ["text"])),
        across_lines=options.join_lines or options.drop_boilerplate,
        expansion=_expansion(options),
        markers=options.markers,
    )


def _expansion(options: CleanerOptions) -> int:
    given = options.expansion
    if given is None:
        return Reading.expansion
    if not (given.isascii() and given.isdecimal() and int(given)):
        raise UsageError(f"--expansion {given}: must be a whole number, 1 or more")
    return int(given)


def _type(options: CleanerOptions) -> str | None:
    if options.type is not None and options.type not in TYPES:
        raise UsageError(f"--type {options.type}: must be one of {', '.join(TYPES)}")
    return options.type


def _encoding(options: CleanerOptions) -> Encoding | None:
    if options.encoding is None:
        return None
    try:
        return named(options.encoding)
    except KeyError:
        known = ", ".join(ENCODING_NAMES)
        raise UsageError(f"--encoding {options.encoding}: must be one of {known}") from None


def _cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def load_cleaner(config: Config, jobs: int = 1) -> Cleaner:
    """The cleaner; all that it imports is imported, unless other processes do the work."""
    from vnclean.cleaner import Cleaner

    if jobs == 1:
        with signals_wait():  # interrupted C extensions raise what they like, or nothing
            import vnclean.spelling.speller  # noqa: F401
    return Cleaner(config)
