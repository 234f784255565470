"""What the workshop's endpoints take."""

from __future__ import annotations

from decimal import Decimal

from bulkhead.api import Field, Schema
from tests.toolkit.api.workshop.domain.orders import OrderStatus, Price


class LineIn(Schema):
    part: str
    quantity: int = Field(gt=0)


class OrderIn(Schema):
    number: str = Field(alias="orderNumber")
    lines: list[LineIn]
    price: Price


class OrderOut(Schema):
    number: str = Field(alias="orderNumber", default="")
    total: Decimal = Decimal("0.00")
    status: OrderStatus = OrderStatus.OPEN
