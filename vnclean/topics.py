"""Short texts about what is no matter of one command: the topics of ``vnclean help``.

Each is a file ``help/LANGUAGE/TOPIC.txt``: a title, then paragraphs; what is indented stays as it
is written.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from vnclean.language import chosen

_FOLDER: Final = Path(__file__).with_name("help")


def topics() -> list[str]:
    """The names of all topics.

    >>> "confidence" in topics()
    True
    """
    return sorted(file.stem for file in (_FOLDER / "en").glob("*.txt"))


def text(topic: str) -> str:
    """A topic in the chosen language; its first line is its title.

    >>> text("pipelines").partition("\\n")[0]
    'Text in, text out'
    """
    return (_FOLDER / chosen() / f"{topic}.txt").read_text("utf-8")
