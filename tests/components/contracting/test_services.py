"""The services of contracting, on its database."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from bulkhead.errors import StaleAggregateError
from bulkhead.repositories import PageRequest
from components.contracting.domain.change_orders import ChangeOrderStatus
from components.contracting.domain.contracts import (
    Contract,
    ContractNumberTakenError,
    ContractStatus,
    EmptyContractError,
)
from components.contracting.service import (
    ChangeOrderNotFoundError,
    ContractNotFoundError,
    change_orders,
    contracts,
)
from components.shared_kernel.money import Money
from tests.components.contracts import JULY, JUNE, MAY, draft_contract, item, sign_contract

pytestmark = pytest.mark.component("contracting")


def euro(amount: str | int) -> Money:
    return Money.of(amount, "EUR")


def stored(contract: Contract) -> Contract:
    return contracts.get_contract(contract_id=contract.id)


def propose(contract: Contract, amount: str | int) -> UUID:
    changed = change_orders.propose_change_order(
        contract_id=contract.id, reason="Piles are longer", amount=euro(amount), on=JUNE
    )
    return changed.change_orders[-1].id


class TestDraftContract:
    def test_stores_the_contract_with_its_line_items(self) -> None:
        drafted = draft_contract(item(100), item("19.99", "2.5"))

        found = stored(drafted)

        assert found == drafted
        assert found.line_total == euro("149.98")
        assert found.version == 1

    @pytest.mark.parametrize(("currency", "price"), [("JPY", "1000"), ("KWD", "1000.125")])
    def test_keeps_the_digits_of_the_currency(self, currency: str, price: str) -> None:
        drafted = draft_contract(item(price, currency=currency), currency=currency)

        found = stored(drafted)

        assert str(found.line_items[0].unit_price.amount) == price

    def test_refuses_a_number_twice(self) -> None:
        first = draft_contract()

        with pytest.raises(ContractNumberTakenError) as refused:
            contracts.draft_contract(
                number=first.number,
                title="Roof",
                project_id=1,
                company_id=2,
                cost_code="360",
                currency="EUR",
                retention_percent=first.retention_percent,
            )

        assert str(refused.value) == (
            f"There is a contract {first.number} already. Choose another number."
        )


class TestAddLineItem:
    def test_stores_it_after_the_others(self) -> None:
        drafted = draft_contract(item(1), item(2))

        contracts.add_line_item(contract_id=drafted.id, item=item(3))

        assert [line.unit_price for line in stored(drafted).line_items] == [
            euro(1),
            euro(2),
            euro(3),
        ]


class TestSignContract:
    def test_stores_the_agreed_sum(self) -> None:
        drafted = draft_contract(item(100))

        contracts.sign_contract(contract_id=drafted.id, on=MAY)

        found = stored(drafted)
        assert (found.status, found.agreed_sum) == (ContractStatus.SIGNED, euro(100))

    def test_stores_nothing_where_the_domain_refuses(self) -> None:
        drafted = contracts.draft_contract(
            number="C-empty",
            title="Nothing",
            project_id=1,
            company_id=2,
            cost_code="330",
            currency="EUR",
            retention_percent=euro(0).amount,
        )

        with pytest.raises(EmptyContractError):
            contracts.sign_contract(contract_id=drafted.id, on=MAY)

        assert stored(drafted).status is ContractStatus.DRAFT

    def test_refuses_a_version_that_has_moved_on(self) -> None:
        drafted = draft_contract()
        contracts.add_line_item(contract_id=drafted.id, item=item(1))

        with pytest.raises(StaleAggregateError):
            contracts.sign_contract(contract_id=drafted.id, on=MAY, version=1)

        assert stored(drafted).status is ContractStatus.DRAFT

    def test_names_a_contract_that_is_not_there(self) -> None:
        missing = uuid4()

        with pytest.raises(ContractNotFoundError) as refused:
            contracts.sign_contract(contract_id=missing, on=MAY)

        assert str(refused.value) == f"No Contract has the key {missing}."


class TestCloseContract:
    def test_stores_the_day(self) -> None:
        signed = sign_contract()

        contracts.close_contract(contract_id=signed.id, on=JULY)

        found = stored(signed)
        assert (found.status, found.closed_on) == (ContractStatus.CLOSED, JULY)


class TestChangeOrders:
    def test_change_the_agreed_sum_when_approved(self) -> None:
        signed = sign_contract(1000)
        order = propose(signed, "-250.50")

        change_orders.approve_change_order(change_order_id=order, on=JULY)

        found = stored(signed)
        assert found.agreed_sum == euro("749.50")
        assert found.change_orders[0].status is ChangeOrderStatus.APPROVED

    def test_change_nothing_when_rejected(self) -> None:
        signed = sign_contract(1000)
        order = propose(signed, 50)

        change_orders.reject_change_order(change_order_id=order, on=JULY)

        found = stored(signed)
        assert found.agreed_sum == euro(1000)
        assert found.change_orders[0].status is ChangeOrderStatus.REJECTED

    def test_are_named_where_they_are_not_there(self) -> None:
        missing = uuid4()

        with pytest.raises(ChangeOrderNotFoundError) as refused:
            change_orders.approve_change_order(change_order_id=missing, on=JULY)

        assert str(refused.value) == f"No ChangeOrder has the key {missing}."


class TestListContracts:
    def test_pages_by_number(self) -> None:
        numbers = sorted(draft_contract(project_id=9).number for _ in range(3))

        first = contracts.list_contracts(
            project_id=9, paging=PageRequest(order_by="number", size=2)
        )
        second = contracts.list_contracts(
            project_id=9, paging=PageRequest(order_by="number", size=2, after=first.next_cursor)
        )

        assert [found.number for found in [*first.items, *second.items]] == numbers
        assert second.next_cursor is None

    def test_keeps_to_a_status(self) -> None:
        draft_contract(project_id=9)
        signed = sign_contract(project_id=9)

        found = contracts.list_contracts(project_id=9, statuses=[ContractStatus.SIGNED])

        assert [contract.id for contract in found.items] == [signed.id]
