"""What other components get to see of invoices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from components.invoicing.domain.invoices import InvoiceStatus
from components.shared_kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceInfo:
    """An invoice as it stands now."""

    id: UUID
    contract_id: UUID
    number: str
    status: InvoiceStatus
    issued_on: date
    due_on: date
    paid_on: date | None
    retention_released_on: date | None
    total: Money
    retention: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInfo:
    """What has been claimed, and paid, under a contract."""

    contract_id: UUID
    submitted: Money
    approved: Money
    paid: Money
    retained: Money

    @property
    def claimed(self) -> Money:
        """What counts against the contract."""
        return self.submitted + self.approved
