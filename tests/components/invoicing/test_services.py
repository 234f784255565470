"""The services of invoicing, on its database and that of contracting."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from bulkhead.errors import StaleAggregateError
from bulkhead.repositories import PageRequest
from components.contracting import public as contracting
from components.invoicing.domain.accounts import (
    AboveContractError,
    ContractNotOpenError,
    WorkNotAcceptedError,
)
from components.invoicing.domain.invoice_errors import (
    InvoiceNumberTakenError,
    RetentionReleasedError,
    WrongInvoiceStatusError,
)
from components.invoicing.domain.invoices import Invoice, InvoiceStatus
from components.invoicing.domain.published import AccountInfo
from components.invoicing.service import InvoiceNotFoundError, accounts, invoices
from tests.components.contracts import (
    approve_change,
    close_contract,
    draft_contract,
    propose_change,
    sign_contract,
)
from tests.components.invoices import JULY, JUNE, MAY, deduction, euro, line

pytestmark = pytest.mark.component("invoicing")

AUGUST = date(2026, 8, 1)


def submit(contract_id: UUID, price: str = "100", number: str = "R-1") -> Invoice:
    return invoices.submit_invoice(
        contract_id=contract_id, number=number, issued_on=MAY, due_on=JUNE, lines=[line(price)]
    )


def paid(contract_id: UUID, price: str = "100") -> Invoice:
    submitted = submit(contract_id, price)
    invoices.approve_invoice(invoice_id=submitted.id, on=JUNE)
    return invoices.pay_invoice(invoice_id=submitted.id, on=JULY)


def stored(invoice: Invoice) -> Invoice:
    return invoices.get_invoice(invoice_id=invoice.id)


def account_of(contract_id: UUID) -> AccountInfo:
    [found] = accounts.list_infos(contract_ids=[contract_id])
    return found


class TestSubmitInvoice:
    def test_stores_the_invoice_with_its_lines_and_deductions(self) -> None:
        contract = sign_contract(1000)

        submitted = invoices.submit_invoice(
            contract_id=contract.id,
            number="R-1",
            issued_on=MAY,
            due_on=JUNE,
            lines=[line("100"), line("19.99", "2.5")],
            deductions=[deduction("10")],
        )

        found = stored(submitted)
        assert found == submitted
        assert found.total == euro("139.98")

    def test_takes_currency_and_retention_from_the_contract(self) -> None:
        contract = sign_contract(1000, currency="KWD")

        submitted = invoices.submit_invoice(
            contract_id=contract.id,
            number="R-1",
            issued_on=MAY,
            due_on=JUNE,
            lines=[line("10.125", currency="KWD")],
        )

        found = stored(submitted)
        assert found.retention_percent == Decimal(5)
        assert str(found.retention) == "0.506 KWD"

    def test_counts_against_the_contract(self) -> None:
        contract = sign_contract(1000)

        submit(contract.id, "600")

        assert account_of(contract.id).submitted == euro(600)

    def test_takes_all_that_is_agreed_and_no_more(self) -> None:
        contract = sign_contract(1000)
        submit(contract.id, "600", "R-1")
        submit(contract.id, "400", "R-2")

        with pytest.raises(AboveContractError) as refused:
            submit(contract.id, "0.01", "R-3")

        assert str(refused.value) == (
            "Invoice R-3 claims 0.01 EUR, but of the 1,000.00 EUR agreed only 0.00 EUR is left. "
            "Lower the invoice, or have a change order approved first."
        )
        assert account_of(contract.id).submitted == euro(1000)

    def test_has_the_room_that_a_change_order_gives(self) -> None:
        contract = sign_contract(1000)
        change_by(contract.id, 500)

        submit(contract.id, "1500")

        assert account_of(contract.id).submitted == euro(1500)

    def test_stands_when_a_change_order_lowers_the_contract_later(self) -> None:
        contract = sign_contract(1000)
        submitted = submit(contract.id, "1000")

        change_by(contract.id, -400)
        invoices.approve_invoice(invoice_id=submitted.id, on=JUNE)

        assert account_of(contract.id).approved == euro(1000)

    def test_refuses_a_draft(self) -> None:
        contract = draft_contract()

        with pytest.raises(ContractNotOpenError) as refused:
            submit(contract.id)

        assert str(refused.value) == (
            f"Contract {contract.number} is draft; invoices need a signed one."
        )

    def test_refuses_a_closed_contract(self) -> None:
        contract = sign_contract()
        close_contract(contract.id, on=JUNE)

        with pytest.raises(ContractNotOpenError):
            submit(contract.id)

    def test_names_a_contract_that_is_not_there(self) -> None:
        with pytest.raises(contracting.ContractNotFoundError):
            submit(uuid4())

    def test_refuses_a_number_twice_under_one_contract(self) -> None:
        contract = sign_contract()
        submit(contract.id)

        with pytest.raises(InvoiceNumberTakenError) as refused:
            submit(contract.id)

        assert str(refused.value) == (
            "There is an invoice R-1 under this contract already. Choose another number."
        )

    def test_takes_a_number_again_under_another_contract(self) -> None:
        submit(sign_contract().id)

        assert submit(sign_contract().id).number == "R-1"


class TestApproveInvoice:
    def test_moves_the_sum_to_the_approved(self) -> None:
        contract = sign_contract(1000)
        submitted = submit(contract.id, "600")

        invoices.approve_invoice(invoice_id=submitted.id, on=JUNE)

        found = account_of(contract.id)
        assert (found.submitted, found.approved) == (euro(0), euro(600))
        assert stored(submitted).status is InvoiceStatus.APPROVED

    def test_counts_once(self) -> None:
        contract = sign_contract(1000)
        submitted = submit(contract.id, "600")
        invoices.approve_invoice(invoice_id=submitted.id, on=JUNE)

        with pytest.raises(WrongInvoiceStatusError):
            invoices.approve_invoice(invoice_id=submitted.id, on=JUNE)

        assert account_of(contract.id).approved == euro(600)

    def test_refuses_a_version_that_has_moved_on(self) -> None:
        contract = sign_contract(1000)
        submitted = submit(contract.id)
        invoices.approve_invoice(invoice_id=submitted.id, on=JUNE)

        with pytest.raises(StaleAggregateError):
            invoices.pay_invoice(invoice_id=submitted.id, on=JUNE, version=1)

        assert stored(submitted).status is InvoiceStatus.APPROVED

    def test_names_an_invoice_that_is_not_there(self) -> None:
        missing = uuid4()

        with pytest.raises(InvoiceNotFoundError) as refused:
            invoices.approve_invoice(invoice_id=missing, on=JUNE)

        assert str(refused.value) == f"No Invoice has the key {missing}."


class TestRejectInvoice:
    def test_gives_its_room_back(self) -> None:
        contract = sign_contract(1000)
        rejected = submit(contract.id, "1000", "R-1")

        invoices.reject_invoice(invoice_id=rejected.id, on=JUNE, reason="Measured twice")
        submit(contract.id, "1000", "R-2")

        assert account_of(contract.id).submitted == euro(1000)
        assert stored(rejected).rejection_reason == "Measured twice"


class TestPayInvoice:
    def test_withholds_the_retention(self) -> None:
        contract = sign_contract(1000)

        paid(contract.id, "100")

        found = account_of(contract.id)
        assert (found.approved, found.paid, found.retained) == (euro(100), euro(95), euro(5))

    def test_needs_an_approved_invoice(self) -> None:
        submitted = submit(sign_contract().id)

        with pytest.raises(WrongInvoiceStatusError):
            invoices.pay_invoice(invoice_id=submitted.id, on=JULY)


class TestReleaseRetention:
    def test_waits_until_the_contract_is_closed(self) -> None:
        contract = sign_contract()
        invoice = paid(contract.id)

        with pytest.raises(WorkNotAcceptedError) as refused:
            invoices.release_retention(invoice_id=invoice.id, on=JULY)

        assert str(refused.value) == (
            f"The retention of invoice R-1 is withheld until contract {contract.number} is closed."
        )

    def test_pays_it_out_once(self) -> None:
        contract = sign_contract()
        invoice = paid(contract.id)
        close_contract(contract.id, on=JULY)

        invoices.release_retention(invoice_id=invoice.id, on=AUGUST)
        with pytest.raises(RetentionReleasedError):
            invoices.release_retention(invoice_id=invoice.id, on=AUGUST)

        found = account_of(contract.id)
        assert (found.paid, found.retained) == (euro(100), euro(0))
        assert stored(invoice).retention_released_on == AUGUST


class TestListInvoices:
    def test_pages_the_newest_first(self) -> None:
        contract = sign_contract()
        for day, number in [(1, "R-1"), (3, "R-2"), (2, "R-3")]:
            invoices.submit_invoice(
                contract_id=contract.id,
                number=number,
                issued_on=date(2026, 5, day),
                due_on=JUNE,
                lines=[line("1")],
            )

        first = invoices.list_invoices(
            contract_id=contract.id, paging=PageRequest(order_by="-issued_on", size=2)
        )
        second = invoices.list_invoices(
            contract_id=contract.id,
            paging=PageRequest(order_by="-issued_on", size=2, after=first.next_cursor),
        )

        assert [found.number for found in [*first.items, *second.items]] == ["R-2", "R-3", "R-1"]

    def test_keeps_to_a_status(self) -> None:
        contract = sign_contract()
        submit(contract.id, "1", "R-1")
        approved = submit(contract.id, "1", "R-2")
        invoices.approve_invoice(invoice_id=approved.id, on=JUNE)

        found = invoices.list_invoices(contract_id=contract.id, statuses=[InvoiceStatus.APPROVED])

        assert [invoice.id for invoice in found.items] == [approved.id]


def change_by(contract_id: UUID, amount: int) -> None:
    approve_change(propose_change(contract_id, amount))
