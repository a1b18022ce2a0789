"""One file put back, or made anew: by its checksum it is known, and nothing else is touched."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copymode
from typing import BinaryIO, Final, NoReturn

from vnclean.documents.atomic import AtomicFile
from vnclean.documents.checksums import CheckedSink, digest_of
from vnclean.documents.source import Source
from vnclean.errors import InputError, naming
from vnclean.formats.kinds import kind_of
from vnclean.language import about, translated
from vnclean.replaying.index import FileParts
from vnclean.replaying.replayer import Heard, Replayer
from vnclean.replaying.script import Lines, Script
from vnclean.replaying.states import Edits, Restoring, States
from vnclean.reports.written import Written
from vnclean.rewriting import Sink

_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a file: how the report is to tell of it now.

    ``exact``: whether it is, byte for byte, what was asked for; otherwise all that is in it is, but
    it is packed in another way.
    """

    written: Written
    states: States
    exact: bool = True


class DoneBeforeError(InputError):
    """A file is already what it is to become; ``done`` says what."""

    def __init__(self, message: str, done: Done) -> None:
        super().__init__(message)
        self.done = done


class FileReplay:
    """One file of a report, and the states between which it is to change."""

    def __init__(self, report: BinaryIO, file: FileParts, states: States) -> None:
        self._report = report
        self._file = file
        self._states = states

    def differences(self) -> int:
        """How many edits, and conversions of documents, are to change."""
        lines, found = Lines(self._report, self._file.parts), 0
        edits, path = Edits(self._states), ""
        while line := lines.peek():
            if line.told.path != path:
                found += _differences(edits)
                edits, path = Edits(self._states), line.told.path
            edits.add(line)
            lines.take()
        return found + _differences(edits)

    def written(self) -> Written:
        """What the report says of the file; raises InputError if it does not say enough."""
        file = self._file
        if file.written is None:
            raise InputError(
                translated(
                    "{path}: the report lacks its line of kind file, without which nothing is "
                    "known to be safe; take it as vnclean clean --report wrote it",
                    path=file.path,
                )
            )
        if file.again:
            raise InputError(
                translated("{path}: the report tells of it twice; split the report", path=file.path)
            )
        return file.written

    def undo(self, place: str, target: str | None) -> Done | None:
        """Takes edits back in the file ``place``, and writes what comes of it to ``target``.

        If that is None, only looks whether it may be done.  Raises InputError if that is not
        what vnclean has written, and DoneBeforeError if they are taken back already.
        """
        known = self.written()
        with naming(place, InputError), Path(place).open("rb", buffering=0) as file:
            digest = digest_of(file.fileno())
            if digest != known.output_digest:
                self._refuse(place, file, digest, known)
            if target is None:
                return None
            return self._rewrite(place, file, target, known, known.content_digest)

    def _refuse(self, place: str, file: BinaryIO, digest: str, known: Written) -> NoReturn:
        """Raises what there is to say of a file that is not what was written."""
        done = Done(replace(known, output_digest=digest, output=place), self._states)
        same = digest == known.input_digest
        if same and not self._is_left():
            raise DoneBeforeError(
                translated("{place}: is as it was before already", place=place), done
            )
        if not same and not kind_of(known.path).is_packed and self._is_content(file, known):
            raise DoneBeforeError(
                translated("{place}: that is undone in it already", place=place), done
            )
        state = (
            translated("is as it was before already") if same else translated("has changed since")
        )
        raise InputError(
            translated(
                "{place}: {state}; only what vnclean wrote can be undone, as long as it stays that",
                place=place,
                state=state,
            )
        )

    def _is_left(self) -> bool:
        """Whether there is any edit left in what is to be written."""
        return FileReplay(self._report, self._file, Restoring(self._states)).differences() > 0

    def _is_content(self, file: BinaryIO, known: Written) -> bool:
        """Whether a file is what it is to become already."""
        try:
            return self._restored(file.fileno(), known) == known.content_digest
        except InputError:
            return False

    def apply(self, place: str, target: str | None) -> Done | None:
        """Makes the edits in the original, ``place``, and writes what comes of it to ``target``.

        If that is None, only looks whether it may be done.  Raises InputError if that is not
        what vnclean has read.
        """
        known = self.written()
        with naming(place, InputError), Path(place).open("rb", buffering=0) as file:
            digest = digest_of(file.fileno())
            if digest == known.input_digest:
                if target is None:
                    return None
                _check_replaceable(target, known)
                return self._rewrite(place, file, target, known, None)
            if digest == known.output_digest:
                raise InputError(
                    translated(
                        "{place}: is repaired already; vnclean undo takes that back", place=place
                    )
                )
            raise InputError(
                translated(
                    "{place}: has changed since it was read; get the original back", place=place
                )
            )

    def _rewrite(
        self, place: str, file: BinaryIO, target: str, known: Written, content: str | None
    ) -> Done:
        """Writes the file anew.  ``content``: the checksum of what is in the original, if the
        report is to be believed in that."""
        before = os.fstat(file.fileno())
        with naming(target, InputError):
            beside = AtomicFile(Path(target))
        with beside as output:
            written, heard = CheckedSink(output), Heard()
            changed = self._replay(self._states, file.fileno(), written, known, heard)
            content = heard.read.digest() if content is None else content
            digest, exact = written.digest(), True
            if not changed:
                digest = digest_of(file.fileno())
                _copy(file, output)
            if digest != known.input_digest and self._restored(output.fileno(), known) != content:
                raise InputError(
                    translated(
                        "{place}: what the report says does not lead back to what was read; take "
                        "the report as it was written",
                        place=place,
                    )
                )
            if digest != known.input_digest and not self._is_left():
                exact = _copy_original(known, output)
                digest = known.input_digest if exact else digest
            if _identity(Path(place).stat()) != _identity(before):
                raise InputError(
                    translated(
                        "{place}: is being changed; try again once it is at rest", place=place
                    )
                )
            output.commit()
        if place != target:
            copymode(place, target)
        done = replace(known, content_digest=content, output_digest=digest, output=target)
        return Done(done, self._states, exact)

    def _restored(self, fileno: int, known: Written) -> str:
        """The checksum of what is in a file once all is taken back that is to be left in it."""
        heard = Heard()
        self._replay(Restoring(self._states), fileno, CheckedSink(), known, heard)
        return heard.written.digest()

    def _replay(
        self, states: States, fileno: int, sink: Sink, known: Written, heard: Heard
    ) -> bool:
        """Rewrites what is in an open file; returns whether anything differs, as `rewrite` does.

        Raises InputError, which names the file, if the report does not fit.
        """
        os.lseek(fileno, 0, os.SEEK_SET)
        script = Script(Lines(self._report, self._file.parts), states)
        path = self._file.path
        try:
            rewriter = Replayer.of(script, heard, known.fields)
            changed = rewriter.rewrite(path, Source(fileno), sink)
            script.end()
        except InputError as error:
            reason = heard.failures[0] if heard.failures else about(path, error)
            raise InputError(reason) from error
        return changed


def _check_replaceable(target: str, known: Written) -> None:
    """Raises InputError if there is a file in the way that is neither original nor output."""
    if os.path.lexists(target):
        with naming(target, InputError), Path(target).open("rb", buffering=0) as file:
            digest = digest_of(file.fileno())
        if digest not in (known.input_digest, known.output_digest):
            raise InputError(
                translated(
                    "{target}: has changed since it was written; move it away, or use -o",
                    target=target,
                )
            )


def _differences(edits: Edits) -> int:
    now, then = edits.conversion()
    return edits.differ + (now != then)


def _copy_original(known: Written, output: AtomicFile) -> bool:
    """Writes the original instead, if it is still somewhere; returns whether it is."""
    for place in known.path, known.backup:
        with suppress(OSError), Path(place or "").open("rb", buffering=0) as file:
            if digest_of(file.fileno()) == known.input_digest:
                _copy(file, output)
                return True
    return False


def _copy(file: BinaryIO, output: AtomicFile) -> None:
    """Writes all that is in a file instead of what was written."""
    output.truncate(0)
    file.seek(0)
    while data := file.read(_PIECE):
        output.write(data)


def _identity(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns
