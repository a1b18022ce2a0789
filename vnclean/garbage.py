"""Python's garbage collector, kept from counting lines."""

from __future__ import annotations

import gc
from typing import Final

#: New objects before those are looked through that may refer to each other in circles.  Lines and
#: edits make none, but at Python's own 700 looking took a fifth of the time (20 MB of news: 5.5 s
#: at 700, 4.4 s at 20,000 and at 400,000).
_NEW_OBJECTS: Final = 20_000


def collect_seldom() -> None:
    """For the whole process; an application that uses vnclean as a library decides for itself."""
    gc.set_threshold(_NEW_OBJECTS)
