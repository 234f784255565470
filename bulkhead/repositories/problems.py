"""What is wrong with a declaration, as a check reports it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that does not fit, with the id of its check."""

    id: str
    message: str
    hint: str
