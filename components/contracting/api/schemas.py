"""What the endpoints of contracting take and return."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, model_validator

from bulkhead.api import Field, Schema
from components.contracting.domain.change_orders import ChangeOrderStatus
from components.contracting.domain.contracts import ContractStatus, LineItem
from components.shared_kernel.currencies import known_currency
from components.shared_kernel.money import Money, fit_for_a_line

Id = Annotated[int, Field(ge=1, lt=2**63)]
Text = Annotated[
    str,
    Field(
        min_length=1,
        max_length=200,
        pattern=r"^[^\x00-\x1f]*\S[^\x00-\x1f]*$",
        examples=["Walls of the ground floor"],
    ),
]
Word = Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[\w./-]+$", examples=["330"])]
Amount = Annotated[
    Money,
    AfterValidator(fit_for_a_line),
    Field(examples=[{"amount": "148.50", "currency": "EUR"}]),
]


class ContractFilters(Schema):
    """Which contracts to list; all where nothing is said."""

    project_id: Id | None = None
    company_id: Id | None = None
    status: list[ContractStatus] = []
    text: Annotated[
        str | None, Field(max_length=200, description="A part of the number or the title.")
    ] = None


class LineItemIn(Schema):
    """A piece of work at a price, in the currency of its contract."""

    description: Text
    quantity: Annotated[Decimal, Field(gt=0, max_digits=9, decimal_places=3)]
    unit: Annotated[
        str, Field(min_length=1, max_length=10, pattern=r"^[^\x00-\x1f]+$", examples=["m²"])
    ]
    unit_price: Amount

    @model_validator(mode="after")
    def _is_fit_for_a_line(self) -> LineItemIn:
        fit_for_a_line(self.item().amount)
        return self

    def item(self) -> LineItem:
        """Return it as the domain has it."""
        return LineItem(
            description=self.description,
            quantity=self.quantity,
            unit=self.unit,
            unit_price=self.unit_price,
        )


class ContractIn(Schema):
    """A contract to be drafted."""

    number: Annotated[Word, Field(examples=["C-0330"])]
    title: Text
    project_id: Id
    company_id: Id
    cost_code: Word
    currency: Annotated[str, AfterValidator(known_currency), Field(examples=["EUR"])]
    retention_percent: Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
    line_items: Annotated[list[LineItemIn], Field(max_length=200)] = []


class ChangeOrderIn(Schema):
    """A change of the agreed sum to be proposed, up or down."""

    reason: Text
    amount: Amount


class LineItemOut(Schema):
    """A piece of work at a price."""

    description: str
    quantity: Decimal
    unit: str
    unit_price: Money
    amount: Money


class ChangeOrderOut(Schema):
    """More work, or less, than the line items say."""

    id: UUID
    number: int
    reason: str
    amount: Money
    status: ChangeOrderStatus
    proposed_on: date
    decided_on: date | None


class ContractOut(Schema):
    """A contract with its parts."""

    id: UUID
    number: str
    title: str
    project_id: int
    company_id: int
    cost_code: str
    currency: str
    status: ContractStatus
    agreed_sum: Money
    retention_percent: Decimal
    signed_on: date | None
    closed_on: date | None
    line_items: list[LineItemOut]
    change_orders: list[ChangeOrderOut]
    version: int
