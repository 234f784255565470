"""Invoices to test with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from components.invoicing.domain.accounts import ContractAccount
from components.invoicing.domain.invoices import Deduction, DeductionKind, Invoice, InvoiceLine
from components.invoicing.service import invoices
from components.shared_kernel.money import Money

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def euro(amount: str | int) -> Money:
    return Money.of(amount, "EUR")


def line(price: str, quantity: str = "1", currency: str = "EUR") -> InvoiceLine:
    return InvoiceLine(
        description="Concrete C25/30",
        quantity=Decimal(quantity),
        unit="m³",
        unit_price=Money.of(price, currency),
    )


def deduction(
    amount: str, kind: DeductionKind = DeductionKind.DEFECT, currency: str = "EUR"
) -> Deduction:
    return Deduction(kind=kind, reason="Cracks in the slab", amount=Money.of(amount, currency))


def empty_account() -> ContractAccount:
    """Return the account of a contract that nobody has invoiced yet."""
    return ContractAccount(
        contract_id=uuid4(),
        currency="EUR",
        submitted=euro(0),
        approved=euro(0),
        paid=euro(0),
        retained=euro(0),
    )


def invoice(
    *,
    lines: Sequence[InvoiceLine] = (line("100"),),
    deductions: Sequence[Deduction] = (),
    retention_percent: Decimal = Decimal(5),
    issued_on: date = MAY,
    due_on: date = JUNE,
) -> Invoice:
    """Return a submitted invoice of 100.00 EUR, of which 5.00 are withheld, or another one."""
    return Invoice.submit(
        contract_id=uuid4(),
        number="R-1",
        currency="EUR",
        issued_on=issued_on,
        due_on=due_on,
        retention_percent=retention_percent,
        lines=lines,
        deductions=deductions,
    )


def submit_invoice(contract_id: UUID, price: str, *, number: str = "R-1") -> Invoice:
    """Store an invoice of one line against this contract."""
    return invoices.submit_invoice(
        contract_id=contract_id, number=number, issued_on=MAY, due_on=JUNE, lines=[line(price)]
    )


def reject_invoice(invoice_id: UUID, *, on: date = JUNE) -> None:
    invoices.reject_invoice(invoice_id=invoice_id, on=on, reason="Measured twice")
