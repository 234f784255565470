"""What other components may ask of invoicing."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from bulkhead.exposed import exposed
from components.invoicing.domain.published import AccountInfo, InvoiceInfo, InvoiceStatus
from components.invoicing.service import accounts, invoices

__all__ = [
    "AccountInfo",
    "InvoiceInfo",
    "InvoiceStatus",
    "list_accounts",
    "list_invoices_of_contract",
]


@exposed
def list_invoices_of_contract(*, contract_id: UUID) -> list[InvoiceInfo]:
    """Return all invoices under a contract, the newest first."""
    return invoices.list_infos_of_contract(contract_id=contract_id)


@exposed
def list_accounts(*, contract_ids: Collection[UUID]) -> list[AccountInfo]:
    """Return the sums of many contracts at once; one that was never invoiced has none."""
    return accounts.list_infos(contract_ids=contract_ids)
