"""HTML from plain text: whatever is put in comes out as text."""

from __future__ import annotations

from html import escape
from typing import NewType, TypeAlias

Markup = NewType("Markup", str)
"""What is HTML already."""

Attribute: TypeAlias = str | int | bool
_EMPTY = frozenset({"input", "meta", "path", "rect", "use"})


def element(name: str, /, *content: Markup, **attributes: Attribute) -> Markup:
    """Return an element; `class_` and `for_` are written with an underscore, `-` as one.

    A true attribute stands without a value, a false one is left out.
    """
    opened = f"<{name}{''.join(map(_attribute, attributes.items()))}>"
    if name in _EMPTY and not content:
        return Markup(opened if name in {"input", "meta"} else f"{opened[:-1]}/>")
    return Markup(f"{opened}{''.join(content)}</{name}>")


def text(content: object) -> Markup:
    """Return a name, a sentence or a number as text."""
    shown = f"{content:,}" if isinstance(content, int) else str(content)
    return Markup(escape(shown, quote=False))


def _attribute(item: tuple[str, Attribute]) -> str:
    name, value = item
    if value is False:
        return ""
    shown = name.rstrip("_").replace("_", "-")
    return f" {shown}" if value is True else f' {shown}="{escape(str(value))}"'
