"""Options that several commands have."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from vnclean.cli.parsing import Parser
from vnclean.config import Config
from vnclean.errors import UsageError

if TYPE_CHECKING:
    from vnclean.cleaner import Cleaner

_DEFAULT_MIN_CONFIDENCE: Final = f"{Config().min_confidence:g}"


class CleanerOptions(argparse.Namespace):
    """What :func:`add_cleaner_options` reads, as it was written."""

    min_confidence: str


def add_cleaner_options(parser: Parser) -> None:
    """The options that say how to clean."""
    parser.add_argument(
        "--min-confidence",
        metavar="P",
        default=_DEFAULT_MIN_CONFIDENCE,
        help="apply a repair if it is right with at least this probability, from 0 to 1"
        " (default: %(default)s)",
    )


def make_config(options: CleanerOptions) -> Config:
    """The settings that the options name; raises UsageError if they make no sense.

    >>> make_config(CleanerOptions(min_confidence="0.9"))
    Config(min_confidence=0.9)
    """
    given = options.min_confidence
    try:
        return Config(min_confidence=float(given))
    except ValueError:
        raise UsageError(
            f"--min-confidence {given}: must be a number from 0 (apply every repair"
            " found) to 1 (apply only what is certain)"
        ) from None


def load_cleaner(config: Config) -> Cleaner:
    """The cleaner; only here is the model opened and numpy imported."""
    from vnclean.cleaner import Cleaner

    return Cleaner(config)
