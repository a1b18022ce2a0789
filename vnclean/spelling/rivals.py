"""Rivals: the other words that a written word may have been meant to be, as the screen sees them.

For every bigram (v, w) that the model keeps, the section ``rivals`` of the model file holds how
much the best rival of w gains after v, and how much the best rival of v gains before w, each less
half its price.  The two halves that meet at a word add up to more than any one rival of it can
gain in both bigrams together, so that most sound words are passed by one look at what stands in
the file.  The gains are rounded up to 16 steps, 4 bits each.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vnclean.spelling.arrays import row_maxima
from vnclean.spelling.prices import Mode

Floats = NDArray[np.float32]
#: What a rival in a mode costs the screen beside its own price: entering the mode is dear, but
#: shared by a run of words.
_ENTERING: Final = {Mode.TYPED: 0.0, Mode.LOST: 3.0, Mode.BARE: 4.0, Mode.OVER: 6.0, Mode.KEYS: 6.0}
_LONE_PRICE: Final = np.array([_ENTERING.get(mode, np.inf) for mode in Mode], dtype=np.float32)
#: The gain (nats) that code 0 stands for, and what each further one adds; the last has no bound.
_LOWEST: Final = -11.0
_STEP: Final = 0.8
_CODES: Final = 16


def lone_prices(cost: Floats) -> Floats:
    """What each rival costs the screen; ``cost``: of each in each mode, shape (rivals, modes).

    >>> cost = np.full((2, len(Mode)), np.inf)
    >>> cost[0, Mode.LOST], cost[1, Mode.TYPED], cost[1, Mode.BARE] = 0.5, 8.7, 0.0
    >>> lone_prices(cost).tolist()
    [3.5, 4.0]
    """
    price: Floats = -row_maxima(-(cost + _LONE_PRICE))
    return price


def pack_gains(left: NDArray[Any], right: NDArray[Any]) -> NDArray[np.uint8]:
    """Both gains of each bigram in one byte."""
    return _code(left) << np.uint8(4) | _code(right)


def _code(gain: NDArray[Any]) -> NDArray[np.uint8]:
    steps = np.ceil((np.maximum(gain, _LOWEST) - _LOWEST) / _STEP)
    code: NDArray[np.uint8] = np.minimum(steps, _CODES - 1).astype(np.uint8)
    return code


def gain_books() -> tuple[Floats, Floats]:
    """The left and the right gain that each byte stands for.

    >>> left, right = gain_books()
    >>> byte = pack_gains(np.array([-3.1]), np.array([-40.0]))
    >>> float(left[byte][0].round(3)), float(right[byte][0].round(3))
    (-3.0, -11.0)
    """
    book = _LOWEST + _STEP * np.arange(_CODES, dtype=np.float32)
    book[-1] = np.inf
    byte = np.arange(256)
    return book[byte >> 4], book[byte & 15]
