"""Outputs put in their places, such that the next run can tell what it finds there.

The order is this, whatever ends the run: a worker writes the output into a temporary file; its
report lines are kept; the manifest says that the file is begun, with checksums of what was read and
of what comes out; all that is on the disk; the temporary file is renamed; the manifest says done.
So the next run finds either the old file, or the new one and who made it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from vnclean.batch.inputs import File, Identity, identity
from vnclean.batch.manifest import Manifest, Record
from vnclean.batch.plan import Plan
from vnclean.batch.reasons import for_record
from vnclean.batch.work import CHANGING, STOPPED, FileResult
from vnclean.documents.atomic import keep_original
from vnclean.documents.checksums import digest_of
from vnclean.errors import OutputError, describe, reason_of
from vnclean.language import about, translated


class Watcher(Protocol):
    """Sees how far the run is."""

    def file(self, size: int, repairs: int) -> None:
        """A file of that size is done."""

    def within(self, size: int, repairs: int) -> None:
        """So much of a large file is done."""

    def tick(self) -> None:
        """Time goes by."""

    def say(self, message: str) -> None:
        """Something that the user should know."""


class Placing:
    """Puts outputs in their places.  ``failed``: which files could not be done, and why."""

    def __init__(self, plan: Plan, manifest: Manifest, watcher: Watcher) -> None:
        self._plan = plan
        self._manifest = manifest
        self._watcher = watcher
        self.failed: dict[str, str] = {}
        self._folders: set[str] = set()

    def settle(self, results: list[tuple[File, FileResult]]) -> None:
        """Puts outputs into their places, together, for waiting for the disk is slow."""
        ready = []
        for file, result in results:
            reason = result.reason or self._obstacle(file, result)
            if result.outcome == STOPPED:
                self.failed[file.path] = reason
                raise OutputError(about(self._plan.place(file.target), reason))
            if reason:
                self._fail(file, result, reason)
                continue
            edits = self._manifest.add_edits(result.edits, result.edits_file)
            self._manifest.begin(self._plan.key(file), self._record(file, result, edits))
            ready.append((file, result))
        if not ready:
            return
        self._manifest.flush()
        for file, result in ready:
            try:
                self._manifest.end(self._plan.key(file), self._put(file, result))
            except OSError as error:
                self._fail(file, result, reason_of(error))
        self._manifest.flush(to_disk=False)

    def _record(self, file: File, result: FileResult, edits: tuple[int, int]) -> Record:
        record: Record = {
            "settings": self._plan.settings(file.path).digest,
            "outcome": result.outcome,
            "input": result.identity,
            "digest": result.digest,
            "size": result.output_size,
            "output_digest": result.output_digest,
            "edits": edits,
            "counts": result.counts,
        }
        reasons = for_record(failures=result.failures, skipped=result.skipped)
        backup = {"backup": self._plan.backup} if self._plan.backup else {}
        return record | reasons | backup

    def _fail(self, file: File, result: FileResult, reason: str) -> None:
        """Names a file that could not be done; what an earlier run made of it no longer holds."""
        self.failed[file.path] = reason
        self._watcher.say(about(file.path, reason))
        for temporary in self._plan.temporary(file), result.edits_file:
            if temporary:
                Path(temporary).unlink(missing_ok=True)
        key = self._plan.key(file)
        if self._plan.output and key in self._manifest:
            with suppress(OSError):
                Path(self._plan.place(file.target)).unlink(missing_ok=True)
        self._manifest.forget(key)

    def _obstacle(self, file: File, result: FileResult) -> str:
        """What keeps an output from its place; nothing if nothing does."""
        place, key = self._plan.place(file.target), self._plan.key(file)
        if self._plan.output:
            if key in self._manifest or self._plan.force or not os.path.lexists(place):
                return ""
            if content_of(place) == result.output_digest:  # ours, but the manifest was damaged
                return ""
            return translated(
                "{place} exists already; move it away, or --force to replace it", place=place
            )
        if identity_of(place) != result.identity:
            return translated(CHANGING)
        if self._plan.backup and self._replaces(result):
            backup = place + self._plan.backup
            if os.path.lexists(backup) and not self._is_our_backup(key, backup, result):
                return translated(
                    "{backup} exists already; move it away or choose another --backup",
                    backup=backup,
                )
        return ""

    def _is_our_backup(self, key: str, backup: str, result: FileResult) -> bool:
        """Whether a run was killed after it had kept the original, before it replaced it."""
        known = self._manifest.record(key, None)
        return bool(
            known
            and known[1] is None
            and known[0].get("backup") == self._plan.backup
            and known[0]["digest"] == result.digest == content_of(backup)
        )

    def _replaces(self, result: FileResult) -> bool:
        return self._plan.output is not None or result.digest != result.output_digest

    def _put(self, file: File, result: FileResult) -> Identity:
        """Renames the output; returns how it looks in its place.  Raises ``OSError``."""
        place = self._plan.place(file.target)
        if self._plan.output:
            self._make_folder(Path(place).parent)
        temporary = self._plan.temporary(file)
        if not self._replaces(result):
            Path(temporary).unlink(missing_ok=True)
            return identity(Path(place).stat())
        if self._plan.backup and not os.path.lexists(place + self._plan.backup):
            keep_original(Path(place), Path(place + self._plan.backup))
        Path(temporary).replace(place)
        return identity(Path(place).stat())

    def _make_folder(self, folder: Path) -> None:
        """Makes sure that there is a folder, and that it may be written to."""
        if str(folder) not in self._folders:
            folder.mkdir(parents=True, exist_ok=True)
            if not os.access(folder, os.W_OK | os.X_OK):
                folder.chmod(folder.stat().st_mode | 0o700)
            self._folders.add(str(folder))

    def finish(self) -> None:
        """Gives the folders of the output the modes and times of those they mirror."""
        if self._plan.output is None:
            return
        for folder in reversed(self._plan.inputs.folders):
            place = Path(self._plan.place(folder.target))
            try:
                like = Path(folder.path).stat()
                place.mkdir(parents=True, exist_ok=True)
                if folder.target:
                    place.chmod(like.st_mode & 0o777)
                os.utime(place, ns=(like.st_atime_ns, like.st_mtime_ns))
            except OSError as error:
                self.failed[folder.path] = reason_of(error)
                self._watcher.say(describe(folder.path, error))


def identity_of(path: str) -> Identity | None:
    """What a file looks like; None if there is none."""
    try:
        return identity(os.lstat(path))
    except OSError:
        return None


def content_of(path: str) -> str | None:
    """The checksum of what is in a file; None if it cannot be read."""
    try:
        with Path(path).open("rb", buffering=0) as file:
            return digest_of(file.fileno())
    except OSError:
        return None
