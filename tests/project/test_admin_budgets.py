"""Budgets are planned in the admin, line by line."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from components.budgeting.domain.budgets import Budget
from components.budgeting.service import budgets
from components.shared_kernel.money import Money
from tests.toolkit.admin.filling import form_on

pytestmark = pytest.mark.component("budgeting")


@pytest.fixture
def budget() -> Budget:
    budgets.open_budget(project_id=1, currency="EUR")
    for code in ("330", "360"):
        planned = Money.of(900, "EUR")
        budgets.plan_line(project_id=1, cost_code=code, title=f"Old {code}", planned=planned)
    return budgets.get_budget(project_id=1)


@pytest.fixture
def page(budget: Budget) -> str:
    return reverse("admin:budgeting_budgetrow_change", args=[budget.id])


def lines() -> list[tuple[str, str]]:
    return [(line.cost_code, line.title) for line in budgets.get_budget(project_id=1).lines]


class TestLines:
    def test_give_their_cost_code_to_a_new_one_as_they_go(
        self, admin_client: Client, page: str
    ) -> None:
        form = form_on(admin_client, page) | {"lines-0-DELETE": "on", "lines-TOTAL_FORMS": "3"}
        form |= {"lines-2-cost_code": "330", "lines-2-title": "New", "lines-2-planned": "7"}

        answer = admin_client.post(page, form | {"lines-2-currency": "EUR"})

        assert answer.status_code == 302
        assert lines() == [("360", "Old 360"), ("330", "New")]

    def test_do_not_bear_a_cost_code_twice(self, admin_client: Client, page: str) -> None:
        form = form_on(admin_client, page) | {"lines-1-cost_code": "330"}

        answer = admin_client.post(page, form)

        assert answer.status_code == 200
        assert lines() == [("330", "Old 330"), ("360", "Old 360")]

    def test_exchange_their_cost_codes_in_two_steps(self, admin_client: Client, page: str) -> None:
        form = form_on(admin_client, page)

        answer = admin_client.post(
            page, form | {"lines-0-cost_code": "360", "lines-1-cost_code": "330"}
        )

        assert "to exchange two values, save in two steps" in answer.content.decode()
        assert lines() == [("330", "Old 330"), ("360", "Old 360")]
