"""Invoices of an earlier system: led through their past under today's rules."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from components.invoicing import public as invoicing
from components.invoicing.domain.accounts import AboveContractError, WorkNotAcceptedError
from components.invoicing.domain.invoice_errors import WrongInvoiceStatusError
from components.invoicing.domain.past import UndatedRejectionError
from tests.components.contracts import close_contract, sign_contract
from tests.components.invoices import JULY, JUNE, MAY, euro, line

pytestmark = pytest.mark.component("invoicing")


def past_invoice(number: int, price: str = "100") -> invoicing.PastInvoice:
    return invoicing.PastInvoice(
        id=UUID(int=number),
        number=f"R-{number}",
        issued_on=MAY,
        due_on=JUNE,
        lines=(line(price),),
        allowed=euro(1000),
    )


class TestTakeOverInvoices:
    def test_counts_each_as_far_as_it_came(self) -> None:
        contract = sign_contract(1000)
        approved = replace(past_invoice(2, "200"), decided_on=JUNE)

        invoicing.take_over_invoices(
            contract_id=contract.id,
            invoices=[
                past_invoice(1, "100"),
                approved,
                replace(past_invoice(3, "300"), decided_on=JUNE, rejection_reason="Twice"),
                replace(past_invoice(4, "400"), decided_on=JUNE, paid_on=JULY),
            ],
        )

        [account] = invoicing.list_accounts(contract_ids=[contract.id])
        assert (account.submitted, account.approved) == (euro(100), euro(600))
        assert (account.paid, account.retained) == (euro(380), euro(20))
        found = invoicing.list_invoices_of_contract(contract_id=contract.id)
        assert {invoice.number: invoice.status.value for invoice in found} == {
            "R-1": "submitted",
            "R-2": "approved",
            "R-3": "rejected",
            "R-4": "paid",
        }

    def test_allows_what_the_contract_allowed_then(self) -> None:
        contract = sign_contract(50)

        invoicing.take_over_invoices(contract_id=contract.id, invoices=[past_invoice(1, "1000")])

        [account] = invoicing.list_accounts(contract_ids=[contract.id])
        assert account.submitted == euro(1000)

    def test_stores_none_where_one_is_refused(self) -> None:
        contract = sign_contract(1000)

        with pytest.raises(AboveContractError):
            invoicing.take_over_invoices(
                contract_id=contract.id, invoices=[past_invoice(1), past_invoice(2, "901")]
            )

        assert invoicing.list_invoices_of_contract(contract_id=contract.id) == []
        assert invoicing.list_accounts(contract_ids=[contract.id]) == []

    @pytest.mark.parametrize(
        ("past", "status"),
        [
            (replace(past_invoice(1), paid_on=JULY), "submitted"),
            (
                replace(past_invoice(1), decided_on=JUNE, rejection_reason="No", paid_on=JULY),
                "rejected",
            ),
        ],
        ids=["undecided", "rejected"],
    )
    def test_refuses_a_payment_of_what_was_not_approved(
        self, past: invoicing.PastInvoice, status: str
    ) -> None:
        contract = sign_contract(1000)

        with pytest.raises(WrongInvoiceStatusError) as refused:
            invoicing.take_over_invoices(contract_id=contract.id, invoices=[past])

        assert str(refused.value) == (
            f"Invoice R-1 is {status}, and this is possible only while it is approved."
        )

    def test_refuses_a_rejection_without_a_day(self) -> None:
        contract = sign_contract(1000)
        rejected = replace(past_invoice(1), rejection_reason="Twice")

        with pytest.raises(UndatedRejectionError) as refused:
            invoicing.take_over_invoices(contract_id=contract.id, invoices=[rejected])

        assert str(refused.value) == (
            "Invoice R-1 is rejected, and nobody says when. Give the day of the decision."
        )

    def test_takes_a_released_retention_of_a_closed_contract_alone(self) -> None:
        contract = sign_contract(1000)
        released = replace(
            past_invoice(1), decided_on=JUNE, paid_on=JUNE, retention_released_on=JULY
        )

        with pytest.raises(WorkNotAcceptedError):
            invoicing.take_over_invoices(contract_id=contract.id, invoices=[released])
        close_contract(contract.id, on=JULY)
        invoicing.take_over_invoices(contract_id=contract.id, invoices=[released])

        [account] = invoicing.list_accounts(contract_ids=[contract.id])
        assert (account.paid, account.retained) == (euro(100), euro(0))


class TestDropInvoices:
    def test_makes_room_for_another_try(self) -> None:
        contract = sign_contract(1000)
        invoicing.take_over_invoices(contract_id=contract.id, invoices=[past_invoice(1, "1000")])

        invoicing.drop_invoices(contract_ids=[contract.id])
        invoicing.take_over_invoices(contract_id=contract.id, invoices=[past_invoice(1, "1000")])

        [account] = invoicing.list_accounts(contract_ids=[contract.id])
        assert account.submitted == euro(1000)
