"""What the endpoints of budgeting take and return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator

from bulkhead.api import Absent, Field, Schema
from components.shared_kernel.currencies import known_currency
from components.shared_kernel.money import Money, fit_for_a_line

Id = Annotated[int, Field(ge=1, lt=2**63)]
Text = Annotated[
    str,
    Field(
        min_length=1,
        max_length=200,
        pattern=r"^[^\x00-\x1f]*\S[^\x00-\x1f]*$",
        examples=["Walls"],
    ),
]
Word = Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[\w./-]+$", examples=["330"])]
Amount = Annotated[
    Money,
    AfterValidator(fit_for_a_line),
    Field(examples=[{"amount": "250000.00", "currency": "EUR"}]),
]


class BudgetIn(Schema):
    """A budget to be opened."""

    currency: Annotated[str, AfterValidator(known_currency), Field(examples=["EUR"])]


class BudgetLineIn(Schema):
    """A line to be planned."""

    cost_code: Word
    title: Text
    planned: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionIn:
    """What a line is to plan from now on, or how it is to be called; the rest stays."""

    title: Text | Absent = Absent.ABSENT
    planned: Amount | Absent = Absent.ABSENT


class ShiftIn(Schema):
    """What one line gives to another."""

    amount: Amount
    source: Word
    target: Word


class BudgetLineOut(Schema):
    """What one part of the building may cost."""

    cost_code: str
    title: str
    planned: Money


class BudgetOut(Schema):
    """What a project may cost, part by part."""

    id: UUID
    project_id: int
    currency: str
    lines: list[BudgetLineOut]
    planned: Money
    version: int
