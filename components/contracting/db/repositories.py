"""Contracts as aggregates."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from bulkhead.repositories import (
    AggregateNotFoundError,
    Repository,
    children,
    composite,
    finder,
)
from components.contracting.db.models import ChangeOrderRow, ContractRow, LineItemRow
from components.contracting.domain.change_orders import ChangeOrder
from components.contracting.domain.contracts import Contract, LineItem
from components.shared_kernel.money import Money


class ContractNotFoundError(AggregateNotFoundError):
    """No contract has this id."""


class ChangeOrderNotFoundError(AggregateNotFoundError):
    """No change order has this id."""


class ContractRepository(Repository[Contract, ContractRow]):
    """Contracts with their line items and change orders."""

    not_found = ContractNotFoundError

    agreed_sum = composite(Money, amount="agreed_sum", currency="currency")
    line_items = children(
        LineItem,
        LineItemRow,
        order_by="position",
        unit_price=composite(Money, amount="unit_price", currency="currency"),
    )
    change_orders = children(
        ChangeOrder,
        ChangeOrderRow,
        order_by="number",
        amount=composite(Money, amount="amount", currency="currency"),
    )

    @finder
    def numbered(self, *, number: str) -> Q:
        """Find the contract of this number, if there is one."""
        return Q(number=number)

    @finder
    def with_change_order(self, *, change_order_id: UUID) -> Q:
        """Find the contract that this change order belongs to."""
        return Q(change_orders=change_order_id)
