"""Aggregates of every shape that a repository can store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any

from tests.toolkit.yard.stock.domain.pallets import Price


class Urgency(IntEnum):
    LOW = 1
    HIGH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A composite with a composite in it."""

    material: str
    size: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A frozen part of a part, with a key that the database makes."""

    id: int | None = None
    code: str


@dataclass(slots=True, kw_only=True)
class Parcel:
    """A mutable part with a key that the database makes."""

    id: int | None = None
    name: str
    seals: list[Seal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stop:
    """A part without identity, made by position."""

    town: str
    at: date | None = None


@dataclass(kw_only=True)
class Sent:
    """What a shipment inherits."""

    id: int | None = None
    sent_on: date | None = None
    checked: bool = field(init=False, default=False)


@dataclass(kw_only=True)
class Shipment(Sent):
    fee: Price
    insured: Price | None = None
    """In the currency of the fee."""
    urgency: Urgency | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    kilograms: Decimal = Decimal(0)
    """Stored in grams."""
    box: Box | None = None
    parcels: list[Parcel] = field(default_factory=list)
    stops: tuple[Stop, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class TicketId:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A frozen aggregate whose key is a value object, and whose version no caller gives."""

    id: TicketId
    holder: str
    version: int = field(init=False, default=0)
