"""An invoice: added up, decided, paid, its retention released once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from components.invoicing.domain.invoice_errors import (
    DeductionNotPositiveError,
    DueBeforeIssuedError,
    EmptyInvoiceError,
    ForeignCurrencyError,
    NoReasonError,
    NothingToPayError,
    RetentionReleasedError,
    WrongInvoiceStatusError,
)
from components.invoicing.domain.invoices import DeductionKind, Invoice, InvoiceStatus
from tests.components.invoices import JULY, JUNE, MAY, deduction, euro, invoice, line


class TestSubmit:
    def test_adds_up_lines_less_deductions(self) -> None:
        submitted = invoice(
            lines=[line("100"), line("19.99", "3")],
            deductions=[deduction("10"), deduction("5", DeductionKind.BACK_CHARGE)],
        )

        assert submitted.gross == euro("159.97")
        assert submitted.deducted == euro("15")
        assert submitted.total == euro("144.97")

    def test_withholds_the_retention_from_the_total(self) -> None:
        submitted = invoice(
            lines=[line("110")], deductions=[deduction("10.10")], retention_percent=Decimal(5)
        )

        assert submitted.total == euro("99.90")
        assert submitted.retention == euro("5.00")
        assert submitted.payable == euro("94.90")

    def test_rounds_each_line(self) -> None:
        submitted = invoice(lines=[line("0.33", "1.5"), line("0.33", "1.5")])

        assert submitted.total == euro("1.00")

    def test_waits_to_be_decided(self) -> None:
        assert invoice().status is InvoiceStatus.SUBMITTED

    def test_refuses_an_invoice_without_lines(self) -> None:
        with pytest.raises(EmptyInvoiceError) as refused:
            invoice(lines=[])

        assert str(refused.value) == (
            "Invoice R-1 has no lines. Say what was done, and at which price."
        )

    @pytest.mark.parametrize(("deducted", "total"), [("100", "0.00"), ("100.01", "-0.01")])
    def test_refuses_deductions_that_leave_nothing(self, deducted: str, total: str) -> None:
        with pytest.raises(NothingToPayError) as refused:
            invoice(lines=[line("100")], deductions=[deduction(deducted)])

        assert str(refused.value) == (
            f"Invoice R-1 comes to {total} EUR, which leaves nothing to pay. "
            f"Correct its lines or its deductions."
        )

    @pytest.mark.parametrize("deducted", ["0.00", "-0.01"])
    def test_refuses_a_deduction_that_takes_nothing_off(self, deducted: str) -> None:
        with pytest.raises(DeductionNotPositiveError) as refused:
            invoice(deductions=[deduction("1"), deduction(deducted)])

        assert str(refused.value) == (
            f"Invoice R-1 has a deduction of {deducted} EUR, and a deduction takes something off. "
            f"What is added to an invoice is a line."
        )

    def test_refuses_to_be_due_before_it_is_issued(self) -> None:
        with pytest.raises(DueBeforeIssuedError) as refused:
            invoice(issued_on=JUNE, due_on=MAY)

        assert str(refused.value) == (
            "Invoice R-1 is due on 2026-05-01, before it was issued on 2026-06-01."
        )

    def test_may_be_due_at_once(self) -> None:
        assert invoice(issued_on=MAY, due_on=MAY).due_on == MAY

    def test_refuses_a_line_in_another_currency(self) -> None:
        with pytest.raises(ForeignCurrencyError) as refused:
            invoice(lines=[line("1"), line("1", currency="USD")])

        assert str(refused.value) == "Invoice R-1 is in EUR, and can't take over 1.00 USD."

    def test_refuses_a_deduction_in_another_currency(self) -> None:
        with pytest.raises(ForeignCurrencyError):
            invoice(deductions=[deduction("1", currency="USD")])


def _approve(invoice: Invoice) -> None:
    invoice.approve(on=JUNE)


def _reject(invoice: Invoice) -> None:
    invoice.reject(on=JUNE, reason="Measured twice")


def _pay(invoice: Invoice) -> None:
    invoice.pay(on=JULY)


def _release(invoice: Invoice) -> None:
    invoice.release_retention(on=JULY)


Step = Callable[[Invoice], None]
ALL_STEPS: list[Step] = [_approve, _reject, _pay, _release]
STEPS_TO: dict[InvoiceStatus, list[Step]] = {
    InvoiceStatus.SUBMITTED: [],
    InvoiceStatus.APPROVED: [_approve],
    InvoiceStatus.REJECTED: [_reject],
    InvoiceStatus.PAID: [_approve, _pay],
}
ALLOWED: dict[tuple[InvoiceStatus, Step], InvoiceStatus] = {
    (InvoiceStatus.SUBMITTED, _approve): InvoiceStatus.APPROVED,
    (InvoiceStatus.SUBMITTED, _reject): InvoiceStatus.REJECTED,
    (InvoiceStatus.APPROVED, _pay): InvoiceStatus.PAID,
    (InvoiceStatus.PAID, _release): InvoiceStatus.PAID,
}


class TestStates:
    @pytest.mark.parametrize("status", InvoiceStatus)
    @pytest.mark.parametrize("step", ALL_STEPS)
    def test_lead_where_the_table_says_and_nowhere_else(
        self, status: InvoiceStatus, step: Step
    ) -> None:
        moved = invoice()
        for earlier in STEPS_TO[status]:
            earlier(moved)

        if (status, step) in ALLOWED:
            step(moved)
        else:
            with pytest.raises(WrongInvoiceStatusError):
                step(moved)

        assert moved.status is ALLOWED.get((status, step), status)

    def test_are_named_in_the_refusal(self) -> None:
        paid = invoice()
        _approve(paid)
        _pay(paid)

        with pytest.raises(WrongInvoiceStatusError) as refused:
            paid.approve(on=JULY)

        assert str(refused.value) == (
            "Invoice R-1 is paid, and this is possible only while it is submitted."
        )
        assert (refused.value.number, refused.value.status, refused.value.needed) == (
            "R-1",
            "paid",
            "submitted",
        )

    def test_keep_the_day_of_each_step(self) -> None:
        paid = invoice()

        paid.approve(on=JUNE)
        paid.pay(on=JULY)

        assert (paid.decided_on, paid.paid_on) == (JUNE, JULY)

    @pytest.mark.parametrize("reason", ["", " "])
    def test_refuse_a_rejection_without_a_reason(self, reason: str) -> None:
        submitted = invoice()

        with pytest.raises(NoReasonError) as refused:
            submitted.reject(on=JUNE, reason=reason)

        assert str(refused.value) == (
            "Invoice R-1 is not rejected without a reason. Say what has to be corrected."
        )
        assert submitted.status is InvoiceStatus.SUBMITTED

    def test_keep_the_reason_of_a_rejection(self) -> None:
        rejected = invoice()

        rejected.reject(on=JUNE, reason="Measured twice")

        assert (rejected.decided_on, rejected.rejection_reason) == (JUNE, "Measured twice")


class TestReleaseRetention:
    def test_happens_once(self) -> None:
        paid = invoice()
        for step in (_approve, _pay, _release):
            step(paid)

        with pytest.raises(RetentionReleasedError) as refused:
            paid.release_retention(on=date(2026, 8, 1))

        assert str(refused.value) == (
            "The retention of invoice R-1 was released on 2026-07-01, and is released once."
        )
        assert paid.retention_released_on == JULY
