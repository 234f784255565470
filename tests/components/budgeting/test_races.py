"""Many at once: a project has one budget."""

from __future__ import annotations

from collections import Counter

import pytest

from bulkhead.testing.threads import RunInThreads
from components.budgeting.domain.budgets import BudgetExistsError
from components.budgeting.service import budgets
from components.shared_kernel.money import Money

pytestmark = [
    pytest.mark.component("budgeting"),
    pytest.mark.django_db(transaction=True),
]


class TestEightThreads:
    def test_open_one_budget(self, run_in_threads: RunInThreads) -> None:
        def open_budget(_attempt: int) -> str:
            try:
                budgets.open_budget(project_id=1, currency="EUR")
            except BudgetExistsError:
                return "there already"
            return "opened"

        outcomes = run_in_threads(open_budget, range(40), threads=8)

        assert Counter(outcomes) == {"opened": 1, "there already": 39}

    def test_lose_no_shift_between_lines(self, run_in_threads: RunInThreads) -> None:
        budgets.open_budget(project_id=1, currency="EUR")
        for code, planned in (("330", 1000), ("420", 0)):
            budgets.plan_line(
                project_id=1, cost_code=code, title="Walls", planned=Money.of(planned, "EUR")
            )

        def shift(_attempt: int) -> None:
            budgets.shift_budget(
                project_id=1, amount=Money.of(10, "EUR"), source="330", target="420"
            )

        run_in_threads(shift, range(16), threads=4)

        found = budgets.get_budget(project_id=1)
        assert [line.planned for line in found.lines] == [
            Money.of(840, "EUR"),
            Money.of(160, "EUR"),
        ]
