"""Sessions of the README and other pages: commands after ``$``, and what they show.

python tests/readme_sessions.py      writes what the installed commands show now into the pages
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
README: Final = ROOT / "README.md"
#: All with sessions, which are ``console`` blocks.
PAGES: Final = (
    README,
    *(ROOT / "docs" / f"{name}.md" for name in ("archives", "reports", "words")),
)
_BLOCK: Final = re.compile(r"^```console\n(.*?)^```", re.M | re.S)


class Session:
    """A folder with the examples in it, where commands run as in a terminal of 80 columns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        shutil.copytree(ROOT / "examples", folder / "examples")
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self._environment = {**os.environ, "PATH": path, "COLUMNS": "80", "VNCLEAN_LANG": "en"}

    def run(self, command: str) -> str:
        """What the command shows, stdout and stderr together."""
        done = subprocess.run(
            ["sh", "-c", f"exec 2>&1; {command}"],
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
        # Blank columns at the end of a table's line would not survive an editor.
        return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def sessions(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a page and what the page says it shows.

    >>> list(sessions("```console\\n$ one\\n1\\n$ two\\n```\\n"))
    [('one', '1\\n'), ('two', '')]
    """
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


def refreshed(text: str, session: Session) -> str:
    """The page with what its commands show now."""

    def block(match: re.Match[str]) -> str:
        parts = (f"$ {command}\n{session.run(command)}" for command, _ in sessions(match[0]))
        return "```console\n" + "".join(parts) + "```"

    return _BLOCK.sub(block, text)


if __name__ == "__main__":
    for page in PAGES:
        with tempfile.TemporaryDirectory() as scratch:
            page.write_text(refreshed(page.read_text("utf-8"), Session(Path(scratch))), "utf-8")
