"""Where everything goes, and whether it may."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from vnclean.batch.inputs import BACKUP, STATE, TEMPORARY, File, Inputs, is_within
from vnclean.errors import UsageError
from vnclean.language import counted, in_english, translated
from vnclean.settings.resolver import Settings

_TEMPORARIES: Final = "tmp"


@dataclass(frozen=True)
class Plan:
    """``output``: the folder that mirrors the inputs; None if they are replaced where they are.

    ``settings``: says what holds for each input, by its path.  ``backup``: with what at the end of
    its name an original stays.  ``state``: the folder of the manifest.  ``force``: files that are
    no output of ours may be replaced.
    """

    inputs: Inputs
    settings: Callable[[str], Settings]
    output: Path | None
    state: Path
    backup: str | None = None
    force: bool = False
    #: Names of temporary files hold it, so that no other run can write to ours.
    token: str = field(default_factory=lambda: os.urandom(6).hex())

    def place(self, target: str) -> str:
        """Where the output is."""
        return os.path.join(self.output, target) if self.output else target  # noqa: PTH118 (Path would drop "./")

    def key(self, file: File) -> str:
        """What the manifest calls a file: where it is from the folder that the state is in."""
        return file.target if self.output else self._from_state(file.target)

    def _from_state(self, path: str) -> str:
        base = os.path.realpath(self.state.parent).rstrip("/") + "/"
        return path.removeprefix(base)

    def leave_out_backups(self, known: Collection[str]) -> None:
        """Takes the originals that earlier runs have kept out of the inputs.

        ``known``: where they are, as keys are.  They are not even named as skipped: without these
        runs they would not be there.
        """
        if self.output or not known:
            return
        inputs = self.inputs
        inputs.files = [file for file in inputs.files if self.key(file) not in known]
        inputs.skipped = [
            named
            for named in inputs.skipped
            if in_english(named.reason) != BACKUP
            or self._from_state(os.path.realpath(named.path)) not in known
        ]

    @property
    def scratch(self) -> Path:
        """The folder for what is not complete; nothing in it outlives the run."""
        return self.state / _TEMPORARIES / self.token

    def temporary(self, file: File) -> str:
        """Where the output is written until it is complete: on the file system it goes to."""
        name = hashlib.blake2b(os.fsencode(file.target), digest_size=12).hexdigest()
        if self.output:
            return str(self.scratch / name)
        return str(Path(file.target).with_name(f"{name}-{self.token}".join(TEMPORARY)))

    def beside(self, path: str) -> str:
        """A token for what is written about the run, the same for each run that has our state.

        Only one at a time has it, and the next finds there what that one has left.
        """
        names = f"{os.path.realpath(self.state)}\0{os.path.realpath(path)}"
        return hashlib.blake2b(os.fsencode(names), digest_size=8).hexdigest()


def state_of(paths: Sequence[str], output: Path | None, given: str | None) -> Path:
    """The folder of the manifest: in the output folder, or in the first folder that is named.

    ``given``: what the user says.  Files alone have it beside the first one.
    """
    if given is not None:
        return Path(given)
    if output is not None:
        return output / STATE
    folder = next((path for path in paths if Path(path).is_dir()), None)
    if folder is not None:
        return Path(folder) / STATE
    return Path(os.path.realpath(paths[0])).parent / STATE


def without_doubles(files: Iterable[File]) -> list[File]:
    """Each file once; raises UsageError if two would go to one place."""
    found: dict[str, File] = {}
    for file in files:
        other = found.setdefault(file.target, file)
        if other is not file and os.path.realpath(other.path) != os.path.realpath(file.path):
            raise UsageError(
                translated(
                    "{path} and {other}: both would be {target} in the output; clean them into "
                    "different folders, or name the folder they are in",
                    path=file.path,
                    other=other.path,
                    target=file.target,
                )
            )
    return list(found.values())


def check_apart(paths: Iterable[str], output: Path) -> None:
    """Raises UsageError if the output folder is an input, in one, or has one in it."""
    outside = os.path.realpath(output)
    for path in paths:
        inside = os.path.realpath(path)
        if is_within(outside, inside):
            raise UsageError(
                translated(
                    "{output}: lies in the input {path}; choose a folder outside of it, or -i",
                    output=output,
                    path=path,
                )
            )
        if is_within(inside, outside):
            raise UsageError(
                translated(
                    "{path}: lies in the output {output}; choose another output folder",
                    path=path,
                    output=output,
                )
            )


def check_free(plan: Plan) -> None:
    """Raises UsageError if an output would replace something, before there was any run."""
    if plan.output is None:
        return
    for file in plan.inputs.files:
        if file.target.split("/", 1)[0] == STATE:
            raise UsageError(
                translated(
                    "{path}: {state} is kept for the run itself; rename it",
                    path=file.path,
                    state=STATE,
                )
            )
    if plan.force or not plan.output.exists():
        return
    if all(found.name == STATE for found in plan.output.iterdir()):
        return
    places = (plan.place(file.target) for file in plan.inputs.files)
    taken = [place for place in places if os.path.lexists(place)]
    if taken:
        raise UsageError(
            counted(
                "{path}: exists already; choose an empty folder, or --force to replace them",
                "{path} and {more:,} more: exist already; choose an empty folder, or --force to"
                " replace them",
                len(taken),
                path=taken[0],
                more=len(taken) - 1,
            )
        )
