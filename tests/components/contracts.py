"""Contracts to test with, made by the services of contracting."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count

from components.contracting.domain.contracts import Contract, LineItem
from components.contracting.service import contracts
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
    *items: LineItem, project_id: int = 1, cost_code: str = "330", currency: str = "EUR"
) -> Contract:
    """Store a draft with these line items, or with one of 1,000.00 EUR; 5 % are retained."""
    return contracts.draft_contract(
        number=f"C-{next(_numbers)}",
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
