"""Isolated slips: the words that one written word may have been meant to be, whatever is near it.

Words that keep their letters are compared as syllables: a price for each pair of tones, and of
marks (a/ă/â, e/ê, o/ô/ơ, u/ư, d/đ).  Others are compared letter by letter: see distance.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from rapidfuzz.distance import OSA

from vnclean.orthography import Syllable, fold, is_syllable, skeleton
from vnclean.spelling.distance import SpellingDistance
from vnclean.spelling.facts import WordFacts
from vnclean.spelling.lexicon import Lexicon
from vnclean.spelling.ngrams import UNKNOWN
from vnclean.spelling.prices import Prices


class IsolatedSlips:
    """Candidates and prices for words written by mistake."""

    def __init__(self, lexicon: Lexicon, facts: WordFacts, prices: Prices) -> None:
        self._lexicon = lexicon
        self._facts = facts
        self._prices = prices
        self._sounds = [each for each in facts.confusions if each.part in ("onset", "coda")]
        self._distance = SpellingDistance(prices, facts.confusions)

    def of(self, word: str, number: int, *, may_be_rest: bool = True) -> dict[int, float]:
        """Words that ``word`` may be a slip for, and their prices.

        ``may_be_rest``: whether a single letter may be what is left of a word.
        """
        lexicon, prices = self._lexicon, self._prices
        found: dict[int, float] = {}
        if len(word) > 1 or not word.isascii():
            same = lexicon.with_skeleton(skeleton(word))
            found = {w: self._distance.same_skeleton(word, lexicon.words[w]) for w in same}
        lone_vowel = len(word) == 1 and not word.isascii() and may_be_rest
        if len(word) > 1 or lone_vowel:
            known = lone_vowel or is_syllable(word) or word in self._facts.foreign
            edited = self._one_letter_off(word) if known else self._edited(word)
            if not known and number == UNKNOWN:
                edited |= self._foreign_near(word)
            for w, price in chain(edited.items(), self._confused(word)):
                found[w] = min(price, found.get(w, price))
        if len(word) > 1 or may_be_rest:
            single = prices.single_letter if len(word) == 1 else 0.0
            for w in lexicon.with_residue(word):
                lost = len(lexicon.words[w]) - len(word)
                price = prices.lost_letter + (lost - 1) * prices.further_lost_letter + single
                found[w] = min(price, found.get(w, price))
        found.pop(number, None)
        return found

    def _one_letter_off(self, word: str) -> dict[int, float]:
        """Words one edit away from a known word, letters with their marks and tones."""
        words = self._lexicon.words
        prices = {
            w: self._distance.one_edit(word, words[w])
            for w in self._lexicon.one_edit(word)
            if len(word) > 1 or len(words[w]) > 1  # ``ờ`` and ``à`` are words each
        }
        return {w: price for w, price in prices.items() if price is not None}

    def _foreign_near(self, word: str) -> dict[int, float]:
        """Names and loans one letter away (``Rueters``); one mark is another way to spell them."""
        found = {}
        for meant in self._lexicon.foreign_one_edit(word):
            if skeleton(meant) != skeleton(word):
                price = self._distance.one_edit(word, meant) or self._prices.near_key
                found[self._lexicon.number_of[meant]] = price
        return found

    def _confused(self, word: str) -> Iterator[tuple[int, float]]:
        """Words of which ``word`` is a confusion of sounds (``xàm`` for ``sàm``)."""
        syllable = Syllable.parse(word)
        if syllable is None:
            return
        for part, written, meant, price in self._sounds:
            if getattr(syllable, part) == written:
                other = replace(syllable, **{part: meant}).spell()
                number = self._lexicon.number_of.get(other)
                if number is not None and is_syllable(other):
                    yield number, price

    def _edited(self, word: str) -> dict[int, float]:
        """Words up to two edits away from a word that is no syllable."""
        words, found = self._lexicon.words, {}
        for w in self._lexicon.near(skeleton(word)):
            edits = OSA.distance(word, words[w], score_cutoff=2)
            if edits == 1:
                found[w] = self._distance.one_edit(word, words[w]) or self._prices.near_key
            elif edits == 2:
                found[w] = self._distance.several_edits(word, words[w])
        return found

    def exchanged(self, word: str) -> Iterator[tuple[int, float]]:
        """Words of which ``word``, as it is written, has two neighbouring letters exchanged."""
        for at in range(len(word) - 1):
            other = fold(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
            number = self._lexicon.number_of.get(other)
            if number in self._lexicon.words:
                yield number, self._prices.exchange
