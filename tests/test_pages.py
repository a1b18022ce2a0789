"""The pages of the repository: what they link to is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    page for below in ("", "[!.]*/", "[!.]*/[!.]*/") for page in ROOT.glob(f"{below}*.md")
)


def tokens(page: Path) -> list[Token]:
    return MarkdownIt().parse(page.read_text("utf-8"))


def links(page: Path) -> Iterator[str]:
    """What the page links to or shows, but for other sites."""
    for token in tokens(page):
        for part in token.children or ():
            target = part.attrGet("href") or part.attrGet("src")
            if target and not re.match(r"\w+:", str(target)):
                yield unquote(str(target))


def anchors(page: Path) -> set[str]:
    """The names that GitHub gives the headings of a page."""
    found = tokens(page)
    texts = [
        "".join(part.content for part in text.children or ())
        for heading, text in pairwise(found)
        if heading.type == "heading_open"
    ]
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in texts}


def dead(page: Path) -> list[str]:
    """The links of a page that lead nowhere."""
    found = []
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        is_there = target.exists()
        if is_there and anchor:
            is_there = anchor in anchors(target)
        if not is_there:
            found.append(link)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert dead(page) == []


def test_dead_links_are_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# A title, `too`\n[a](#a-title-too) [b](#none) [c](page.md#a-title-too) [d](none.md) "
        "![e](e.png) [f](https://example.org/) `[g](g.md)`\n",
        "utf-8",
    )
    assert dead(page) == ["#none", "none.md", "e.png"]
