"""Options that several commands have."""

from __future__ import annotations

import argparse

from vnclean.config import SURE_IN_A_RUN, SURE_OF_A_SLIP, TONE_STYLES
from vnclean.formats.kinds import TYPES
from vnclean.language import translated


class CleanerOptions(argparse.Namespace):
    """What :func:`add_cleaner_options` reads, as it was written; None for what was not."""

    config: str | None
    isolated: bool


def add_cleaner_options(parser: argparse._ActionsContainer, *, jobs: bool = True) -> None:
    """The options that say how to clean documents, and, with ``jobs``, on how many cores.

    ``parser``: or a group of its options.
    """
    add_confidence_option(parser)
    add_model_option(parser)
    parser.add_argument(
        "--leave",
        action="append",
        metavar="KIND",
        help=translated(
            "report repairs of this kind (tone, lost-letters, …), but do not make them; "
            "may be given again"
        ),
    )
    parser.add_argument(
        "--tone-style",
        choices=TONE_STYLES,
        help=translated(
            "write the tone of hòa or hoà the old way, the new way, or as it is (default: keep)"
        ),
    )
    parser.add_argument(
        "--join-lines",
        action=argparse.BooleanOptionalAction,
        help=translated(
            "put words together that a hyphen breaks at the end of a line (khoa h-, ọc)"
        ),
    )
    parser.add_argument(
        "--drop-boilerplate",
        action=argparse.BooleanOptionalAction,
        help=translated(
            "leave out lines that are only a web page's menus, buttons and notices, "
            "with their line ends"
        ),
    )
    add_own_options(parser)
    if jobs:
        _add_jobs_option(parser)
    add_reading_options(parser)


def _add_jobs_option(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "-j",
        "--jobs",
        metavar="N",
        help=translated(
            "clean on so many cores, 0 for all there are; the result is the same"
            " (default: 1, and all for folders)"
        ),
    )


def add_exclude_option(parser: argparse._ActionsContainer) -> None:
    """What is left out of folders."""
    parser.add_argument(
        "--exclude",
        metavar="GLOB",
        action="append",
        default=[],
        help=translated(
            "in folders, leave out what matches, as in a .gitignore; may be given again"
        ),
    )


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
    add_configuration_options(parser)


def add_own_options(parser: argparse._ActionsContainer) -> None:
    """What the user has decided on words and parts of texts."""
    parser.add_argument(
        "--dictionary",
        action="append",
        metavar="FILE",
        help=translated(
            "obey a dictionary of your own: words that are never or always changed (see "
            "vnclean dict; may be given again; default: vnclean.words here or in a folder above)"
        ),
    )
    parser.add_argument(
        "--decisions",
        action="append",
        metavar="FILE",
        help=translated(
            "obey what vnclean review has put there: words that are never changed, "
            "repairs that are always made or never"
        ),
    )
    parser.add_argument(
        "--ignore",
        action="append",
        metavar="REGEX",
        help=translated("leave alone whatever matches in a line; may be given again"),
    )
    parser.add_argument(
        "--markers",
        action=argparse.BooleanOptionalAction,
        help=translated(
            "leave alone what vnclean:off … vnclean:on and vnclean:ignore-line in a text "
            "say (default)"
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


def add_configuration_options(parser: argparse._ActionsContainer) -> None:
    """Which configuration file is read, if any."""
    parser.add_argument(
        "--config",
        metavar="FILE",
        help=translated(
            "read this configuration file, instead of vnclean.toml or pyproject.toml in "
            "the folder of what is cleaned or above it"
        ),
    )
    parser.add_argument(
        "--isolated",
        action="store_true",
        help=translated("read no configuration file, and no dictionary that is not named"),
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
