"""What values of settings may be, from a file or from the command line.

Each type is a function that takes a value as TOML has it and gives what the program uses, or
raises :class:`WrongValue`.  Words of the command line become such values before.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from vnclean.kinds import KINDS
from vnclean.language import marked, translated
from vnclean.nearest import nearest

#: The kind that tells of a whole document, not of a repair in it.
_OF_DOCUMENTS: Final = "encoding"
_PROBABILITY: Final = marked(
    "a number from 0 (apply every repair found) to 1 (apply only what is certain)"
)
_FLAG: Final = marked("true or false")
_TEXTS: Final = marked("a list of texts in quotes")
_PAIRS: Final = marked("a table of texts and what is put in their place")
_FILE: Final = marked("the name of a file")
_SUFFIX: Final = marked("the end of a file name, for example .bak")


class WrongValue(ValueError):
    """A value is not what it must be.

    ``must``: what that is, after the words "must be"; ``instead``: what may have been meant, as
    TOML; ``item``: which one of a list or a table is wrong, and ``found``, which is there.
    """

    def __init__(
        self,
        must: str,
        instead: object = None,
        *,
        item: int | str | None = None,
        found: object = None,
    ) -> None:
        super().__init__(must)
        self.must, self.instead, self.item, self.found = must, instead, item, found


class Type(NamedTuple):
    """``convert``: from a value of TOML; ``parse``: from a word of the command line to such one.

    ``instead``: a value that would do, to be shown to whoever wrote one that does not.
    """

    convert: Callable[[Any], Any]
    instead: object
    parse: Callable[[Any], Any] = lambda given: given
    #: It is a name of a file, or some, which count from the folder that the configuration is in.
    is_path: bool = False
    must_exist: bool = False  #: and that file is there


def _probability(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise WrongValue(translated(_PROBABILITY))
    return float(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongValue(translated(_FLAG), str(value).lower() in ("yes", "on", "true", "1"))
    return value


def _parsed_number(given: str) -> float | str:
    try:
        return float(given)
    except ValueError:
        return given


def _parsed_whole(given: str) -> int | str:
    return int(given) if given.isascii() and given.isdecimal() else given


def whole(must: str, least: int, instead: int) -> Type:
    """Whole numbers; ``must``: what they are, ``instead``: for example.

    >>> whole("a whole number, 1 or more", 1, 200).convert(0)
    Traceback (most recent call last):
        ...
    vnclean.settings.types.WrongValue: a whole number, 1 or more
    """

    def convert(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise WrongValue(translated(must))
        return value

    return Type(convert, instead, _parsed_whole)


def choice(names: Sequence[str], *, any_case: bool = False) -> Type:
    """One of some names; in ``any_case``, names being in lower case: in any letter case.

    >>> choice(("keep", "old", "new")).convert("old")
    'old'
    """

    def convert(value: Any) -> str:
        name = value.lower() if any_case and isinstance(value, str) else value
        if not isinstance(name, str) or name not in names:
            must = translated("one of {names}", names=", ".join(names))
            raise WrongValue(must, nearest(str(name), names) or None)
        return name

    return Type(convert, names[0])


def _text(value: Any, must: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise WrongValue(translated(must))
    return value


def _file(value: Any) -> str:
    name = _text(value, _FILE)
    if name.endswith("/"):
        raise WrongValue(translated(_FILE), name.rstrip("/"))
    return name


def files(instead: str) -> Type:
    """Lists of names of files that are read; ``instead``: one, for example."""
    return each(_file, [instead])._replace(is_path=True, must_exist=True)


def _suffix(value: Any) -> str:
    suffix = _text(value, _SUFFIX)
    if "/" in suffix:
        raise WrongValue(translated(_SUFFIX))
    return suffix


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        raise WrongValue(translated(_TEXTS), [value])
    if not isinstance(value, list):
        raise WrongValue(translated(_TEXTS))
    for number, item in enumerate(value):
        if not isinstance(item, str) or not item.strip():
            raise WrongValue(
                translated("a text in quotes that is not empty"), item=number, found=item
            )
    return tuple(value)


def each(check: Callable[[str], str], instead: object) -> Type:
    """Lists of texts that ``check`` takes; it raises :class:`WrongValue` for others.

    >>> each(word, ["An"]).convert(["a  b"])
    ('a b',)
    """

    def convert(value: Any) -> tuple[str, ...]:
        found = []
        for number, item in enumerate(_texts(value)):
            try:
                found.append(check(item))
            except WrongValue as wrong:
                raise WrongValue(wrong.must, wrong.instead, item=number, found=item) from None
        return tuple(found)

    return Type(convert, instead)


def word(value: str) -> str:
    """A word or several, as entries of the user's words are: composed, with single blanks."""
    entry = unicodedata.normalize("NFC", " ".join(value.split()))
    if not any(letter.isalnum() for letter in entry):
        raise WrongValue(translated("a word, with a letter or digit in it"))
    return entry


def _repair_kind(value: str) -> str:
    known = [kind for kind in KINDS if kind != _OF_DOCUMENTS]
    if value in known:
        return value
    near = nearest(value, known)
    if near:
        raise WrongValue(translated("a kind of repair"), near)
    raise WrongValue(translated("a kind of repair: one of {kinds}", kinds=", ".join(known)))


def _pattern(value: str) -> str:
    """A regular expression, of those that the module ``regex`` knows."""
    from vnclean.pattern_checks import fault

    if reason := fault(value):
        raise WrongValue(translated("a regular expression: {reason}", reason=reason))
    return value


def _pairs(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise WrongValue(translated(_PAIRS))
    pairs = []
    for before, after in value.items():
        if not isinstance(after, str) or not after.strip():
            raise WrongValue(
                translated("a text in quotes that is not empty"), item=before, found=after
            )
        try:
            pairs.append((word(before), unicodedata.normalize("NFC", after)))
        except WrongValue as wrong:
            raise WrongValue(wrong.must, item=before, found=before) from None
    return tuple(pairs)


def shown(value: object) -> str:
    """A value as TOML writes it, on one line.

    >>> shown({"kim tra": "kiểm tra"}), shown((0.9, True)), shown("a")
    ('{ "kim tra" = "kiểm tra" }', '[0.9, true]', '"a"')
    """
    import json

    if isinstance(value, dict):
        pairs = ", ".join(f"{shown(str(key))} = {shown(item)}" for key, item in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(shown, value))}]"
    if isinstance(value, str | bool):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"{value:g}" if isinstance(value, float) else str(value)


PROBABILITY: Final = Type(_probability, 0.9, _parsed_number)
FLAG: Final = Type(_flag, True)
FILE: Final = Type(_file, "edits.jsonl", is_path=True)
MODEL: Final = Type(_file, "own.ngrams", is_path=True, must_exist=True)
SUFFIX: Final = Type(_suffix, ".bak")
TEXTS: Final = Type(_texts, ["text"])
PAIRS: Final = Type(_pairs, {"kim tra": "kiểm tra"})
WORDS: Final = each(word, ["Kìm"])
REPAIR_KINDS: Final = each(_repair_kind, ["tone"])
PATTERNS: Final = each(_pattern, [r"\d+ đ/kg"])
