"""The functions of the Python interface: each repairs text and gives back text.

They share one :class:`~vnclean.cleaner.Cleaner` for each :class:`~vnclean.config.Config`; whoever
wants to see the edits asks its methods of the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from vnclean.cleaner import LINES_AHEAD, shared_cleaner
from vnclean.config import Config
from vnclean.texts import several

#: A text, or one that may be missing.
Text = TypeVar("Text", str, str | None)


def clean(text: str, config: Config | None = None) -> str:
    """A text of any number of lines, repaired.

    Raises ModelError if the language model cannot be opened.

    >>> clean("công tác phòng, chng dch bnh")
    'công tác phòng, chống dịch bệnh'
    """
    return shared_cleaner(config).clean(text).text


def clean_all(texts: Iterable[Text], config: Config | None = None) -> list[Text]:
    """Texts, each a document of its own, repaired together: far faster than one by one.

    None stays None.  Raises TypeError for anything else that is no text.

    >>> clean_all(["chng dch bnh", None])
    ['chống dịch bệnh', None]
    """
    given = list(several(texts, "texts"))
    there = [text for text in given if text is not None]
    results = iter(shared_cleaner(config).clean_all(there))
    return [text if text is None else next(results).text for text in given]


def clean_lines(
    lines: Iterable[str], config: Config | None = None, *, ahead: int = LINES_AHEAD
) -> Iterator[str]:
    """The lines of one document, repaired as they come: see `Cleaner.clean_lines`.

    >>> "".join(clean_lines(["công tác phòng,\\n", "chng dch bnh\\n"]))
    'công tác phòng,\\nchống dịch bệnh\\n'
    """
    results = shared_cleaner(config).clean_lines(lines, ahead=ahead)
    return (result.text for result in results)
