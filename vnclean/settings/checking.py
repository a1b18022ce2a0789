"""The tables of a configuration file, checked: values for keys, and every mistake by its line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from vnclean.language import about, marked, translated
from vnclean.nearest import nearest
from vnclean.settings.entries import Entry, Override, Place
from vnclean.settings.keys import FILES, KEYS, OVERRIDES, Key
from vnclean.settings.types import TEXTS, WrongValue, shown

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

#: So much of a wrong value is shown.
_SHOWN: Final = 60
#: Options of a single call, which nobody means for all.
_OF_A_CALL: Final = (
    *("all", "below", "config", "diff", "dry-run", "files-from", "force", "in-place", "isolated"),
    *("json", "output", "resume", "state"),
)
_TABLES: Final = marked('must be a table; write [[overrides]], below it files = ["*.md"] and keys')


class Mistake(NamedTuple):
    """What is wrong in a file, with what to do about it, and where that is."""

    place: Place
    message: str


class Checker:
    """Checks the table of settings at ``place`` in a file that lies in ``folder``.

    >>> checker = Checker(".")
    >>> checker.entries({"min_confidence": 0.9, "job": 2}), [m.message for m in checker.mistakes]
    ({'min-confidence': Entry(value=0.9, places=(('min_confidence',),))}, \
['job: no such key, did you mean jobs?'])
    """

    def __init__(self, folder: str, place: Place = ()) -> None:
        self._folder = folder
        self._place = place
        self.mistakes: list[Mistake] = []

    def entries(self, table: Mapping[str, Any]) -> dict[str, Entry]:
        """What holds for all files."""
        own = {name: value for name, value in table.items() if name != OVERRIDES}
        return self._table(own, self._place, may_be=lambda _: True)

    def overrides(self, table: Mapping[str, Any]) -> Iterator[Override]:
        """What holds for some files only, in the order in which it is written."""
        place = (*self._place, OVERRIDES)
        tables = table.get(OVERRIDES, [])
        if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
            self._wrong(place, OVERRIDES, translated(_TABLES))
            return
        for number, one in enumerate(tables):
            files = self._files(one, (*place, number))
            own = {name: value for name, value in one.items() if name != FILES}
            entries = self._table(own, (*place, number), may_be=lambda key: not key.of_run)
            if files is not None:
                yield Override(files, entries)

    def _files(self, table: Mapping[str, Any], place: Place) -> GitIgnoreSpec | None:
        from pathspec import GitIgnoreSpec

        if FILES not in table:
            message = translated('does not say for which files; write files = ["*.md"]')
            self._wrong(place, OVERRIDES, message)
            return None
        patterns = self._converted(Key(FILES, TEXTS, ""), table[FILES], (*place, FILES))
        for number, pattern in enumerate(patterns or ()):
            try:
                GitIgnoreSpec.from_lines([pattern])
            except ValueError:
                message = translated(
                    '{found} is no pattern; write it as in a .gitignore: "ocr/**"',
                    found=shown(pattern),
                )
                self._wrong((*place, FILES, number), FILES, message)
                return None
        return None if patterns is None else GitIgnoreSpec.from_lines(patterns)

    def _table(
        self, table: Mapping[str, Any], place: Place, may_be: Callable[[Key], bool]
    ) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for written, value in table.items():
            where = (*place, written)
            key = KEYS.get(written.replace("_", "-"))
            if key is None:
                self._wrong(where, written, self._unknown(written, may_be))
            elif key.name in found:
                message = translated("is there twice, with - and with _; take one out")
                self._wrong(where, written, message)
            elif not may_be(key):
                message = translated(
                    "holds for a whole run; write it above the first [[overrides]]"
                )
                self._wrong(where, written, message)
            elif (converted := self._converted(key, value, where)) is not None:
                found[key.name] = Entry(converted, (where,))
        self._check_words(found)
        return found

    def _converted(self, key: Key, value: Any, place: Place) -> Any:
        """The value as the program uses it; None if it is wrong, which is noted."""
        try:
            converted = key.type.convert(value)
        except WrongValue as wrong:
            self._wrong_value(key, value, place, wrong)
            return None
        if not key.type.is_path:
            return converted
        names = converted if isinstance(converted, tuple) else (converted,)
        paths = tuple(os.path.join(self._folder, name) for name in names)
        for number, path in enumerate(paths):
            if key.type.must_exist and not Path(path).is_file():
                message = translated(
                    "{found}: no such file; check the name, which counts from the folder that"
                    " the configuration is in",
                    found=shown(names[number]),
                )
                self._wrong((*place, number), key.name, message)
                return None
        return paths if isinstance(converted, tuple) else paths[0]

    def _wrong_value(self, key: Key, value: Any, place: Place, wrong: WrongValue) -> None:
        if wrong.item is None:
            instead = key.type.instead if wrong.instead is None else wrong.instead
            message = translated(
                "must be {must}, not {found}; write {key} = {instead}",
                must=wrong.must,
                found=_short(value),
                key=key.name,
                instead=shown(instead),
            )
        elif wrong.item in KEYS and not isinstance(wrong.found, str):
            message = translated(
                "{item} = {found} stands in this table; write it above [{key}]",
                item=wrong.item,
                found=_short(wrong.found),
                key=key.name,
            )
        elif wrong.instead is None:
            message = translated(
                "{found} must be {must}; mend it or take it out",
                found=_short(wrong.found),
                must=wrong.must,
            )
        else:
            message = translated(
                "{found} must be {must}; did you mean {instead}?",
                found=_short(wrong.found),
                must=wrong.must,
                instead=shown(wrong.instead),
            )
        where = place if wrong.item is None else (*place, wrong.item)
        self._wrong(where, key.name, message)

    def _unknown(self, name: str, may_be: Callable[[Key], bool]) -> str:
        plain = name.replace("_", "-")
        if plain in _OF_A_CALL:
            return translated("belongs on the command line only; take it out")
        if plain in ("tool", "vnclean"):
            return translated("keys stand at the top of vnclean.toml; take [{name}] out", name=name)
        if plain == OVERRIDES:
            return translated("there are none within [[overrides]]; write it as one of its own")
        near = nearest(plain, [key.name for key in KEYS.values() if may_be(key)])
        if near:
            return translated("no such key, did you mean {near}?", near=near)
        return translated("no such key; vnclean config show names all")

    def _check_words(self, found: Mapping[str, Entry]) -> None:
        """A word that is never changed cannot be one that always is."""
        if not {"words", "corrections"} <= found.keys():
            return
        corrected = dict(found["corrections"].value)
        for number, word in enumerate(found["words"].value):
            if word in corrected:
                message = translated(
                    "{word} is among the corrections too; take it out of one", word=shown(word)
                )
                self._wrong((*found["words"].places[0], number), "words", message)

    def _wrong(self, place: Place, key: str, message: str) -> None:
        self.mistakes.append(Mistake(place, about(key, message)))


def _short(value: object) -> str:
    """A wrong value, not too long."""
    text = shown(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
