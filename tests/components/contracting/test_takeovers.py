"""Contracts of an earlier system: led through their past under today's rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from components.contracting import public as contracting
from components.contracting.domain.change_orders import ChangeOrderStatus
from components.contracting.domain.contracts import (
    ContractNumberTakenError,
    ContractStatus,
    NegativeAgreedSumError,
)
from components.contracting.domain.past import UndatedApprovalError
from components.contracting.service import contracts
from components.shared_kernel.money import Money
from tests.components.contracts import JULY, JUNE, MAY, draft_contract, item

pytestmark = pytest.mark.component("contracting")

SHELL = UUID(int=1)


def change(number: int, amount: int, *, approved: bool | None) -> contracting.PastChange:
    return contracting.PastChange(
        id=UUID(int=100 + number),
        reason="Piles are longer",
        amount=Money.of(amount, "EUR"),
        proposed_on=JUNE,
        decided_on=None if approved is None else JULY,
        is_approved=bool(approved),
    )


def past_contract(*changes: contracting.PastChange) -> contracting.PastContract:
    return contracting.PastContract(
        id=SHELL,
        number="C-1",
        title="Shell",
        project_id=1,
        company_id=2,
        cost_code="330",
        currency="EUR",
        retention_percent=Decimal(5),
        line_items=(item(1000),),
        signed_on=MAY,
        changes=changes,
    )


class TestTakeOverContracts:
    def test_keeps_ids_and_decisions(self) -> None:
        past = past_contract(
            change(1, 50, approved=True),
            change(2, 70, approved=False),
            change(3, 90, approved=None),
        )

        contracting.take_over_contracts(contracts=[past])

        found = contracts.get_contract(contract_id=SHELL)
        assert found.agreed_sum == Money.of(1050, "EUR")
        assert [(order.id, order.status) for order in found.change_orders] == [
            (UUID(int=101), ChangeOrderStatus.APPROVED),
            (UUID(int=102), ChangeOrderStatus.REJECTED),
            (UUID(int=103), ChangeOrderStatus.PROPOSED),
        ]

    def test_closes_what_was_closed(self) -> None:
        contracting.take_over_contracts(contracts=[replace(past_contract(), closed_on=JULY)])

        assert contracts.get_contract(contract_id=SHELL).status is ContractStatus.CLOSED

    def test_stores_none_where_one_is_refused(self) -> None:
        sound = replace(past_contract(), id=UUID(int=2), number="C-2")
        broken = past_contract(change(1, -2000, approved=True))

        with pytest.raises(NegativeAgreedSumError):
            contracting.take_over_contracts(contracts=[sound, broken])

        with pytest.raises(contracting.ContractNotFoundError):
            contracting.get_contract(contract_id=sound.id)

    def test_refuses_an_approval_without_a_day(self) -> None:
        undated = replace(change(1, 50, approved=True), decided_on=None)

        with pytest.raises(UndatedApprovalError) as refused:
            contracting.take_over_contracts(contracts=[past_contract(undated)])

        assert str(refused.value) == (
            "Change order 1 of contract C-1 is approved, and nobody says when. "
            "Give the day of the decision."
        )

    def test_refuses_a_number_that_is_taken(self) -> None:
        taken = draft_contract().number

        with pytest.raises(ContractNumberTakenError):
            contracting.take_over_contracts(contracts=[replace(past_contract(), number=taken)])


class TestDropContracts:
    def test_makes_room_for_another_try(self) -> None:
        past = past_contract(change(1, 50, approved=True))
        contracting.take_over_contracts(contracts=[past])

        contracting.drop_contracts(contract_ids=[SHELL])
        contracting.take_over_contracts(contracts=[past])

        assert contracting.get_contract(contract_id=SHELL).number == "C-1"
