"""Turns what was made of a word into a sentence and numbers for ``vnclean explain``."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np

from vnclean.config import SURE_OF_A_SLIP, Config
from vnclean.edits import Edit
from vnclean.kept_by import KIND, MARKER, PATTERN, REPAIR, WORD
from vnclean.language import joined, marked, translated
from vnclean.spelling.explanation import Candidate
from vnclean.spelling.line import Line, meant_so
from vnclean.spelling.looks import Look
from vnclean.spelling.ngrams import UNKNOWN
from vnclean.spelling.prices import RUNS, Mode
from vnclean.spelling.speller import Speller
from vnclean.spelling.tokens import Kind

#: Candidates shown for a word: those that are not hopeless, and no more than these.
_SHOWN: Final = 12
_HOPELESS: Final = 1e-9
#: What the modes of the likeliest word may be short of in a table.
_COUNTS: Final = 1e-4
#: A word less sure than this to be meant as it stands is doubtful.
_SURE: Final = 0.99
#: What the rest of the line, or the document, says is told if it comes to this many nats.
_TOLD: Final = 1.0
_DAMAGE: Final = {
    Mode.LOST: marked("the stretch around it has lost its letters of U+1EA0–U+1EF9"),
    Mode.BARE: marked("the stretch around it has lost its diacritics"),
    Mode.OVER: marked("the stretch around it was converted from VNI once too often"),
    Mode.KEYS: marked("the stretch around it is keystrokes that were never put together"),
}


@dataclass(frozen=True)
class Account:
    """What there is to say of one symbol of a line."""

    reason: str
    candidates: tuple[Candidate, ...] = ()
    doubtful: bool = False


class Explainer:
    """Says why the words of one line were, or were not, changed by the speller."""

    def __init__(self, speller: Speller, config: Config, text: str, looks: dict[int, Look]) -> None:
        """``looks``: what the speller made of the symbols that it looked at closely."""
        self._speller, self._config, self._looks = speller, config, looks
        self.line = Line(text)
        self._everything: list[Look] | None = None
        self._changed = {index for index, look in looks.items() if _best(look)[0] != look.written}

    def account(self, index: int, edit: Edit | None) -> Account:
        """``edit``: what the speller found for the symbol at an index, if anything."""
        symbol = self.line.symbols[index]
        if symbol.kind not in (Kind.WORD, Kind.GAP):
            return Account(translated("kept: a code, an address or a file name"))
        look = self._looks.get(index)
        if look is None:
            if self._everything is None:
                self._everything = self._speller.looks.everything(self.line.text)
            look = self._everything[index]
        found = self._candidates(index, look)
        if edit is not None:
            reason = self._changed_because(index, look, edit, found)
            return Account(reason, tuple(found), doubtful=True)
        if index not in self._looks:
            return Account(self._unsuspected(look, symbol.text, found), tuple(found))
        reason, sure = self._kept_because(index, look, found)
        return Account(reason, tuple(found), doubtful=sure < _SURE)

    def _candidates(self, index: int, look: Look) -> list[Candidate]:
        """The likeliest ones, and the word as it was written."""
        share = look.shares[-1]
        most = float(share.max())
        best = int(share.sum(axis=1).argmax())
        of_best = int(look.word[best])
        order = np.argsort(-share, axis=None, kind="stable").tolist()
        shown = [place for place in order[:_SHOWN] if share.flat[place] >= _HOPELESS]
        of = [int(look.word[place // len(Mode)]) for place in order]
        # All of the likeliest word that counts, and one line of the word as it was written.
        shown += [
            p
            for p, word in zip(order, of, strict=True)
            if word == of_best and share.flat[p] > _COUNTS
        ]
        shown += [
            p
            for p, word in zip(order, of, strict=True)
            if word == look.written and share.flat[p] > 0
        ][:1]
        found = []
        for place in sorted(set(shown), key=order.index):
            slot, mode = divmod(place, len(Mode))
            word = self._written(index, int(look.word[slot]))
            price, total = float(look.cost[slot, mode]), log(most / float(share[slot, mode]))
            rest, said = (_against(look, step, slot, best) for step in (1, 2))
            context = total - price - rest - said
            name, posterior = Mode(mode).name.lower(), float(share[slot, mode])
            found.append(Candidate(word, name, price, context, rest, said, total, posterior))
        return found

    def _written(self, index: int, word: int) -> str:
        line = self.line
        return self._speller.write(word, line.letter_case(index), line, line.opens(index))

    def _changed_because(self, index: int, look: Look, edit: Edit, found: list[Candidate]) -> str:
        sure = translated("probability {confidence:.2f}", confidence=edit.confidence)
        if not edit.applied:
            return translated(
                "kept: “{after}” has {sure}, {reason}",
                after=edit.after,
                sure=sure,
                reason=left_because(edit, self._config),
            )
        word = _best(look)[0]
        chosen = _first(found, self._written(index, word))
        kept = _first(found, self._written(index, look.written))
        if look.written == word:
            return translated(
                "changed because its tone belongs on another letter, {sure}", sure=sure
            )
        told = [_grounds(edit, chosen, kept, known=look.written != UNKNOWN)]
        if chosen and kept and kept.rest - chosen.rest >= _TOLD:
            told.append(translated("the rest of the line speaks for it"))
        if chosen and kept and kept.said - chosen.said >= _TOLD:
            told.append(translated("the document has said it before beside the same word"))
        return translated("changed because {told}; {sure}", told=joined("; ", told), sure=sure)

    def _kept_because(self, index: int, look: Look, found: list[Candidate]) -> tuple[str, float]:
        """Why, and how sure it is that the word is meant as it stands."""
        word, mode = _best(look)
        of_written = look.shares[-1][look.word == look.written]
        sure = float(of_written.sum())
        if word != look.written:
            reason = meant_so(self.line, index, mode, self._changed)
            if not reason and look.phrase:
                reason = translated("part of the known phrase “{phrase}”", phrase=look.phrase)
            rival = self._written(index, word)
            if not reason or rival == self.line.symbols[index].text:
                return translated("kept: it stands as it should"), 1.0
            return translated(
                "kept because it is {reason}; “{rival}” would be likelier otherwise",
                reason=reason,
                rival=rival,
            ), sure
        return _next_best(self.line.symbols[index].text, found), sure

    def _unsuspected(self, look: Look, text: str, found: list[Candidate]) -> str:
        if look.protection:
            return translated("kept: {protection}", protection=look.protection)
        others = [each for each in found if each.word != text]
        if not others:
            return translated("kept because no candidate comes near")
        if _best(look)[0] != look.written:
            return translated("kept because no other word fits between its neighbours well enough")
        return _next_best(text, found)


#: What keeps an edit from being made, in words.
_KEPT_BY: Final = {
    WORD: marked("but the word is one of your own"),
    REPAIR: marked("but you never want this repair"),
    KIND: marked("but repairs of this kind are to be left alone"),
    PATTERN: marked("but a pattern of yours matches here"),
    MARKER: marked("but a mark in the text leaves this alone"),
}


def left_because(edit: Edit, config: Config) -> str:
    """Why an edit is not applied.

    >>> edit = Edit(0, 3, "vục", "vực", "mark", 0.5, "typed", applied=False, kept_by="word")
    >>> left_because(edit, Config())
    'but the word is one of your own'
    """
    return translated(_KEPT_BY[edit.kept_by]) if edit.kept_by else too_little(edit, config)


def too_little(edit: Edit, config: Config) -> str:
    """What an edit that is not applied is not sure enough for.

    >>> too_little(Edit(0, 3, "vục", "vực", "mark", 0.5, "typed"), Config())
    'below the 0.6 that an isolated slip needs'
    """
    least = config.least(edit)
    if config.min_confidence is not None:
        return translated("below the {least:g} of --min-confidence", least=least)
    if not edit.mode:
        return translated("below the {least:g} that a repair needs", least=least)
    if least == SURE_OF_A_SLIP:
        return translated("below the {least:g} that an isolated slip needs", least=least)
    return translated("below the {least:g} that a damaged stretch needs", least=least)


def _best(look: Look) -> tuple[int, Mode]:
    """The likeliest word, and its likeliest mode."""
    slot = int(look.shares[-1].sum(axis=1).argmax())
    return int(look.word[slot]), Mode(int(look.shares[-1][slot].argmax()))


def _against(look: Look, step: int, slot: int, best: int) -> float:
    """What a look after the first has added to a slot, against the best one, in nats."""
    if step >= len(look.shares):
        return 0.0
    before, after = (look.shares[s].sum(axis=1) for s in (step - 1, step))
    factors = [float(after[s]) / max(float(before[s]), 1e-300) for s in (best, slot)]
    return log(factors[0] / factors[1]) if min(factors) > 0 else 0.0


def _first(found: list[Candidate], word: str) -> Candidate | None:
    return next((each for each in found if each.word == word), None)


def _grounds(edit: Edit, chosen: Candidate | None, kept: Candidate | None, *, known: bool) -> str:
    """What speaks for a change, in numbers of the table; ``known``: whether it is to a word that
    the model knows."""
    after = f"“{edit.after}”"
    if chosen and Mode[chosen.mode.upper()] in RUNS:
        return translated(
            "{damage}, and {after} fits there best",
            damage=translated(_DAMAGE[Mode[chosen.mode.upper()]]),
            after=after,
        )
    if not edit.before.strip():
        return translated("a word has vanished here, and {after} fits best", after=after)
    before = f"“{edit.before}”"
    price = (
        translated("the slip costs {cost:.1f}", cost=chosen.cost)
        if chosen
        else translated("little else comes near")
    )
    if not (chosen and kept):
        message = marked(
            "{before} is no known word, and {after} is the likeliest near it ({price})"
        )
        if known:
            message = marked(
                "{before} does not fit here at all, and {after} is the likeliest near it ({price})"
            )
        return translated(message, before=before, after=after, price=price)
    fits = (kept.total - kept.cost) - (chosen.total - chosen.cost)
    if kept.cost > 0:
        fault = translated(
            "to keep {before} costs {cost:.1f}, for it is hardly a word",
            before=before,
            cost=kept.cost,
        )
        better = translated("{after} is the likeliest near it", after=after)
        if fits >= 0:
            better = translated("{after} fits better by {fits:.1f} nats", after=after, fits=fits)
        return translated("{fault}, {better}, and {price}", fault=fault, better=better, price=price)
    return translated(
        "{after} fits far better than {before} (by {fits:.1f} nats), and {price}",
        after=after,
        before=before,
        fits=fits,
        price=price,
    )


def _next_best(text: str, found: list[Candidate]) -> str:
    kept = _first(found, text)
    other = next((each for each in found if each.word != text), None)
    if other is None:
        return translated("kept because no candidate comes near")
    dearer = other.total - (kept.total if kept else 0.0)
    share = sum(each.posterior for each in found if each.word == other.word)
    chance = (
        translated("probability {share:.2f}", share=share)
        if share >= 0.005
        else translated("hardly likely")
    )
    return translated(
        "kept: “{word}”, the next best, is {dearer:.1f} nats dearer ({chance})",
        word=other.word,
        dearer=dearer,
        chance=chance,
    )
