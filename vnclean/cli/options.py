"""Arguments and options that several commands have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vnclean.config import Config
from vnclean.errors import UsageError

if TYPE_CHECKING:
    from vnclean.cleaner import Cleaner

Paths = Annotated[
    list[str] | None,
    # Each command's help says what PATH is: typer would call it <list[str]>.
    typer.Argument(metavar="PATH", hidden=True),
]
MinConfidence = Annotated[
    str,
    typer.Option(
        metavar="P",
        help="Apply a repair if it is right with at least this probability (0 to 1).",
    ),
]
DEFAULT_MIN_CONFIDENCE = f"{Config().min_confidence:g}"


def make_config(min_confidence: str) -> Config:
    """The settings that the options name; raises UsageError if they make no sense.

    >>> make_config("0.9")
    Config(min_confidence=0.9)
    """
    try:
        return Config(min_confidence=float(min_confidence))
    except ValueError:
        raise UsageError(
            f"--min-confidence {min_confidence}: must be a number from 0 (apply every repair"
            " found) to 1 (apply only what is certain)"
        ) from None


def load_cleaner(config: Config) -> Cleaner:
    """The cleaner; only here is the model opened and numpy imported."""
    from vnclean.cleaner import Cleaner

    return Cleaner(config)
