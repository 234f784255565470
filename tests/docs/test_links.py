"""The pages that a reader sees first on GitHub name every other, and no link leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, REPOSITORY

_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
_NOT_LISTED = {"index.md", "template.md"}
FOLDERS = ("how-to", "reference", "explanation", "decisions")
PAGES = [
    REPOSITORY / "README.md",
    REPOSITORY / "CONTRIBUTING.md",
    REPOSITORY / "components" / "README.md",
    *sorted(DOCS.rglob("*.md")),
]


def links_of(page: Path) -> set[str]:
    return set(_LINK.findall(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", FOLDERS)
def test_an_index_lists_every_page_of_its_folder(name: str) -> None:
    folder = DOCS / name
    pages = {page.relative_to(folder).as_posix() for page in folder.rglob("*.md")}

    assert links_of(folder / "index.md") == pages - _NOT_LISTED


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_a_link_leads_to_what_there_is(page: Path) -> None:
    missing = [link for link in links_of(page) if not (page.parent / link).exists()]

    assert missing == []
