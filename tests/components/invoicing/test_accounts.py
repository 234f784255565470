"""A contract's account: never more than is allowed, and always the sum of its invoices."""

from __future__ import annotations

import pytest
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule
from hypothesis.strategies import integers

from components.invoicing.domain.accounts import AboveContractError
from components.invoicing.domain.invoices import Invoice, InvoiceStatus
from components.shared_kernel.money import Money
from tests.components.invoices import JULY, JUNE, empty_account, euro, invoice, line


class TestSubmit:
    def test_counts_what_is_undecided(self) -> None:
        opened = empty_account()

        opened.submit(invoice(), allowed=euro(100))

        assert opened.submitted == euro(100)
        assert opened.approved == euro(0)

    def test_refuses_what_is_above_the_contract(self) -> None:
        opened = empty_account()
        opened.submit(invoice(lines=[line("60")]), allowed=euro(100))

        with pytest.raises(AboveContractError) as refused:
            opened.submit(invoice(lines=[line("40.01")]), allowed=euro(100))

        assert str(refused.value) == (
            "Invoice R-1 claims 40.01 EUR, but of the 100.00 EUR agreed only 40.00 EUR is left. "
            "Lower the invoice, or have a change order approved first."
        )
        assert refused.value.left == euro(40)
        assert opened.submitted == euro(60)

    def test_counts_approved_invoices_too(self) -> None:
        opened, first = empty_account(), invoice()
        opened.submit(first, allowed=euro(150))
        opened.approve(first)

        with pytest.raises(AboveContractError):
            opened.submit(invoice(), allowed=euro(150))

    def test_has_the_room_again_that_a_rejected_invoice_took(self) -> None:
        opened, first = empty_account(), invoice()
        opened.submit(first, allowed=euro(100))

        opened.reject(first)
        opened.submit(invoice(), allowed=euro(100))

        assert opened.claimed == euro(100)

    def test_refuses_everything_where_the_contract_was_lowered_below_the_claims(self) -> None:
        opened = empty_account()
        opened.submit(invoice(), allowed=euro(100))

        with pytest.raises(AboveContractError) as refused:
            opened.submit(invoice(lines=[line("0.01")]), allowed=euro(80))

        assert refused.value.left == euro(-20)


class TestPay:
    def test_withholds_the_retention(self) -> None:
        opened, first = empty_account(), invoice()
        opened.submit(first, allowed=euro(100))
        opened.approve(first)

        opened.pay(first)

        assert (opened.approved, opened.paid, opened.retained) == (euro(100), euro(95), euro(5))

    def test_pays_the_whole_when_the_retention_is_released(self) -> None:
        opened, first = empty_account(), invoice()
        opened.submit(first, allowed=euro(100))
        opened.approve(first)
        opened.pay(first)

        opened.release_retention(first)

        assert (opened.paid, opened.retained) == (euro(100), euro(0))


class AccountOfManyInvoices(RuleBasedStateMachine):
    """Any order of submitting, deciding, paying and releasing."""

    invoices = Bundle("invoices")
    allowed = euro(1000)

    def __init__(self) -> None:
        super().__init__()
        self.account = empty_account()
        self.all: list[Invoice] = []

    @rule(target=invoices, cents=integers(1, 60_000))
    def submit(self, cents: int) -> object:
        submitted = invoice(lines=[line(f"{cents / 100:.2f}")])
        try:
            self.account.submit(submitted, allowed=self.allowed)
        except AboveContractError as refused:
            assert submitted.total > refused.left  # noqa: PT017 - a machine has no pytest.raises
            return multiple()
        self.all.append(submitted)
        return submitted

    @rule(invoice=invoices)
    def take_the_next_step(self, invoice: Invoice) -> None:
        match invoice.status:
            case InvoiceStatus.SUBMITTED:
                invoice.approve(on=JUNE)
                self.account.approve(invoice)
            case InvoiceStatus.APPROVED:
                invoice.pay(on=JULY)
                self.account.pay(invoice)
            case InvoiceStatus.PAID if invoice.retention_released_on is None:
                invoice.release_retention(on=JULY)
                self.account.release_retention(invoice)

    @rule(invoice=invoices)
    def reject(self, invoice: Invoice) -> None:
        if invoice.status is InvoiceStatus.SUBMITTED:
            invoice.reject(on=JUNE, reason="Measured twice")
            self.account.reject(invoice)

    @invariant()
    def is_never_above_the_contract(self) -> None:
        assert self.account.claimed <= self.allowed

    @invariant()
    def is_the_sum_of_its_invoices(self) -> None:
        assert self.account.submitted == self._sum(InvoiceStatus.SUBMITTED)
        assert self.account.approved == self._sum(InvoiceStatus.APPROVED, InvoiceStatus.PAID)
        assert self.account.paid + self.account.retained == self._sum(InvoiceStatus.PAID)

    @invariant()
    def retains_what_is_not_released(self) -> None:
        kept = [
            each.retention
            for each in self.all
            if each.status is InvoiceStatus.PAID and each.retention_released_on is None
        ]
        assert self.account.retained == Money.sum(kept, "EUR")

    def _sum(self, *statuses: InvoiceStatus) -> Money:
        return Money.sum((each.total for each in self.all if each.status in statuses), "EUR")


TestAnyOrder = AccountOfManyInvoices.TestCase
