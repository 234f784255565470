"""Invoices as an earlier system knew them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from components.invoicing.domain.accounts import ContractAccount
from components.invoicing.domain.invoices import Deduction, Invoice, InvoiceLine
from components.shared_kernel.money import Money


class UndatedRejectionError(Exception):
    """An invoice was rejected in an earlier system, which does not say when."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"Invoice {number} is rejected, and nobody says when. Give the day of the decision."
        )
        self.number = number


@dataclass(frozen=True, slots=True, kw_only=True)
class PastInvoice:
    """An invoice with all that happened to it, which keeps its id."""

    id: UUID
    number: str
    issued_on: date
    due_on: date
    lines: tuple[InvoiceLine, ...]
    deductions: tuple[Deduction, ...] = ()
    allowed: Money
    """What its contract was agreed at when it was submitted."""
    decided_on: date | None = None
    """None while nobody has decided."""
    rejection_reason: str = ""
    """Empty where it was approved."""
    paid_on: date | None = None
    retention_released_on: date | None = None


def relived(
    past: PastInvoice, account: ContractAccount, *, contract_id: UUID, retention_percent: Decimal
) -> Invoice:
    """Return the invoice, led through its past under today's rules, and counted in its account."""
    invoice = Invoice.submit(
        contract_id=contract_id,
        number=past.number,
        currency=account.currency,
        issued_on=past.issued_on,
        due_on=past.due_on,
        retention_percent=retention_percent,
        lines=past.lines,
        deductions=past.deductions,
    )
    invoice.id = past.id
    account.submit(invoice, allowed=past.allowed)
    if past.decided_on is not None:
        _decide(past, invoice, account, on=past.decided_on)
    elif past.rejection_reason:
        raise UndatedRejectionError(past.number)
    _settle(past, invoice, account)
    return invoice


def _decide(past: PastInvoice, invoice: Invoice, account: ContractAccount, *, on: date) -> None:
    if past.rejection_reason:
        invoice.reject(on=on, reason=past.rejection_reason)
        account.reject(invoice)
    else:
        invoice.approve(on=on)
        account.approve(invoice)


def _settle(past: PastInvoice, invoice: Invoice, account: ContractAccount) -> None:
    if past.paid_on is not None:
        invoice.pay(on=past.paid_on)
        account.pay(invoice)
    if past.retention_released_on is not None:
        invoice.release_retention(on=past.retention_released_on)
        account.release_retention(invoice)
