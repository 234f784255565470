"""Budgets of an earlier system."""

from __future__ import annotations

import pytest

from components.budgeting import public as budgeting
from components.budgeting.domain.budgets import BudgetExistsError, CostCodeTakenError
from components.budgeting.service import budgets
from tests.components.invoices import euro

pytestmark = pytest.mark.component("budgeting")

WALLS = budgeting.PastBudgetLine(cost_code="330", title="Walls", planned=euro(1000))


class TestTakeOverBudget:
    def test_stores_its_lines(self) -> None:
        budgeting.take_over_budget(project_id=7, currency="EUR", lines=[WALLS])

        assert budgets.get_budget(project_id=7).planned == euro(1000)

    def test_keeps_to_the_rules(self) -> None:
        with pytest.raises(CostCodeTakenError):
            budgeting.take_over_budget(project_id=7, currency="EUR", lines=[WALLS, WALLS])

        with pytest.raises(budgeting.BudgetNotFoundError):
            budgeting.report_costs(project_id=7)

    def test_happens_once(self) -> None:
        budgeting.take_over_budget(project_id=7, currency="EUR", lines=[WALLS])

        with pytest.raises(BudgetExistsError):
            budgeting.take_over_budget(project_id=7, currency="EUR", lines=[WALLS])


class TestDropBudgets:
    def test_makes_room_for_another_try(self) -> None:
        budgeting.take_over_budget(project_id=7, currency="EUR", lines=[WALLS])

        budgeting.drop_budgets(project_ids=[7])
        budgeting.take_over_budget(project_id=7, currency="EUR", lines=[])

        assert budgets.get_budget(project_id=7).lines == []
