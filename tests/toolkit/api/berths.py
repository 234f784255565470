"""What the tests of the exported document describe: enums, defaults, examples."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Annotated

from django.db.models import TextChoices

from bulkhead.api import Field, Schema


class State(Enum):
    """How far a berth is."""

    OPEN = "open"
    """Anybody may moor."""
    SHUT = "shut"


class Side(TextChoices):
    PORT = "p", "To the left"
    STARBOARD = "s", "To the right"


class Size(IntEnum):
    SMALL = 1
    LARGE = 2


class BerthIn(Schema):
    """A berth to be built."""

    code: Annotated[str, Field(pattern=r"^[\w-]+$", max_length=5)]
    """What is painted on it."""
    rope: Annotated[str, Field(pattern=r"^\d{3}-\d{3}$", examples=["123-456"])]
    plate: Annotated[str, Field(pattern="^[A-Z]{9}$")]
    width: Annotated[Decimal, Field(gt=0, le=9, max_digits=3, decimal_places=2)]
    state: State = State.OPEN
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BerthOut:
    code: str
    width: Decimal
    pier: str | None
    state: State = State.OPEN
    side: Side = Side.PORT
    size: Size = Size.SMALL
    note: str | None = None
    """What the harbour master wrote."""


@dataclass(frozen=True, slots=True)
class Mooring:
    berth: BerthOut
