"""What there is to be read: files and folders by name, and everything that is left out, with why.

Names may hold bytes that are not UTF-8; they are kept as Python keeps them (surrogates).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from vnclean.batch.ignoring import Ignoring
from vnclean.errors import UsageError, reason_of
from vnclean.language import marked, translated
from vnclean.settings.file import is_configuration

#: How the files are called that are written beside the ones they will replace.
TEMPORARY: Final = (".vnclean-batch-", ".tmp")
#: The folder that a run keeps for itself; it is nobody's input, and not even named as skipped.
STATE: Final = ".vnclean"
#: Why an original that is kept is not read.
BACKUP: Final = marked("named like a backup")
#: Size, time of change in nanoseconds, that of the inode, its number: a file that has the same
#: is taken to hold the same.
Identity: TypeAlias = tuple[int, int, int, int]


class File(NamedTuple):
    """A file to be read.  ``path``: as the user named it, or the folder it is in."""

    path: str
    target: str  #: where it goes, from the output folder; unique
    size: int
    identity: Identity


class Folder(NamedTuple):
    """A folder that is mirrored."""

    path: str
    target: str


class Named(NamedTuple):
    """Something that is not read, or could not be, and why."""

    path: str
    reason: str


def identity(status: os.stat_result) -> Identity:
    """What tells a file from another version of it."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


@dataclass
class Inputs:
    """Everything found under some names, in the order of the names and, in folders, sorted.

    ``in_place``: links are no way to a file then, for it is read and replaced as itself.
    """

    ignoring: Ignoring
    in_place: bool = False
    backup: str | None = None  #: how the names of originals end that are kept
    files: list[File] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)
    skipped: list[Named] = field(default_factory=list)
    failed: list[Named] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)  #: temporary files of a run that was killed

    def add(self, path: str, target: str) -> None:
        """Takes what is called ``path``: a file, or a folder with all that is in it."""
        if not path:
            self.failed.append(Named(path, translated("a PATH is empty; check the names")))
            return
        try:
            status = Path(path).stat()
        except (OSError, ValueError) as error:
            self._fail(path, error)
            return
        if stat.S_ISDIR(status.st_mode):
            self._walk(path.rstrip("/") or "/", target)
        elif stat.S_ISREG(status.st_mode):
            self.files.append(File(path, target, status.st_size, identity(status)))
        else:
            self.skipped.append(Named(path, translated("not a regular file")))

    def _fail(self, path: str, error: OSError | ValueError) -> None:
        reason = reason_of(error, path) if isinstance(error, OSError) else str(error)
        self.failed.append(Named(path, reason))

    def _walk(self, top: str, target: str) -> None:
        """Everything in the folder ``top``; not by recursion, for trees may be deep."""
        root = os.path.realpath(top)
        pending = [(top, "", self.ignoring.below(top))]
        while pending:
            folder, base, above = pending.pop()
            try:
                rules = above.within(Path(folder), base)
                with os.scandir(folder) as found:
                    entries = sorted(found, key=lambda entry: os.fsencode(entry.name))
            except OSError as error:
                self._fail(folder, error)
                continue
            self.folders.append(Folder(folder, _joined(target, base.rstrip("/"))))
            below = []
            for entry in entries:
                if entry.name == STATE:
                    continue
                name = base + entry.name
                path = os.path.join(folder, entry.name)  # noqa: PTH118 (Path would drop "./")
                if reason := self._left_out(entry, path, name, root, rules):
                    self.skipped.append(Named(path, reason))
                elif entry.name.startswith(TEMPORARY[0]) and entry.name.endswith(TEMPORARY[1]):
                    self.leftovers.append(path)
                elif entry.is_dir(follow_symlinks=False):
                    below.append((path, f"{name}/", rules))
                else:
                    self._add_entry(entry, path, _joined(target, name))
            pending += reversed(below)

    def _add_entry(self, entry: os.DirEntry[str], path: str, target: str) -> None:
        try:
            status = entry.stat()
        except OSError as error:
            self._fail(path, error)
            return
        self.files.append(File(path, target, status.st_size, identity(status)))

    def _left_out(
        self, entry: os.DirEntry[str], path: str, name: str, root: str, rules: Ignoring
    ) -> str | None:
        """Why an entry of a folder is not read; None if it is."""
        if entry.name.startswith("."):
            return None if entry.name.startswith(TEMPORARY[0]) else translated("hidden")
        if entry.is_symlink() and (reason := self._astray(path, root)):
            return reason
        is_folder = entry.is_dir(follow_symlinks=False)
        if rules.says_no(f"{name}/" if is_folder else name):
            return translated("excluded")
        if not is_folder and is_configuration(path):
            return translated("a configuration of vnclean")
        if self.backup and entry.name.endswith(self.backup) and not is_folder:
            return translated(BACKUP)
        return None if is_folder or entry.is_file() else translated("not a regular file")

    def _astray(self, path: str, root: str) -> str | None:
        """Why a symbolic link is not followed; None if it is."""
        real = os.path.realpath(path)
        if not Path(real).exists():
            return translated("a symbolic link to nothing")
        if not is_within(real, root):
            return translated("a symbolic link that leads out of the folder")
        if Path(real).is_dir():
            return translated("a symbolic link to a folder that is read itself")
        if any(part.startswith(".") for part in real[len(root) :].split("/")):
            return translated("a symbolic link to something hidden")
        return (
            translated("a symbolic link to a file that is read itself") if self.in_place else None
        )


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder and name else folder or name


def is_within(path: str, folder: str) -> bool:
    """Whether ``path`` is ``folder`` or in it (both without links).

    >>> is_within("/a/b", "/a"), is_within("/ab", "/a"), is_within("/a", "/")
    (True, False, True)
    """
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def listed(data: bytes) -> Iterator[str]:
    """The names in a list: one a line, or with a NUL after each if there is any.

    >>> list(listed(b"a.txt\\r\\n\\nb c.txt")), list(listed(b"a\\nb\\0c\\0"))
    (['a.txt', 'b c.txt'], ['a\\nb', 'c'])
    """
    names = (
        data.split(b"\0") if b"\0" in data else [n.removesuffix(b"\r") for n in data.split(b"\n")]
    )
    return (os.fsdecode(name) for name in names if name)


def target_of(name: str, *, whole: bool) -> str:
    """What ``name`` is called in the output folder: its own name, or all of it if ``whole``.

    Raises UsageError for a name that would lead out of there.

    >>> target_of("news/2019/", whole=False), target_of("/data/news/a.txt", whole=True)
    ('2019', 'data/news/a.txt')
    """
    if not whole:
        last = Path(name).name
        return last if last not in ("", "..") else Path(name).resolve().name
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise UsageError(
            translated(
                "{name}: a listed name must not hold ..; list it from another folder", name=name
            )
        )
    return "/".join(parts)


def gather(
    paths: Sequence[str],
    names: Sequence[str],
    ignoring: Ignoring,
    *,
    in_place: bool,
    backup: str | None = None,
) -> Inputs:
    """Everything under ``paths`` of the command line and ``names`` of lists.

    One folder alone goes into the output folder with its contents; of several things each goes
    there under its own name, what was listed under its whole name.  In place, targets are where
    things are, from the root.
    """
    inputs = Inputs(ignoring, in_place, backup)
    alone = len(paths) == 1 and not names and Path(paths[0]).is_dir()
    for path in paths:
        if in_place:
            inputs.add(path, os.path.realpath(path))
        else:
            inputs.add(path, "" if alone else target_of(path, whole=False))
    for name in names:
        inputs.add(name, os.path.realpath(name) if in_place else target_of(name, whole=True))
    return inputs
