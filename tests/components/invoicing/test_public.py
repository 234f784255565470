"""What invoicing tells other components."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest

from components.invoicing import public as invoicing
from components.invoicing.service import invoices
from tests.components.contracts import sign_contract
from tests.components.invoices import (
    JUNE,
    MAY,
    euro,
    line,
    reject_invoice,
    submit_invoice,
)

pytestmark = pytest.mark.component("invoicing")


class TestListInvoicesOfContract:
    def test_tells_what_each_comes_to(self) -> None:
        contract = sign_contract()
        submitted = invoices.submit_invoice(
            contract_id=contract.id, number="R-1", issued_on=MAY, due_on=JUNE, lines=[line("100")]
        )

        found = invoicing.list_invoices_of_contract(contract_id=contract.id)

        assert found == [
            invoicing.InvoiceInfo(
                id=submitted.id,
                contract_id=contract.id,
                number="R-1",
                status=invoicing.InvoiceStatus.SUBMITTED,
                issued_on=MAY,
                due_on=JUNE,
                paid_on=None,
                retention_released_on=None,
                total=euro(100),
                retention=euro(5),
            )
        ]

    def test_tells_nothing_of_a_contract_that_it_does_not_know(self) -> None:
        assert invoicing.list_invoices_of_contract(contract_id=uuid4()) == []


class TestListAccounts:
    def test_asks_once_for_any_number(
        self, assert_queries: Callable[[int], AbstractContextManager[object]]
    ) -> None:
        contracts = [sign_contract().id for _ in range(5)]
        for contract_id in contracts[1:]:
            invoices.submit_invoice(
                contract_id=contract_id,
                number="R-1",
                issued_on=MAY,
                due_on=JUNE,
                lines=[line("1")],
            )

        with assert_queries(1):
            found = invoicing.list_accounts(contract_ids=contracts)

        assert {account.contract_id for account in found} == set(contracts[1:])

    def test_tells_what_counts_against_the_contract(self) -> None:
        contract = sign_contract(1000)
        made = [submit_invoice(contract.id, "100", number=f"R-{place}") for place in (1, 2, 3)]
        invoices.approve_invoice(invoice_id=made[0].id, on=JUNE)
        reject_invoice(made[1].id)

        [account] = invoicing.list_accounts(contract_ids=[contract.id])

        assert account.claimed == euro(200)
