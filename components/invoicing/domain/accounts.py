"""What has been claimed under a contract: the guard of the rule that it is never too much."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from components.invoicing.domain.invoices import Invoice
from components.shared_kernel.money import Money


class AboveContractError(Exception):
    """An invoice claims more than its contract has left."""

    def __init__(self, number: str, total: Money, *, allowed: Money, claimed: Money) -> None:
        left = allowed - claimed
        super().__init__(
            f"Invoice {number} claims {total}, but of the {allowed} agreed only {left} is left. "
            f"Lower the invoice, or have a change order approved first."
        )
        self.number = number
        self.total = total
        self.allowed = allowed
        self.claimed = claimed
        self.left = left


class ContractNotOpenError(Exception):
    """An invoice was submitted under a contract that is not signed, or is closed."""

    def __init__(self, contract: str, status: str) -> None:
        super().__init__(f"Contract {contract} is {status}; invoices need a signed one.")
        self.contract = contract
        self.status = status


class WorkNotAcceptedError(Exception):
    """A retention was to be released while its contract is still open."""

    def __init__(self, number: str, *, contract: str) -> None:
        super().__init__(
            f"The retention of invoice {number} is withheld until contract {contract} is closed."
        )
        self.number = number
        self.contract = contract


@dataclass(slots=True, kw_only=True)
class ContractAccount:
    """The running sums of all invoices under one contract.

    Every change of an invoice passes through here, so that of two at once one waits or is stale.
    """

    contract_id: UUID
    currency: str
    submitted: Money
    """The totals that wait to be decided."""
    approved: Money
    """The totals that were accepted, paid ones included."""
    paid: Money
    """What has left the bank."""
    retained: Money
    """What is withheld of the paid invoices."""
    version: int = 0

    @property
    def claimed(self) -> Money:
        """What counts against the contract."""
        return self.submitted + self.approved

    def submit(self, invoice: Invoice, *, allowed: Money) -> None:
        """Count a new invoice, where the contract has room for all of it."""
        self.correct(invoice, before=Money.zero(self.currency), allowed=allowed)

    def correct(self, invoice: Invoice, *, before: Money, allowed: Money) -> None:
        """Count what an invoice claims now, instead of the total that it had before."""
        claimed = self.claimed - before
        if claimed + invoice.total > allowed:
            raise AboveContractError(
                invoice.number, invoice.total, allowed=allowed, claimed=claimed
            )
        self.submitted += invoice.total - before

    def withdraw(self, invoice: Invoice) -> None:
        """Give back the room that an invoice took."""
        self.submitted -= invoice.total

    def approve(self, invoice: Invoice) -> None:
        """Move an invoice from the undecided to the accepted."""
        self.submitted -= invoice.total
        self.approved += invoice.total

    def reject(self, invoice: Invoice) -> None:
        """Give back the room that an invoice took."""
        self.submitted -= invoice.total

    def pay(self, invoice: Invoice) -> None:
        """Pay out all but the retention."""
        self.paid += invoice.payable
        self.retained += invoice.retention

    def release_retention(self, invoice: Invoice) -> None:
        """Pay out the retention too."""
        self.paid += invoice.retention
        self.retained -= invoice.retention
