"""Many at once: the sum of all invoices stays below what their contract allows."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest

from bulkhead.testing.threads import RunInThreads
from components.invoicing.domain.accounts import AboveContractError
from components.invoicing.domain.invoice_errors import (
    RetentionReleasedError,
    WrongInvoiceStatusError,
)
from components.invoicing.domain.invoices import InvoiceStatus
from components.invoicing.service import accounts, invoices
from tests.components.contracts import (
    approve_change,
    close_contract,
    propose_change,
    sign_contract,
)
from tests.components.invoices import JUNE, MAY, euro, line

pytestmark = [
    pytest.mark.component("invoicing"),
    pytest.mark.django_db(transaction=True),
]


def submitted_to(contract_id: UUID, number: str) -> str:
    try:
        invoices.submit_invoice(
            contract_id=contract_id,
            number=number,
            issued_on=MAY,
            due_on=JUNE,
            lines=[line("100")],
        )
    except AboveContractError:
        return "above the contract"
    return "accepted"


class TestEightThreads:
    def test_submit_two_hundred_invoices_where_there_is_room_for_120(
        self, run_in_threads: RunInThreads
    ) -> None:
        contract = sign_contract(12_000)
        numbers = [f"R-{number}" for number in range(200)]

        outcomes = run_in_threads(
            lambda number: submitted_to(contract.id, number), numbers, threads=8
        )

        assert Counter(outcomes) == {"accepted": 120, "above the contract": 80}
        stored = invoices.list_infos_of_contract(contract_id=contract.id)
        accepted = {
            number for number, told in zip(numbers, outcomes, strict=True) if told == "accepted"
        }
        assert {invoice.number for invoice in stored} == accepted
        [account] = accounts.list_infos(contract_ids=[contract.id])
        assert account.submitted == euro(12_000)

    def test_approve_one_invoice_once(self, run_in_threads: RunInThreads) -> None:
        contract = sign_contract(1000)
        submitted_to(contract.id, "R-1")
        [invoice] = invoices.list_infos_of_contract(contract_id=contract.id)

        def approve(_attempt: int) -> str:
            try:
                invoices.approve_invoice(invoice_id=invoice.id, on=JUNE)
            except WrongInvoiceStatusError as refused:
                return refused.status
            return "done"

        outcomes = run_in_threads(approve, range(16), threads=8)

        assert Counter(outcomes) == {"done": 1, InvoiceStatus.APPROVED.value: 15}
        [account] = accounts.list_infos(contract_ids=[contract.id])
        assert (account.submitted, account.approved) == (euro(0), euro(100))

    def test_release_one_retention_once(self, run_in_threads: RunInThreads) -> None:
        contract = sign_contract(1000)
        submitted_to(contract.id, "R-1")
        [invoice] = invoices.list_infos_of_contract(contract_id=contract.id)
        invoices.approve_invoice(invoice_id=invoice.id, on=JUNE)
        invoices.pay_invoice(invoice_id=invoice.id, on=JUNE)
        close_contract(contract.id, on=JUNE)

        def release(_attempt: int) -> str:
            try:
                invoices.release_retention(invoice_id=invoice.id, on=JUNE)
            except RetentionReleasedError:
                return "released already"
            return "released"

        outcomes = run_in_threads(release, range(16), threads=8)

        assert Counter(outcomes) == {"released": 1, "released already": 15}
        [account] = accounts.list_infos(contract_ids=[contract.id])
        assert (account.paid, account.retained) == (euro(100), euro(0))

    def test_submit_while_change_orders_are_approved(self, run_in_threads: RunInThreads) -> None:
        contract = sign_contract(1000)
        orders = [
            propose_change(contract.id, 100, reason=f"Change {number}") for number in range(10)
        ]

        def work(step: int) -> None:
            if step % 2:
                approve_change(orders[step // 2], on=JUNE)
            else:
                submitted_to(contract.id, f"R-{step}")

        run_in_threads(work, range(20), threads=8)

        [account] = accounts.list_infos(contract_ids=[contract.id])
        assert account.submitted == euro(1000)
