"""What every stage did to a line, word by word: from the edits that make the output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vnclean.config import Config
from vnclean.document import Document
from vnclean.edits import Edit, traced
from vnclean.kinds import told_title
from vnclean.language import joined, translated
from vnclean.spelling.explaining import Account, Explainer, left_because
from vnclean.spelling.explanation import WordExplanation
from vnclean.spelling.speller import Speller
from vnclean.spelling.tokens import Kind
from vnclean.stages import Step

#: Symbols of which there is something to say, gaps only if there is an edit.
_SHOWN: Final = (Kind.WORD, Kind.GAP, Kind.OPAQUE)


def explained(
    speller: Speller,
    config: Config,
    document: Document,
    steps: Sequence[Step],
    total: Sequence[list[Edit]],
) -> list[list[WordExplanation]]:
    """Every edit of ``total`` and every other word of each line, from left to right.

    ``steps``: of all stages, the speller's last; ``total``: what they make together.
    """
    looks = speller.looks.of(steps[-1].lines, document)
    found = []
    for number, text in enumerate(steps[-1].lines):
        explainer = Explainer(speller, config, text, looks[number])
        line = _Line(explainer, config, [step.of(number) for step in steps], total[number])
        found.append(sorted(line.words(document.lines[number]), key=_place))
    return found


def _place(word: WordExplanation) -> tuple[int, int]:
    return word.start, word.end


class _Line:
    """One line: what its stages found, and what came of it."""

    def __init__(
        self,
        explainer: Explainer,
        config: Config,
        steps: Sequence[tuple[list[Edit], list[Edit]]],
        total: Sequence[Edit],
    ) -> None:
        """``steps``: the edits that had made what a stage was given, and its own."""
        self._explainer, self._config, self._total = explainer, config, total
        *self._earlier, (self._made, spelt) = steps
        self._spelt = {(edit.start, edit.end): edit for edit in spelt}

    def words(self, read: str) -> Iterator[WordExplanation]:
        """What there is to say of the line, which was ``read`` so."""
        of_edit: dict[int, list[Account]] = {}
        for index, symbol in enumerate(self._explainer.line.symbols):
            spelt = self._spelt.get((symbol.start, symbol.end))
            if symbol.kind not in _SHOWN or (symbol.kind is Kind.GAP and spelt is None):
                continue
            start, end = traced(self._made, symbol.start, symbol.end)
            if spelt is not None:
                of = self._whole(start, end, applied=spelt.applied)
                of_edit.setdefault(of, []).append(self._explainer.account(index, spelt))
            elif not any(_meet(edit, start, end) for edit in self._total):
                account = self._explainer.account(index, None)
                word = read[start:end]
                yield WordExplanation(
                    word,
                    word,
                    account.reason,
                    account.candidates,
                    start,
                    end,
                    doubtful=account.doubtful,
                )
        for number, edit in enumerate(self._total):
            yield self._told(edit, of_edit.get(number, []))

    def _whole(self, start: int, end: int, *, applied: bool) -> int:
        """Number of the edit of the whole line that has become of one at ``start:end``."""
        return next(
            number
            for number, edit in enumerate(self._total)
            if edit.applied == applied and _meet(edit, start, end)
        )

    def _told(self, edit: Edit, accounts: Sequence[Account]) -> WordExplanation:
        parts = [
            found
            for made, edits in self._earlier
            for found in edits
            if found.applied == edit.applied and _meet(edit, *traced(made, found.start, found.end))
        ]
        alone = len(parts) + len(accounts) == 1
        reasons = [self._reason(part, alone=alone) for part in parts]
        reasons += [account.reason for account in accounts]
        return WordExplanation(
            edit.before,
            edit.after if edit.applied else edit.before,
            joined(translated("; then "), reasons),
            tuple(candidate for account in accounts for candidate in account.candidates),
            edit.start,
            edit.end,
            edit.kind,
            edit.confidence,
            edit.applied,
            doubtful=True,
        )

    def _reason(self, edit: Edit, *, alone: bool) -> str:
        """What a stage before the speller has to say."""
        sure = translated("probability {confidence:.2f}", confidence=edit.confidence)
        if not edit.applied:
            return translated(
                "kept: “{after}” has {sure}, {reason}",
                after=edit.after,
                sure=sure,
                reason=left_because(edit, self._config),
            )
        what = told_title(edit.kind)
        change = "" if alone else f" (“{edit.before}” → “{edit.after}”)"
        others = joined(
            "",
            (
                translated("; else “{word}” ({share:.2f})", word=word, share=share)
                for word, share in edit.alternatives[:1]
            ),
        )
        return translated(
            "changed: {what}{change}, {sure}{others}",
            what=what,
            change=change,
            sure=sure,
            others=others,
        )


def _meet(edit: Edit, start: int, end: int) -> bool:
    """Whether an edit is about some of ``start:end``, or beside it if either is empty."""
    if edit.start == edit.end or start == end:
        return edit.start <= end and start <= edit.end
    return edit.start < end and start < edit.end
