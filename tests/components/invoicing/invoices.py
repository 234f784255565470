"""Invoices to test with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import uuid4

from components.invoicing.domain.invoices import Deduction, DeductionKind, Invoice, InvoiceLine
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
