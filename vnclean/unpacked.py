"""Files of a package that is imported from a zip archive, as clusters ship it.

The language model is mapped into memory, so it must be a file: it is unpacked once for all
processes on a machine.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

from vnclean.documents.checksums import digest_of_bytes


def unpacked(archive: Path, folder: str) -> Path:
    """The files below ``folder`` of a zip archive, in a folder of their own.

    It lies among temporary files, is named after what is in it, and stays for others.  Raises
    ``OSError`` if it cannot be written.
    """
    with zipfile.ZipFile(archive) as packed:
        members = [member for member in packed.infolist() if member.filename.startswith(folder)]
        contents = repr([(member.filename, member.file_size, member.CRC) for member in members])
        name = f"vnclean-{os.getuid()}-{digest_of_bytes(contents.encode())}"
        place = Path(tempfile.gettempdir(), name)
        if place.exists() and place.stat().st_uid == os.getuid():
            return place / folder
        scratch = Path(tempfile.mkdtemp(prefix=f"{name}-"))
        try:
            packed.extractall(scratch, members)
            with suppress(OSError):  # another process was faster
                scratch.rename(place)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    if place.stat().st_uid != os.getuid():
        raise PermissionError(f"{place} belongs to somebody else; set TMPDIR")
    return place / folder
