"""Tables, the long ones folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulkhead.adoption.html.elements import Markup, element, text
from bulkhead.adoption.words import counted

ROWS = 20
"""Longer tables are folded after so many rows."""


def folded(
    caption: str, heads: Sequence[str], rows: Sequence[Markup], noun: str, most: int = ROWS
) -> Iterator[Markup]:
    """Yield a table, and what is too long for it folded away."""
    if most:
        yield _table(caption, heads, rows[:most])
    if rest := rows[most:]:
        words = counted(len(rest), f"more {noun}" if most else noun)
        yield element(
            "details",
            element("summary", text(words)),
            _table(f"{caption}, continued" if most else caption, heads, rest),
            class_="more",
        )


def _table(caption: str, heads: Sequence[str], rows: Sequence[Markup]) -> Markup:
    return element(
        "div",
        element(
            "table",
            element("caption", text(caption)),
            element(
                "thead",
                element("tr", *(element("th", text(one or "#"), scope="col") for one in heads)),
            ),
            element("tbody", *rows),
        ),
        class_="scroll",
        role="region",
        tabindex="0",
        aria_label=caption,
    )
