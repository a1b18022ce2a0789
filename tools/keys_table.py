"""The tables of all keys in ``docs/configuration.md``, from the table of keys."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from vnclean.settings.keys import KEYS, Key
from vnclean.settings.types import shown

_PLACE: Final = re.compile(r"(<!-- keys: .*? -->\n).*(<!-- end of keys -->)", re.S)
_HEAD: Final = "| key | for example | if not set | what for |\n|---|---|---|---|\n"


def configuration(page: Path) -> str:
    """The page with its tables as they are to be."""
    of_documents = "".join(_row(key) for key in KEYS.values() if not key.of_run)
    of_runs = "".join(_row(key) for key in KEYS.values() if key.of_run)
    tables = (
        f"\nFor each document; may stand in `[[overrides]]`, too:\n\n{_HEAD}{of_documents}"
        f"\nFor a whole run, from the file for all that it names:\n\n{_HEAD}{of_runs}\n"
    )
    return _PLACE.sub(lambda found: found[1] + tables + found[2], page.read_text("utf-8"))


def _row(key: Key) -> str:
    is_table = isinstance(key.type.instead, dict)
    default = key.otherwise or f"`{shown({} if is_table else key.default)}`"
    about = [key.help]
    if key.option is None:
        about.append("no option")
    if key.adds:
        about.append("adds up")
    cells = f"`{key.name}`", f"`{shown(key.type.instead)}`", default, "; ".join(about)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
