"""Invoices and contract accounts as aggregates."""

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
from components.invoicing.db.models import (
    ContractAccountRow,
    DeductionRow,
    InvoiceLineRow,
    InvoiceRow,
)
from components.invoicing.domain.accounts import ContractAccount
from components.invoicing.domain.invoices import Deduction, Invoice, InvoiceLine
from components.shared_kernel.money import Money


class InvoiceNotFoundError(AggregateNotFoundError):
    """No invoice has this id."""


class InvoiceRepository(Repository[Invoice, InvoiceRow]):
    """Invoices with their lines and deductions."""

    not_found = InvoiceNotFoundError

    total = composite(Money, amount="total", currency="currency")
    retention = composite(Money, amount="retention", currency="currency")
    lines = children(
        InvoiceLine,
        InvoiceLineRow,
        order_by="position",
        unit_price=composite(Money, amount="unit_price", currency="currency"),
    )
    deductions = children(
        Deduction,
        DeductionRow,
        order_by="position",
        amount=composite(Money, amount="amount", currency="currency"),
    )

    @finder
    def numbered(self, *, contract_id: UUID, number: str) -> Q:
        """Find the invoice of this number under a contract, if there is one."""
        return Q(contract_id=contract_id, number=number)


class ContractAccountRepository(Repository[ContractAccount, ContractAccountRow]):
    """One account for each contract that has been invoiced."""

    submitted = composite(Money, amount="submitted", currency="currency")
    approved = composite(Money, amount="approved", currency="currency")
    paid = composite(Money, amount="paid", currency="currency")
    retained = composite(Money, amount="retained", currency="currency")

    def opened(self, contract_id: UUID, *, currency: str) -> ContractAccount:
        """Return the account, locked; of several who open it at once, one makes the row."""
        if self.find(contract_id) is None:
            ContractAccountRow.objects.bulk_create(
                [_empty_row(contract_id, currency)], ignore_conflicts=True
            )
        return self.get(contract_id, lock=True)


def _empty_row(contract_id: UUID, currency: str) -> ContractAccountRow:
    return ContractAccountRow(
        contract_id=contract_id, currency=currency, submitted=0, approved=0, paid=0, retained=0
    )
