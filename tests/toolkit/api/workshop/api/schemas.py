"""What the workshop's endpoints take."""

from __future__ import annotations

from decimal import Decimal

from pydantic import field_validator

from bulkhead.api import Field, Schema
from tests.toolkit.api.workshop.domain.orders import OrderStatus, Price


class LineIn(Schema):
    part: str
    quantity: int = Field(gt=0)

    @field_validator("part")
    @classmethod
    def _is_known(cls, part: str) -> str:
        if part == "flux capacitor":
            msg = "There is no such part."
            raise ValueError(msg)
        return part


class OrderIn(Schema):
    number: str = Field(alias="orderNumber")
    lines: list[LineIn]
    price: Price


class OrderOut(Schema):
    number: str = Field(alias="orderNumber", default="")
    total: Decimal = Decimal("0.00")
    status: OrderStatus = OrderStatus.OPEN
