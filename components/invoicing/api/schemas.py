"""What the endpoints of invoicing take and return."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, model_validator

from bulkhead.api import Field, Schema
from components.invoicing.domain.invoices import (
    Deduction,
    DeductionKind,
    InvoiceLine,
    InvoiceStatus,
)
from components.shared_kernel.money import Money, fit_for_a_line

Text = Annotated[
    str,
    Field(
        min_length=1,
        max_length=200,
        pattern=r"^[^\x00-\x1f]*\S[^\x00-\x1f]*$",
        examples=["Walls of the ground floor"],
    ),
]
Word = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[\w./-]+$", examples=["R-117"])]
Amount = Annotated[
    Money,
    AfterValidator(fit_for_a_line),
    Field(examples=[{"amount": "148.50", "currency": "EUR"}]),
]


class InvoiceFilters(Schema):
    """Which invoices to list; all where nothing is said."""

    contract_id: UUID | None = None
    status: list[InvoiceStatus] = []
    issued_from: date | None = None
    issued_to: date | None = None
    due_to: date | None = None
    number: Annotated[str | None, Field(max_length=40, description="A part of the number.")] = None


class InvoiceLineIn(Schema):
    """Work that was done, at the price that was agreed."""

    description: Text
    quantity: Annotated[Decimal, Field(gt=0, max_digits=9, decimal_places=3)]
    unit: Annotated[
        str, Field(min_length=1, max_length=10, pattern=r"^[^\x00-\x1f]+$", examples=["m²"])
    ]
    unit_price: Amount

    @model_validator(mode="after")
    def _is_fit_for_a_line(self) -> InvoiceLineIn:
        fit_for_a_line(self.line().amount)
        return self

    def line(self) -> InvoiceLine:
        """Return it as the domain has it."""
        return InvoiceLine(
            description=self.description,
            quantity=self.quantity,
            unit=self.unit,
            unit_price=self.unit_price,
        )


class DeductionIn(Schema):
    """A sum to be taken off an invoice."""

    kind: DeductionKind
    reason: Text
    amount: Amount

    def deduction(self) -> Deduction:
        """Return it as the domain has it."""
        return Deduction(kind=self.kind, reason=self.reason, amount=self.amount)


class ClaimIn(Schema):
    """What an invoice claims, in the currency of its contract."""

    number: Word
    issued_on: date
    due_on: date
    lines: Annotated[list[InvoiceLineIn], Field(min_length=1, max_length=200)]
    deductions: Annotated[list[DeductionIn], Field(max_length=50)] = []


class InvoiceIn(ClaimIn):
    """An invoice to be submitted."""

    contract_id: UUID


class RejectionIn(Schema):
    """Why an invoice is sent back."""

    reason: Text


class InvoiceLineOut(Schema):
    """Work that was done, at the price that was agreed."""

    description: str
    quantity: Decimal
    unit: str
    unit_price: Money
    amount: Money


class DeductionOut(Schema):
    """A sum that is taken off an invoice."""

    kind: DeductionKind
    reason: str
    amount: Money


class InvoiceOut(Schema):
    """An invoice with its parts."""

    id: UUID
    contract_id: UUID
    number: str
    status: InvoiceStatus
    issued_on: date
    due_on: date
    lines: list[InvoiceLineOut]
    deductions: list[DeductionOut]
    gross: Money
    deducted: Money
    total: Money
    retention_percent: Decimal
    retention: Money
    payable: Money
    decided_on: date | None
    rejection_reason: str
    paid_on: date | None
    retention_released_on: date | None
    version: int
