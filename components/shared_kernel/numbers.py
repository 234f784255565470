"""Numbers without a unit, as a person reads them."""

from __future__ import annotations

from decimal import Decimal


def readable(number: Decimal) -> str:
    """Return 6,724.5 for what is stored as 6724.500: without the zeros that say nothing."""
    return f"{number.normalize():,f}"
