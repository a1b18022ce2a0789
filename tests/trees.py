"""Small trees of files to be cleaned, and what became of them."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import Any

from command import run
from own_sentences import SOUND, damaged

from vnclean.orthography import residue


def make_tree(root: Path, files: int = 24, lines: int = 6) -> Path:
    """A tree of damaged texts, sound ones, and one file that is no text."""
    chance = random.Random(files)
    for number in range(files):
        folder = root / ["", "a", "a/b", "c"][number % 4]
        folder.mkdir(parents=True, exist_ok=True)
        share = 0.0 if number % 5 == 0 else 0.5
        text = "\n".join(
            damaged(chance.choice(SOUND), residue, share, number * lines + line)
            for line in range(lines * (1 + number % 3))
        )
        (folder / f"{number:04}.txt").write_text(text, "utf-8")
    (root / "c" / "image.dat").write_bytes(b"\0\1\2" * 1000)
    return root


def tree(root: Path) -> dict[str, bytes | None]:
    """Everything in a folder but what the run keeps for itself; folders are None."""
    return {
        str(path.relative_to(root)): None if path.is_dir() else path.read_bytes()
        for path in sorted(root.rglob("*"))
        if ".vnclean" not in path.relative_to(root).parts
    }


def strays(root: Path) -> list[Path]:
    """Temporary files."""
    return [path for path in root.rglob("*") if ".tmp" in path.name or path.name == "tmp"]


def clean(*args: str | Path, cwd: Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """``vnclean clean`` as it ends."""
    return run("clean", *args, cwd=cwd, **options)


def ledger(state: Path) -> list[dict[str, Any]]:
    """The lines of a manifest."""
    lines = (state / "manifest.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def begun(state: Path) -> int:
    """How many times a file was put into its place."""
    return sum("begun" in line for line in ledger(state))
