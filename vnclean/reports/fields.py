"""The fields that a line of a report has, and what each must hold; ``schema/report.schema.json``
says the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from vnclean.documents.encoding import ENCODING_NAMES
from vnclean.kept_by import KEPT_BY
from vnclean.language import marked


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_count(value: object, least: int = 0) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _is_number(value: object) -> bool:
    return _is_count(value, 1)


def _is_chance(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _is_readings(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, list) and len(one) == 2 and _is_text(one[0]) and _is_chance(one[1])
        for one in value
    )


#: Whether a value is what it must be, and what that is, in words.
Rule: TypeAlias = tuple[Callable[[object], bool], str]
#: Fields that hold one of some names.
NAMES: Final = {"codec": tuple(ENCODING_NAMES), "kept_by": tuple(KEPT_BY)}


def _one_of(name: str) -> Rule:
    return lambda value: value in NAMES[name], marked("one of {names}")


_TEXT: Final[Rule] = (_is_text, marked("text"))
_FLAG: Final[Rule] = (lambda value: isinstance(value, bool), marked("true or false"))
_COUNT: Final[Rule] = (_is_count, marked("a whole number, 0 or more"))
_NUMBER: Final[Rule] = (_is_number, marked("a whole number, 1 or more"))
#: What every line has.
FIELDS: Final[dict[str, Rule]] = {
    "path": _TEXT,
    "line": _NUMBER,
    "column": _NUMBER,
    "start": _COUNT,
    "end": _COUNT,
    "before": _TEXT,
    "after": _TEXT,
    "kind": (lambda value: _is_text(value) and value != "", marked("text, and not empty")),
    "mode": _TEXT,
    "confidence": (_is_chance, marked("a number from 0 to 1")),
    "alternatives": (_is_readings, marked("a list of readings and their probabilities")),
    "context": _TEXT,
    "applied": _FLAG,
}
#: What some have.
MORE_FIELDS: Final[dict[str, Rule]] = {
    "record": _NUMBER,
    "field": _TEXT,
    "encoding": _TEXT,
    "output_encoding": _TEXT,
    "kept_bytes": _COUNT,
    "kept_by": _one_of("kept_by"),
    "codec": _one_of("codec"),
    "bom": _FLAG,
    "input_digest": _TEXT,
    "content_digest": _TEXT,
    "output_digest": _TEXT,
    "output": (lambda value: value is None or _is_text(value), marked("text or null")),
    "backup": _TEXT,
    "fields": (_is_texts, marked("a list of texts")),
}
#: What those of some kinds have.
NEEDED: Final = {
    "encoding": ("encoding", "output_encoding", "kept_bytes"),
    "file": ("input_digest", "content_digest", "output_digest", "output"),
}
