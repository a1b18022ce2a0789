"""What holds for a run: the options of the command line, and what files say beside them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vnclean.cli.languages import choose_configured
from vnclean.cli.options import CleanerOptions
from vnclean.cli.signals import signals_wait
from vnclean.config import Config
from vnclean.errors import UsageError
from vnclean.language import joined, translated
from vnclean.settings.entries import Entry
from vnclean.settings.keys import KEYS, Key
from vnclean.settings.resolver import Resolver, Value
from vnclean.settings.types import WrongValue

if TYPE_CHECKING:
    from vnclean.cleaner import Cleaner

#: Keys whose options ``add_cleaner_options`` adds: of documents, the model, on how many cores.
_CLEANING: Final = (
    "jobs",
    "model",
    *(key.name for key in KEYS.values() if not key.of_run and key.option is not None),
)


def make_resolver(options: CleanerOptions) -> Resolver:
    """What finds the settings of documents; raises UsageError if the options make no sense.

    >>> make_resolver(CleanerOptions(encoding="VNI", isolated=True)).of("-").reading.encoding.name
    'VNI'
    """
    config = getattr(options, "config", None)
    isolated = getattr(options, "isolated", False)
    if isolated and config is not None:
        raise UsageError(translated("--config and --isolated exclude each other; choose one"))
    given = {
        key.name: Entry(_converted(key, value), ())
        for key in KEYS.values()
        if key.name in _CLEANING and (value := getattr(options, key.field, None)) is not None
    }
    return Resolver(given, config, isolated=isolated)


def _converted(key: Key, given: object) -> object:
    """The value of an option; raises UsageError if it makes none."""
    try:
        return key.type.convert(key.type.parse(given))
    except WrongValue as wrong:
        found = given if wrong.item is None else wrong.found
        message = translated(
            "--{key} {found}: must be {must}",
            key=key.option or key.name,
            found=found,
            must=wrong.must,
        )
        if wrong.item is not None and wrong.instead is not None:
            near = translated(", did you mean {instead}?", instead=wrong.instead)
            message = joined("", (message, near))
        raise UsageError(message) from None


def run_values(settings: Resolver, paths: Iterable[str]) -> Mapping[str, Value]:
    """What holds for a run over ``paths``; from here on it speaks the language that is set."""
    values = settings.of_run(paths)
    choose_configured(values["lang"].value)
    return values


def obey(options: argparse.Namespace, values: Mapping[str, Value], names: Iterable[str]) -> None:
    """Sets those of the options called ``names`` that were not given to what the files say."""
    for name in names:
        key = KEYS[name]
        if getattr(options, key.field) is None:
            setattr(options, key.field, values[name].value)


def make_jobs(values: Mapping[str, Value], default: int = 1) -> int:
    """How many processes are to clean; ``default``: what counts if nobody says.

    >>> make_jobs({"jobs": Value(2)}), make_jobs({"jobs": Value(None)})
    (2, 1)
    """
    jobs = values["jobs"].value
    return (default if jobs is None else int(jobs)) or _cores()


def make_model(values: Mapping[str, Value]) -> Path | None:
    """The language model of a run; None is the one that ships.

    Raises ModelError if it cannot be used.
    """
    given = values["model"].value
    if given is None:
        return None
    from vnclean.spelling.model_files import open_model

    path = Path(given)
    open_model(path)
    return path.absolute()


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
            import vnclean.spelling.speller  # noqa: F401 (for all that it imports)
    return Cleaner(config, model)
