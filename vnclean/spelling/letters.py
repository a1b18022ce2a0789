"""How likely letters in a row are to be a word of another language: a model of its letters.

A name or a loan that no dictionary knows is spelt as such words are; a Vietnamese word with a slip
in it mostly is not: nobody writes ``nhnững`` on purpose, but anybody may be called ``Guaido``.
The model finds each letter by the two before it, and backs off to fewer of them (Witten and Bell,
*The zero-frequency problem*, 1991).  It is learned from the words of ``foreign.tsv``, each once,
for a word not met yet is like the rare ones: :mod:`vnclean.spelling.training.letters`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from vnclean.wordlists import read_table

#: Stand before and after a word.
BEFORE: Final = "^"
AFTER: Final = "$"
#: What the dictionary writes for no letters at all.
NOTHING: Final = "∅"
#: Price of a letter that no word had, where it is looked for without those before it.
_NEVER_SEEN: Final = 10.0


class LetterModel:
    """Prices of words, in nats.

    >>> letters = LetterModel.load()
    >>> letters.price("guaido") < letters.price("nhnững")
    True
    """

    def __init__(self, rows: Iterable[tuple[str, ...]]) -> None:
        """``rows``: letters, the price of going back to one fewer of them, and what may follow,
        each letter with its price: ``("gu", "0.9", "a 2.1 e 1.4")``.
        """
        self._rows = {row[0].replace(NOTHING, ""): row[1:] for row in rows}
        self._known: dict[str, tuple[float, Mapping[str, float]]] = {}

    @staticmethod
    @cache
    def load() -> LetterModel:
        """The one that ships with vnclean."""
        return LetterModel(read_table("letters.tsv"))

    def price(self, word: str) -> float:
        """-log of how likely a word in lower case is, among the words of other languages."""
        text = f"{BEFORE}{word}{AFTER}"
        return sum(self._after(text[max(0, at - 2) : at], text[at]) for at in range(1, len(text)))

    def _after(self, letters: str, letter: str) -> float:
        price = 0.0
        for start in range(len(letters) + 1):
            back, following = self._following(letters[start:])
            if letter in following:
                return price + following[letter]
            price += back
        return price

    def _following(self, letters: str) -> tuple[float, Mapping[str, float]]:
        """A row, taken apart when it is first asked for: a short text needs few of them."""
        found = self._known.get(letters)
        if found is None:
            back, text = self._rows.get(letters, ("0" if letters else str(_NEVER_SEEN), ""))
            parts = text.split(" ")
            prices = dict(zip(parts[::2], map(float, parts[1::2]), strict=False))
            found = self._known[letters] = (float(back), prices)
        return found
