"""Brings the catalogues of messages up to date: python tools/translations.py

Finds every message in vnclean/, adds those that are new to each ``vnclean/locale/*/*/vnclean.po``,
empty, takes those out that are gone, and compiles it to the ``.mo`` beside it.  Says what is still
to be translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = ROOT / "vnclean"
#: What messages are given to, and which arguments they are.
_KEYWORDS: Final = {"translated": None, "marked": None, "counted": (1, 2)}
_WIDTH: Final = 100


def found() -> Catalog:
    """All messages of the program, each with the modules that it is in."""
    catalogue = Catalog(project="vnclean", charset="utf-8")
    methods = [("**.py", "python")]
    for name, _, message, _, _ in extract_from_dir(PACKAGE, methods, keywords=_KEYWORDS):
        catalogue.add(message, locations=[(f"vnclean/{name}", 1)])
    return catalogue


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
    catalogue.update(found(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    with path.open("wb") as file:
        write_po(
            file, catalogue, width=_WIDTH, sort_by_file=True, include_lineno=False, omit_header=False
        )
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    return [str(message.id) for message in catalogue if message.id and not message.string]


if __name__ == "__main__":
    for one in catalogues():
        missing = brought_up_to_date(one)
        print(f"{one.relative_to(ROOT)}: {len(missing)} messages to be translated")
        for text in missing:
            print(f"  {text!r}")
