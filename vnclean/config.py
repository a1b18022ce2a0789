"""What the user may set, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from vnclean.edits import Edit
from vnclean.kinds import KINDS
from vnclean.user_words import UserWords

#: How sure a repair must be if the user does not say.  An isolated slip may well be no slip; in a
#: run of damage hardly a word is what was meant, and the likeliest reading is worth more than none.
#: Measured on the development sets (benchmarks/RESULTS.md).
SURE_OF_A_SLIP: Final = 0.6
SURE_IN_A_RUN: Final = 0.35
#: Where the tone of òa/oà, òe/oè, úy/uý goes.
ToneStyle: TypeAlias = Literal["keep", "old", "new"]
TONE_STYLES: Final[tuple[str, ...]] = get_args(ToneStyle)
_SLIPS: Final = ("typed", "slips")
#: A word more likely than this to be meant as it stands is in no run of damage for certain.
_MAY_STAND: Final = 0.2


@dataclass(frozen=True)
class Config:
    """The settings of a :class:`~vnclean.cleaner.Cleaner`.

    ``min_confidence``: a repair is applied when the probability that it is right is at least
    this; what is less certain is reported and left alone.  Lower repairs more and harms more.
    If None, it depends on the damage: see :meth:`least`.

    ``tone_style``: where the tone of òa/oà, òe/oè, úy/uý goes; ``keep`` leaves it as it is.

    ``join_lines``: words that a hyphen breaks at the end of a line are put together again.

    ``drop_boilerplate``: lines that are a web page's furniture (menus, buttons) are left out.

    ``leave``: kinds of repairs (see :data:`vnclean.kinds.KINDS`) that are reported, not made.

    ``user_words``: what the user has decided on words and repairs, which goes before all this.

    ``markers``: whether marks in a text say what of it is left alone (`vnclean.markers`); where
    documents are read, :class:`~vnclean.formats.kinds.Reading` says so.

    Raises ``ValueError`` for a value that makes no sense.

    >>> Config(min_confidence=0.9).min_confidence
    0.9
    """

    min_confidence: float | None = None
    tone_style: ToneStyle = "keep"
    join_lines: bool = False
    drop_boilerplate: bool = False
    user_words: UserWords = UserWords()
    markers: bool = True
    leave: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise ValueError(
                f"min_confidence is {self.min_confidence:g}, but must lie between"
                " 0 (apply every repair found) and 1 (apply only what is certain)"
            )
        if unknown := [kind for kind in self.leave if kind not in KINDS]:
            raise ValueError(
                f"{unknown[0]!r} is no kind of repair; those there are: {', '.join(KINDS)}"
            )

    def least(self, edit: Edit) -> float:
        """How sure a repair must be.

        >>> alone = Edit(0, 3, "kim", "kiểm", "lost-letters", 0.5, "typed")
        >>> in_a_run = Edit(0, 3, "kim", "kiểm", "lost-letters", 0.5, "lost")
        >>> Config().least(alone), Config().least(in_a_run), Config(0.9).least(alone)
        (0.6, 0.35, 0.9)
        """
        if self.min_confidence is not None:
            return self.min_confidence
        kept = dict(edit.alternatives).get(edit.before, 0.0)
        isolated = edit.mode in _SLIPS or kept > _MAY_STAND
        return SURE_OF_A_SLIP if isolated else SURE_IN_A_RUN

    @property
    def across_lines(self) -> bool:
        """Whether line ends are looked at too, and so must be part of what is cleaned.

        >>> Config().across_lines, Config(join_lines=True).across_lines
        (False, True)
        """
        return self.join_lines or self.drop_boilerplate
