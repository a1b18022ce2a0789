"""What is known to be done: the memory of a run, by which another one goes on.

A state folder (``.vnclean`` in the output folder, or in the folder that is cleaned in place) holds
``manifest.jsonl``, one JSON object a line, and ``edits.jsonl``, the lines of the report, one run of
lines for each file, in the order in which files were done.  Both only grow.  Lines of the manifest:

``{"vnclean": "0.1.0", "manifest": 3, "model": "9a…"}``
    A run begins: a checksum of model and dictionaries.  What follows was made with these.
``{"begun": "2019/a.txt", "settings": "3f…", "outcome": "repaired", "input": [size, mtime_ns,
ctime_ns, inode], "digest": "…", "size": 812, "output_digest": "…", "edits": [offset, length],
"counts": {…}, …}``
    The output is complete in a temporary file and is now put in its place.  The settings are a
    checksum of all that changes results and was set for this file.  Digests are BLAKE2b, of what
    was read and of what comes out.  The line is on the disk before the file is renamed.
``{"done": "2019/a.txt", "output": [size, mtime_ns, ctime_ns, inode]}``
    It is in its place, and looks like this there.
``{"failed": "2019/a.txt"}``
    What was known of it no longer holds.

The last word on a file counts.  A line that cannot be read (the last one, if the run was killed
while writing it) says nothing.  Whoever holds the lock of the manifest is the only one that works;
workers hold it with the process that started them, so that none of a killed run is still writing
when another one begins.
"""

from __future__ import annotations

import fcntl
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, NamedTuple, TypeAlias

from vnclean import __version__
from vnclean.batch.inputs import Identity
from vnclean.documents.checksums import new_checksum
from vnclean.errors import OutputError, naming
from vnclean.language import marked, translated
from vnclean.wordlists import folder

MANIFEST: Final = "manifest.jsonl"
EDITS: Final = "edits.jsonl"
#: The version of the format.
FORMAT: Final = 4
#: The header of a model, with the checksum of all the rest, is in its first bytes.
_MODEL_HEAD: Final = 1 << 16
#: How often the lock is asked for, and the seconds between.
_PATIENCE: Final = 20
_PAUSE: Final = 0.1
#: What may have changed since the last run, in words.
_VERSION: Final = marked("the version")
_MODEL: Final = marked("model")
SETTINGS: Final = marked("settings")
#: What is known of a file: a line "begun".
Record: TypeAlias = dict[str, Any]


class _Known(NamedTuple):
    """Where the lines about a file are, and the checksum of its settings.

    That is empty if they were made with another model, or by another version.
    """

    begun: int
    done: int
    settings: str


def model_digest(model: Path | None = None) -> str:
    """A checksum of model and dictionaries; ``model``: a file beside those that ship."""
    found = new_checksum()
    shipped = sorted(path for path in folder().rglob("*") if path.is_file())
    for path in [*shipped, model] if model else shipped:
        with path.open("rb") as file:
            data = file.read(_MODEL_HEAD if path.suffix == ".ngrams" else -1)
        found.update(f"{path.name} {path.stat().st_size} {len(data)}\n".encode() + data)
    return found.hexdigest()


