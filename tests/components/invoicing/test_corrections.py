"""Invoices that are corrected or withdrawn before anybody has decided."""

from __future__ import annotations

from uuid import UUID

import pytest

from components.invoicing.db.repositories import (
    ContractAccountRepository,
    InvoiceNotFoundError,
)
from components.invoicing.domain.accounts import AboveContractError
from components.invoicing.domain.invoice_errors import (
    InvoiceNumberTakenError,
    WrongInvoiceStatusError,
)
from components.invoicing.domain.invoices import Invoice
from components.invoicing.service import invoices
from components.shared_kernel.money import Money
from tests.components.contracts import sign_contract
from tests.components.invoices import (
    JULY,
    JUNE,
    deduction,
    euro,
    line,
    reject_invoice,
    submit_invoice,
)

pytestmark = pytest.mark.component("invoicing")


@pytest.fixture
def contract_id() -> UUID:
    return sign_contract(1000).id


def correct(invoice_id: UUID, *prices: str, number: str = "R-1") -> Invoice:
    return invoices.correct_invoice(
        invoice_id=invoice_id,
        number=number,
        issued_on=JUNE,
        due_on=JULY,
        lines=[line(price) for price in prices],
        deductions=[deduction("10")],
    )


def submitted(contract_id: UUID) -> Money:
    return ContractAccountRepository().get(contract_id).submitted


class TestCorrectInvoice:
    def test_adds_up_and_counts_what_it_claims_now(self, contract_id: UUID) -> None:
        invoice = submit_invoice(contract_id, "100")

        corrected = correct(invoice.id, "300", "200", number="R-2")

        assert (corrected.number, corrected.due_on) == ("R-2", JULY)
        assert (corrected.total, corrected.retention) == (euro(490), euro("24.50"))
        assert submitted(contract_id) == euro(490)

    def test_may_take_the_room_that_it_had_before(self, contract_id: UUID) -> None:
        invoice = submit_invoice(contract_id, "900")

        correct(invoice.id, "1010")

        assert submitted(contract_id) == euro(1000)

    def test_refuses_more_than_the_contract_has_left(self, contract_id: UUID) -> None:
        submit_invoice(contract_id, "600", number="R-0")
        invoice = submit_invoice(contract_id, "100")

        with pytest.raises(AboveContractError) as refused:
            correct(invoice.id, "411")

        assert str(refused.value) == (
            "Invoice R-1 claims 401.00 EUR, but of the 1,000.00 EUR agreed only 400.00 EUR is "
            "left. Lower the invoice, or have a change order approved first."
        )
        assert submitted(contract_id) == euro(700)

    def test_refuses_the_number_of_another_one(self, contract_id: UUID) -> None:
        submit_invoice(contract_id, "100", number="R-0")
        invoice = submit_invoice(contract_id, "100")

        with pytest.raises(InvoiceNumberTakenError):
            correct(invoice.id, "100", number="R-0")

    def test_refuses_what_somebody_has_decided(self, contract_id: UUID) -> None:
        invoice = submit_invoice(contract_id, "100")
        reject_invoice(invoice.id)

        with pytest.raises(WrongInvoiceStatusError):
            correct(invoice.id, "100")


class TestWithdrawInvoice:
    def test_gives_back_its_room(self, contract_id: UUID) -> None:
        invoice = submit_invoice(contract_id, "100")

        invoices.withdraw_invoice(invoice_id=invoice.id)

        assert submitted(contract_id) == euro(0)
        with pytest.raises(InvoiceNotFoundError):
            invoices.get_invoice(invoice_id=invoice.id)

    def test_refuses_what_somebody_has_decided(self, contract_id: UUID) -> None:
        invoice = submit_invoice(contract_id, "100")
        reject_invoice(invoice.id)

        with pytest.raises(WrongInvoiceStatusError):
            invoices.withdraw_invoice(invoice_id=invoice.id)
