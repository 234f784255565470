"""What the database itself refuses of an account."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from bulkhead.transactions import transactional
from components.invoicing.db.repositories import ContractAccountRepository
from components.invoicing.domain.accounts import ContractAccount
from tests.components.invoices import empty_account, euro

pytestmark = pytest.mark.component("invoicing")


def account(*, approved: str, paid: str, retained: str) -> ContractAccount:
    made = empty_account()
    made.approved = euro(approved)
    made.paid = euro(paid)
    made.retained = euro(retained)
    return made


class TestContractAccountRow:
    def test_takes_sums_that_are_equal_only_when_they_are_exact(self) -> None:
        added = account(approved="0.30", paid="0.10", retained="0.20")

        with transactional("invoicing"):
            stored = ContractAccountRepository().add(added)

        assert ContractAccountRepository().get(stored.contract_id) == added

    def test_refuses_to_pay_a_cent_more_than_is_approved(self) -> None:
        added = account(approved="0.29", paid="0.10", retained="0.20")

        with (
            pytest.raises(IntegrityError, match="account_paid_is_approved"),
            transactional("invoicing"),
        ):
            ContractAccountRepository().add(added)
