"""What all whole jobs have in common: where they write, and what becomes of that in the end.

Everything is written below a folder beside the output whose name begins with an underscore, which
Spark and Hadoop pass over.  What is in the end to be seen is put together there, and then renamed.
So a job that fails, or is killed, leaves nothing that could be taken for its output.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from vnclean import __version__
from vnclean.batch.totals import commonest_repairs, print_summary
from vnclean.batch.work import FAILED
from vnclean.engines.spark.places import Places
from vnclean.errors import UsageError
from vnclean.language import translated
from vnclean.reports.jsonl import encode_version
from vnclean.reports.summary import Summary
from vnclean.settings.resolver import Settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: There are no more tasks: each before an exchange has a piece for each of those after it.
MOST_TASKS: Final = 4000
#: A folder has it once it is complete.
SUCCESS: Final = "_SUCCESS"
#: In the folder of the report: what was asked for, and what became of it.
SUMMARY: Final = "_summary.json"


@dataclass(frozen=True)
class Order:
    """What a job is asked for: ``format`` is ``text``, ``jsonl`` or ``parquet``."""

    source: str
    output: str
    report: str
    format: str
    settings_of: Callable[[str], Settings]  #: what holds for a file, by what reports call it
    model: Path | None = None  #: the one that ships if None
    replace: bool = False  #: what there is already

    @property
    def told(self) -> str:
        """The file that says what became of everything."""
        return f"{self.report.rstrip('/')}/{SUMMARY}"

    def settings(self, path: str) -> Settings:
        """What holds for a file of a job of that format."""
        found = self.settings_of(path)
        if self.format != "jsonl":
            return found
        return replace(found, reading=replace(found.reading, type="jsonl"))


class SettingsInUse:
    """The settings of the files of a job, each once."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._numbers: dict[Settings, int] = {}
        self.all: list[Settings] = []  #: by their numbers

    def number(self, path: str) -> int:
        """The number of what holds for the file that reports call ``path``."""
        found = self._order.settings_of(path)
        if found not in self._numbers:
            self._numbers[found] = len(self.all)
            self.all.append(self._order.settings(path))
        return self._numbers[found]


@dataclass
class Outcome:
    """What became of a job."""

    outcomes: Counter[str] = field(default_factory=Counter)  #: of files
    read: int = 0  #: bytes
    written: int = 0
    summary: Summary = field(default_factory=Summary)
    failed: list[tuple[str, str]] = field(default_factory=list)  #: what, and why
    skipped: list[tuple[str, str]] = field(default_factory=list)

    def add(self, path: str, status: dict[str, Any]) -> None:
        """Takes what became of a document: see `vnclean.engines.documents`."""
        self.outcomes[status["outcome"]] += 1
        if status["outcome"] == FAILED:
            self.failed.append((path, status["reason"]))
            return
        self.summary.include(status["counts"])
        self.failed += [(name, reason) for name, reason in status["failures"]]
        self.skipped += [(name, reason) for name, reason in status["skipped"]]
        self.read += status["sizes"][0]
        self.written += status["sizes"][1]

    def as_json(self, order: Order) -> dict[str, Any]:
        """Everything, for programs, and how it was made."""
        counts = self.summary.counts()
        del counts["repairs"]
        return {
            "vnclean": __version__,
            "input": order.source,
            "output": order.output,
            "format": order.format,
            "settings": _settings(order),
            "files": dict(self.outcomes),
            "bytes": {"read": self.read, "written": self.written},
            **counts,
            "commonest_repairs": commonest_repairs(self.summary),
            "failed": [{"path": path, "reason": reason} for path, reason in self.failed],
            "skipped": [{"path": path, "reason": reason} for path, reason in self.skipped],
        }

    def print(self, file: TextIO) -> None:
        """Shows the table on ``file``."""
        rows: list[tuple[str, str]] = [(translated("files"), f"{self.outcomes.total():,}")]
        rows += [(f"  {translated(name)}", f"{n:,}") for name, n in self.outcomes.most_common()]
        rows.append((translated("megabytes"), f"{self.read / 1e6:,.1f}"))
        rows.append((translated("failed"), f"{len(self.failed):,}"))
        print_summary(self.summary, rows, file)


