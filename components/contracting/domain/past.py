"""Contracts as an earlier system knew them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from components.contracting.domain.contracts import Contract, LineItem
from components.shared_kernel.money import Money


class UndatedApprovalError(Exception):
    """A change order was approved in an earlier system, which does not say when."""

    def __init__(self, contract: str, number: int) -> None:
        super().__init__(
            f"Change order {number} of contract {contract} is approved, and nobody says when. "
            f"Give the day of the decision."
        )
        self.contract = contract
        self.number = number


@dataclass(frozen=True, slots=True, kw_only=True)
class PastChange:
    """A change order, and what became of it."""

    id: UUID
    reason: str
    amount: Money
    proposed_on: date
    decided_on: date | None = None
    """None while nobody has decided."""
    is_approved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PastContract:
    """A signed contract with all that happened to it, which keeps its id."""

    id: UUID
    number: str
    title: str
    project_id: int
    company_id: int
    cost_code: str
    currency: str
    retention_percent: Decimal
    line_items: tuple[LineItem, ...]
    signed_on: date
    changes: tuple[PastChange, ...] = ()
    closed_on: date | None = None


def relived(past: PastContract) -> Contract:
    """Return the contract, led through its past under today's rules."""
    contract = Contract.draft(
        number=past.number,
        title=past.title,
        project_id=past.project_id,
        company_id=past.company_id,
        cost_code=past.cost_code,
        currency=past.currency,
        retention_percent=past.retention_percent,
    )
    contract.id = past.id
    for item in past.line_items:
        contract.add_line_item(item)
    contract.sign(on=past.signed_on)
    for change in past.changes:
        _relive_change(contract, change)
    if past.closed_on is not None:
        contract.close(on=past.closed_on)
    return contract


def _relive_change(contract: Contract, change: PastChange) -> None:
    order = contract.propose_change(
        reason=change.reason, amount=change.amount, on=change.proposed_on
    )
    order.id = change.id
    if change.decided_on is None:
        if change.is_approved:
            raise UndatedApprovalError(contract.number, order.number)
        return
    decide = contract.approve_change if change.is_approved else contract.reject_change
    decide(change.id, on=change.decided_on)
