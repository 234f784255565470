"""What other components may ask of invoicing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from bulkhead.exposed import exposed
from components.invoicing.domain.invoices import (
    Deduction,
    DeductionKind,
    InvoiceLine,
    InvoiceStatus,
)
from components.invoicing.domain.past import PastInvoice
from components.invoicing.domain.published import AccountInfo, InvoiceInfo
from components.invoicing.service import accounts, invoices, takeovers

__all__ = [
    "AccountInfo",
    "Deduction",
    "DeductionKind",
    "InvoiceInfo",
    "InvoiceLine",
    "InvoiceStatus",
    "PastInvoice",
    "drop_invoices",
    "list_accounts",
    "list_invoices_of_contract",
    "take_over_invoices",
]


@exposed
def list_invoices_of_contract(*, contract_id: UUID) -> list[InvoiceInfo]:
    """Return all invoices under a contract, the newest first."""
    return invoices.list_infos_of_contract(contract_id=contract_id)


@exposed
def list_accounts(*, contract_ids: Collection[UUID]) -> list[AccountInfo]:
    """Return the sums of many contracts at once; one that was never invoiced has none."""
    return accounts.list_infos(contract_ids=contract_ids)


@exposed
def take_over_invoices(*, contract_id: UUID, invoices: Sequence[PastInvoice]) -> None:
    """Store the invoices that an earlier system had under a contract, all of them or none."""
    takeovers.take_over_invoices(contract_id=contract_id, invoices=invoices)


@exposed
def drop_invoices(*, contract_ids: Collection[UUID]) -> None:
    """Remove all invoices under these contracts, and the contracts' accounts."""
    takeovers.drop_invoices(contract_ids=contract_ids)
