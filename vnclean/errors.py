"""The errors that end a command: each carries its exit code and one line that says what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar, Final

from vnclean.language import about, marked, translated

_REASONS: Final = {
    errno.ENOENT: marked("no such file or directory; check the name"),
    errno.EISDIR: marked(
        "is a directory; name the files in it ({path}/*.txt), or clean it with -o DIR"
    ),
    errno.ENOTDIR: marked("a part of this path is a file, not a directory; check the name"),
    errno.EACCES: marked("permission denied; check who may read and write it, and its directory"),
    errno.EPERM: marked("not permitted; check who may read and write it, and its directory"),
    errno.EROFS: marked("is on a read-only file system; choose another place"),
    errno.ENOSPC: marked("no space left; free some or choose another place"),
    errno.ENAMETOOLONG: marked("the name is too long; choose a shorter one"),
}


class VncleanError(Exception):
    """Something that the user can put right.  ``str()`` of it is the line to show."""

    exit_code: ClassVar[int] = 3


class UsageError(VncleanError):
    """The command line or the configuration makes no sense."""

    exit_code = 2


class InputError(VncleanError):
    """One document cannot be read or written; the others can."""


class OutputError(VncleanError):
    """What all documents share cannot be written: stdout, the output file, the report."""


class ModelError(VncleanError):
    """The language model is missing, damaged, or of another version."""


class WorkerError(VncleanError):
    """A worker process could not be started, or has died."""


def describe(path: str, error: OSError) -> str:
    """One line for an error of the operating system: path, reason, what to do.

    >>> describe("letters", IsADirectoryError(errno.EISDIR, "Is a directory"))
    'letters: is a directory; name the files in it (letters/*.txt), or clean it with -o DIR'
    """
    return about(path, reason_of(error, path))


def reason_of(error: OSError, path: str = "") -> str:
    """The same without the path in front.

    >>> reason_of(FileNotFoundError(errno.ENOENT, "No such file or directory"))
    'no such file or directory; check the name'
    """
    known = _REASONS.get(error.errno or 0)
    if known is not None:
        return translated(known, path=path.rstrip("/"))
    reason = str(error.strerror or error)
    return translated("{reason}; check the path", reason=reason[:1].lower() + reason[1:])


@contextmanager
def naming(path: str, kind: type[VncleanError]) -> Iterator[None]:
    """Turns an ``OSError`` into a ``kind`` that names ``path``; BrokenPipeError stays as it is.

    >>> with naming("letters", InputError):
    ...     raise FileNotFoundError(errno.ENOENT, "No such file or directory")
    Traceback (most recent call last):
        ...
    vnclean.errors.InputError: letters: no such file or directory; check the name
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise kind(describe(path, error)) from error
