"""A contract: what is agreed, and what changes it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.contracting.domain.change_orders import (
    ChangeOrderNotProposedError,
    ChangeOrderStatus,
    DecidedBeforeProposedError,
)
from components.contracting.domain.contracts import (
    BadRetentionError,
    Contract,
    ContractStatus,
    EmptyContractError,
    ForeignCurrencyError,
    LineItem,
    NegativeAgreedSumError,
    NegativeLineTotalError,
    UndecidedChangeOrdersError,
    WrongContractStatusError,
)
from components.shared_kernel.money import Money

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def euro(amount: str | int) -> Money:
    return Money.of(amount, "EUR")


def item(price: str | int, quantity: str = "1") -> LineItem:
    return LineItem(
        description="Concrete C25/30",
        quantity=Decimal(quantity),
        unit="m³",
        unit_price=euro(price),
    )


def drafted(*items: LineItem, retention_percent: str = "5") -> Contract:
    contract = Contract.draft(
        number="C-100",
        title="Shell",
        project_id=1,
        company_id=2,
        cost_code="330",
        currency="EUR",
        retention_percent=Decimal(retention_percent),
    )
    for each in items:
        contract.add_line_item(each)
    return contract


def signed(price: str | int = 1000) -> Contract:
    contract = drafted(item(price))
    contract.sign(on=MAY)
    return contract


def proposed(contract: Contract, amount: str | int) -> UUID:
    return contract.propose_change(reason="Piles are longer", amount=euro(amount), on=JUNE).id


class TestDraft:
    def test_agrees_on_nothing_yet(self) -> None:
        contract = drafted(item(100))

        assert contract.line_total == euro(100)
        assert contract.agreed_sum == euro(0)

    def test_rounds_each_line_so_that_the_paper_adds_up(self) -> None:
        contract = drafted(item("0.33", "1.5"), item("0.33", "1.5"))

        assert [line.amount for line in contract.line_items] == [euro("0.50"), euro("0.50")]
        assert contract.line_total == euro("1.00")

    def test_refuses_a_price_in_another_currency(self) -> None:
        contract = drafted()
        foreign = LineItem(
            description="Steel",
            quantity=Decimal(1),
            unit="t",
            unit_price=Money.of(900, "USD"),
        )

        with pytest.raises(ForeignCurrencyError) as refused:
            contract.add_line_item(foreign)

        assert str(refused.value) == "Contract C-100 is in EUR, and can't take over 900.00 USD."

    @pytest.mark.parametrize("percent", ["-0.01", "100.01"])
    def test_refuses_a_retention_that_is_no_percentage(self, percent: str) -> None:
        with pytest.raises(BadRetentionError) as refused:
            drafted(retention_percent=percent)

        assert str(refused.value) == (
            f"A retention is between 0 and 100 percent, and this one is {percent}."
        )

    @pytest.mark.parametrize("percent", ["0", "100"])
    def test_takes_no_retention_and_a_whole_one(self, percent: str) -> None:
        assert drafted(retention_percent=percent).retention_percent == Decimal(percent)


class TestSign:
    def test_agrees_on_the_line_items(self) -> None:
        contract = drafted(item(100), item(20, "2.5"))

        contract.sign(on=MAY)

        assert contract.agreed_sum == euro(150)
        assert contract.status is ContractStatus.SIGNED
        assert contract.signed_on == MAY

    def test_refuses_an_empty_contract(self) -> None:
        with pytest.raises(EmptyContractError) as refused:
            drafted().sign(on=MAY)

        assert str(refused.value) == (
            "Contract C-100 has no line items. Add what was agreed, then sign."
        )

    def test_refuses_line_items_that_come_to_less_than_nothing(self) -> None:
        contract = drafted(item(100), item("-100.01"))

        with pytest.raises(NegativeLineTotalError) as refused:
            contract.sign(on=MAY)

        assert str(refused.value) == (
            "The line items of contract C-100 come to -0.01 EUR, which is below zero. "
            "Add what is missing, then sign."
        )
        assert contract.status is ContractStatus.DRAFT

    def test_takes_a_line_item_that_takes_something_off(self) -> None:
        contract = drafted(item(100), item(-100))

        contract.sign(on=MAY)

        assert contract.agreed_sum == euro(0)

    def test_happens_once(self) -> None:
        contract = signed()

        with pytest.raises(WrongContractStatusError) as refused:
            contract.sign(on=JUNE)

        assert str(refused.value) == (
            "Contract C-100 is signed, and this is possible only while it is draft."
        )
        assert contract.signed_on == MAY

    def test_ends_the_adding_of_line_items(self) -> None:
        with pytest.raises(WrongContractStatusError):
            signed().add_line_item(item(1))


class TestChangeOrder:
    def test_changes_nothing_while_it_is_proposed(self) -> None:
        contract = signed(1000)

        proposed(contract, 50)

        assert contract.agreed_sum == euro(1000)

    @pytest.mark.parametrize(("amount", "agreed"), [(50, 1050), (-50, 950), (-1000, 0)])
    def test_changes_the_agreed_sum_when_it_is_approved(self, amount: int, agreed: int) -> None:
        contract = signed(1000)
        order = proposed(contract, amount)

        contract.approve_change(order, on=JULY)

        assert contract.agreed_sum == euro(agreed)
        assert contract.change_orders[0].status is ChangeOrderStatus.APPROVED
        assert contract.change_orders[0].decided_on == JULY

    def test_changes_nothing_when_it_is_rejected(self) -> None:
        contract = signed(1000)
        order = proposed(contract, 50)

        contract.reject_change(order, on=JULY)

        assert contract.agreed_sum == euro(1000)
        assert contract.change_orders[0].status is ChangeOrderStatus.REJECTED
        assert contract.change_orders[0].decided_on == JULY

    def test_is_numbered_within_its_contract(self) -> None:
        contract = signed()

        proposed(contract, 1)
        proposed(contract, 2)

        assert [order.number for order in contract.change_orders] == [1, 2]

    def test_is_decided_once(self) -> None:
        contract = signed(1000)
        order = proposed(contract, 50)
        contract.approve_change(order, on=JULY)

        with pytest.raises(ChangeOrderNotProposedError) as refused:
            contract.approve_change(order, on=JULY)

        assert str(refused.value) == (
            "Change order 1 of contract C-100 is approved already, and is decided once. "
            "Propose another one."
        )
        assert contract.agreed_sum == euro(1050)

    @pytest.mark.parametrize("decision", ["approve_change", "reject_change"])
    def test_is_not_decided_before_it_was_proposed(self, decision: str) -> None:
        contract = signed()
        order = proposed(contract, 50)

        with pytest.raises(DecidedBeforeProposedError) as refused:
            getattr(contract, decision)(order, on=MAY)

        assert str(refused.value) == (
            "Change order 1 of contract C-100 was proposed on 2026-06-01, "
            "and can't be decided on 2026-05-01, which was earlier."
        )
        assert contract.change_orders[0].is_proposed

    def test_may_be_decided_on_the_day_of_its_proposal(self) -> None:
        contract = signed()
        order = proposed(contract, 50)

        contract.reject_change(order, on=JUNE)

        assert contract.change_orders[0].decided_on == JUNE

    def test_is_not_approved_after_it_was_rejected(self) -> None:
        contract = signed(1000)
        order = proposed(contract, 50)
        contract.reject_change(order, on=JULY)

        with pytest.raises(ChangeOrderNotProposedError):
            contract.approve_change(order, on=JULY)

    def test_takes_off_no_more_than_was_agreed(self) -> None:
        contract = signed(1000)
        order = proposed(contract, "-1000.01")

        with pytest.raises(NegativeAgreedSumError) as refused:
            contract.approve_change(order, on=JULY)

        assert str(refused.value) == (
            "Contract C-100 is agreed at 1,000.00 EUR, so 1,000.01 EUR can't be taken off it."
        )
        assert contract.agreed_sum == euro(1000)
        assert contract.change_orders[0].is_proposed

    def test_needs_a_signed_contract(self) -> None:
        with pytest.raises(WrongContractStatusError) as refused:
            proposed(drafted(item(1)), 1)

        assert str(refused.value) == (
            "Contract C-100 is draft, and this is possible only while it is signed."
        )

    def test_refuses_another_currency(self) -> None:
        with pytest.raises(ForeignCurrencyError):
            signed().propose_change(reason="Duty", amount=Money.of(1, "USD"), on=JUNE)

    @given(st.lists(st.tuples(st.integers(-500, 500), st.booleans()), max_size=12))
    def test_is_the_only_thing_that_moves_the_agreed_sum(
        self, changes: list[tuple[int, bool]]
    ) -> None:
        contract = signed(1000)
        for amount, agreeable in changes:
            order = proposed(contract, amount)
            if agreeable and not (contract.agreed_sum + euro(amount)).is_negative:
                contract.approve_change(order, on=JULY)
            else:
                contract.reject_change(order, on=JULY)

        approved = Money.sum(
            (
                order.amount
                for order in contract.change_orders
                if order.status is ChangeOrderStatus.APPROVED
            ),
            "EUR",
        )
        assert contract.agreed_sum == contract.line_total + approved


class TestClose:
    def test_ends_a_signed_contract(self) -> None:
        contract = signed()

        contract.close(on=JULY)

        assert contract.status is ContractStatus.CLOSED
        assert contract.closed_on == JULY

    def test_waits_for_undecided_change_orders(self) -> None:
        contract = signed()
        proposed(contract, 1)
        decided = proposed(contract, 2)
        proposed(contract, 3)
        contract.reject_change(decided, on=JULY)

        with pytest.raises(UndecidedChangeOrdersError) as refused:
            contract.close(on=JULY)

        assert str(refused.value) == (
            "Contract C-100 has undecided change orders: 1, 3. Approve or reject them, then close."
        )
        assert refused.value.undecided == (1, 3)

    def test_refuses_a_draft(self) -> None:
        with pytest.raises(WrongContractStatusError):
            drafted(item(1)).close(on=JULY)

    def test_admits_no_change_afterwards(self) -> None:
        contract = signed()
        contract.close(on=JULY)

        with pytest.raises(WrongContractStatusError):
            proposed(contract, 1)
