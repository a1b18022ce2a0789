"""Brings the catalogues of messages up to date: python tools/translations.py

Finds every message in vnclean/, adds those that are new to each ``vnclean/locale/*/*/vnclean.po``,
empty, takes those out that are gone, and compiles it to the ``.mo`` beside it.  Names what is still
to be translated, and then exits with 1.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = ROOT / "vnclean"
#: What messages are given to, and which of the arguments they are if not the first.
_OF_PYTHON: Final = {"translated": None, "marked": None, "counted": (1, 2)}
_OF_SCRIPTS: Final = {"say": None, "counted": (2, 3)}
_OF_PAGES: Final = re.compile(r"\{\{(.+?)\}\}")
_WIDTH: Final = 100


def found() -> Catalog:
    """All messages of the program, each with the files that it is in."""
    catalogue = Catalog(project="vnclean", charset="utf-8")
    for name, message in messages():
        catalogue.add(message, locations=[(f"vnclean/{name}", 1)])
    return catalogue


def messages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """The files, and the messages in each; a pair if it is one for one thing, one for many."""
    for name, _, message, _, _ in extract_from_dir(
        PACKAGE, [("**.py", "python")], keywords=_OF_PYTHON
    ):
        yield name, message
    for name, _, message, _, _ in extract_from_dir(
        PACKAGE, [("**.js", "javascript")], keywords=_OF_SCRIPTS
    ):
        yield from ((name, one) for one in ([message] if isinstance(message, str) else message))
    for page in sorted(PACKAGE.rglob("*.html")):
        for message in _OF_PAGES.findall(page.read_text("utf-8")):
            yield str(page.relative_to(PACKAGE)), message


def catalogues() -> Iterator[Path]:
    """The catalogue of each language but English."""
    yield from sorted(PACKAGE.glob("locale/*/LC_MESSAGES/vnclean.po"))


def read(path: Path) -> Catalog:
    """A catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def brought_up_to_date(path: Path) -> list[str]:
    """Writes the catalogue anew, and what is compiled of it; returns what has no translation."""
    catalogue = read(path)
    comment = catalogue.header_comment
    catalogue.update(found(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.header_comment = comment
    with path.open("wb") as file:
        write_po(file, catalogue, width=_WIDTH, sort_by_file=True, include_lineno=False)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    return [str(message.id) for message in catalogue if message.id and not message.string]


if __name__ == "__main__":
    missing = {path: brought_up_to_date(path) for path in catalogues()}
    for path, messages in missing.items():
        for message in messages:
            print(f"{path.relative_to(ROOT)}: to be translated: {message!r}")
    sys.exit(1 if any(missing.values()) else 0)
