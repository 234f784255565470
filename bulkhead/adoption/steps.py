"""What to type next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A command that one would run next, and why."""

    command: str
    reason: str
