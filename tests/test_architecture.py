"""docs/architecture.md and the code say the same: layers, and the names of modules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
#: Imports to the left, which the page gives reasons for.
EXCEPTIONS = {
    ("cleaner", "texts"),
    ("spelling.training.build", "documents.atomic"),
    ("unpacked", "documents.checksums"),
}


def layers() -> list[set[str]]:
    """As the page names them, the topmost first."""
    [line] = [line for line in PAGE.splitlines() if " → " in line and line.startswith("`cli`")]
    return [set(re.findall(r"`(\w+)`", layer)) for layer in line.split("→")]


@cache
def modules() -> dict[str, ast.Module]:
    """All, by their names without that of the package."""
    paths = sorted((ROOT / "vnclean").rglob("*.py"))
    names = [path.relative_to(ROOT / "vnclean").with_suffix("").parts for path in paths]
    return {
        ".".join(part for part in name if part != "__init__"): ast.parse(path.read_text("utf-8"))
        for name, path in zip(names, paths, strict=True)
    }


def imported(tree: ast.Module) -> Iterator[str]:
    """What a module imports of the package, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "vnclean":
            names = [f"vnclean.{alias.name}" for alias in node.names]
        else:
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (name[8:] for name in names if name.startswith("vnclean."))


def top(name: str) -> str:
    return name.partition(".")[0]


def test_every_module_is_in_a_layer() -> None:
    named = [name for layer in layers() for name in layer]
    assert sorted(named) == sorted({top(name) for name in modules() if name})


def test_imports_go_down_the_layers() -> None:
    rank = {name: number for number, layer in enumerate(layers()) for name in layer}
    upwards = {
        (module, name)
        for module, tree in modules().items()
        for name in imported(tree)
        if module and rank.get(top(name), len(rank)) < rank.get(top(module), -1)
    }
    assert upwards == EXCEPTIONS


def test_the_page_names_modules_that_exist() -> None:
    folders = "vnclean", "tests", "tools", "benchmarks"
    known = {f"/{path.relative_to(ROOT)}" for one in folders for path in (ROOT / one).rglob("*.py")}
    named = re.findall(r"[\w/]+\.py\b", PAGE)
    assert named
    assert [name for name in named if not any(one.endswith(f"/{name}") for one in known)] == []
