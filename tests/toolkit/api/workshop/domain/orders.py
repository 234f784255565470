"""Repair orders, and the rules that refuse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum


class OrderStatus(Enum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    amount: Decimal
    currency: str


@dataclass(slots=True, kw_only=True)
class Order:
    id: int
    number: str
    status: OrderStatus
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderInfo:
    id: int
    number: str
    status: OrderStatus
    price: Price
    opened_at: datetime


class OrderClosedError(Exception):
    def __init__(self, order: Order) -> None:
        super().__init__(f"Order {order.number} is closed.")
        self.number = order.number
        self.status = order.status
        self.order = order
        self._clerk = "nobody's business"


class NoRoomError(ValueError):
    pass
