"""Invoices of an earlier system: taken over, and dropped again before another try."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from bulkhead.transactions import transactional
from components.contracting import public as contracting
from components.invoicing.db.models import ContractAccountRow, InvoiceRow
from components.invoicing.db.repositories import ContractAccountRepository, InvoiceRepository
from components.invoicing.domain.accounts import WorkNotAcceptedError
from components.invoicing.domain.past import PastInvoice, relived


@transactional
def take_over_invoices(*, contract_id: UUID, invoices: Sequence[PastInvoice]) -> None:
    """Store all past invoices of a contract or none, in the order in which they were submitted.

    Raise ContractNotFoundError where there is no such contract, and what the rules refuse.
    """
    contract = contracting.get_contract(contract_id=contract_id)
    is_closed = contract.status is contracting.ContractStatus.CLOSED
    accounts, repository = ContractAccountRepository(), InvoiceRepository()
    account = accounts.opened(contract_id, currency=contract.currency)
    for past in invoices:
        if past.retention_released_on is not None and not is_closed:
            raise WorkNotAcceptedError(past.number, contract=contract.number)
        repository.add(
            relived(
                past,
                account,
                contract_id=contract_id,
                retention_percent=contract.retention_percent,
            )
        )
    accounts.save(account)


@transactional
def drop_invoices(*, contract_ids: Collection[UUID]) -> None:
    """Remove all invoices under these contracts, and the contracts' accounts."""
    InvoiceRow.objects.filter(contract_id__in=contract_ids).delete()
    ContractAccountRow.objects.filter(contract_id__in=contract_ids).delete()
