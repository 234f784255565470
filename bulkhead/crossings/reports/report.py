"""All that a report can tell of one check."""

from __future__ import annotations

from dataclasses import dataclass

from bulkhead.crossings.accepting import Change
from bulkhead.crossings.review import Review
from bulkhead.crossings.sizes import Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found, how large everything is, and what was written."""

    review: Review
    sizes: tuple[Size, ...] = ()
    written: tuple[Change, ...] = ()
    """The files of the ledger that were changed."""

    notes: tuple[str, ...] = ()
    """What a reader should know of how it was found."""

    list_unresolved: bool = False
    list_all: bool = False


def printable(text: str) -> str:
    """Return a text with everything that would move a terminal's cursor written out."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)
