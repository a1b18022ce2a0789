"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO


class AtomicFile:
    """Writes beside ``path``; :meth:`commit` puts it there, anything else leaves no trace.

    An existing file keeps its mode, a symbolic link keeps pointing where it did.  What is no
    regular file (``/dev/null``, a pipe) is written to directly.

    ``token``: in the name of what is written beside; by default nobody else has it.  A writer that
    was killed leaves that behind: who comes again with the same token, and the same ``path``,
    takes it away.  Two may not do so at once.

    Raises ``OSError`` at once if ``path`` cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "out.txt")
    ...     with AtomicFile(path) as file:
    ...         _ = file.write(b"text")
    ...         before = path.exists()
    ...         file.commit()
    ...     before, path.read_bytes()
    (False, b'text')
    """

    _temporary: Path | None = None  # once it is there

    def __init__(self, path: Path, token: str | None = None) -> None:
        self._target = Path(os.path.realpath(path))
        old = self._existing()
        if old and not stat.S_ISREG(old.st_mode):
            self._file: BinaryIO = self._target.open("wb")
            return
        name = f".vnclean-{token or os.urandom(8).hex()}.tmp"
        temporary = self._target.with_name(name)
        if token:
            temporary.unlink(missing_ok=True)
        try:
            self._file = temporary.open("x+b")
            self._temporary = temporary
            if old:
                self._keep_owner_and_mode(temporary, old)
        except BaseException:  # Ctrl-C, too, just when the file is there and nothing knows of it
            with suppress(OSError):
                temporary.unlink()
            raise

    def __del__(self) -> None:
        """Of one that nobody came to enter, since Ctrl-C came first."""
        if self._temporary:
            self.discard()

    def _existing(self) -> os.stat_result | None:
        try:
            old = self._target.stat()
        except FileNotFoundError:
            return None
        if stat.S_ISDIR(old.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(self._target))
        if not os.access(self._target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self._target))
        return old

    def _keep_owner_and_mode(self, temporary: Path, old: os.stat_result) -> None:
        with suppress(OSError, AttributeError):  # only root may give files away
            os.fchown(self._file.fileno(), old.st_uid, old.st_gid)
        temporary.chmod(stat.S_IMODE(old.st_mode))

    def write(self, data: bytes) -> int:
        """Adds ``data``."""
        return self._file.write(data)

    def tell(self) -> int:
        """How many bytes were written."""
        return self._file.tell() if self._temporary else 0

    def truncate(self, size: int) -> None:
        """Drops what was written after the first ``size`` bytes (not from a pipe)."""
        if self._temporary:
            self._file.flush()
            self._file.truncate(size)
            self._file.seek(size)

    def fileno(self) -> int:
        """A descriptor by which all that was written can be read again (not of a pipe)."""
        self._file.flush()
        return self._file.fileno()

    def commit(self) -> None:
        """Puts the file in its place, once its bytes are safely on the disk."""
        self._file.flush()
        if self._temporary:
            os.fsync(self._file.fileno())
        self._file.close()
        if self._temporary:
            self._temporary.replace(self._target)
            self._temporary = None

    def discard(self) -> None:
        """Leaves everything as it was; does nothing after :meth:`commit`."""
        with suppress(OSError):  # a full disk shows again when the buffer is flushed
            self._file.close()
        if self._temporary:
            self._temporary.unlink(missing_ok=True)
            self._temporary = None

    def __enter__(self) -> AtomicFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.discard()


def keep_original(original: Path, backup: Path) -> None:
    """Gives the original a second name, ``backup``; a copy where the file system has no links.

    Raises FileExistsError if there is such a file, and ``OSError`` if it cannot be written.
    """
    try:
        os.link(original, backup)
    except FileExistsError:
        raise
    except OSError:
        from shutil import copystat

        with original.open("rb") as file, AtomicFile(backup) as copy:
            while data := file.read(1 << 20):
                copy.write(data)
            copy.commit()
        copystat(original, backup)
