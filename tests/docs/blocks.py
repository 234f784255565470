"""The fenced blocks of a page of the docs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sybil import Document
from sybil.parsers.markdown.lexers import FencedCodeBlockLexer
from sybil.parsers.myst.lexers import DirectiveLexer

REPOSITORY = Path(__file__).resolve().parents[2]
DOCS = REPOSITORY / "docs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A `code-block`: its language, its caption, and what stands in it."""

    language: str
    caption: str
    text: str
    line: int


def blocks_of(page: Path) -> Iterator[Block]:
    """Return the blocks of a page, in order."""
    document = Document(page.read_text(encoding="utf-8"), str(page))
    for region in DirectiveLexer("code-block")(document):
        yield Block(
            language=region.lexemes["arguments"],
            caption=region.lexemes["options"].get("caption", ""),
            text=region.lexemes["source"].removeprefix("\n"),
            line=document.text.count("\n", 0, region.start) + 1,
        )


def fences_of(page: Path, language: str) -> Iterator[str]:
    """Return what stands in the plain fences of a page that are marked with a language."""
    document = Document(page.read_text(encoding="utf-8"), str(page))
    for region in FencedCodeBlockLexer(re.escape(language))(document):
        yield region.lexemes["source"]