class Manifest:
    """The state folder of a run; a context that holds its lock.

    Raises OutputError if the folder cannot be written, or if another run is at work there.
    """

    def __init__(self, state: Path, model: str) -> None:
        """``model``: the checksum of the model and dictionaries of now."""
        self.state = state
        self._model = model
        self._file: IO[bytes]
        self._reader: IO[bytes]  #: of its own: one that also appends must not be read in between
        self._edits: IO[bytes]
        self._known: dict[str, _Known] = {}
        self.backups: set[str] = set()  #: names, as keys are, under which originals are kept
        self._valid = False  # what is read now was made with our model
        self.outdated = ""  #: what has changed for all files since the last run, if anything has

    @staticmethod
    def exists(state: Path) -> bool:
        """Whether there was a run."""
        return (state / MANIFEST).exists()

    def look(self) -> None:
        """Reads what is known, without any intention to write."""
        self._edits = (self.state / EDITS).open("rb")
        self._file = (self.state / MANIFEST).open("rb")
        self._load(self._file)
        self._reader = self._file

    def open(self) -> None:
        """Takes the lock and reads what is known."""
        with naming(str(self.state), OutputError):
            self.state.mkdir(parents=True, exist_ok=True)
            self._file = (self.state / MANIFEST).open("a+b")
            self._edits = (self.state / EDITS).open("a+b")
            self._lock()
            self._file.seek(0)
            self._load(self._file)

    def lock(self) -> int:
        """The file descriptor that the lock is on."""
        return self._file.fileno()

    def _lock(self) -> None:
        """Waits a little for workers of a run that was killed."""
        for _ in range(_PATIENCE):
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                time.sleep(_PAUSE)
        raise OutputError(
            translated(
                "{folder}: another vnclean is at work there; wait until it is done",
                folder=self.state.parent,
            )
        )

    def begin_run(self, *, anew: bool) -> None:
        """Says that a run begins; forgets everything if ``anew``."""
        with naming(str(self.state), OutputError):
            if anew:
                self._file.truncate(0)
                self._edits.truncate(0)
                self._known.clear()
                self.backups.clear()
                self.outdated = ""
            self._reader = (self.state / MANIFEST).open("rb")
            self._end = self._file.seek(0, os.SEEK_END)
            if self._end:
                self._mend()
            header = {"vnclean": __version__, "manifest": FORMAT, "model": self._model}
            self._append(header)
            self.flush()

    def _mend(self) -> None:
        """Ends a line that was cut short."""
        self._reader.seek(self._end - 1)
        if self._reader.read(1) != b"\n":
            self._end += self._file.write(b"\n")

    def _load(self, file: IO[bytes]) -> None:
        place = 0
        for line in file:
            with suppress(ValueError, KeyError, TypeError):  # cut short, or no line of ours
                self._learn(json.loads(line), place)
            place += len(line)

    def _learn(self, told: dict[str, Any], place: int) -> None:
        if "begun" in told:
            told["input"], told["digest"], told["output_digest"], told["counts"]
            settings = sys.intern(str(told["settings"])) if self._valid else ""
            self._known[told["begun"]] = _Known(place, -1, settings)
            if "backup" in told:
                self.backups.add(told["begun"] + told["backup"])
        elif "done" in told:
            known = self._known[told["done"]]
            self._known[told["done"]] = known._replace(done=place)
        elif "failed" in told:
            self._known.pop(told["failed"], None)
        elif "manifest" in told:
            other_version = (told["vnclean"], told["manifest"]) != (__version__, FORMAT)
            other_model = told["model"] != self._model
            self._valid = not (other_version or other_model)
            self.outdated = _VERSION if other_version else _MODEL if other_model else ""

    def __contains__(self, key: str) -> bool:
        """Whether anything was ever put in the place of ``key``."""
        return key in self._known

    def __len__(self) -> int:
        return len(self._known)

    def record(self, key: str, settings: str | None) -> tuple[Record, Identity | None] | None:
        """What is known of ``key``, and what its output looked like if it came to its place.

        None if nothing is, or if it was not made with ``settings`` and the model of now.  Whatever
        it was made with if ``settings`` is None.
        """
        known = self._known.get(key)
        if known is None or settings not in (None, known.settings):
            return None
        output = self._read(known.done)["output"] if known.done >= 0 else None
        return self._read(known.begun), tuple(output) if output else None

    def _read(self, place: int) -> Record:
        self._file.flush()
        self._reader.seek(place)
        record: Record = json.loads(self._reader.readline())
        return record

    def begin(self, key: str, record: Record) -> None:
        """What will be known of ``key`` once it is in its place."""
        place = self._append({"begun": key} | record)
        self._known[key] = _Known(place, -1, record["settings"])

    def end(self, key: str, output: Identity) -> None:
        """It is in its place."""
        place = self._append({"done": key, "output": output})
        self._known[key] = self._known[key]._replace(done=place)

    def forget(self, key: str) -> None:
        """Nothing is known of it any more."""
        if self._known.pop(key, None):
            self._append({"failed": key})

    def _append(self, told: Record) -> int:
        place = self._end
        with naming(str(self.state / MANIFEST), OutputError):
            self._end += self._file.write((json.dumps(told) + "\n").encode())
        return place

    def add_edits(self, lines: bytes, file: str) -> tuple[int, int]:
        """Keeps the lines of a report, those of a file if there is one; returns where they are."""
        with naming(str(self.state / EDITS), OutputError):
            place = self._edits.seek(0, os.SEEK_END)
            if file:
                with Path(file).open("rb") as found:
                    while data := found.read(1 << 20):
                        self._edits.write(data)
                Path(file).unlink()
            else:
                self._edits.write(lines)
            return place, self._edits.tell() - place

    def edits(self, place: int, length: int) -> Iterator[bytes]:
        """Lines that were kept, in pieces."""
        self._edits.seek(place)
        while length and (data := self._edits.read(min(length, 1 << 20))):
            length -= len(data)
            yield data

    def flush(self, *, to_disk: bool = True) -> None:
        """All that was said outlives this process, and if ``to_disk`` a power cut, too."""
        with naming(str(self.state), OutputError):
            for file in self._edits, self._file:
                file.flush()
                if to_disk:
                    os.fsync(file.fileno())

    def __enter__(self) -> Manifest:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for file in self._edits, self._file:
            with suppress(OSError):  # of a full disk, which has been told
                file.close()
