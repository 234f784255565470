"""Numbers and names in sentences."""

from __future__ import annotations

from collections.abc import Sequence


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return `1 line`, `2 lines`, `1,200 lines`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def some(names: Sequence[str], most: int) -> str:
    """Return the names, and past so many how many more there are."""
    if len(names) <= most + 1:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most:,} more"


def printable(name: str) -> str:
    """Return a name with everything that would move a terminal's cursor written out."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in name)
