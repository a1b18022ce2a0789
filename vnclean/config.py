"""What the user may set, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Config:
    """The settings of a :class:`~vnclean.cleaner.Cleaner`.

    ``min_confidence``: a repair is applied when the probability that it is right is at least
    this; what is less certain is reported and left alone.  Lower repairs more and harms more.

    ``tone_style``: where the tone of òa/oà, òe/oè, úy/uý goes; ``keep`` leaves it as it is.

    ``join_lines``: words that a hyphen breaks at the end of a line are put together again.

    ``drop_boilerplate``: lines that are a web page's furniture (menus, buttons) are left out.

    Raises ``ValueError`` for a value that makes no sense.

    >>> Config(min_confidence=0.9).min_confidence
    0.9
    """

    min_confidence: float = 0.35
    tone_style: Literal["keep", "old", "new"] = "keep"
    join_lines: bool = False
    drop_boilerplate: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.min_confidence <= 1:
            raise ValueError(
                f"min_confidence is {self.min_confidence:g}, but must lie between"
                " 0 (apply every repair found) and 1 (apply only what is certain)"
            )

    @property
    def across_lines(self) -> bool:
        """Whether line ends are looked at too, and so must be part of what is cleaned.

        >>> Config().across_lines, Config(join_lines=True).across_lines
        (False, True)
        """
        return self.join_lines or self.drop_boilerplate
