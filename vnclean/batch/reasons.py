"""Why files, or parts of them, were skipped or failed, as the manifest remembers it.

It does so in English; if people were told in another language, that, too, so that it can be said
again: ``{"failures": [["a.zip!b.txt", "is encrypted"]], "vi": {"is encrypted": "đã mã hóa"}}``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vnclean.batch.inputs import Named
from vnclean.language import Translated, chosen, in_english, translated


def internal_error(error: object) -> Translated:
    """What to say of a file if what was raised is nobody's fault but ours.

    >>> internal_error(ValueError("x"))
    'internal error: ValueError: x; please report it'
    """
    return translated(
        "internal error: {name}: {answer}; please report it",
        name=type(error).__name__,
        answer=error,
    )


def for_record(**lists: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Fields of a record for lists of names and reasons; none for what is empty."""
    fields: dict[str, Any] = {}
    told: dict[str, str] = {}
    for name, named in lists.items():
        found = [(path, in_english(reason)) for path, reason in named]
        told |= {in_english(reason): reason for _, reason in named if in_english(reason) != reason}
        if found:
            fields[name] = found
    return fields | ({chosen(): told} if told else {})


def told_in(record: dict[str, Any], name: str) -> list[Named]:
    """The list in a record, with reasons in the chosen language, as far as that is known.

    >>> told_in(for_record(failures=[("a.zip", "is encrypted")]), "failures")
    [Named(path='a.zip', reason='is encrypted')]
    """
    told = record.get(chosen(), {})
    return [
        Named(path, Translated(told[reason], reason) if reason in told else translated(reason))
        for path, reason in record.get(name, ())
    ]
