"""Where the user's dictionary is if nobody says."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

#: What a dictionary is called.
NAME: Final = "vnclean.words"


def find(folder: str) -> str | None:
    """The nearest file called :data:`NAME` in a folder or above it; None if there is none.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     Path(folder, "a", "b").mkdir(parents=True)
    ...     _ = Path(folder, NAME).write_text("kim")
    ...     os.path.samefile(find(f"{folder}/a/b"), f"{folder}/{NAME}")
    True
    """
    place = Path(folder).resolve()
    for parent in (place, *place.parents):
        found = parent / NAME
        if found.is_file():
            return os.path.relpath(found)
    return None
