"""Options that several commands have."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from vnclean.cli.signals import signals_wait
from vnclean.config import SURE_IN_A_RUN, SURE_OF_A_SLIP, Config
from vnclean.documents.encoding import ENCODING_NAMES, Encoding, named
from vnclean.errors import UsageError
from vnclean.formats.kinds import TYPES, Reading
from vnclean.language import translated
from vnclean.user_words import UserWords

if TYPE_CHECKING:
    from vnclean.cleaner import Cleaner


class CleanerOptions(argparse.Namespace):
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
    decisions: str | None = None
    model: str | None = None


def add_cleaner_options(parser: argparse._ActionsContainer) -> None:
    """The options that say how to clean documents, and on how many cores.

    ``parser``: or a group of its options.
    """
    add_confidence_option(parser)
    add_model_option(parser)
    parser.add_argument(
        "--tone-style",
        choices=("keep", "old", "new"),
        default="keep",
        help=translated(
            "write the tone of hòa or hoà the old way, the new way, or as it is "
            "(default: %(default)s)"
        ),
    )
    parser.add_argument(
        "--join-lines",
        action="store_true",
        help=translated(
            "put words together that a hyphen breaks at the end of a line (khoa h-, ọc)"
        ),
    )
    parser.add_argument(
        "--drop-boilerplate",
        action="store_true",
        help=translated(
            "leave out lines that are only a web page's menus, buttons and notices, "
            "with their line ends"
        ),
    )
    parser.add_argument(
        "--decisions",
        metavar="FILE",
        help=translated(
            "obey what vnclean review has put there: words that are never changed, "
            "repairs that are always made or never"
        ),
    )
    parser.add_argument(
        "-j",
        "--jobs",
        metavar="N",
        help=translated(
            "clean on so many cores, 0 for all there are; the result is the same "
            "(default: 1, and all for folders)"
        ),
    )
    add_reading_options(parser)


def add_reading_options(parser: argparse._ActionsContainer) -> None:
    """How the input is to be read."""
    parser.add_argument(
        "--encoding",
        metavar="ENCODING",
        help=translated(
            "take the input to be in this encoding, for example tcvn3, vni or "
            "windows-1258, instead of finding it out"
        ),
    )
    parser.add_argument(
        "--type",
        metavar="TYPE",
        help=translated(
            "take the input to be {names} or {last}, whatever its name",
            names=", ".join(TYPES[:-1]),
            last=TYPES[-1],
        ),
    )
    parser.add_argument(
        "--field",
        "--column",
        dest="field",
        action="append",
        metavar="FIELD",
        help=translated(
            "the field or column that is text, in records (default: text); may be "
            "given again; a.b is b within a"
        ),
    )


def add_confidence_option(parser: argparse._ActionsContainer) -> None:
    """How sure a repair must be."""
    parser.add_argument(
        "--min-confidence",
        metavar="P",
        help=translated(
            "apply a repair if it is right with at least this probability, from 0 to 1 "
            "(default: {slip:g}, and {stretch:g} where a whole stretch is damaged)",
            slip=SURE_OF_A_SLIP,
            stretch=SURE_IN_A_RUN,
        ),
    )


def add_expansion_option(group: argparse._ActionsContainer) -> None:
    """How much may come out of something packed."""
    group.add_argument(
        "--expansion",
        metavar="N",
        help=translated("unpack nothing to more than N times its size (default: 200)"),
    )


def add_model_option(parser: argparse._ActionsContainer) -> None:
    """Which language model."""
    parser.add_argument(
        "--model",
        metavar="FILE",
        help=translated("use a language model that vnclean model build has made of your own text"),
    )


def make_model(options: CleanerOptions) -> Path | None:
    """The model that the options name; None is the one that ships.

    Raises ModelError if it cannot be used.
    """
    if options.model is None:
        return None
    from vnclean.spelling.model_files import open_model

    path = Path(options.model)
    open_model(path)
    return path.absolute()


def make_config(options: CleanerOptions) -> Config:
    """The settings that the options name; raises UsageError if they make no sense.

    Raises InputError if the file of decisions cannot be read.

    >>> make_config(CleanerOptions(min_confidence="0.9")).min_confidence
    0.9
    """
    given = options.min_confidence
    try:
        return Config(
            None if given is None else float(given),
            options.tone_style,
            options.join_lines,
            options.drop_boilerplate,
            _user_words(options),
        )
    except ValueError:
        raise UsageError(
            translated(
                "--min-confidence {given}: must be a number from 0 (apply every repair "
                "found) to 1 (apply only what is certain)",
                given=given,
            )
        ) from None


def _user_words(options: CleanerOptions) -> UserWords:
    if options.decisions is None:
        return UserWords()
    from vnclean.decisions import read_decisions

    return read_decisions(options.decisions).user_words()


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
            translated(
                "--jobs {jobs}: must be a whole number, 1 or more, or 0 for all cores",
                jobs=options.jobs,
            )
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
    )


def _expansion(options: CleanerOptions) -> int:
    given = options.expansion
    if given is None:
        return Reading.expansion
    if not (given.isascii() and given.isdecimal() and int(given)):
        raise UsageError(
            translated("--expansion {given}: must be a whole number, 1 or more", given=given)
        )
    return int(given)


def _type(options: CleanerOptions) -> str | None:
    if options.type is not None and options.type not in TYPES:
        raise UsageError(
            translated(
                "--type {type}: must be one of {names}", type=options.type, names=", ".join(TYPES)
            )
        )
    return options.type


def _encoding(options: CleanerOptions) -> Encoding | None:
    if options.encoding is None:
        return None
    try:
        return named(options.encoding)
    except KeyError:
        known = ", ".join(ENCODING_NAMES)
        raise UsageError(
            translated(
                "--encoding {encoding}: must be one of {known}",
                encoding=options.encoding,
                known=known,
            )
        ) from None


def _cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def load_cleaner(config: Config, jobs: int = 1, model: Path | None = None) -> Cleaner:
    """The cleaner; all that it imports is imported, unless other processes do the work."""
    from vnclean.cleaner import Cleaner

    if jobs == 1:
        with signals_wait():  # interrupted C extensions raise what they like, or nothing
            import vnclean.spelling.speller  # noqa: F401
    return Cleaner(config, model)