def _settings(order: Order) -> dict[str, Any]:
    settings = order.settings(order.source)
    config, reading, words = asdict(settings.config), settings.reading, settings.config.user_words
    del config["user_words"]
    encoding = reading.encoding.name if reading.encoding else None
    return config | {
        "encoding": encoding,
        "type": reading.type,
        "fields": list(reading.fields),
        "model": str(order.model) if order.model else None,
        "user_words": repr(words) if words else None,
    }


class Staging:
    """The folders of a job until it is done.

    ``raw``: what Spark writes; ``output`` and ``report``: what will be seen.
    """

    def __init__(self, order: Order, places: Places) -> None:
        self._order = order
        self._places = places
        parent, _, name = places.absolute(order.output).rpartition("/")
        self._folder = f"{parent}/_{name}.vnclean-{os.urandom(6).hex()}"
        self.raw = f"{self._folder}/raw"
        self.output = f"{self._folder}/output"
        self.report = f"{self._folder}/report"
        self._folders = set[str]()  # that were made

    def target(self, name: str) -> str:
        """Where the file called ``name`` comes, below the output; its folder is there."""
        target = f"{self.output}/{name}"
        folder = target.rpartition("/")[0]
        if folder not in self._folders:
            self._places.make_folder(folder)
            self._folders.add(folder)
        return target

    def place_report(self, parts: Sequence[str]) -> None:
        """Gives the parts of the report their names, in the order of what they tell of.

        Each is a report of its own; if there is none, one is written in which nothing is told.
        """
        self._places.make_folder(self.report)
        for number, part in enumerate(parts):
            self._places.move(part, f"{self.report}/part-{number:05}.jsonl")
        if not parts:
            self._places.write(f"{self.report}/part-00000.jsonl", encode_version())

    def publish(self, outcome: Outcome) -> None:
        """Puts everything in its place."""
        places, order = self._places, self._order
        told = json.dumps(outcome.as_json(order), ensure_ascii=False, indent=1) + "\n"
        for folder in self.output, self.report:
            places.make_folder(folder)
        places.write(f"{self.report}/{SUMMARY}", told.encode("utf-8", "backslashreplace"))
        for folder in self.report, self.output:
            places.write(f"{folder}/{SUCCESS}", b"")
        for folder, target in (self.report, order.report), (self.output, order.output):
            if order.replace:
                places.remove(target)
            parent = places.absolute(target).rpartition("/")[0]
            places.make_folder(parent)
            places.move(folder, target)

    def remove(self) -> None:
        """Leaves nothing behind."""
        self._places.remove(self._folder)


@contextmanager
def staged(order: Order, session: SparkSession) -> Iterator[tuple[Staging, Places]]:
    """The folders of a job, which are gone in the end.

    Raises UsageError if there is no input, or if there is an output already.
    """
    places = Places(session)
    _check(order, places)
    staging = Staging(order, places)
    try:
        yield staging, places
    finally:
        staging.remove()


def _check(order: Order, places: Places) -> None:
    if not places.exists(order.source):
        raise UsageError(translated("{path}: there is no such folder or file", path=order.source))
    source, output, report = (
        places.absolute(path).rstrip("/") + "/"
        for path in (order.source, order.output, order.report)
    )
    for one, other in (source, output), (source, report), (output, report):
        if one.startswith(other) or other.startswith(one):
            raise UsageError(
                translated(
                    "{path}: input, output and report must lie apart; choose other folders",
                    path=order.output,
                )
            )
    for path in order.output, order.report:
        if not order.replace and places.exists(path):
            raise UsageError(
                translated(
                    "{path}: exists already; choose another folder, or --mode overwrite", path=path
                )
            )


def root_of(source: str, places: Places) -> str:
    """The path of the folder that is read, or of the one that the file is in."""
    root = places.plain(source).rstrip("/")
    return root if places.is_folder(source) else root.rpartition("/")[0]


def path_in(source: str, name: str) -> str:
    """What reports call a file: as the user has named it, or the folder it is in.

    >>> path_in("crawl/", "2019/a.txt"), path_in("crawl/a.txt", "a.txt")
    ('crawl/2019/a.txt', 'crawl/a.txt')
    """
    source = source.rstrip("/")
    return source if source.rpartition("/")[2] == name else f"{source}/{name}"
