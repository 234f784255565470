"""A budget: planned, revised, shifted."""

from __future__ import annotations

import pytest

from components.budgeting.domain.budgets import (
    Budget,
    BudgetLine,
    CostCodeTakenError,
    ForeignCurrencyError,
    NegativePlanError,
    UnknownCostCodeError,
    UntitledLineError,
)
from components.shared_kernel.money import Money


def euro(amount: str | int) -> Money:
    return Money.of(amount, "EUR")


@pytest.fixture
def budget() -> Budget:
    budget = Budget(project_id=1, currency="EUR")
    budget.plan(cost_code="330", title="Outer walls", planned=euro(1000))
    budget.plan(cost_code="360", title="Roofs", planned=euro(500))
    return budget


class TestBudget:
    def test_plans_the_sum_of_its_lines(self, budget: Budget) -> None:
        assert budget.planned == euro(1500)

    def test_plans_nothing_without_lines(self) -> None:
        assert Budget(project_id=1, currency="JPY").planned == Money.zero("JPY")

    def test_refuses_a_cost_code_twice(self, budget: Budget) -> None:
        with pytest.raises(CostCodeTakenError) as refused:
            budget.plan(cost_code="330", title="Walls", planned=euro(1))

        assert str(refused.value) == "The budget has a line 330 already. Revise that one."

    def test_refuses_to_plan_less_than_nothing(self, budget: Budget) -> None:
        with pytest.raises(NegativePlanError) as refused:
            budget.plan(cost_code="340", title="Inner walls", planned=euro("-0.01"))

        assert str(refused.value) == (
            "Line 340 can't be planned at -0.01 EUR, which is below zero."
        )

    def test_refuses_another_currency(self, budget: Budget) -> None:
        with pytest.raises(ForeignCurrencyError) as refused:
            budget.revise(cost_code="330", planned=Money.of(1, "USD"))

        assert str(refused.value) == "The budget is in EUR, and can't take over 1.00 USD."

    def test_revises_a_line(self, budget: Budget) -> None:
        budget.revise(cost_code="360", planned=euro(800))

        assert budget.planned == euro(1800)

    def test_renames_a_line(self, budget: Budget) -> None:
        budget.rename(cost_code="360", title="Flat roof")

        assert [line.title for line in budget.lines][1] == "Flat roof"

    def test_leaves_no_line_without_a_title(self, budget: Budget) -> None:
        with pytest.raises(UntitledLineError) as refused:
            budget.rename(cost_code="360", title=" ")

        assert str(refused.value) == "Line 360 can't be without a title. Say what it is for."

    def test_names_its_lines_where_one_is_unknown(self, budget: Budget) -> None:
        with pytest.raises(UnknownCostCodeError) as refused:
            budget.revise(cost_code="999", planned=euro(1))

        assert str(refused.value) == "The budget has no line 999. Its lines: 330, 360."


class TestShift:
    def test_leaves_the_whole_as_it_is(self, budget: Budget) -> None:
        budget.shift(euro(500), source="360", target="330")

        assert [line.planned for line in budget.lines] == [euro(1500), euro(0)]
        assert budget.planned == euro(1500)

    def test_takes_no_more_than_is_planned(self, budget: Budget) -> None:
        with pytest.raises(NegativePlanError):
            budget.shift(euro("500.01"), source="360", target="330")

        assert [line.planned for line in budget.lines] == [euro(1000), euro(500)]

    def test_takes_its_own_currency_alone(self, budget: Budget) -> None:
        with pytest.raises(ForeignCurrencyError) as refused:
            budget.shift(Money.of("1", "USD"), source="360", target="330")

        assert str(refused.value) == "The budget is in EUR, and can't take over 1.00 USD."
        assert budget.planned == euro(1500)

    def test_goes_the_other_way_below_zero(self, budget: Budget) -> None:
        with pytest.raises(NegativePlanError):
            budget.shift(euro("-1000.01"), source="360", target="330")

        assert budget.planned == euro(1500)


class TestPlanningAnew:
    def test_plans_these_lines_and_no_others(self, budget: Budget) -> None:
        lines = [budget.lines[1], BudgetLine(cost_code="370", title="Doors", planned=euro(7))]

        budget.plan_anew(lines)

        assert budget.lines == lines
        assert budget.planned == euro(507)

    def test_refuses_a_cost_code_twice(self, budget: Budget) -> None:
        with pytest.raises(CostCodeTakenError):
            budget.plan_anew([budget.lines[0], budget.lines[0]])

    def test_refuses_to_plan_less_than_nothing(self, budget: Budget) -> None:
        line = BudgetLine(cost_code="370", title="Doors", planned=euro(-1))

        with pytest.raises(NegativePlanError):
            budget.plan_anew([line])
