"""Contracts to test with, made by the services of contracting."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from uuid import UUID

from components.contracting.domain.contracts import Contract, LineItem
from components.contracting.service import change_orders, contracts
from components.shared_kernel.money import Money

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)

_numbers = count(1)


def item(price: str | int, quantity: str = "1", currency: str = "EUR") -> LineItem:
    return LineItem(
        description="Concrete C25/30",
        quantity=Decimal(quantity),
        unit="m³",
        unit_price=Money.of(price, currency),
    )


def draft_contract(
    *items: LineItem,
    number: str | None = None,
    project_id: int = 1,
    cost_code: str = "330",
    currency: str = "EUR",
) -> Contract:
    """Store a draft with these line items, or with one of 1,000.00 EUR; 5 % are retained."""
    return contracts.draft_contract(
        number=number or f"C-{next(_numbers)}",
        title="Shell",
        project_id=project_id,
        company_id=2,
        cost_code=cost_code,
        currency=currency,
        retention_percent=Decimal(5),
        line_items=items or (item(1000, currency=currency),),
    )


def sign_contract(
    price: str | int = 1000, *, project_id: int = 1, cost_code: str = "330", currency: str = "EUR"
) -> Contract:
    """Store a contract that is signed at this sum."""
    drafted = draft_contract(
        item(price, currency=currency),
        project_id=project_id,
        cost_code=cost_code,
        currency=currency,
    )
    return contracts.sign_contract(contract_id=drafted.id, on=MAY)


def close_contract(contract_id: UUID, *, on: date) -> None:
    contracts.close_contract(contract_id=contract_id, on=on)


def propose_change(
    contract_id: UUID, amount: str | int, *, reason: str = "Piles", on: date = MAY
) -> UUID:
    """Ask for a change of the sum, in EUR, and return the id of the change order."""
    contract = change_orders.propose_change_order(
        contract_id=contract_id, reason=reason, amount=Money.of(amount, "EUR"), on=on
    )
    return contract.change_orders[-1].id


def approve_change(change_order_id: UUID, *, on: date = MAY) -> None:
    change_orders.approve_change_order(change_order_id=change_order_id, on=on)
